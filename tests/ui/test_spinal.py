"""Orders into the spinal fluid in the window: nothing proposed, the dose typed again by two persons who do not see it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from mbc_desktop.planning.intrathecal import IntrahepaticNote, IntrathecalOrder
from mbc_desktop.ui.calendar.day_items import days_of
from mbc_desktop.ui.calendar.lanes import lanes_of
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.spinal_dialogs import ConfirmDialog
from mbc_desktop.ui.panels.spinal_section import SpinalSection
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from tests.ui.driving import enter_patient, retype


def section(window: MainWindow) -> SpinalSection:
    found = next(one for one in window.plan_page.facts.more if isinstance(one, SpinalSection))
    found.heading.click()
    return found


def choose(box: QWidget, value: str) -> None:
    assert isinstance(box, ChoiceBox)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def write(window: MainWindow, dose: str = "12", days: tuple[str, ...] = ("16/3/2026", "19/3/2026")) -> SpinalSection:
    part = section(window)
    QTest.mouseClick(part.orders.add_button, Qt.MouseButton.LeftButton)
    dialog = part.orders.writing
    choose(dialog.fields.widgets["drug"], "methotrexate")
    retype(dialog.fields.widgets["dose"], dose)
    for day in days:
        retype(dialog.days.line, day)
        QTest.keyClick(dialog.days.line.line, Qt.Key.Key_Return)
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    return part


def retype_dose(part: SpinalSection, by: str, dose: str) -> ConfirmDialog:
    QTest.mouseClick(part.orders.confirm_buttons[0], Qt.MouseButton.LeftButton)
    dialog = part.orders.confirming
    dialog.by.setFocus()
    QTest.keyClicks(dialog.by, by)
    retype(dialog.dose, dose)
    return dialog


def order(window: MainWindow) -> IntrathecalOrder:
    return window.desk.session.draft.intrathecal[0]


def statuses(window: MainWindow) -> list[str]:
    plan = window.desk.session.plan
    assert plan is not None
    return [one.status for one in plan.intrathecal]


def test_nothing_stands_in_the_fields_and_nothing_is_written_while_one_is_empty(window: MainWindow) -> None:
    enter_patient(window)
    part = section(window)
    part.orders.add_button.click()
    dialog = part.orders.writing
    assert [line.text() for line in dialog.findChildren(QLineEdit)] == [""] * len(dialog.findChildren(QLineEdit))
    assert not dialog.ok.isEnabled()
    retype(dialog.fields.widgets["dose"], "12")
    retype(dialog.days.line, "16/3/2026")
    assert not dialog.ok.isEnabled()
    choose(dialog.fields.widgets["drug"], "methotrexate")
    assert dialog.ok.isEnabled()
    retype(dialog.fields.widgets["dose"], "0")
    assert not dialog.ok.isEnabled()
    dialog.reject()


def test_no_vinca_alkaloid_is_among_the_drugs(window: MainWindow) -> None:
    enter_patient(window)
    part = section(window)
    part.orders.add_button.click()
    box = part.orders.writing.fields.widgets["drug"]
    assert isinstance(box, ChoiceBox)
    assert [box.itemData(place) for place in range(box.count())] == ["", "methotrexate", "cytarabine", "trastuzumab"]
    part.orders.writing.reject()


def test_enter_takes_the_day_and_never_writes_the_order(window: MainWindow) -> None:
    enter_patient(window)
    part = write(window)
    assert order(window).dates == (date(2026, 3, 16), date(2026, 3, 19))
    assert order(window).dose_mg == Decimal(12)
    assert order(window).confirmed == ()
    assert statuses(window) == ["withheld", "withheld"]
    assert len(part.orders.confirm_buttons) == 1


def test_the_dose_is_nowhere_to_be_read_before_two_persons_typed_it(window: MainWindow) -> None:
    """11.5 mg stands in no other field of the window."""
    enter_patient(window)
    part = write(window, dose="11,5")
    QTest.mouseClick(part.orders.confirm_buttons[0], Qt.MouseButton.LeftButton)
    dialog = part.orders.confirming
    shown = [label.text() for widget in (part, dialog) for label in widget.findChildren(QLabel)]
    shown += [line.text() for widget in (part, dialog) for line in widget.findChildren(QLineEdit)]
    shown += [window.plan_page.findings.list.item(row).text() for row in range(window.plan_page.findings.list.count())]
    assert not [text for text in shown if "11,5" in text or "11.5" in text]
    dialog.reject()


def test_two_different_persons_release_it(window: MainWindow) -> None:
    enter_patient(window)
    part = write(window)
    retype_dose(part, "NV", "12").accept()
    assert statuses(window) == ["withheld", "withheld"]
    twice = retype_dose(part, " n v", "12")
    assert not twice.ok.isEnabled()
    assert twice.objection.text()
    twice.by.clear()
    QTest.keyClicks(twice.by, "KD")
    assert twice.ok.isEnabled()
    twice.accept()
    assert statuses(window) == ["planned", "planned"]
    assert [one.by for one in order(window).confirmed] == ["NV", "KD"]
    assert part.orders.confirm_buttons == []


def test_another_dose_keeps_it_withheld_until_it_is_written_anew(window: MainWindow) -> None:
    enter_patient(window)
    part = write(window)
    retype_dose(part, "NV", "21").accept()
    plan = window.desk.session.plan
    assert plan is not None
    assert "intrathecal-doses-differ" in [one.code for one in plan.findings if one.severity == "stop"]
    assert part.orders.confirm_buttons == []
    part.orders._remove(order(window).id)
    assert window.desk.session.draft.intrathecal == ()


def test_the_days_stand_in_the_calendar_and_the_inspector_says_how_they_stand(window: MainWindow) -> None:
    enter_patient(window)
    part = write(window)
    for by in ("NV", "KD"):
        retype_dose(part, by, "12").accept()
    plan = window.desk.session.plan
    assert plan is not None
    day = date(2026, 3, 19)
    item = days_of(plan, first=day, last=day)[day].items[0]
    assert (item.kind, item.subject, item.status) == ("spinal", "methotrexate", "planned")
    (lane,) = [lane for lane in lanes_of(plan) if lane.spinal]
    assert [point.on for point in lane.points] == [date(2026, 3, 16), day]
    window.desk.selection.select_item(item.id, item.course, day)
    said = window.plan_page.inspector.toPlainText().replace("\u00a0", " ")
    assert "12 mg" in said
    assert "NV" in said
    assert "KD" in said


def test_a_note_about_the_liver_is_a_day_and_words(window: MainWindow) -> None:
    enter_patient(window)
    notes = section(window).notes
    notes.add_button.click()
    retype(notes.dialog.fields.widgets["on"], "20/3/2026")
    retype(notes.dialog.fields.widgets["note"], "Voorbeeld: SIRT rechts")
    notes.dialog.accept()
    note = IntrahepaticNote(on=date(2026, 3, 20), note="Voorbeeld: SIRT rechts")
    assert window.desk.session.draft.intrahepatic == (note,)
    plan = window.desk.session.plan
    assert plan is not None
    assert [one.subject for one in days_of(plan, first=note.on, last=note.on)[note.on].items] == [note.note]
