"""Proposals in words: fewer visits, a plan around an absence, who is overdue, on which weekday to start."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.proposals.absence_proposal import AbsenceProposal
from mbc_desktop.planning.proposals.alignment_proposal import AlignmentProposal
from mbc_desktop.planning.proposals.recall import OverdueDose
from mbc_desktop.planning.proposals.start_day import StartDay
from mbc_desktop.planning.proposals.visit_moves import MovedVisit
from mbc_desktop.planning.request import Event
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts.phrases import finding_text, texts_for
from mbc_desktop.texts.texts import Texts, Value


def alignment_lines(proposal: AlignmentProposal | None, library: Library, texts: Texts) -> tuple[str, ...]:
    """The gain, the price, and every visit that moves."""
    if proposal is None:
        return (texts.word("alignment.none"),)
    named = texts_for(library, texts)
    gain = texts.say("alignment.gain", count=proposal.saved, before=proposal.visits_before, after=proposal.visits_after)
    price = texts.say(
        "alignment.price",
        count=len(proposal.moves),
        off_before=proposal.deviation_before,
        off_after=proposal.deviation_after,
    )
    moves = (_sentence(named.say("alignment.move", **_values(move))) for move in proposal.moves)
    return gain, price, *moves, texts.word("alignment.stays")


def absence_lines(proposal: AbsenceProposal | None, library: Library, texts: Texts) -> tuple[str, ...]:
    """What becomes of every visit that falls into an absence."""
    if proposal is None:
        return (texts.word("absence.none"),)
    named = texts_for(library, texts)
    lines = [_sentence(named.say(f"absence.{item.how}", **_values(item.visit))) for item in proposal.visits]
    if proposal.fractions:
        lines.append(texts.say("absence.fractions", count=len(proposal.fractions)))
    return tuple(lines)


def radiotherapy_lines(solved: tuple[tuple[Finding, tuple[Event, ...]], ...], library: Library, texts: Texts) -> tuple[str, ...]:
    """Each finding about a drug and an irradiation, and under it what would solve it."""
    named = texts_for(library, texts)
    lines: list[str] = []
    for found, events in solved:
        lines.append(finding_text(found, library, texts))
        lines += (f"  {texts.say('proposal.solution', what=_solution(event, named))}" for event in events)
    return tuple(lines) or (texts.word("proposal.no_radiotherapy"),)


def _solution(event: Event, texts: Texts) -> str:
    """An event in a few words: what, of which drug, which day or by how many days."""
    drug = texts.drug(event.target.drug) if event.target.drug else texts.word("patient.radiotherapy")
    what = texts.word(f"event.{event.kind}")
    if event.days is not None:
        return texts.say("proposal.by_days", drug=drug, what=what, count=event.days)
    day = event.day or event.to or event.target.on
    return texts.say("proposal.on_day", drug=drug, what=what, day=day) if day else texts.labelled(drug, what)


def days_off_text(days: int, texts: Texts) -> str:
    """How far a day lies from the planned one, in words."""
    return texts.say("agenda.off", count=days) if days else texts.say("agenda.on_time")


def recall_lines(overdue: tuple[OverdueDose, ...], library: Library, texts: Texts) -> tuple[str, ...]:
    """A line for every overdue dose, farthest beyond its window first."""
    named = texts_for(library, texts)
    return tuple(" ".join(_recall(item, named)) for item in overdue) or (texts.word("recall.none"),)


def start_day_lines(days: tuple[StartDay, ...], texts: Texts) -> tuple[str, ...]:
    """A line for every weekday on which the course could start, the best first."""
    return tuple(_sentence(texts.say("start_day.line", start=day.start, count=len(day.closed))) for day in days)


def _recall(item: OverdueDose, texts: Texts) -> Iterator[str]:
    name = f"{item.patient.family_name.upper()} {item.patient.given_name}".strip()
    yield texts.say(
        "recall.late",
        count=item.days_late,
        name=name,
        id=item.patient.number,
        drug=item.drug,
        number=item.number,
        due=item.due,
    )
    if item.since_last is not None:
        yield texts.say("recall.since", count=item.since_last)
        if item.limit is not None and item.since_last > item.limit:
            yield texts.say("recall.beyond_limit", limit=item.limit)
        if item.reload_from is not None and item.since_last >= item.reload_from:
            yield texts.say("recall.reload", limit=item.reload_from)
    if not item.recorded:
        yield texts.word("recall.never_recorded")


def _values(move: MovedVisit) -> dict[str, Value]:
    drugs = " ".join(dict.fromkeys(drug for drug, _ in move.drugs))
    return {"drugs": drugs, "before": move.before, "after": move.after, "due": move.due}


def _sentence(line: str) -> str:
    return line[0].upper() + line[1:]
