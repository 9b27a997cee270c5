"""Orders into the spinal fluid in the treatment that is entered: written once in full, the dose typed again by two persons, never
changed afterwards (a wrong one is taken out and written anew)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mbc_desktop.planning.intrathecal import PERSONS, Confirmation, IntrathecalDrug, IntrathecalOrder
from mbc_desktop.ui.entry.draft import Draft


def with_new_order(draft: Draft, *, drug: IntrathecalDrug, dose_mg: Decimal, dates: tuple[date, ...], note: str) -> Draft:
    """The treatment with one more order; its days in their order, each once."""
    taken = {*(order.id for order in draft.intrathecal), *(course.id for course in draft.courses)}
    name = next(f"{drug}-{number}" for number in range(1, len(taken) + 2) if f"{drug}-{number}" not in taken)
    order = IntrathecalOrder(id=name, drug=drug, dose_mg=dose_mg, dates=tuple(sorted(set(dates))), note=note)
    return replace(draft, intrathecal=(*draft.intrathecal, order))


def without_order(draft: Draft, order: str) -> Draft:
    """The treatment without that order."""
    return replace(draft, intrathecal=tuple(one for one in draft.intrathecal if one.id != order))


def with_confirmation(draft: Draft, order: str, *, by: str, on: date, dose_mg: Decimal) -> Draft:
    """The treatment in which one more person typed the dose of an order, right or wrong: the plan compares."""
    typed = Confirmation(by=by, on=on, dose_mg=dose_mg)
    orders = (replace(one, confirmed=(*one.confirmed, typed)) if one.id == order else one for one in draft.intrathecal)
    return replace(draft, intrathecal=tuple(orders))


def has_typed(order: IntrathecalOrder, by: str) -> bool:
    """Whether this person typed the dose already, however the initials are spaced or capitalised."""
    return _folded(by) in {_folded(one.by) for one in order.confirmed}


def is_confirmed(order: IntrathecalOrder) -> bool:
    """Whether two different persons typed the very dose of the order."""
    return len({_folded(one.by) for one in order.confirmed}) >= PERSONS and not differs(order)


def differs(order: IntrathecalOrder) -> bool:
    """Whether somebody typed another dose than the one written."""
    return any(one.dose_mg != order.dose_mg for one in order.confirmed)


def _folded(by: str) -> str:
    return "".join(by.split()).casefold()
