"""`parse`: every case in four locales, the same answer; bad questions get one clear line."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date

import pytest

from mbc_desktop.parse_verb import ParseError, add_parser, answer, answer_lines, run_parse
from tests.typed_cases import LOCALES, TODAY, TypedCase, shared_cases, typed_cases


def differences(cases: tuple[TypedCase, ...], locale: str) -> list[str]:
    found = []
    for case in cases:
        said = answer(case.field, case.text, locale, today=TODAY, context=dict(case.context))
        if (said["verdict"], said["value"], said["reason"]) != (case.verdict, case.value, case.reason):
            found.append(f"{case}: {case.verdict} {case.value} {case.reason}, not {said}")
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_every_case_gives_its_verdict_in_every_locale(locale: str) -> None:
    assert differences(typed_cases(), locale) == []


def test_the_shared_corpus_agrees_where_it_is_present() -> None:
    assert differences(shared_cases(), "nl_BE") == []


def ask(*lines: object, today: date = TODAY) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    raw = [line if isinstance(line, bytes) else f"{json.dumps(line)}\n".encode() for line in lines]
    code = answer_lines(raw, out, today=today)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_stream_answers_in_order_and_gives_the_unit_of_the_field() -> None:
    code, said = ask(
        {"field": "weight", "text": "70,50", "locale": "nl_BE"},
        {"field": "start_date", "text": "4/3/2026", "locale": "en_GB"},
        {"field": "rt_fractions", "text": "14"},
    )
    assert code == 0
    assert said == [
        {"verdict": "accept", "value": "70.5", "unit": "kg", "reason": None},
        {"verdict": "accept", "value": "2026-03-04", "unit": None, "reason": None},
        {"verdict": "warn", "value": "14", "unit": "", "reason": "ABOVE_SOFT_LIMIT"},
    ]


def test_a_question_may_bring_its_own_today() -> None:
    # 23 February 2026 is 7 days before 2 March and 8 days before 3 March.
    code, said = ask(
        {"field": "lab_date", "text": "23/2/2026"},
        {"field": "lab_date", "text": "23/2/2026", "today": "2026-03-03"},
    )
    assert code == 0
    assert [line["reason"] for line in said] == [None, "STALE_OVER_7_DAYS"]


@pytest.mark.parametrize(
    ("line", "place", "code"),
    [
        (b"{", "line 1, character 2", "not-json"),
        (b"[]", "line 1, text", "not-json"),
        (b"[" * 100_000, "line 1, text", "not-json"),
        (b'{"field": "weight", "text": "\xff"}', "line 1, text", "not-utf-8"),
        (b'{"field": "weight", "text": "70", "text": "80"}', "line 1, text", "repeated-key"),
        ({"field": "weight"}, "line 1, text", "missing-key"),
        ({"text": "70"}, "line 1, field", "missing-key"),
        ({"field": "wieght", "text": "70"}, "line 1, field", "unknown-field"),
        ({"field": "weight", "text": 70}, "line 1, text", "wrong-type"),
        ({"field": "weight", "text": None}, "line 1, text", "wrong-type"),
        ({"field": "weight", "text": "70", "unit": "kg"}, "line 1, unit", "unknown-key"),
        ({"field": "weight", "text": "70", "today": "2/3/2026"}, "line 1, today", "not-a-date"),
        ({"field": "weight", "text": "70", "today": "2026-02-30"}, "line 1, today", "not-a-date"),
        ({"field": "weight", "text": "70", "context": "x"}, "line 1, context", "wrong-type"),
        ({"field": "weight", "text": "70", "context": {"colour": "x"}}, "line 1, context.colour", "unknown-key"),
        (
            {"field": "dose_override_mg", "text": "70", "context": {"calculated_mg": 7}},
            "line 1, context.calculated_mg",
            "wrong-type",
        ),
        (
            {"field": "dose_override_mg", "text": "70", "context": {"calculated_mg": "7e9"}},
            "line 1, context.calculated_mg",
            "not-a-number",
        ),
        ({"field": "insz", "text": "70", "context": {"sex": "F"}}, "line 1, context.sex", "not-a-sex"),
    ],
)
def test_a_bad_line_is_answered_in_its_place_and_the_stream_goes_on(line: object, place: str, code: str) -> None:
    exit_code, said = ask(line, b"\n", {"field": "weight", "text": "70"})
    assert exit_code == 2
    error = said[0]["error"]
    assert isinstance(error, dict)
    assert (error["place"], error["code"]) == (place, code)
    assert error["text"]
    assert said[1:] == [{"verdict": "accept", "value": "70", "unit": "kg", "reason": None}]


def test_half_a_surrogate_pair_is_a_control_character_and_breaks_nothing() -> None:
    code, said = ask(b'{"field": "note", "text": "\\ud800"}')
    assert (code, said[0]["reason"]) == (0, "CONTROL_CHAR")


def run(*words: str, lines: bytes = b"") -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    out, complain = io.StringIO(), io.StringIO()
    code = run_parse(parser.parse_args(["parse", *words]), today=TODAY, lines=io.BytesIO(lines), out=out, complain=complain)
    return code, out.getvalue(), complain.getvalue()


def test_one_text_on_the_command_line() -> None:
    code, out, complain = run("creatinine_mg_dl", "75", "--locale", "nl_BE")
    assert (code, complain) == (0, "")
    assert json.loads(out) == {"verdict": "reject", "value": None, "unit": "mg/dL", "reason": "UNIT_SUSPECT_UMOL_L"}


def test_a_sign_and_an_empty_text_reach_the_field() -> None:
    assert json.loads(run("weight", "-70")[1])["reason"] == "SIGN"
    assert json.loads(run("weight", "")[1])["reason"] == "EMPTY"
    assert json.loads(run("weight", "-")[1])["reason"] == "SIGN"


def test_the_context_on_the_command_line() -> None:
    # 133.36 is 105.008 % of 127.
    assert (
        json.loads(run("dose_override_mg", "133,36", "--context", "calculated_mg=127")[1])["reason"] == "DIFFERS_MORE_THAN_5_PCT"
    )


def test_a_single_hyphen_reads_lines() -> None:
    code, out, _ = run("-", lines=b'{"field": "weight", "text": "70,5"}\n')
    assert (code, json.loads(out)["value"]) == (0, "70.5")


@pytest.mark.parametrize("words", [("wieght", "70"), ("weight",), ("weight", "70", "--context", "sex")])
def test_a_question_without_an_answer_gives_one_line_and_exit_2(words: tuple[str, ...]) -> None:
    code, out, complain = run(*words)
    assert (code, out, complain.count("\n")) == (2, "", 1)


def test_an_unknown_field_names_the_fields_there_are() -> None:
    with pytest.raises(ParseError) as error:
        answer("wieght", "70", today=TODAY)
    assert error.value.code == "unknown-field"
    assert "weight" in error.value.text
