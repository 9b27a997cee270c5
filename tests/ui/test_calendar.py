"""The month on the screen: its geometry, what stands where, walking through it, and that only what changed is painted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.plan import ClosedDay, Plan
from mbc_desktop.regimen.site import Unit
from mbc_desktop.ui.calendar.day_items import DayContents, days_of, mark_of_route, therapies_of
from mbc_desktop.ui.calendar.day_text import closed_text
from mbc_desktop.ui.calendar.month_grid import MonthGrid
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from tests.ui.driving import add_course, enter_patient, field, focus


def grid(month: date, needs: tuple[tuple[int, int], ...] = ()) -> MonthGrid:
    return MonthGrid(month=month, width=29 + 260, height=20 + 600, gutter=29, header=20, needs=needs)


@pytest.mark.parametrize(
    ("month", "first", "last", "weeks"),
    [
        # 1 March 2026 is a Sunday, 31 March a Tuesday: six weeks. 1 February 2027 is a Monday with 28 days: four.
        (date(2026, 3, 16), date(2026, 2, 23), date(2026, 4, 5), 6),
        (date(2027, 2, 28), date(2027, 2, 1), date(2027, 2, 28), 4),
        (date(2026, 12, 1), date(2026, 11, 30), date(2027, 1, 3), 5),
    ],
)
def test_a_month_begins_on_monday_and_ends_on_sunday(month: date, first: date, last: date, weeks: int) -> None:
    made = grid(month)
    assert (made.first, made.last, made.weeks) == (first, last, weeks)
    assert first.weekday() == 0
    assert last.weekday() == 6


def test_cells_fill_the_month_without_a_gap() -> None:
    made = grid(date(2026, 3, 1))
    for day in made.days():
        beside, below = made.cell(day + timedelta(days=1)), made.cell(day + timedelta(days=7))
        if day.weekday() < 6:
            assert beside.left() == made.cell(day).right() + 1
        if not below.isEmpty():
            assert below.top() == made.cell(day).bottom() + 1
    assert made.cell(made.last).bottomRight() == QPoint(288, 619)
    assert made.cell(date(2026, 5, 1)) == QRect()


def test_a_point_finds_its_day_and_the_gutter_none() -> None:
    made = grid(date(2026, 3, 1))
    assert made.day_at(made.cell(date(2026, 3, 17)).center()) == date(2026, 3, 17)
    assert made.day_at(QPoint(5, 100)) is None
    assert made.day_at(QPoint(100, 5)) is None


def test_a_full_week_grows_at_the_cost_of_empty_ones_and_the_height_stays() -> None:
    needs = ((0, 0), (150, 200), (0, 0), (0, 0), (0, 0), (0, 0))
    made = grid(date(2026, 3, 1), needs)
    heights = made.heights()
    assert sum(heights) == 600
    # Equal shares would be 100; the full week gets the 200 that it asks for.
    assert heights[1] >= 200
    assert min(heights) >= 44


def test_weeks_that_ask_for_little_are_equally_high() -> None:
    assert set(grid(date(2026, 3, 1), ((50, 90),) * 6).heights()) == {100}


def test_a_name_is_wrapped_or_hyphenated_but_never_cut(qapp: QApplication) -> None:
    fit = TextFit(QFont(qapp.font()))
    width = int(fit.width("zoledronine-")) + 1
    assert fit.wrap("zoledroninezuur", width) == ("zoledronine-", "zuur")
    assert "".join(fit.wrap("trastuzumab-deruxtecan", width)).replace("-", "") == "trastuzumabderuxtecan"
    assert fit.wrap("fulvestrant 500 mg", 1000) == ("fulvestrant 500 mg",)
    for part in fit.wrap("medroxyprogesteronacetaat", width):
        assert fit.width(part) <= width


@pytest.mark.parametrize(
    "parts",
    [
        ("Wapen-", "stilstand"), ("Aller-", "heiligen"), ("pinkster-", "maandag"), ("Hemel-", "vaart"), ("Tous-", "saint"),
        ("Assomp-", "tion"), ("National-", "feiertag"), ("Waffen-", "stillstand"), ("Weih-", "nachten"),
    ],
)  # fmt: skip
def test_the_name_of_a_holiday_is_broken_where_a_person_would(qapp: QApplication, parts: tuple[str, str]) -> None:
    fit = TextFit(QFont(qapp.font()))
    word = "".join(parts).replace("-", "")
    # Just wide enough for all but the last letter: broken by length the hyphen would stand elsewhere.
    assert fit.wrap(word, int(fit.width(word[:-3] + "-")) + 1) == parts


@pytest.mark.parametrize(("route", "mark"), [("IM", "injection"), ("SC", "injection"), ("IV", "infusion"), ("PO", "tablet")])
def test_each_way_of_giving_has_its_own_shape(route: str, mark: str) -> None:
    assert mark_of_route(route) == mark


@pytest.fixture
def planned(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """Fulvestrant with palbociclib from Monday 16 March, and 10 x 3 Gy from Monday 30 March 2026, over Easter."""
    enter_patient(window)
    menopause = field(window, "facts.menopausal_status")
    assert isinstance(menopause, ChoiceBox)
    menopause.setCurrentIndex(3)
    menopause.activated.emit(3)
    add_course(qtbot, window, "palbociclib faslodex", "16/3/2026")
    add_course(qtbot, window, "10x3", "30/3/2026")
    region = window.plan_page.courses.card("c2").form.region  # type: ignore[union-attr]
    region.setCurrentIndex(1)
    region.activated.emit(1)
    QApplication.processEvents()
    return window


def plan_of(window: MainWindow) -> Plan:
    plan = window.desk.session.plan
    assert plan is not None
    return plan


def test_every_administration_fraction_and_tablet_day_stands_in_the_calendar(planned: MainWindow) -> None:
    plan = plan_of(planned)
    days = days_of(plan, first=date(2026, 1, 1), last=plan.request.horizon)
    shown = {item.id for contents in days.values() for item in contents.items if item.kind != "check"}
    assert shown == {one.id for one in plan.administrations} | {one.id for one in plan.fractions}
    first = plan.intakes[0]
    for number in range((first.last - first.first).days + 1):
        assert first.id in {band.id for band in days[first.first + timedelta(days=number)].bands}
    assert first.rest is not None
    assert [band.rest for band in days[first.rest[0]].bands] == [True]


def test_no_fraction_falls_on_easter_monday_and_the_day_says_why(planned: MainWindow) -> None:
    month = planned.plan_page.calendar.month_view
    planned.desk.selection.select_day(date(2026, 4, 6))
    assert [one.date for one in plan_of(planned).fractions][4:6] == [date(2026, 4, 3), date(2026, 4, 7)]
    assert "paasmaandag" in month.accessibleDescription()


def test_the_same_therapy_keeps_its_colour_and_each_its_own(planned: MainWindow) -> None:
    therapies = therapies_of(plan_of(planned))
    assert [one.subject for one in therapies] == ["fulvestrant", "palbociclib", ""]
    assert len({one.tone for one in therapies}) == 3
    assert [one.mark for one in therapies] == ["injection", "tablet", "radiation"]


@pytest.mark.parametrize(
    ("press", "day"),
    [
        (Qt.Key.Key_Right, date(2026, 3, 17)),
        (Qt.Key.Key_Left, date(2026, 3, 15)),
        (Qt.Key.Key_Up, date(2026, 3, 9)),
        (Qt.Key.Key_Down, date(2026, 3, 23)),
        (Qt.Key.Key_PageDown, date(2026, 4, 16)),
        (Qt.Key.Key_PageUp, date(2026, 2, 16)),
        (Qt.Key.Key_Home, date(2026, 3, 16)),
    ],
)
def test_keys_walk_by_day_week_and_month(window: MainWindow, press: Qt.Key, day: date) -> None:
    month = window.plan_page.calendar.month_view
    focus(month)
    QTest.keyClick(month, press)
    assert window.desk.selection.day == day
    assert (month.cells.grid.month.year, month.cells.grid.month.month) == (day.year, day.month)


def test_a_month_on_from_the_last_of_january_is_the_last_of_february(window: MainWindow) -> None:
    window.desk.selection.select_day(date(2027, 1, 31))
    window.plan_page.calendar.month_view.turn(1)
    assert window.desk.selection.day == date(2027, 2, 28)


def test_only_the_days_that_changed_are_painted_again(planned: MainWindow) -> None:
    month, plan = planned.plan_page.calendar.month_view, plan_of(planned)
    planned.desk.selection.select_day(date(2026, 3, 16))
    assert month.cells.show_plan(plan).isEmpty()
    # A fraction that has been given carries a tick in the place of its star: nothing else moves.
    other = replace(plan, fractions=(replace(plan.fractions[0], status="given"), *plan.fractions[1:]))
    changed = month.cells.show_plan(other)
    assert changed.contains(month.cells.grid.cell(date(2026, 3, 30)).center())
    assert not changed.contains(month.cells.grid.cell(date(2026, 3, 18)).center())


def test_the_month_can_be_painted_in_both_themes(planned: MainWindow) -> None:
    for theme in ("dark", "light"):
        planned.use_theme(theme)
        image = planned.plan_page.calendar.month_view.grab().toImage()
        corner = image.pixelColor(image.width() // 2, image.height() - 4)
        assert (corner.lightness() < 100) is (theme == "dark")


def a_click(window: MainWindow, item: str) -> None:
    month = window.plan_page.calendar.month_view
    QTest.mouseClick(month, Qt.MouseButton.LeftButton, pos=month.cells.place_of(item).center())


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("c1/fulvestrant/1", ("fulvestrant", "500 mg", "Faslodex")),
        ("c1/palbociclib/2026-03-16", ("palbociclib", "125 mg", "21", "06/04/2026")),
        ("c2/fraction/1", ("bestraling 1 van 10", "3 Gy", "30 Gy", "bot")),
    ],
)
def test_a_click_shows_the_item_in_the_inspector(planned: MainWindow, item: str, words: tuple[str, ...]) -> None:
    planned.desk.selection.select_day(date(2026, 3, 16))
    a_click(planned, item)
    assert planned.desk.selection.item == item
    text = planned.plan_page.inspector.toPlainText().replace("\u00a0", " ")
    for word in words:
        assert word in text


def test_a_closure_of_every_unit_is_told_once_and_never_lies_under_what_happens(window: MainWindow) -> None:
    contents, day = DayContents(), date(2026, 12, 14)
    units: tuple[Unit, ...] = ("day_hospital", "radiotherapy")
    contents.closed = [ClosedDay(date=day, unit=unit, why="kerstweek", holiday=False) for unit in units]
    words = window.desk.words
    assert closed_text(words, day, contents, short=True) == "kerstweek"
    # Beside the calendar each unit is named.
    assert closed_text(words, day, contents).count("kerstweek") == 2
    contents.closed = contents.closed[:1]
    assert closed_text(words, day, contents, short=True) == closed_text(words, day, contents) != "kerstweek"
