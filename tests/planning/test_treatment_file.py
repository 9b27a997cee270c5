"""Reading and writing treatment files: what is refused, where and why; JSON and TOML alike; nothing lost on the way."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.core.interval import add_months
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import MOST_BYTES, read_treatment
from mbc_desktop.planning.files.treatment_text import write_treatment
from tests.planning.treatments import TODAY, File, course, irradiation, library, plan_of, request_of, treatment

CASES = Path(__file__).parents[1] / "cases" / "treatments" / "refusals.json"
_STEP = re.compile(r"([a-z][a-z0-9_]*)(?:\[([0-9]+)\])?")


def sound() -> File:
    """A file with nothing wrong: injections and tablets, and radiotherapy."""
    return treatment(course("palbociclib-fulvestrant"), irradiation("10x3"))


def cases() -> list[dict[str, Any]]:
    """Every refusal: a text, or what is set in a sound file (null = taken away), and the place and code it must give."""
    found: list[dict[str, Any]] = json.loads(CASES.read_bytes())
    return found


def set_at(file: Any, path: str, value: object) -> None:
    """Sets, or with None takes away, what stands at a path such as courses[0].start."""
    steps = [(name, number) for name, number in _STEP.findall(path)]
    for name, number in steps[:-1]:
        file = file[name][int(number)] if number else file[name]
    name, _ = steps[-1]
    if value is None:
        del file[name]
    else:
        file[name] = value


def refusal(text: str) -> tuple[str, str, str]:
    """Place, code and sentence of the refusal of a text."""
    with pytest.raises(TreatmentError) as caught:
        read_treatment(text, today=date(2026, 3, 2), library=library())
    return caught.value.place, caught.value.code, caught.value.text


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case["id"]))
def test_what_cannot_be_is_refused_with_its_place(case: dict[str, Any]) -> None:
    text = case.get("text")
    if text is None:
        file = sound()
        for path, value in case["set"].items():
            set_at(file, path, value)
        text = json.dumps(file)
    place, code, sentence = refusal(text)
    assert (place, code) == (case["place"], case["code"])
    assert sentence
    assert "\n" not in sentence


def test_the_sound_file_is_read() -> None:
    assert read_treatment(json.dumps(sound()), today=date(2026, 3, 2), library=library()).today.isoformat() == TODAY


def test_too_large_and_too_deep() -> None:
    assert refusal(" " * (MOST_BYTES + 1))[1] == "FILE_TOO_LARGE"
    assert refusal('{"a":' * 21 + "1" + "}" * 21)[1] == "NESTING_TOO_DEEP"
    assert refusal('{"a":' * 100_000)[1] == "NESTING_TOO_DEEP"
    assert refusal("a = " + "[" * 100_000)[1] in ("NESTING_TOO_DEEP", "NOT_TOML")
    # Twenty levels are read, and then found to hold nothing that a treatment has.
    assert refusal('{"a":' * 20 + "1" + "}" * 20)[1] in ("UNKNOWN_KEY", "MISSING_KEY")


def test_a_whole_number_of_thousands_of_digits() -> None:
    assert refusal('{"format": ' + "9" * 5000 + "}")[1] == "NOT_A_NUMBER"
    assert refusal("format = " + "9" * 5000)[1] == "NOT_A_NUMBER"


def test_half_a_character() -> None:
    file = json.dumps(sound()).replace("Voorbeeld", "Voor\\ud800beeld")
    assert refusal(file)[:2] == ("patient.family_name", "CONTROL_CHAR")


def test_a_mark_of_byte_order_is_no_fault() -> None:
    text = "\ufeff" + json.dumps(sound())
    assert read_treatment(text, today=date(2026, 3, 2), library=library()) == request_of(sound())


def toml(value: Any, name: str = "") -> str:
    """The same content in TOML: tables for objects, inline for what stands in lists."""

    def inline(item: Any) -> str:
        if isinstance(item, dict):
            return "{" + ", ".join(f"{json.dumps(key)} = {inline(inner)}" for key, inner in item.items()) + "}"
        if isinstance(item, list):
            return "[" + ", ".join(inline(inner) for inner in item) + "]"
        return json.dumps(item, ensure_ascii=False)

    return "".join(f"{key} = {inline(item)}\n" for key, item in value.items())


def test_toml_with_the_same_keys_is_the_same_treatment() -> None:
    assert read_treatment(toml(sound()), today=date(2026, 1, 1), library=library()) == request_of(sound())


def test_toml_may_write_days_as_days_but_not_with_a_time() -> None:
    text = toml(sound())
    days = text.replace('"start" = "2026-03-02"', '"start" = 2026-03-02')
    assert days != text
    assert read_treatment(days, today=date(2026, 1, 1), library=library()) == request_of(sound())
    times = text.replace('"start" = "2026-03-02"', '"start" = 2026-03-02T10:00:00')
    assert refusal(times)[:2] == ("courses[0].start", "BAD_VALUE")


def test_the_day_of_the_file_is_obeyed_by_the_command_and_not_by_the_window() -> None:
    text = json.dumps(sound())
    now = date(2026, 3, 5)
    assert read_treatment(text, today=now, library=library()).today.isoformat() == TODAY
    assert read_treatment(text, today=now, library=library(), obey_today=False).today == now


def test_without_a_day_and_a_horizon_the_plan_looks_a_year_ahead_from_today() -> None:
    file = {key: value for key, value in sound().items() if key not in ("today", "horizon")}
    request = read_treatment(json.dumps(file), today=date(2026, 3, 2), library=library())
    assert (request.today, request.horizon) == (date(2026, 3, 2), date(2027, 3, 2))


def test_a_file_of_years_ago_can_still_be_opened() -> None:
    request = read_treatment(json.dumps(sound()), today=date(2029, 1, 1), library=library(), obey_today=False)
    assert request.horizon < request.today


def test_a_full_file_comes_back_as_it_was() -> None:
    """Every key that a file may have, so that none is lost on the way out and in."""
    file = treatment(
        course(
            "fulvestrant",
            cycle=3,
            cycles=30,
            last_given="2026-02-02",
            until="2027-03-01",
            reference_weight="70.5",
            choices={"maintenance_interval": "1 month"},
            pin={"version": "1", "sha256": "a" * 64},
        ),
        irradiation(
            "free",
            region="spine",
            level="T7-T9",
            fractions=6,
            dose="4",
            treatment_time="09:30",
            choices={"days": "Mon Thu"},
        ),
        course("zoledronic-acid", id="c2", phase="treatment"),
        measurements=[
            {
                "kind": "weight", "value": "131.50", "unit": "kg", "on": "2026-03-01",
                "confirmed": {"reason": "weighed twice", "by": "NV"},
            },
            {"kind": "calcium", "value": "2.31", "unit": "mmol/L", "on": "2026-02-27", "low": "2.15", "high": "2.55"},
        ],
        facts={
            "menopausal_status": "perimenopausal", "er": "positive", "pr": "negative", "her2": "low", "child_pugh": "B",
            "dental_check_on": "2026-02-10", "oophorectomy_on": "2020-01-01", "radiocastration_confirmed_on": "2021-01-01",
            "asymptomatic_on": "2026-01-01", "dialysis": "no",
        },
        history=[
            {"drug": "epirubicin", "since": "2021-01-04", "until": "2021-06-30", "cumulative": "300", "unit": "mg/m2"},
            {"radiotherapy": "8x7.5", "region": "lung", "level": "left", "until": "2025-01-30"},
        ],
        events=[
            {"id": "e1", "kind": "given", "course": "c1", "drug": "fulvestrant", "number": 1, "given_on": "2026-03-02",
             "amount": "500", "unit": "mg", "batch": "A1", "on": "2026-03-02", "by": "NV", "note": "left\nright"},
            {"id": "e2", "kind": "delay", "course": "c1", "drug": "fulvestrant", "date": "2026-04-02", "days": 7,
             "scope": "rest_of_treatment", "reason": "toxicity", "grade": 2, "on": "2026-03-02", "by": "NV"},
            {"id": "e3", "kind": "move", "course": "r1", "fraction": 2, "to": "2026-03-10", "on": "2026-03-02", "by": "NV"},
            {"id": "e4", "kind": "hold", "course": "c2", "from": "2026-03-02", "on": "2026-03-02", "by": "NV"},
            {"id": "e5", "kind": "interval", "course": "c2", "drug": "zoledronic-acid", "cycle": 4, "every": "12 weeks",
             "on": "2026-03-02", "by": "NV"},
            {"id": "e6", "kind": "replace", "course": "c2", "regimen": "denosumab", "on": "2026-03-02", "by": "NV"},
            {"id": "e7", "kind": "procedure", "course": "c2", "what": "tooth", "from": "2026-03-20",
             "on": "2026-03-02", "by": "NV"},
            {"id": "e8", "kind": "correct", "course": "c2", "event": "e6", "by_event": "e4", "on": "2026-03-02", "by": "NV"},
            {"id": "e9", "kind": "dose_level", "course": "c1", "level": "-1", "on": "2026-03-02", "by": "NV"},
        ],
        closures=[{"from": "2026-04-07", "until": "2026-04-08", "unit": "day_hospital", "why": "bridge day"}],
        extra_open_days=[{"on": "2026-04-11", "unit": "radiotherapy"}, {"on": "2026-04-12"}],
        absences=[{"from": "2026-07-10", "until": "2026-07-20"}],
        prints=[{"fingerprint": "b" * 64, "document": "patient_calendar", "on": "2026-03-02", "by": "NV", "request": "{}"}],
    )  # fmt: skip
    request = request_of(file)
    written = json.loads(write_treatment(request, with_today=True))
    assert request_of(written) == request
    assert _plain(written) == _plain(file)


def _plain(value: Any) -> Any:
    """Numbers as written without trailing zeros; nothing else is changed on the way."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return "131.5" if value == "131.50" else value


@given(text=some.text(max_size=200))
def test_no_text_makes_the_reader_stumble(text: str) -> None:
    with pytest.raises(TreatmentError):
        read_treatment(text, today=date(2026, 3, 2), library=library())


_values = some.recursive(
    some.none()
    | some.booleans()
    | some.integers()
    | some.text(max_size=12)
    | some.sampled_from(["2026-03-02", "9999-12-31", "1", "-1"]),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.sampled_from(["on", "id", "unit", "kind"]), inner, max_size=3)
    ),
    max_leaves=5,
)
_places = [
    "format", "today", "horizon", "patient", "patient.number", "measurements", "measurements[0].value", "measurements[0].on",
    "measurements[0].unit", "facts", "facts.er", "courses", "courses[0]", "courses[0].start", "courses[0].until",
    "courses[0].cycle", "courses[0].choices", "courses[1].choices", "courses[1].level", "events", "closures",
    "extra_open_days", "absences", "prints", "history",
]  # fmt: skip


@given(path=some.sampled_from(_places), value=_values)
def test_whatever_stands_at_a_key_the_file_is_read_and_planned_or_refused(path: str, value: object) -> None:
    file = sound()
    if value is None or path == "courses[0]":
        file["courses"] = [value]
    else:
        set_at(file, path, value)
    try:
        plan = plan_of(file)
    except TreatmentError:
        return
    assert plan.request.horizon <= plan.request.today + timedelta(days=3660)


def test_horizon_is_at_most_ten_years() -> None:
    ten_years = add_months(date.fromisoformat(TODAY), 120)
    assert request_of(sound() | {"horizon": ten_years.isoformat()}).horizon == ten_years
    longest = date.fromisoformat(TODAY) + timedelta(days=3660)
    assert request_of(sound() | {"horizon": longest.isoformat()}).horizon == longest
    beyond = (longest + timedelta(days=1)).isoformat()
    assert refusal(json.dumps(sound() | {"horizon": beyond}))[:2] == ("horizon", "TOO_FAR")


def test_a_closure_lasts_at_most_two_years() -> None:
    first = date(2026, 4, 8)
    for days, accepted in ((732, True), (733, False)):
        closure = {"from": first.isoformat(), "until": (first + timedelta(days=days)).isoformat()}
        text = json.dumps(sound() | {"closures": [closure]})
        if accepted:
            assert read_treatment(text, today=first, library=library()).closures
        else:
            assert refusal(text)[:2] == ("closures[0].until", "TOO_FAR")


def test_a_unit_that_is_not_known_is_refused_with_those_that_are() -> None:
    text = json.dumps(treatment(course("fulvestrant")) | {
        "measurements": [{"kind": "neutrophils", "value": "3.2", "unit": "10*9/L", "on": "2026-03-01"}]
    })  # fmt: skip
    with pytest.raises(TreatmentError) as refused:
        read_treatment(text, today=date(2026, 3, 2), library=library())
    assert refused.value.place == "measurements[0].unit"
    assert "10^9/L" in refused.value.text
