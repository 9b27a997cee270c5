"""`mbc-desktop library`: what it prints, for people and for programs, and what bad folders and ids get."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from mbc_desktop.cli import main
from mbc_desktop.core.folders import find_schedules

Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *words: str) -> tuple[int, str, str]:
    code = main(["library", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_check_says_that_all_files_are_good(capsys: Capture) -> None:
    code, out, _ = run(capsys, "check")
    assert code == 0
    assert "files are good" in out
    assert re.search(r"[0-9]+ regimens, 14 radiotherapy", out)


def test_check_gives_hashes_to_programs(capsys: Capture) -> None:
    code, out, _ = run(capsys, "check", "--json")
    answer = json.loads(out)
    assert code == 0
    assert len(answer["fingerprint"]) == 64
    assert "drugs/fulvestrant.toml" in answer["files"]


def test_check_of_a_bad_folder_is_one_line_with_file_place_and_reason(capsys: Capture, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(find_schedules(), folder)
    path = folder / "drugs" / "zoledronic-acid.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('dose = "3.5"', 'dose = "3,5"'), encoding="utf-8")
    code, out, err = run(capsys, "check", "--library", str(folder))
    assert (code, out) == (2, "")
    assert err.startswith("own/drugs/zoledronic-acid.toml: adjust[0].rows[1].dose: not a number")
    assert err.count("\n") == 1


def test_check_of_a_folder_that_is_not_there(capsys: Capture, tmp_path: Path) -> None:
    code, _, err = run(capsys, "check", "--library", str(tmp_path / "nowhere"))
    assert (code, err) == (2, "nowhere: is not a folder\n")


def test_list_names_every_item_once(capsys: Capture) -> None:
    code, out, _ = run(capsys, "list", "--json")
    rows = json.loads(out)
    assert code == 0
    assert len(rows) == len({(row["kind"], row["id"]) for row in rows})
    assert {row["kind"] for row in rows} == {"drugs", "regimens", "radiotherapy", "decisions"}


@pytest.mark.parametrize(
    ("kind", "id"), [("drugs", "letrozole"), ("regimens", "fulvestrant"), ("radiotherapy", "8x7.5"), ("decisions", "bsa_formula")]
)
def test_list_of_one_kind(kind: str, id: str, capsys: Capture) -> None:
    code, out, _ = run(capsys, "list", "--kind", kind)
    assert code == 0
    lines = out.splitlines()
    assert all(line.startswith(kind) for line in lines)
    assert any(line.split()[1] == id for line in lines)


def test_list_stands_in_columns_without_blanks_at_the_end(capsys: Capture) -> None:
    _, out, _ = run(capsys, "list", "--kind", "radiotherapy")
    lines = out.splitlines()
    assert len({line.index("draft") for line in lines}) == 1
    assert all(line == line.rstrip() for line in lines)


def test_show_of_an_id_that_drug_and_regimen_share_shows_both(capsys: Capture) -> None:
    code, out, _ = run(capsys, "show", "fulvestrant")
    assert code == 0
    assert "drugs/fulvestrant\n" in out
    assert "regimens/fulvestrant\n" in out
    assert out.count("sha256: ") == 2
    assert "cycles: 1, end" in out


def test_show_for_programs_keeps_numbers_as_text(capsys: Capture) -> None:
    _, out, _ = run(capsys, "show", "zoledronic-acid", "--json")
    rows = json.loads(out)["drugs"]["adjust"][0]["rows"]
    assert rows[1] == {"outcome": {"action": "give", "dose": "3.5", "severity": "caution"}, "at_least": "50"}


def test_show_of_a_decision_by_its_key(capsys: Capture) -> None:
    _, out, _ = run(capsys, "show", "maintenance_interval")
    assert "id: E1" in out
    assert "options: 28 days, 1 month" in out


def test_show_of_nothing_says_so(capsys: Capture) -> None:
    code, out, err = run(capsys, "show", "nothing")
    assert (code, out) == (2, "")
    assert err == "library: holds no drug, regimen, course, decision or source nothing\n"


def test_unconfirmed_lists_file_place_and_source(capsys: Capture) -> None:
    code, out, _ = run(capsys, "unconfirmed")
    assert code == 0
    assert ["drugs/ribociclib.toml", "adjust[0]", "kisqali_uk"] in [line.split() for line in out.splitlines()]
    _, out, _ = run(capsys, "unconfirmed", "--json")
    assert {"file": "drugs/ribociclib.toml", "place": "adjust[0]", "source": "kisqali_uk"} in json.loads(out)


def test_decisions_without_a_hospital_show_what_is_preselected(capsys: Capture) -> None:
    _, out, _ = run(capsys, "decisions", "--json")
    rows = {row["key"]: row for row in json.loads(out)}
    assert (rows["maintenance_interval"]["state"], rows["maintenance_interval"]["answer"]) == ("preselected", "28 days")
    assert (rows["mpa_daily_dose"]["state"], rows["mpa_daily_dose"]["answer"]) == ("needs a choice", "-")
    assert rows["tc_weekly"]["state"] == "locked"


def test_decisions_of_a_hospital_show_who_answered_and_when(capsys: Capture, tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text(
        '[decisions]\nmaintenance_interval = { value = "1 month", by = "pharmacy", on = 2026-11-23 }\n', encoding="utf-8"
    )
    code, out, _ = run(capsys, "decisions", "--site", str(site), "--json")
    row = next(row for row in json.loads(out) if row["key"] == "maintenance_interval")
    assert code == 0
    assert (row["state"], row["answer"], row["by"]) == ("decided", "1 month", "pharmacy 2026-11-23")


def test_an_answer_that_is_no_option_is_refused(capsys: Capture, tmp_path: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text('[decisions]\nmaintenance_interval = "monthly"\n', encoding="utf-8")
    code, _, err = run(capsys, "decisions", "--site", str(site))
    assert (code, err) == (2, "site.toml: decisions.maintenance_interval: monthly is none of: 28 days, 1 month\n")


def test_a_hospital_file_that_is_not_there(capsys: Capture, tmp_path: Path) -> None:
    code, _, err = run(capsys, "decisions", "--site", str(tmp_path / "none.toml"))
    assert code == 2
    assert err.startswith("none.toml: cannot be read")


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_open_question_is_read_aloud_with_its_reason_and_options(language: str, capsys: Capture) -> None:
    code, out, _ = run(capsys, "decisions", "--language", language)
    assert code == 0
    assert "(tc_weekly)" in out
    assert "  - docetaxel-cyclophosphamide" in out
    assert "  tc-weekly" in out.splitlines()


def test_a_question_names_the_regimens_that_depend_on_it(capsys: Capture) -> None:
    _, out, _ = run(capsys, "decisions", "--json")
    rows = {row["key"]: row for row in json.loads(out)}
    assert rows["docetaxel_dose"]["regimens"].split() == ["docetaxel", "trastuzumab-docetaxel"]
    assert "fulvestrant" in rows["maintenance_interval"]["regimens"].split()


def test_what_the_guideline_does_not_name_is_listed_alone(capsys: Capture) -> None:
    _, out, _ = run(capsys, "list", "--not-in-guideline", "--json")
    assert {row["id"] for row in json.loads(out)} == {
        "alpelisib-fulvestrant", "capivasertib-fulvestrant", "elacestrant", "pamidronate", "clodronate",
    }  # fmt: skip
