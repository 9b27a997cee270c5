"""Whole vials by trying every number of each size."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import product

from tests.second_doses.exact import Value, above, at_least, real

Held = tuple[Fraction, tuple[int, ...]]
"""What a set of vials holds, and how many of each size."""
SLACK = 1e-6


@lru_cache(maxsize=4096)
def sets(sizes: tuple[Fraction, ...], most: tuple[int, ...]) -> tuple[Held, ...]:
    """Every set with at most so many vials of each size."""
    ranges = [range(count + 1) for count in most]
    return tuple(
        (sum((size * count for size, count in zip(sizes, counts, strict=True)), Fraction(0)), counts)
        for counts in product(*ranges)
    )


def sets_for(dose: Value, sizes: tuple[Fraction, ...]) -> tuple[Held, ...]:
    """Every set with at most one vial more of each size than alone would hold the dose."""
    near = float(real(dose))
    return sets(sizes, tuple(int(near // float(size)) + 1 for size in sizes))


def needed(dose: Fraction, sizes: tuple[Fraction, ...], *, fewest: bool = False) -> Held:
    """The set that holds the dose with the least waste, and among those the one of fewest vials; with `fewest` the other way
    round."""
    enough = [item for item in sets_for(dose, sizes) if item[0] >= dose]
    return min(enough, key=lambda item: (sum(item[1]), item[0]) if fewest else (item[0], sum(item[1])))


def whole_vials(dose: Value, sizes: tuple[Fraction, ...], percent: Fraction, *, down_only: bool = False) -> Held | None:
    """The set nearest to the dose within so many per cent of it, of two equally near the smaller, of the same sum that of fewest
    vials; None when no set lies so near. `down_only`: none above the dose."""
    exact = real(dose)
    room = exact * real(percent) / 100
    about, wide = float(exact), float(room) + SLACK
    near = [
        item
        for item in sets_for(dose, sizes)
        if abs(float(item[0]) - about) <= wide
        and item[0] > 0
        and at_least(room, abs(real(item[0]) - exact))
        and not (down_only and above(item[0], dose))
    ]
    return min(near, key=lambda item: (abs(real(item[0]) - exact), item[0], sum(item[1]))) if near else None
