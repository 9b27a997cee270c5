"""Doses that add up over a lifetime: equivalents, what is left under a limit, and how many doses still fit."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT


def equivalent(amount: Decimal, factor: Decimal) -> Decimal:
    """mg/m2 of the reference drug that `amount` mg/m2 count for; both 0 or more. Raises ValueError below zero."""
    if amount < 0 or factor < 0:
        raise ValueError(f"an amount and its factor are not below zero: {amount}, {factor}")
    return CONTEXT.multiply(amount, factor)


def left_under(limit: Decimal, so_far: Decimal) -> Decimal:
    """What may still be given; never below zero."""
    return max(CONTEXT.subtract(limit, so_far), Decimal(0))


def doses_left(*, limit: Decimal, so_far: Decimal, each: Decimal) -> int:
    """How many doses of `each` (above zero) still fit; the limit itself may be reached. Raises ValueError for a dose of
    nothing."""
    if not each > 0:
        raise ValueError(f"a dose is above zero, not {each}")
    return int(left_under(limit, so_far) // each)
