"""Oral vinorelbine: three weekly doses of 60 mg/m2, then 80 unless the neutrophils fell."""

from __future__ import annotations

from fractions import Fraction


def fourth_dose(nadirs: list[Fraction]) -> int:
    """mg/m2 of the fourth dose: 60 again after one nadir below 0.5, or more than one from 0.5 to 1.0 (10^9/L)."""
    below = sum(nadir < Fraction(1, 2) for nadir in nadirs)
    between = sum(Fraction(1, 2) <= nadir <= 1 for nadir in nadirs)
    return 60 if below >= 1 or between > 1 else 80
