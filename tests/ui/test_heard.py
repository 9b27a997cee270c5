"""What somebody hears who does not see the window: what is chosen, once; what is wrong, at once; what was typed, once it is
whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import PAGES, MainWindow
from mbc_desktop.ui.panels import findings_list
from mbc_desktop.ui.widgets.announce import PAUSE_MS
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.rail import RailButton
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from tests.ui.driving import add_course, enter_patient, field, focus, key


@pytest.fixture
def treated(qtbot: QtBot, window: MainWindow) -> MainWindow:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    return window


@pytest.fixture
def listening() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def said(window: MainWindow) -> str:
    """What is said of the calendar."""
    return window.plan_page.calendar.month_view.accessibleDescription()


def line_of(window: MainWindow, name: str) -> QLineEdit:
    """The line that a fact is typed in."""
    own = field(window, name)
    edit = own if isinstance(own, TypedEdit) else own.findChild(TypedEdit)
    assert edit is not None
    return edit.line


def test_the_item_that_the_keys_choose_is_said_with_its_day(treated: MainWindow) -> None:
    focus(treated.plan_page.calendar)
    key(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    first = said(treated)
    assert "16 maart 2026" in first
    assert "\n" not in first
    assert first.startswith("fulvestrant")
    key(Qt.Key.Key_Right)
    assert said(treated).startswith("dinsdag 17 maart 2026")


def test_a_withheld_dose_is_said_once(treated: MainWindow) -> None:
    treated.desk.selection.select_day(treated.desk.session.today)
    line = next(line for line in said(treated).splitlines() if line.startswith("fulvestrant"))
    assert line.count("niet vrijgegeven") <= 1


def test_a_menu_that_a_key_opens_has_its_first_entry_chosen(treated: MainWindow) -> None:
    focus(treated.plan_page.calendar)
    key(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    key(Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.activeAction() is menu.actions()[0]
    menu.close()


def test_a_list_to_choose_from_is_not_said_twice(treated: MainWindow) -> None:
    boxes = [box for box in treated.findChildren(ChoiceBox) if box.isVisible() and box.accessibleName()]
    assert len(boxes) > 3
    for box in boxes:
        assert not box.toolTip()
        assert box.accessibleDescription() == box.accessibleName()


def test_the_page_that_one_comes_to_has_a_name(treated: MainWindow) -> None:
    for page in PAGES:
        treated.show_page(page)
        assert treated._stack.accessibleName() == treated.words.say(f"shell.page.{page}")
    treated.use_language("de")
    assert treated._stack.accessibleName() == "Einstellungen"


def test_pages_are_one_of_several_and_no_boxes_to_tick(treated: MainWindow) -> None:
    for button in treated.rail.findChildren(RailButton):
        interface = QAccessible.queryAccessibleInterface(button)
        assert interface.role() == QAccessible.Role.RadioButton


@pytest.mark.usefixtures("listening")
def test_a_number_is_said_when_it_is_whole_and_what_is_wrong_at_once(qtbot: QtBot, treated: MainWindow) -> None:
    weight = line_of(treated, "measurement.weight")
    focus(weight)
    weight.selectAll()
    qtbot.keyClicks(weight, "6")
    assert "6" not in weight.accessibleDescription().split()
    qtbot.keyClicks(weight, "9")
    qtbot.waitUntil(lambda: weight.accessibleDescription() == "69\u00a0kg", timeout=4 * PAUSE_MS)
    qtbot.keyClicks(weight, "0")
    assert "690" in weight.accessibleDescription()


@pytest.mark.usefixtures("listening")
def test_half_a_number_is_not_read_out_as_the_title(qtbot: QtBot, treated: MainWindow) -> None:
    before = treated.windowTitle()
    number = line_of(treated, "patient.number")
    focus(number)
    number.selectAll()
    qtbot.keyClicks(number, "77123")
    assert treated.windowTitle() == before
    qtbot.waitUntil(lambda: "77123" in treated.windowTitle(), timeout=4 * PAUSE_MS)


@pytest.mark.usefixtures("listening")
def test_a_new_stop_is_said_wherever_the_keyboard_is(qtbot: QtBot, treated: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(findings_list, "tell", lambda _, text: told.append(text))
    add_course(qtbot, treated, "xeloda", "16/3/2026")
    stops = [one for one in treated.desk.session.plan.findings if one.severity == "stop"]
    assert stops
    qtbot.waitUntil(lambda: bool(told), timeout=4 * PAUSE_MS)
    assert told[0].startswith("STOP: ")
    treated.desk.selection.select_day(treated.desk.session.today)
    qtbot.wait(2 * PAUSE_MS)
    assert len(told) == 1


@pytest.mark.parametrize("page", PAGES)
def test_tab_stops_nowhere_without_a_name(treated: MainWindow, page: str) -> None:
    treated.show_page(page)
    begin = treated.rail.findChildren(RailButton)[0]
    focus(begin)
    for _ in range(150):
        key(Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        assert QAccessible.queryAccessibleInterface(at).text(QAccessible.Text.Name), type(at).__name__
        if at is begin:
            return
    raise AssertionError("Tab does not come round")


def test_tab_goes_from_the_facts_to_the_courses_to_the_calendar_to_what_is_told(treated: MainWindow) -> None:
    page = treated.plan_page
    parts = (page.facts, page.courses, page.calendar, page._right)
    focus(page.facts)
    met = []
    for _ in range(150):
        at = QApplication.focusWidget()
        met += [part for part in parts if part.isAncestorOf(at) and part not in met]
        key(Qt.Key.Key_Tab)
    assert met == list(parts)
