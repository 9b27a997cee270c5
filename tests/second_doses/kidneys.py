"""Clearance and filtration: Cockcroft and Gault with its variants, CKD-EPI, and Calvert's dose."""

from __future__ import annotations

from fractions import Fraction

from mpmath import mpf, power

from tests.second_doses.body import adjusted_weight, body_mass_index, ideal_weight
from tests.second_doses.exact import Value, above, at_least, downward, real

MICROMOL = Fraction(884, 10)
"""umol/L for 1 mg/dL of creatinine."""


def milligrams_of(amount: Fraction, unit: str) -> Fraction:
    """Creatinine in mg/dL."""
    return amount if unit == "mg/dL" else amount / MICROMOL


def cockcroft_gault(age: int, kilograms: Fraction, creatinine: Fraction, *, woman: bool) -> Fraction:
    """mL/min, not indexed: (140 - age) x kg / (72 x mg/dL), for women 0.85 of it."""
    return (140 - age) * kilograms / (72 * creatinine) * (Fraction(85, 100) if woman else 1)


def canonical(cleared: Fraction) -> Fraction:
    """Rounded down to one decimal: the number of the screen and of every band."""
    return downward(cleared, Fraction(1, 10))


def band_weight(kilograms: Fraction, centimetres: Fraction | None, *, woman: bool, basis: str) -> Fraction:
    """The weight of the clearance behind a band: actual, ideal or adjusted, as the site decided."""
    if basis == "actual":
        return kilograms
    assert centimetres is not None
    ideal = ideal_weight(centimetres, woman=woman)
    return ideal if basis == "ideal" else adjusted_weight(kilograms, ideal)


def filtration(
    method: str,
    age: int,
    kilograms: Fraction,
    centimetres: Fraction,
    creatinine: Fraction,
    *,
    woman: bool,
    floor: Fraction | None,
) -> Fraction:
    """What carboplatin is dosed on, mL/min, unrounded: adjusted weight from a body mass index of 25 or 30 where the site chose
    so, a creatinine never below the floor."""
    weight = kilograms
    edge = {"cockcroft_gault_adjusted_from_bmi_25": 25, "cockcroft_gault_adjusted_from_bmi_30": 30}.get(method)
    if edge is not None and at_least(body_mass_index(kilograms, centimetres), edge):
        weight = adjusted_weight(kilograms, ideal_weight(centimetres, woman=woman))
    return cockcroft_gault(age, weight, creatinine if floor is None else max(creatinine, floor), woman=woman)


def calvert(exposure: Fraction, filtered: Value, cap: Fraction | None) -> Value:
    """Milligrams for a target exposure: exposure x (filtration, at most the cap, + 25)."""
    counted = cap if cap is not None and above(filtered, cap) else filtered
    return exposure * (counted + 25) if isinstance(counted, Fraction) else real(exposure) * (real(counted) + 25)


def ckd_epi_2021(age: int, creatinine: Fraction, *, woman: bool) -> mpf:
    """mL/min/1.73 m2, without race."""
    ratio = real(creatinine) / (mpf("0.7") if woman else mpf("0.9"))
    low = power(min(ratio, mpf(1)), mpf("-0.241") if woman else mpf("-0.302"))
    return 142 * low * power(max(ratio, mpf(1)), mpf("-1.2")) * power(mpf("0.9938"), age) * (mpf("1.012") if woman else 1)


def ckd_epi_2009(age: int, creatinine: Fraction, *, woman: bool) -> mpf:
    """mL/min/1.73 m2, without the factor for race."""
    ratio = real(creatinine) / (mpf("0.7") if woman else mpf("0.9"))
    low = power(min(ratio, mpf(1)), mpf("-0.329") if woman else mpf("-0.411"))
    return 141 * low * power(max(ratio, mpf(1)), mpf("-1.209")) * power(mpf("0.993"), age) * (mpf("1.018") if woman else 1)


def absolute(indexed: mpf, square_metres: Value) -> mpf:
    """mL/min of this patient from mL/min/1.73 m2."""
    return indexed * real(square_metres) / mpf("1.73")
