"""The agenda over the treatments of a folder: who comes on which day, how full it is, a patient opened from it."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.agenda_page import AgendaPage
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, field, retype

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
    assert "1" in page.frame.said()
    assert "niet leesbaar" in page.frame.said()


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


def test_a_treatment_opens_at_the_day_on_which_it_stood_in_the_agenda(window: MainWindow, page: AgendaPage) -> None:
    """Today is Monday 16 March; the patient was looked for in a week to come."""
    visits = {one.date for plan in page._plans() for one in plan.administrations if one.date and one.place == "day_hospital"}
    day = min(one for one in visits if one > date(2026, 3, 20))
    page.turn((day - page._first).days // 7)
    column = page.columns[(day - page._first).days]
    column.list.itemActivated.emit(column.list.item(0))
    QApplication.processEvents()
    assert window.page == "plan"
    assert window.desk.selection.day == day


def test_reading_can_be_stopped(window: MainWindow, page: AgendaPage) -> None:
    page.read()
    page._stop_reading()
    assert not page.progress.isVisible()


def test_another_folder_is_chosen_and_read(qtbot: QtBot, page: AgendaPage, answers: Answers, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    page._asking = answers
    answers.path = other
    page.frame.choose.click()
    qtbot.waitUntil(lambda: page._files == ())
    answers.path = None
    page.frame.choose.click()
    assert page._desk.preferences.agenda_folder == other


def test_without_a_folder_the_page_says_what_to_do(window: MainWindow) -> None:
    window.desk.preferences.agenda_folder = None
    window.show_page("agenda")
    shown = window._pages["agenda"]
    assert isinstance(shown, AgendaPage)
    assert "Kies de map" in shown.frame.nothing.text()
    assert shown.frame.nothing.isVisible()
    assert not any(column.isVisible() for column in shown.columns)


def test_whoever_is_late_stands_in_a_list_of_its_own(window: MainWindow, page: AgendaPage) -> None:
    """On 16 March the doses of 2 March have passed and nobody said that they were given."""
    page.show_view("late")
    shown = [page.late.list.item(row).text() for row in range(page.late.list.count())]
    assert [line for line in shown if "fulvestrant" in line and "14 dagen te laat" in line]
    assert not any(column.isVisible() for column in page.columns)
    page.late.list.itemActivated.emit(page.late.list.item(0))
    QApplication.processEvents()
    assert window.desk.session.draft.patient.number == "0012345"


def test_a_day_says_what_is_to_be_ordered_and_fetched(page: AgendaPage) -> None:
    """Palbociclib of the example: 21 days from 2 March, 7 without, so the next tablets are fetched for 30 March."""
    page.show_view("day")
    tasks = {task.date for plan in page._plans() for task in plan.tasks if task.kind == "tablet_pick_up"}
    day = min(one for one in tasks if one >= page._first)
    page.turn((day - page._first).days)
    assert "palbociclib, tabletten ophalen" in lines(page, 0)


def test_the_quietest_day_is_chosen_beside_everybody_else(qtbot: QtBot, window: MainWindow, page: AgendaPage) -> None:
    """The example has fulvestrant on Monday 30 March; a new patient with a dose that week is moved from there."""
    window.show_page("plan")
    enter_patient(window)
    retype(field(window, "patient.number"), "777")
    course = add_course(qtbot, window, "faslodex", "16/3/2026")
    session = window.desk.session
    assert session.plan is not None
    third = next(one for one in session.plan.administrations if one.number == 2)
    window.desk.selection.select_item(third.id, course, third.date or third.due)
    window.plan_page.commands.find_quiet_day()
    dialog = window.plan_page.commands.quiet
    shown = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert len(shown) == len(dialog.days) > 1
    loads = [day.chair_minutes for day in dialog.days]
    assert loads == sorted(loads)
    dialog.list.setCurrentRow(1)
    wanted = dialog.days[1].date
    QTest.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    event = window.plan_page.commands.dialog.event_entered()
    window.plan_page.commands.dialog.by.setText("NV")
    event = window.plan_page.commands.dialog.event_entered()
    assert event is not None
    assert (event.kind, event.to) == ("move", wanted)
    window.plan_page.commands.dialog.reject()


def test_a_patient_without_any_day_is_named_and_not_forgotten(qtbot: QtBot, page: AgendaPage) -> None:
    """Docetaxel waits for the dose to be chosen (60, 75 or 100 mg per m2): it has no day, and stood in no column."""
    folder = page._desk.preferences.agenda_folder
    assert folder is not None
    treatment = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    treatment["patient"] |= {"given_name": "Bea", "number": "0099"}
    kept = {name: treatment[name] for name in ("format", "patient") if name in treatment}
    content = kept | {"courses": [{"id": "c1", "regimen": "docetaxel", "start": "2026-03-17"}]}
    (folder / "waiting.mbc.json").write_text(json.dumps(content), encoding="utf-8")
    page.read()
    qtbot.waitUntil(lambda: len(page._files) == 3)
    assert "Nog niets gepland" in page.frame.said()
    assert "VOORBEELD Bea (0099)" in page.frame.said()
    assert "Anna" not in page.frame.said()


def test_a_day_on_which_nobody_comes_says_so_also_when_something_is_to_be_fetched(page: AgendaPage) -> None:
    """ "0 patients, 0 minutes" over an empty list looked like a list that had not been read."""
    tasks = {task.date for plan in page._plans() for task in plan.tasks}
    visits = {one.date for plan in page._plans() for one in plan.administrations}
    day = min(one for one in tasks - visits if one >= page._first and one.weekday() < 5)
    page.turn((day - page._first).days // 7)
    place = (day - page._first).days
    assert lines(page, place) == "niemand"
    assert not page.columns[place]._load.text().strip()
