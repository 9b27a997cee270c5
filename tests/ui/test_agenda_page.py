"""The agenda over the treatments of a folder: who comes on which day, how full it is, a patient opened from it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.agenda_page import AgendaPage

EXAMPLE = Path("resources/example/voorbeeld.mbc.json")


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> AgendaPage:
    """The agenda of a folder with one treatment and one file that cannot be read."""
    folder = tmp_path / "ward"
    folder.mkdir()
    shutil.copy(EXAMPLE, folder)
    (folder / "broken.mbc.json").write_text("{", encoding="utf-8")
    window.desk.preferences.agenda_folder = folder
    window.show_page("agenda")
    shown = window._pages["agenda"]
    assert isinstance(shown, AgendaPage)
    qtbot.waitUntil(lambda: len(shown._files) == 2)
    return shown


def lines(page: AgendaPage, column: int) -> str:
    shown = page.columns[column].list
    return "\n".join(shown.item(row).text() for row in range(shown.count()))


def test_a_week_shows_who_comes_for_what(page: AgendaPage) -> None:
    # Monday 16 March 2026: the second fulvestrant of the example (day 15 of a start on 2 March).
    assert "VOORBEELD Anna (0012345)" in lines(page, 0)
    assert "fulvestrant" in lines(page, 0)
    assert lines(page, 1) == "niemand"
    assert "1" in page._said.text()
    assert "niet leesbaar" in page._said.text()


def test_the_next_weeks_and_days_are_turned_to(page: AgendaPage) -> None:
    page.turn(2)
    # Monday 30 March: fulvestrant and zoledronic acid.
    assert "zoledroninezuur" in lines(page, 0)
    page.show_view("day")
    assert [column.isVisible() for column in page.columns] == [True, False, False, False, False]
    page.turn(1)
    assert page._first == date(2026, 3, 31)
    page.show_view("week")
    assert page._first == date(2026, 3, 30)


def test_a_patient_is_opened_from_the_agenda_under_her_own_banner(window: MainWindow, page: AgendaPage) -> None:
    assert not window._banner.isVisible()
    item = page.columns[0].list.item(0)
    page.columns[0].list.itemActivated.emit(item)
    QApplication.processEvents()
    assert window.page == "plan"
    assert window._banner.isVisible()
    assert window.desk.session.draft.patient.number == "0012345"


def test_reading_can_be_stopped(window: MainWindow, page: AgendaPage) -> None:
    page.read()
    page._stop_reading()
    assert not page.progress.isVisible()


def test_without_a_folder_the_page_says_what_to_do(window: MainWindow) -> None:
    window.desk.preferences.agenda_folder = None
    window.show_page("agenda")
    shown = window._pages["agenda"]
    assert isinstance(shown, AgendaPage)
    assert "Kies de map" in shown._said.text()
