"""Oral vinorelbine: three weekly doses of 60 mg/m2, then 80 unless the neutrophils fell; back to 60 for at least three doses
where they fall at 80, and up again after three doses whose counts are known and good."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

Nadirs = Sequence[Fraction | None]


def fell(nadirs: Nadirs) -> bool:
    """One nadir below 0.5, or more than one from 0.5 to 1.0 (10^9/L); None is not known."""
    below = sum(nadir < Fraction(1, 2) for nadir in nadirs if nadir is not None)
    between = sum(Fraction(1, 2) <= nadir <= 1 for nadir in nadirs if nadir is not None)
    return below >= 1 or between > 1


def fourth_dose(nadirs: Nadirs) -> int:
    """mg/m2 of the fourth dose."""
    return weekly_doses(nadirs)[-1]


def weekly_doses(nadirs: Nadirs) -> list[int]:
    """mg/m2 of every dose up to the one after these nadirs."""
    amounts: list[int] = []
    judged_from, fallen = 0, False
    for number in range(len(nadirs) + 1):
        since = nadirs[judged_from:number]
        if number < 3:
            amounts.append(60)
        elif fallen:
            last = since[-3:]
            risen = len(last) == 3 and None not in last and not fell(last)
            judged_from, fallen = (number, False) if risen else (judged_from, True)
            amounts.append(80 if risen else 60)
        elif fell(since):
            judged_from, fallen = number, True
            amounts.append(60)
        else:
            judged_from = number if amounts[-1] == 60 else judged_from
            amounts.append(80)
    return amounts


def lowest_between(counts: Sequence[tuple[int, Fraction]], days: Sequence[int]) -> list[Fraction | None]:
    """The lowest count after each day of a dose but the last, up to the next; counts and doses by number of the day."""
    return [min((count for on, count in counts if begin < on <= end), default=None) for begin, end in pairwise(days)]
