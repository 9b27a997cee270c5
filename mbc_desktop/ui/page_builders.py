"""How each page of the rail is made, when it is first visited. A new page is one module, one line here and one picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow


def _patients(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.patients_page import PatientsPage

    return PatientsPage(window)


def _agenda(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.agenda_page import AgendaPage

    page = AgendaPage(window.desk)
    page.opened.connect(window.open_file)
    return page


def _guideline(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.guideline_page import GuidelinePage

    page = GuidelinePage(window.desk)
    page.wanted.connect(window.begin_course)
    return page


def _documents(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.documents_page import DocumentsPage

    return DocumentsPage(window.desk, window.documents)


def _settings(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.settings_page import SettingsPage

    return SettingsPage(window.desk, window.asking, window.use_language, window.use_theme)


BUILDERS: Mapping[str, Callable[[MainWindow], QWidget]] = MappingProxyType(
    {"patients": _patients, "agenda": _agenda, "guideline": _guideline, "documents": _documents, "settings": _settings}
)
