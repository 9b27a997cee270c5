"""A key, then the calendar, then all the rest, in one event: nobody can act on a fact and an older plan, and nothing jumps."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.plan import Plan
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.override import override
from tests.ui.driving import add_course, enter_patient, field, retype


class Order(QObject):
    """Notes when the calendar is painted, and with which day of the course."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._month = window.plan_page.calendar.month_view
        self._month.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QPaintEvent):
            days = self._month.cells.days
            first = [day for day, contents in sorted(days.items()) for item in contents.items if item.subject == "fulvestrant"]
            self.seen.append(f"painted {first[0] if first else None}")
        return False


@pytest.fixture
def line(qtbot: QtBot, window: MainWindow) -> QLineEdit:
    """The start date of fulvestrant, which stands on Monday 16 March 2026."""
    enter_patient(window)
    add_course(qtbot, window, "fulvestrant", "16/3/2026")
    start = window.plan_page.courses.card("c1").start_line()
    assert isinstance(start, QLineEdit)
    window.activateWindow()
    start.setFocus()
    QApplication.processEvents()
    return start


def plan_of(window: MainWindow) -> Plan:
    assert window.desk.session.plan is not None
    return window.desk.session.plan


def test_the_calendar_is_painted_before_anything_else_learns_of_the_plan(window: MainWindow, line: QLineEdit) -> None:
    order = Order(window)
    window.desk.session.changed.connect(lambda: order.seen.append("told"))
    # The 16th becomes the 17th by one character.
    line.setCursorPosition(2)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    order.seen.clear()
    QTest.keyClicks(line, "7")
    # No event has been handled since: the calendar stood before the others were told, all within the key.
    assert line.text() == "17/3/2026"
    assert order.seen == ["painted 2026-03-17", "told"]


def test_the_other_views_are_painted_at_once_too(window: MainWindow, line: QLineEdit) -> None:
    for name in ("quarter", "timeline"):
        window.plan_page.calendar.show_view(name)
        view = window.plan_page.calendar.shown
        assert view is not None
        QApplication.processEvents()
        told: list[str] = []
        window.desk.session.changed.connect(lambda told=told: told.append("told"))
        painted = Told(view, told)
        window.desk.session.start_new("nl")
        assert told == ["painted", "told"]
        view.removeEventFilter(painted)


class Told(QObject):
    """Notes each painting."""

    def __init__(self, view: QObject, told: list[str]) -> None:
        super().__init__()
        self._told = told
        view.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QPaintEvent):
            self._told.append("painted")
        return False


def test_when_a_key_has_been_handled_everything_says_the_same(window: MainWindow, line: QLineEdit) -> None:
    """What is printed, exported, checked or released is made of the session's plan; what is read beside it may not be older."""
    page = window.plan_page
    window.desk.selection.select_item("c1/fulvestrant/1", "c1", date(2026, 3, 16))
    start = page.courses.card("c1").form.start  # type: ignore[union-attr]
    for day in (17, 26, 18, 19):
        retype(start, f"{day}/3/2026")
        # No event has been handled since the key.
        given = {one.id: one for one in plan_of(window).administrations}["c1/fulvestrant/1"]
        assert given.date is not None
        assert f"{given.date:%d/%m/%Y}" in page.inspector.toPlainText()
        sheet = window.documents.composed("patient_calendar")
        assert sheet is not None
        assert plan_of(window).code in str(sheet)
        assert page.findings.list.count() >= len(plan_of(window).findings)
        assert given.id in {item.id for item in page.calendar.month_view.cells.days[given.date].items}


def test_a_date_that_cannot_be_read_takes_its_doses_off_the_calendar_in_the_same_event(
    window: MainWindow, line: QLineEdit
) -> None:
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert plan_of(window).administrations == ()
    order = Order(window)
    QTest.keyClicks(line, "6")
    assert order.seen == ["painted 2026-03-16"]
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert order.seen[1:] == ["painted None"]


def test_the_calendar_keeps_its_place_while_a_date_is_typed_and_a_dose_is_withheld(window: MainWindow, line: QLineEdit) -> None:
    month = window.plan_page.calendar.month_view

    def place() -> QRect:
        QApplication.processEvents()
        return QRect(month.mapToGlobal(month.rect().topLeft()), month.size())

    before = place()
    for _ in "16/3/2026":
        QTest.keyClick(line, Qt.Key.Key_Backspace)
        assert place() == before
    QTest.keyClicks(line, "16/3/2026")
    assert place() == before


def test_the_calendar_keeps_its_place_when_the_legend_has_a_sign_more_or_less(
    qtbot: QtBot, window: MainWindow, line: QLineEdit
) -> None:
    """Zoledronic acid without a creatinine is withheld; with one it is not, and the legend need not explain the sign."""
    add_course(qtbot, window, "zoledron", "16/3/2026")
    month, weight, creatinine = (
        window.plan_page.calendar.month_view,
        field(window, "measurement.weight"),
        field(window, "measurement.creatinine"),
    )
    retype(field(window, "group.body"), "16/3/2026")
    retype(field(window, "group.laboratory"), "16/3/2026")
    retype(weight, "60")
    QApplication.processEvents()
    legend = window.plan_page.calendar.legend

    def room() -> tuple[object, ...]:
        return month.geometry(), *(legend.heightForWidth(width) for width in range(200, 900))

    before, signs = room(), set()
    for text in ("", "0,8", "", "0,9"):
        retype(creatinine, text)
        QApplication.processEvents()
        assert room() == before
        signs.add(frozenset(one.status for one in plan_of(window).administrations if one.drug == "zoledronic-acid"))
    assert any("withheld" in one for one in signs)
    assert any("withheld" not in one for one in signs)
