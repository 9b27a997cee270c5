"""A window stands open all day: what was closed is gone, and a day of patients takes no more room than the first of them."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.intrathecal import IntrahepaticNote
from mbc_desktop.planning.plan import Plan
from mbc_desktop.ui import commands
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.entry.draft import Draft
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.patients_page import PatientsPage
from mbc_desktop.ui.panels.record_list import RecordList
from mbc_desktop.ui.panels.spinal_section import OrderList, SpinalSection
from tests.nurse_day import patient_file, serve, settle
from tests.ui import test_patients_page as ward_tests
from tests.ui.conftest import TODAY
from tests.ui.kinds import kinds

EXAMPLE = Path("resources/example/voorbeeld.mbc.json")
Open = Callable[[MainWindow], object]
# The ward's own fixtures.
_cheap, page = ward_tests._cheap, ward_tests.page


def widgets() -> Counter[str]:
    """How many widgets of each kind live."""
    return Counter(type(one).__name__ for one in QApplication.allWidgets())


@pytest.fixture
def treated(window: MainWindow) -> MainWindow:
    """A window with the example."""
    assert window.files.open_path(EXAMPLE)
    # What is built piece by piece after the start would be counted as left over.
    window.plan_page.facts.complete()
    return window


def event(window: MainWindow) -> None:
    plan, selection = window.desk.session.plan, window.desk.selection
    assert plan is not None
    item = next(one for one in plan.administrations if one.due > TODAY)
    selection.select_item(item.id, item.course, item.due)
    window.plan_page.commands.begin("delay")


def quiet_days(window: MainWindow) -> None:
    event(window)
    window.plan_page.commands.dialog.reject()
    window.plan_page.commands.find_quiet_day()


def first_run(window: MainWindow) -> None:
    from mbc_desktop.ui.starting.first_run import FirstRun

    FirstRun(window.desk, window.asking, window, window.use_language, window.use_theme, window.use_size).open()


def printing(window: MainWindow) -> None:
    from mbc_desktop.ui.paper.print_progress import PrintProgress

    dialog = PrintProgress(window.words, window)
    dialog.open()
    dialog.accept()
    dialog.deleteLater()


def spinal(window: MainWindow) -> OrderList:
    section = window.findChild(SpinalSection)
    assert section is not None
    section.unfold_for("intrathecal")
    return section.orders


def liver_notes(window: MainWindow) -> RecordList[Draft, IntrahepaticNote]:
    spinal(window)
    section = window.findChild(SpinalSection)
    assert section is not None
    return section.notes


def confirming(window: MainWindow) -> None:
    from decimal import Decimal

    from mbc_desktop.ui.entry.spinal_orders import with_new_order

    session, orders = window.desk.session, spinal(window)
    session.change(with_new_order(session.draft, drug="methotrexate", dose_mg=Decimal(12), dates=(TODAY,), note=""))
    orders.confirm_buttons[0].click()
    session.undo()


def signing_in(window: MainWindow) -> None:
    from mbc_desktop.ui.records.ward_commands import WardCommands

    patients = window.findChild(PatientsPage)
    assert patients is not None
    assert isinstance(patients.commands, WardCommands)
    patients.commands.own_password()


def patients_page(name: str, window: MainWindow) -> None:
    found = window.findChild(PatientsPage)
    assert found is not None
    window.show_page("patients")
    if name == "verification":
        found.search.setText("voorb")
    getattr(found, name)()


OPENED: dict[str, Open] = {
    "AboutDialog": commands._about,
    "ConfirmDialog": confirming,
    "EventDialog": event,
    "FirstRun": first_run,
    "HelpDialog": commands._help,
    "LabReportDialog": commands._paste_report,
    "OrderDialog": lambda window: spinal(window)._write(),
    "PrintProgress": printing,
    "ProposalDialog": lambda window: commands.propose(window, "alignment"),
    "QuietDaysDialog": quiet_days,
    "RecordDialog": lambda window: liver_notes(window).begin({}),
    "SheetCheck": lambda window: window.documents.check_sheet(),
}
OF_THE_WARD: dict[str, Open] = {
    "AuditDialog": partial(patients_page, "audit"),
    "FormDialog": signing_in,
    "HistoryDialog": partial(patients_page, "history"),
    "LockScreen": lambda window: _patients(window).commands._lock(),
    "VerificationDialog": partial(patients_page, "verification"),
    "WardSettings": partial(patients_page, "settings"),
    "WorklistDialog": partial(patients_page, "worklist"),
}


def _patients(window: MainWindow) -> PatientsPage:
    found = window.findChild(PatientsPage)
    assert found is not None
    return found


def open_and_close(window: MainWindow, name: str, opened: Open) -> None:
    opened(window)
    QApplication.processEvents()
    shown = [one for one in window.findChildren(QDialog) if type(one).__name__ == name]
    assert shown, f"{name} did not open"
    for one in shown:
        one.done(0)
    settle()


def test_every_dialog_of_the_program_is_opened_here() -> None:
    assert {kind.__name__ for kind in kinds(QDialog)} == set(OPENED) | set(OF_THE_WARD)


def test_a_dialog_that_was_closed_is_gone(treated: MainWindow) -> None:
    for name, opened in OPENED.items():
        open_and_close(treated, name, opened)
        before = widgets()
        assert before[name] == 0
        open_and_close(treated, name, opened)
        assert widgets() - before == Counter(), name


def test_a_dialog_of_the_ward_that_was_closed_is_gone(page: PatientsPage, window: MainWindow) -> None:
    ward_tests.hire(page, "ann", "pharmacist")
    ward_tests.seat(page, "ann")
    ward_tests.enter(page, window)
    for name, opened in OF_THE_WARD.items():
        open_and_close(window, name, opened)
        before = widgets()
        assert before[name] == 0
        open_and_close(window, name, opened)
        assert widgets() - before == Counter(), name


def test_a_question_that_was_answered_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    asking = Asking(window, window.words)

    def answer() -> None:
        next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)).accept()

    for _ in range(3):
        QTimer.singleShot(0, answer)
        asking.tell("Titel", "Zin.")
    settle()
    assert not [one for one in QApplication.allWidgets() if isinstance(one, QMessageBox)]


def test_a_menu_that_was_closed_is_gone(treated: MainWindow) -> None:
    event(treated)
    treated.plan_page.commands.dialog.reject()
    settle()
    before = widgets()
    for _ in range(3):
        treated.plan_page.commands.pop_up(QPoint(300, 300))
        menu = QApplication.activePopupWidget()
        assert menu is not None
        menu.close()
        settle()
    assert widgets() - before == Counter()


def test_a_day_of_patients_leaves_nothing_behind(window: MainWindow, tmp_path: Path) -> None:
    """Opened, seen on every page, printed and left: the third time adds no widget and no plan."""
    served: list[tuple[Counter[str], int]] = []
    path = patient_file(tmp_path, EXAMPLE, 0, horizon="2026-04-30")
    for _ in range(3):
        serve(window, path, tmp_path, sheets=("patient_calendar",))
        served.append((widgets(), sum(isinstance(one, Plan) for one in gc.get_objects())))
    assert served[2][0] - served[1][0] == Counter()
    assert served[2][1] <= served[1][1]
