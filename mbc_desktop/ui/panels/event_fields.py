"""Which fields an event of each kind has: days, dates, amounts, levels."""

from __future__ import annotations

from dataclasses import replace

from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.planning.request import EventKind
from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.entry.event_entry import FIELDS, Subject
from mbc_desktop.ui.widgets.field_set import Field
from mbc_desktop.ui.words import Words

_DATES = {"given_on": "earlier_day", "to": "calendar_day", "day": "calendar_day"}
_NOT_NEEDED = ("batch", "amount")
INTERVALS = ("21 days", "28 days", "1 month", "84 days", "3 months", "168 days", "6 months")


def event_fields(words: Words, library: Library, limits: Fields, kind: EventKind, subject: Subject) -> tuple[Field, ...]:
    """The fields of an event of this kind about this subject, in their order."""
    return tuple(_field(name, words, library, limits, kind, subject) for name in FIELDS[kind])


def _field(name: str, words: Words, library: Library, limits: Fields, kind: EventKind, subject: Subject) -> Field:
    label = f"act.field.{name}"
    if name in _DATES:
        return Field(name=name, kind="date", label=label, policy=limits.dates[_DATES[name]])
    if name == "days":
        # How long something is put off is no interval: a few days are as usual as a few weeks.
        policy = replace(limits.numbers["interval_days"], soft=None)
        return Field(name=name, kind="whole", label=label, policy=policy)
    if name == "amount":
        policy = limits.numbers["dose_override_mg"]
        if policy.unit != subject.unit:
            policy = replace(policy, unit=subject.unit, spellings=(subject.unit,))
        return Field(name=name, kind="quantity", label=label, policy=policy, needed=kind == "dose")
    if name == "regimen":
        return Field(name=name, kind="regimen", label=label)
    if name == "every":
        # Another one than the usual is a number of days, weeks or months: its own limits are those of a year.
        policy = replace(limits.numbers["interval_days"], unit="", spellings=(), soft=None)
        usual = tuple((every, words.texts.option(every)) for every in INTERVALS)
        return Field(name=name, kind="interval", label=label, options=usual, policy=policy)
    if name in ("batch", "what"):
        return Field(name=name, kind="text", label=label, needed=name not in _NOT_NEEDED)
    return Field(name=name, kind="choice", label=label, options=_options(words, library, subject))


def _options(words: Words, library: Library, subject: Subject) -> tuple[tuple[str, str], ...]:
    drug = library.drugs.get(subject.target.drug)
    levels = drug.levels if drug is not None else None
    amounts = [words.texts.amount(amount, levels.unit) for amount in levels.amounts] if levels else []
    return tuple((f"-{step}", words.say("act.level_of", level=step, amount=amount)) for step, amount in enumerate(amounts))
