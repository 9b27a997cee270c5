"""The dose groups of shared/vectors/chemotherapy.json, each case put through `calc` or a treatment file: every difference in
words. A group that the file has and that is not here fails the test beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from mbc_desktop.calc_verb import answer
from mbc_desktop.planning.plan import Administration, Dose, Plan, TakePeriod
from tests.planning.test_regimen_cases import site_of
from tests.planning.treatments import TODAY, File, course, event, given, later, library, plan_of, taken, treatment, value

SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "chemotherapy.json"
VECTORS: dict[str, Any] = json.loads(SHARED.read_text("utf-8"), parse_float=Decimal) if SHARED.exists() else {}
CASES: dict[str, list[Any]] = VECTORS.get("vectors", {})

Case = dict[str, Any]
CAPECITABINE = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
WEEKLY_60_80 = "60 then 80 mg/m2 weekly by mouth"
WITH_TABLE = {"capecitabine_tablets": "label table", "vinorelbine_capsules": "label table"}
ONE_DECIMAL, THREE_DECIMALS, FOUR_DECIMALS = Decimal("0.06"), Decimal("0.0006"), Decimal("0.00006")

# Their drug: our drug, regimen, the key of the choice that names the dose, other choices.
DRUGS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "paclitaxel": ("paclitaxel", "paclitaxel-weekly", "paclitaxel_weekly_dose", {}),
    "docetaxel": ("docetaxel", "docetaxel", "docetaxel_dose", {}),
    "epirubicin": ("epirubicin", "epirubicin-cyclophosphamide", "", {}),
    "cyclophosphamide": ("cyclophosphamide", "epirubicin-cyclophosphamide", "ec_cyclophosphamide_dose", {}),
    "doxorubicin": ("doxorubicin", "doxorubicin-three-weekly", "doxorubicin_dose", {}),
    "myocet": ("liposomal-doxorubicin", "cyclophosphamide-liposomal-doxorubicin", "myocet_dose", {}),
    "caelyx": ("pegylated-liposomal-doxorubicin", "pegylated-liposomal-doxorubicin", "caelyx_dose", {}),
    "gemcitabine": ("gemcitabine", "carboplatin-gemcitabine", "gemcitabine_dose_with_carboplatin", {}),
    "eribulin_base": ("eribulin", "eribulin", "", {}),
    "capecitabine_bid": ("capecitabine", "capecitabine", "capecitabine_dose_alone", CAPECITABINE),
    "vinorelbine_iv": ("vinorelbine", "vinorelbine-iv", "", {}),
    "vinorelbine_oral": ("vinorelbine-oral", "vinorelbine-oral", "", {"vinorelbine_form": WEEKLY_60_80}),
    "trastuzumab": ("trastuzumab", "trastuzumab-three-weekly", "", {}),
    "trastuzumab_deruxtecan": ("trastuzumab-deruxtecan", "trastuzumab-deruxtecan", "", {}),
    "trastuzumab_emtansine": ("trastuzumab-emtansine", "trastuzumab-emtansine", "", {}),
    "bevacizumab": ("bevacizumab", "paclitaxel-bevacizumab", "", {}),
    "sacituzumab_govitecan": ("sacituzumab-govitecan", "sacituzumab-govitecan", "", {}),
}
LADDERS = {
    "eribulin": ("1.23", "0.97", "0.62"),
    "trastuzumab-deruxtecan": ("5.4", "4.4", "3.2"),
    "trastuzumab-emtansine": ("3.6", "3.0", "2.4"),
    "sacituzumab-govitecan": ("10", "7.5", "5"),
}
OPTIONS = {"10": "10 mg/kg on days 1 and 15", "15": "15 mg/kg every 21 days"}


def person(name: str) -> Case:
    """One of the six patients."""
    return next(case for case in CASES["renal"] if case["patient"] == name)


def file_for(name: str, *courses: File, days: int = 30, **changes: Any) -> File:
    """A treatment file of one of the six, born so that the age is completed on the day of the file."""
    who = person(name)
    file = treatment(*courses, days=days, **changes)
    file["patient"] |= {"birth_date": f"{2026 - who['age']}-01-01", "sex": "female" if who["sex"] == "F" else "male"}
    mine = {
        "weight": (who["weight_kg"], "kg"),
        "height": (who["height_cm"], "cm"),
        "creatinine": (who["creatinine_mg_dl"], "mg/dL"),
    }
    others = [item for item in file["measurements"] if item["kind"] not in mine]
    file["measurements"] = [value(kind, str(amount), unit, TODAY) for kind, (amount, unit) in mine.items()] + others
    return file


def near(found: object, expected: object, within: Decimal, what: str) -> list[str]:
    """The difference of two numbers, in words; none within the tolerance."""
    if found is None or expected is None:
        return [] if found is expected else [f"{what}: {found} is not {expected}"]
    same = abs(Decimal(str(found)) - Decimal(str(expected))) <= within
    return [] if same else [f"{what}: {found} is not {expected}"]


def first_dose(plan: Plan, drug: str, number: int = 1) -> Dose | None:
    """The dose of the drug's administration or intake of that number."""
    if periods := taken(plan, drug):
        return periods[number - 1].dose
    return given(plan, drug)[number - 1].dose


def surfaces(case: Case) -> Iterator[str]:
    """Body surface by every formula, exact and with two decimals."""
    offered = library().decisions["bsa_formula"].options
    assert len(offered) >= 5
    for formula, expected in case["bsa"].items():
        if formula not in offered:
            continue
        request = {
            "formula": "bsa",
            "bsa_formula": formula,
            "weight_kg": str(case["weight_kg"]),
            "height_cm": str(case["height_cm"]),
        }
        request |= {"sex": case["sex"]} if formula == "schlich" else {}
        found = answer(request).get("bsa_m2")
        yield from near(found, expected, Decimal("0.0000006"), formula)
        rounded = None if found is None else Decimal(str(found)).quantize(Decimal("0.01"))
        yield from near(rounded, case["bsa_2dp"][formula], Decimal(0), f"{formula} in two decimals")


def kidneys(case: Case) -> Iterator[str]:
    """Index, weights, clearance in its variants and the estimate of filtration."""
    sex, height = {"sex": case["sex"]}, {"height_cm": str(case["height_cm"])}
    weight = {"weight_kg": str(case["weight_kg"])}
    yield from near(answer({"formula": "bmi", **weight, **height}).get("bmi"), case["bmi"], Decimal("0.006"), "bmi")
    yield from near(
        answer({"formula": "ibw_devine", **height, **sex}).get("ibw_kg"), case["ibw_devine_kg"], THREE_DECIMALS, "ideal"
    )
    adjusted = answer({"formula": "adjusted_weight", **weight, **height, **sex}).get("adjusted_kg")
    yield from near(adjusted, case["adjbw_kg"], THREE_DECIMALS, "adjusted")
    for unit, amount in (("scr_mg_per_dl", case["creatinine_mg_dl"]), ("scr_umol_per_l", case["creatinine_umol_l"])):
        found = clearance(case, str(case["weight_kg"]), unit, amount)
        yield from near(found, case["ml_min"]["cg_actual"], FOUR_DECIMALS, f"clearance by {unit}")
    least = max(case["creatinine_mg_dl"], Decimal("0.7"))
    for name, kilograms, creatinine in (
        ("cg_actual_floor07", str(case["weight_kg"]), least),
        ("cg_adjusted", str(adjusted), case["creatinine_mg_dl"]),
        ("cg_adjusted_floor07", str(adjusted), least),
    ):
        yield from near(clearance(case, kilograms, "scr_mg_per_dl", creatinine), case["ml_min"][name], FOUR_DECIMALS, name)
    estimate = answer(
        {"formula": "egfr_ckd_epi_2021", "scr_mg_per_dl": str(case["creatinine_mg_dl"]), "age_years": case["age"], **sex}
    )
    indexed = next(iter(estimate.values()))
    yield from near(indexed, case["ml_min"]["ckd_epi_2021_indexed"], FOUR_DECIMALS, "ckd_epi_2021")
    surface = answer({"formula": "mosteller", **weight, **height})["bsa_m2"]
    absolute = answer({"formula": "egfr_deindex", "indexed": str(indexed), "bsa_m2": str(surface)}).get("absolute_ml_per_min")
    yield from near(absolute, case["ml_min"]["ckd_epi_2021_absolute_mosteller"], FOUR_DECIMALS, "ckd_epi_2021 of this patient")


def clearance(case: Case, kilograms: str, unit: str, amount: object) -> object:
    """Cockcroft and Gault by `calc`."""
    request = {"formula": "crcl_cockcroft_gault", "age_years": case["age"], "weight_kg": kilograms, unit: str(amount)}
    return answer({**request, "sex": case["sex"]}).get("crcl_ml_per_min")


METHODS = {
    "cg_actual": ("cockcroft_gault_actual", "none"),
    "cg_actual_floor07": ("cockcroft_gault_actual", "0.7"),
    "cg_adjusted": ("cockcroft_gault_adjusted_from_bmi_25", "none"),
    "cg_adjusted_floor07": ("cockcroft_gault_adjusted_from_bmi_25", "0.7"),
}
EXPOSURES = {2: "AUC 2 on days 1 and 8", 4: "AUC 4 on day 1", 5: "AUC 5 on day 1"}


def exposures(case: Case) -> Iterator[str]:
    """Calvert's dose by every method through `calc`; through a treatment file where a regimen has the exposure and the site's
    method takes the weight of the vector."""
    who = person(case["patient"])
    for method, expected in case["dose_mg"].items():
        request = {"formula": "calvert", "auc": str(case["auc"]), "gfr_ml_per_min": str(who["ml_min"][method]), "gfr_cap": "125"}
        yield from near(answer(request).get("dose_mg"), expected, Decimal("0.0012"), f"{method} by calc")
        adjusts = who["bmi"] >= 25 or "adjusted" not in method
        if case["auc"] in EXPOSURES and method in METHODS and adjusts:
            found = carboplatin(case, *METHODS[method], "125")
            yield from near(found, expected, THREE_DECIMALS, f"{method} by plan")
    if case["auc"] in EXPOSURES:
        yield from near(carboplatin(case, *METHODS["cg_actual"], "none"), case["uncapped_cg_actual"], THREE_DECIMALS, "no cap")
    most = answer({"formula": "calvert", "auc": str(case["auc"]), "gfr_ml_per_min": "500", "gfr_cap": "125"})
    yield from near(most.get("dose_mg"), case["max_dose_mg"], Decimal(0), "at the cap")


def carboplatin(case: Case, method: str, floor: str, cap: str) -> Decimal | None:
    """The unrounded dose of carboplatin of a treatment file."""
    choices = {"carboplatin_gfr": method, "carboplatin_creatinine_floor": floor, "carboplatin_gfr_cap": cap}
    choices["carboplatin_gemcitabine_auc"] = EXPOSURES[case["auc"]]
    dose = first_dose(
        plan_of(file_for(case["patient"], course("carboplatin-gemcitabine", choices=choices), days=3)), "carboplatin"
    )
    return None if dose is None else dose.exact


def planned(case: Case, site: dict[str, str]) -> tuple[Plan, str, int]:
    """The plan of one dose vector, our drug, and the number of the dose that the vector is about."""
    drug, regimen, key, choices = DRUGS[case["drug"]]
    ordered = str(case.get("per_m2", case.get("per_kg")))
    choices = choices | ({key: ordered} if key else {})
    number, events = 1, []
    if drug == "vinorelbine":
        choices["vinorelbine_form"] = f"{ordered} mg/m2 weekly into a vein"
    elif drug == "bevacizumab":
        choices["bevacizumab_schedule"] = OPTIONS[ordered]
    elif drug in LADDERS and (level := [Decimal(text) for text in LADDERS[drug]].index(Decimal(ordered))):
        events = [event("dose_level", TODAY, drug=drug, level=f"-{level}", scope="rest_of_treatment")]
    elif drug == "doxorubicin" and ordered == "20":
        regimen, choices = "doxorubicin-weekly", {"doxorubicin_weekly_dose": ordered}
    elif drug == "trastuzumab":
        regimen = regimen if ordered in ("8", "6") else "trastuzumab-weekly"
        number = 1 if ordered in ("8", "4") else 2
    elif drug == "vinorelbine-oral":
        number = 1 if ordered == "60" else 4
    file = file_for(case["patient"], course(regimen, choices=choices), events=events, facts={"her2": "positive"})
    return plan_of(file, site_of(WITH_TABLE | site)), drug, number


def doses(case: Case) -> Iterator[str]:
    """Unrounded, with the surface in two decimals, per kilogram, in bands, in tablets."""
    plan, drug, number = planned(case, {})
    found = first_dose(plan, drug, number)
    ours = found.exact if found else None
    # What the program calls exact is after the caps; the vectors carry the number before them too.
    capped = {"vinorelbine": 60, "vinorelbine-oral": case.get("cap_mg", 0)}.get(drug)
    key = "dose_mg" if "per_kg" in case else "dose_unrounded_bsa_mg"
    expected = case[key] if capped is None else min(case[key], Decimal(capped))
    if drug == "capecitabine" and found is None:
        expected = None if person(case["patient"])["ml_min"]["cg_actual"] < 30 else expected
    if drug != "capecitabine":
        yield from near(ours, expected, FOUR_DECIMALS, key)
        if "dose_bsa2dp_mg" in case:
            two = first_dose(planned(case, {"bsa_decimals": "2"})[0], drug, number)
            limit = case["dose_bsa2dp_mg"] if capped is None else min(case["dose_bsa2dp_mg"], Decimal(capped))
            yield from near(two.exact if two else None, limit, FOUR_DECIMALS, "two decimals")
    yield from tablets(case, found)
    yield from banded(case)
    if drug == "eribulin" and found:
        volume = found.exact / Decimal("0.44") if found.exact else None
        yield from near(volume, case["volume_ml_at_0.44_mg_per_ml"], THREE_DECIMALS, "mL")
        yield from near(sum(give.count for give in found.give), case["vials_0.88mg"], Decimal(0), "vials")
    if "label_table_dose_mg" in case and drug == "vinorelbine-oral":
        yield from near(found.amount.amount if found else None, case["label_table_dose_mg"], Decimal(0), "capsules")


def tablets(case: Case, found: Dose | None) -> Iterator[str]:
    """Capecitabine by the label's table, through `calc` and, where the kidneys leave the dose as it is, through the plan."""
    if case["drug"] != "capecitabine_bid":
        return
    request = {"formula": "capecitabine_tablets", "bsa_m2": str(case["bsa_mosteller"]), "mg_per_m2": str(case["per_m2"])}
    ours = answer({**request, "method": "label table"})
    wanted = {"dose_mg": case["label_table_dose_mg"], "tabs_500": case["tabs_500"], "tabs_150": case["tabs_150"]}
    for key, number in wanted.items():
        yield from near(ours.get(key), number, Decimal(0), f"calc {key}")
    if person(case["patient"])["ml_min"]["cg_actual"] > 50:
        assert found is not None
        yield from near(found.amount.amount, case["label_table_dose_mg"], Decimal(0), "table")
        pieces = {str(give.strength): give.count for give in found.give}
        for strength, number in (("500", case["tabs_500"]), ("150", case["tabs_150"])):
            yield from near(pieces.get(strength, 0), number, Decimal(0), f"tablets of {strength}")


def banded(case: Case) -> Iterator[str]:
    """NHS bands of the unrounded dose."""
    for key, table in (("nhs_band_6mgml_mg", "6mgml_v2"), ("nhs_band_20mgml_mg", "20mgml_v7")):
        expected = case.get(key, case.get(f"{key}_if_local_stock_is_20mgml"))
        if expected is not None:
            ours = answer({"formula": "nhs_band", "table": table, "dose_mg": str(case["dose_unrounded_bsa_mg"])})
            yield from near(ours.get("band_mg"), expected, Decimal(0), key)


PAIR = "docetaxel-trastuzumab-pertuzumab"


def taken_over(regimen: str, days: int, **more: Any) -> Plan:
    """A course taken over whose last dose was given so many days ago."""
    choices = more.pop("choices", {})
    return plan_of(treatment(course(regimen, choices=choices, cycle=7, last_given=later(TODAY, -days)), days=3, **more))


def again(case: Case) -> Iterator[str]:
    """mg/kg and mg after a gap, by each rule."""
    days = case["days_since_last"]
    if "rule_weekly_trastuzumab" in case:
        yield from per_kg(taken_over("trastuzumab-weekly", days), case["rule_weekly_trastuzumab"]["trastuzumab_mg_per_kg"])
        return
    alone, pair = case["rule_A_trastuzumab_iv_q3w_label"], case["rule_B_pertuzumab_combination_label"]
    yield from per_kg(taken_over("trastuzumab-three-weekly", days), alone["trastuzumab_mg_per_kg"])
    by_pair = taken_over(PAIR, days)
    yield from per_kg(by_pair, pair["trastuzumab_mg_per_kg"])
    dose = first_dose(by_pair, "pertuzumab")
    yield from near(dose.amount.amount if dose else None, pair["pertuzumab_mg"], Decimal(0), "pertuzumab")
    if days < 42:
        by_rule = taken_over(PAIR, days, choices={"her2_reload_pair": "trastuzumab_rule"})
        yield from per_kg(by_rule, alone["trastuzumab_mg_per_kg"])
    conflict = {item.code for item in (*by_pair.findings, *by_pair.notes)} & {"reload-rules-differ"}
    if bool(conflict) != case["rules_conflict"]:
        yield f"both rules shown: {bool(conflict)}"
    yield from under_the_skin(taken_over("docetaxel-pertuzumab-trastuzumab-sc", days), case["phesgo_mg"])
    dose = first_dose(taken_over("trastuzumab-sc", days), "trastuzumab-sc")
    yield from near(dose.amount.amount if dose else None, pair["trastuzumab_sc_mg"], Decimal(0), "under the skin alone")


def per_kg(plan: Plan, expected: object) -> list[str]:
    """The dose of trastuzumab for 68 kg."""
    dose = first_dose(plan, "trastuzumab")
    return near(dose.exact / 68 if dose and dose.exact else None, expected, Decimal(0), "trastuzumab per kg")


def under_the_skin(plan: Plan, expected: str) -> list[str]:
    """15 mL hold 1200/600 mg, 10 mL hold 600/600."""
    dose = first_dose(plan, "pertuzumab-trastuzumab-sc")
    found = {"15": "1200/600", "10": "600/600"}.get(str(dose.amount.amount) if dose else "")
    return [] if found == expected else [f"under the skin: {found} is not {expected}"]


def late(case: Case) -> Iterator[str]:
    """The second dose given late: the third counts from the real day."""
    drug = case["drug"].replace(" ", "-")
    start = later(TODAY, -70)
    second = event("given", later(start, 60), drug=drug, number=2, given_on=later(start, case["given_offset"]))
    done = event("given", start, "e0", drug=drug, number=1, given_on=start)
    file = treatment(course(drug, start), days=60, events=[done, second])
    third = given(plan_of(file), drug)[2].due
    expected = later(start, case["next_offset"])
    if third.isoformat() != expected:
        yield f"the third is due on {third}, not {expected}"


GATED = {
    "sg_q21": "sacituzumab-govitecan", "eri_q21": "eribulin", "doc_q21": "docetaxel", "vin_po_q7": "vinorelbine-oral",
    "cap_q21": "capecitabine", "tdm1_q21": "trastuzumab-emtansine",
}  # fmt: skip


def gated(case: Case) -> Iterator[str]:
    """Given or withheld at the counts of the day; the factor of capecitabine."""
    drug = GATED[case["regimen"]]
    choices = {"docetaxel_dose": "75", "vinorelbine_form": WEEKLY_60_80, **CAPECITABINE}
    file = treatment(course(drug, choices=choices), days=10)
    file["measurements"] += [
        value(kind, str(case[key]), "10^9/L", TODAY)
        for key, kind in (("anc", "neutrophils"), ("plt", "platelets"))
        if key in case
    ]
    if "crcl" in case:
        # 68 kg, 65 years, a woman: 75 x 68 x 0.85 / (72 x creatinine), cut off to millionths so that the clearance is not below.
        creatinine = Decimal(75 * 68 * 85) / (7200 * case["crcl"])
        file["measurements"][2] = value("creatinine", str(creatinine.quantize(Decimal("0.000001"), "ROUND_DOWN")), "mg/dL", TODAY)
    plan = plan_of(file, site_of(WITH_TABLE))
    items: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    item = next(item for item in items if item.drug == drug and getattr(item, "day", 1) in (case["day"], 1))
    if case["day"] == 8:
        item = next(item for item in plan.administrations if item.day == 8)
    if (item.dose is not None) != case["give"]:
        yield f"given: {item.dose is not None}"
    if case["give"] and "dose_factor" in case:
        assert item.dose is not None
        # 1.7654 m2: 2150 mg, and 1650 mg in the column of 75 per cent.
        yield from near(item.dose.amount.amount, {"1.0": 2150, "0.75": 1650}[str(case["dose_factor"])], Decimal(0), "factor")


def capecitabine_by_kidneys(case: Case) -> Iterator[str]:
    """The label's table after the row of the clearance."""
    choices = CAPECITABINE | {"capecitabine_dose_alone": str(case["start_mg_m2_bid"])}
    plan = plan_of(file_for(case["patient"], course("capecitabine", choices=choices)), site_of(WITH_TABLE))
    dose = first_dose(plan, "capecitabine")
    yield from near(dose.amount.amount if dose else None, case["dose_mg"], Decimal(0), case["decision"])


def weights(case: Case) -> Iterator[str]:
    """Bevacizumab, 10 mg/kg, on the reference weight or on the new one."""
    file = treatment(course("paclitaxel-bevacizumab", reference_weight=str(case["reference_kg"])), days=3)
    file["measurements"][0] = value("weight", str(case["now_kg"]), "kg", TODAY)
    dose = first_dose(plan_of(file), "bevacizumab")
    expected = 10 * (case["now_kg"] if case["recalculate"] else case["reference_kg"])
    yield from near(dose.exact if dose else None, expected, Decimal(0), "mg")


def eribulin(case: Case) -> Iterator[str]:
    """1.4 mg/m2 of the salt typed as base is refused."""
    salt = event("dose", TODAY, drug="eribulin", number=1, amount=str(case["dose_mg"]), unit="mg", scope="this")
    file = treatment(course("eribulin"), days=3, events=[salt])
    # 1.77 m2: 1.77 x 1.77 x 3600 / 165 = 68.3542 kg; with 68.3 kg it is 1.7693 m2, so that 1.23 mg/m2 are 2.176 mg.
    file["measurements"][0] = value("weight", "68.3", "kg", TODAY)
    plan = plan_of(file)
    if first_dose(plan, "eribulin") is not None:
        yield "a dose above 1.23 mg/m2 was accepted"
    yield from near(case["dose_mg"] / Decimal("0.44"), case["volume_ml"], THREE_DECIMALS, "mL")


def by_rule(case: Case) -> Iterator[str]:
    """Cyclophosphamide by the surface rule of the site, then its band."""
    formula = "du_bois" if "Du Bois" in case["bsa_rule"] else "mosteller"
    vector = {"patient": case["patient"], "drug": "cyclophosphamide", "per_m2": 600}
    dose = first_dose(planned(vector, {"bsa_formula": formula})[0], "cyclophosphamide")
    yield from near(dose.exact if dose else None, case["dose"], THREE_DECIMALS, "mg")
    band = answer({"formula": "nhs_band", "table": "20mgml_v7", "dose_mg": str(case["dose"])})
    yield from near(band.get("band_mg"), case["band"], Decimal(0), "band")


def switched(case: Case) -> Iterator[str]:
    """The first dose under the skin after the pair into a vein."""
    regimen = "docetaxel-pertuzumab-trastuzumab-sc"
    last = later(TODAY, -case["days_since_last"])
    earlier = [{"drug": drug, "until": last} for drug in ("pertuzumab", "trastuzumab")]
    file = treatment(course(regimen, cycle=7, last_given=last), days=3, history=earlier)
    yield from under_the_skin(plan_of(file), case["dose_mg"])


LIVER: dict[str, tuple[str, File, str]] = {
    "eribulin": ("eribulin", {}, ""),
    "myocet": ("cyclophosphamide-liposomal-doxorubicin", {"myocet_dose": "75"}, "liposomal-doxorubicin"),
    "docetaxel": ("docetaxel", {"docetaxel_dose": "100"}, ""),
    "epirubicin": ("epirubicin-cyclophosphamide", {}, ""),
    "vinorelbine_iv": ("vinorelbine-iv", {"vinorelbine_form": "30 mg/m2 weekly into a vein"}, "vinorelbine"),
    "lapatinib": ("lapatinib-capecitabine", CAPECITABINE | {"capecitabine_dose_combined": "1000"}, ""),
}
ULN = {"bilirubin": ("20", "umol/L"), "ast": ("40", "U/L"), "alt": ("40", "U/L"), "alp": ("100", "U/L")}
# A text of a vector: the results that it describes. Multiples of the upper limits above; 17.1 umol/L are 1 mg/dL.
RESULTS: dict[str, dict[str, list[dict[str, str]]]] = {
    "bilirubin": {
        "< ULN": [{"bilirubin": "19"}],
        "> ULN and < 50 umol/L": [{"bilirubin": "21"}, {"bilirubin": "49"}],
        "> ULN": [{"bilirubin": "21"}],
    },
    "ast": {"normal": [{"ast": "39"}]},
    "transaminases_x_uln": {"> 1.5": [{"ast": "61", "alt": "30"}, {"ast": "30", "alt": "61"}], "> 5": [{"ast": "201"}]},
    "alp_x_uln": {"> 2.5": [{"alp": "251"}]},
    "bilirubin_mg_dl": {"1.2-3": [{"bilirubin": "20.6"}, {"bilirubin": "51.2"}], "> 3": [{"bilirubin": "51.4"}]},
    "bilirubin_x_uln": {"> 2": [{"bilirubin": "41"}]},
}


def by_liver(case: Case) -> Iterator[str]:
    """What a Child-Pugh class or liver tests leave of the standard dose."""
    regimen, choices, named = LIVER[case["drug"]]
    facts = {"her2": "positive", "menopausal_status": "postmenopausal"}
    facts |= {"child_pugh": case["child_pugh"]} if "child_pugh" in case else {}
    described = [RESULTS[key][str(case[key])] for key in RESULTS if key in case]
    for results in product(*described):
        file = treatment(course(regimen, choices=choices), days=3, facts=facts)
        for kind, amount in {key: text for result in results for key, text in result.items()}.items():
            high, unit = ULN[kind]
            file["measurements"].append(value(kind, amount, unit, TODAY, high=high))
        drug = named or case["drug"]
        dose = first_dose(plan_of(file, site_of(WITH_TABLE)), drug)
        if dose is None or case.get("dose_mg_m2", 0) is None:
            yield from [] if dose is None and case.get("dose_mg_m2", 0) is None else [f"{results}: {dose}"]
            continue
        per_unit = dose.exact if drug == "lapatinib" else dose.per_measure
        standard = dict(dose.steps[0].values).get("per_m2", "0")
        expected = case.get("dose_mg", case.get("dose_mg_m2")) or Decimal(standard) * case["factor"]
        yield from near(per_unit, expected, Decimal("0.002"), f"{results}")


ANTHRACYCLINES: dict[str, tuple[str, dict[str, str]]] = {
    "doxorubicin 60": ("doxorubicin-three-weekly", {"doxorubicin_dose": "60"}),
    "doxorubicin 240": ("doxorubicin-three-weekly", {"doxorubicin_dose": "60"}),
    "doxorubicin 20": ("doxorubicin-weekly", {}),
    "epirubicin 75": ("epirubicin-cyclophosphamide", {}),
}


def over_a_lifetime(case: Case) -> Iterator[str]:
    """What was given counts, in mg/m2 of doxorubicin; how many doses still fit under the limit of the vector."""
    ((drug, dose),) = case["planned"]
    ((earlier, given_before),) = case["prior"]
    regimen, choices = ANTHRACYCLINES[f"{drug} {dose}"]
    before = [{"drug": earlier, "until": "2020-06-30", "cumulative": str(given_before), "unit": "mg/m2"}] if given_before else []
    facts = {"her2": "negative", "cardiac_risk": "no", "earlier_anthracycline": "given" if before else "none"}
    file = treatment(course(regimen, choices=choices), days=70, history=before, facts=facts)
    if "doxorubicin_equivalent_mg_m2" in case:
        # 240 mg/m2 are four doses of 60.
        fourth = plan_of(file).lifetime[3]
        yield from near(fourth.after, case["doxorubicin_equivalent_mg_m2"], Decimal(0), "after the fourth")
        return
    limits = {"550": "cycles_left", "450": "cycles_left_if_limit_450", "400": "cycles_left_if_limit_400"}
    for limit, key in limits.items():
        if key in case:
            first = plan_of(file, site_of({"anthracycline_limit": limit})).lifetime[0]
            yield from near(first.doses_left, case[key], Decimal(0), f"under {limit}")


def escalated(case: Case) -> Iterator[str]:
    """The fourth weekly dose of oral vinorelbine after these lowest counts, each five days after a dose."""
    start = later(TODAY, -21)
    given_so_far = [
        event(
            "given", later(start, 7 * week), f"e{week}", drug="vinorelbine-oral", number=week + 1, given_on=later(start, 7 * week)
        )
        for week in range(3)
    ]
    file = treatment(course("vinorelbine-oral", start, choices={"vinorelbine_form": WEEKLY_60_80}), days=10, events=given_so_far)
    nadirs = enumerate(case["nadirs_first_3"])
    file["measurements"] += [value("neutrophils", str(nadir), "10^9/L", later(start, 7 * week + 5)) for week, nadir in nadirs]
    file["measurements"] += [value("neutrophils", "3.0", "10^9/L", TODAY), value("platelets", "250", "10^9/L", TODAY)]
    fourth = next(item for item in taken(plan_of(file), "vinorelbine-oral") if item.first.isoformat() == TODAY)
    # What the counts left of 80 mg/m2: the first step shows the order, so it would say 80 whatever they were.
    found = fourth.dose.per_measure if fourth.dose else None
    yield from near(found, case["dose_4th"], Decimal(0), "mg/m2")


GROUPS: dict[str, Callable[[Case], Iterator[str]]] = {
    "bsa": surfaces,
    "renal": kidneys,
    "calvert": exposures,
    "doses": doses,
    "reload": again,
    "switch_iv_to_sc": switched,
    "late_dose_reset": late,
    "gating": gated,
    "capecitabine_renal": capecitabine_by_kidneys,
    "weight_change": weights,
    "eribulin_guard": eribulin,
    "bsa_rule_sensitivity": by_rule,
    "hepatic": by_liver,
    "vinorelbine_oral_escalation": escalated,
    "anthracycline": over_a_lifetime,
}
