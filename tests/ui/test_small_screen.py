"""Large type on a small screen: nothing lies where nobody can get at it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QScrollArea, QStackedWidget

from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.small_screen import NEEDED, reachable


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("percent", "scrolls"), [(100, False), (125, True), (150, True), (200, True)])
def test_a_ward_screen_scrolls_where_the_type_is_too_large_for_it(percent: int, scrolls: bool) -> None:
    room = QSize(1366 * 100 // percent, 728 * 100 // percent)
    found = reachable(QStackedWidget(), room)
    assert isinstance(found, QScrollArea) == scrolls


def test_what_is_called_needed_is_what_the_largest_page_needs(window: MainWindow) -> None:
    for page in window.pages:
        window.show_page(page)
    least = window.minimumSizeHint()
    assert least.width() <= NEEDED.width()
    assert least.height() <= NEEDED.height()


def test_no_field_of_the_facts_is_narrower_than_it_needs(window: MainWindow) -> None:
    facts = window.plan_page.facts
    facts.complete()
    window.resize(NEEDED)
    bar = facts.verticalScrollBar().sizeHint().width()
    assert facts.width() - bar >= facts._inside.minimumSizeHint().width() - 1
