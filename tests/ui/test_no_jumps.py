"""What does not change stays where it is: nothing moves under the mouse, no line is wrapped anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import PAGES, MainWindow
from mbc_desktop.ui.widgets.focus_ring import Ring
from tests.ui.driving import add_course, enter_patient


@pytest.fixture
def treated(qtbot: QtBot, window: MainWindow) -> MainWindow:
    window.resize(1366, 768)
    enter_patient(window)
    course = add_course(qtbot, window, "faslodex", "16/3/2026")
    window.plan_page.courses._toggle(course)
    QApplication.processEvents()
    return window


def places(window: MainWindow, part: QWidget) -> dict[QWidget, QRect]:
    """Where everything that shows in a part lies; the ring of the keyboard aside, which goes where the keyboard goes."""
    inside = (one for one in (part, *part.findChildren(QWidget)) if not isinstance(one, Ring))
    shown = (one for one in inside if one.isVisible() and one.window() is window)
    return {one: QRect(one.mapTo(window, QPoint(0, 0)), one.size()) for one in shown}


def moved(window: MainWindow, part: QWidget, act: Callable[[], object]) -> list[str]:
    """What of a part lies elsewhere, or is larger or smaller, after something was done."""
    before = places(window, part)
    act()
    for _ in range(4):
        QApplication.processEvents()
    after = places(window, part)
    return [type(one).__name__ for one, place in before.items() if after.get(one, place) != place]


def test_the_rail_stays_under_the_mouse_on_every_page(treated: MainWindow) -> None:
    for page in (*PAGES, "plan"):
        assert moved(treated, treated.rail, lambda page=page: treated.show_page(page)) == [], page


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 16), date(2026, 4, 6)])
def test_what_is_told_of_a_day_is_as_wide_as_what_was_told_before(treated: MainWindow, day: date) -> None:
    width = treated.plan_page.inspector.viewport().width()
    assert moved(treated, treated.plan_page.facts, lambda: treated.desk.selection.select_day(day)) == []
    treated.desk.selection.select_item("c1/fulvestrant/1", "c1", date(2026, 3, 16))
    QApplication.processEvents()
    assert treated.plan_page.inspector.viewport().width() == width


def test_the_button_that_unfolds_a_card_stays_under_the_mouse(treated: MainWindow) -> None:
    courses = treated.plan_page.courses
    card = courses.card("c1")
    for _ in range(2):
        assert moved(treated, card._arrow, lambda: courses._toggle("c1")) == []


def test_another_view_moves_neither_buttons_nor_sides(treated: MainWindow) -> None:
    page = treated.plan_page
    for view in ("quarter", "timeline", "month"):
        for part in (page.calendar.switch, page.facts, page.courses, page.inspector):
            assert moved(treated, part, lambda view=view: page.calendar.show_view(view)) == [], view


def test_a_day_of_the_next_month_stays_under_the_mouse_that_chose_it(qtbot: QtBot, treated: MainWindow) -> None:
    month = treated.plan_page.calendar.month_view
    day = date(2026, 4, 2)
    treated.desk.selection.select_day(date(2026, 3, 16))
    qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=month.cells.grid.cell(day).center())
    assert (treated.desk.selection.day, month.cells.grid.month.month) == (day, 3)
    qtbot.keyClick(month, Qt.Key.Key_Right)
    assert (treated.desk.selection.day, month.cells.grid.month.month) == (date(2026, 4, 3), 4)
