"""A regimen and its drugs as lines of clinical content: each number and rule with its place in words of the data, so that two
versions can be compared and a person can read what was approved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.interval import Interval
from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.dose_rules import BandRow, Check, ClassRow, Timing, UndecidedDose
from mbc_desktop.regimen.drug import FactCaution, NotWith
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order, Regimen, Reload
from mbc_desktop.regimen.support import SupportPart

_NO_CONTENT = frozenset(
    (
        "source",
        "grade",
        "version",
        "valid_from",
        "reviewed_on",
        "status",
        "history",
        "search",
        "brands",
        "inn",
        "id",
        "kind",
        "key",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalLine:
    """One piece of content: `place` from the regimen or drug inwards, ending in the name of the key; `value` as text with its
    unit."""

    place: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicalChange:
    """A line that differs between two versions; "" = was not there, or is no longer."""

    place: tuple[str, ...]
    before: str
    after: str


def clinical_lines(library: Library, regimen: Regimen) -> tuple[ClinicalLine, ...]:
    """The content of a regimen and of every drug it orders."""
    found = [*_lines(regimen, (f"regimen {regimen.id}",))]
    for drug in drugs_ordered(regimen):
        found += _lines(library.drugs[drug], (drug,))
    return tuple(found)


def lines_under(record: object, place: tuple[str, ...]) -> tuple[ClinicalLine, ...]:
    """The content of one rule under a place of its own."""
    return tuple(_lines(record, place))


def drugs_ordered(regimen: Regimen) -> tuple[str, ...]:
    """The ids of every drug that the regimen orders, premedication too."""
    orders = (order for part in regimen.parts for phase in part.phases for order in phase.orders)
    return tuple(dict.fromkeys(order.drug for order in orders))


def clinical_changes(before: Iterable[ClinicalLine], after: Iterable[ClinicalLine]) -> tuple[ClinicalChange, ...]:
    """What differs, in the order of the newer version; what went comes last."""
    old, new = _by_place(before), _by_place(after)
    changed = [
        ClinicalChange(place=place, before=old.get(place, ""), after=value)
        for place, value in new.items()
        if old.get(place) != value
    ]
    gone = [ClinicalChange(place=place, before=value, after="") for place, value in old.items() if place not in new]
    return (*changed, *gone)


def change_in_short(change: ClinicalChange) -> str:
    """A change as one says it: "docetaxel 75 -> 100 mg/m2", "paclitaxel, holds neutrophils at_least: 1 -> 1.5"."""
    *where, key = change.place
    before, after = change.before or "-", change.after or "-"
    if key == "dose" and where and change.before and change.after:
        number, _, unit = before.partition(" ")
        if unit and after.endswith(f" {unit}"):
            before = number
        return f"{_drug_of(where)} {before} -> {after}"
    return f"{', '.join(where)} {key}: {before} -> {after}"


def _drug_of(where: list[str]) -> str:
    """The drug of an order's place: the order's own name begins with it."""
    order = next((step for step in reversed(where) if step.startswith("order ")), where[-1])
    return order.removeprefix("order ")


def _by_place(lines: Iterable[ClinicalLine]) -> Mapping[tuple[str, ...], str]:
    return {line.place: line.value for line in lines}


def _lines(record: object, place: tuple[str, ...]) -> Iterator[ClinicalLine]:
    if not is_dataclass(record) or isinstance(record, type):
        return
    for name in (field.name for field in fields(record)):
        value = getattr(record, name)
        if name in _NO_CONTENT or value in (None, "", ()):
            continue
        if isinstance(value, tuple) and is_dataclass(value[0]):
            for label, item in _labelled(value):
                yield from _lines(item, (*place, f"{name.removesuffix('s')} {label}"))
        elif is_dataclass(value) and not isinstance(value, Interval) and not _is_dose(value):
            yield from _lines(value, (*place, name))
        else:
            yield ClinicalLine(place=(*place, name), value=_text(value))


def _is_dose(value: object) -> bool:
    return isinstance(value, UndecidedDose) or (hasattr(value, "amount") and hasattr(value, "unit"))


def _labelled(items: tuple[object, ...]) -> Iterator[tuple[str, object]]:
    """Each item with a name of its own, which stays the same when another item comes or goes."""
    seen: Counter[str] = Counter()
    for item in items:
        label = _label(item)
        seen[label] += 1
        yield (label if seen[label] == 1 else f"{label} ({seen[label]})"), item


def _label(item: object) -> str:
    match item:
        case Order():
            return item.drug if item.cycles == (1, None) else f"{item.drug} {_cycles(item.cycles)}"
        case Reload():
            return item.decision or "by_gap"
        case BandRow():
            above = item.above is not None
            return f"{'above' if above else 'from'} {decimal_text(item.above or item.at_least or Decimal(0))}"
        case ClassRow():
            return item.value
        case Check():
            return f"{item.kind} {_cycles(item.cycles)}"
        case Timing():
            return item.phase or "general"
        case SupportPart():
            return item.what
        case FactCaution() | NotWith():
            return item.finding
        case _:
            return str(getattr(item, "id", "") or getattr(item, "unit", "") or "item")


def _cycles(cycles: tuple[int, int | None]) -> str:
    first, last = cycles
    return f"{first}-" if last is None else str(first) if first == last else f"{first}-{last}"


def _text(value: object) -> str:
    match value:
        case UndecidedDose():
            return f"by {value.decision} {value.unit}"
        case Interval():
            return value.text()
        case Decimal():
            return decimal_text(value)
        case date():
            return value.isoformat()
        case tuple():
            texts = ["-" if item is None else _text(item) for item in value]
            return ("; " if any(" " in text for text in texts) else " ").join(texts)
        case bool():
            return "yes" if value else "no"
        case _ if _is_dose(value):
            return f"{decimal_text(value.amount)} {value.unit}"  # type: ignore[attr-defined]
        case _:
            return str(value)
