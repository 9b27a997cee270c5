"""NHS England dose bands from their own rule: an edge is the geometric mean of both bands, to 0.001 mL of the stock."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from mpmath import sqrt

from tests.second_doses.exact import Value, at_least, nearest, real


def steps(first: str, *runs: tuple[str, str]) -> tuple[Fraction, ...]:
    """Band doses: from the first one on, each run up to an amount by a step."""
    found = [Fraction(first)]
    for upto, step in runs:
        while found[-1] < Fraction(upto):
            found.append(found[-1] + Fraction(step))
    return tuple(found)


SIX_MG_ML = steps(
    "28.8", ("39.6", "3.6"), ("54", "4.8"), ("96", "6"), ("144", "12"), ("216", "18"), ("240", "24"), ("300", "30"),
    ("336", "36"), ("420", "42"), ("474", "54"), ("534", "60"), ("600", "66"), ("678", "78"), ("768", "90"),
)  # fmt: skip
"""Paclitaxel in one container, 6 mg/mL."""


def edge(lower: Fraction, upper: Fraction, concentration: Fraction) -> Fraction:
    """From which computed dose the upper of two neighbouring bands counts, as printed: in hundredths of a milligram."""
    volume = nearest(sqrt(real(lower * upper)) / real(concentration), Fraction(1, 1000))
    return nearest(volume * concentration, Fraction(1, 100))


def band(dose: Value, bands: tuple[Fraction, ...], concentration: Fraction) -> Fraction:
    """The band of a dose between the first and the last band."""
    found = bands[0]
    for lower, upper in pairwise(bands):
        if at_least(dose, edge(lower, upper, concentration)):
            found = upper
    return found


def deviation_percent(given: Value, computed: Value) -> float:
    """By how many per cent of the computed dose the given one lies above it."""
    return float((real(given) - real(computed)) / real(computed) * 100)
