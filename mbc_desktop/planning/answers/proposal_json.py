"""Previews and proposals as plain data for JSON: codes and values, no prose."""

from __future__ import annotations

from datetime import date

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import Finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Dose
from mbc_desktop.planning.answers.plan_json import finding_json
from mbc_desktop.planning.beside.tablets_left import TabletCount
from mbc_desktop.planning.comparison.plan_difference import Change, Side, Span
from mbc_desktop.planning.files.treatment_text import event_json
from mbc_desktop.planning.proposals.absence_proposal import AbsenceProposal
from mbc_desktop.planning.proposals.alignment_proposal import AlignmentProposal
from mbc_desktop.planning.proposals.recall import OverdueDose
from mbc_desktop.planning.proposals.start_day import StartDay
from mbc_desktop.planning.proposals.visit_moves import MovedVisit
from mbc_desktop.planning.proposals.what_if import LeftWindow, NextOpenDay, WhatIf
from mbc_desktop.planning.request import Event

Json = dict[str, object]


def what_if_json(preview: WhatIf) -> Json:
    """What events would do; the plans themselves are named by their fingerprints."""
    return {
        "events": [event_json(event) for event in preview.events],
        "before": preview.before.fingerprint,
        "after": preview.after.fingerprint,
        "changes": [_change(item) for item in preview.changes],
        "windows": [_left_window(item) for item in preview.windows],
        "intervals": [finding_json(item) for item in preview.intervals],
        "reloads": [finding_json(item) for item in preview.reloads],
        "objections": [finding_json(item) for item in preview.objections],
        "solved": [finding_json(item) for item in preview.solved],
        "tablets": [_tablets(item) for item in preview.tablets],
        "open_days": [_open_day(item) for item in preview.open_days],
    }


def alignment_json(proposal: AlignmentProposal | None) -> Json | None:
    """Gain, price, moves and events; None when nothing can be saved."""
    if proposal is None:
        return None
    return {
        "visits_before": proposal.visits_before,
        "visits_after": proposal.visits_after,
        "deviation_before": proposal.deviation_before,
        "deviation_after": proposal.deviation_after,
        "moves": [_moved(item) for item in proposal.moves],
        "events": [event_json(event) for event in proposal.events],
    }


def radiotherapy_json(solved: tuple[tuple[Finding, tuple[Event, ...]], ...]) -> list[Json]:
    """Each finding about a drug and an irradiation with the events that would solve it."""
    return [{"finding": finding_json(found), "events": [event_json(event) for event in events]} for found, events in solved]


def absence_json(proposal: AbsenceProposal | None) -> Json | None:
    """What becomes of each visit; None when none falls into an absence."""
    if proposal is None:
        return None
    return {
        "visits": [{"how": item.how, **_moved(item.visit)} for item in proposal.visits],
        "fractions": list(proposal.fractions),
        "events": [event_json(event) for event in proposal.events],
    }


def recall_json(item: OverdueDose) -> Json:
    """One overdue dose, its patient by name and number."""
    return {
        "family_name": item.patient.family_name,
        "given_name": item.patient.given_name,
        "number": item.patient.number,
        "course": item.course,
        "drug": item.drug,
        "dose": item.number,
        "due": item.due.isoformat(),
        "window_until": item.window_until.isoformat(),
        "days_late": item.days_late,
        "days_beyond": item.days_beyond,
        "since_last": item.since_last,
        "limit": item.limit,
        "reload_from": item.reload_from,
        "recorded": item.recorded,
    }


def start_day_json(item: StartDay) -> Json:
    """One weekday on which the course could start."""
    return {
        "start": item.start.isoformat(),
        "closed": [day.isoformat() for day in item.closed],
        "without_day": item.without_day,
        "days_off": item.days_off,
    }


def _change(item: Change) -> Json:
    return {
        "kind": item.kind,
        "subject": item.subject,
        "on": item.on.isoformat(),
        "course": item.course,
        "drug": item.drug,
        "number": item.number,
        "what": item.what,
        "before": _side(item.before),
        "after": _side(item.after),
    }


def _side(side: Side) -> object:
    match side:
        case date():
            return side.isoformat()
        case Span():
            return {"from": side.first.isoformat(), "to": side.last.isoformat(), "open": side.open}
        case Dose():
            return {**_quantity(side.amount), "times": side.times, "every_days": side.every_days}
        case Quantity():
            return _quantity(side)
        case _:
            return side


def _quantity(quantity: Quantity) -> Json:
    return {"amount": decimal_text(quantity.amount), "unit": quantity.unit}


def _left_window(item: LeftWindow) -> Json:
    return {
        "course": item.course,
        "drug": item.drug,
        "number": item.number,
        "window": [day.isoformat() for day in item.window],
        "date": item.day.isoformat() if item.day else None,
    }


def _open_day(item: NextOpenDay) -> Json:
    return {
        "course": item.course,
        "drug": item.drug,
        "number": item.number,
        "wanted": item.wanted.isoformat(),
        "open": item.open.isoformat() if item.open else None,
    }


def _tablets(item: TabletCount) -> Json:
    return {
        "course": item.course,
        "drug": item.drug,
        "cycle": item.cycle,
        "count": decimal_text(item.count),
        "form": item.form,
        "strength": _quantity(item.strength),
        "lacking": item.lacking,
    }


def _moved(item: MovedVisit) -> Json:
    return {
        "course": item.course,
        "drugs": [{"drug": drug, "number": number} for drug, number in item.drugs],
        "due": item.due.isoformat(),
        "before": item.before.isoformat(),
        "after": item.after.isoformat(),
    }
