"""What a calendar file tells a patient, entry by entry, as words: what happens in the hospital, tablets, days of rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import plain
from mbc_desktop.documents.calendar.patient_lists import administration_phrase
from mbc_desktop.documents.page.day_marks import (
    PatientWords,
    check_mark,
    fraction_mark,
    oral_days,
    route_shape,
    stop_mark,
    stop_text,
    support_days,
)
from mbc_desktop.planning.beside.home_stops import home_stops
from mbc_desktop.planning.plan import Administration, CheckUp, Fraction, TakePeriod
from mbc_desktop.regimen.site import Unit
from mbc_desktop.texts.phrases import drug_with_brand, frequency, pieces_phrase

_ONE_DAY = timedelta(days=1)
_STOPPED = ("omitted", "held", "ceased")

State = Literal["confirmed", "tentative", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event of whole days, first to last inclusive. `key` names it for good: course, drug and number, never a day or a
    person. `free` = it takes no time of the day."""

    key: str
    first: date
    last: date
    summary: str
    lines: tuple[str, ...] = ()
    place: str = ""
    state: State = "confirmed"
    free: bool = False


def calendar_entries(words: PatientWords) -> tuple[Entry, ...]:
    """Every entry of the plan by first day; a dose that is not released is in none of them."""
    plan = words.plan
    entries = [
        *(_given(item, words) for item in plan.administrations),
        *(_irradiated(item, words) for item in plan.fractions),
        *_checked(plan.checks, words),
        *_taken(words),
        *_paused(words),
        *_ended(words),
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.first, entry.key)))


def _given(item: Administration, words: PatientWords) -> Entry:
    drug, day = words.texts.drug(item.drug), item.date or item.due
    shape = route_shape(item.route)
    place = "" if shape == "tablet" else words.texts.word(f"place.{item.place}")
    state: State = "cancelled" if item.status in _STOPPED else "tentative" if item.date is None else "confirmed"
    if item.status in _STOPPED:
        why = {"omitted": "omitted", "held": "postponed", "ceased": "ceased"}[item.status]
        summary = f"{words.none_of(drug)}: {words.say(why)}"
    else:
        how = words.texts.word(f"route.{item.route}") if shape == "tablet" else words.say(_how(item))
        when = (words.say("date_follows"),) if item.date is None else ()
        summary = ", ".join((drug, how, *when))
    return Entry(
        key=item.id,
        first=day,
        last=day,
        summary=summary,
        lines=(plain(administration_phrase(item, words)),),
        place=place,
        state=state,
        free=shape == "tablet",
    )


def _how(item: Administration) -> Literal["injection", "infusion"]:
    return "injection" if route_shape(item.route) == "injection" else "infusion"


def _irradiated(item: Fraction, words: PatientWords) -> Entry:
    mark = fraction_mark(item, words)
    return Entry(
        key=item.id,
        first=item.date,
        last=item.date,
        summary=f"{mark.name} {mark.detail}",
        place=words.texts.word("place.radiotherapy"),
    )


def _checked(checks: Iterable[CheckUp], words: PatientWords) -> Iterator[Entry]:
    """Several tests on one sample are one entry, as on the calendar on paper."""
    units: dict[str, Unit] = {item: visit.unit for visit in words.plan.visits for item in visit.items}
    names: defaultdict[str, dict[date, tuple[str, str]]] = defaultdict(dict)
    for check in checks:
        mark = check_mark(check, words)
        kind = "blood" if mark.shape == "blood" else check.kind
        names[kind].setdefault(check.date, (mark.name, units.get(check.id, "laboratory")))
    for kind, days in names.items():
        for number, (day, (name, unit)) in enumerate(sorted(days.items()), 1):
            place = words.texts.word(f"place.{unit}")
            yield Entry(key=f"check/{kind}/{number}", first=day, last=day, summary=name, place=place)


def _taken(words: PatientWords) -> Iterator[Entry]:
    for key, period in _by_cycle(words.plan.intakes):
        if period.status in ("held", "ceased"):
            continue
        every = period.dose.every_days if period.dose else 1
        # What is not taken daily gets a day for each intake: a bar over the week would be read as every day.
        spans = [(period.first, period.last)] if every == 1 else [(day, day) for day in _days(period, every)]
        for number, (first, last) in enumerate(spans, 1):
            yield Entry(
                key=key if every == 1 else f"{key}/{number}",
                first=first,
                last=last,
                summary=words.texts.say("calendar_file.take", drug=words.texts.drug(period.drug)),
                lines=_how_to_take(period, words),
                free=True,
            )


def _how_to_take(period: TakePeriod, words: PatientWords) -> tuple[str, ...]:
    drug = drug_with_brand(words.library.drugs[period.drug], words.texts.language)
    if period.dose is None or period.status != "planned":
        how = words.say("dose_follows")
    else:
        pieces = pieces_phrase(period.dose.give, words.texts) or words.texts.quantity(period.dose.amount)
        how = f"{pieces}, {frequency(period.dose, words.texts)}"
    goes_on = (words.texts.say("calendar_file.goes_on", day=period.last),) if period.open else ()
    return f"{drug}: {how}", *goes_on


def _paused(words: PatientWords) -> Iterator[Entry]:
    """The days on which a drug pauses, in stretches through which the same other drugs go on, so that each can name them."""
    keys = {period.id: key for key, period in _by_cycle(words.plan.intakes)}
    at_once = {item.date or item.due for item in words.plan.administrations if item.route == "PO" and item.status not in _STOPPED}
    at_once |= set(support_days(words))
    pauses: defaultdict[str, list[tuple[date, TakePeriod, tuple[str, ...], bool]]] = defaultdict(list)
    for day, oral in oral_days(words).items():
        due = tuple(dict.fromkeys(item.period.drug for item in oral if not item.rests))
        for item in oral:
            if item.rests and item.period.drug not in due:
                pauses[item.period.id].append((day, item.period, due, not due and day not in at_once))
    for id, days in pauses.items():
        # Consecutive days with the same text: the distance to the position in the row stays the same.
        stretches = groupby(enumerate(days), key=lambda pair: (pair[1][0] - _ONE_DAY * pair[0], pair[1][2:]))
        for number, (_, members) in enumerate(stretches, 1):
            stretch = [day for _, day in members]
            _, period, due, nothing = stretch[0]
            summary = _pause_summary(period, due, words, nothing=nothing)
            key = f"{keys[id]}/pause/{number}"
            yield Entry(key=key, first=stretch[0][0], last=stretch[-1][0], summary=summary, free=True)


def _ended(words: PatientWords) -> Iterator[Entry]:
    """The first day on which a drug is no longer taken, or every day until it begins again."""
    numbers: defaultdict[str, int] = defaultdict(int)
    for stop in home_stops(words.plan):
        numbers[stop.drug] += 1
        drug = drug_with_brand(words.library.drugs[stop.drug], words.texts.language)
        mark = stop_mark(stop, stop.first, words)
        yield Entry(
            key=f"{stop.drug}/stop/{numbers[stop.drug]}",
            first=stop.first,
            last=stop.last or stop.first,
            summary=", ".join(filter(None, (mark.led, mark.detail))),
            lines=(f"{drug}: {stop_text(stop, words)}",),
            free=True,
        )


def _pause_summary(period: TakePeriod, due: tuple[str, ...], words: PatientWords, *, nothing: bool) -> str:
    parts = [words.none_of(words.texts.drug(period.drug))]
    if period.status in ("held", "ceased"):
        parts = [f"{parts[0]} ({words.say('interrupted' if period.status == 'held' else 'ceased')})"]
    parts += [f"{words.texts.drug(drug)} {words.say('go_on')}" for drug in due]
    return ", ".join((*parts, words.say("no_tablets")) if nothing else parts)


def _by_cycle(periods: tuple[TakePeriod, ...]) -> Iterator[tuple[str, TakePeriod]]:
    """Each period with a name that does not hold its first day: course, drug, part, cycle, the how manyth piece of the cycle."""
    pieces: defaultdict[str, int] = defaultdict(int)
    for period in sorted(periods, key=lambda item: (item.first, item.course, item.drug)):
        cycle = f"{period.course}/{period.drug}/{period.part}/{period.cycle}"
        pieces[cycle] += 1
        yield f"{cycle}/{pieces[cycle]}", period


def _days(period: TakePeriod, every: int) -> Iterator[date]:
    day = period.first
    while day <= period.last:
        yield day
        day += _ONE_DAY * every
