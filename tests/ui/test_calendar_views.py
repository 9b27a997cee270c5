"""The quarter and the timeline: the same plan, the same keys, the same selection as the month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.request import Absence
from mbc_desktop.ui.calendar.lanes import day_to_show, ends_of, lanes_of
from mbc_desktop.ui.calendar.plan_picture import PlanPicture
from mbc_desktop.ui.calendar.quarter_view import QuarterView
from mbc_desktop.ui.calendar.timeline_ground import TimeScale, closed_names
from mbc_desktop.ui.calendar.timeline_view import TimelineView
from mbc_desktop.ui.main_window import MainWindow
from tests.ui.driving import add_course, enter_patient


@pytest.fixture
def treated(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """Palbociclib with fulvestrant from today, Monday 16 March 2026."""
    enter_patient(window)
    add_course(qtbot, window, "Ibrance Faslodex", "16/3/2026")
    return window


def view(window: MainWindow, name: str) -> PlanPicture:
    """The calendar in another view."""
    calendar = window.plan_page.calendar
    calendar.show_view(name)
    found = calendar._views[name]
    assert isinstance(found, PlanPicture)
    found.grab()
    return found


@pytest.mark.parametrize("name", ["quarter", "timeline"])
def test_every_view_is_walked_through_with_the_same_keys(treated: MainWindow, name: str) -> None:
    shown, selection = view(treated, name), treated.desk.selection
    selection.select_day(date(2026, 3, 16))
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Home):
        QTest.keyClick(shown, key)
        walked.append(selection.day)
    # A day on, a week on, a month on, back to the present day.
    assert walked == [date(2026, 3, 17), date(2026, 3, 24), date(2026, 4, 24), date(2026, 3, 16)]
    QTest.keyClick(shown, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert selection.item.startswith("c1/")
    assert shown.accessibleDescription().endswith(", maandag 16 maart 2026")
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert selection.item == ""


def test_the_quarter_shows_the_month_of_the_selected_day_and_the_next_two(treated: MainWindow) -> None:
    quarter = view(treated, "quarter")
    assert isinstance(quarter, QuarterView)
    assert [month.month for month in quarter.months] == [3, 4, 5]
    treated.desk.selection.select_day(date(2026, 5, 31))
    assert [month.month for month in quarter.months] == [3, 4, 5]
    treated.desk.selection.select_day(date(2026, 6, 1))
    assert [month.month for month in quarter.months] == [6, 7, 8]
    treated.plan_page.calendar.turn(-1)
    assert treated.desk.selection.day == date(2026, 3, 1)


def test_the_lanes_hold_every_administration_every_period_and_its_rest(treated: MainWindow) -> None:
    plan = treated.desk.session.plan
    assert plan is not None
    lanes = lanes_of(plan)
    assert [lane.therapy.subject if lane.therapy else "checks" for lane in lanes] == ["fulvestrant", "palbociclib", "checks"]
    assert [point.on for point in lanes[0].points][:3] == [date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 13)]
    # 21 days from 16 March end on 5 April, 7 days of rest on 12 April.
    first, rest = lanes[1].stretches[:2]
    assert (first.first, first.last, first.rest) == (date(2026, 3, 16), date(2026, 4, 5), False)
    assert (rest.first, rest.last, rest.rest) == (date(2026, 4, 6), date(2026, 4, 12), True)
    assert ends_of(lanes, plan.request.today)[0] == date(2026, 3, 16)


def test_a_click_on_the_timeline_selects_what_lies_there(treated: MainWindow) -> None:
    timeline = view(treated, "timeline")
    assert isinstance(timeline, TimelineView)
    lane, rect = timeline._rows()[0]
    point = lane.points[1]
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(int(timeline._scale.x(point.on)), rect.center().y()))
    assert treated.desk.selection.item == "c1/fulvestrant/2"
    assert timeline.lit_window() == (date(2026, 3, 27), date(2026, 4, 2))


def test_the_timeline_zooms_around_the_selected_day_and_follows_it(treated: MainWindow) -> None:
    timeline = view(treated, "timeline")
    assert isinstance(timeline, TimelineView)
    whole = timeline.span
    timeline.zoom(3)
    # Three months: 45 days before and after the selected day, 16 March.
    assert timeline.span == (date(2026, 1, 30), date(2026, 4, 30))
    treated.desk.selection.select_day(date(2026, 9, 1))
    first, last = timeline.span
    assert first <= date(2026, 9, 1) <= last
    timeline.zoom(-3)
    assert timeline.span[0] <= whole[0]


def test_a_scale_finds_the_day_that_it_drew() -> None:
    scale = TimeScale(first=date(2026, 3, 1), last=date(2026, 3, 31), left=100, right=410, top=0, bottom=10)
    # 310 pixels for 31 days: ten a day; the middle of 1 March is 105.
    assert scale.day_width == 10
    assert scale.x(date(2026, 3, 1)) == 105
    assert [scale.day_at(x) for x in (100, 109, 110, 409, 500)] == [
        date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 31), date(2026, 3, 31),
    ]  # fmt: skip


def test_without_a_plan_every_view_is_empty_and_says_so(window: MainWindow) -> None:
    for name in ("quarter", "timeline"):
        assert "Niets gepland" in view(window, name).accessibleDescription()


def test_a_treatment_that_is_over_opens_on_its_last_days(window: MainWindow, treated: MainWindow) -> None:
    plan = treated.desk.session.plan
    assert plan is not None
    assert day_to_show(plan, date(2026, 3, 16)) == date(2026, 3, 16)
    assert day_to_show(plan, date(2026, 9, 1)) == date(2026, 9, 1)
    # 13 times 28 days on, the 14th cycle of palbociclib begins on 15 March 2027, a day before the end of the plan; 21 days.
    assert day_to_show(plan, date(2028, 1, 1)) == date(2027, 4, 4)


def test_the_timeline_shows_when_the_patient_is_away(treated: MainWindow) -> None:
    """From Monday 13 to Wednesday 15 April: hatched on each day, named once. Easter Monday 6 April keeps its own name."""
    session = treated.desk.session
    away = (Absence(first=date(2026, 4, 13), last=date(2026, 4, 15)), Absence(first=date(2026, 4, 6), last=date(2026, 4, 6)))
    session.change(replace(session.draft, absences=away))
    timeline = view(treated, "timeline")
    assert isinstance(timeline, TimelineView)
    scale = TimeScale(first=date(2026, 3, 16), last=date(2026, 6, 30), left=0, right=900, top=0, bottom=300)
    names = closed_names(treated.words, session.plan, scale)
    assert [names.get(date(2026, 4, day)) for day in (12, 13, 14, 15, 16)] == [None, "afwezig", "", "", None]
    assert names[date(2026, 4, 6)] == treated.words.say("holiday.easter_monday")
