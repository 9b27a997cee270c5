"""Where the keyboard is can be seen: in every theme, on every page, for everything that Tab reaches."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.request import Language
from mbc_desktop.ui.main_window import PAGES, MainWindow
from mbc_desktop.ui.widgets.focus_ring import Ring
from tests.ui.driving import enter_patient, focus

STOPS = 60


def ring_of(widget: QWidget) -> Ring | None:
    """The ring upon a widget, or upon the list whose inside it is."""
    around = (widget, widget.parentWidget())
    return next((ring for one in around if one for ring in one.findChildren(Ring) if ring.isVisible()), None)


def walked(window: MainWindow) -> list[QWidget]:
    """What Tab comes to, until it comes back."""
    found: list[QWidget] = []
    for _ in range(STOPS):
        now = QApplication.focusWidget()
        if now is None or now in found:
            break
        found.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return found


@pytest.mark.parametrize(("theme", "language"), [("light", "nl"), ("dark", "fr"), ("contrast", "de"), ("light", "en")])
def test_everything_that_tab_reaches_shows_that_it_has_the_keyboard(
    qtbot: QtBot, window: MainWindow, theme: str, language: Language
) -> None:
    window.use_theme(theme)
    window.use_language(language)
    enter_patient(window)
    for page in PAGES:
        window.show_page(page)
        # What the page of patients needs is imported beside the window.
        part = window._pages[page]
        qtbot.waitUntil(lambda part=part: any(one.isVisible() for one in part.findChildren(QAbstractButton)))
        first = window.plan_page.facts if page == "plan" else window.rail._buttons[page]
        focus(first)
        stops = walked(window)
        assert len(stops) > 1, page
        for stop in stops:
            stop.setFocus()
            ring = ring_of(stop)
            assert getattr(stop, "draws_focus", False) or ring is not None, f"{page}: {type(stop).__name__}"
            if ring is not None:
                assert ring.size() == ring.parentWidget().size()
    window.use_theme("light")


def test_the_ring_goes_along_when_a_field_grows(window: MainWindow) -> None:
    line = window.plan_page.facts.field("patient.family_name")
    focus(line)
    now = QApplication.focusWidget()
    assert now is not None
    ring = ring_of(now)
    assert ring is not None
    now.resize(now.width() + 40, now.height())
    assert ring.size() == now.size()


def test_a_field_that_goes_away_takes_no_ring_that_is_needed(qtbot: QtBot, window: MainWindow) -> None:
    gone = QLineEdit(window)
    gone.show()
    focus(gone)
    assert ring_of(gone) is not None
    gone.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    line = window.plan_page.facts.field("patient.given_name")
    focus(line)
    now = QApplication.focusWidget()
    assert now is not None
    assert ring_of(now) is not None


def test_the_ring_is_nothing_for_the_mouse(window: MainWindow) -> None:
    focus(window.plan_page.facts)
    ring = next(one for one in window.findChildren(Ring) if one.isVisible())
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert ring.focusPolicy() == Qt.FocusPolicy.NoFocus
