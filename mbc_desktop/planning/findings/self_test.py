"""A fixed set of vectors, computed again at every start: formulas, tables, dates, and whole doses with the data as they are
installed. The expected values are published or worked by hand (their arithmetic stands in tests/planning/test_self_test.py); a
difference means that the program or its data were damaged, and the program must stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.interval import add_months
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.calvert import calvert_dose
from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose_bands import band_of
from mbc_desktop.dosing.situation import Situation, situation_on
from mbc_desktop.patient.body import bsa_formula
from mbc_desktop.patient.calcium import corrected_calcium_mmol
from mbc_desktop.patient.facts import Facts, Measurement, Patient
from mbc_desktop.patient.renal import canonical_clearance, ckd_epi_2021, cockcroft_gault
from mbc_desktop.planning.radiotherapy.biological_dose import biologically_effective_dose
from mbc_desktop.regimen.dose_rules import BaseDose, ExposureDose, FixedDose, SurfaceDose, WeightDose
from mbc_desktop.regimen.dose_tables import DoseBandTable
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order

DAY = date(2026, 3, 2)
CHOSEN = {
    "bsa_formula": "mosteller",
    "bsa_decimals": "unrounded",
    "bsa_cap": "none",
    "weight_basis": "actual",
    "crcl_weight": "actual",
    "rounding": "step",
    "carboplatin_gfr": "cockcroft_gault_actual",
    "carboplatin_creatinine_floor": "none",
    "carboplatin_gfr_cap": "125",
    "capecitabine_tablets": "label table",
    "zoledronic_rebanding": "each_dose",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A vector that did not come out: its name, what is right, what was computed (or the error)."""

    name: str
    expected: str
    computed: str


def self_test(library: Library) -> tuple[Difference, ...]:
    """Computes every vector with this library; empty when all is well. Takes a few milliseconds; raises nothing."""
    found = ((name, expected, _computed(compute, library)) for name, expected, compute in VECTORS)
    return tuple(
        Difference(name=name, expected=expected, computed=computed) for name, expected, computed in found if computed != expected
    )


def _computed(compute: Callable[[Library], str], library: Library) -> str:
    """Whatever goes wrong is a difference: a damaged library must not get past this by an error of its own."""
    try:
        return compute(library)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _surface(formula: str) -> Callable[[Library], str]:
    def compute(library: Library) -> str:
        chosen = bsa_formula(formula, sex="female")
        return "" if chosen is None else _short(chosen(weight_kg=Decimal(68), height_cm=Decimal(165)), "0.000001")

    return compute


def _band(table: str, milligrams: str) -> Callable[[Library], str]:
    def compute(library: Library) -> str:
        rows = library.dose_tables[table]
        found = band_of(rows, Decimal(milligrams)) if isinstance(rows, DoseBandTable) else None
        return "" if found is None else decimal_text(found.dose)

    return compute


def _dose(drug: str, dose: BaseDose) -> Callable[[Library], str]:
    def compute(library: Library) -> str:
        order = Order(drug=drug, route="", dose=dose, source="", grade="protocol")
        answer = compute_dose(order, library.drugs[drug], _patient(), tables=library.dose_tables)
        return answer.dose.amount.text() if answer.dose else " ".join(item.code for item in answer.findings)

    return compute


def _patient() -> Situation:
    """A woman of 52, 68 kg, 165 cm, creatinine 0.8 mg/dL."""
    values = (("weight", "68", "kg"), ("height", "165", "cm"), ("creatinine", "0.8", "mg/dL"))
    return situation_on(
        DAY,
        patient=Patient(family_name="Voorbeeld", given_name="", number="", birth_date=date(1974, 1, 1), sex="female"),
        facts=Facts(),
        measurements=tuple(
            Measurement(kind=kind, quantity=Quantity(Decimal(value), unit), on=DAY) for kind, value, unit in values
        ),
        chosen=CHOSEN,
    )


def _short(value: Decimal, step: str) -> str:
    return decimal_text(CONTEXT.quantize(value, Decimal(step)))


def _clearance() -> Decimal:
    return cockcroft_gault(age_years=52, weight_kg=Decimal(68), creatinine_mg_dl=Decimal("0.8"), sex="female")


def _m2(amount: str) -> SurfaceDose:
    return SurfaceDose(kind="per_m2", amount=Decimal(amount), unit="mg/m2")


def _kg(amount: str) -> WeightDose:
    return WeightDose(kind="per_kg", amount=Decimal(amount), unit="mg/kg")


def _filtered(gfr: str) -> str:
    return decimal_text(calvert_dose(auc=Decimal(5), filtration_ml_min=Decimal(gfr), cap_ml_min=Decimal(125)))


VECTORS: tuple[tuple[str, str, Callable[[Library], str]], ...] = (
    ("bsa_mosteller", "1.765408", _surface("mosteller")),
    ("bsa_du_bois", "1.749277", _surface("du_bois")),
    ("bsa_haycock", "1.776291", _surface("haycock")),
    ("bsa_gehan_george", "1.781566", _surface("gehan_george")),
    ("bsa_boyd", "1.789731", _surface("boyd")),
    ("bsa_schlich", "1.686771", _surface("schlich")),
    ("cockcroft_gault", "88.3056", lambda library: _short(_clearance(), "0.0001")),
    ("cockcroft_gault_shown", "88.3", lambda library: decimal_text(canonical_clearance(_clearance()))),
    (
        "ckd_epi_2021",
        "88.5985",
        lambda library: _short(ckd_epi_2021(creatinine_mg_dl=Decimal("0.8"), age_years=52, sex="female"), "0.0001"),
    ),
    ("calvert", "575", lambda library: _filtered("90")),
    ("calvert_cap", "750", lambda library: _filtered("150")),
    (
        "corrected_calcium",
        "2.29",
        lambda library: decimal_text(corrected_calcium_mmol(calcium_mmol_l=Decimal("2.31"), albumin_g_l=Decimal(41))),
    ),
    ("nhs_6mgml_below", "132", _band("nhs_6mgml_v2", "137.86")),
    ("nhs_6mgml_from", "144", _band("nhs_6mgml_v2", "137.87")),
    ("nhs_20mgml_below", "1000", _band("nhs_20mgml_v7", "1058.29")),
    ("nhs_20mgml_from", "1120", _band("nhs_20mgml_v7", "1058.3")),
    ("docetaxel_75", "132 mg", _dose("docetaxel", _m2("75"))),
    ("paclitaxel_80", "141 mg", _dose("paclitaxel", _m2("80"))),
    ("eribulin_base", "2.156 mg", _dose("eribulin", _m2("1.23"))),
    ("trastuzumab_loading", "544 mg", _dose("trastuzumab", _kg("8"))),
    ("trastuzumab_emtansine_down", "244 mg", _dose("trastuzumab-emtansine", _kg("3.6"))),
    ("capecitabine_label_table", "2150 mg", _dose("capecitabine", _m2("1250"))),
    (
        "carboplatin_auc_5",
        "567 mg",
        _dose("carboplatin", ExposureDose(kind="auc", amount=Decimal(5), unit="mg/mL.min")),
    ),
    ("zoledronic_acid", "4 mg", _dose("zoledronic-acid", FixedDose(kind="fixed", amount=Decimal(4), unit="mg"))),
    (
        "bed",
        "39",
        lambda library: decimal_text(biologically_effective_dose(fractions=10, dose_gy=Decimal(3), alpha_beta_gy=Decimal(10))),
    ),
    ("month_end", "2026-02-28", lambda library: add_months(date(2026, 1, 31), 1).isoformat()),
)
"""Name, expected value, computation."""
