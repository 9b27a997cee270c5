"""What a treatment file keeps of the sheets that left the program."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from mbc_desktop.planning.comparison.prints import MOST_KEPT, file_with_prints, latest_other, print_of, with_print
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Print
from tests.planning.treatments import TODAY, File, course, library, plan_of, treatment


def plan(start: str = TODAY, **changes: object) -> Plan:
    return plan_of(treatment(course("fulvestrant", start), days=60, **changes))


def entry(fingerprint: str = "a", document: str = "patient_calendar", request: str = "{}", on: date = date(2026, 3, 2)) -> Print:
    return Print(fingerprint=fingerprint * 64, document=document, on=on, by="NV", request=request)


def test_a_print_keeps_the_request_without_the_prints_before_it() -> None:
    first = print_of(plan(), "patient_calendar", by="NV")
    second = print_of(replace(plan(), request=replace(plan().request, prints=(first,))), "patient_calendar", by="NV")
    assert second == first
    assert "prints" not in json.loads(first.request)
    assert (first.fingerprint, first.on) == (plan().fingerprint, date(2026, 3, 2))


def test_the_kept_request_gives_the_same_plan_again() -> None:
    kept = print_of(plan(), "patient_calendar", by="NV")
    again = read_treatment(kept.request, today=kept.on, library=library(), obey_today=False)
    assert again == plan().request


def test_two_documents_of_one_plan_keep_its_request_once() -> None:
    prints = with_print(with_print((), entry()), entry(document="check_sheet"))
    assert [one.request for one in prints] == ["{}", ""]


def test_the_same_sheet_of_the_same_day_is_noted_once() -> None:
    prints = with_print((), entry())
    assert with_print(prints, entry()) == prints
    assert len(with_print(prints, entry(on=date(2026, 3, 3)))) == 2


@pytest.mark.parametrize(("length", "kept"), [(MOST_KEPT // 2, [True, True]), (MOST_KEPT // 2 + 1, [False, True])])
def test_the_oldest_requests_go_when_they_grow_too_large_but_the_sheet_stays_known(length: int, kept: list[bool]) -> None:
    prints = with_print(with_print((), entry("a", request="x" * length)), entry("b", request="y" * length))
    assert [one.fingerprint[0] for one in prints] == ["a", "b"]
    assert [bool(one.request) for one in prints] == kept


def test_the_latest_other_calendar_is_the_one_that_is_replaced() -> None:
    prints = (entry("a"), entry("b"), entry("c", document="check_sheet"), entry("d"))
    assert latest_other(prints, "patient_calendar", "d" * 64) == prints[1]
    assert latest_other(prints[:1], "patient_calendar", "a" * 64) is None


def test_a_json_file_keeps_everything_else_and_is_read_back() -> None:
    file: File = treatment(course("fulvestrant"), days=60)
    text = file_with_prints(json.dumps(file), (), (print_of(plan(), "patient_calendar", by="NV"),))
    content = json.loads(text)
    assert {key: value for key, value in content.items() if key != "prints"} == file
    request = read_treatment(text, today=date(2026, 1, 1), library=library())
    assert [one.fingerprint for one in request.prints] == [plan().fingerprint]


TOML = """format = 1
today = 2026-03-02
[patient]
family_name = "Voorbeeld"
given_name = "Anna \\"Ans\\""
number = "0012345"
birth_date = 1961-01-01
sex = "female"
[[courses]]
id = "c1"
regimen = "fulvestrant"
start = 2026-03-02
"""


def test_a_toml_file_gets_a_table_at_its_end() -> None:
    request = read_treatment(TOML, today=date(2026, 1, 1), library=library())
    calendar = entry(request='{"given_name":"Anna \\"Ans\\" \\u00e9"}')
    text = file_with_prints(TOML, request.prints, (calendar,))
    assert text.startswith(TOML.rstrip())
    assert tomllib.loads(text)["prints"][0]["request"] == calendar.request
    once = read_treatment(text, today=date(2026, 1, 1), library=library())
    assert once.prints == (calendar,)
    twice = file_with_prints(text, once.prints, (calendar, entry("b", request="")))
    assert [one.fingerprint[0] for one in read_treatment(twice, today=date(2026, 1, 1), library=library()).prints] == ["a", "b"]


def test_prints_on_one_line_of_toml_are_refused() -> None:
    with pytest.raises(TreatmentError):
        file_with_prints("prints = [{}]\n" + TOML, (entry(),), (entry("b"),))


def test_nothing_new_leaves_the_text_as_it_is() -> None:
    assert file_with_prints("{ }", (entry(),), (entry(),)) == "{ }"
