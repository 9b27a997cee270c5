"""The second implementation against arithmetic done by hand and published numbers, so that both cannot be wrong together; against
the shared vectors too, where they lie beside the checkout."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from mpmath import mpf

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.dose_tables import DoseBandTable
from mbc_desktop.regimen.dose_tables_file import read_dose_tables
from tests.second_doses import anthracyclines, bands, body, escalation, gates, her2, kidneys, tablets, vials
from tests.second_doses.exact import real
from tests.second_doses.medicines import numbers

SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "chemotherapy.json"
VECTORS: dict[str, Any] = json.loads(SHARED.read_text("utf-8"), parse_float=Decimal) if SHARED.exists() else {}
CASES: dict[str, list[dict[str, Any]]] = VECTORS.get("vectors", {})


def near(found: Any, expected: Any, within: str) -> bool:
    return bool(abs(mpf(str(expected)) - real(found)) <= mpf(within))


@pytest.mark.parametrize(
    ("formula", "square_metres"),
    [
        # 165 cm, 68 kg: the root of 11220/3600 = 3.116667.
        ("mosteller", "1.765408"),
        # 0.007184 x e^(0.425 ln 68 + 0.725 ln 165) = 0.007184 x 6.009669 x 40.517276.
        ("du_bois", "1.749277"),
        ("haycock", "1.776291"),
        ("gehan_george", "1.781566"),
        ("boyd", "1.789731"),
        ("schlich", "1.686771"),
    ],
)
def test_surface_of_165_cm_and_68_kg(formula: str, square_metres: str) -> None:
    assert near(body.surface(formula, Fraction(68), Fraction(165)), square_metres, "0.0000006")


def test_ideal_adjusted_and_midpoint_weight() -> None:
    # 165.1 cm are 65 inches: 45.5 + 5 x 2.3 = 57; 95 kg: 57 + 0.4 x 38 = 72.2; midpoint 76.
    tall = Fraction("165.1")
    assert body.ideal_weight(tall, woman=True) == 57
    assert body.ideal_weight(tall, woman=False) == Fraction("61.5")
    assert body.adjusted_weight(Fraction(95), Fraction(57)) == Fraction("72.2")
    heavy = {"woman": True, "reference": None, "threshold": Fraction(10)}
    assert body.weight_to_dose_on(Fraction(95), tall, basis="adjusted", **heavy) == Fraction("72.2")
    assert body.weight_to_dose_on(Fraction(95), tall, basis="midpoint", **heavy) == 76


def test_adjusted_weight_counts_above_an_index_of_30_and_not_at_it() -> None:
    # 160 cm: 30 x 1.6 x 1.6 = 76.8 kg.
    with_basis = {"woman": True, "reference": None, "threshold": Fraction(10), "basis": "adjusted"}
    assert body.weight_to_dose_on(Fraction("76.8"), Fraction(160), **with_basis) == Fraction("76.8")
    assert body.weight_to_dose_on(Fraction("76.9"), Fraction(160), **with_basis) < 70


@pytest.mark.parametrize(("now", "kilograms"), [("61.2", "61.2"), ("61.3", "68"), ("74.7", "68"), ("74.8", "74.8")])
def test_the_reference_weight_holds_below_ten_per_cent(now: str, kilograms: str) -> None:
    # 68 x 0.9 = 61.2 and 68 x 1.1 = 74.8.
    found = body.weight_to_dose_on(
        Fraction(now), Fraction(165), woman=True, reference=Fraction(68), threshold=Fraction(10), basis="actual"
    )
    assert found == Fraction(kilograms)


def test_clearance_in_its_variants_and_the_dose_of_carboplatin() -> None:
    # (140 - 52) x 68 / (72 x 0.8) x 0.85 = 5984 / 57.6 x 0.85 = 88.3056; AUC 5: 5 x 113.3056 = 566.528.
    cleared = kidneys.cockcroft_gault(52, Fraction(68), Fraction("0.8"), woman=True)
    assert near(cleared, "88.305556", "0.000001")
    assert near(kidneys.calvert(Fraction(5), cleared, Fraction(125)), "566.527778", "0.000001")
    # 38 years, 43 kg, 0.45 mg/dL: 115.0648; with 0.7 instead 73.9702, so that AUC 5 is 700.3 or 494.9.
    spare = {"woman": True, "centimetres": Fraction(150), "creatinine": Fraction("0.45")}
    plain = kidneys.filtration("cockcroft_gault_actual", 38, Fraction(43), floor=None, **spare)
    floored = kidneys.filtration("cockcroft_gault_actual", 38, Fraction(43), floor=Fraction("0.7"), **spare)
    assert (near(plain, "115.0648", "0.00005"), near(floored, "73.9702", "0.00005")) == (True, True)
    # The cap: 6 x (125 + 25) = 900 at 125 and above, 6 x 149 at 124.
    assert [kidneys.calvert(Fraction(6), Fraction(filtered), Fraction(125)) for filtered in (124, 125, 300)] == [894, 900, 900]
    assert kidneys.calvert(Fraction(5), Fraction(150), None) == 875
    assert kidneys.canonical(Fraction("60.09")) == 60


def test_adjusted_weight_for_carboplatin_begins_at_an_index_of_25() -> None:
    # 160 cm: 25 x 2.56 = 64 kg.
    same = {"woman": True, "floor": None, "centimetres": Fraction(160), "creatinine": Fraction(1)}
    method = "cockcroft_gault_adjusted_from_bmi_25"
    assert kidneys.filtration(method, 60, Fraction("63.9"), **same) == Fraction(80 * 639 * 85, 72 * 1000)
    assert kidneys.filtration(method, 60, Fraction(64), **same) < 60


def test_estimates_of_filtration() -> None:
    # The National Kidney Foundation's calculator: a woman of 52 with 0.8 mg/dL has 89 by CKD-EPI 2021.
    assert near(kidneys.ckd_epi_2021(52, Fraction("0.8"), woman=True), "88.5985", "0.00005")
    assert near(kidneys.absolute(mpf("88.5985"), mpf("1.765408")), "90.4118", "0.0001")
    # 0.9 mg/dL, a man of 40: 141 x 0.993^40; 40 x ln 0.993 = -0.280985, e to that 0.755040; x 141 = 106.4606.
    assert near(kidneys.ckd_epi_2009(40, Fraction("0.9"), woman=False), "106.4606", "0.001")


def test_the_band_tables_follow_the_geometric_mean() -> None:
    tables = {table.id: table for table in read_dose_tables(find_schedules()).values() if isinstance(table, DoseBandTable)}
    for name, concentration in (("nhs_6mgml_v2", Fraction(6)), ("nhs_20mgml_v7", Fraction(20))):
        rows = tables[name].rows
        doses = [Fraction(row.dose) for row in rows]
        assert [Fraction(row.at_least) for row in rows[1:]] == [
            bands.edge(lower, upper, concentration) for lower, upper in pairwise(doses)
        ]
        assert [row.below for row in rows[:-1]] == [row.at_least for row in rows[1:]]
    assert tuple(Fraction(row.dose) for row in tables["nhs_6mgml_v2"].rows) == bands.SIX_MG_ML
    assert tuple(Fraction(row.dose) for row in tables["nhs_20mgml_v7"].rows) == bands.TWENTY_MG_ML
    assert [Fraction(row.below) for row in (tables["nhs_6mgml_v2"].rows[-1], tables["nhs_20mgml_v7"].rows[-1])] == [
        bands.TABLES[drug][3] for drug in ("paclitaxel", "cyclophosphamide")
    ]


def test_the_edge_between_132_and_144_mg() -> None:
    # The root of 132 x 144 = 19008 is 137.8695; 22.97825 mL, to the nearest thousandth 22.978, are 137.868 mg, printed 137.87.
    assert bands.edge(Fraction(132), Fraction(144), Fraction(6)) == Fraction("137.87")
    assert near(bands.deviation_percent(Fraction(144), Fraction("141.2327")), "1.9594", "0.0001")


def test_vials_by_trying_all_of_them() -> None:
    both = numbers("100", "160")
    # 244.8: 100 + 160 = 260 wastes 15.2; 320 more. 163.2: 2 x 100 = 200.
    assert vials.needed(Fraction("244.8"), both) == (260, (1, 1))
    assert vials.needed(Fraction("163.2"), both) == (200, (2, 0))
    assert vials.whole_vials(Fraction("244.8"), both, Fraction(10)) == (260, (1, 1))
    assert vials.whole_vials(Fraction("244.8"), both, Fraction(10), down_only=True) is None
    assert vials.whole_vials(Fraction("374.4"), both, Fraction(10), down_only=True) == (360, (2, 1))
    # Exactly ten per cent is within, a hair more is not.
    assert vials.whole_vials(Fraction(400), numbers("440"), Fraction(10)) == (440, (1,))
    assert vials.whole_vials(Fraction("399.9"), numbers("440"), Fraction(10)) is None


def test_tablets_by_trying_all_of_them() -> None:
    assert tablets.fewest(Fraction(250), numbers("150", "50")) == 3
    assert tablets.fewest(Fraction(120), numbers("50")) is None
    assert tablets.nearest_sum(Fraction(75), numbers("30", "20")) == 80
    assert tablets.nearest_sum(Fraction(75), numbers("30", "20"), upward=False) == 70
    # 1875 lies 25 from 1900, which needs six tablets of 150 mg; of 1800 and 1950 the lower.
    assert tablets.capecitabine_solved(Fraction(1875)) == 1800
    assert [tablets.capecitabine_large(Fraction(dose)) for dose in ("2250", "2250.1", "100")] == [2000, 2500, 500]
    assert tablets.by_label(1250, 100, Fraction("1.70")) == 2150
    assert tablets.by_label(1250, 100, Fraction("1.269")) == 1500
    assert tablets.by_label(1200, 100, Fraction("1.70")) is None


def test_gaps_nadirs_and_lifetime() -> None:
    assert [her2.trastuzumab_alone(days) for days in (28, 29)] == [6, 8]
    assert [her2.trastuzumab_weekly(days) for days in (14, 15)] == [2, 4]
    assert [her2.pertuzumab(days) for days in (41, 42)] == [420, 840]
    assert [her2.trastuzumab_of_a_pair(days, "pair_rule") for days in (29, 41, 42)] == [6, 6, 8]
    assert her2.trastuzumab_of_a_pair(29, "trastuzumab_rule") == 8
    assert [her2.pair_under_the_skin(days) for days in (41, 42)] == ["600/600", "1200/600"]
    one, two, deep = (list(numbers(*texts)) for texts in (("1.8", "0.7", "1.2"), ("0.5", "1.0", "2"), ("2", "0.49", "2")))
    assert [escalation.fourth_dose(nadirs) for nadirs in (one, two, deep)] == [80, 60, 60]
    # 300 x 0.8 + 240 = 480; (550 - 240) / 60 = 5.17; 900 / 75 = 12.
    assert anthracyclines.equivalent([("epirubicin", Fraction(300)), ("doxorubicin", Fraction(240))]) == 480
    assert anthracyclines.cycles_left(Fraction(550), Fraction(240), Fraction(60)) == 5
    assert anthracyclines.cycles_left(Fraction(900), Fraction(0), Fraction(75)) == 12
    assert anthracyclines.cycles_left(Fraction(400), Fraction(480), Fraction(60)) == 0
    counts = {"neutrophils": Fraction("1.0"), "platelets": Fraction(75)}
    assert [gates.may_be_given("sacituzumab-govitecan", day, **counts) for day in (1, 8)] == [False, True]
    assert gates.may_be_given("eribulin", 1, **counts)
    assert not gates.may_be_given("eribulin", 1, neutrophils=Fraction(2), platelets=Fraction(74))


@pytest.mark.parametrize("case", CASES.get("bsa", []), ids=lambda case: str(case["patient"]))
def test_surfaces_of_the_vectors(case: dict[str, Any]) -> None:
    for formula, expected in case["bsa"].items():
        woman = case["sex"] == "F"
        assert near(
            body.surface(formula, Fraction(case["weight_kg"]), Fraction(case["height_cm"]), woman=woman), expected, "0.0000006"
        )


@pytest.mark.parametrize("case", CASES.get("doses", []), ids=lambda case: f"{case['patient']}-{case['drug']}")
def test_bands_and_vials_of_the_vectors(case: dict[str, Any]) -> None:
    dose = Fraction(case.get("dose_unrounded_bsa_mg", case.get("dose_mg")))
    if "nhs_band_6mgml_mg" in case:
        assert bands.band(dose, bands.SIX_MG_ML, Fraction(6)) == Fraction(case["nhs_band_6mgml_mg"])
    if "vials_needed_without_rounding" in case:
        sizes = {"trastuzumab": ("150", "420"), "trastuzumab_emtansine": ("100", "160"), "bevacizumab": ("100", "400")}
        mine = numbers(*sizes.get(case["drug"], ("100",) if case["drug"] == "trastuzumab_deruxtecan" else ("200",)))
        wanted, near_by = case["vials_needed_without_rounding"], case["hopa_whole_vial_within_10pct"]
        total, counts = vials.needed(dose, mine)
        assert total == wanted["total_mg"]
        assert {str(size): count for size, count in zip(mine, counts, strict=True) if count} == wanted["vials"]
        found = vials.whole_vials(dose, mine, Fraction(10))
        assert (found and found[0]) == (near_by and near_by["rounded_mg"])


def test_totals_and_escalation_of_the_vectors() -> None:
    for case in CASES.get("vinorelbine_oral_escalation", []):
        assert escalation.fourth_dose([Fraction(nadir) for nadir in case["nadirs_first_3"]]) == case["dose_4th"]
    for case in CASES.get("anthracycline", []):
        before = anthracyclines.equivalent([(drug, Fraction(dose)) for drug, dose in case["prior"]])
        planned = anthracyclines.equivalent([(drug, Fraction(dose)) for drug, dose in case["planned"]])
        if "doxorubicin_equivalent_mg_m2" in case:
            assert before + planned == Fraction(case["doxorubicin_equivalent_mg_m2"])
        limits = {"": case.get("limit_mg_m2"), "_if_limit_450": 450, "_if_limit_400": 400}
        for suffix, limit in limits.items():
            if f"cycles_left{suffix}" in case:
                own = Fraction(case["planned"][0][1])
                spent = sum((Fraction(dose) for _, dose in case["prior"]), Fraction(0))
                assert anthracyclines.cycles_left(Fraction(limit), spent, own) == case[f"cycles_left{suffix}"]
