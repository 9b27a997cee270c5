"""What a screen reader is told: the tree of every page is walked, every control in it has a name and a role, and the keyboard
reaches it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import PAGES, MainWindow
from mbc_desktop.ui.pages.settings_page import PARTS, SettingsPage
from mbc_desktop.ui.panels.calendar_panel import VIEWS
from tests.ui.driving import add_course, enter_patient

ROLE = QAccessible.Role
WORKED_WITH = {
    ROLE.PushButton, ROLE.CheckBox, ROLE.RadioButton, ROLE.ComboBox, ROLE.EditableText, ROLE.List, ROLE.Tree, ROLE.Table,
    ROLE.PageTabList, ROLE.ButtonMenu, ROLE.ButtonDropDown,
}  # fmt: skip


def tree(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """The interface and everything under it that can be seen."""
    if interface.state().invisible:
        return
    yield interface
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from tree(child)


def unnamed(window: MainWindow) -> list[str]:
    """The controls of the window that a screen reader could not name."""
    found = []
    for one in tree(QAccessible.queryAccessibleInterface(window)):
        if one.role() not in WORKED_WITH or one.text(QAccessible.Text.Name):
            continue
        owner = one.object()
        # The inner line of a list to choose from, and the buttons of a scroll bar, are Qt's own.
        if isinstance(owner, QWidget) and not owner.objectName().startswith("qt_"):
            found.append(f"{type(owner).__name__} ({one.role().name}) in {type(owner.parentWidget()).__name__}")
    return found


@pytest.fixture
def treated(qtbot: QtBot, window: MainWindow) -> MainWindow:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    return window


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_every_page_has_a_name_for_a_screen_reader(treated: MainWindow, page: str) -> None:
    treated.show_page(page)
    QApplication.processEvents()
    assert unnamed(treated) == []
    shown = treated._pages[page]
    if isinstance(shown, SettingsPage):
        for part in PARTS:
            shown.show_part(part)
            QApplication.processEvents()
            assert unnamed(treated) == [], part


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_of_the_calendar_says_what_the_selected_day_holds(treated: MainWindow, view: str) -> None:
    treated.plan_page.calendar.show_view(view)
    shown = treated.plan_page.calendar.shown
    assert shown is not None
    shown.grab()
    interface = QAccessible.queryAccessibleInterface(shown)
    assert interface.text(QAccessible.Text.Name)
    assert "16 maart 2026" in interface.text(QAccessible.Text.Description)


@pytest.mark.parametrize("page", PAGES)
def test_the_keyboard_goes_round_on_every_page_and_leaves_nothing_out(treated: MainWindow, page: str) -> None:
    treated.show_page(page)
    QApplication.processEvents()
    shown = treated._pages[page]
    wanted = {
        part for part in shown.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
        and not part.objectName().startswith("qt_")
    }  # fmt: skip
    reached: set[QWidget] = set()
    chain = treated.nextInFocusChain()
    while chain is not None and chain is not treated:
        reached.add(chain)
        chain = chain.nextInFocusChain()
    assert wanted - reached == set()
