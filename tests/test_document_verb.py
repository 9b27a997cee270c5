"""`mbc-desktop document`: every sheet by its name, as PDF or text; what cannot be is said in one line and nothing is written."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date
from pathlib import Path

import pytest

from mbc_desktop import document_verb
from mbc_desktop.documents.registry import KINDS
from tests.planning.treatments import course, irradiation, treatment

TODAY = date(2026, 3, 2)
OF_THIS_PLAN = [kind for kind in document_verb.OF_A_PLAN if kind != "intrathecal_sheet"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "anna.mbc.json"
    path.write_text(json.dumps(treatment(course("palbociclib-letrozole"), irradiation("5x4", start="2026-03-09"), days=60)))
    return path


class Run:
    """One call of the verb: its code, what it said, what it complained of."""

    def __init__(self, *arguments: object) -> None:
        parser = argparse.ArgumentParser()
        document_verb.add_parser(parser.add_subparsers())
        out, complaints = io.StringIO(), io.StringIO()
        parsed = parser.parse_args(["document", *map(str, arguments)])
        self.code = document_verb.run_document(parsed, today=TODAY, out=out, complain=complaints)
        self.out, self.complaints = out.getvalue(), complaints.getvalue()


def test_the_verb_knows_every_sort_of_sheet_of_a_plan() -> None:
    assert set(document_verb.OF_A_PLAN) == set(KINDS)


@pytest.mark.parametrize("kind", [*OF_THIS_PLAN, *document_verb.OF_A_DAY, "print_set"])
def test_every_sheet_is_made_by_its_name(kind: str, file: Path, tmp_path: Path) -> None:
    run = Run(kind, file, "--out", tmp_path / "made", "--day", "2026-03-09", "--by", "NV")
    assert (run.code, run.complaints) == (0, "")
    made = [Path(line) for line in run.out.splitlines()]
    assert made
    assert all(path.read_bytes().startswith(b"%PDF") for path in made)
    assert not any("voorbeeld" in path.name.lower() for path in made)


def test_the_decisions_of_the_hospital_need_no_treatment(tmp_path: Path) -> None:
    run = Run("site_decisions", "--out", tmp_path)
    assert (run.code, (tmp_path / "site-decisions.pdf").exists()) == (0, True)


def test_a_sheet_about_one_drug_as_text_in_another_language(file: Path) -> None:
    run = Run("instruction_sheet", file, "--about", "letrozole", "--text", "--language", "fr")
    assert run.code == 0
    assert "létrozole (Femara)" in run.out
    assert "palbociclib (Ibrance)" not in run.out


def test_without_a_name_nothing_tells_who_the_patient_is(file: Path) -> None:
    run = Run("patient_calendar", file, "--text", "--without-name")
    patient = json.loads(file.read_text())["patient"]
    assert run.code == 0
    for told in (patient["family_name"], patient["given_name"], patient["number"]):
        assert told.lower() not in run.out.lower()


def test_what_left_the_program_is_noted_once_in_the_file(file: Path, tmp_path: Path) -> None:
    for _ in range(2):
        Run("print_set", file, "--out", tmp_path, "--by", "NV")
    prints = json.loads(file.read_text())["prints"]
    assert [(item["document"], item.get("subject", "")) for item in prints] == [
        ("patient_calendar", ""),
        ("instruction_sheet", "letrozole"),
        ("instruction_sheet", "palbociclib"),
        ("radiotherapy_sheet", "r1"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("patient_calendar",), "name the treatment file"),
        (("instruction_sheet", "FILE", "--about", "fulvestrant"), "holds nothing for instruction_sheet fulvestrant"),
        (("radiotherapy_card", "FILE", "--about", "c1"), "holds nothing"),
        (("patient_calendar", "nowhere.json"), "nowhere.json"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(arguments: tuple[str, ...], said: str, file: Path, tmp_path: Path) -> None:
    run = Run(*(file if word == "FILE" else word for word in arguments), "--out", tmp_path / "made")
    assert (run.code, run.out, run.complaints.count("\n")) == (2, "", 1)
    assert said in run.complaints
    assert not (tmp_path / "made").exists()


def test_a_name_that_cannot_be_printed_is_refused_by_the_character(file: Path, tmp_path: Path) -> None:
    content = json.loads(file.read_text())
    content["patient"]["given_name"] = "李"
    file.write_text(json.dumps(content))
    run = Run("patient_calendar", file, "--out", tmp_path / "made")
    assert (run.code, "U+674E" in run.complaints, (tmp_path / "made").exists()) == (2, True, False)


def test_the_sheets_of_many_patients_are_the_same_as_one_by_one(tmp_path: Path) -> None:
    names = [f"p{number:02}" for number in range(document_verb.MANY)]
    for number, name in enumerate(names):
        text = json.dumps(treatment(course("letrozole"), days=20))
        (tmp_path / f"{name}.mbc.json").write_text(text.replace("0012345", f"00123{number:02}"), encoding="utf-8")
    chinese = tmp_path / "p99.mbc.json"
    chinese.write_text(json.dumps(treatment(course("letrozole"), days=20)).replace('"Anna"', '"李"'), encoding="utf-8")
    files = [tmp_path / f"{name}.mbc.json" for name in names]
    copy = tmp_path / "copy" / files[7].name
    copy.parent.mkdir()
    copy.write_bytes(files[7].read_bytes())
    assert Run("patient_calendar", copy, "--out", tmp_path / "one").code == 0
    many = Run("patient_calendar", *files, chinese, "--out", tmp_path / "many")
    assert many.code == 2
    assert (many.complaints.count("\n"), "U+674E" in many.complaints, "p99" in many.complaints) == (1, True, True)
    made = sorted(path.name for path in (tmp_path / "many").iterdir())
    assert made == [f"{name}-patient-calendar.pdf" for name in names]
    assert sorted(many.out.splitlines()) == [str(tmp_path / "many" / name) for name in made]
    assert json.loads(files[7].read_text("utf-8"))["prints"][0]["document"] == "patient_calendar"
    assert "prints" not in json.loads(chinese.read_text("utf-8"))
    assert (tmp_path / "many" / made[7]).read_bytes() == (tmp_path / "one" / made[7]).read_bytes()
