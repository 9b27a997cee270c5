"""Everything can be reached with the keyboard and has a name, on every page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

import mbc_desktop.ui
from mbc_desktop.ui.calendar.month_view import MonthView
from mbc_desktop.ui.main_window import PAGES, MainWindow
from mbc_desktop.ui.panels.inspector import Inspector
from tests.ui.driving import add_course, enter_patient, focus, key

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView, MonthView, Inspector)


def controls(window: MainWindow) -> list[QWidget]:
    """Everything visible that a person works with; Qt's own inner parts aside."""
    inner = (QComboBox, QAbstractScrollArea)
    return [
        part for part in window.findChildren(QWidget)
        if isinstance(part, CONTROLS) and part.isVisible() and not part.objectName().startswith("qt_")
        and not (isinstance(part.parentWidget(), inner) and not isinstance(part, MonthView))
        and not isinstance(part.parentWidget(), QLineEdit)
    ]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name(qtbot: QtBot, window: MainWindow, page: str) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    window.show_page(page)
    QApplication.processEvents()
    found = controls(window)
    assert len(found) > 4
    unnamed = [
        f"{type(part).__name__} in {type(part.parentWidget()).__name__}"
        for part in found
        if not (part.accessibleName() or (isinstance(part, QAbstractButton) and part.text()))
    ]
    assert unnamed == []


def test_tab_walks_through_the_facts_in_the_order_of_the_story(window: MainWindow) -> None:
    focus(window.plan_page.facts)
    names = []
    for _ in range(9):
        widget = QApplication.focusWidget()
        assert widget is not None
        names.append(widget.accessibleName().partition(",")[0])
        key(Qt.Key.Key_Tab)
    story = [
        "Familienaam",
        "Voornaam",
        "Patiëntnummer",
        "Geboortedatum",
        "Geslacht",
        "Gemeten op",
        "Gewicht",
        "Lengte",
        "Staal van",
    ]
    assert names == story


def test_no_control_clamps_or_reads_numbers_by_the_habits_of_a_country(window: MainWindow) -> None:
    assert window.findChildren(QAbstractSpinBox) == []


def test_the_selected_day_is_said_in_words(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    said = window.plan_page.calendar.month_view.accessibleDescription()
    assert said.startswith("maandag 16 maart 2026")
    assert "fulvestrant" in said


def test_lists_and_date_fields_wear_no_style_sheet() -> None:
    for path in Path(mbc_desktop.ui.__file__).parent.rglob("*.py"):
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute))
        assert not [node for node in calls if node.attr == "setStyleSheet"], path.name
