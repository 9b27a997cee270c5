"""The numbers that doses are computed from, each whole: shown and exact value, unit, inputs, measurements, source.

The woman of the cases is 65 (born 1 January 1961). At 72 kg and 0.85 mg/dL her clearance is exactly (140 - 65) x 72 x 0.85 /
(72 x 0.85) = 75 mL/min; at 152.4 cm (60 inches) her ideal weight is exactly 45.5 kg."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mbc_desktop.dosing.dose import Derived
from mbc_desktop.dosing.patient_numbers import body_surface, number, weight_for_dose
from mbc_desktop.dosing.situation import Missing, Number, Situation, situation_on
from mbc_desktop.patient.facts import Facts, Measurement
from mbc_desktop.regimen.site import LabRange
from tests.dosing.gate_days import ago
from tests.dosing.orders import CHOSEN, TODAY, situation, value

KG72, CM60 = value("weight", "72", "kg"), value("height", "152.4", "cm")
CREATININE = value("creatinine", "0.85", "mg/dL")
ACTUAL = CHOSEN | {"crcl_weight": "actual"}


def clearance_inputs(weight: str, reported: tuple[str, str] = ("creatinine_mg_dl", "0.85")) -> tuple[tuple[str, str], ...]:
    return (("age_years", "65"), ("weight_kg", weight), reported, ("sex", "female"))


@pytest.mark.parametrize(
    ("basis", "weight", "shown", "exact"),
    [
        ("actual", "72", "75", "75"),
        # 75 x 45.5 / 72 = 47.395833...
        ("ideal", "45.5", "47.3", "47.3958"),
        # 45.5 + 0.4 x (72 - 45.5) = 56.1; 75 x 56.1 / 72 = 58.4375
        ("adjusted", "56.1", "58.4", "58.4375"),
    ],
)
def test_clearance_by_the_weight_of_the_site(basis: str, weight: str, shown: str, exact: str) -> None:
    found = number("crcl_cockcroft_gault", situation(KG72, CM60, CREATININE, chosen=CHOSEN | {"crcl_weight": basis}))
    assert isinstance(found, Number)
    used = (KG72, CREATININE) if basis == "actual" else (KG72, CREATININE, CM60)
    assert found == Number(
        id="crcl_cockcroft_gault", decides=Decimal(shown), exact=found.exact, unit="mL/min", inputs=clearance_inputs(weight),
        used=used, source="cockcroft_gault",
    )  # fmt: skip
    assert found.exact.quantize(Decimal("0.0001")) == Decimal(exact)


def test_clearance_says_the_creatinine_as_it_was_reported() -> None:
    # 75.14 / 88.4 = 0.85
    found = number("crcl_cockcroft_gault", situation(KG72, value("creatinine", "75.14", "umol/L"), chosen=ACTUAL))
    assert isinstance(found, Number)
    assert (found.decides, found.inputs) == (75, clearance_inputs("72", ("creatinine_umol_l", "75.14")))


@pytest.mark.parametrize(
    ("values", "basis", "facts"),
    [
        ((), "", ("weight", "creatinine", "crcl_weight")),
        ((KG72,), "actual", ("creatinine",)),
        ((CREATININE,), "actual", ("weight",)),
        ((KG72, CREATININE), "", ("crcl_weight",)),
        ((KG72, CREATININE), "ideal", ("height",)),
        ((KG72, CREATININE), "adjusted", ("height",)),
        ((CREATININE,), "adjusted", ("weight", "height")),
    ],
)
def test_what_a_clearance_lacks_is_named(values: tuple[Measurement, ...], basis: str, facts: tuple[str, ...]) -> None:
    chosen = CHOSEN | ({"crcl_weight": basis} if basis else {})
    assert number("crcl_cockcroft_gault", situation(*values, chosen=chosen)) == Missing(facts)


KG80, CM180 = value("weight", "80", "kg"), value("height", "180", "cm")


def surface(*values: Measurement, **chosen: str) -> Number | Missing:
    return body_surface(situation(*values, chosen=CHOSEN | chosen))


def test_surface_unrounded_and_rounded() -> None:
    # sqrt(180 x 80 / 3600) = 2
    inputs = (("formula", "mosteller"), ("weight_kg", "80"), ("height_cm", "180"))
    two = Number(
        id="bsa", decides=Decimal(2), exact=Decimal(2), unit="m2", inputs=inputs, used=(KG80, CM180), source="bsa_mosteller"
    )
    assert surface(KG80, CM180) == two
    assert number("bsa", situation(KG80, CM180)) == two
    # sqrt(165 x 68 / 3600) = 1.765408...
    woman = (value("weight", "68", "kg"), value("height", "165", "cm"))
    for decimals, decides in (("2", "1.77"), ("1", "1.8"), ("3", "1.765")):
        found = surface(*woman, bsa_decimals=decimals)
        assert isinstance(found, Number)
        assert (found.decides, found.exact.quantize(Decimal("0.000001"))) == (Decimal(decides), Decimal("1.765408"))
    undecided = situation(*woman, chosen={key: text for key, text in CHOSEN.items() if key != "bsa_decimals"})
    found = body_surface(undecided)
    assert isinstance(found, Number)
    assert found.decides == found.exact


def test_what_a_surface_lacks_is_named() -> None:
    assert surface() == Missing(("weight", "height"))
    assert surface(KG80) == Missing(("height",))
    assert surface(CM180) == Missing(("weight",))
    assert surface(KG80, CM180, bsa_formula="") == Missing(("bsa_formula",))
    without = {key: text for key, text in CHOSEN.items() if key != "bsa_formula"}
    assert body_surface(situation(KG80, CM180, chosen=without)) == Missing(("bsa_formula",))


@pytest.mark.parametrize(
    ("now", "reference", "threshold", "counted"),
    [
        # 76 is 5 % less than 80; 76.1 is 4.875 % less, 75.9 is 5.125 %
        ("76", "80", "5", "76"),
        ("76.1", "80", "5", "80"),
        ("75.9", "80", "5", "75.9"),
        ("76.03", "80", "5", "80"),  # 4.9625 % less
        ("84", "80", "5", "84"),
        ("83.9", "80", "5", "80"),
        ("72", "80", "10 %", "72"),
        ("72.1", "80", "10 %", "80"),
        ("72.1", None, "10", "72.1"),
        ("76.1", "80", "", "76.1"),
    ],
)
def test_the_reference_weight_holds_below_the_threshold(now: str, reference: str | None, threshold: str, counted: str) -> None:
    chosen = CHOSEN | {"weight_change_threshold": threshold}
    who = situation(value("weight", now, "kg"), chosen=chosen, reference_weight=reference)
    assert weight_for_dose(who) == Decimal(counted)


@pytest.mark.parametrize(("now", "counted"), [("79.9", "79.9"), ("80", "80"), ("80.1", "80")])
def test_a_falling_weight_counts_at_once_where_the_drug_asks_for_it(now: str, counted: str) -> None:
    who = situation(value("weight", now, "kg"), reference_weight="80")
    assert weight_for_dose(who, down_at_once=True) == Decimal(counted)
    assert weight_for_dose(who) == 80


def test_without_a_threshold_the_newest_weight_counts() -> None:
    without = {key: text for key, text in CHOSEN.items() if key not in ("weight_change_threshold", "weight_basis")}
    assert weight_for_dose(situation(value("weight", "79", "kg"), chosen=without, reference_weight="80")) == 79


@pytest.mark.parametrize(
    ("weight", "basis", "counted"),
    [
        # 150 cm: an index of 30 is exactly 67.5 kg; ideal 45.5 + 2.3 x (150 - 152.4) / 2.54 = 43.326772 kg
        ("67.5", "adjusted", "67.5"),
        ("67.6", "adjusted", "53.036063"),  # 43.326772 + 0.4 x 24.273228
        ("67.5", "midpoint", "67.5"),
        ("67.6", "midpoint", "55.463386"),  # (67.6 + 43.326772) / 2
        ("90", "actual", "90"),
    ],
)
def test_above_an_index_of_30_the_basis_of_the_site_counts(weight: str, basis: str, counted: str) -> None:
    values = (value("weight", weight, "kg"), value("height", "150", "cm"))
    found = weight_for_dose(situation(*values, chosen=CHOSEN | {"weight_basis": basis}))
    assert not isinstance(found, Missing)
    assert found.quantize(Decimal("0.000001")) == Decimal(counted)


def test_another_basis_than_the_actual_weight_needs_the_height() -> None:
    assert weight_for_dose(situation(KG80, chosen=CHOSEN | {"weight_basis": "adjusted"})) == Missing(("height",))
    assert weight_for_dose(situation()) == Missing(("weight",))
    assert weight_for_dose(situation(KG80)) == 80
    no_basis = body_surface(situation(CM180, KG80, chosen=CHOSEN | {"weight_basis": "adjusted"}))
    assert isinstance(no_basis, Number)


@pytest.mark.parametrize(
    ("calcium", "albumin", "corrected", "inputs"),
    [
        # 2.05 + 0.02 x (40 - 30) = 2.25 mmol/L
        (("2.05", "mmol/L"), ("30", "g/L"), "2.25", (("calcium_mmol_l", "2.05"), ("albumin_g_l", "30"))),
        (("2.05", "mmol/L"), ("3", "g/dL"), "2.25", (("calcium_mmol_l", "2.05"), ("albumin_g_l", "30"))),
        # 8.2 + 0.8 x (4 - 3) = 9 mg/dL
        (("8.2", "mg/dL"), ("3", "g/dL"), "9", (("calcium_mg_dl", "8.2"), ("albumin_g_dl", "3"))),
        (("8.2", "mg/dL"), ("30", "g/L"), "9", (("calcium_mg_dl", "8.2"), ("albumin_g_dl", "3"))),
    ],
)
def test_calcium_stays_in_the_unit_of_the_laboratory(
    calcium: tuple[str, str], albumin: tuple[str, str], corrected: str, inputs: tuple[tuple[str, str], ...]
) -> None:
    values = (value("calcium", *calcium), value("albumin", *albumin))
    assert number("corrected_calcium", situation(*values)) == Number(
        id="corrected_calcium", decides=Decimal(corrected), exact=Decimal(corrected), unit=calcium[1], inputs=inputs,
        used=values, source="corrected_calcium",
    )  # fmt: skip


def test_what_a_corrected_calcium_lacks_is_named() -> None:
    assert number("corrected_calcium", situation()) == Missing(("calcium", "albumin"))
    assert number("corrected_calcium", situation(value("calcium", "2.1", "mmol/L"))) == Missing(("albumin",))
    assert number("corrected_calcium", situation(value("albumin", "40", "g/L"))) == Missing(("calcium",))


def test_body_mass_index() -> None:
    # 70 / 1.65^2 = 25.711662...
    values = (value("weight", "70", "kg"), value("height", "165", "cm"))
    found = number("bmi", situation(*values))
    assert isinstance(found, Number)
    inputs = (("weight_kg", "70"), ("height_cm", "165"))
    assert found == Number(
        id="bmi", decides=Decimal("25.7"), exact=found.exact, unit="kg/m2", inputs=inputs, used=values, source="bmi"
    )
    assert found.exact.quantize(Decimal("0.000001")) == Decimal("25.711662")
    assert number("bmi", situation(values[0])) == Missing(("height",))
    assert number("bmi", situation(values[1])) == Missing(("weight",))
    assert number("bmi", situation()) == Missing(("weight", "height"))


def test_estimated_filtration() -> None:
    """0.7 mg/dL is the knot: 141 x 0.993^65 x 1.018 = 143.538 x 0.633434 = 90.922; 61.88 umol/L are 0.7 mg/dL."""
    for seen in (value("creatinine", "0.7", "mg/dL"), value("creatinine", "61.88", "umol/L")):
        found = number("egfr_ckd_epi_2009", situation(seen))
        assert isinstance(found, Number)
        inputs = (("age_years", "65"), ("creatinine_mg_dl", "0.7"), ("sex", "female"))
        assert found == Number(
            id="egfr_ckd_epi_2009", decides=Decimal(91), exact=found.exact, unit="mL/min/1.73m2", inputs=inputs, used=(seen,),
            source="ckd_epi_2009",
        )  # fmt: skip
        assert abs(found.exact - Decimal("90.92")) < Decimal("0.01")
    assert number("egfr_ckd_epi_2009", situation()) == Missing(("creatinine",))


def test_creatinine_in_milligrams_and_any_other_measured_value() -> None:
    seen = value("creatinine", "88.4", "umol/L")
    assert number("creatinine_mg_dl", situation(seen)) == Number(
        id="creatinine_mg_dl", decides=Decimal(1), exact=Decimal(1), unit="mg/dL", inputs=(), used=(seen,), source=""
    )
    assert number("creatinine_mg_dl", situation()) == Missing(("creatinine",))
    count = value("platelets", "99", "10^9/L")
    assert number("platelets", situation(count)) == Number(
        id="platelets", decides=Decimal(99), exact=Decimal(99), unit="10^9/L", inputs=(), used=(count,), source=""
    )
    assert number("platelets", situation()) == Missing(("platelets",))


def limited(kind: str, amount: str, high: str | None, unit: str = "U/L") -> Measurement:
    return replace(value(kind, amount, unit), high=None if high is None else Decimal(high))


@pytest.mark.parametrize(
    ("id", "kind"), [("ast_x_uln", "ast"), ("alp_x_uln", "alp"), ("bilirubin_x_uln", "bilirubin"), ("transaminases_x_uln", "alt")]
)
def test_a_liver_test_as_a_multiple_of_its_limit(id: str, kind: str) -> None:
    seen = limited(kind, "100", "40")  # 2.5
    assert number(id, situation(seen)) == Number(
        id=f"{kind}_x_uln", decides=Decimal("2.5"), exact=Decimal("2.5"), unit="", inputs=((kind, "100"), ("upper_limit", "40")),
        used=(seen,), source="",
    )  # fmt: skip


def test_what_a_multiple_lacks_is_named() -> None:
    assert number("ast_x_uln", situation()) == Missing(("ast",))
    assert number("ast_x_uln", situation(limited("ast", "100", None))) == Missing(("ast_upper_limit",))
    assert number("ast_x_uln", situation(limited("ast", "100", "0"))) == Missing(("ast_upper_limit",))
    assert number("ast_x_uln", situation(limited("ast", "1", "0.5"))) != Missing(("ast_upper_limit",))
    assert number("transaminases_x_uln", situation()) == Missing(("ast", "alt"))
    assert number("transaminases_x_uln", situation(limited("ast", "100", None))) == Missing(("ast_upper_limit", "alt"))


@pytest.mark.parametrize(
    ("ranges", "multiple"),
    [
        ((("ast", "U/L", "50"),), "2"),
        ((("alt", "U/L", "50"), ("ast", "U/L", "25")), "4"),
        ((("ast", "umol/L", "50"),), None),
        ((("alt", "U/L", "50"),), None),
    ],
)
def test_the_limit_of_the_site_where_the_result_has_none(ranges: tuple[tuple[str, str, str], ...], multiple: str | None) -> None:
    known = tuple(LabRange(kind=kind, unit=unit, low="0", high=high) for kind, unit, high in ranges)
    found = number("ast_x_uln", replace(situation(limited("ast", "100", None)), ranges=known))
    assert found == Missing(("ast_upper_limit",)) if multiple is None else isinstance(found, Number)
    if isinstance(found, Number):
        assert found.decides == Decimal(multiple or 0)
    own = number("ast_x_uln", replace(situation(limited("ast", "100", "40")), ranges=known))
    assert isinstance(own, Number)
    assert own.decides == Decimal("2.5"), "the limit of the result itself goes first"


@pytest.mark.parametrize(("ast", "alt", "higher"), [("80", "100", "alt"), ("120", "100", "ast"), (None, "100", "alt")])
def test_the_higher_transaminase_counts_and_one_is_enough(ast: str | None, alt: str, higher: str) -> None:
    values = [limited("alt", alt, "40")] + ([limited("ast", ast, "40")] if ast else [])
    found = number("transaminases_x_uln", situation(*values))
    assert isinstance(found, Number)
    assert found.id == f"{higher}_x_uln"


@pytest.mark.parametrize(("id", "unit", "amount"), [("bilirubin_mg_dl", "mg/dL", "2"), ("bilirubin_umol_l", "umol/L", "34.2")])
def test_bilirubin_in_either_unit(id: str, unit: str, amount: str) -> None:
    # 34.2 / 17.1 = 2
    for seen in (value("bilirubin", "34.2", "umol/L"), value("bilirubin", "2", "mg/dL")):
        expected = Number(
            id="bilirubin", decides=Decimal(amount), exact=Decimal(amount), unit=unit, inputs=(), used=(seen,), source=""
        )
        assert number(id, situation(seen)) == expected
    assert number(id, situation()) == Missing(("bilirubin",))


def test_the_number_as_the_plan_shows_it() -> None:
    """The shown value at most with four decimals, the exact one cut off; the day is that of the oldest value."""
    older = ago(3, "weight", "72", "kg")
    found = Number(
        id="x",
        decides=Decimal("1.23456"),
        exact=Decimal("1.23456"),
        unit="m2",
        inputs=(("a", "1"),),
        used=(KG72, older),
        source="s",
    )
    shown = Derived(
        id="x", value="1.2346", exact="1.2345", unit="m2", inputs=(("a", "1"),), source="s", on=TODAY - timedelta(days=3)
    )
    assert found.derived() == shown
    assert replace(found, decides=Decimal("1.2"), used=()).derived() == replace(shown, value="1.2", on=None)


def test_a_situation_holds_what_was_known_on_its_day() -> None:
    """Of two values of one day the one entered last; nothing of tomorrow; older ones first."""
    first, second = value("weight", "70", "kg"), value("weight", "71", "kg")
    old, tomorrow = ago(5, "weight", "60", "kg"), ago(-1, "weight", "90", "kg")
    who = situation(first, second, old, tomorrow)
    assert who.measurements == (old, first, second)
    assert who.latest("weight") == second
    assert who.latest("height") is None
    limits = (LabRange(kind="ast", unit="U/L", low="0", high="40"),)
    facts = Facts(dialysis="yes")
    made = situation_on(
        date(2026, 3, 1), patient=who.patient, facts=facts, measurements=(first,), chosen=ACTUAL, reference_weight_kg=Decimal(70),
        ranges=limits,
    )  # fmt: skip
    expected = Situation(
        patient=who.patient, facts=facts, measurements=(), chosen=ACTUAL, reference_weight_kg=Decimal(70), ranges=limits
    )
    assert made == expected
