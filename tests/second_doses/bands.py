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


TWENTY_MG_ML = steps(
    "5.2", ("6", "0.4"), ("9.2", "0.8"), ("12.8", "1.2"), ("16", "1.6"), ("36", "2"), ("72", "4"), ("96", "8"), ("132", "12"),
    ("180", "16"), ("320", "20"), ("480", "40"), ("720", "60"), ("800", "80"), ("1000", "100"), ("1120", "120"), ("1400", "140"),
    ("1580", "180"), ("1780", "200"), ("2000", "220"), ("2260", "260"), ("2560", "300"), ("2900", "340"), ("3280", "380"),
    ("3700", "420"), ("4180", "480"), ("4720", "540"), ("5340", "620"), ("6000", "660"),
)  # fmt: skip
"""A stock of 20 mg/mL: cyclophosphamide, docetaxel."""

Table = tuple[tuple[Fraction, ...], Fraction, Fraction, Fraction]
TABLES: dict[str, Table] = {
    "paclitaxel": (SIX_MG_ML, Fraction(6), Fraction("27.58"), Fraction("817.41")),
    "cyclophosphamide": (TWENTY_MG_ML, Fraction(20), Fraction(5), Fraction("6368.68")),
    "docetaxel": (TWENTY_MG_ML, Fraction(20), Fraction(5), Fraction("6368.68")),
}
"""Bands, concentration, the first computed dose of the printed table and the one where it ends."""


def printed(drug: str, dose: Value) -> Fraction | None:
    """The band of a computed dose in the drug's table; None without a table, and outside it."""
    if drug not in TABLES:
        return None
    doses, concentration, first, end = TABLES[drug]
    inside = at_least(dose, first) and not at_least(dose, end)
    return band(dose, doses, concentration) if inside else None


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
