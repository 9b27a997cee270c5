"""The group `published` of shared/vectors/chemotherapy.json: what leaflets, guidelines and open-source tests printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from mbc_desktop.calc_verb import answer
from tests.planning.dose_vectors import FOUR_DECIMALS, PAIR, Case, first_dose, near
from tests.planning.treatments import TODAY, course, event, plan_of, treatment, value


def published(case: Case) -> Iterator[str]:
    """What others printed."""
    yield from PUBLISHED[case["what"]](case)


def printed_tablets(case: Case) -> Iterator[str]:
    surface, per_m2 = case["input"]["bsa_given"], case["input"]["mg_m2_bid"]
    request = {"formula": "capecitabine_tablets", "bsa_m2": str(surface), "mg_per_m2": str(per_m2), "method": "label table"}
    ours = answer(request)
    for key, expected in case["expected"].items():
        yield from near(ours.get(key), expected, Decimal(0), key)


def american_bands(case: Case) -> Iterator[str]:
    """The American bands begin a hundredth lower: inside, away from that hundredth, they say the same tablets."""
    for (low, high), expected in zip(case["input"]["bands"], case["expected"], strict=True):
        for surface in (low + Decimal("0.01"), high):
            request = {"formula": "capecitabine_tablets", "bsa_m2": str(surface), "mg_per_m2": "1250", "method": "label table"}
            ours = answer(request)
            yield from near(ours.get("tabs_150"), expected["tabs_150"], Decimal(0), f"150 at {surface}")
            yield from near(ours.get("tabs_500"), expected["tabs_500"], Decimal(0), f"500 at {surface}")
            yield from near(2 * int(str(ours.get("dose_mg"))), expected["total_daily_mg"], Decimal(0), f"a day at {surface}")


def printed_calvert(case: Case) -> Iterator[str]:
    for item in case.get("cases", [{**case["input"], "mg": case.get("expected_mg")}] if "gfr" in case.get("input", {}) else []):
        cap = None if item.get("capped") is False else "125"
        found = answer({"formula": "calvert", "auc": str(item["auc"]), "gfr_ml_per_min": str(item["gfr"]), "gfr_cap": cap})
        yield from near(found.get("dose_mg"), item["mg"], Decimal(0), f"AUC {item['auc']}, {item['gfr']} mL/min")
    if "expected_max_mg" in case:
        asked = case["input"]
        request = {"formula": "calvert", "auc": str(asked["auc"]), "gfr_ml_per_min": "400", "gfr_cap": str(asked["gfr_cap"])}
        yield from near(answer(request).get("dose_mg"), case["expected_max_mg"], Decimal(0), "at the cap")


def printed_bands(case: Case) -> Iterator[str]:
    for item in case["cases"]:
        found = answer({"formula": "nhs_band", "table": item["table"], "dose_mg": str(item["dose"])})
        yield from near(found.get("band_mg"), item["band"], Decimal(0), f"{item['dose']} mg")


def midpoint(case: Case) -> Iterator[str]:
    """Ideal weight and half of the excess."""
    asked = case["input"]
    found = answer(
        {"formula": "adjusted_weight", "weight_kg": str(asked["actual_kg"]), "ibw_kg": str(asked["ideal_kg"]), "f": "0.5"}
    )
    yield from near(found.get("adjusted_kg"), case["expected_kg"], Decimal(0), "kg")


def by_weight(case: Case) -> Iterator[str]:
    """Sacituzumab at its second level, 5 mg/kg."""
    lowered = event("dose_level", TODAY, drug="sacituzumab-govitecan", level="-2", scope="rest_of_treatment")
    file = treatment(course("sacituzumab-govitecan"), days=3, events=[lowered])
    file["measurements"][0] = value("weight", str(case["input"]["kg"]), "kg", TODAY)
    dose = first_dose(plan_of(file), "sacituzumab-govitecan")
    yield from near(dose.amount.amount if dose else None, case["expected_mg"], Decimal(0), "mg")


def by_surface(case: Case) -> Iterator[str]:
    """Cyclophosphamide, 750 mg/m2 of 1.85 m2: 74.672727 kg and 165 cm, whose product is 3600 x 1.85 x 1.85."""
    choices = {"ec_cyclophosphamide_dose": str(case["input"]["mg_m2"])}
    file = treatment(course("epirubicin-cyclophosphamide", choices=choices), days=3)
    file["measurements"][0] = value("weight", "74.672727", "kg", TODAY)
    dose = first_dose(plan_of(file), "cyclophosphamide")
    yield from near(dose.exact if dose else None, case["expected_mg"], FOUR_DECIMALS, "mg")


def base_not_salt(case: Case) -> Iterator[str]:
    """The levels of the base; the salt's figures are none of them."""
    for level, (_, base) in enumerate(case["levels"]):
        events = [event("dose_level", TODAY, drug="eribulin", level=f"-{level}", scope="rest_of_treatment")] if level else []
        dose = first_dose(plan_of(treatment(course("eribulin"), days=3, events=events)), "eribulin")
        yield from near(dose.per_measure if dose else None, base, Decimal(0), f"level {level}")


def in_the_bag(case: Case) -> Iterator[str]:
    """mg/mL of a whole bag of 250 mL; the plan's own dose."""
    plan = plan_of(treatment(course(PAIR), days=25))
    for number, item in enumerate((case["input"] | {"expected_mg_ml": case["expected_mg_ml"]}, case["second"]), 1):
        dose = first_dose(plan, "pertuzumab", number)
        found = None if dose is None else dose.amount.amount / item["vol_ml"]
        yield from near(found, item["expected_mg_ml"], Decimal(0), f"dose {number}")


PUBLISHED: dict[str, Callable[[Case], Iterator[str]]] = {
    "capecitabine tablets": printed_tablets,
    "capecitabine US label bands (boundaries 0.01 lower than the EU table)": american_bands,
    "Calvert": printed_calvert,
    "Calvert cap": printed_calvert,
    "Calvert open-source tests": printed_calvert,
    "weight dose open-source test": by_weight,
    "BSA dose nursing course": by_surface,
    "NZ midpoint adjusted weight": midpoint,
    "eribulin base/salt": base_not_salt,
    "pertuzumab bag concentration": in_the_bag,
    "NHS dose bands": printed_bands,
}
