"""The manual, what the program says of itself, and the proposals for a whole plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.request import Absence
from mbc_desktop.texts import complete_languages, load_texts
from mbc_desktop.ui import self_test
from mbc_desktop.ui.about import AboutDialog
from mbc_desktop.ui.help import CHAPTERS, HelpDialog, write_manual
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.proposals import ProposalDialog
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient


def test_f1_opens_the_chapter_of_the_page_one_is_on(window: MainWindow) -> None:
    for page in window.pages:
        window.show_page(page)
        (action,) = [one for one in window.menus.help.actions() if one.shortcut().toString() == "F1"]
        action.trigger()
        dialog = window.findChildren(HelpDialog)[-1]
        assert dialog.isVisible()
        title = window.words.say(f"manual.{page if page in CHAPTERS else 'plan'}.title")
        assert dialog.text.toPlainText().startswith(title)
        dialog.reject()
        QApplication.processEvents()


def test_the_whole_manual_goes_out_as_a_pdf(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    dialog = HelpDialog(window.desk, answers, window, "plan")
    answers.path = tmp_path / "manual.pdf"
    assert dialog.export()
    assert answers.path.read_bytes().startswith(b"%PDF-")
    answers.path = tmp_path / "no such folder" / "manual.pdf"
    assert not dialog.export()
    assert len(answers.told) == 1
    assert not write_manual(tmp_path, window.words)


@pytest.mark.parametrize("language", complete_languages())
def test_every_chapter_has_its_sentences_in_every_language(language: str) -> None:
    texts = load_texts(next(one for one in complete_languages() if one == language))
    for chapter in CHAPTERS:
        assert len(texts.words(f"manual.{chapter}.lines")) >= 2


def test_about_names_versions_fingerprint_licences_and_that_it_is_no_device(window: MainWindow) -> None:
    library = window.desk.session.library
    assert library is not None
    said = AboutDialog(window.desk, window).text.toPlainText()
    for needed in (library.fingerprint, "PySide6", "Apache-2.0", "LGPL-3.0", "CE", "in orde"):
        assert needed in said
    assert "FOUT" not in said


def test_a_computer_that_calculates_wrongly_is_not_trusted(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert self_test.failed_checks() == ()
    monkeypatch.setitem(self_test.CHECKS, "surface", lambda: False)
    monkeypatch.setitem(self_test.CHECKS, "months", lambda: 1 // 0 == 0)
    assert self_test.failed_checks() == ("surface", "months")
    assert "FOUT" in AboutDialog(window.desk, window).text.toPlainText()


def test_a_way_around_an_absence_is_shown_and_applied_as_one_step(qtbot: QtBot, window: MainWindow) -> None:
    window.desk.preferences.user = "NV"
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    session = window.desk.session
    away = Absence(first=date(2026, 3, 30), last=date(2026, 3, 30))
    session.change(replace(session.draft, absences=(away,)))
    dialog = ProposalDialog(window.desk, "absences", window)
    assert dialog.list.count() > 0
    assert session.draft.events == ()
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert session.draft.events
    plan = session.plan
    assert plan is not None
    second = [one for one in plan.administrations if one.drug == "fulvestrant"][1]
    assert second.date is not None
    # Inside its window of three days either way, on another day than the one away.
    assert date(2026, 3, 27) <= second.date <= date(2026, 4, 2)
    assert second.date != date(2026, 3, 30)
    session.undo()
    assert session.draft.events == ()


def test_without_anything_to_propose_nothing_can_be_applied(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    for sort in ("alignment", "absences"):
        dialog = ProposalDialog(window.desk, "alignment" if sort == "alignment" else "absences", window)
        assert dialog.apply.isEnabled() == bool(dialog.events)
        assert dialog.list.count() > 0
