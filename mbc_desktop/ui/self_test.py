"""A few published results computed again on this computer: the sign that this installation calculates as it should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from mbc_desktop.core.interval import add_months
from mbc_desktop.core.typed_number import read_plain_number
from mbc_desktop.dosing.calvert import calvert_dose
from mbc_desktop.patient.body import bsa_mosteller
from mbc_desktop.patient.renal import cockcroft_gault
from mbc_desktop.planning.dates.working_days import belgian_holidays

_D = Decimal


def _surface() -> bool:
    # 170 cm and 75 kg: the root of 170 x 75 / 3600 = 1.88193 m2.
    return round(bsa_mosteller(weight_kg=_D(75), height_cm=_D(170)), 5) == _D("1.88193")


def _clearance() -> bool:
    # (140 - 64) x 68 x 0.85 / (72 x 0.85) = 76 x 68 / 72 = 71.7777 mL/min.
    value = cockcroft_gault(age_years=64, weight_kg=_D(68), creatinine_mg_dl=_D("0.85"), sex="female")
    return round(value, 4) == _D("71.7778")


def _calvert() -> bool:
    # AUC 5 and 90 mL/min: 5 x (90 + 25) = 575 mg.
    return calvert_dose(auc=_D(5), filtration_ml_min=_D(90), cap_ml_min=_D(125)) == 575


def _months() -> bool:
    # From 31 January: 28 February, then 31 March, never the 28th.
    return (add_months(date(2026, 1, 31), 1), add_months(date(2026, 1, 31), 2)) == (date(2026, 2, 28), date(2026, 3, 31))


def _holidays() -> bool:
    # Easter 2026 is 5 April: Easter Monday the 6th, Ascension the 14th of May.
    return {date(2026, 4, 6), date(2026, 5, 14)} <= set(belgian_holidays(2026))


def _numbers() -> bool:
    read = read_plain_number("0,85", decimals=2).value, read_plain_number("1.160", decimals=2).value
    return read == (_D("0.85"), None)


CHECKS: dict[str, Callable[[], bool]] = {
    "surface": _surface,
    "clearance": _clearance,
    "calvert": _calvert,
    "months": _months,
    "holidays": _holidays,
    "numbers": _numbers,
}


def failed_checks() -> tuple[str, ...]:
    """The names of the checks that do not give the published result; an error counts as such."""
    failed = []
    for name, check in CHECKS.items():
        try:
            good = check()
        except (ArithmeticError, ValueError):
            good = False
        if not good:
            failed.append(name)
    return tuple(failed)
