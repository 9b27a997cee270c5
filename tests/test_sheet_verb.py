"""`mbc-desktop sheet check`: codes as people type them, exit codes, the answer in the language of the sheets."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date
from pathlib import Path

import pytest

from mbc_desktop import cli, plan_verb, sheet_verb
from mbc_desktop.planning.comparison.fingerprint import printed_code
from tests.planning.treatments import File, course, event, plan_of, treatment

TODAY = date(2026, 3, 2)


def check(code: str, path: Path, *more: str) -> tuple[int, str, str]:
    """Exit code, answer, complaints."""
    parser = argparse.ArgumentParser()
    sheet_verb.add_parser(parser.add_subparsers())
    out, complaints = io.StringIO(), io.StringIO()
    arguments = parser.parse_args(["sheet", "check", code, str(path), *more])
    return sheet_verb.run_sheet(arguments, today=TODAY, out=out, complain=complaints), out.getvalue(), complaints.getvalue()


def print_sheets(path: Path, folder: Path) -> str:
    """Makes the sheets of the file as `plan --pdf` does; gives what it complained about."""
    parser = argparse.ArgumentParser()
    plan_verb.add_parser(parser.add_subparsers())
    complaints = io.StringIO()
    arguments = parser.parse_args(["plan", str(path), "--pdf", str(folder), "--by", "NV", "--jsonl"])
    plan_verb.run_plan(arguments, today=TODAY, lines=io.BytesIO(), out=io.StringIO(), complain=complaints)
    return complaints.getvalue()


def sound(**more: object) -> File:
    return treatment(course("fulvestrant"), days=60, **more)  # type: ignore[arg-type]


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """A treatment file whose sheets have left the program."""
    path = tmp_path / "a.mbc.json"
    path.write_text(json.dumps(sound()), encoding="utf-8")
    print_sheets(path, tmp_path)
    return path


def later_by_three_days(path: Path) -> None:
    """The second administration, 16 March, comes on 19 March."""
    content = json.loads(path.read_text(encoding="utf-8"))
    late = event("delay", "2026-03-02", drug="fulvestrant", number=2, days=3, scope="this", reason="patient")
    path.write_text(json.dumps(content | {"events": [late]}), encoding="utf-8")


def test_making_sheets_notes_them_in_the_file_and_leaves_the_rest(printed: Path) -> None:
    content = json.loads(printed.read_text(encoding="utf-8"))
    prints = content.pop("prints")
    assert content == sound()
    assert [(one["document"], one["on"], one["by"]) for one in prints] == [
        ("patient_calendar", "2026-03-02", "NV"),
        ("check_sheet", "2026-03-02", "NV"),
    ]


def test_making_the_same_sheets_again_changes_neither_file_nor_sheets(tmp_path: Path, printed: Path) -> None:
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    print_sheets(printed, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_that_cannot_be_written_still_gives_its_sheets_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mbc.json"
    path.write_text(json.dumps(sound()), encoding="utf-8")
    write = plan_verb.write_file_safely

    def refuse(target: Path, content: bytes) -> None:
        if target == path:
            raise PermissionError(13, "Permission denied")
        write(target, content)

    monkeypatch.setattr(plan_verb, "write_file_safely", refuse)
    complaints = print_sheets(path, tmp_path / "sheets").splitlines()
    assert len(list((tmp_path / "sheets").glob("*.pdf"))) == 2
    assert complaints[-1].startswith("a.mbc.json: ")
    assert "Permission denied" in complaints[-1]


def typed(code: str) -> list[str]:
    """The code as people type it."""
    return [code, code.lower(), code.replace("-", ""), code.replace("-", " "), code.replace("0", "O").replace("1", "l")]


@pytest.mark.parametrize("way", range(5))
def test_a_current_sheet_exits_0_however_its_code_is_typed(printed: Path, way: int) -> None:
    code, out, complaints = check(typed(plan_of(sound()).code)[way], printed)
    assert (code, complaints) == (0, "")
    assert out.splitlines()[0].startswith("Dit blad geldt:")


def test_a_replaced_sheet_exits_3_with_the_count_and_each_change(printed: Path) -> None:
    later_by_three_days(printed)
    code, out, _ = check(plan_of(sound()).code, printed)
    lines = out.replace("\u00a0", " ").splitlines()
    assert code == 3
    assert "NIET MEER" in lines[0]
    assert lines[-2:] == [
        "1 datum veranderd sinds maandag 2 maart 2026:",
        "Fulvestrant, toediening 2: do 19/03/2026 in plaats van ma 16/03/2026",
    ]


def test_the_answer_speaks_the_language_of_the_sheets(printed: Path) -> None:
    content = json.loads(printed.read_text(encoding="utf-8"))
    printed.write_text(json.dumps(content | {"language": "en"}), encoding="utf-8")
    later_by_three_days(printed)
    assert "1 date changed since Monday 2 March 2026" in check(plan_of(sound()).code, printed)[1]


def test_a_code_of_another_treatment_exits_3(printed: Path) -> None:
    other = plan_of(treatment(course("zoledronic-acid"))).code
    code, out, _ = check(other, printed)
    assert code == 3
    assert other in out


@pytest.mark.parametrize("text", ["", "7K3QX", "7K3QX-9M2TA-", "UUUUU-UUUUU-U"])
def test_a_code_that_is_not_complete_exits_2_with_one_line(printed: Path, text: str) -> None:
    code, out, complaints = check(text, printed)
    assert (code, out, complaints.count("\n")) == (2, "", 1)


def test_a_code_with_one_wrong_sign_exits_2(printed: Path) -> None:
    right = plan_of(sound()).code
    wrong = ("0" if right[0] != "0" else "2") + right[1:]
    assert check(wrong, printed)[0] == 2


def test_a_file_that_is_not_there_or_not_sound_exits_2_with_one_line(tmp_path: Path) -> None:
    right = plan_of(sound()).code
    broken = tmp_path / "broken.mbc.json"
    broken.write_text("{", encoding="utf-8")
    for path in (tmp_path / "none.mbc.json", broken):
        code, out, complaints = check(right, path)
        assert (code, out, complaints.count("\n")) == (2, "", 1)
        assert path.name in complaints


def test_a_library_that_is_not_there_exits_2(tmp_path: Path, printed: Path) -> None:
    code, _, complaints = check(plan_of(sound()).code, printed, "--library", str(tmp_path / "none"))
    assert (code, complaints.count("\n")) == (2, 1)


def test_the_command_line_knows_the_verb(printed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sheet", "check", plan_of(sound()).code, str(printed)]) == 0
    assert "Dit blad geldt" in capsys.readouterr().out


def test_a_sheet_of_one_drug_is_known_by_its_drug_and_by_what_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "drug.mbc.json"
    path.write_text(json.dumps(treatment(course("palbociclib-letrozole"), days=60)), encoding="utf-8")
    assert cli.main(["document", "instruction_sheet", str(path), "--about", "palbociclib", "--out", str(tmp_path)]) == 0
    kept = json.loads(path.read_text(encoding="utf-8"))
    (known,) = kept["prints"]
    assert (known["document"], known["subject"]) == ("instruction_sheet", "palbociclib")
    code = printed_code(known["fingerprint"])
    named = "Uitleg bij uw geneesmiddel: palbociclib, gemaakt op"
    exit_code, answer, _ = check(code, path)
    assert (exit_code, "Dit blad geldt:" in answer, named in answer) == (0, True, True)
    ceased = event("cease", "2026-03-02", drug="palbociclib", **{"from": "2026-03-16"}, reason="toxicity")
    path.write_text(json.dumps(kept | {"events": [ceased]}), encoding="utf-8")
    exit_code, answer, _ = check(code, path)
    assert (exit_code, "geldt NIET MEER" in answer, named in answer) == (3, True, True)
    assert len([line for line in answer.splitlines() if "albociclib" in line]) > 1
