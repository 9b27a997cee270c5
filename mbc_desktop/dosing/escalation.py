"""Whether a drug may go up to its full dose after the first administrations."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


def may_escalate(neutrophils: Iterable[Decimal], *, never_below: Decimal, once_up_to: Decimal) -> bool:
    """Not when the lowest count after a dose (10^9/L) fell once below `never_below`, or more than once to `once_up_to` or less.
    Oral vinorelbine from 60 to 80 mg/m2 after three doses: 0.5 and 1.0 (Navelbine Oral, product information)."""
    values = tuple(neutrophils)
    return all(value >= never_below for value in values) and sum(value <= once_up_to for value in values) <= 1
