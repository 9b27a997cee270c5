"""Body surface, ideal and adjusted weight, and the weight a dose is computed on."""

from __future__ import annotations

from fractions import Fraction

from mpmath import log10, mpf, power, sqrt

from tests.second_doses.exact import Value, above, at_least, nearest, real

INCH = Fraction(254, 100)


def surface(formula: str, kilograms: Value, centimetres: Value, *, woman: bool = True) -> mpf:
    """Square metres: Mosteller 1987, Du Bois 1916, Haycock 1978, Gehan and George 1970, Boyd 1935 (in grams), Schlich 2010."""
    kg, cm = real(kilograms), real(centimetres)
    match formula:
        case "mosteller":
            return sqrt(cm * kg / 3600)
        case "du_bois":
            return mpf("0.007184") * power(kg, mpf("0.425")) * power(cm, mpf("0.725"))
        case "haycock":
            return mpf("0.024265") * power(kg, mpf("0.5378")) * power(cm, mpf("0.3964"))
        case "gehan_george":
            return mpf("0.0235") * power(kg, mpf("0.51456")) * power(cm, mpf("0.42246"))
        case "boyd":
            grams = kg * 1000
            return mpf("0.0003207") * power(cm, mpf("0.3")) * power(grams, mpf("0.7285") - mpf("0.0188") * log10(grams))
        case "schlich":
            factor, by_weight, by_height = ("0.000975482", "0.46", "1.08") if woman else ("0.000579479", "0.38", "1.24")
            return mpf(factor) * power(kg, mpf(by_weight)) * power(cm, mpf(by_height))
    raise ValueError(formula)


def ideal_weight(centimetres: Fraction, *, woman: bool) -> Fraction:
    """Devine 1974: 45.5 kg (men 50) and 2.3 kg for each inch above sixty."""
    return (Fraction(455, 10) if woman else Fraction(50)) + Fraction(23, 10) * (centimetres / INCH - 60)


def adjusted_weight(kilograms: Fraction, ideal: Fraction) -> Fraction:
    """Ideal weight and four tenths of the excess."""
    return ideal + Fraction(4, 10) * (kilograms - ideal)


def body_mass_index(kilograms: Fraction, centimetres: Fraction) -> Fraction:
    """Kilograms per square metre of height."""
    return kilograms / (centimetres / 100) ** 2


def change_percent(reference: Fraction, now: Fraction) -> Fraction:
    """By how many per cent of the reference the weight changed; below zero when it fell."""
    return (now - reference) / reference * 100


def weight_to_dose_on(
    now: Fraction,
    centimetres: Fraction,
    *,
    woman: bool,
    reference: Fraction | None,
    threshold: Fraction,
    basis: str,
    down_only: bool = False,
) -> Fraction:
    """The reference weight until the change reaches the threshold (per cent; at the threshold itself the dose is computed again;
    a drug that is only rounded down follows a lower weight at once);
    above a body mass index of 30 the part of it that the site takes."""
    kilograms = now
    at_once = down_only and reference is not None and now < reference
    if reference is not None and not at_once and not at_least(abs(change_percent(reference, now)), threshold):
        kilograms = reference
    if basis == "actual" or not above(body_mass_index(kilograms, centimetres), 30):
        return kilograms
    ideal = ideal_weight(centimetres, woman=woman)
    return adjusted_weight(kilograms, ideal) if basis == "adjusted" else (kilograms + ideal) / 2


def surface_to_dose_on(
    kilograms: Fraction, centimetres: Fraction, *, formula: str, decimals: str, cap: str, woman: bool = True
) -> Value:
    """The surface of the site: its formula, its number of decimals ("unrounded" for none), its cap ("none" for none)."""
    exact: Value = surface(formula, kilograms, centimetres, woman=woman)
    if decimals != "unrounded":
        exact = nearest(exact, Fraction(1, 10 ** int(decimals)))
    return exact if cap == "none" or not above(exact, Fraction(cap)) else Fraction(cap)
