"""A sheet on paper, checked in the window by real keys; and what left the program stays known."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.drug_course_form import DrugCourseForm
from mbc_desktop.ui.paper.sheet_check import SheetCheck
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, field, key, press, retype


def fulvestrant(qtbot: QtBot, window: MainWindow) -> str:
    """A patient with fulvestrant from 16 March; gives the course."""
    enter_patient(window)
    return add_course(qtbot, window, "faslodex", "16/3/2026")


def start_on(window: MainWindow, course: str, day: str) -> None:
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, DrugCourseForm)
    retype(form.start, day)


def print_calendar(window: MainWindow, answers: Answers, folder: Path) -> str:
    """Saves the calendar; gives the code on it."""
    answers.path = folder / "calendar.pdf"
    assert window.documents.export("patient_calendar")
    plan = window.desk.session.plan
    assert plan is not None
    return plan.code


def open_by_keys(qtbot: QtBot, window: MainWindow) -> SheetCheck:
    """Ctrl+K, and the dialog has the keyboard."""
    # Without a window manager nobody gives the keyboard back to the window when a dialog has closed.
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = [found for found in window.findChildren(SheetCheck) if found.isVisible()]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.code.hasFocus)
    return dialog


def check(dialog: SheetCheck, code: str) -> tuple[str, list[str]]:
    """Types a code and Enter; gives the verdict and the lines under it."""
    dialog.code.selectAll()
    press(code)
    key(Qt.Key.Key_Return)
    return dialog.verdict.text(), dialog.changes.toPlainText().replace("\u00a0", " ").splitlines()


def test_a_sheet_is_current_until_a_date_changes(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    course = fulvestrant(qtbot, window)
    code = print_calendar(window, answers, tmp_path)
    dialog = open_by_keys(qtbot, window)
    verdict, lines = check(dialog, code.lower().replace("-", ""))
    assert verdict.startswith("Dit blad geldt:")
    assert lines == ["Behandelkalender, gemaakt op maandag 16 maart 2026"]
    key(Qt.Key.Key_Escape)
    start_on(window, course, "17/3/2026")
    verdict, lines = check(open_by_keys(qtbot, window), code)
    assert "NIET MEER" in verdict
    assert "Fulvestrant, toediening 1: di 17/03/2026 in plaats van ma 16/03/2026" in lines


def test_the_answer_goes_when_the_code_is_typed_over_or_the_plan_changes(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    course = fulvestrant(qtbot, window)
    code = print_calendar(window, answers, tmp_path)
    dialog = open_by_keys(qtbot, window)
    assert check(dialog, code)[0]
    press("7")
    assert (dialog.verdict.text(), dialog.changes.toPlainText()) == ("", "")
    assert check(dialog, code)[0]
    start_on(window, course, "17/3/2026")
    assert dialog.verdict.text() == ""


def test_a_wrong_code_is_told_apart_from_an_unknown_sheet(qtbot: QtBot, window: MainWindow) -> None:
    fulvestrant(qtbot, window)
    dialog = open_by_keys(qtbot, window)
    assert check(dialog, "7K3QX")[0].startswith("Deze code klopt niet")
    # Ten zeros have zero as their check letter: a code that is right in itself, and of nobody's sheet.
    assert "hoort bij geen blad" in check(dialog, "00000-00000-0")[0]


def test_the_dialog_has_names_speaks_both_languages_and_says_its_answer(qtbot: QtBot, window: MainWindow) -> None:
    fulvestrant(qtbot, window)
    dialog = open_by_keys(qtbot, window)
    window.use_language("en")
    assert dialog.windowTitle() == "Check a sheet"
    assert all(part.accessibleName() for part in (dialog.code, dialog.changes))
    verdict, _ = check(dialog, "00000-00000-0")
    assert verdict.startswith("Code 00000-00000-0 is of no sheet")
    assert dialog.code.accessibleDescription() == verdict
    for _ in range(3):
        key(Qt.Key.Key_Tab)
    assert dialog.code.hasFocus()


def test_without_a_plan_there_is_nothing_to_check(window: MainWindow, answers: Answers) -> None:
    window.documents.check_sheet()
    assert window.findChild(SheetCheck) is None
    assert len(answers.told) == 1


def test_what_left_the_program_cannot_be_undone(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    course = fulvestrant(qtbot, window)
    code = print_calendar(window, answers, tmp_path)
    session = window.desk.session
    start_on(window, course, "17/3/2026")
    for _ in range(3):
        session.undo()
    assert len(session.draft.prints) == 1
    session.redo()
    assert len(session.draft.prints) == 1
    assert session.draft.prints[0].request
    assert code


def test_the_same_sheet_twice_is_one_print(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    fulvestrant(qtbot, window)
    print_calendar(window, answers, tmp_path)
    print_calendar(window, answers, tmp_path)
    assert len(window.desk.session.draft.prints) == 1


def test_a_document_is_of_the_plan_of_the_moment_it_leaves(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    """H64: a preview that is older than the data can never be what goes out."""
    course = fulvestrant(qtbot, window)
    codes = set()
    for number in (17, 18, 19, 20, 23, 24, 25, 26, 27):
        window.show_page("documents")
        QApplication.processEvents()
        window.show_page("plan")
        start_on(window, course, f"{number}/3/2026")
        codes.add(print_calendar(window, answers, tmp_path))
        plan = window.desk.session.plan
        assert plan is not None
        assert window.desk.session.draft.prints[-1].fingerprint == plan.fingerprint
    assert len(codes) == len(window.desk.session.draft.prints) == 9


@pytest.mark.parametrize("number", ["0012346"])
def test_another_patient_number_replaces_the_sheet(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path, number: str
) -> None:
    fulvestrant(qtbot, window)
    code = print_calendar(window, answers, tmp_path)
    retype(field(window, "patient.number"), number)
    assert "NIET MEER" in check(open_by_keys(qtbot, window), code)[0]
