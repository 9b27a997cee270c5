"""Treatment files in and out of the window: round trip, bad files, a folder that cannot be written, leaving with unsaved work."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.files import treatment_file
from mbc_desktop.ui.asking import ENDING
from mbc_desktop.ui.keeping.file_particulars import particulars
from mbc_desktop.ui.main_window import MainWindow
from tests.ui.conftest import TODAY, Answers
from tests.ui.driving import add_course, enter_patient, field, retype


def a_file(path: Path, **changes: object) -> Path:
    """A treatment file of an invented patient, with some keys changed."""
    content: dict[str, object] = {
        "format": 1,
        "language": "nl",
        "patient": {
            "family_name": "Voorbeeld", "given_name": "Anna", "number": "0012345", "birth_date": "1961-05-04", "sex": "female",
        },
        "measurements": [{"kind": "weight", "value": "68", "unit": "kg", "on": "2026-03-12"}],
        "courses": [{"id": "c1", "regimen": "fulvestrant", "start": "2026-03-16"}],
    }  # fmt: skip
    path.write_text(json.dumps(content | changes), encoding="utf-8")
    return path


def test_what_was_entered_comes_back_from_the_file(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    enter_patient(window)
    retype(field(window, "group.body"), "12/3/2026")
    retype(field(window, "measurement.weight"), "68,5")
    add_course(qtbot, window, "faslodex", "16/3/2026")
    answers.path = tmp_path / f"behandeling{ENDING}"
    assert window.files.save()
    session = window.desk.session
    entered, plan = session.draft, session.plan
    assert not session.dirty
    assert session.path == answers.path
    assert window.files.new()
    assert session.plan is None
    assert window.files.open_path(answers.path)
    assert session.draft == entered
    assert plan is not None
    assert session.plan is not None
    assert session.plan.fingerprint == plan.fingerprint
    weight = field(window, "measurement.weight")
    assert weight.text() == "68,5"  # type: ignore[attr-defined]
    assert window.windowTitle().startswith("behandeling")


def test_the_day_of_a_file_is_neither_obeyed_nor_saved(window: MainWindow, tmp_path: Path) -> None:
    path = a_file(tmp_path / f"oud{ENDING}", today="2025-01-06")
    assert window.files.open_path(path)
    plan = window.desk.session.plan
    assert plan is not None
    assert plan.request.today == TODAY
    assert window.files.save()
    assert "today" not in json.loads(path.read_text(encoding="utf-8"))


def test_a_horizon_that_nobody_chose_is_not_written(window: MainWindow, tmp_path: Path) -> None:
    path = a_file(tmp_path / f"zonder{ENDING}")
    assert window.files.open_path(path)
    assert window.files.save()
    assert "horizon" not in json.loads(path.read_text(encoding="utf-8"))
    chosen = a_file(tmp_path / f"met{ENDING}", horizon="2026-09-30")
    assert window.files.open_path(chosen)
    assert window.desk.session.plan is not None
    assert window.desk.session.plan.request.horizon == date(2026, 9, 30)
    assert window.files.save()
    assert json.loads(chosen.read_text(encoding="utf-8"))["horizon"] == "2026-09-30"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"{", "line 1"),
        (b"\xff\xfe\x00", ""),
        (b'{"format": 1}', "patient"),
        (b'{"format": 1, "language": "nl", "secret": 1}', ""),
    ],
)
def test_a_bad_file_is_named_with_its_reason_and_the_work_stays(
    window: MainWindow, answers: Answers, tmp_path: Path, content: bytes, place: str
) -> None:
    path = tmp_path / f"slecht{ENDING}"
    path.write_bytes(content)
    enter_patient(window)
    before = window.desk.session.draft
    answers.answer = "ui.button.discard"
    assert not window.files.open_path(path)
    assert window.desk.session.draft == before
    _, text, details = answers.told[-1]
    assert path.name in text
    assert place in details
    assert details


def test_a_regimen_that_does_not_exist_is_named_with_its_place(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    path = a_file(tmp_path / f"slecht{ENDING}", courses=[{"id": "c1", "regimen": "geen", "start": "2026-03-16"}])
    assert not window.files.open_path(path)
    assert "courses[0].regimen" in answers.told[-1][2]


def test_a_file_that_has_gone_leaves_the_recent_ones(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    path = tmp_path / f"weg{ENDING}"
    window.desk.preferences.add_recent(path)
    assert not window.files.open_path(path)
    assert path not in window.desk.preferences.recent
    assert answers.told


def test_a_folder_that_cannot_be_written_loses_nothing(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    enter_patient(window)
    answers.path = tmp_path / "geen map" / f"x{ENDING}"
    assert not window.files.save()
    assert window.desk.session.dirty
    assert answers.told


def test_a_treatment_of_nobody_is_not_saved(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    retype(field(window, "patient.family_name"), "Voorbeeld")
    answers.path = tmp_path / f"x{ENDING}"
    assert not window.files.save()
    assert not answers.path.exists()
    assert answers.told


def test_fields_that_cannot_be_read_are_asked_about_before_saving(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    enter_patient(window)
    retype(field(window, "measurement.weight"), "6o")
    answers.path = tmp_path / f"x{ENDING}"
    assert not window.files.save()
    answers.answer = "ui.button.save_without"
    assert window.files.save()
    assert answers.path.exists()


@pytest.mark.parametrize(("answer", "leaves"), [("ui.button.stay", False), ("ui.button.discard", True), ("ui.button.save", True)])
def test_closing_with_unsaved_work_asks(window: MainWindow, answers: Answers, tmp_path: Path, answer: str, leaves: bool) -> None:
    enter_patient(window)
    answers.answer, answers.path = answer, tmp_path / f"x{ENDING}"
    assert window.close() is leaves
    assert answers.asked
    assert answers.path.exists() is (answer == "ui.button.save")
    answers.answer = "ui.button.discard"


def test_a_saved_treatment_closes_without_a_question(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    assert window.files.open_path(a_file(tmp_path / f"x{ENDING}"))
    assert window.close()
    assert not answers.asked


def test_every_reason_for_which_a_file_is_refused_has_a_sentence(window: MainWindow) -> None:
    sources = Path(treatment_file.__file__).parent.glob("treatment_*.py")
    codes = {
        code for source in sources for code in re.findall(r'TreatmentError\([^"]*(?:"[^"]*", )"([A-Z_]+)"', source.read_text())
    }
    assert len(codes) > 10
    assert [code for code in sorted(codes) if not window.desk.words.texts.has(f"ui.reason.{code}")] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"Lymphe" is not one of: bone, spine', "Het gaat om: Lymphe. Mogelijk: bone, spine."),
        ("Input should be 'nl', 'fr', 'de' or 'en'", "Mogelijk: nl, fr, de, en."),
        ('needs either "drug" or "radiotherapy"', "Het gaat om: drug en radiotherapy."),
        ("not valid JSON (Expecting value, column 7)", "Kolom 7."),
        # Nothing is named that the sentence of the window does not say.
        ("lies after today", ""),
    ],
)
def test_the_particulars_of_a_fault_are_told_in_the_language_of_the_window(window: MainWindow, text: str, said: str) -> None:
    assert particulars(window.words, text) == said


def test_no_english_follows_a_translated_fault(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    path = tmp_path / "fout.mbc.json"
    content = json.loads(Path("resources/example/voorbeeld.mbc.json").read_text(encoding="utf-8"))
    content["courses"][2]["region"] = "elleboog"
    path.write_text(json.dumps(content), encoding="utf-8")
    assert not window.files.open_path(path)
    details = answers.told[-1][2]
    assert "elleboog" in details
    assert "courses[3]" in details or "courses[2]" in details
    assert "not one of" not in details
