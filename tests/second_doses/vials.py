"""Whole vials by trying every number of each size."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from tests.second_doses.exact import Value, above, at_least, real


def sets(sizes: tuple[Fraction, ...], most: Value) -> list[tuple[Fraction, tuple[int, ...]]]:
    """Every set of vials up to one more of each size than alone would hold the dose: what it holds, and how many of each size."""
    ranges = [range(int(real(most) // real(size)) + 2) for size in sizes]
    return [
        (sum((size * count for size, count in zip(sizes, counts, strict=True)), Fraction(0)), counts)
        for counts in product(*ranges)
    ]


def needed(dose: Value, sizes: tuple[Fraction, ...], *, fewest: bool = False) -> tuple[Fraction, tuple[int, ...]]:
    """The set that holds the dose with the least waste, and among those the one of fewest vials; with `fewest` the other way
    round."""
    enough = [item for item in sets(sizes, dose) if at_least(item[0], dose)]
    return min(enough, key=lambda item: (sum(item[1]), item[0]) if fewest else (item[0], sum(item[1])))


def whole_vials(
    dose: Value, sizes: tuple[Fraction, ...], percent: Fraction, *, down_only: bool = False
) -> tuple[Fraction, tuple[int, ...]] | None:
    """The set nearest to the dose within so many per cent of it, of two equally near the smaller, of the same sum that of fewest
    vials; None when no set lies so near.
    `down_only`: none above the dose."""
    near = [
        item
        for item in sets(sizes, dose)
        if item[0] > 0
        and at_least(real(dose) * real(percent) / 100, abs(real(item[0]) - real(dose)))
        and not (down_only and above(item[0], dose))
    ]
    return min(near, key=lambda item: (abs(real(item[0]) - real(dose)), item[0], sum(item[1]))) if near else None
