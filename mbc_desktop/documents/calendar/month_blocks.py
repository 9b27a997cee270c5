"""The months of the patient's calendar: which days they have, why a day is special, and the legend of what is in them."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mbc_desktop.documents.blocks import Day, LegendEntry, Mark, Month, Week, led
from mbc_desktop.documents.calendar.patient_support import support_how
from mbc_desktop.documents.page.day_marks import PatientWords, marks_by_day, route_shape, stop_mark, stop_text, support_cell_name
from mbc_desktop.documents.page.vein_only import vein_only
from mbc_desktop.planning.beside.home_stops import home_stops
from mbc_desktop.planning.plan import Plan, TakePeriod
from mbc_desktop.regimen.site import Unit
from mbc_desktop.texts.phrases import drug_with_brand, frequency, pieces_phrase

_ONE_DAY = timedelta(days=1)
_PATIENT_UNITS: tuple[Unit, ...] = ("day_hospital", "radiotherapy", "laboratory")


def month_blocks(words: PatientWords) -> tuple[Month, ...]:
    """Every month from the first to the last day on which something happens; the last day of the plan is marked."""
    marks = marks_by_day(words)
    if not marks:
        return ()
    notes = _notes(words)
    first, last = min(marks), min(max(marks), words.plan.request.horizon)
    return tuple(_month(month, marks, notes, words) for month in _months(first, max(first, last)))


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def _month(
    first: date, marks: Mapping[date, tuple[Mark, ...]], notes: Mapping[date, tuple[str, bool]], words: PatientWords
) -> Month:
    texts = words.texts
    last = first.replace(day=monthrange(first.year, first.month)[1])
    weeks: list[Week] = []
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        days = tuple(_day(monday + _ONE_DAY * offset, first, last, marks, notes) for offset in range(7))
        weeks.append(Week(label=str(monday.isocalendar().week), days=days))
        monday += timedelta(days=7)
    title = texts.month(first)
    title = title[0].upper() + title[1:]
    return Month(
        title=title,
        continued=words.say("continued", month=title),
        week_label=texts.word("date.week_short"),
        weekdays=texts.words("date.weekdays"),
        weeks=tuple(weeks),
        legend=_legend(first, last, marks, words),
    )


def _day(
    day: date, first: date, last: date, marks: Mapping[date, tuple[Mark, ...]], notes: Mapping[date, tuple[str, bool]]
) -> Day | None:
    if not first <= day <= last:
        return None
    note, closed = notes.get(day, ("", False))
    return Day(date=day, note=note, closed=closed, marks=marks.get(day, ()))


def _notes(words: PatientWords) -> Mapping[date, tuple[str, bool]]:
    """Per day its note and whether something is closed: the holiday, closed units, the patient's own absence, the end."""
    notes: defaultdict[date, list[str]] = defaultdict(list)
    plan = words.plan
    for closed in plan.closed_days:
        if closed.unit in _PATIENT_UNITS:
            note = words.texts.word(f"holiday.{closed.why}") if closed.holiday else _closure(closed.unit, words)
            if note not in notes[closed.date]:
                notes[closed.date].append(note)
    shut = frozenset(notes)
    for absence in plan.request.absences:
        for offset in range((absence.last - absence.first).days + 1):
            notes[absence.first + _ONE_DAY * offset].append(words.say("away"))
    notes[plan.request.horizon + _ONE_DAY].append(words.say("ends_here"))
    return {day: ("; ".join(items), day in shut) for day, items in notes.items()}


def _closure(unit: Unit, words: PatientWords) -> str:
    return words.say("closed_unit", unit=words.texts.word(f"place.{unit}"))


def _legend(first: date, last: date, marks: Mapping[date, tuple[Mark, ...]], words: PatientWords) -> tuple[LegendEntry, ...]:
    """Every therapy of the month once, in the order of the calendar's marks."""
    plan = words.plan
    seen = {mark.shape for day in marks if first <= day <= last for mark in marks[day]}
    entries = [*_visit_entries(plan, first, last, words), *_tablet_entries(plan, first, last, words)]
    nothing = words.say("no_tablets")
    if any(mark.detail == nothing for day in marks if first <= day <= last for mark in marks[day]):
        entries.append(LegendEntry(shape="rest", name=nothing, text=words.texts.word("paper.legend_nothing")))
    if "tablet" in seen:
        entries.append(LegendEntry(shape="tablet", name="", text=words.say("legend_tick")))
    return tuple(dict.fromkeys(entries))


def _visit_entries(plan: Plan, first: date, last: date, words: PatientWords) -> Iterator[LegendEntry]:
    names = dict.fromkeys(words.say(f"check.{check.kind}") for check in plan.checks if first <= check.date <= last)
    for name in names:
        blood = name == words.say("blood_test")
        yield LegendEntry(
            shape="blood" if blood else "check", name=name, text=words.say("legend_blood" if blood else "legend_check")
        )
    where = words.say("legend_visit", unit="day_hospital")
    if any(first <= day.date <= last for day in plan.intrathecal):
        yield LegendEntry(shape="injection", name=words.texts.word("paper.spinal"), text=where)
    if any(first <= note.on <= last for note in plan.intrahepatic):
        yield LegendEntry(shape="infusion", name=words.texts.word("paper.hepatic"), text=where)
    for item in plan.administrations:
        if first <= (item.date or item.due) <= last and item.route != "PO" and item.status not in ("omitted", "held", "ceased"):
            how = words.say("injection" if route_shape(item.route) == "injection" else "infusion")
            by = where if item.place == "day_hospital" else words.say("legend_elsewhere", unit=item.place)
            only = f", {words.say('vein_only')}" if item.route == "IV" and vein_only(words.library.drugs[item.drug]) else ""
            yield LegendEntry(shape=route_shape(item.route), name=_drug(item.drug, words), text=f"{how} {by}{only}")
    if any(first <= item.date <= last for item in plan.fractions):
        yield LegendEntry(shape="radiotherapy", name=words.say("radiotherapy"), text=words.say("legend_radiotherapy"))


def _tablet_entries(plan: Plan, first: date, last: date, words: PatientWords) -> Iterator[LegendEntry]:
    # In the order of the days' marks: the drug that the plan names first stands first in every month.
    rank = list(dict.fromkeys(period.drug for period in plan.intakes))
    varying = words.varying()
    for period in sorted(plan.intakes, key=lambda item: rank.index(item.drug)):
        if period.first <= last and period.last >= first and period.status not in ("held", "ceased"):
            how = _how_to_take(period, words)
            if period.drug in varying:
                how = words.texts.say("paper.legend_from", how=how, first=period.first, last=period.last)
            yield LegendEntry(shape="tablet", name=_drug(period.drug, words), text=how)
    for item in plan.administrations:
        if item.route == "PO" and first <= (item.date or item.due) <= last and item.dose is not None and item.status == "planned":
            yield LegendEntry(shape="tablet", name=_drug(item.drug, words), text=pieces_phrase(item.dose.give, words.texts))
    for beside in plan.support:
        if beside.place == "home" and not beside.as_needed and beside.first <= last and beside.last >= first:
            yield LegendEntry(shape="tablet", name=support_cell_name(beside, words), text=support_how(beside, words))
    for period in plan.intakes:
        if period.rest and period.rest[0] <= last and period.rest[1] >= first:
            name = words.none_of(words.texts.drug(period.drug))
            yield LegendEntry(shape="rest", name=name, text=words.say("legend_rest", first=period.rest[0], last=period.rest[1]))
    for stop in home_stops(plan):
        if max(stop.first, words.since()) <= last and (stop.last or last) >= first and stop.first >= words.since():
            mark = stop_mark(stop, stop.first, words)
            name = led(mark.lead, _drug(stop.drug, words))
            yield LegendEntry(shape=mark.shape, name=name, text=stop_text(stop, words))


def _how_to_take(period: TakePeriod, words: PatientWords) -> str:
    if period.dose is None or period.status != "planned":
        return words.say("dose_follows")
    pieces = pieces_phrase(period.dose.give, words.texts) or words.texts.quantity(period.dose.amount)
    return words.say("legend_tablet", pieces=pieces, frequency=frequency(period.dose, words.texts))


def _drug(drug: str, words: PatientWords) -> str:
    return drug_with_brand(words.library.drugs[drug], words.texts.language)
