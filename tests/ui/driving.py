"""Using the window as a person does: keys into whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.widgets.typed_edit import TypedEdit


def press(keys: str) -> None:
    """Types into whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, keys)


def key(name: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses one key in whatever has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, name, modifier)


def focus(widget: QWidget) -> None:
    """Puts the keyboard into a field."""
    widget.setFocus()
    QApplication.processEvents()


def field(window: MainWindow, name: str) -> QWidget:
    """A field of the facts form by its id: "measurement.weight"."""
    return window.plan_page.facts.field(name)


def retype(edit: QWidget, text: str) -> None:
    """Types over what stands in a field."""
    assert isinstance(edit, TypedEdit)
    edit.line.setFocus()
    edit.line.selectAll()
    if text:
        QTest.keyClicks(edit.line, text)
    else:
        QTest.keyClick(edit.line, Qt.Key.Key_Delete)


def enter_patient(window: MainWindow) -> None:
    """A clearly invented patient, typed from field to field."""
    focus(window.plan_page.facts)
    for text in ("Voorbeeld", "Anna", "0012345", "4/5/1961"):
        press(text)
        key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Down)  # from "not filled in" to female


def add_course(qtbot: QtBot, window: MainWindow, search: str, start: str) -> str:
    """Types into the search box, takes the first hit with Enter, types the start date; returns the course's id."""
    panel = window.plan_page.courses
    focus(panel.search)
    QTest.keyClicks(panel.search, search)
    qtbot.waitUntil(panel.search.popup.isVisible)
    QTest.keyClick(panel.search.popup, Qt.Key.Key_Return)
    course = window.desk.session.draft.courses[-1].id
    card = panel.card(course)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is card.start_line())
    # Without a window manager nobody gives the keyboard back to the window when the list of hits has closed.
    window.activateWindow()
    QApplication.processEvents()
    card.focus_start()
    press(start)
    return course
