"""Where a line of the findings leads: the keyboard stands in the field that is missing, or what the program proposes opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.request import Absence
from mbc_desktop.regimen.site import Closure
from mbc_desktop.ui.calendar.day_items import days_of
from mbc_desktop.ui.calendar.day_text import closed_text
from mbc_desktop.ui.entry.draft import with_course
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.settings_page import SettingsPage
from mbc_desktop.ui.panels.measurement_section import other_kinds
from mbc_desktop.ui.proposals import ProposalDialog
from mbc_desktop.ui.settings.decisions_part import DecisionsPart
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from tests.ui.conftest import TODAY
from tests.ui.driving import add_course, enter_patient, field, retype


def go(window: MainWindow, says: str) -> None:
    """Enter on the line of the findings that says that."""
    findings = window.plan_page.findings.list
    rows = [row for row in range(findings.count()) if says in findings.item(row).text()]
    assert rows, [findings.item(row).text() for row in range(findings.count())]
    findings.setCurrentRow(rows[0])
    findings.setFocus()
    findings.itemActivated.emit(findings.item(rows[0]))


@pytest.mark.parametrize(("says", "name"), [("ondergrens", "measurement.calcium.low"), ("tandarts", "facts.dental_check_on")])
def test_a_finding_leads_to_the_field_that_it_asks_for(qtbot: QtBot, window: MainWindow, says: str, name: str) -> None:
    enter_patient(window)
    retype(field(window, "group.laboratory"), "16/3/2026")
    retype(field(window, "measurement.calcium"), "2,3")
    add_course(qtbot, window, "xgeva", "16/3/2026")
    go(window, says)
    wanted = field(window, name)
    assert QApplication.focusWidget() is (wanted.line if isinstance(wanted, TypedEdit) else wanted)


def test_a_decision_that_nobody_took_leads_to_its_list_in_the_card(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "capecitabine", "16/3/2026")
    go(window, "eerste inname")
    form = window.plan_page.courses.card(course).form
    assert form is not None
    box = form.parts()["capecitabine_first_dose"]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is box)
    scroll = window.plan_page.courses.findChild(QScrollArea)
    assert scroll is not None
    qtbot.waitUntil(lambda: 0 <= box.mapTo(scroll, QPoint(0, 0)).y() <= scroll.height() - box.height())


def test_a_visit_on_a_day_away_leads_to_the_way_around_it(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "xgeva", "16/3/2026")
    session = window.desk.session
    away = Absence(first=TODAY, last=TODAY)
    session.change(replace(session.draft, absences=(away,)))
    go(window, "afwezig")
    dialog = next(one for one in window.findChildren(ProposalDialog) if one.isVisible())
    assert dialog.list.count()
    dialog.reject()


def test_whoever_cannot_come_on_a_day_is_given_another_for_the_whole_visit(qtbot: QtBot, window: MainWindow) -> None:
    """One drug was moved, and the other of the same visit stayed on the day on which nobody comes."""
    enter_patient(window)
    add_course(qtbot, window, "xgeva", "17/3/2026")
    add_course(qtbot, window, "faslodex", "17/3/2026")
    desk, commands = window.desk, window.plan_page.commands
    day = date(2026, 4, 14)  # four weeks after Tuesday 17 March; fulvestrant: 17 March, 31 March, 14 April
    assert desk.session.plan is not None
    visit = {one.id: one.drug for one in desk.session.plan.administrations if one.date == day}
    assert sorted(visit.values()) == ["denosumab", "fulvestrant"]
    desk.selection.select_day(day)
    menu = commands.menu(window)
    next(action for action in menu.actions() if action.text().startswith("Kan niet komen")).trigger()
    dialog = next(one for one in window.findChildren(ProposalDialog) if one.isVisible())
    dialog.accept()
    others = {one.date for one in desk.session.plan.administrations if one.id in visit}
    assert len(others) == 1
    assert day not in others
    contents = days_of(desk.session.plan, first=day, last=day)[day]
    assert closed_text(desk.words, day, contents) == "afwezig"


def test_a_day_over_offers_no_absence(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "xgeva", "17/3/2026")
    window.desk.selection.select_day(date(2026, 3, 13))
    said = [action.text() for action in window.plan_page.commands.menu(window).actions()]
    assert not any("Kan niet komen" in text for text in said)


def test_enter_on_the_chosen_start_day_takes_it(qtbot: QtBot, window: MainWindow) -> None:
    """Cancel was the button that Enter pressed: the chosen day was thrown away without a word."""
    enter_patient(window)
    course = add_course(qtbot, window, "faslodex", "16/3/2026")
    session = window.desk.session
    closed = tuple(Closure(first=day, last=day, unit=None, why="Voorbeeld") for day in (date(2026, 3, 30), date(2026, 4, 13)))
    session.change(replace(session.draft, closures=closed))
    dialog = ProposalDialog(window.desk, "start", window)
    dialog.open()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    start = next(one.start for one in session.draft.courses if one.id == course)
    # Both Mondays on which the second and third injection fall are closed.
    assert start not in (None, date(2026, 3, 16))


def test_after_choosing_a_regimen_its_name_and_the_word_start_stand_above_the_field(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "xgeva", "16/3/2026")
    card = window.plan_page.courses.card(add_course(qtbot, window, "ribociclib fulvestrant", "16/3/2026"))
    scroll = window.plan_page.courses.findChild(QScrollArea)
    assert scroll is not None
    qtbot.waitUntil(lambda: card._title.mapTo(scroll, QPoint(0, 0)).y() >= 0)
    line = card.start_line()
    assert line is not None
    assert line.mapTo(scroll, QPoint(0, line.height())).y() <= scroll.height()


def test_every_kind_of_measurement_has_a_field(window: MainWindow) -> None:
    """The test for DPD, without which capecitabine waits, could be written in a file and nowhere in the window."""
    fields = window.desk.session.fields
    assert fields is not None
    others = other_kinds(tuple(fields.numbers.values()))
    assert {"dpyd_activity_score", "uracil", "lvef_baseline"} <= set(others)


def test_the_missing_test_for_dpd_leads_to_its_field(qtbot: QtBot, window: MainWindow) -> None:
    facts = window.plan_page.facts
    facts.show_field("measurement.dpyd_activity_score")
    line = field_of_other(window, "measurement.dpyd_activity_score")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    assert isinstance(line, QWidget)
    # The section that held it was folded: it is in sight once it has found its place.
    qtbot.waitUntil(lambda: 0 <= line.mapTo(facts, QPoint(0, 0)).y() <= facts.height() - line.height())


def field_of_other(window: MainWindow, name: str) -> object:
    """The line of a field in a section that was folded."""
    found = next(section.fields[name] for section in window.plan_page.facts.more if name in section.fields)
    return found.line if isinstance(found, TypedEdit) else found


def test_a_new_patient_begins_at_the_family_name_and_at_today(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "xgeva", "16/3/2026")
    window.desk.selection.select_day(date(2026, 6, 1))
    window.asking.answer = "ui.button.discard"  # type: ignore[attr-defined]
    action = next(one for one in window.menus.file.actions() if one.shortcut().toString() == "Ctrl+N")
    action.trigger()
    assert window.desk.selection.day == TODAY
    name = window.plan_page.facts.field("patient.family_name")
    assert isinstance(name, TypedEdit)
    assert QApplication.focusWidget() is name.line


def test_the_question_what_lies_in_the_field_leads_to_the_irradiation(qtbot: QtBot, window: MainWindow) -> None:
    """It named the irradiation and opened the card of the drug."""
    enter_patient(window)
    add_course(qtbot, window, "palbociclib letrozol", "16/3/2026")
    course = add_course(qtbot, window, "5x4", "23/3/2026")
    session = window.desk.session
    rays = next(one for one in session.draft.courses if one.id == course)
    session.change(with_course(session.draft, replace(rays, region="bone")), refill=True)
    go(window, "in het veld")
    form = window.plan_page.courses.card(course).form
    assert form is not None
    qtbot.waitUntil(lambda: form.isVisible() and form.isAncestorOf(QApplication.focusWidget()))
    assert QApplication.focusWidget() is form.parts()["field"].findChild(QCheckBox)


def test_a_question_that_only_the_hospital_answers_leads_to_it_in_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    """The tablets of capecitabine: "to be chosen first", and no card of a treatment had the choice."""
    enter_patient(window)
    course = add_course(qtbot, window, "capecitabine", "16/3/2026")
    session = window.desk.session
    own = next(one for one in session.draft.courses if one.id == course)
    chosen = (("capecitabine_pattern", "14 on 7 off"), ("capecitabine_first_dose", "morning of day 1"))
    session.change(with_course(session.draft, replace(own, choices=chosen)), refill=True)
    for name, text in (("group.body", "12/3/2026"), ("measurement.weight", "68"), ("measurement.height", "165"),
                       ("group.laboratory", "12/3/2026"), ("measurement.creatinine", "0,85")):  # fmt: skip
        retype(field(window, name), text)
    go(window, "tabletten van capecitabine")
    assert window.page == "settings"
    page = window.page_of("settings")
    assert isinstance(page, SettingsPage)
    part = page.parts["decisions"]
    assert isinstance(part, DecisionsPart)
    assert QApplication.focusWidget() is part.boxes["capecitabine_tablets"]
