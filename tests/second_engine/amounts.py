"""Doses as exact fractions: bands of clearance in SI units, body surface compared by its square."""

from __future__ import annotations

from fractions import Fraction

DOCETAXEL_STEP = Fraction(2)
"""20 mg/mL drawn up to a tenth of a millilitre."""


def clearance(*, age: int, kilograms: Fraction, micromol: Fraction, woman: bool) -> Fraction:
    """Cockcroft and Gault in SI units: (140 - age) x kg x K / creatinine, K = 88.4 / 72, for women 85 hundredths of that; rounded
    down to tenths."""
    factor = Fraction(884, 720) * (Fraction(85, 100) if woman else 1)
    return Fraction((140 - age) * kilograms * factor / micromol * 10 // 1, 10)


def zoledronic_acid(cleared: Fraction) -> Fraction | None:
    """Milligrams by clearance: above 60, 50 to 60, 40 to under 50, 30 to under 40, none below."""
    if cleared > 60:
        return Fraction(4)
    for edge, dose in ((50, Fraction(7, 2)), (40, Fraction(33, 10)), (30, Fraction(3))):
        if cleared >= edge:
            return dose
    return None


def concentrate(milligrams: Fraction) -> Fraction:
    """Millilitres of 4 mg in 5 mL, to the nearest tenth, a half upward."""
    return Fraction((milligrams * 5 / 4 * 20 + 1) // 2, 10)


def by_surface(per_m2: Fraction, *, kilograms: Fraction, centimetres: Fraction, step: Fraction) -> Fraction:
    """Milligrams for a body surface (Mosteller) to the nearest step, a half upward. The square of the dose is per_m2^2 x kg x
    cm / 3600; the number of steps is the largest n with (2n - 1) half steps at or under the dose."""
    square = per_m2 * per_m2 * kilograms * centimetres / 3600
    steps = 0
    while ((2 * steps + 1) * step / 2) ** 2 <= square:
        steps += 1
    return steps * step


def by_weight(per_kg: Fraction, kilograms: Fraction) -> Fraction:
    """Milligrams for a weight to the nearest milligram, a half upward."""
    return Fraction((per_kg * kilograms * 2 + 1) // 2)
