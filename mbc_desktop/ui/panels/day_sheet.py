"""What the inspector says when no item is selected: what stands on the selected day, and the numbers derived from the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mbc_desktop.texts.phrases import derived_inputs, derived_name
from mbc_desktop.ui.calendar.day_items import days_of
from mbc_desktop.ui.calendar.day_text import band_text, closed_text, item_wording
from mbc_desktop.ui.look.rich_text import RichText
from mbc_desktop.ui.look.theme import Colours
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.dosing.dose import Derived
    from mbc_desktop.planning.plan import Plan

RADIOTHERAPY_DERIVED = ("bed", "eqd2")
"""Numbers of one course, shown with its fractions."""


def day_sheet(plan: Plan | None, day: date, words: Words, colours: Colours) -> str:
    """The sheet of a day as HTML."""
    text = RichText(colours)
    _write_day(text, plan, day, words)
    if plan is None:
        text.heading(words.say("ui.inspector.no_plan"))
        text.line(words.say("ui.inspector.no_plan_hint"))
        return text.html()
    text.heading(words.say("ui.inspector.derived"))
    derived_of_patient = tuple(one for one in plan.derived if one.id not in RADIOTHERAPY_DERIVED)
    if not derived_of_patient:
        text.line(words.say("ui.inspector.no_derived"), muted=True)
    for derived in derived_of_patient:
        value = words.texts.amount(Decimal(derived.value), derived.unit)
        of = words.say("ui.inspector.of", on=derived.on) if derived.on else ""
        inputs = " ".join(part for part in (derived_inputs(_named(derived, plan, words), words.texts), of) if part)
        text.result(derived_name(derived, words.texts), value, inputs)
    if derived_of_patient:
        # Loaded with the first numbers, not with the window.
        from mbc_desktop.ui.panels.conventions import write_conventions

        write_conventions(text, derived_of_patient, words)
    return text.html()


def _named(derived: Derived, plan: Plan, words: Words) -> Derived:
    """The same with an irradiation called by what it gives, not by the id it has in a file."""
    schemes = {
        one.course: words.say("ui.course.scheme", fractions=one.of, dose=words.texts.number(one.dose.amount))
        for one in plan.fractions
    }
    inputs = ((name, schemes.get(value, value) if name == "course" else value) for name, value in derived.inputs)
    return replace(derived, inputs=tuple(inputs))


def _write_day(text: RichText, plan: Plan | None, day: date, words: Words) -> None:
    name = words.texts.long_date(day)
    text.title(name[0].upper() + name[1:])
    contents = days_of(plan, first=day, last=day).get(day) if plan else None
    closed = closed_text(words, day, contents)
    if closed:
        text.subtitle(closed)
    if contents is None or not (contents.items or contents.bands):
        if plan is not None:
            text.line(words.say("ui.calendar.nothing"), muted=True)
        return
    for item in contents.items:
        wording = item_wording(words, item)
        text.link(item.id, f"{wording.name} {wording.detail}".strip())
    for band in contents.bands:
        text.link(band.id, band_text(words, band))
