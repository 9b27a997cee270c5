"""The names of things in the window: a regimen, a course, a closed day, a dose. One place, so that they read alike everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from mbc_desktop.core.interval import Interval
from mbc_desktop.regimen.drug import Names
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen, drugs_of
from mbc_desktop.texts.phrases import regimen_name
from mbc_desktop.ui.entry.course_draft import CourseDraft
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import ClosedDay, Dose, Fraction

_FOUND: dict[tuple[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]] = {}


def regimen_title(words: Words, library: Library, regimen: str, *, brands: bool = True) -> str:
    """The drugs of a regimen: "palbociclib (Ibrance) + fulvestrant (Faslodex)". Where another regimen is called the same, also
    what tells it apart: "trastuzumab (Herceptin), every week"."""
    name = words.drug_with_brand if brands else words.drug
    own = library.regimens[regimen]
    title = regimen_name(own, words.texts, name)
    twins = [library.regimens[other] for other in _twins(library).get(regimen, ())]
    return ", ".join((title, *(_apart(words, own, twins) if twins else ())))


def drug_titles(words: Words, library: Library) -> dict[str, str]:
    """Every drug with its brand; of two of one name and brand also how it is given: "ibandronic acid (Bondronat), by mouth"."""
    names = {drug: words.drug_with_brand(drug) for drug in library.drugs}
    often = Counter(names.values())
    for drug, name in names.items():
        if often[name] > 1:
            ways = tuple(words.say(f"route.{route}") for route in library.drugs[drug].routes)
            names[drug] = f"{name}, {words.texts.listing(ways)}"
    return names


def _twins(library: Library) -> Mapping[str, tuple[str, ...]]:
    """For each regimen that is called like another one, those others. Found once for a library: titles are made at every key."""
    key = (library.fingerprint, tuple(library.regimens))
    if key not in _FOUND:
        called: dict[tuple[Names, ...], list[str]] = {}
        for id, regimen in library.regimens.items():
            called.setdefault(tuple(library.drugs[drug].inn for drug in drugs_of(regimen)), []).append(id)
        several = [ids for ids in called.values() if len(ids) > 1]
        _FOUND[key] = {id: tuple(other for other in ids if other != id) for ids in several for id in ids}
    return _FOUND[key]


def _apart(words: Words, own: Regimen, twins: list[Regimen]) -> Iterator[str]:
    """What differs: the way it is given, else how many weeks lie between two doses."""
    routes, weeks = _routes(own), _weeks(own)
    if any(_routes(twin) != routes for twin in twins):
        yield words.texts.listing(tuple(words.say(f"route.{route}") for route in routes))
    elif weeks and any(_weeks(twin) != weeks for twin in twins):
        yield words.say("course.every_weeks", count=weeks)


def _routes(regimen: Regimen) -> tuple[str, ...]:
    orders = (order for part in regimen.parts for phase in part.phases for order in phase.orders)
    return tuple(dict.fromkeys(order.route for order in orders if order.role == "treatment"))


def _weeks(regimen: Regimen) -> int | None:
    """Whole weeks between two doses of a cycle of the last phase; None where that is no one number."""
    phase = regimen.parts[0].phases[-1]
    days = sorted({day for order in phase.orders if order.role == "treatment" for day in order.days})
    if not days or not isinstance(phase.every, Interval) or phase.every.unit == "months":
        return None
    length = phase.every.count * (7 if phase.every.unit == "weeks" else 1)
    gaps = {after - before for before, after in zip(days, [*days[1:], days[0] + length], strict=True)}
    gap = gaps.pop()
    return gap // 7 if not gaps and gap % 7 == 0 else None


def scheme_title(words: Words, library: Library, scheme: str) -> str:
    """A radiotherapy scheme: "radiotherapy 10 x 3 Gy", or the free scheme's own words."""
    known = library.radiotherapy[scheme]
    if known.fractions is None or known.dose_gy is None:
        return words.say("ui.course.free_scheme")
    return words.say("ui.course.scheme", fractions=known.fractions, dose=words.texts.number(known.dose_gy))


def course_title(words: Words, library: Library, course: CourseDraft, *, brands: bool = True) -> str:
    """What a course gives; an id that the library does not know is named as it is written in the file."""
    if course.kind == "drug":
        known = course.subject in library.regimens
        return regimen_title(words, library, course.subject, brands=brands) if known else course.subject
    if course.subject not in library.radiotherapy:
        return course.subject
    if course.fractions is not None and course.dose_gy is not None:
        return words.say("ui.course.scheme", fractions=course.fractions, dose=words.texts.number(course.dose_gy))
    return scheme_title(words, library, course.subject)


def fraction_label(words: Words, fraction: Fraction) -> str:
    """ "radiotherapy 3 of 10"."""
    return words.say("ui.calendar.fraction_long", number=fraction.number, of=fraction.of)


def closed_label(words: Words, closed: ClosedDay) -> str:
    """Why a day is closed: the holiday's name, or the closure's own words with the unit."""
    if closed.holiday:
        return words.say(f"holiday.{closed.why}")
    return words.say("ui.calendar.closure", why=closed.why, unit=words.say(f"place.{closed.unit}"))


def dose_label(words: Words, dose: Dose) -> str:
    """The dose of one administration or one intake: "500 mg", "150 mg twice a day"."""
    amount = words.texts.quantity(dose.amount)
    if dose.every_days > 1:
        return words.say("ui.dose.every_days", amount=amount, count=dose.every_days)
    if dose.times > 1:
        return words.say("ui.dose.times", amount=amount, count=dose.times)
    return amount
