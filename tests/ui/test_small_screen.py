"""Large type on a small screen: nothing lies where nobody can get at it, and a change of size takes effect at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.request import Language
from mbc_desktop.ui.look.small_screen import NEEDED, has_room
from mbc_desktop.ui.look.theme import POINTS, load_letter, scaled
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.preferences import SCALES, Preferences
from mbc_desktop.ui.starting.start import make_window
from tests.ui.driving import add_course, enter_patient, field, retype

WARD = QSize(1366, 728)


@pytest.fixture(autouse=True)
def ordinary_size(qapp: QApplication) -> Iterator[None]:
    yield
    load_letter(100)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("percent", "fits"), [(100, True), (125, True), (150, False), (175, False), (200, False)])
def test_a_ward_screen_scrolls_where_the_type_is_too_large_for_it(percent: int, fits: bool) -> None:
    load_letter(percent)
    assert has_room(WARD) == fits


@pytest.mark.parametrize(("percent", "language"), [(100, "nl"), (100, "fr"), (125, "de"), (200, "en")])
def test_what_is_called_needed_is_what_the_largest_page_needs(window: MainWindow, percent: int, language: Language) -> None:
    for page in window.pages:
        window.show_page(page)
    window.use_language(language)
    window.use_size(percent)
    QApplication.processEvents()
    least = window._stack.minimumSizeHint() + QSize(window.rail.minimumSizeHint().width(), 0)
    assert least.width() <= scaled(NEEDED.width())
    assert least.height() <= scaled(NEEDED.height())


@pytest.mark.parametrize("percent", [100, 125])
def test_all_three_columns_of_the_plan_stand_on_a_ward_screen(window: MainWindow, percent: int) -> None:
    window.use_size(percent)
    window.resize(WARD)
    QApplication.processEvents()
    right = window.plan_page._right
    assert right.mapTo(window, right.rect().bottomRight()).x() < window.width()
    assert window.width() == WARD.width()


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_no_field_of_the_facts_is_narrower_than_it_needs(window: MainWindow, language: Language) -> None:
    facts = window.plan_page.facts
    facts.complete()
    window.use_language(language)
    for percent in SCALES:
        window.use_size(percent)
        QApplication.processEvents()
        bar = facts.verticalScrollBar().sizeHint().width()
        assert facts.width() - bar >= facts._inside.minimumSizeHint().width() - 1, percent


def test_another_size_takes_effect_at_once_and_loses_nothing(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "fulvestrant", "16/3/2026")
    weight = field(window, "measurement.weight")
    retype(weight, "68,")
    shown, line = window.page, QApplication.focusWidget()
    before = {name: _points(window, name) for name in ("letter", "heading", "banner")}
    window.use_size(200)
    assert {name: _points(window, name) for name in before} == {name: 2 * points for name, points in before.items()}
    assert weight.text() == "68,"  # type: ignore[attr-defined]
    assert (QApplication.focusWidget(), window.page) == (line, shown)
    assert [one.id for one in window.desk.session.draft.courses] == [course]
    window.use_size(100)
    assert {name: _points(window, name) for name in before} == before


def test_sizes_there_and_back_leave_every_measure_as_it_was(window: MainWindow) -> None:
    for page in window.pages:
        window.show_page(page)
    before = _measures(window)
    for percent in (125, 150, 175, 200, 150, 100):
        window.use_size(percent)
    # The frame that a large letter scrolls in has come in between.
    after = _measures(window)
    assert {one: after[one] for one in before} == before


def test_what_is_built_after_the_change_has_the_new_size(window: MainWindow) -> None:
    window.use_size(150)
    window.show_page("guideline")
    page = window._pages["guideline"]
    headings = [label.font().pointSizeF() for label in page.findChildren(QLabel)]
    assert max(headings) == 1.5 * (POINTS + 4)
    assert min(headings) >= 1.5 * 7


def test_the_size_chosen_is_that_of_the_next_start(qtbot: QtBot, tmp_path: Path, window: MainWindow) -> None:
    window.use_size(175)
    load_letter()
    again = make_window(window.preferences)
    qtbot.addWidget(again)
    assert again.font().pointSizeF() == 1.75 * POINTS
    assert Preferences(tmp_path / "preferences.ini").scale_percent == 175


def test_plus_and_minus_go_through_the_sizes_and_stop_at_the_ends(window: MainWindow) -> None:
    larger, smaller = window.menus.view.actions()[-1].menu().actions()[-2:]
    for percent in (125, 150, 175, 200, 200):
        larger.trigger()
        assert window.preferences.scale_percent == percent
    for percent in (175, 150, 125, 100, 100):
        smaller.trigger()
        assert window.preferences.scale_percent == percent


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("percent", SCALES)
def test_no_page_scrolls_sideways_on_a_ward_screen(window: MainWindow, percent: int, language: Language) -> None:
    window.use_language(language)
    window.use_size(percent)
    window.resize(WARD)
    frames = [area for area in window.findChildren(QScrollArea) if area.isAncestorOf(window._stack)]
    for page in window.pages:
        window.show_page(page)
        QApplication.processEvents()
        right = window._pages[page].mapTo(window, window._pages[page].rect().bottomRight()).x()
        assert right < WARD.width(), page
        assert [frame.horizontalScrollBar().maximum() for frame in frames] == [0] * len(frames), page
    assert window.width() == WARD.width()


@pytest.mark.parametrize(("percent", "columns"), [(100, 3), (125, 3), (150, 2), (175, 1), (200, 1)])
def test_parts_of_the_plan_that_have_no_column_share_one(window: MainWindow, percent: int, columns: int) -> None:
    parts = window.plan_page.columns
    window.use_size(percent)
    window.resize(WARD)
    QApplication.processEvents()
    assert parts.count == columns
    seen = {name: part.isVisible() for name, part in parts._parts.items()}
    assert seen == {"facts": True, "calendar": columns > 1, "details": columns > 2}
    for name in parts._parts:
        parts.show_part(name)
        assert parts._parts[name].isVisible()
        assert parts.switch.isVisible() == (columns < 3)


def test_what_is_asked_for_comes_out_from_behind_the_other_parts(window: MainWindow) -> None:
    plan = window.plan_page
    window.use_size(200)
    window.resize(WARD)
    QApplication.processEvents()
    window.menus.view.actions()[[action.text() for action in window.menus.view.actions()].index("Kwartaal")].trigger()
    assert plan.calendar.isVisible()
    plan.calendar.entered.emit()
    assert plan.inspector.isVisible()
    assert plan.inspector.hasFocus()
    plan.findings.field_wanted.emit("measurement.weight")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert field(window, "measurement.weight").isAncestorOf(focused)
    plan.inspector.left.emit()
    assert plan.calendar.isVisible()


def test_what_is_chosen_in_the_calendar_is_told_beside_it(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "fulvestrant", "16/3/2026")
    window.use_size(150)
    window.resize(WARD)
    QApplication.processEvents()
    plan = window.plan_page
    assert not plan.inspector.isVisible()
    plan.calendar.month_view.setFocus()
    window.desk.selection.select_item(f"{course}/fulvestrant/1", course, window.desk.session.today)
    assert plan.inspector.isVisible()
    assert plan.calendar.isVisible()


def _points(window: MainWindow, name: str) -> float:
    widgets = {"letter": window.plan_page.facts, "heading": window.plan_page.calendar._title, "banner": window._banner._name}
    return widgets[name].font().pointSizeF()


def _measures(window: MainWindow) -> dict[int, tuple[float, QSize, QSize]]:
    inside = [one for one in window.findChildren(QWidget) if not one.isWindow() and not one.objectName().startswith("qt_")]
    return {id(one): (one.font().pointSizeF(), one.minimumSize(), one.maximumSize()) for one in inside}


def test_the_sides_are_as_wide_as_before_after_a_larger_size(window: MainWindow) -> None:
    before = window.plan_page.columns.splitter.sizes()
    for percent in (125, 200, 100):
        window.use_size(percent)
        window.resize(WARD)
        QApplication.processEvents()
    assert window.plan_page.columns.splitter.sizes()[0] == before[0]
    assert window.plan_page.columns.splitter.sizes()[-1] == before[-1]


def test_the_rail_stays_where_it_is_on_a_page_without_a_banner(window: MainWindow) -> None:
    """A second click at the same place chose another page: the rail went up by the height of the banner."""
    places = []
    for page in ("plan", "agenda", "patients", "settings", "plan"):
        window.show_page(page)
        QApplication.processEvents()
        places.append(window.rail.mapTo(window, window.rail.rect().topLeft()))
    assert len(set(map(str, places))) == 1


def test_the_bar_of_a_small_screen_never_comes_and_goes(window: MainWindow) -> None:
    """The plan is lower where it is narrower, in fewer columns: a bar that came only when it was needed took the width of a
    column, was not needed then, went, and came, until the program had no stack left."""
    window.use_size(200)
    frame = window._stack.parentWidget().parentWidget()
    assert isinstance(frame, QScrollArea)
    for height in (749, 1600):
        window.resize(1700, height)
        QApplication.processEvents()
        assert frame.verticalScrollBar().isVisible()
    for width in range(1690, 1722):
        window.resize(width, 749)
        QApplication.processEvents()
        assert window._stack.width() == frame.width() - frame.verticalScrollBar().width()
