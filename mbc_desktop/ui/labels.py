"""The names of things in the window: a regimen, a course, a closed day, a dose. One place, so that they read alike everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.ui.course_draft import CourseDraft
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import ClosedDay, Dose, Fraction


def regimen_title(words: Words, library: Library, regimen: str, *, brands: bool = True) -> str:
    """The drugs of a regimen: "palbociclib (Ibrance) + fulvestrant (Faslodex)"."""
    name = words.drug_with_brand if brands else words.drug
    return " + ".join(name(drug) for drug in drugs_of(library.regimens[regimen]))


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
