"""Body size: surface area by six formulas, body mass index, ideal and adjusted weight. Weights in kg, heights in cm; never
rounded here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Literal

from mbc_desktop.core.decimals import CONTEXT

Sex = Literal["female", "male"]


def bsa_mosteller(*, weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """Body surface area, m2 = sqrt(cm x kg / 3600) (Mosteller, 1987)."""
    _above_zero(weight_kg, height_cm)
    return CONTEXT.sqrt(CONTEXT.divide(CONTEXT.multiply(height_cm, weight_kg), Decimal(3600)))


def bsa_du_bois(*, weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """Body surface area, m2 = 0.007184 x kg^0.425 x cm^0.725 (Du Bois and Du Bois, 1916)."""
    return _power_law("0.007184", weight_kg, "0.425", height_cm, "0.725")


def bsa_haycock(*, weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """Body surface area, m2 = 0.024265 x kg^0.5378 x cm^0.3964 (Haycock, 1978)."""
    return _power_law("0.024265", weight_kg, "0.5378", height_cm, "0.3964")


def bsa_gehan_george(*, weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """Body surface area, m2 = 0.0235 x kg^0.51456 x cm^0.42246 (Gehan and George, 1970)."""
    return _power_law("0.0235", weight_kg, "0.51456", height_cm, "0.42246")


def bsa_boyd(*, weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """Body surface area, m2 = 0.0003207 x cm^0.3 x g^(0.7285 - 0.0188 x log10(g)) with the weight g in gram (Boyd, 1935)."""
    _above_zero(weight_kg, height_cm)
    grams = CONTEXT.multiply(weight_kg, Decimal(1000))
    exponent = CONTEXT.subtract(Decimal("0.7285"), CONTEXT.multiply(Decimal("0.0188"), CONTEXT.log10(grams)))
    scaled = CONTEXT.multiply(Decimal("0.0003207"), CONTEXT.power(height_cm, Decimal("0.3")))
    return CONTEXT.multiply(scaled, CONTEXT.power(grams, exponent))


def bsa_schlich(*, weight_kg: Decimal, height_cm: Decimal, sex: Sex) -> Decimal:
    """Body surface area, m2 = 0.000975482 x kg^0.46 x cm^1.08 (women) or 0.000579479 x kg^0.38 x cm^1.24 (men) (Schlich,
    2010)."""
    if sex == "female":
        return _power_law("0.000975482", weight_kg, "0.46", height_cm, "1.08")
    return _power_law("0.000579479", weight_kg, "0.38", height_cm, "1.24")


BSA_FORMULAS: Mapping[str, Callable[..., Decimal]] = MappingProxyType(
    {
        "mosteller": bsa_mosteller,
        "du_bois": bsa_du_bois,
        "haycock": bsa_haycock,
        "gehan_george": bsa_gehan_george,
        "boyd": bsa_boyd,
    }
)
"""The formulas that know no sex, by their id; each takes weight_kg and height_cm."""


def bsa_formula(id: str, *, sex: Sex) -> Callable[..., Decimal] | None:
    """The formula of that id for this patient (mosteller, du_bois, haycock, gehan_george, boyd, schlich), a function of weight_kg
    and height_cm; None for an id that names none."""
    return partial(bsa_schlich, sex=sex) if id == "schlich" else BSA_FORMULAS.get(id)


def body_mass_index(*, weight_kg: Decimal, height_cm: Decimal) -> Decimal:
    """Body mass index, kg/m2 = kg x 10000 / cm^2 (Quetelet)."""
    _above_zero(weight_kg, height_cm)
    return CONTEXT.divide(CONTEXT.multiply(weight_kg, Decimal(10000)), CONTEXT.multiply(height_cm, height_cm))


def ideal_weight_devine(*, height_cm: Decimal, sex: Sex) -> Decimal:
    """Ideal body weight, kg = 45.5 (women) or 50 (men) + 2.3 x (cm / 2.54 - 60) (Devine, 1974).

    Below 152.4 cm (60 inches) the formula extrapolates under 45.5 or 50 kg; a result of zero or less raises ValueError."""
    _above_zero(height_cm)
    base = Decimal("45.5") if sex == "female" else Decimal(50)
    above_60_inches = CONTEXT.subtract(height_cm, Decimal("152.4"))
    ideal = CONTEXT.add(base, CONTEXT.divide(CONTEXT.multiply(Decimal("2.3"), above_60_inches), Decimal("2.54")))
    if ideal <= 0:
        raise ValueError(f"the ideal weight formula gives nothing for a height of {height_cm} cm")
    return ideal


USUAL_FRACTION = Decimal("0.4")


def adjusted_weight(actual_kg: Decimal, ideal_kg: Decimal, fraction: Decimal = USUAL_FRACTION) -> Decimal:
    """Adjusted body weight, kg = ideal + fraction x (actual - ideal); 0.4 is usual, some use 0.3. Holds on both sides of the
    ideal weight."""
    _above_zero(actual_kg, ideal_kg)
    return CONTEXT.add(ideal_kg, CONTEXT.multiply(fraction, CONTEXT.subtract(actual_kg, ideal_kg)))


def _power_law(factor: str, weight_kg: Decimal, weight_power: str, height_cm: Decimal, height_power: str) -> Decimal:
    _above_zero(weight_kg, height_cm)
    of_weight = CONTEXT.power(weight_kg, Decimal(weight_power))
    of_height = CONTEXT.power(height_cm, Decimal(height_power))
    return CONTEXT.multiply(CONTEXT.multiply(Decimal(factor), of_weight), of_height)


def _above_zero(*values: Decimal) -> None:
    for value in values:
        if not value > 0:
            raise ValueError(f"a weight or height must be above zero, not {value}")
