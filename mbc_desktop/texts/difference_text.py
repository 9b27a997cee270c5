"""Differences between two plans in words: a sentence a change, and one line that counts them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from types import MappingProxyType
from typing import assert_never

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Dose
from mbc_desktop.planning.comparison.plan_difference import Change, ChangeKind, Side, Span
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts.phrases import frequency, pieces_phrase, texts_for
from mbc_desktop.texts.texts import Texts

GROUPS = MappingProxyType[ChangeKind, str](
    {
        "date_moved": "dates",
        "fraction_moved": "dates",
        "check_moved": "dates",
        "support_moved": "periods",
        "support_changed": "particulars",
        "tablets_moved": "periods",
        "dose_changed": "doses",
        "withheld": "doses",
        "released": "doses",
        "tablets_changed": "doses",
        "rest_changed": "rests",
        "patient_changed": "particulars",
        "route_changed": "particulars",
        "number_changed": "particulars",
        "added": "added",
        "removed": "removed",
        "omitted": "stopped",
        "held": "stopped",
        "ceased": "stopped",
        "restored": "restored",
    }
)
"""Under which word a change is counted."""

_CHANGED = ("dates", "periods", "doses", "rests", "particulars")
_CAME_OR_WENT = ("added", "removed", "stopped", "restored")


def change_text(change: Change, library: Library, texts: Texts) -> str:
    """One change as a sentence without a full stop: "Fulvestrant, toediening 2: ma 23/03/2026 in plaats van ma 16/03/2026"."""
    named = texts_for(library, texts)
    subject = ""
    if change.subject != "patient":
        subject = named.say(f"difference.{change.subject}", drug=change.drug, number=change.number or 0, what=change.what)
    before, after = (_side(side, change, named) for side in (change.before, change.after))
    sentence = named.say(f"difference.{change.kind}", subject=subject, on=change.on, before=before, after=after)
    return sentence[0].upper() + sentence[1:]


def summary_text(changes: tuple[Change, ...], since: date, texts: Texts) -> str:
    """How many of each sort, since the day of the older sheet: "3 datums en 1 dosis veranderd sinds donderdag 12 maart 2026"."""
    if not changes:
        return texts.say("difference.no_difference", day=since)
    return texts.say("difference.summary", clauses=counted_text(changes, texts), day=since)


def counted_text(changes: tuple[Change, ...], texts: Texts) -> str:
    """How many of each sort: "3 datums en 1 dosis veranderd, 1 weggevallen"."""
    counts = Counter(GROUPS[change.kind] for change in changes)
    clauses = []
    changed = tuple(_count(group, counts[group], texts) for group in _CHANGED if counts[group])
    if changed:
        clauses.append(texts.say("difference.changed", what=texts.listing(changed)))
    clauses += [_count(group, counts[group], texts) for group in _CAME_OR_WENT if counts[group]]
    return ", ".join(clauses)


def _count(group: str, count: int, texts: Texts) -> str:
    return texts.say(f"difference.count_{group}", count=count)


def _side(side: Side, change: Change, texts: Texts) -> str:
    match side:
        case None:
            return texts.word("difference.nothing")
        case date():
            return texts.short_date(side)
        case Span(first=first, last=last, open=goes_on):
            return texts.say("difference.span_open" if goes_on else "difference.span", first=first, last=last)
        case Dose():
            return _dose(side, change, texts)
        case Quantity():
            return texts.quantity(side)
        case int():
            return texts.number(side)
        case str():
            return texts.word(f"route.{side}")
        case _:
            assert_never(side)


def _dose(dose: Dose, change: Change, texts: Texts) -> str:
    """The amount; how often, for what is taken at home; the pieces where only they differ."""
    amount = texts.quantity(dose.amount)
    if change.kind == "tablets_changed":
        amount = pieces_phrase(dose.give, texts) or amount
    if change.subject != "intake":
        return amount
    return texts.say("difference.per_time", amount=amount, frequency=frequency(dose, texts))
