"""The guideline in the window: chapters, what holds for the facts looked at, a regimen started from it."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.guideline_page import GuidelinePage
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from tests.ui.driving import enter_patient


def page(window: MainWindow) -> GuidelinePage:
    window.show_page("guideline")
    QApplication.processEvents()
    found = window._pages["guideline"]
    assert isinstance(found, GuidelinePage)
    return found


def choose(box: ChoiceBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_another_receptor_status_shows_other_statements_and_leaves_the_patient_alone(window: MainWindow) -> None:
    enter_patient(window)
    guideline = page(window)
    before = set(guideline._found)
    choose(guideline.filters["her2"], "positive")
    assert set(guideline._found) != before
    assert window.desk.session.draft.facts.her2 is None
    guideline.reset.click()
    assert set(guideline._found) == before


def test_everything_can_be_read_with_what_does_not_apply(window: MainWindow) -> None:
    guideline, library = page(window), window.desk.session.library
    assert library is not None
    assert library.guideline is not None
    guideline.everything.click()
    shown = [statement for section in library.guideline.sections
             for statement, _ in guideline._statements(library.guideline, section.id)]  # fmt: skip
    assert len(shown) == len(library.guideline.statements)


def test_a_regimen_is_started_from_the_guideline(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    page(window).text.anchorClicked.emit(QUrl("drug:letrozole"))
    course = window.desk.session.draft.courses[-1]
    assert (course.kind, course.subject) == ("drug", "letrozole")
    card = window.plan_page.courses.card(course.id)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is card.start_line())
