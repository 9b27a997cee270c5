"""Orders, drugs and situations for tests of the dose pipeline, each with only what a test is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.situation import Situation, situation_on
from mbc_desktop.patient.facts import Facts, Measurement, Patient
from mbc_desktop.regimen.dose_rules import BaseDose, Limit
from mbc_desktop.regimen.drug import Drug, Form, HistoryLine, Levels, Names
from mbc_desktop.regimen.regimen import Order

TODAY = date(2026, 3, 2)
CHOSEN = {
    "bsa_formula": "mosteller",
    "bsa_decimals": "unrounded",
    "bsa_cap": "none",
    "weight_basis": "actual",
    "weight_change_threshold": "10",
    "carboplatin_gfr": "cockcroft_gault_actual",
    "carboplatin_creatinine_floor": "none",
    "carboplatin_gfr_cap": "125",
}


def value(kind: str, amount: str, unit: str) -> Measurement:
    """A value measured today."""
    return Measurement(kind=kind, quantity=Quantity(Decimal(amount), unit), on=TODAY)


def situation(
    *measurements: Measurement, chosen: Mapping[str, str] = CHOSEN, reference_weight: str | None = None, born: int = 1961
) -> Situation:
    """A woman born on 1 January of `born`, with these values and answers."""
    return situation_on(
        TODAY,
        patient=Patient(family_name="Voorbeeld", given_name="Anna", number="1", birth_date=date(born, 1, 1), sex="female"),
        facts=Facts(),
        measurements=measurements,
        chosen=chosen,
        reference_weight_kg=None if reference_weight is None else Decimal(reference_weight),
    )


def form(strength: str, *, kind: str = "vial", volume: str | None = None) -> Form:
    """A form that exists, in mg; with a volume (mL) drawn up by 0.1 mL."""
    return Form(
        id=f"{kind}-{strength}",
        form=kind,
        strength=Decimal(strength),
        unit="mg",
        source="label_text",
        grade="label",
        volume_ml=None if volume is None else Decimal(volume),
        draw_step_ml=None if volume is None else Decimal("0.1"),
    )


def drug(*limits: Limit, forms: tuple[Form, ...] = (), levels: Levels | None = None) -> Drug:
    """A medicine with nothing but its limits, forms and levels."""
    return Drug(
        id="alfa",
        version="1",
        valid_from=TODAY,
        reviewed_on=TODAY,
        status="draft",
        inn=Names(nl="alfa", fr="alfa", de="alfa", en="alfa"),
        brands=(),
        classes=("cytotoxic",),
        routes=("IV",),
        place="day_hospital",
        forms=forms,
        history=(HistoryLine(on=TODAY, change="First version", affects="Nothing"),),
        levels=levels,
        limits=limits,
    )


def order(dose: BaseDose, **more: str) -> Order:
    """An order for day 1."""
    return Order(drug="alfa", route="IV", dose=dose, source="label_text", grade="label", days=(1,), form=more.get("form", ""))
