"""A number with its unit, and the only conversions between units that the program makes."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.record import dataclass

UNITS = (
    "kg", "cm", "m2", "mg/dL", "umol/L", "mmol/L", "g/L", "g/dL", "10^9/L", "/uL", "mL/min", "mL/min/1.73m2", "%", "ms",
    "mg", "mL", "mg/m2", "mg/kg", "mg/mL", "mg/mL.min", "Gy", "years", "days", "kg/m2",
    "U/L", "mmHg", "ng/mL", "points", "+", "g/24h",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact, finite amount and its unit. There is no implied unit and no conversion that is not asked for by name."""

    amount: Decimal
    unit: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError(f"not a finite number: {self.amount}")
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit: {self.unit}")

    def to(self, unit: str, *, analyte: str) -> Quantity:
        """This amount of `analyte` in another unit, by the factors of CONVERSIONS. Raises ValueError for a pair that has none."""
        if unit == self.unit:
            return self
        factor = CONVERSIONS.get((analyte, self.unit, unit))
        if factor is not None:
            return Quantity(CONTEXT.multiply(self.amount, factor), unit)
        inverse = CONVERSIONS.get((analyte, unit, self.unit))
        if inverse is None:
            raise ValueError(f"no conversion of {analyte} from {self.unit} to {unit}")
        return Quantity(CONTEXT.divide(self.amount, inverse), unit)

    def text(self) -> str:
        """The amount as plain digits and the unit."""
        return f"{decimal_text(self.amount)} {self.unit}"


# (analyte, from, to): multiply. Creatinine: the molar mass 113.12 gives 10000 / 113.12 = 88.4017, in print 88.4.
# Calcium: molar mass 40.078 g/mol. Bilirubin: molar mass 584.66 gives 10000 / 584.66 = 17.104, in print 17.1.
CONVERSIONS = {
    ("creatinine", "mg/dL", "umol/L"): Decimal("88.4"),
    ("calcium", "mmol/L", "mg/dL"): Decimal("4.0078"),
    ("calcium_ionised", "mmol/L", "mg/dL"): Decimal("4.0078"),
    ("albumin", "g/dL", "g/L"): Decimal("10"),
    ("neutrophils", "10^9/L", "/uL"): Decimal("1000"),
    ("platelets", "10^9/L", "/uL"): Decimal("1000"),
    ("haemoglobin", "g/dL", "g/L"): Decimal("10"),
    ("bilirubin", "mg/dL", "umol/L"): Decimal("17.1"),
}


def can_convert(analyte: str, unit: str, other: str) -> bool:
    """Whether `Quantity.to` knows the way from one unit to another for this analyte."""
    return unit == other or (analyte, unit, other) in CONVERSIONS or (analyte, other, unit) in CONVERSIONS
