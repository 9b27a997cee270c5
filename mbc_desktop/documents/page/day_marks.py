"""What a patient does on each day, merged over all therapies: one mark per therapy and day, in plain words, and never a dose that
has not been released."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.blocks import Mark, Shape, led
from mbc_desktop.planning.beside.home_stops import HomeStop, days_named, home_stops
from mbc_desktop.planning.plan import Administration, CheckUp, Dose, Fraction, Plan, SupportItem, TakePeriod
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import PIECES, piece_count
from mbc_desktop.texts.texts import NARROW_SPACE

_ONE_DAY = timedelta(days=1)
_ORDER: tuple[Shape, ...] = ("blood", "check", "injection", "infusion", "radiotherapy", "stop", "rest", "tablet")
_SUPPORT = "support/"
_STOP = "stop/"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientWords:
    """The plan with what is needed to say it: the library, and texts that know its drugs."""

    plan: Plan
    library: Library
    texts: Texts

    def varying(self) -> frozenset[str]:
        """The drugs whose dose at home is not the same throughout the plan: their number alone does not say which tablets."""
        doses: defaultdict[str, set[tuple[object, ...]]] = defaultdict(set)
        for period in self.plan.intakes:
            if period.dose is not None and period.status == "planned":
                doses[period.drug].add((period.dose.give, period.dose.times, period.dose.every_days))
        return frozenset(drug for drug, different in doses.items() if len(different) > 1)

    def since(self) -> date:
        """From where on a patient is told: the month of today, for what lies before it is over; all of a plan that is over."""
        month = self.plan.request.today.replace(day=1)
        return month if self.plan.request.horizon >= month else date.min

    def none(self, name: str) -> str:
        """ "no" before a drug: "geen", "pas de", "pas d'" before a vowel."""
        vowel = unicodedata.normalize("NFD", name[:1]).lower()[:1] in set("aeiouy")
        return self.say("none_vowel" if vowel else "none")

    def none_of(self, name: str) -> str:
        """ "geen palbociclib", "pas d'exémestane"."""
        return led(self.none(name), name)

    def say(self, key: str, **values: str | int | date) -> str:
        """A sentence of the patient's sheet."""
        return self.texts.say(f"patient.{key}", **values)


def marks_by_day(words: PatientWords) -> Mapping[date, tuple[Mark, ...]]:
    """The marks of every day of the plan, visits first, then rest, then tablets."""
    days: defaultdict[date, list[Mark]] = defaultdict(list)
    plan = words.plan
    for check in plan.checks:
        mark = check_mark(check, words)
        if mark not in days[check.date]:
            days[check.date].append(mark)
    for administration in plan.administrations:
        days[administration.date or administration.due].append(administration_mark(administration, words))
    for fraction in plan.fractions:
        days[fraction.date].append(fraction_mark(fraction, words))
    for spinal in words.plan.intrathecal:
        days[spinal.date].append(Mark(shape="injection", name=words.texts.word("paper.spinal"), therapy=spinal.id))
    for note in words.plan.intrahepatic:
        days[note.on].append(Mark(shape="infusion", name=words.texts.word("paper.hepatic"), therapy=f"hepatic/{note.on}"))
    oral = oral_days(words)
    swallowed_there = {
        item.date or item.due for item in plan.administrations if item.route == "PO" and item.status not in NOT_COMING
    }
    beside = support_days(words)
    ended = stop_days(words)
    for day in sorted({*oral, *ended}):
        more_is_due = day in swallowed_there or day in beside
        stopped = [stop_mark(stop, day, words) for stop in ended.get(day, [])]
        days[day] += _with_rest(oral.get(day, []), words, ended=stopped, more_is_due=more_is_due)
    for day, items in beside.items():
        days[day] += dict.fromkeys(_support_mark(item, words) for item in items if not item.as_needed)
    drugs = list(dict.fromkeys(words.texts.drug(period.drug) for period in plan.intakes))
    # Tablets stand in the same order on every day, or a patient takes the one for the other.
    rank = {name: position for position, name in enumerate(drugs)}
    return {
        day: tuple(sorted(marks, key=lambda mark: (_ORDER.index(mark.shape), _beside(mark), rank.get(mark.name, -1))))
        for day, marks in sorted(days.items())
        if day >= words.since()
    }


def _beside(mark: Mark) -> bool:
    """What supports the treatment stands below it."""
    return mark.therapy.startswith(_SUPPORT)


def administration_mark(administration: Administration, words: PatientWords) -> Mark:
    """One drug in the day hospital, or by mouth on one day."""
    drug, id = words.texts.drug(administration.drug), administration.id
    shape = route_shape(administration.route)
    lead, detail = "", ""
    match administration.status:
        case "omitted" | "held" | "ceased":
            why = {"omitted": "omitted", "held": "postponed", "ceased": "ceased"}[administration.status]
            return Mark(shape="rest", lead=words.none(drug), name=drug, detail=words.say(why), therapy=id)
        case "given":
            detail = words.say("received")
        case status if shape == "tablet":
            lead, detail = _count(administration.dose if status == "planned" else None, words)
        case _:
            pass
    if administration.date is None:
        detail = words.say("date_follows")
    return Mark(shape=shape, lead=lead, name=drug, detail=detail, therapy=id)


def fraction_mark(fraction: Fraction, words: PatientWords) -> Mark:
    """One fraction: "bestraling 3 van 10", with the region where the plan has several courses."""
    name = words.say("radiotherapy")
    several = len({item.course for item in words.plan.fractions}) > 1
    number = words.say(
        "fraction_region" if several else "fraction", number=fraction.number, of=fraction.of, region=fraction.region
    )
    if fraction.status == "given":
        number = f"{number}: {words.say('received')}"
    return Mark(shape="radiotherapy", name=name, detail=number, therapy=fraction.id)


def check_mark(check: CheckUp, words: PatientWords) -> Mark:
    """One check-up under the patient's word for it: several tests on one sample are one blood test."""
    name = words.say(f"check.{check.kind}")
    blood = name == words.say("blood_test")
    return Mark(shape="blood" if blood else "check", name=name, therapy=f"{check.date.isoformat()}/{name}")


def route_shape(route: str) -> Shape:
    """How a route looks to a patient."""
    return "tablet" if route == "PO" else "injection" if route in ("IM", "SC") else "infusion"


def support_days(words: PatientWords) -> Mapping[date, list[SupportItem]]:
    """What goes beside the treatment at home, by day: on none of these days a patient may read "no tablets"."""
    days: defaultdict[date, list[SupportItem]] = defaultdict(list)
    for item in words.plan.support:
        if item.place == "home":
            for day in _days(item.first, item.last, 1):
                days[day].append(item)
    return days


def support_name(item: SupportItem, words: PatientWords) -> str:
    """What a patient calls it: "tegen misselijkheid"."""
    return words.texts.word(f"paper.support.{item.measure}")


def support_cell_name(item: SupportItem, words: PatientWords) -> str:
    """The same, short enough for the line of a day on which it returns every day: "calcium"."""
    short = f"paper.support_short.{item.measure}"
    return words.texts.word(short) if words.texts.has(short) else support_name(item, words)


def _support_mark(item: SupportItem, words: PatientWords) -> Mark:
    return Mark(shape="tablet", name=support_cell_name(item, words), therapy=f"{_SUPPORT}{support_name(item, words)}")


def stop_days(words: PatientWords) -> Mapping[date, list[HomeStop]]:
    """The days on which a drug is named as no longer taken: its first week, or all days until it begins again."""
    days: defaultdict[date, list[HomeStop]] = defaultdict(list)
    for stop in home_stops(words.plan):
        for day in _days(*days_named(stop, words.plan.request.horizon), 1):
            days[day].append(stop)
    return days


def stop_mark(stop: HomeStop, day: date, words: PatientWords) -> Mark:
    """A drug that the patient no longer takes: "STOP letrozol niet meer innemen" on its first day, then "geen letrozol"; one that
    comes back is only not taken that day."""
    name, therapy = words.texts.drug(stop.drug), f"{_STOP}{stop.drug}/{stop.first.isoformat()}"
    if stop.last is None and day == stop.first:
        return Mark(shape="stop", lead=words.say("stop"), name=name, detail=words.say("no_longer"), therapy=therapy)
    return Mark(shape="rest" if stop.last else "stop", lead=words.none(name), name=name, therapy=therapy)


@dataclass(frozen=True, slots=True)
class Oral:
    """A drug taken at home on one day (`rests` = it pauses that day)."""

    period: TakePeriod
    rests: bool


def oral_days(words: PatientWords) -> Mapping[date, list[Oral]]:
    """The drugs of every day on which one is taken at home or pauses."""
    days: defaultdict[date, list[Oral]] = defaultdict(list)
    for period in words.plan.intakes:
        every = period.dose.every_days if period.dose else 1
        for day in _days(period.first, period.last, every):
            days[day].append(Oral(period, rests=period.status in ("held", "ceased")))
        if period.rest:
            for day in _days(*period.rest, 1):
                days[day].append(Oral(period, rests=True))
    return dict(sorted(days.items()))


def stop_text(stop: HomeStop, words: PatientWords) -> str:
    """From which day, or between which days, it is not taken."""
    if stop.last is not None:
        return words.say("not_between", first=stop.first, last=stop.last)
    return words.say("no_longer_from", first=stop.first)


def _with_rest(oral: list[Oral], words: PatientWords, *, ended: list[Mark], more_is_due: bool) -> Iterator[Mark]:
    """On a day on which a drug pauses or has ended, every other one is named as going on; "no tablets" only where none is due,
    neither at home nor in the day hospital (`more_is_due`)."""
    yield from ended
    due = [item.period for item in oral if not item.rests]
    varying = words.varying()
    # A drug that one period rests and another one needs is due: never both on one day.
    needed = {period.drug for period in due}
    resting = [item.period for item in oral if item.rests and item.period.drug not in needed]
    for index, period in enumerate(resting):
        last_word = not due and not more_is_due and index == len(resting) - 1
        detail = words.say("no_tablets") if last_word else ""
        if period.status in ("held", "ceased"):
            detail = words.say("interrupted" if period.status == "held" else "ceased")
        name = words.texts.drug(period.drug)
        yield Mark(shape="rest", lead=words.none(name), name=name, detail=detail, therapy=period.id)
    for period in due:
        lead, detail = _count(period.dose if period.status == "planned" else None, words)
        if lead and period.dose is not None and period.drug in varying:
            detail = words.texts.quantity(period.dose.amount)
        mark = Mark(
            shape="tablet",
            lead=lead,
            name=words.texts.drug(period.drug),
            detail=detail,
            therapy=period.id,
            lead_alone=_count_in_words(period.dose, words) if lead else "",
        )
        if resting or ended:
            mark = replace(mark, detail=", ".join(filter(None, (words.say("go_on"), detail))))
        yield mark


def _count(dose: Dose | None, words: PatientWords) -> tuple[str, str]:
    """How many at once, "2 × 1" for twice a day; the strength stands in the legend. Without a released dose: that it follows."""
    if dose is None:
        return "", words.say("dose_follows")
    if dose.give and all(item.form in PIECES for item in dose.give):
        count = words.texts.number(sum((item.count for item in dose.give), Decimal(0)))
    else:
        count = piece_count(dose.give, words.texts) or words.texts.quantity(dose.amount)
    return (count if dose.times == 1 else f"{dose.times}{NARROW_SPACE}×{NARROW_SPACE}{count}"), ""


def _count_in_words(dose: Dose | None, words: PatientWords) -> str:
    """The count with the word for what is counted: "2 × 1 tablet"; "" for what is not counted."""
    pieces = piece_count(dose.give, words.texts) if dose else ""
    return pieces if dose is None or dose.times == 1 or not pieces else f"{dose.times}{NARROW_SPACE}×{NARROW_SPACE}{pieces}"


def _days(first: date, last: date, every: int) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _ONE_DAY * every
