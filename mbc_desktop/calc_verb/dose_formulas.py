"""`calc`: carboplatin, dose bands, capecitabine tablets, BED and EQD2."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from mbc_desktop.calc_verb.inputs import Inputs
from mbc_desktop.calc_verb.outputs import Answer, Formulas, number_text
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.dosing.calvert import calvert_dose
from mbc_desktop.dosing.capecitabine_tablets import Intake, by_label_table, by_large_tablets, by_solver
from mbc_desktop.dosing.dose_bands import band_of, deviation_percent
from mbc_desktop.planning.radiotherapy.biological_dose import biologically_effective_dose, equivalent_dose_2gy
from mbc_desktop.regimen.dose_tables import DoseBandTable, DoseTable, TabletTable

METHODS = {
    "label table": "label table",
    "label_table": "label table",
    "solver": "solver",
    "500 mg only": "500 mg only",
    "500_only": "500 mg only",
}
"""The answers to the site decision capecitabine_tablets, and the same as single words."""


@lru_cache(maxsize=1)
def shipped_tables() -> Mapping[str, DoseTable]:
    """The dose tables that travel with the program, read once."""
    from mbc_desktop.regimen.dose_tables_file import read_dose_tables

    return read_dose_tables(find_schedules())


def _calvert(inputs: Inputs) -> Answer:
    """`gfr_cap` null is an explicit "no cap"; without the key there is no dose."""
    if not inputs.says("gfr_cap"):
        raise inputs.refuse("gfr_cap", "missing", "gfr_cap is missing; null means no cap")
    cap = inputs.number("gfr_cap") if inputs.has("gfr_cap") else None
    auc, filtration = inputs.number("auc"), inputs.number("gfr_ml_per_min", zero=True)
    return {"dose_mg": number_text(calvert_dose(auc=auc, filtration_ml_min=filtration, cap_ml_min=cap))}


def _nhs_band(inputs: Inputs) -> Answer:
    tables = {name: table for name, table in shipped_tables().items() if isinstance(table, DoseBandTable)}
    named = inputs.text("table")
    table = tables.get(named) or tables.get(f"nhs_{named}")
    if table is None:
        raise inputs.refuse("table", "not-an-option", f"must be one of {', '.join(tables)}, not {named}")
    computed = inputs.number("dose_mg")
    band = band_of(table, computed)
    if band is None:
        edges = f"{table.rows[0].at_least} to {table.rows[-1].below}"
        raise inputs.refuse("dose_mg", "outside-the-table", f"the table holds doses from {edges} mg, not {computed}")
    deviation = deviation_percent(given_mg=band.dose, computed_mg=computed)
    return {"band_mg": number_text(band.dose), "deviation_percent": number_text(deviation)}


def _capecitabine(inputs: Inputs) -> Answer:
    surface, per_m2 = inputs.number("bsa_m2"), inputs.number("mg_per_m2")
    method = METHODS[inputs.option("method", METHODS)]
    intake: Intake
    if method == "label table":
        tables = [table for table in shipped_tables().values() if isinstance(table, TabletTable) and table.drug == "capecitabine"]
        table = next((table for table in tables if table.per_m2 == per_m2), None)
        if table is None:
            known = ", ".join(number_text(table.per_m2) for table in tables)
            raise inputs.refuse("mg_per_m2", "outside-the-table", f"the label has tables for {known} mg/m2, not {per_m2}")
        intake = by_label_table(table, bsa_m2=surface)
    elif method == "solver":
        intake = by_solver(bsa_m2=surface, mg_per_m2=per_m2)
    else:
        intake = by_large_tablets(bsa_m2=surface, mg_per_m2=per_m2)
    return {"dose_mg": str(intake.dose_mg), "tabs_500": intake.tablets_500, "tabs_150": intake.tablets_150}


def _bed_eqd2(inputs: Inputs) -> Answer:
    fractions = inputs.whole("fractions", least=1, most=200)
    dose, ratio = inputs.number("dose_per_fraction_gy"), inputs.number("alpha_beta")
    return {
        "bed": number_text(biologically_effective_dose(fractions=fractions, dose_gy=dose, alpha_beta_gy=ratio)),
        "eqd2": number_text(equivalent_dose_2gy(fractions=fractions, dose_gy=dose, alpha_beta_gy=ratio)),
    }


FORMULAS: Formulas = {
    "calvert": _calvert,
    "nhs_band": _nhs_band,
    "capecitabine_tablets": _capecitabine,
    "bed_eqd2": _bed_eqd2,
}
