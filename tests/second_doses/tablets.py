"""Tablets and capsules by trying every number of each strength, and the label's tables."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from tests.second_doses.exact import Value, at_least, real

CAPECITABINE = (Fraction(500), Fraction(150))
EDGES = tuple(Fraction(text) for text in ("0", "1.27", "1.39", "1.53", "1.67", "1.79", "1.93", "2.07", "2.19"))
"""Square metres from which each row of the European label's capecitabine tables counts."""
LABEL = {
    1250: {
        100: (1500, 1650, 1800, 2000, 2150, 2300, 2500, 2650, 2800),
        75: (1150, 1300, 1450, 1500, 1650, 1800, 1950, 2000, 2150),
        50: (800, 800, 950, 1000, 1000, 1150, 1300, 1300, 1450),
    },
    1000: {
        100: (1150, 1300, 1450, 1600, 1750, 1800, 2000, 2150, 2300),
        75: (800, 1000, 1100, 1200, 1300, 1400, 1500, 1600, 1750),
        50: (600, 600, 750, 800, 800, 900, 1000, 1050, 1100),
    },
}
"""Milligrams per intake by mg/m2 and percentage."""


CAPSULES = {
    60: (60, 70, 70, 80, 80, 90, 100, 100, 110, 110, 120),
    80: (80, 90, 100, 100, 110, 120, 130, 140, 140, 150, 160),
}
"""Milligrams of oral vinorelbine by mg/m2, from 0.95 m2 on for every 0.10 m2."""


def by_capsule_table(per_m2: Fraction, square_metres: Value) -> Fraction | None:
    """Milligrams of oral vinorelbine in the printed table; None for another dose per m2 and below 0.95 m2."""
    column = CAPSULES.get(int(per_m2)) if per_m2.denominator == 1 else None
    if column is None or not at_least(square_metres, Fraction(95, 100)):
        return None
    return Fraction(column[sum(at_least(square_metres, Fraction(95 + 10 * row, 100)) for row in range(11)) - 1])


def by_label(per_m2: int, percent: int, square_metres: Value) -> Fraction | None:
    """Milligrams of capecitabine per intake in the label's table; None where the label prints none."""
    column = LABEL.get(per_m2, {}).get(percent)
    return None if column is None else Fraction(column[sum(at_least(square_metres, edge) for edge in EDGES) - 1])


def ways(dose: Fraction, strengths: tuple[Fraction, ...]) -> list[tuple[int, ...]]:
    """Every way to make exactly this dose of these strengths."""
    ranges = [range(int(dose // strength) + 1) for strength in strengths]
    return [
        counts
        for counts in product(*ranges)
        if sum((strength * count for strength, count in zip(strengths, counts, strict=True)), Fraction(0)) == dose
    ]


def fewest(dose: Fraction, strengths: tuple[Fraction, ...]) -> int | None:
    """The smallest number of pieces that makes the dose; None when none does."""
    return min((sum(counts) for counts in ways(dose, strengths)), default=None)


def nearest_sum(dose: Value, strengths: tuple[Fraction, ...], *, most_small: int | None = None, upward: bool = True) -> Fraction:
    """The sum of pieces, at least one, nearest to the dose; of two equally near the larger (`upward`) or the smaller.
    `most_small`: at most so many of the last strength."""
    ranges = [range(int(real(dose) // real(strength)) + 2) for strength in strengths]
    if most_small is not None:
        ranges[-1] = range(most_small + 1)
    sums = {
        total
        for counts in product(*ranges)
        if (total := sum((strength * count for strength, count in zip(strengths, counts, strict=True)), Fraction(0)))
    }
    best, *others = sorted(sums, reverse=not upward)
    for total in others:
        if at_least(abs(real(best) - real(dose)), abs(real(total) - real(dose))):
            best = total
    return best


def capecitabine_solved(dose: Value) -> Fraction:
    """The nearest sum with at most five tablets of 150 mg, the most that the label's tables ever use; halfway goes down (A15)."""
    return nearest_sum(dose, CAPECITABINE, most_small=5, upward=False)


def capecitabine_large(dose: Value) -> Fraction:
    """The nearest number of tablets of 500 mg, at least one; halfway goes down."""
    return nearest_sum(dose, CAPECITABINE[:1], upward=False)
