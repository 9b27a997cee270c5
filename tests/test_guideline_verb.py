"""`mbc-desktop library guideline`: the whole guideline, and its way for one patient, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.cli import main
from tests.planning.treatments import treatment, value

Capture = pytest.CaptureFixture[str]
FACTS = {
    "menopausal_status": "postmenopausal", "er": "negative", "pr": "negative", "her2": "low", "line": "third_or_later",
    "visceral_crisis": "no", "er_from": "metastasis", "er_on": "2026-01-12", "metastases": [{"site": "liver", "lesions": 3}],
    "pd_l1_percent": "0.5",
}  # fmt: skip


def run(capsys: Capture, *words: str) -> tuple[int, str, str]:
    code = main(["library", "guideline", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def file_of(folder: Path, **changes: Any) -> str:
    path = folder / "patient.mbc.json"
    path.write_text(json.dumps(treatment(**({"facts": FACTS} | changes))), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("language", "first", "last"), [("nl", "DOEL VAN DE BEHANDELING", "pamidronate, clodronate"), ("en", "AIMS", "clodronate")]
)
def test_the_whole_guideline_is_shown_in_its_order(language: str, first: str, last: str, capsys: Capture) -> None:
    code, out, _ = run(capsys, "--language", language)
    assert code == 0
    lines = out.splitlines()
    assert lines[1].startswith(first)
    assert lines[-1].endswith(last)


def test_the_guideline_for_programs_has_codes_and_no_sentences(capsys: Capture) -> None:
    code, out, _ = run(capsys, "--json")
    statements = json.loads(out)["statements"]
    assert code == 0
    assert statements[0] == {"id": "goals", "section": "1", "item": 1, "kind": "note"}
    assert len(statements) == 70


def test_the_way_of_one_patient_names_what_applies_and_what_is_weighed(tmp_path: Path, capsys: Capture) -> None:
    earlier = [{"drug": "docetaxel", "until": "2021-06-30"}, {"drug": "mistletoe"}]
    measured = [value("lvef", "55", "%", "2026-02-20")]
    code, out, _ = run(capsys, file_of(tmp_path, history=earlier, measurements=measured), "--language", "en")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "The navigator does not choose. It shows what the guideline says about these facts."
    assert "Chapter 4.1, item 6 (applies): Sacituzumab govitecan from the third line." in lines
    assert "  To consider: ER: negative in a metastasis (12/01/2026)" in lines
    assert "  To consider: earlier treatment: docetaxel (30/06/2021)" in lines
    assert "  To consider: earlier treatment: mistletoe" in lines
    assert "  To consider: ejection fraction (LVEF): 55 % (20/02/2026)" in lines
    assert "  To consider: the patient's preference: not known" in lines
    assert not any(line.startswith("Chapter 2,") for line in lines)


def test_a_fact_that_is_not_known_is_named(tmp_path: Path, capsys: Capture) -> None:
    facts = {key: item for key, item in FACTS.items() if key not in ("her2", "line")}
    _, out, _ = run(capsys, file_of(tmp_path, facts=facts), "--language", "en")
    assert "Chapter 4.1, item 6 (depends on: HER2 and line): Sacituzumab govitecan from the third line." in out.splitlines()


def test_pd_l1_is_shown_as_it_was_reported(tmp_path: Path, capsys: Capture) -> None:
    _, out, _ = run(capsys, file_of(tmp_path, facts=FACTS | {"line": "first"}), "--language", "en")
    assert [line for line in out.splitlines() if "To consider: PD-L1" in line] == [
        "  To consider: PD-L1: 0.5 %",
        "  To consider: PD-L1: not known",
    ]


def test_the_way_for_programs(tmp_path: Path, capsys: Capture) -> None:
    code, out, _ = run(capsys, file_of(tmp_path), "--json")
    found = {item["statement"]["id"]: item for item in json.loads(out)}
    assert code == 0
    assert found["sacituzumab_govitecan"]["holds"] == "yes"
    assert found["sacituzumab_govitecan"]["offers"][0]["id"] == "sacituzumab-govitecan"
    assert found["intrahepatic"]["statement"]["written"] == "intrahepatic"


def test_a_bad_treatment_file_is_one_line(tmp_path: Path, capsys: Capture) -> None:
    code, out, err = run(capsys, file_of(tmp_path, facts={"line": "fourth"}))
    assert (code, out) == (2, "")
    assert err.startswith("facts.line: ")
    assert err.count("\n") == 1
