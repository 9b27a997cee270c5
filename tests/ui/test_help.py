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

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.request import Absence, Event
from mbc_desktop.regimen.site import Closure
from mbc_desktop.texts import complete_languages, load_texts
from mbc_desktop.texts.phrases import finding_text
from mbc_desktop.ui import self_test
from mbc_desktop.ui.about import AboutDialog
from mbc_desktop.ui.entry.draft import with_course
from mbc_desktop.ui.help import CHAPTERS, HelpDialog, write_manual
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.proposals import SORTS, ProposalDialog
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
    for sort in SORTS:
        dialog = ProposalDialog(window.desk, sort, window)
        assert not dialog.apply.isEnabled()
        assert dialog.list.count() > 0


def test_the_best_weekday_to_start_is_chosen_and_applied(qtbot: QtBot, window: MainWindow) -> None:
    """A course that starts on a Monday, where three of its Mondays are closed."""
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    session = window.desk.session
    closed = tuple(Closure(first=day, last=day, unit=None, why="Voorbeeld") for day in (date(2026, 3, 30), date(2026, 4, 13)))
    session.change(replace(session.draft, closures=closed))
    dialog = ProposalDialog(window.desk, "start", window)
    assert dialog.list.count() > 1
    first = dialog.list.item(0).text()
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    start = session.draft.courses[0].start
    assert start is not None
    assert start != date(2026, 3, 16)
    assert window.words.texts.long_date(start).split()[1] in first
    assert session.draft.courses[0].subject == "fulvestrant"


def test_a_drug_is_kept_at_its_distance_from_an_irradiation(qtbot: QtBot, window: MainWindow) -> None:
    window.desk.preferences.user = "NV"
    enter_patient(window)
    add_course(qtbot, window, "carboplatin gemcitabine", "16/3/2026")
    add_course(qtbot, window, "5x4", "23/3/2026")
    session = window.desk.session
    rays = replace(session.draft.courses[1], region="bone")
    session.change(with_course(session.draft, rays), refill=True)
    assert session.plan is not None
    close = [one for one in session.plan.findings if one.code == "radiotherapy-too-close"]
    assert close
    found = window.plan_page.findings
    row = next(row for row in range(found.list.count()) if found.list.item(row).text() == _sentence(window, close[0]))
    found.list.itemClicked.emit(found.list.item(row))
    dialog = next(one for one in window.findChildren(ProposalDialog) if one.isVisible())
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert session.plan is not None
    assert [one for one in session.plan.findings if one.code == "radiotherapy-too-close"] == []
    session.undo()
    assert session.draft.events == ()


def test_a_drug_of_both_regimens_goes_on_without_a_second_loading(qtbot: QtBot, window: MainWindow) -> None:
    """Fulvestrant on 8 and 22 December, 5 January, 2 February (5 January + 28), 2 March (+ 28). On 30 March ribociclib takes the
    place of palbociclib: fulvestrant is due that day (2 March + 28), then 28 days later, 27 April, not on day 15, 13 April."""
    enter_patient(window)
    add_course(qtbot, window, "ibrance faslodex", "16/3/2026")
    session = window.desk.session
    session.change(with_course(session.draft, replace(session.draft.courses[0], start=date(2025, 12, 8))), refill=True)
    day = date(2026, 3, 30)
    event = Event(id="e1", kind="replace", course="c1", on=session.today, by="NV", regimen="ribociclib-fulvestrant", day=day)
    session.change(replace(session.draft, events=(event,)))

    def state() -> tuple[list[date], list[str]]:
        plan = session.plan
        assert plan is not None
        found = [one.due for one in plan.administrations if one.course == "c1.e1" and one.drug == "fulvestrant"]
        return found[:2], [one.code for one in plan.findings]

    due, codes = state()
    assert due == [day, date(2026, 4, 13)]
    assert "successor-loads-again" in codes
    dialog = ProposalDialog(window.desk, "continue", window)
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    due, codes = state()
    assert due == [day, date(2026, 4, 27)]
    assert "successor-loads-again" not in codes
    session.undo()
    assert state()[0] == [day, date(2026, 4, 13)]


def _sentence(window: MainWindow, found: Finding) -> str:
    library = window.desk.session.library
    assert library is not None
    return finding_text(found, library, window.words.texts)
