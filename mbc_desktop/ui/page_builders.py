"""How each page of the rail is made, when it is first visited. A new page is one module, one line here and one picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward import Ward
    from mbc_desktop.ui.records.ward_commands import WardCommands

_PATIENTS = "patients"


def _patients(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.records_door import records_page

    return records_page(window, _PATIENTS)


def _agenda(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.agenda_page import AgendaPage

    page = AgendaPage(window.desk, window.asking, partial(_ward, window))
    page.opened.connect(window.open_file)
    page.patient_wanted.connect(partial(_open_patient, window))
    return page


def _ward_commands(window: MainWindow) -> WardCommands | None:
    if window.findChild(QWidget, _PATIENTS) is None:
        return None
    # Nobody's records are open before that page was visited, and only then is the store imported.
    from mbc_desktop.ui.pages.patients_page import PatientsPage

    page = window.findChild(PatientsPage)
    return page.commands if page is not None else None


def _ward(window: MainWindow) -> Ward | None:
    """The ward's records that are open, where the page of the patients has opened some."""
    commands = _ward_commands(window)
    return commands.ward if commands is not None else None


def _open_patient(window: MainWindow, patient: int) -> None:
    commands = _ward_commands(window)
    if commands is not None:
        commands.patients.open(patient)


def _guideline(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.guideline_page import GuidelinePage

    page = GuidelinePage(window.desk)
    page.wanted.connect(window.begin_course)
    return page


def _documents(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.documents_page import DocumentsPage

    page = DocumentsPage(window.desk, window.documents)
    window.closing.connect(page.copied.take_away)
    return page


def _settings(window: MainWindow) -> QWidget:
    from mbc_desktop.ui.pages.settings_page import SettingsPage

    return SettingsPage(window.desk, window.asking, window.use_language, window.use_theme, window.use_size)


BUILDERS: Mapping[str, Callable[[MainWindow], QWidget]] = MappingProxyType(
    {"patients": _patients, "agenda": _agenda, "guideline": _guideline, "documents": _documents, "settings": _settings}
)
