"""What lowers, rounds or stops a dose, through a treatment file: both sides of every edge, by hand.

The patient: 68 kg, 165 cm, so that the body surface is the root of 68 x 165 / 3600 = 1.765408 m2; creatinine 0.85 mg/dL,
clearance 70.83 mL/min. 1 mg/dL of bilirubin is 17.1 umol/L."""

from __future__ import annotations

from typing import Any

import pytest

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.plan import Administration, TakePeriod
from mbc_desktop.regimen.site import LabRange, Site
from tests.planning.test_regimen_cases import site_of
from tests.planning.treatments import TODAY, File, codes, course, event, plan_of, treatment, value

CAPECITABINE = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
FACTS = {"her2": "positive", "menopausal_status": "postmenopausal", "earlier_anthracycline": "none", "cardiac_risk": "no"}
Value = tuple[str, ...]


def file_with(regimen: str, *values: Value, choices: File | None = None, facts: File | None = None, **more: Any) -> File:
    """A treatment of a few days; a value is (kind, amount, unit) and, where the laboratory gave it, its upper limit."""
    file = treatment(course(regimen, choices=choices or {}), days=3, facts=FACTS | (facts or {}), **more)
    kinds = {item[0] for item in values}
    file["measurements"] = [item for item in file["measurements"] if item["kind"] not in kinds]
    for kind, amount, unit, *high in values:
        file["measurements"].append(value(kind, amount, unit, TODAY, **({"high": high[0]} if high else {})))
    return file


def first(file: File, drug: str, site: Site | None = None) -> tuple[str | None, set[str]]:
    """The first dose of a drug as text, None where it is withheld; and the codes above info."""
    plan = plan_of(file, site or site_of({"capecitabine_tablets": "label table"}))
    items: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    item = next(item for item in items if item.drug == drug)
    return (item.dose.amount.text() if item.dose else None), codes(plan, "stop", "caution")


@pytest.mark.parametrize(
    ("values", "dose"),
    [
        # The label's table at 1.77 m2: 2150 mg, in the column of 50 per cent 1000.
        ([("dpyd_activity_score", "2", "points")], "2150 mg"),
        ([("dpyd_activity_score", "1.5", "points")], "1000 mg"),
        ([("dpyd_activity_score", "1", "points")], "1000 mg"),
        ([("dpyd_activity_score", "0.5", "points")], None),
        ([("uracil", "15.9", "ng/mL")], "2150 mg"),
        ([("uracil", "16", "ng/mL")], "1000 mg"),
        ([("uracil", "149.9", "ng/mL")], "1000 mg"),
        ([("uracil", "150", "ng/mL")], None),
    ],
)
def test_the_test_for_dpd_deficiency_halves_or_forbids_capecitabine(values: list[Value], dose: str | None) -> None:
    file = file_with("capecitabine", *values, choices=CAPECITABINE)
    file["measurements"] = [
        item for item in file["measurements"] if item["kind"] != "dpyd_activity_score" or values[0][0] != "uracil"
    ]
    found, said = first(file, "capecitabine")
    assert found == dose
    assert ("contraindicated" in said) == (dose is None)


def test_half_for_dpd_and_three_quarters_for_the_kidneys_are_half() -> None:
    # 75 x 68 x 0.85 / (72 x 1.3) = 46.3 mL/min: 75 per cent of 1250; never 37.5 per cent.
    tests = (("dpyd_activity_score", "1", "points"), ("creatinine", "1.3", "mg/dL"))
    both = file_with("capecitabine", *tests, choices=CAPECITABINE)
    assert first(both, "capecitabine") == ("1000 mg", {"reductions-not-multiplied"})
    kidneys = file_with("capecitabine", ("creatinine", "1.3", "mg/dL"), choices=CAPECITABINE)
    assert first(kidneys, "capecitabine") == ("1650 mg", set())


@pytest.mark.parametrize(
    ("answer", "dose", "code"),
    [("do_not_give", None, "dpd-test-missing"), ("give_after_confirmation", "2150 mg", "dpd-test-missing-confirmed")],
)
def test_without_a_test_capecitabine_waits_for_a_recorded_decision(answer: str, dose: str | None, code: str) -> None:
    file = file_with("capecitabine", choices=CAPECITABINE | {"dpyd_missing": answer})
    file["measurements"] = [item for item in file["measurements"] if item["kind"] != "dpyd_activity_score"]
    found, said = first(file, "capecitabine")
    assert (found, code in said) == (dose, True)


@pytest.mark.parametrize(
    ("regimen", "drug", "inhibitor", "dose"),
    [
        ("palbociclib-letrozole", "palbociclib", "moderate", "125 mg"),
        ("palbociclib-letrozole", "palbociclib", "strong", "75 mg"),
        ("ribociclib-letrozole", "ribociclib", "strong", "400 mg"), ("abemaciclib-letrozole", "abemaciclib", "strong", "100 mg"),
        ("capivasertib-fulvestrant", "capivasertib", "moderate", "320 mg"), ("elacestrant", "elacestrant", "moderate", "172 mg"),
        ("elacestrant", "elacestrant", "strong", "86 mg"), ("everolimus-exemestane", "everolimus", "none", "10 mg"),
        ("everolimus-exemestane", "everolimus", "moderate", "5 mg"), ("everolimus-exemestane", "everolimus", "strong", None),
    ],
)  # fmt: skip
def test_cyp3a4_inhibitors(regimen: str, drug: str, inhibitor: str, dose: str | None) -> None:
    assert first(file_with(regimen, facts={"cyp3a4_inhibitor": inhibitor}), drug)[0] == dose


@pytest.mark.parametrize(("level", "dose"), [("-1", "50 mg"), ("-2", "50 mg")])
def test_abemaciclib_that_was_at_100_already_goes_to_50_with_a_strong_inhibitor(level: str, dose: str) -> None:
    lowered = event("dose_level", TODAY, drug="abemaciclib", level=level, scope="rest_of_treatment")
    file = file_with("abemaciclib-letrozole", facts={"cyp3a4_inhibitor": "strong"}, events=[lowered])
    assert first(file, "abemaciclib")[0] == dose


@pytest.mark.parametrize(
    ("amount", "unit", "dose"),
    [
        # 75 mg/m2 are 132.41 mg; half of it 66.2, a quarter 33.1. 1.2 mg/dL are 20.52 umol/L, 3 mg/dL 51.3.
        ("1.19", "mg/dL", "132 mg"), ("1.2", "mg/dL", "66 mg"), ("3", "mg/dL", "66 mg"), ("3.01", "mg/dL", "33 mg"),
        ("20.5", "umol/L", "132 mg"), ("20.6", "umol/L", "66 mg"), ("51.3", "umol/L", "66 mg"), ("51.4", "umol/L", "33 mg"),
    ],
)  # fmt: skip
def test_bilirubin_and_epirubicin(amount: str, unit: str, dose: str) -> None:
    assert first(file_with("epirubicin-cyclophosphamide", ("bilirubin", amount, unit)), "epirubicin")[0] == dose


@pytest.mark.parametrize(("creatinine", "asked"), [("5", False), ("5.1", True), (None, False)])
def test_epirubicin_asks_above_a_creatinine_of_5(creatinine: str | None, asked: bool) -> None:
    file = file_with("epirubicin-cyclophosphamide", *([("creatinine", creatinine, "mg/dL")] if creatinine else []))
    if creatinine is None:
        file["measurements"] = [item for item in file["measurements"] if item["kind"] != "creatinine"]
    found, said = first(file, "epirubicin")
    assert found == "132 mg"
    assert ("creatinine-reduction-to-consider" in said) == asked


@pytest.mark.parametrize(
    ("ast", "alt", "alp", "dose"),
    [
        # 100 mg/m2 are 176.5 mg, drawn as 176; 75 mg/m2 132.4 mg, drawn as 132. Upper limits 40 and 100 U/L.
        ("60", "20", "251", "176 mg"), ("61", "20", "250", "176 mg"), ("61", "20", "251", "132 mg"),
        ("20", "61", "251", "132 mg"),
        ("140", "20", "601", "132 mg"), ("141", "20", "600", "132 mg"), ("141", "20", "601", None),
    ],
)  # fmt: skip
def test_transaminases_with_phosphatase_and_docetaxel(ast: str, alt: str, alp: str, dose: str | None) -> None:
    tests = [("ast", ast, "U/L", "40"), ("alt", alt, "U/L", "40"), ("alp", alp, "U/L", "100")]
    assert first(file_with("docetaxel", *tests, choices={"docetaxel_dose": "100"}), "docetaxel")[0] == dose


def test_a_site_gives_the_upper_limit_that_a_result_does_not_carry() -> None:
    tests = [("ast", "201", "U/L"), ("bilirubin", "0.8", "mg/dL")]
    file = file_with("trastuzumab-emtansine", *tests)
    ranges = (LabRange(kind="ast", unit="U/L", low="5", high="40"), LabRange(kind="ast", unit="ukat/L", low="0.1", high="0.7"))
    # 3.6 x 68 = 244.8, downward. Without an upper limit nobody knows whether 201 is five times too much.
    assert first(file, "trastuzumab-emtansine", Site())[0] == "244 mg"
    assert first(file, "trastuzumab-emtansine", Site(ranges=ranges))[0] is None
    other = (LabRange(kind="ast", unit="U/L", low="5", high="41"),)
    assert first(file, "trastuzumab-emtansine", Site(ranges=other))[0] == "244 mg"


@pytest.mark.parametrize(
    ("policy", "limit", "dose"),
    [
        # 75 mg/m2: 132.41 mg. Band 132 (125.86 to under 139.78); vials of 20, 80, 140, 160 mg: 140 is 5.7 per cent away.
        ("none", "6", "132 mg"), ("step", "6", "132 mg"), ("down", "6", "132 mg"), ("nhs_band", "6", "132 mg"),
        ("vial_5_percent", "6", "132 mg"), ("vial_6_percent", "6", "140 mg"), ("vial_10_percent", "6", "140 mg"),
    ],
)  # fmt: skip
def test_the_pharmacys_rounding_of_docetaxel(policy: str, limit: str, dose: str) -> None:
    site = site_of({"rounding": policy, "band_deviation_limit": limit})
    assert first(file_with("docetaxel", choices={"docetaxel_dose": "75"}), "docetaxel", site)[0] == dose


@pytest.mark.parametrize(("limit", "dose"), [("5", None), ("6", "96 mg")])
def test_a_band_that_lies_too_far_away_is_refused(limit: str, dose: str | None) -> None:
    # 40.2 kg and 145 cm: the root of 1.619167 is 1.272465 m2; 80 mg/m2 are 101.797 mg, of the band 96: 5.69 per cent less.
    file = file_with("paclitaxel-weekly", ("weight", "40.2", "kg"), ("height", "145", "cm"))
    found, said = first(file, "paclitaxel", site_of({"rounding": "nhs_band", "band_deviation_limit": limit}))
    assert found == dose
    assert ("band-deviation-too-large" in said) == (dose is None)


@pytest.mark.parametrize(("percent", "dose"), [("5", "244 mg"), ("10", "244 mg")])
def test_whole_vials_never_lift_emtansine_above_its_ceiling(percent: str, dose: str) -> None:
    # 244.8 mg: 260 = 100 + 160 is 6.2 per cent more; below it 200 is 18 per cent less.
    site = site_of({"rounding": f"vial_{percent}_percent"})
    assert first(file_with("trastuzumab-emtansine"), "trastuzumab-emtansine", site)[0] == dose


def test_an_amount_that_no_tablet_makes_is_refused() -> None:
    typed = event("dose", TODAY, drug="palbociclib", number=1, amount="90", unit="mg", scope="this")
    assert first(file_with("palbociclib-letrozole", events=[typed]), "palbociclib") == (None, {"not-dispensable"})


@pytest.mark.parametrize(("amount", "asked"), [("1765", False), ("1766", True)])
def test_a_typed_dose_above_published_practice_is_asked_about(amount: str, asked: bool) -> None:
    # Gemcitabine 1000 mg/m2 is 1765.41 mg; 1766 mg are 1000.3 mg/m2.
    typed = event("dose", TODAY, drug="gemcitabine", number=1, amount=amount, unit="mg", scope="this")
    found, said = first(file_with("carboplatin-gemcitabine", events=[typed]), "gemcitabine")
    assert found == f"{amount} mg"
    assert ("above-published-practice" in said) == asked


@pytest.mark.parametrize(
    ("regimen", "drug", "baseline", "now", "given_at_all"),
    [
        # Alone: a fall of 10 points and under 50. Emtansine: under 40, or up to 45 with a fall of 10. Deruxtecan: a fall over 20.
        ("trastuzumab-three-weekly", "trastuzumab", "60", "50", True),
        ("trastuzumab-three-weekly", "trastuzumab", "59", "49", False),
        ("trastuzumab-three-weekly", "trastuzumab", "58", "49", True),
        ("trastuzumab-deruxtecan", "trastuzumab-deruxtecan", "70", "50", True),
        ("trastuzumab-deruxtecan", "trastuzumab-deruxtecan", "71", "50", False),
        ("trastuzumab-emtansine", "trastuzumab-emtansine", "50", "40", False),
        ("trastuzumab-emtansine", "trastuzumab-emtansine", "49", "40", True),
        ("trastuzumab-emtansine", "trastuzumab-emtansine", "49", "39", False),
        ("trastuzumab-emtansine", "trastuzumab-emtansine", "60", "46", True),
    ],
)  # fmt: skip
def test_the_ejection_fraction_against_the_one_before_treatment(
    regimen: str, drug: str, baseline: str, now: str, given_at_all: bool
) -> None:
    file = file_with(regimen, ("lvef_baseline", baseline, "%"), ("lvef", now, "%"))
    found, said = first(file, drug)
    assert (found is not None) == given_at_all
    assert ("heart-function-low" in said) != given_at_all


@pytest.mark.parametrize(("count", "dose"), [("999", None), ("1000", "2.156 mg")])
def test_counts_per_microlitre_are_compared_in_the_unit_of_the_rule(count: str, dose: str | None) -> None:
    # 1000 per microlitre are 1.0 x 10^9/L, at which eribulin is given: 1.23 x 1.765408 = 2.1715 mg, 49 steps of 0.044 mg.
    assert first(file_with("eribulin", ("neutrophils", count, "/uL")), "eribulin")[0] == dose


@pytest.mark.parametrize(
    ("amount", "unit", "dose"),
    [
        # Docetaxel 75 mg/m2 is 132.4056 mg; a typed dose lies between 25 and 110 per cent of it: 33.1014 and 145.6462 mg.
        ("33.2", "mg", "33.2 mg"), ("33.1", "mg", None), ("145.6", "mg", "145.6 mg"), ("145.7", "mg", None), ("13", "mL", None),
    ],
)  # fmt: skip
def test_a_typed_dose_far_from_the_computed_one_or_in_another_unit_is_refused(amount: str, unit: str, dose: str | None) -> None:
    typed = event("dose", TODAY, drug="docetaxel", number=1, amount=amount, unit=unit, scope="this")
    assert first(file_with("docetaxel", choices={"docetaxel_dose": "75"}, events=[typed]), "docetaxel")[0] == dose


@pytest.mark.parametrize(("level", "milligrams"), [("25 %", "44 mg"), ("110 %", "194 mg"), ("75 %", "132 mg")])
def test_a_percentage_inside_its_limits(level: str, milligrams: str) -> None:
    """Docetaxel 100 mg/m2 x 1.765408: 25 % are 44.1 mg, 110 % 194.2 mg, 75 % 132.4 mg, all to the nearest 2 mg."""
    lower = event("dose_level", TODAY, "l", drug="docetaxel", number=1, level=level, scope="this", reason="toxicity")
    file = file_with("docetaxel", choices={"docetaxel_dose": "100"}, events=[lower])
    (first, *_) = (item for item in plan_of(file).administrations if item.drug == "docetaxel")
    assert first.dose is not None
    assert first.dose.amount.text() == milligrams


@pytest.mark.parametrize("level", ["24 %", "111 %", "0 %", "-20 %", "20", "24.9 %", "110.1 %", "20%%"])
def test_a_percentage_outside_its_limits_or_no_percentage_is_refused(level: str) -> None:
    """20 % is below the limit and -20 % is none: neither is read as the other."""
    lower = event("dose_level", TODAY, "l", drug="docetaxel", number=1, level=level, scope="this", reason="toxicity")
    with pytest.raises(TreatmentError) as refused:
        plan_of(file_with("docetaxel", choices={"docetaxel_dose": "100"}, events=[lower]))
    assert refused.value.place == "events[0].level"
