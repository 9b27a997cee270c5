"""`calc`: every formula against worked cases, strict reading, and a stream that goes on after a bad line."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.calc_verb import answer, run
from mbc_desktop.calc_verb.answer import FORMULAS, RULES, answer_line

CASES = Path(__file__).parent / "cases" / "calc"
SHARED = Path(__file__).parents[2] / "shared" / "vectors"
ONE_LINE = {"formula": "bmi", "weight_kg": "80", "height_cm": "180"}


def cases() -> list[dict[str, Any]]:
    """All worked cases; a number in a file is read digit by digit, as the stream does."""
    return [case for path in sorted(CASES.glob("*.json")) for case in json.loads(path.read_text("utf-8"), parse_float=Decimal)]


def differences(given: dict[str, Any], expected: dict[str, Any], within: Decimal) -> list[str]:
    """What in an answer is not as expected: numbers within the tolerance, everything else exactly."""
    found = answer(given)
    return [
        f"{key}: {found.get(key, found)} is not {value}"
        for key, value in expected.items()
        if not same(found.get(key), value, within)
    ]


def same(found: object, expected: object, within: Decimal) -> bool:
    if isinstance(expected, bool | list | dict) or expected is None or found is None:
        return found == expected
    try:
        return abs(Decimal(str(found)) - Decimal(str(expected))) <= within
    except ArithmeticError:
        return found == expected


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_formula_gives_the_worked_answer(case: dict[str, Any]) -> None:
    given = {"formula": case["formula"], **case["given"]}
    assert differences(given, case["expected"], Decimal(case["within"])) == []
    found = answer(given)
    if "published" in case:
        ours = Decimal(str(found[next(iter(case["expected"]))]))
        assert abs(ours - Decimal(case["published"])) <= Decimal(case["published_within"])
    for wrong in case.get("must_differ", ()):
        numbers = [
            Decimal(str(value)) for value in found.values() if isinstance(value, str | int) and not isinstance(value, bool)
        ]
        assert Decimal(wrong) not in numbers


def test_every_formula_and_every_date_rule_has_a_case() -> None:
    known = cases()
    surfaces = {"mosteller", "du_bois", "dubois", "haycock", "gehan_george", "boyd"}
    assert set(FORMULAS) - surfaces <= {case["formula"] for case in known}
    assert set(RULES) <= {case["given"]["rule"] for case in known if case["formula"] == "dates"}


def test_surface_is_asked_for_by_its_own_name_or_beside_bsa() -> None:
    # sqrt(180 x 80 / 3600) = sqrt(4) = 2
    assert answer({"formula": "mosteller", "weight_kg": "80", "height_cm": "180"}) == {"bsa_m2": "2"}
    assert answer({"formula": "bsa", "bsa_formula": "mosteller", "weight_kg": "80", "height_cm": "180"}) == {"bsa_m2": "2"}
    assert code({"formula": "bsa", "weight_kg": "80", "height_cm": "180"}) == ("bsa_formula", "missing")


def test_exact_numbers_stay_exact_and_others_carry_ten_decimals() -> None:
    # 80 x 10000 / 180^2 = 800000 / 32400 = 24.691358024691...
    assert answer(ONE_LINE) == {"bmi": "24.6913580247"}
    # 56.25 x 10000 / 150^2 = 562500 / 22500 = 25
    assert answer({"formula": "bmi", "weight_kg": "56.25", "height_cm": "150"}) == {"bmi": "25"}


def code(request: dict[str, object]) -> tuple[str, str]:
    """Place and code of the refusal."""
    error = answer(request)["error"]
    assert isinstance(error, dict)
    assert set(error) == {"place", "code", "text"}
    return error["place"], error["code"]


@pytest.mark.parametrize(
    ("change", "place", "expected"),
    [
        ({"colour": "red"}, "colour", "unknown-key"),
        ({"weight_kg": None}, "weight_kg", "missing"),
        ({"weight_kg": "0"}, "weight_kg", "out-of-range"),
        ({"weight_kg": "-1"}, "weight_kg", "out-of-range"),
        ({"weight_kg": "70,5"}, "weight_kg", "not-a-number"),
        ({"weight_kg": "7e1"}, "weight_kg", "not-a-number"),
        ({"weight_kg": " 70"}, "weight_kg", "not-a-number"),
        ({"weight_kg": "NaN"}, "weight_kg", "not-a-number"),
        ({"weight_kg": "٧٠"}, "weight_kg", "not-a-number"),
        ({"weight_kg": 70.5}, "weight_kg", "not-a-number"),
        ({"weight_kg": True}, "weight_kg", "not-a-number"),
        ({"weight_kg": ["70"]}, "weight_kg", "not-a-number"),
        ({"weight_kg": 10**40}, "weight_kg", "out-of-range"),
        ({"weight_kg": Decimal("1E+400000")}, "weight_kg", "out-of-range"),
        ({"weight_kg": Decimal("NaN")}, "weight_kg", "out-of-range"),
        ({"formula": "dose"}, "formula", "unknown-formula"),
        ({"formula": None}, "formula", "missing"),
        ({"formula": 3}, "formula", "not-a-text"),
    ],
)
def test_bad_input_is_named_and_nothing_is_filled_in(change: dict[str, object], place: str, expected: str) -> None:
    assert code({**ONE_LINE, **change}) == (place, expected)


STANDARD = {"weekend_closed": True, "belgian_legal_holidays_closed": True, "local_closures": [], "extra_open_days": []}
DAILY = {
    "formula": "dates", "rule": "rt_daily", "start": "2026-09-09", "fractions": 1, "dose_per_fraction_gy": 8,
    "emergency_first_fraction": False, "calendar": STANDARD,
}  # fmt: skip
EVERY = {
    "formula": "dates", "rule": "fixed_interval", "start": "2026-09-09", "interval_days": 28, "count": 2, "anchor": "planned",
    "shift": "later", "window": None,
}  # fmt: skip

ON_OFF = {"formula": "dates", "rule": "on_off_cycle", "start": "2026-08-31", "on_days": 21, "off_days": 7, "cycles": 1}


@pytest.mark.parametrize(
    ("given", "place", "expected"),
    [
        ({**DAILY, "rule": "rt_hourly"}, "rule", "unknown-rule"),
        ({**DAILY, "start": "09/09/2026"}, "start", "not-a-date"),
        ({**DAILY, "start": "2026-02-29"}, "start", "no-such-date"),
        ({**DAILY, "start": "1026-02-28"}, "start", "not-a-date"),
        ({**DAILY, "fractions": "1.5"}, "fractions", "not-a-whole-number"),
        ({**DAILY, "fractions": 0}, "fractions", "out-of-range"),
        ({**DAILY, "emergency_first_fraction": "no"}, "emergency_first_fraction", "not-true-or-false"),
        ({**DAILY, "calendar": {**STANDARD, "local_closures": ["2026-13-01"]}}, "calendar.local_closures[0]", "no-such-date"),
        ({**DAILY, "calendar": {**STANDARD, "bridge": []}}, "calendar.bridge", "unknown-key"),
        ({**DAILY, "calendar": []}, "calendar", "not-an-object"),
        ({**EVERY, "shift": "sideways"}, "shift", "not-an-option"),
        ({**EVERY, "shift": "window"}, "window", "not-a-window"),
        ({**EVERY, "window": [-3, 3]}, "window", "not-a-window"),
        ({**EVERY, "shift": "window", "window": [1, 3]}, "window", "not-a-window"),
        ({**EVERY, "anchor": None}, "anchor", "missing"),
        ({**ON_OFF, "start": "2199-12-31", "on_days": 3660, "off_days": 3660, "cycles": 520}, "dates", "out-of-range"),
        ({**EVERY, "rule": "min_gap_to_rt"}, "rt_first", "missing"),
    ],
)
def test_bad_date_request_is_named(given: dict[str, object], place: str, expected: str) -> None:
    assert code(given) == (place, expected)


def test_creatinine_is_given_in_one_unit_only() -> None:
    both = {
        "formula": "crcl_cockcroft_gault",
        "age_years": 68,
        "sex": "F",
        "weight_kg": "60",
        "scr_mg_per_dl": "1",
        "scr_umol_per_l": "88.4",
    }
    assert code(both) == ("scr_mg_per_dl", "too-many")
    assert code({key: value for key, value in both.items() if not key.startswith("scr")}) == ("scr_mg_per_dl", "missing")
    assert code({**both, "scr_umol_per_l": None, "sex": None}) == ("sex", "missing")
    assert code({**both, "scr_mg_per_dl": None, "factor": "88"}) == ("factor", "not-an-option")


def test_clearance_in_umol_is_exact_on_a_tenth() -> None:
    # (140 - 68) x 50 x 0.85 x 88.4 / (72 x 85) = 50 x 0.884 = 44.2, although 85 / 88.4 has no end
    found = answer({"formula": "crcl_cockcroft_gault", "age_years": 68, "sex": "F", "weight_kg": "50", "scr_umol_per_l": "85"})
    assert found == {"crcl_ml_per_min": "44.2", "canonical": "44.2"}


def test_carboplatin_without_a_word_about_the_cap_has_no_dose() -> None:
    given: dict[str, object] = {"formula": "calvert", "auc": "5", "gfr_ml_per_min": "150"}
    assert code(given) == ("gfr_cap", "missing")
    # 5 x (150 + 25) = 875; 5 x (125 + 25) = 750
    assert answer({**given, "gfr_cap": None}) == {"dose_mg": "875"}
    assert answer({**given, "gfr_cap": "125"}) == {"dose_mg": "750"}


def test_dose_outside_the_bands_is_refused() -> None:
    assert code({"formula": "nhs_band", "table": "nhs_6mgml_v2", "dose_mg": "27.57"}) == ("dose_mg", "outside-the-table")
    assert code({"formula": "nhs_band", "table": "nhs_6mgml_v2", "dose_mg": "817.41"}) == ("dose_mg", "outside-the-table")
    assert code({"formula": "nhs_band", "table": "nhs_5mgml", "dose_mg": "100"}) == ("table", "not-an-option")
    assert code({"formula": "capecitabine_tablets", "bsa_m2": "1.7", "mg_per_m2": "900", "method": "label_table"}) == (
        "mg_per_m2",
        "outside-the-table",
    )


def test_tablet_method_is_named_as_the_site_decides_it() -> None:
    given = {"formula": "capecitabine_tablets", "bsa_m2": "1.77", "mg_per_m2": "1250"}
    for decided, word in (("label table", "label_table"), ("500 mg only", "500_only")):
        assert answer({**given, "method": decided}) == answer({**given, "method": word})
    assert answer({**given, "method": "label table"}) != answer({**given, "method": "500 mg only"})
    assert code({**given, "method": "nearest"}) == ("method", "not-an-option")


def test_course_that_never_finds_an_open_day_is_refused() -> None:
    on_saturdays = {**DAILY, "rule": "rt_spaced", "min_gap_days": 2, "max_fractions_per_iso_week": 1, "allowed_weekdays": ["Sat"]}
    del on_saturdays["emergency_first_fraction"]
    assert code(on_saturdays) == ("calendar", "no-open-day")


def test_stream_goes_on_after_bad_lines_and_keeps_the_order() -> None:
    lines = [
        '{"formula": "bmi", "weight_kg": "56.25", "height_cm": "150"}\n',
        "weight 70\n",
        "\n",
        "[1]\n",
        '{"formula": "bmi"}\n',
    ]
    lines += ['{"formula": "bmi", "formula": "bmi"}\n', '{"formula": "bmi", "weight_kg": NaN}\n', "[" * 100_000 + "\n"]
    lines += ['{"formula": "unit_albumin", "g_per_dl": 3.3}\n']
    written = io.StringIO()
    assert run(lines, written) == 2
    answers = [json.loads(line) for line in written.getvalue().splitlines()]
    assert answers[0] == {"bmi": "25"}
    assert [found["error"]["code"] for found in answers[1:-1]] == [
        "not-json",
        "not-an-object",
        "missing",
        "given-twice",
        "not-json",
        "not-json",
    ]
    assert answers[1]["error"]["place"] == "line 2"
    assert answers[-1] == {"g_per_l": "33"}


def test_stream_of_bytes_survives_what_is_no_text() -> None:
    written = io.StringIO()
    assert run([b'\xff{"formula"\n', b'\xef\xbb\xbf{"formula": "unit_albumin", "g_per_dl": "3.3"}\r\n'], written) == 2
    first, second = map(json.loads, written.getvalue().splitlines())
    assert (first["error"]["place"], first["error"]["code"]) == ("line 1", "not-json")
    assert second == {"g_per_l": "33"}


def test_names_of_days_arrive_in_any_code_page() -> None:
    written = io.StringIO()
    run([json.dumps({"formula": "dates", "rule": "format_full", "date": "2028-02-29"})], written)
    assert written.getvalue().isascii()
    assert json.loads(written.getvalue())["fr"] == "mardi 29 février 2028"


def test_stream_without_a_bad_line_ends_well() -> None:
    assert run([json.dumps(ONE_LINE)], io.StringIO()) == 0
    assert "error" not in answer_line(json.dumps(ONE_LINE), 1)


JUNK = some.one_of(
    some.none(), some.booleans(), some.integers(), some.floats(), some.decimals(), some.text(max_size=12), some.dates().map(str),
    some.lists(some.one_of(some.integers(), some.text(max_size=3)), max_size=3), some.just({}),
    some.just("NaN"), some.just("1e9"),
)  # fmt: skip


@given(case=some.sampled_from(cases()), junk=JUNK, data=some.data())
def test_whatever_a_key_holds_the_answer_is_an_answer_or_a_named_error(
    case: dict[str, Any], junk: object, data: some.DataObject
) -> None:
    request = {"formula": case["formula"], **case["given"]}
    found = answer({**request, data.draw(some.sampled_from(sorted(request))): junk})
    json.dumps(found)
    if "error" in found:
        assert set(found) == {"error"}
        assert all(isinstance(part, str) for part in found["error"].values())


def test_lower_of_ideal_and_actual_weight() -> None:
    # 163 cm: 45.5 + 2.3 x (163 / 2.54 - 60) = 55.098425 kg, so 52 kg stays and 112 kg does not
    given_patient = {
        "formula": "crcl_cg_weight_variants",
        "age_years": 61,
        "sex": "F",
        "height_cm": "163",
        "scr_mg_per_dl": "0.82",
    }
    rule = {"weight_rule": "min(ideal, actual)"}
    assert answer({**given_patient, **rule, "weight_kg": "52"})["weight_used_kg"] == "52"
    assert answer({**given_patient, **rule, "weight_kg": "112"})["weight_used_kg"] == "55.0984251969"


def test_adjusted_weight_with_another_fraction() -> None:
    # 40 + 0.3 x (50 - 40) = 43
    assert answer({"formula": "adjusted_weight", "weight_kg": "50", "ibw_kg": "40", "f": "0.3"}) == {"adjusted_kg": "43"}


@pytest.mark.parametrize(
    ("clearance", "dose", "action"),
    [("50", "1600", "give"), ("49.9", "1200", "give"), ("30", "1200", "give"), ("29.9", "800", "give"), ("10", "800", "give"),
     ("9.9", None, "do_not_compute")],
)  # fmt: skip
def test_clodronate_below_its_last_figure_is_not_computed(clearance: str, dose: str | None, action: str) -> None:
    assert answer({"formula": "clodronate_oral", "canonical_crcl": clearance}) == {"dose_mg_per_day": dose, "action": action}


def shared_requests() -> list[tuple[str, dict[str, Any], dict[str, Any], Decimal]]:
    """The reference vectors that lie beside this checkout, where they do, as requests."""
    if not SHARED.is_dir():
        return []
    found = []
    groups = json.loads((SHARED / "endocrine_bone_renal.json").read_text("utf-8"), parse_float=Decimal)["groups"]
    for group in groups:
        for vector in group["vectors"] if group["id"] in FORMULAS else ():
            # A surface vector names its formula by the key that names the calculation.
            given = {"formula": group["id"], **vector["input"]}
            expected = {key: value for key, value in vector["expected"].items() if key in answer(given)}
            published = vector["kind"] == "published" and "published_value" in vector["expected"]
            within = Decimal("0.000001") if published else Decimal(vector.get("tolerance_abs", "0"))
            found.append((vector["id"], given, expected, within))
    vectors = json.loads((SHARED / "radiotherapy_calendar.json").read_text("utf-8"), parse_float=Decimal)["vectors"]
    found += [(vector["id"], {"formula": "dates", **vector["input"]}, vector["expected"], Decimal(0)) for vector in vectors]
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the reference vectors do not lie beside this checkout")
def test_no_difference_with_the_reference_vectors() -> None:
    wrong = {id: found for id, given, expected, within in shared_requests() if (found := differences(given, expected, within))}
    unanswered = [id for id, given, _, _ in shared_requests() if "error" in answer(given)]
    assert wrong == {}
    assert unanswered == []
