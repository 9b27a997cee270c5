"""A ward's records in the window: made, signed in, saved, found again, verified blind by a second person, locked when idle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from sqlalchemy import select

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.records import patients, people, store
from mbc_desktop.records.permissions import PERMISSIONS
from mbc_desktop.records.signatures import Cycle, state_of
from mbc_desktop.records.tables import AUDIT
from mbc_desktop.ui.entry.draft import request_of_draft
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.agenda_page import AgendaPage
from mbc_desktop.ui.pages.patients_page import PatientsPage
from mbc_desktop.ui.records.audit_dialog import AuditDialog
from mbc_desktop.ui.records.form_dialog import FormDialog
from mbc_desktop.ui.records.history_dialog import HistoryDialog
from mbc_desktop.ui.records.lock_screen import LockScreen
from mbc_desktop.ui.records.table_text import table_text
from mbc_desktop.ui.records.verification_dialog import VerificationDialog
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.records.ward_settings import WardSettings
from mbc_desktop.ui.records.worklist_dialog import WorklistDialog
from tests.records.conftest import CHEAP, PASSPHRASE, TREATMENT
from tests.records.test_verification import RADIOTHERAPY
from tests.ui.conftest import Answers

SECRET = "een geheim van tien"  # noqa: S105 - of a store that lives for one test


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "PASSWORD_COST", CHEAP)
    real = store.create_store
    monkeypatch.setattr(store, "create_store", lambda path, words: real(path, words, cost=CHEAP))
    for name in ("first_account", "add_account", "change_password", "reset_password"):
        made = getattr(people, name)
        monkeypatch.setattr(people, name, lambda *a, made=made, **k: made(*a, **{"cost": CHEAP, **k}))
    monkeypatch.setattr("mbc_desktop.records.key_vault.kept_key", lambda _: None)


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, tmp_path: Path, answers: Answers) -> Iterator[PatientsPage]:
    """The page with new records of which the administrator is signed in."""
    window.show_page("patients")
    page = window.findChild(PatientsPage)
    assert page is not None
    answers.path = tmp_path / "afdeling.mbcdb"
    page.commands.opening.create()
    fill(window, passphrase=PASSPHRASE, again=PASSPHRASE, name="Voorbeeld Baas", staff_number="1", login="baas", password=SECRET)
    fill(window, login="baas", password=SECRET)
    yield page
    page.commands.close()


def fill(window: MainWindow, **texts: str) -> FormDialog:
    """Types into the form that stands open and says yes."""
    QApplication.processEvents()
    form = [one for one in window.findChildren(FormDialog) if one.isVisible()][-1]
    for name, text in texts.items():
        field = form.fields[name]
        if isinstance(field, QLineEdit):
            field.clear()
            QTest.keyClicks(field, text)
        else:
            field.show_value(text)  # type: ignore[union-attr]
    form.ok.click()
    settle(window)
    return form


def settle(window: MainWindow) -> None:
    """Waits until nothing goes on beside the window."""
    page = window.findChild(PatientsPage)
    assert page is not None
    QApplication.processEvents()
    for _ in range(3000):
        if not page.commands.background.busy:
            break
        QTest.qWait(10)
    assert not page.commands.background.busy
    QApplication.processEvents()


def ward_of(page: PatientsPage) -> Ward:
    ward = page.commands.ward
    assert ward is not None
    return ward


def hire(page: PatientsPage, login: str, role: str) -> None:
    """Adds a user by the form."""
    page.settings()
    settings = page._window.findChildren(WardSettings)[-1]
    settings.users.add()
    form = fill(page._window, name=f"Voorbeeld {login}", staff_number=f"nr {login}", login=login, role=role, password=SECRET)
    assert not isValid(form), form.refusal.text()
    settings.accept()


def seat(page: PatientsPage, login: str) -> None:
    """Signs out and in as somebody else, and chooses a password of one's own when asked."""
    page.commands.sign_out()
    page.commands.sign_in()
    fill(page._window, login=login, password=SECRET)
    if ward_of(page).seat().must_change:
        fill(page._window, new=SECRET, again=SECRET)


def enter(page: PatientsPage, window: MainWindow) -> None:
    """A treatment in the window, saved by File > Save."""
    enter_as(window)


def enter_as(window: MainWindow, number: str = "0012345", *, save: bool = True) -> None:
    """The same for another number."""
    from mbc_desktop.planning.files.treatment_file import read_treatment

    session = window.desk.session
    assert session.library is not None
    text = TREATMENT.replace("0012345", number)
    session.recover(read_treatment(text, today=session.today, library=session.library))
    assert not save or window.files.save()


def test_a_new_ward_says_what_it_is_for_and_what_is_wrong(window: MainWindow, tmp_path: Path, answers: Answers) -> None:
    window.show_page("patients")
    page = window.findChild(PatientsPage)
    assert page is not None
    assert "versleuteld" in page.told.text()
    assert not page.search.isVisible()
    answers.path = tmp_path / "afdeling.mbcdb"
    page.commands.opening.create()
    person = {"name": "Voorbeeld", "staff_number": "1", "login": "baas", "password": SECRET}
    form = fill(window, passphrase=PASSPHRASE, again="iets anders", **person)
    assert form.refusal.isVisible()
    short = "kort"
    form = fill(window, passphrase=short, again=short, **person)
    assert "12" in form.refusal.text()
    assert not (tmp_path / "afdeling.mbcdb").exists()


def test_a_patient_is_saved_found_and_opened(page: PatientsPage, window: MainWindow) -> None:
    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    saved = request_of_draft(window.desk.session.draft, today=window.desk.session.today)
    window.files.new()
    window.show_page("patients")
    QTest.keyClicks(page.search, "voorb an")
    assert page.found.count() == 1
    QTest.keyClick(page.search, page_key())
    opened = request_of_draft(window.desk.session.draft, today=window.desk.session.today)
    assert opened == saved
    assert ward_of(page).patient == 1


def page_key() -> object:
    from PySide6.QtCore import Qt

    return Qt.Key.Key_Return


def test_nothing_unsaved_lies_in_the_clear(page: PatientsPage, window: MainWindow) -> None:
    hire(page, "ann", "nurse")
    seat(page, "ann")
    session = window.desk.session
    assert session.draft_keeper is not None
    enter(page, window)
    ward = ward_of(page)

    session.change(replace(session.draft, absences=()), step="x")
    session.change(replace(session.draft, patient=replace(session.draft.patient, given_name="Annette")))
    ward.keep_draft()
    from mbc_desktop.records.drafts import drafts_of

    assert "Annette" in drafts_of(ward.store, ward.seat())[0].content


def test_two_people_verify_and_the_sheets_know(page: PatientsPage, window: MainWindow, answers: Answers) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    assert window.desk.session.release.standing == "not_released"
    verification(page)
    dialog = window.findChildren(VerificationDialog)[-1]
    cycle = Cycle(patient=1, course="c1", cycle=1)
    sign(dialog)
    assert state_of(ward_of(page).store, cycle) == "computed"
    # The nurse may not verify, and it says so before anything is typed.
    assert dialog.form is None
    assert not dialog.sign.isEnabled()
    assert "verpleegkundige" in dialog.answer.text()
    dialog.close()
    seat(page, "piet")
    verification(page)
    dialog = window.findChildren(VerificationDialog)[-1]
    assert dialog.form is not None
    assert all(line.text() == "" for line in dialog.form.lines.values())
    answer(dialog)
    sign(dialog)
    assert state_of(ward_of(page).store, cycle) == "verified"
    sign(dialog)
    assert state_of(ward_of(page).store, cycle) == "released"
    # The second person has not opened the patient for it.
    assert ward_of(page).patient is None
    page.commands.patients.open(1)
    assert window.desk.session.release.standing == "released"
    assert window.desk.session.release.audit_head


def test_a_difference_stands_on_the_screen_and_names_no_value(page: PatientsPage, window: MainWindow) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    verification(page)
    sign(window.findChildren(VerificationDialog)[-1])
    seat(page, "piet")
    verification(page)
    dialog = window.findChildren(VerificationDialog)[-1]
    told = visible_texts(dialog)
    assert not [value for value in ("68", "165", "0,85", "16/03/2026") if any(value in text for text in told)]
    answer(dialog, weight="86")
    sign(dialog)
    assert "STOP" in dialog.answer.text()
    assert dialog.answer.palette().windowText().color().name() == window.desk.look.colours.severities["stop"].text
    assert "68" not in dialog.answer.text()
    verification(page)
    dialog = window.findChildren(VerificationDialog)[-1]
    assert dialog.form is None
    assert "derde persoon" in dialog.answer.text()


def verification(page: PatientsPage) -> None:
    """Chooses the patient in the list, who is not opened, and verifies."""
    page._window.show_page("patients")
    page.search.clear()
    QTest.keyClicks(page.search, "voorb")
    page.verification()


def answer(dialog: VerificationDialog, **other: str) -> None:
    right = {"weight": "68", "height": "165", "creatinine": "0,85", "cycle": "1", "start": "16/3/2026"} | other
    assert dialog.form is not None
    for name, line in dialog.form.lines.items():
        line.clear()
        QTest.keyClicks(line, right[name])
    dialog.form.units["creatinine"].show_value("mg/dL")


def sign(dialog: VerificationDialog) -> None:
    QTest.keyClicks(dialog.password, SECRET)
    dialog.sign.click()
    QApplication.processEvents()


def visible_texts(dialog: VerificationDialog) -> list[str]:
    """Every text, name and description that the dialog or its accessible parts hold."""
    from PySide6.QtWidgets import QWidget

    texts = []
    for part in dialog.findChildren(QWidget):
        for name in ("text", "placeholderText", "toolTip", "accessibleName", "accessibleDescription"):
            value = getattr(part, name, None)
            texts.append(str(value()) if callable(value) else "")
    return texts + [dialog.cycles.item(row).text() for row in range(dialog.cycles.count())]


def test_who_opened_the_patient_first_is_told_so_and_enters_nothing(page: PatientsPage, window: MainWindow) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    verification(page)
    sign(window.findChildren(VerificationDialog)[-1])
    seat(page, "piet")
    page.commands.patients.open(1)
    verification(page)
    dialog = window.findChildren(VerificationDialog)[-1]
    assert dialog.form is None
    assert "niet blind" in dialog.answer.text()


def test_a_change_that_ends_a_signature_asks_why_first(page: PatientsPage, window: MainWindow) -> None:

    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    verification(page)
    sign(window.findChildren(VerificationDialog)[-1])
    session, ward = window.desk.session, ward_of(page)
    course = replace(session.draft.courses[0], start=session.today + timedelta(days=7))
    session.change(replace(session.draft, courses=(course,)))
    assert not window.files.save()
    assert ward.version == 1
    form = fill(window)
    assert form.refusal.isVisible()
    fill(window, why="zij vroeg een week uitstel")
    assert ward.version == 2
    page.history()
    assert "zij vroeg een week uitstel" in window.findChildren(HistoryDialog)[-1].savings.item(0).text()


def test_a_new_patient_like_another_is_saved_only_when_somebody_says_it_is_another(
    page: PatientsPage, window: MainWindow, answers: Answers
) -> None:

    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    page.commands.patients.begin()
    session, ward = window.desk.session, ward_of(page)
    enter_as(window, number="0055555", save=False)
    assert not window.files.save()
    assert answers.asked[-1][0] == "ui.records.somebody_else"
    count = "SELECT count(*) FROM patient"
    assert ward.store.raw.execute(count).fetchone() == (1,)
    answers.answer = "ui.records.somebody_else"
    assert window.files.save()
    assert ward.store.raw.execute(count).fetchone() == (2,)
    answers.answer = ""
    page.commands.patients.open(1)
    assert answers.asked[-1][0] == "ui.records.open_this_one"
    assert session.draft.patient.number == "0055555"
    answers.answer = "ui.records.open_this_one"
    page.commands.patients.open(1)
    assert session.draft.patient.number == "0012345"
    session.change(replace(session.draft, absences=()))


def test_what_was_given_without_a_release_asks_why(page: PatientsPage, window: MainWindow) -> None:

    from mbc_desktop.planning.request import Event, Target

    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    session, ward = window.desk.session, ward_of(page)
    today = session.today
    given = Event(
        id="e1", kind="given", course="c1", on=today, by="VA", given_on=today, target=Target(drug="docetaxel", number=1)
    )
    session.change(replace(session.draft, events=(given,)))
    assert not window.files.save()
    assert ward.version == 1
    fill(window, why="spoed, apotheker telefonisch akkoord")
    assert ward.version == 2


def test_an_idle_seat_locks_and_hides_the_patient(page: PatientsPage, window: MainWindow) -> None:
    ward = ward_of(page)
    now = ward.store.now()
    ward.store.now = lambda: now + timedelta(minutes=6)
    ward._look_at_the_clock()
    lock = window.findChildren(LockScreen)[-1]
    assert lock.isVisible()
    central = window.centralWidget()
    assert central is not None
    assert not central.isVisible()
    lock.reject()
    assert lock.isVisible()
    QTest.keyClicks(lock.password, "niet dit")
    lock.ok.click()
    assert lock.refusal.text()
    QTest.keyClicks(lock.password, SECRET)
    lock.ok.click()
    assert central.isVisible()
    assert not ward.seat().locked


def test_a_locked_seat_hides_the_dialogs_too_and_leaving_closes_them(page: PatientsPage, window: MainWindow) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    page.history()
    history = window.findChildren(HistoryDialog)[-1]
    ward = ward_of(page)
    now = ward.store.now()
    ward.store.now = lambda: now + timedelta(minutes=6)
    ward._look_at_the_clock()
    lock = window.findChildren(LockScreen)[-1]
    assert not history.isVisible()
    QTest.keyClicks(lock.password, SECRET)
    lock.ok.click()
    assert history.isVisible()
    ward.store.now = lambda: now + timedelta(minutes=20)
    ward._look_at_the_clock()
    assert not history.isVisible()
    window.findChildren(LockScreen)[-1].leave()
    QApplication.processEvents()
    assert ward.who is None
    assert not [one for one in window.findChildren(HistoryDialog) if one.isVisible()]


def test_history_and_audit_open(page: PatientsPage, window: MainWindow) -> None:

    hire(page, "piet", "pharmacist")
    seat(page, "piet")
    enter(page, window)
    session = window.desk.session
    changed = replace(session.draft, measurements=session.draft.measurements[:-1])
    session.change(changed)
    assert window.files.save()
    page.history()
    dialog = window.findChildren(HistoryDialog)[-1]
    assert dialog.savings.count() == 2
    assert "bloedplaatjes" in dialog.text.toPlainText()
    dialog.savings.selectAll()
    assert "piet" in dialog.text.toPlainText()
    dialog.savings.setCurrentRow(1)
    dialog.show_plan()
    # Mosteller: root of 68 kg x 165 cm / 3600 = 1.7654 m2; x 75 mg/m2 = 132.4 mg.
    assert dialog.text.toPlainText().startswith("Plan zoals het stond op ma 16/03/2026 (versie 1)")
    assert "maandag 16 maart 2026\ndocetaxel 132" in dialog.text.toPlainText()
    page.audit()
    audit = window.findChildren(AuditDialog)[-1]
    audit.check_chain()
    for _ in range(1000):
        if not audit._background.busy:
            break
        QTest.qWait(10)
    assert "heel" in audit.answer.text()


def test_the_records_come_back_at_the_next_start(page: PatientsPage, window: MainWindow, tmp_path: Path) -> None:
    assert page.commands.remembered() == tmp_path / "afdeling.mbcdb"
    page.commands.close_store()
    assert "afdeling.mbcdb" in page.told.text()
    assert datetime.now(UTC) > datetime(2026, 1, 1, tzinfo=UTC)


def test_what_was_being_entered_comes_back_to_the_person_who_entered_it(
    page: PatientsPage, window: MainWindow, answers: Answers
) -> None:

    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    session, ward = window.desk.session, ward_of(page)
    session.change(replace(session.draft, patient=replace(session.draft.patient, given_name="Annette")))
    ward.keep_draft()
    answers.answer = "ui.button.discard"
    page.commands.sign_out()
    assert session.draft.patient.given_name == ""
    answers.answer = "safety.recover"
    page.commands.sign_in()
    fill(window, login="ann", password=SECRET)
    assert session.draft.patient.given_name == "Annette"
    assert session.dirty
    assert ward.patient == 1


def test_emergency_access_is_asked_for_with_a_reason_and_shown(page: PatientsPage, window: MainWindow) -> None:
    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    seat(page, "baas")
    window.show_page("patients")
    QTest.keyClicks(page.search, "0012345")
    assert page.found.count() == 0
    QTest.keyClick(page.search, page_key())
    form = fill(window, reason="kort")
    assert form.refusal.isVisible()
    fill(window, reason="geen arts bereikbaar, spoed")
    assert "NOODTOEGANG" in page.commands._notice.text()
    assert "geen arts bereikbaar" in page.commands._notice.text()
    assert window.desk.session.draft.patient.given_name == "Anna"


def test_a_print_is_noted_at_once_and_refused_to_who_may_only_read(
    page: PatientsPage, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    for login, role in (("ann", "nurse"), ("kijk", "read_only")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    answers.path = tmp_path / "kalender.pdf"
    assert window.documents.export("patient_calendar")
    count = "SELECT count(*) FROM audit WHERE action = 'print_document'"
    assert ward_of(page).store.raw.execute(count).fetchone()[0] == 1
    assert window.files.save()
    assert ward_of(page).store.raw.execute("SELECT count(*) FROM print").fetchone()[0] == 1
    seat(page, "kijk")
    page.commands.patients.open(1)
    assert not window.documents.export("patient_calendar")
    assert "alleen lezen" in answers.told[-1][1]


def test_the_agenda_is_that_of_the_records_while_somebody_is_signed_in(
    qtbot: QtBot, page: PatientsPage, window: MainWindow
) -> None:
    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    window.files.new()
    plan = ward_of(page).plan_of(1)
    visit = min(one.date for one in plan.administrations if one.date is not None and one.place == "day_hospital")
    before = ward_of(page).store.rows(select(AUDIT))
    window.show_page("agenda")
    shown = window._pages["agenda"]
    assert isinstance(shown, AgendaPage)
    shown._first = visit - timedelta(days=visit.weekday())
    shown.read()
    qtbot.waitUntil(lambda: len(shown._files) == 1)
    column = shown.columns[visit.weekday()].list
    said = "\n".join(column.item(row).text() for row in range(column.count()))
    assert plan.request.patient.family_name.upper() in said
    # The looking is noted once for all patients of these days, and nobody's treatment counts as opened.
    noted = [row.action for row in ward_of(page).store.rows(select(AUDIT))[len(before) :]]
    assert set(noted) == {"view_agenda"}
    column.itemActivated.emit(column.item(0))
    QApplication.processEvents()
    assert window.page == "plan"
    assert window.desk.session.draft.patient.number == plan.request.patient.number
    assert window.desk.session.other_plans
    assert window.files.may_leave()
    page.commands.sign_out()
    assert window.desk.session.other_plans == ()
    window.show_page("agenda")
    assert shown._files == ()


def test_what_was_looked_for_goes_with_whoever_looked(page: PatientsPage, window: MainWindow) -> None:
    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    page.search.setText("voorb")
    assert page.found.count() == 1
    page.commands.sign_out()
    assert (page.search.text(), page.found.count(), page._lines) == ("", 0, ())


def test_what_is_irradiated_stands_in_the_waiting_list_by_its_region(page: PatientsPage, window: MainWindow) -> None:
    """It has no drug; the list of the whole ward did not open while one such course waited."""
    hire(page, "ann", "nurse")
    seat(page, "ann")
    session = window.desk.session
    assert session.library is not None
    session.recover(read_treatment(RADIOTHERAPY, today=session.today, library=session.library))
    assert window.files.save()
    verification(page)
    dialog = window.findChildren(VerificationDialog)[-1]
    assert [dialog.cycles.item(row).text().split(", cyclus")[0] for row in range(dialog.cycles.count())] == ["bestraling, bot"]
    sign(dialog)
    dialog.close()
    page.worklist()
    listed = window.findChildren(WorklistDialog)[-1]
    assert "bestraling, bot" in [listed.table.item(0, column).text() for column in range(listed.table.columnCount())]


def test_the_agenda_leaves_the_screen_with_whoever_sat_there(qtbot: QtBot, page: PatientsPage, window: MainWindow) -> None:
    """The seat locks itself over the agenda, and somebody else leaves it: nobody of the ward is to be read any more."""
    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter(page, window)
    plan = ward_of(page).plan_of(1)
    visit = min(one.date for one in plan.administrations if one.date is not None and one.place == "day_hospital")
    window.show_page("agenda")
    shown = window._pages["agenda"]
    assert isinstance(shown, AgendaPage)
    shown._first = visit - timedelta(days=visit.weekday())
    shown.read()
    qtbot.waitUntil(lambda: len(shown._files) == 1)
    ward_of(page).locked.emit()
    QApplication.processEvents()
    window.findChildren(LockScreen)[-1].leave()
    assert window.page == "agenda"
    assert shown._files == ()
    lists = [column.list for column in shown.columns]
    assert "VOORBEELD" not in "".join(one.item(row).text() for one in lists for row in range(one.count()))


def test_a_pharmacist_signs_from_the_list_without_opening_anybody(page: PatientsPage, window: MainWindow) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    verification(page)
    sign(window.findChildren(VerificationDialog)[-1])
    seat(page, "piet")
    page.worklist()
    worklist = window.findChildren(WorklistDialog)[-1]
    assert worklist.table.rowCount() == 1
    cells = [worklist.table.item(0, column).text() for column in range(worklist.table.columnCount())]
    assert cells[1] == "VOORBEELD Anna"
    assert not [value for value in ("68", "165", "0,85", "134") if any(value in text for text in cells)]
    QTest.keyClick(worklist.table, page_key())
    worklist.sign.click()
    dialog = window.findChildren(VerificationDialog)[-1]
    assert dialog.cycles.count() == 1
    answer(dialog)
    sign(dialog)
    assert dialog.answer.palette().windowText().color().name() == window.desk.look.colours.agreed.text
    assert worklist.table.rowCount() == 1
    sign(dialog)
    QApplication.processEvents()
    assert worklist.table.rowCount() == 0
    assert ward_of(page).patient is None


def test_users_get_another_role_go_out_of_use_and_get_a_new_password(page: PatientsPage, window: MainWindow) -> None:
    hire(page, "ann", "nurse")
    page.settings()
    users = window.findChildren(WardSettings)[-1].users
    row = [users.table.item(place, 0).text() for place in range(users.table.rowCount())].index("ann")
    users.table.setCurrentCell(row, 0)
    users.change_role()
    fill(window, role="pharmacist")
    assert users.table.item(row, 3).text() == "apotheker"
    users.reset()
    seat_again = "een ander geheim"
    fill(window, password=seat_again)
    users.in_or_out()
    assert users.table.item(row, 4).text() == "nee"
    page.commands.sign_out()
    page.commands.sign_in()
    form = fill(window, login="ann", password=seat_again)
    assert form.isVisible()
    form.reject()
    page.commands.sign_in()
    fill(window, login="baas", password=SECRET)
    page.settings()
    users = window.findChildren(WardSettings)[-1].users
    users.table.setCurrentCell(row, 0)
    users.in_or_out()
    page.commands.sign_out()
    page.commands.sign_in()
    fill(window, login="ann", password=seat_again)
    fill(window, new=SECRET, again=SECRET)
    assert ward_of(page).seat().role == "pharmacist"


def test_the_last_administrator_stays(page: PatientsPage, window: MainWindow, answers: Answers) -> None:
    page.settings()
    users = window.findChildren(WardSettings)[-1].users
    users.table.setCurrentCell(0, 0)
    users.in_or_out()
    assert "beheerder" in answers.told[-1][1]
    assert users.table.item(0, 4).text() == "ja"


def test_the_policy_the_backups_and_the_lock_are_set_in_the_window(
    page: PatientsPage, window: MainWindow, tmp_path: Path
) -> None:
    page.settings()
    settings, store = window.findChildren(WardSettings)[-1], ward_of(page).store
    before = store.setting("policy")
    settings.policy.save()
    assert store.setting("policy") == before
    settings.policy.classes["endocrine"].setChecked(True)
    settings.policy.radiotherapy.setChecked(False)
    settings.policy.noted.setChecked(True)
    settings.policy.regimens.item(0).setCheckState(Qt.CheckState.Checked)
    settings.policy.save()
    policy = store.setting("policy")
    assert set(policy["classes"]) == {"cytotoxic", "endocrine"}
    assert (policy["radiotherapy"], len(policy["regimens"]), store.setting("after_seeing")) == (False, 1, "noted")
    keeping = settings.keeping
    for hours, folder, refused in (("0", "", "1"), ("12,5", "", "1"), ("12", str(tmp_path / "nergens"), "nergens")):
        keeping.hours.setText(hours)
        keeping.folder.setText(folder)
        keeping.save()
        assert refused in keeping.answer.text()
    keeping.folder.setText(str(tmp_path))
    keeping.idle.setText("3")
    keeping.save()
    assert store.setting("backup") == {"folder": str(tmp_path), "every_hours": 12, "keep": 30}
    assert store.setting("idle_minutes") == 3
    assert settings.permissions.rowCount() == len(PERMISSIONS)


def test_the_passphrase_is_changed_in_the_window(page: PatientsPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from mbc_desktop.records import passphrase
    from mbc_desktop.records.header import passphrase_key
    from mbc_desktop.ui.records import keeping_tab

    real = passphrase.change_passphrase
    monkeypatch.setattr(keeping_tab, "change_passphrase", lambda *a: real(*a, cost=CHEAP))
    page.settings()
    keeping = window.findChildren(WardSettings)[-1].keeping
    keeping.change_passphrase()
    other = "vijf andere woorden hier"
    form = fill(window, old="fout fout fout", new=other, again=other)
    assert "past niet" in form.refusal.text()
    fill(window, old=PASSPHRASE, new=other, again=other)
    store = ward_of(page).store
    assert passphrase_key(store.path, other) == store.key


def test_the_key_is_taken_out_of_the_vault_of_this_computer(
    page: PatientsPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    from mbc_desktop.records.key_vault import SERVICE, keep_key

    vault: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "set_password", lambda service, name, secret: vault.update({(service, name): secret}))
    monkeypatch.setattr(keyring, "delete_password", lambda service, name: vault.pop((service, name)))
    store = ward_of(page).store
    keep_key(store.header, store.key)
    assert list(vault) == [(SERVICE, store.header.id)]
    page.settings()
    keeping = window.findChildren(WardSettings)[-1].keeping
    button = next(one for one in keeping.findChildren(QPushButton) if one.text() == "Sleutel op deze computer vergeten")
    button.click()
    assert vault == {}
    assert "bewaart de sleutel niet" in keeping.answer.text()


def test_a_vault_that_has_no_key_or_is_not_there_forgets_in_silence(page: PatientsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.errors import PasswordDeleteError

    from mbc_desktop.records.key_vault import forget_key

    def refuse(service: str, name: str) -> None:
        raise PasswordDeleteError(name)

    monkeypatch.setattr(keyring, "delete_password", refuse)
    forget_key(ward_of(page).store.header)


def test_a_wrong_passphrase_is_asked_for_again(page: PatientsPage, window: MainWindow) -> None:
    path = ward_of(page).store.path
    page.commands.close_store()
    page.commands.opening.open(path)
    settle(window)
    wrong = "niet de goede zin"
    fill(window, passphrase=wrong)
    form = [one for one in window.findChildren(FormDialog) if one.isVisible()][-1]
    assert "past niet" in form.refusal.text()
    fill(window, passphrase=PASSPHRASE)
    assert page.commands.ward is not None


def test_the_audit_lists_who_looked_in_a_month_and_saves_it(
    page: PatientsPage, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    page.commands.patients.open(1)
    seat(page, "piet")
    page.commands.patients.open(1)
    page.audit()
    audit = window.findChildren(AuditDialog)[-1]
    assert audit.months.count() == 2
    audit.months.setCurrentIndex(1)
    audit.show_month()
    assert [audit.table.item(row, 1).text().split(",")[0] for row in range(2)] == ["Voorbeeld piet", "Voorbeeld ann"]
    answers.path = tmp_path / "wie.csv"
    audit.save_list()
    text = answers.path.read_text(encoding="utf-8-sig")
    assert text.count("0012345") == 2
    assert text.startswith("Wanneer;")


def test_the_door_turns_into_the_page_while_the_window_stays_alive(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from mbc_desktop.ui.records_door import RecordsDoor

    door = RecordsDoor(window, "door")
    qtbot.addWidget(door)
    with qtbot.waitSignal(door.opened, timeout=10000):
        pass
    assert door.findChild(PatientsPage) is not None


def test_a_cell_of_a_saved_list_is_never_a_formula() -> None:
    assert table_text([("=1+1", "a;b", 'zeg "ja"')]) == '\'=1+1;"a;b";"zeg ""ja"""\r\n'


def _backed_up(page: PatientsPage, folder: Path) -> Path:
    from mbc_desktop.records.backup import back_up

    ward = ward_of(page)
    return back_up(ward.store, ward.seat(), folder / "kopie").path


@pytest.mark.parametrize("loss", ["page", "store", "header", "header_damaged"])
def test_what_was_lost_comes_back_step_by_step_from_a_backup(
    page: PatientsPage, window: MainWindow, answers: Answers, tmp_path: Path, loss: str
) -> None:
    """A damaged page, a missing file, a missing or damaged header: said, offered, confirmed, restored; the old file is kept."""
    from mbc_desktop.records.header import header_path

    path, backup = ward_of(page).store.path, _backed_up(page, tmp_path)
    page.commands.close_store()
    match loss:
        case "page":
            content = bytearray(path.read_bytes())
            content[len(content) // 2 : len(content) // 2 + 600] = bytes(600)
            path.write_bytes(content)
        case "store":
            path.unlink()
        case "header":
            header_path(path).unlink()
        case _:
            header_path(path).write_text("{")
    answers.answer, answers.path = "ui.records.restore", backup
    page.commands.opening.open(path)
    settle(window)
    if loss == "page":
        # It opens to be read only, and nobody has to sign in to bring it back.
        fill(window, passphrase=PASSPHRASE)
        sign_in = [one for one in window.findChildren(FormDialog) if one.isVisible()][-1]
        sign_in.reject()
        assert "BESCHADIGD" in page.banner.text()
        page.commands.restoring.restore()
        settle(window)
    elif loss == "store":
        fill(window, passphrase=PASSPHRASE)
    if loss != "page":
        fill(window, passphrase=PASSPHRASE)
    settle(window)
    assert answers.asked[-1][0] == "ui.records.restore"
    store = ward_of(page).store
    assert store.read_only == ""
    assert store.head().seq > 1
    fill(window, login="baas", password=SECRET)
    assert ward_of(page).who is not None
    if loss == "page":
        assert list(path.parent.glob("*.aside-*"))


def test_a_file_opened_beside_a_patient_is_never_saved_as_that_patient(
    page: PatientsPage, window: MainWindow, tmp_path: Path, answers: Answers
) -> None:
    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter_as(window, "0012345")
    assert ward_of(page).patient == 1
    other = tmp_path / "ander.mbc.json"
    other.write_text(TREATMENT.replace("0012345", "0099999").replace("Anna", "Berta"), encoding="utf-8")
    answers.path = other
    assert window.files.open()
    assert ward_of(page).patient is None
    answers.answer = "ui.records.somebody_else"
    assert window.files.save()
    ward = ward_of(page)
    assert ward.patient == 2
    assert [one.given_name for one in patients.search_patients(ward.store, ward.seat(), "voorbeeld")] == ["Anna", "Berta"]


@pytest.mark.parametrize("command", ["new", "recent"])
def test_whatever_begins_another_treatment_lets_the_patient_go(
    page: PatientsPage, window: MainWindow, tmp_path: Path, command: str
) -> None:
    hire(page, "ann", "nurse")
    seat(page, "ann")
    enter_as(window)
    other = tmp_path / "ander.mbc.json"
    other.write_text(TREATMENT.replace("0012345", "0099999"), encoding="utf-8")
    window.show_page("patients")
    if command == "new":
        menu = next(one for one in window.menus.file.actions() if one.text() == window.words.say("ui.menu.new"))
        menu.trigger()
    else:
        window.open_file(other)
    assert ward_of(page).patient is None
    assert ward_of(page).version == 0
    # And it is shown, whatever page one came from.
    assert window.page == "plan"


def test_enter_does_what_the_button_with_the_keyboard_says(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("settings")
    button = next(one for one in window.findChildren(QPushButton) if one.isVisible() and one.isEnabled())
    clicked: list[bool] = []
    button.clicked.disconnect()
    button.clicked.connect(lambda: clicked.append(True))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert clicked


def test_a_first_password_says_why_it_is_asked_and_the_page_follows(page: PatientsPage) -> None:
    hire(page, "ann", "nurse")
    page.commands.sign_out()
    page.commands.sign_in()
    fill(page._window, login="ann", password=SECRET)
    form = [one for one in page._window.findChildren(FormDialog) if one.isVisible()][-1]
    assert any("10" in label.text() and "beheerder" in label.text() for label in form.findChildren(QLabel))
    fill(page._window, new=SECRET, again=SECRET)
    assert "wachtwoord" not in page.told.text()


def test_an_administrator_is_told_what_to_do_instead_of_searching(page: PatientsPage) -> None:
    assert "Gebruikers voegt u hieronder toe" in page.told.text()


def test_nothing_is_released_unseen(page: PatientsPage, window: MainWindow) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    verification(page)
    sign(window.findChildren(VerificationDialog)[-1])
    seat(page, "piet")
    page.worklist()
    window.findChildren(WorklistDialog)[-1].sign_chosen()
    dialog = window.findChildren(VerificationDialog)[-1]
    # Before the blind entry no dose is to be seen, and none is noted as seen.
    assert dialog.sheet is None
    answer(dialog)
    sign(dialog)
    assert dialog.sheet is not None
    plan = ward_of(page).plan_of(1)
    text = dialog.sheet.toPlainText().replace("\u00a0", " ")
    doses = {one.dose.amount for one in plan.administrations if (one.course, one.cycle) == ("c1", 1) and one.dose is not None}
    assert doses, text
    assert all(window.words.texts.quantity(dose).replace("\u00a0", " ") in text for dose in doses)
    assert "Berekening, stap voor stap" in text
    assert "Eerste dosis" in text
    seen = ward_of(page).store.rows(select(AUDIT.c.entry).where(AUDIT.c.action == "view_patient").order_by(AUDIT.c.seq.desc()))
    assert '"blind"' in seen[0].entry  # of the plan just taken for this test
    assert any('"blind"' not in one.entry for one in seen)
    top = dialog.sheet.verticalScrollBar().value()
    QTest.keyClick(dialog.password, Qt.Key.Key_PageDown)
    assert dialog.sheet.verticalScrollBar().value() > top


def test_the_author_is_told_before_anything_is_typed_that_somebody_else_releases(page: PatientsPage, window: MainWindow) -> None:
    for login in ("piet", "mia"):
        hire(page, login, "pharmacist")
    seat(page, "piet")
    enter(page, window)
    verification(page)
    sign(window.findChildren(VerificationDialog)[-1])
    seat(page, "mia")
    verification(page)
    dialog = window.findChildren(VerificationDialog)[-1]
    answer(dialog)
    sign(dialog)
    dialog.close()
    seat(page, "piet")
    verification(page)
    dialog = window.findChildren(VerificationDialog)[-1]
    assert dialog.sheet is None
    assert not dialog.sign.isEnabled()


def test_whoever_signs_in_to_verify_sees_how_many_wait(page: PatientsPage, window: MainWindow) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    verification(page)
    sign(window.findChildren(VerificationDialog)[-1])
    seat(page, "piet")
    window.show_page("patients")
    button = page.findChild(QPushButton, "worklist")
    assert button is not None
    assert "(1)" in button.text()


def test_a_dose_that_was_read_wrong_is_corrected_from_the_waiting_list(
    page: PatientsPage, window: MainWindow, answers: Answers
) -> None:
    for login, role in (("ann", "nurse"), ("piet", "pharmacist")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    verification(page)
    sign(window.findChildren(VerificationDialog)[-1])
    seat(page, "piet")
    page.worklist()
    worklist = window.findChildren(WorklistDialog)[-1]
    # Whoever opened the patient now could not verify any more.
    assert not worklist.open_it.isEnabled()
    worklist.sign_chosen()
    dialog = window.findChildren(VerificationDialog)[-1]
    answer(dialog)
    sign(dialog)
    dialog.reject()
    QApplication.processEvents()
    assert worklist.open_it.isEnabled()
    worklist.open_it.click()
    assert ward_of(page).patient == 1
    assert window.page == "plan"
    session = window.desk.session
    session.change(replace(session.draft, courses=tuple(replace(one, start=date(2026, 3, 23)) for one in session.draft.courses)))
    window.files.save()
    # The signature that ends is named by what the cycle gives, and is told once.
    form = [one for one in window.findChildren(FormDialog) if one.isVisible()][-1]
    told = " ".join(label.text() for label in form.findChildren(QLabel))
    assert "cyclus 1" in told
    assert "c1 1" not in told
    fill(window, why="een week later op eigen vraag")
    assert not [one for one in answers.told if "vervallen" in one[1]]
    assert state_of(ward_of(page).store, Cycle(patient=1, course="c1", cycle=1)) == "draft"
    # Who was looked at last stands in the list without searching.
    window.show_page("patients")
    assert page.found.count() == 1


def test_whoever_may_print_nothing_writes_no_file_in_the_clear(
    page: PatientsPage, window: MainWindow, tmp_path: Path, answers: Answers
) -> None:
    for login, role in (("ann", "nurse"), ("kijk", "read_only")):
        hire(page, login, role)
    seat(page, "ann")
    enter(page, window)
    seat(page, "kijk")
    page.commands.patients.open(1)
    answers.path = tmp_path / "kopie.mbc.json"
    assert not window.files.save_as()
    assert not answers.path.exists()
    assert answers.told
    # A nurse may let sheets leave, and a file as well.
    seat(page, "ann")
    page.commands.patients.open(1)
    assert window.files.save_as()
    assert answers.path.exists()
