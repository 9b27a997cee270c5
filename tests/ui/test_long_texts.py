"""No word is cut off where it has a place of its own: names of pages, buttons, labels, answers to choose from, tabs, heads of
tables, menus, in every language, on a ward screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionMenuItem,
    QTabBar,
    QTableWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.texts import complete_languages
from mbc_desktop.ui.main_window import PAGES, MainWindow
from mbc_desktop.ui.pages.settings_page import PARTS, SettingsPage
from mbc_desktop.ui.panels.lab_report_dialog import LabReportDialog
from mbc_desktop.ui.preferences import SCALES
from mbc_desktop.ui.widgets.rail import RailButton

ARROW = 4
"""A list to choose from may draw its text so near to its arrow."""


def cut_off(window: QWidget) -> list[str]:
    """The texts that need more room than they have."""
    # A layout inside a layout settles in as many rounds.
    for _ in range(5):
        QApplication.processEvents()
    return [*_buttons(window), *_labels(window), *_choices(window), *_tabs(window), *_heads(window)]


def _shown(window: QWidget, kind: type) -> Iterator[QWidget]:
    yield from (one for one in window.findChildren(kind) if one.isVisible())


def _buttons(window: QWidget) -> Iterator[str]:
    for button in (*_shown(window, QPushButton), *_shown(window, QToolButton), *_shown(window, RailButton)):
        pictured = isinstance(button, QToolButton) and not button.icon().isNull()
        if button.text() and not pictured and not (isinstance(button, QPushButton) and button.isFlat()):
            needed = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
            if needed > button.width():
                yield f"button: {button.text()}"


def _labels(window: QWidget) -> Iterator[str]:
    for label in _shown(window, QLabel):
        if label.text() and label.textFormat() != Qt.TextFormat.RichText:
            # Of a text that wraps, no single word may be wider than its place.
            parts = label.text().split() if label.wordWrap() else label.text().splitlines()
            if max((label.fontMetrics().horizontalAdvance(part) for part in parts), default=0) > label.width() + 1:
                yield f"label: {label.text()}"


def _choices(window: QWidget) -> Iterator[str]:
    """Every answer of a list to choose from, not only the one that is chosen: each can be."""
    for box in _shown(window, QComboBox):
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width() + ARROW
        for place in range(box.count()):
            if box.fontMetrics().horizontalAdvance(box.itemText(place)) > room:
                yield f"choice: {box.itemText(place)} ({box.accessibleName()})"


def _tabs(window: QWidget) -> Iterator[str]:
    for bar in _shown(window, QTabBar):
        for place in range(bar.count()):
            if bar.fontMetrics().horizontalAdvance(bar.tabText(place)) > bar.tabRect(place).width():
                yield f"tab: {bar.tabText(place)}"
        if bar.count() and bar.tabRect(bar.count() - 1).right() > bar.width():
            yield f"tabs: {bar.tabText(bar.count() - 1)} is outside"


def _heads(window: QWidget) -> Iterator[str]:
    for head in _shown(window, QHeaderView):
        for place in range(head.count()):
            text = str(head.model().headerData(place, head.orientation()) or "")
            across = head.orientation() == Qt.Orientation.Horizontal
            room = head.sectionSize(place) if across else head.width()
            if max((head.fontMetrics().horizontalAdvance(line) for line in text.splitlines()), default=0) > room:
                yield f"head: {text}"


def _entries(menu: QMenu) -> Iterator[str]:
    """The entries of a menu, with its submenus, that would not fit on the screen or in the menu."""
    menu.ensurePolished()
    width = menu.sizeHint().width()
    for action in menu.actions():
        option = QStyleOptionMenuItem()
        menu.initStyleOption(option, action)
        name, _, key = action.text().replace("&", "").partition("\t")
        key = key or action.shortcut().toString()
        needed = menu.fontMetrics().horizontalAdvance(name) + menu.fontMetrics().horizontalAdvance(key)
        if needed > min(width, WARD.width()) or width > WARD.width():
            yield f"entry: {action.text()}"
        if (inner := action.menu()) is not None:
            yield from _entries(inner)


WARD = QSize(1366, 768)


def open_example(window: MainWindow, language: str) -> None:
    """The example patient, in a window of that language."""
    session, library = window.desk.session, window.desk.session.library
    assert library is not None
    text = Path("resources/example/voorbeeld.mbc.json").read_text(encoding="utf-8")
    window.use_language(next(one for one in complete_languages() if one == language))
    session.open(read_treatment(text, today=session.today, library=library, obey_today=False), None)


@pytest.mark.parametrize("language", complete_languages())
def test_nothing_is_cut_off_on_a_ward_screen(qtbot: QtBot, window: MainWindow, language: str) -> None:
    open_example(window, language)
    poor = {}
    for page in PAGES:
        window.show_page(page)
        if found := cut_off(window):
            poor[page] = found
    shown = window._pages["settings"]
    assert isinstance(shown, SettingsPage)
    window.show_page("settings")
    for part in PARTS:
        shown.show_part(part)
        if found := cut_off(window):
            poor[part] = found
    assert poor == {}


@pytest.mark.parametrize("language", complete_languages())
def test_no_answer_of_a_course_and_no_field_of_a_section_is_cut_off(window: MainWindow, language: str) -> None:
    open_example(window, language)
    plan, poor = window.plan_page, {}
    for section in plan.facts.more:
        section.heading.click()
    for course in window.desk.session.draft.courses:
        plan.courses._toggle(course.id)
        if found := cut_off(window):
            poor[course.id] = found
    window.desk.selection.select_item("c1/fulvestrant/3", "c1", date(2026, 3, 30))
    plan.commands.begin("delay")
    if found := cut_off(plan.commands.dialog):
        poor["event"] = found
    report = LabReportDialog(window.desk, window)
    report.report.setPlainText("12/03/2026\nCreatinine 0,85 mg/dL 0,50-0,95")
    report.show()
    if found := cut_off(report):
        poor["report"] = found
    assert poor == {}
    report.close()


@pytest.mark.parametrize("language", complete_languages())
def test_no_button_of_an_item_is_cut_off_at_any_size(window: MainWindow, language: str) -> None:
    open_example(window, language)
    window.desk.selection.select_item("c1/fulvestrant/3", "c1", date(2026, 3, 30))
    window.plan_page.columns.show_part("details")
    poor = {}
    for percent in SCALES:
        window.use_size(percent)
        window.resize(WARD)
        window.plan_page.columns.show_part("details")
        if found := cut_off(window):
            poor[percent] = found
    window.use_size(100)
    assert poor == {}


@pytest.mark.parametrize("language", complete_languages())
def test_no_entry_of_a_menu_is_cut_off(window: MainWindow, language: str) -> None:
    window.use_language(next(one for one in complete_languages() if one == language))
    menus = [action.menu() for action in window.menuBar().actions()]
    assert len(menus) == 4
    assert [found for menu in menus if menu is not None for found in _entries(menu)] == []
    bar = window.menuBar()
    assert bar.actionGeometry(bar.actions()[-1]).right() < window.width()


def test_the_measure_is_right(qtbot: QtBot) -> None:
    # Each sort of place with a text that is too long for it, and with one that is not.
    outer = QWidget()
    qtbot.addWidget(outer)
    outer.resize(400, 400)
    box, tabs, menu = QComboBox(outer), QTabBar(outer), QMenu(outer)
    box.addItems(["kort", "een antwoord dat nergens in past"])
    box.setGeometry(0, 0, 90, 24)
    tabs.addTab("een tab met een lange naam")
    tabs.setGeometry(0, 40, 60, 24)
    table = QTableWidget(1, 1, outer)
    table.setHorizontalHeaderLabels(["een hoofd met een lange naam"])
    table.setColumnWidth(0, 40)
    table.setGeometry(0, 80, 300, 80)
    outer.show()
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    found = cut_off(outer)
    assert [one for one in found if one.startswith("choice")] == ["choice: een antwoord dat nergens in past ()"]
    assert any(one.startswith("tab") for one in found)
    assert [one for one in found if one.startswith("head")] == ["head: een hoofd met een lange naam"]
    menu.addAction("naam " * 80)
    assert len(list(_entries(menu))) == 1
    box.resize(390, 24)
    tabs.resize(390, 24)
    table.setColumnWidth(0, 280)
    assert cut_off(outer) == []
