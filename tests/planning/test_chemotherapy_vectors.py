"""The shared schedules of chapter 4, where they lie beside the checkout: every visit on its day, every drug with its dose per m2
or per kg. Trastuzumab every week is the one schedule that the library does not hold."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.planning.plan import Dose, Plan
from tests.planning.test_regimen_cases import site_of
from tests.planning.treatments import course, day, every_day_open, plan_of, treatment

SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "chemotherapy.json"
START = "2025-03-03"
MORNING = {"capecitabine_first_dose": "morning of day 1"}
TABLETS = {"capecitabine_tablets": "label table"}
# Their schedule: our regimen, choices, answers of the site.
OURS: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "tc_docetaxel_cyclophosphamide_q21": ("tc-weekly", {}, {"tc_weekly": "docetaxel-cyclophosphamide"}),
    "pac_wk_pembro_q3w": ("paclitaxel-pembrolizumab", {}, {}),
    "pac_wk_pembro_q6w": ("paclitaxel-pembrolizumab", {"pembrolizumab_schedule": "400 mg every 42 days"}, {}),
    "sg_q21": ("sacituzumab-govitecan", {}, {}),
    "doc_phesgo_q21": ("docetaxel-pertuzumab-trastuzumab-sc", {}, {}),
    "trastuzumab_sc_q21": ("trastuzumab-sc", {}, {}),
    "tuc_cap_tras_q21": ("tucatinib-capecitabine-trastuzumab", MORNING, TABLETS),
    "lap_tras_q21": ("lapatinib-trastuzumab", {}, {}),
    "dox_q21": ("doxorubicin-three-weekly", {"doxorubicin_dose": "60"}, {}),
    "myocet_c_q21": ("cyclophosphamide-liposomal-doxorubicin", {}, {}),
    "caelyx_q28": ("pegylated-liposomal-doxorubicin", {}, {}),
    "cap_q21": ("capecitabine", MORNING | {"capecitabine_pattern": "14 on 7 off"}, TABLETS),
    "vin_iv_q7": ("vinorelbine-iv", {"vinorelbine_form": "25 mg/m2 weekly into a vein"}, {}),
    "vin_po_q7": ("vinorelbine-oral", {"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"}, {}),
    "eri_q21": ("eribulin", {}, {}),
    "carbogem_auc2_q21": ("carboplatin-gemcitabine", {}, {}),
}
DRUGS = {
    "sacituzumab govitecan": "sacituzumab-govitecan", "pertuzumab+trastuzumab SC": "pertuzumab-trastuzumab-sc",
    "trastuzumab SC": "trastuzumab-sc", "liposomal doxorubicin (non-pegylated, Myocet)": "liposomal-doxorubicin",
    "pegylated liposomal doxorubicin (Caelyx)": "pegylated-liposomal-doxorubicin", "vinorelbine oral": "vinorelbine-oral",
    "eribulin (base)": "eribulin",
}  # fmt: skip
VOLUMES = {"1200/600": "15", "600/600": "10"}
"""The millilitres that hold these milligrams of pertuzumab and trastuzumab."""

Line = tuple[int, str, Decimal]


def schedules() -> list[dict[str, Any]]:
    if not SHARED.exists():
        return []
    found: list[dict[str, Any]] = json.loads(SHARED.read_bytes())["vectors"]["schedules"]
    return [item for item in found if item["regimen"] in OURS]


def standard(dose: Dose | None) -> Decimal:
    """The dose as it was ordered: per m2, per kg, exposure, or the fixed amount."""
    assert dose is not None
    values = dict(dose.steps[0].values)
    ordered = values.get("per_m2") or values.get("per_kg") or values.get("auc")
    return dose.amount.amount if ordered is None else Decimal(ordered)


def ours(plan: Plan) -> set[Line]:
    first = day(START)
    given = {((item.nominal - first).days, item.drug, standard(item.dose)) for item in plan.administrations}
    taken = {((item.first - first).days, item.drug, standard(item.dose)) for item in plan.intakes if item.role == "treatment"}
    return given | taken


def theirs(schedule: dict[str, Any]) -> set[Line]:
    lines: set[Line] = set()
    for visit in schedule["visits"]:
        for item in visit["give"]:
            # Tablets taken every day without end are one period here.
            if item["drug"] in ("tucatinib", "lapatinib") and visit["offset"] > 0:
                continue
            dose = VOLUMES.get(str(item["dose"]), str(item["dose"]))
            lines.add((visit["offset"], DRUGS.get(item["drug"], item["drug"]), Decimal(dose)))
    return lines


@pytest.mark.parametrize("schedule", schedules(), ids=lambda item: str(item["regimen"]))
def test_every_visit_of_the_shared_schedules(schedule: dict[str, Any]) -> None:
    regimen, choices, site = OURS[schedule["regimen"]]
    expected = theirs(schedule)
    last = max(offset for offset, _, _ in expected)
    file = treatment(
        course(regimen, START, choices=choices),
        today=START,
        days=last,
        extra_open_days=every_day_open(START, last),
        facts={"menopausal_status": "postmenopausal", "her2": "positive"},
    )
    assert ours(plan_of(file, site_of(site))) == expected


def test_only_the_weekly_schedule_of_trastuzumab_is_left_out() -> None:
    if SHARED.exists():
        found = {item["regimen"] for item in json.loads(SHARED.read_bytes())["vectors"]["schedules"]}
        assert found - set(OURS) == {"trastuzumab_iv_q7"}
