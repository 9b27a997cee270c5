"""Kidney function from creatinine: Cockcroft-Gault clearance (mL/min) and four estimates of filtration (mL/min/1.73 m2).

Creatinine in mg/dL, age in completed years (18 and older: adult formulas), weight in kg, surface in m2. Only Cockcroft-Gault
decides bone-agent bands; the estimates are shown beside it and never take its place. Muscle loss, amputation, pregnancy and
changing creatinine are not covered."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.patient.body import Sex

REFERENCE_SURFACE_M2 = Decimal("1.73")
_TENTH = Decimal("0.1")
_GUARD = Context(prec=25, rounding=ROUND_HALF_UP)


def cockcroft_gault(*, age_years: int, weight_kg: Decimal, creatinine_mg_dl: Decimal, sex: Sex) -> Decimal:
    """Creatinine clearance, mL/min = (140 - age) x kg / (72 x creatinine), x 0.85 for women (Cockcroft and Gault, 1976).

    Not indexed to body surface. One single division, last, so that a value on the edge of a dose band is exactly on it."""
    _positive(weight_kg, creatinine_mg_dl)
    if not 0 <= age_years < 140:
        raise ValueError(f"the formula needs an age under 140 years, not {age_years}")
    share = Decimal(85 if sex == "female" else 100)
    above = CONTEXT.multiply(CONTEXT.multiply(Decimal(140 - age_years), weight_kg), share)
    return CONTEXT.divide(above, CONTEXT.multiply(Decimal(7200), creatinine_mg_dl))


def canonical_clearance(value: Decimal) -> Decimal:
    """The clearance that is shown and compared with dose bands: rounded down to one decimal, so that screen and decision never
    disagree and rounding never lifts anyone into a higher dose."""
    # A creatinine in umol/L was divided once before: 44.2 may arrive as 44.19999...9. The 25th digit is beyond every measurement.
    return _GUARD.plus(value).quantize(_TENTH, rounding=ROUND_FLOOR)


def ckd_epi_2009(*, creatinine_mg_dl: Decimal, age_years: int, sex: Sex) -> Decimal:
    """Estimated filtration, mL/min/1.73 m2 = 141 x min(Scr/k, 1)^a x max(Scr/k, 1)^-1.209 x 0.993^age, x 1.018 for women; k 0.7
    and a -0.329 (women), k 0.9 and a -0.411 (men), without race factor (Levey, 2009; kept for Europe by EFLM, doi
    10.1515/cclm-2022-0928)."""
    knot, slope = ("0.7", "-0.329") if sex == "female" else ("0.9", "-0.411")
    shape = _spline(creatinine_mg_dl, knot, slope, "-1.209")
    aged = _product(Decimal(141), shape, CONTEXT.power(Decimal("0.993"), Decimal(_adult(age_years))))
    return _product(aged, Decimal("1.018")) if sex == "female" else aged


def ckd_epi_2021(*, creatinine_mg_dl: Decimal, age_years: int, sex: Sex) -> Decimal:
    """Estimated filtration, mL/min/1.73 m2 = 142 x min(Scr/k, 1)^a x max(Scr/k, 1)^-1.200 x 0.9938^age, x 1.012 for women; k
    0.7 and a -0.241 (women), k 0.9 and a -0.302 (men) (Inker, 2021)."""
    knot, slope = ("0.7", "-0.241") if sex == "female" else ("0.9", "-0.302")
    shape = _spline(creatinine_mg_dl, knot, slope, "-1.200")
    aged = _product(Decimal(142), shape, CONTEXT.power(Decimal("0.9938"), Decimal(_adult(age_years))))
    return _product(aged, Decimal("1.012")) if sex == "female" else aged


def mdrd_175(*, creatinine_mg_dl: Decimal, age_years: int, sex: Sex) -> Decimal:
    """Estimated filtration, mL/min/1.73 m2 = 175 x Scr^-1.154 x age^-0.203, x 0.742 for women; creatinine traceable to IDMS,
    without race factor (Levey, 2006). Not the older 186 form."""
    _positive(creatinine_mg_dl)
    aged = CONTEXT.power(Decimal(_adult(age_years)), Decimal("-0.203"))
    value = _product(Decimal(175), CONTEXT.power(creatinine_mg_dl, Decimal("-1.154")), aged)
    return _product(value, Decimal("0.742")) if sex == "female" else value


def ekfc(*, creatinine_mg_dl: Decimal, age_years: int, sex: Sex) -> Decimal:
    """Estimated filtration, mL/min/1.73 m2 = 107.3 x (Scr/Q)^-0.322 below Q and ^-1.132 from Q on, x 0.990^(age - 40) above 40
    years; Q 0.70 (women) or 0.90 (men) mg/dL (European Kidney Function Consortium: Pottel, 2021)."""
    shape = _spline(creatinine_mg_dl, "0.70" if sex == "female" else "0.90", "-0.322", "-1.132")
    years_over_40 = max(_adult(age_years) - 40, 0)
    return _product(Decimal("107.3"), shape, CONTEXT.power(Decimal("0.990"), Decimal(years_over_40)))


def de_indexed(*, indexed: Decimal, bsa_m2: Decimal) -> Decimal:
    """mL/min = (mL/min/1.73 m2) x surface / 1.73: what the patient's own kidneys filter."""
    _positive(bsa_m2)
    return CONTEXT.divide(CONTEXT.multiply(indexed, bsa_m2), REFERENCE_SURFACE_M2)


def indexed(*, absolute: Decimal, bsa_m2: Decimal) -> Decimal:
    """mL/min/1.73 m2 = (mL/min) x 1.73 / surface."""
    _positive(bsa_m2)
    return CONTEXT.divide(CONTEXT.multiply(absolute, REFERENCE_SURFACE_M2), bsa_m2)


def _spline(creatinine_mg_dl: Decimal, knot: str, below: str, above: str) -> Decimal:
    """(creatinine / knot) to the power `below` under the knot and `above` from it on; 1 at the knot itself."""
    _positive(creatinine_mg_dl)
    ratio = CONTEXT.divide(creatinine_mg_dl, Decimal(knot))
    return CONTEXT.power(ratio, Decimal(below if ratio < 1 else above))


def _product(first: Decimal, *others: Decimal) -> Decimal:
    for other in others:
        first = CONTEXT.multiply(first, other)
    return first


def _positive(*values: Decimal) -> None:
    for value in values:
        if not value > 0:
            raise ValueError(f"weight, creatinine and surface must be above zero, not {value}")


def _adult(age_years: int) -> int:
    if age_years < 18:
        raise ValueError(f"the formula is for adults, not for an age of {age_years}")
    return age_years
