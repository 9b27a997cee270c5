"""`calc`: bone agents. Every band comes from the same data files as the doses of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from mbc_desktop.calc_verb.body_formulas import body_surface
from mbc_desktop.calc_verb.dose_formulas import shipped_tables
from mbc_desktop.calc_verb.inputs import InputError, Inputs
from mbc_desktop.calc_verb.kidney_formulas import age_of, clearance, creatinine_mg_dl
from mbc_desktop.calc_verb.outputs import Answer, Formulas, number_text, one_decimal
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.dosing.bone_agent_tables import row_for_clearance, volume_to_draw, volume_to_remove
from mbc_desktop.patient.renal import canonical_clearance, ckd_epi_2009, de_indexed
from mbc_desktop.regimen.dose_rules import Band, Outcome
from mbc_desktop.regimen.dose_tables import BagTable
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.loader import load_library

_PRODUCTS = ("4 mg/5 mL concentrate", "4 mg/100 mL bag")
_FREQUENCY = {1: "daily", 2: "every_second_day", 7: "weekly"}


@lru_cache(maxsize=1)
def shipped_drugs() -> Mapping[str, Drug]:
    """The drugs that travel with the program, read once."""
    return load_library(find_schedules()).drugs


def shipped_drug(id: str) -> Drug:
    """One of them. Raises InputError when the library does not hold it."""
    drug = shipped_drugs().get(id)
    if drug is None:
        raise InputError("formula", "not-in-library", f"the library holds no {id}")
    return drug


def outcome_for(drug: Drug, clearance_ml_min: Decimal) -> Outcome:
    """What the drug's clearance table says; the first band over Cockcroft-Gault is that table."""
    band = next(rule for rule in drug.adjust if isinstance(rule, Band) and rule.by == "crcl_cockcroft_gault")
    return row_for_clearance(band, clearance_ml_min).outcome


def _given_clearance(inputs: Inputs) -> Decimal:
    return inputs.number("canonical_crcl", zero=True)


def _concentrate(drug: Drug, dose_mg: Decimal) -> tuple[Decimal, Decimal]:
    """Millilitres of the drug's concentrate: exact, and as drawn up."""
    form = next(form for form in drug.forms if form.draw_step_ml is not None)
    return volume_to_draw(dose_mg, form)


def _zoledronic(clearance_ml_min: Decimal) -> tuple[Outcome, Decimal | None]:
    """The row, and the millilitres of concentrate to draw up for its dose."""
    drug = shipped_drug("zoledronic-acid")
    outcome = outcome_for(drug, clearance_ml_min)
    return outcome, None if outcome.dose is None else _concentrate(drug, outcome.dose)[1]


def _zoledronic_band(inputs: Inputs) -> Answer:
    outcome, drawn = _zoledronic(_given_clearance(inputs))
    return {"dose_mg": one_decimal(outcome.dose), "concentrate_ml": one_decimal(drawn), "action": outcome.action}


def _zoledronic_patient(inputs: Inputs) -> Answer:
    exact = clearance(inputs)
    outcome, drawn = _zoledronic(exact)
    return {
        "crcl": number_text(exact),
        "canonical": one_decimal(canonical_clearance(exact)),
        "dose_mg": one_decimal(outcome.dose),
        "concentrate_ml": one_decimal(drawn),
    }


def _clearance_not_filtration(inputs: Inputs) -> Answer:
    """The dose by clearance, with the estimate of filtration beside it that must never feed the band."""
    exact = clearance(inputs)
    estimate = ckd_epi_2009(creatinine_mg_dl=creatinine_mg_dl(inputs), age_years=age_of(inputs), sex=inputs.sex())
    absolute = de_indexed(indexed=estimate, bsa_m2=body_surface(inputs, "du_bois"))
    return {
        "crcl": number_text(exact),
        "dose_mg": one_decimal(_zoledronic(exact)[0].dose),
        "ckd_epi_2009": number_text(estimate),
        "deindexed_dubois": number_text(absolute),
    }


def _zoledronic_volumes(inputs: Inputs) -> Answer:
    dose = inputs.number("dose_mg")
    if inputs.option("product", _PRODUCTS) == _PRODUCTS[0]:
        exact, drawn = _concentrate(shipped_drug("zoledronic-acid"), dose)
        return {"exact_ml": number_text(exact), "label_ml": one_decimal(drawn)}
    table = shipped_tables()["zoledronic_acid_bag"]
    removal = volume_to_remove(dose, table) if isinstance(table, BagTable) else None
    if removal is None:
        raise inputs.refuse("dose_mg", "outside-the-table", f"the label prints no volume for {dose} mg")
    return {"remove_and_replace_ml": one_decimal(removal[0]), "mg_left_exact": number_text(removal[1])}


def _ibandronate_iv(inputs: Inputs) -> Answer:
    drug = shipped_drug("ibandronic-acid-iv")
    outcome = outcome_for(drug, _given_clearance(inputs))
    millilitres, minutes = outcome.infusion_ml, outcome.minutes
    if drug.infusion is not None:
        millilitres = drug.infusion.volume_ml if millilitres is None else millilitres
        minutes = drug.infusion.minutes if minutes is None else minutes
    return {
        "dose_mg": None if outcome.dose is None else number_text(outcome.dose),
        "concentrate_ml": None if outcome.dose is None else number_text(_concentrate(drug, outcome.dose)[1]),
        "infusion_ml": None if millilitres is None else int(millilitres),
        "minutes_min": minutes,
    }


def _ibandronate_oral(inputs: Inputs) -> Answer:
    drug = shipped_drug("ibandronic-acid-oral")
    outcome = outcome_for(drug, _given_clearance(inputs))
    # One tablet is the only dose there is: clearance changes how often it is taken.
    dose = drug.forms[0].strength if outcome.dose is None else outcome.dose
    return {"dose_mg": number_text(dose), "frequency": _FREQUENCY[outcome.every_days or 1]}


def _clodronate(inputs: Inputs) -> Answer:
    outcome = outcome_for(shipped_drug("clodronate"), _given_clearance(inputs))
    per_day = None if outcome.dose is None else outcome.dose * (outcome.times or 1)
    # Where the source has no figure, nothing may be computed from the rows above it.
    action = "do_not_compute" if outcome.action == "no_figure" else outcome.action
    return {"dose_mg_per_day": None if per_day is None else number_text(per_day), "action": action}


FORMULAS: Formulas = {
    "zoledronic_dose_band": _zoledronic_band,
    "zoledronic_from_patient": _zoledronic_patient,
    "zoledronic_volumes": _zoledronic_volumes,
    "ibandronate_iv": _ibandronate_iv,
    "ibandronate_oral": _ibandronate_oral,
    "clodronate_oral": _clodronate,
    "crcl_vs_egfr_negative": _clearance_not_filtration,
}
