"""Cumulative anthracyclines in milligrams of doxorubicin per square metre, and what is left of a lifetime."""

from __future__ import annotations

from fractions import Fraction

FACTORS = {
    "doxorubicin": Fraction(1),
    "epirubicin": Fraction(8, 10),
    "liposomal-doxorubicin": Fraction(1),
    "pegylated-liposomal-doxorubicin": Fraction(1),
}
"""ESC 2022 for doxorubicin and epirubicin; no factor was found for the liposomal forms: milligram for milligram."""


def equivalent(doses: list[tuple[str, Fraction]]) -> Fraction:
    """mg/m2 of doxorubicin that all these doses are worth."""
    return sum((FACTORS[drug] * dose for drug, dose in doses), Fraction(0))


def cycles_left(limit: Fraction, before: Fraction, per_cycle: Fraction) -> int:
    """How many whole cycles still fit under the limit; the limit itself may be reached."""
    return max(0, (limit - before) // per_cycle)
