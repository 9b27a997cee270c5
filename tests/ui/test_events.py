"""What happens to a treatment, entered by real mouse and keys: a drop, a delay with a scope, a given dose, a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.patient.facts import EarlierDrug
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.replay.event_lookup import uncorrected
from mbc_desktop.planning.request import WHOLE_COURSE, Event, EventKind
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.event_dialog import EventDialog
from mbc_desktop.ui.panels.regimen_field import RegimenField
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.every_edit import EveryEdit
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, retype


@pytest.fixture
def treated(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A window with fulvestrant from Monday 16 March 2026, today."""
    window.desk.preferences.user = "NV"
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    return window


def dues(window: MainWindow) -> list[date]:
    """The first five days of fulvestrant in the plan."""
    plan = window.desk.session.plan
    assert plan is not None
    return [one.due for one in plan.administrations if one.drug == "fulvestrant"][:5]


def dialog(window: MainWindow) -> EventDialog:
    """The dialog that is open."""
    return window.plan_page.commands.dialog


def choose(box: ChoiceBox, value: str) -> None:
    """Chooses a value as the mouse would."""
    place = box.findData(value)
    box.setCurrentIndex(place)
    box.activated.emit(place)


def the_field(window: MainWindow, name: str) -> QWidget:
    """A field of the dialog by the name of what it fills."""
    return dialog(window).fields.widgets[name]


def drop(window: MainWindow, item: str, day: date) -> None:
    """Takes hold of an item in the calendar and lets it go on another day."""
    month = window.plan_page.calendar.month_view
    start, end = month.cells.place_of(item).center(), month.cells.grid.cell(day).center()
    QTest.mousePress(month, Qt.MouseButton.LeftButton, pos=start)
    for part in (QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2), end):
        QTest.mouseMove(month, part)
    QTest.mouseRelease(month, Qt.MouseButton.LeftButton, pos=end)


def test_a_drop_a_week_later_shows_what_moves_and_delays_the_rest_of_the_treatment(treated: MainWindow) -> None:
    # Dropped from Monday 30 March on Thursday 2 April: three days later.
    drop(treated, "c1/fulvestrant/2", date(2026, 4, 2))
    assert dialog(treated).kind.value() == "delay"
    # Only this one, at first: one date moves.
    assert dialog(treated).preview.list.count() >= 1
    choose(dialog(treated).scope, "rest_of_treatment")
    assert dialog(treated).preview.list.count() > 5
    before = dues(treated)
    assert before == [date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 13), date(2026, 5, 11), date(2026, 6, 8)]
    choose(dialog(treated).reason, "patient")
    QTest.mouseClick(dialog(treated).apply, Qt.MouseButton.LeftButton)
    # Everything from the second on comes three days later: 2 April, 16 April, 14 May, 11 June.
    assert dues(treated) == [date(2026, 3, 16), date(2026, 4, 2), date(2026, 4, 16), date(2026, 5, 14), date(2026, 6, 11)]
    event = treated.desk.session.draft.events[-1]
    assert (event.kind, event.days, event.scope, event.reason, event.by) == ("delay", 3, "rest_of_treatment", "patient", "NV")
    treated.desk.session.undo()
    assert dues(treated) == before
    treated.desk.session.redo()
    assert dues(treated)[1] == date(2026, 4, 2)


def test_what_stays_on_the_day_from_which_a_dose_is_moved_is_said(qtbot: QtBot, treated: MainWindow) -> None:
    """Two drugs of one visit: one is dropped on Tuesday, and whoever cannot come on Monday has to hear of the other."""
    add_course(qtbot, treated, "xgeva", "30/3/2026")
    drop(treated, "c1/fulvestrant/2", date(2026, 3, 31))
    listed = dialog(treated).preview.list
    stays = [listed.item(row).text() for row in range(listed.count()) if listed.item(row).text().startswith("Blijft op")]
    assert len(stays) == 1
    assert "denosumab" in stays[0]
    assert "fulvestrant" not in stays[0]
    dialog(treated).reject()


def test_a_drop_on_an_earlier_day_moves_only_this_one(treated: MainWindow) -> None:
    drop(treated, "c1/fulvestrant/2", date(2026, 3, 27))
    assert dialog(treated).kind.value() == "move"
    QTest.mouseClick(dialog(treated).apply, Qt.MouseButton.LeftButton)
    event = treated.desk.session.draft.events[-1]
    assert (event.kind, event.to) == ("move", date(2026, 3, 27))
    assert dues(treated)[1] == date(2026, 3, 27)


def test_a_drag_that_comes_back_asks_nothing(treated: MainWindow) -> None:
    drop(treated, "c1/fulvestrant/2", date(2026, 3, 30))
    assert not hasattr(treated.plan_page.commands, "dialog")
    assert treated.desk.session.draft.events == ()


def test_what_was_given_is_entered_with_two_keys_from_the_calendar(treated: MainWindow) -> None:
    treated.desk.selection.select_item("c1/fulvestrant/1", "c1", date(2026, 3, 16))
    QTest.mouseClick(treated.plan_page.item_actions.button("given"), Qt.MouseButton.LeftButton)
    # The planned day is not ahead of us, so it stands there already.
    assert dialog(treated).apply.isEnabled()
    QTest.keyClick(dialog(treated), Qt.Key.Key_Return)
    plan = treated.desk.session.plan
    assert plan is not None
    assert plan.administrations[0].status == "given"


def test_nothing_is_entered_while_a_field_is_missing_or_without_initials(treated: MainWindow) -> None:
    treated.desk.selection.select_item("c1/fulvestrant/2", "c1", date(2026, 3, 30))
    treated.plan_page.commands.begin("delay")
    assert not dialog(treated).apply.isEnabled()
    days = the_field(treated, "days")
    retype(days, "7")
    assert dialog(treated).apply.isEnabled()
    dialog(treated).by.clear()
    QTest.keyClicks(dialog(treated).by, " ")
    assert not dialog(treated).apply.isEnabled()
    assert dialog(treated).draft_entered() is None


def test_a_given_dose_that_was_wrong_is_corrected_and_stays_readable(
    treated: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    session, commands = treated.desk.session, treated.plan_page.commands
    treated.desk.selection.select_item("c1/fulvestrant/1", "c1", date(2026, 3, 16))
    commands.begin("given")
    amount = the_field(treated, "amount")
    retype(amount, "250")
    QTest.mouseClick(dialog(treated).apply, Qt.MouseButton.LeftButton)
    answers.path = tmp_path / "voorbeeld.mbc.json"
    assert treated.files.save()
    # From now on it is corrected: there is nothing to undo.
    assert not session.can_undo
    commands.correct(session.draft.events[0])
    seeded = the_field(treated, "amount")
    assert isinstance(seeded, TypedEdit)
    assert seeded.text() == "250"
    retype(seeded, "500")
    QTest.mouseClick(dialog(treated).apply, Qt.MouseButton.LeftButton)
    kinds = [(event.kind, event.amount.text() if event.amount else "") for event in session.draft.events]
    assert kinds == [("given", "250 mg"), ("given", "500 mg"), ("correct", "")]
    assert "e1" not in {event.id for event in uncorrected(session.draft.events)}
    assert session.contradiction == ""


def test_an_event_that_was_not_saved_is_taken_back_whole(treated: MainWindow) -> None:
    drop(treated, "c1/fulvestrant/2", date(2026, 4, 2))
    QTest.mouseClick(dialog(treated).apply, Qt.MouseButton.LeftButton)
    events = treated.plan_page.events
    events.list.setCurrentRow(0)
    QTest.mouseClick(events.withdraw, Qt.MouseButton.LeftButton)
    assert treated.desk.session.draft.events == ()


def test_a_saved_event_is_withdrawn_by_a_correction(treated: MainWindow, answers: Answers, tmp_path: Path) -> None:
    drop(treated, "c1/fulvestrant/2", date(2026, 4, 2))
    QTest.mouseClick(dialog(treated).apply, Qt.MouseButton.LeftButton)
    answers.path = tmp_path / "voorbeeld.mbc.json"
    assert treated.files.save()
    treated.plan_page.commands.withdraw(treated.desk.session.draft.events[0])
    assert [event.kind for event in treated.desk.session.draft.events] == ["delay", "correct"]
    assert dues(treated)[1] == date(2026, 3, 30)


@pytest.mark.parametrize("kind", ["given", "move", "delay", "omit", "dose", "interval", "hold", "resume", "cease", "replace"])
def test_every_kind_of_event_opens_with_the_keyboard_in_its_first_field(treated: MainWindow, kind: str) -> None:
    treated.desk.selection.select_item("c1/fulvestrant/2", "c1", date(2026, 3, 30))
    subject = treated.plan_page.commands.subject()
    assert subject is not None
    assert kind in subject.kinds
    treated.plan_page.commands.begin(next(one for one in subject.kinds if one == kind))
    QApplication.processEvents()
    assert dialog(treated).kind.value() == kind
    dialog(treated).reject()


def test_a_correction_of_a_correction_counts_again() -> None:
    day = date(2026, 3, 16)
    events = (
        Event(id="e1", kind="omit", course="c1", on=day, by="NV"),
        Event(id="e2", kind="correct", course="c1", on=day, by="NV", event="e1"),
        Event(id="e3", kind="correct", course="c1", on=day, by="NV", event="e2"),
    )
    assert [event.id for event in uncorrected(events[:2])] == ["e2"]
    assert [event.id for event in uncorrected(events)] == ["e1", "e3"]


def test_a_bone_agent_is_given_less_often_from_the_advice_on(window: MainWindow) -> None:
    """Offered after 24 months to a patient without symptoms; a click on the advice opens the dialog, a person decides."""
    session, library = window.desk.session, window.desk.session.library
    assert library is not None
    window.desk.preferences.user = "NV"
    text = Path("resources/example/voorbeeld.mbc.json").read_text(encoding="utf-8")
    request = read_treatment(text, today=session.today, library=library, obey_today=False)
    # Zoledronic acid since 1 March 2024: two years and two weeks.
    earlier = EarlierDrug(drug="zoledronic-acid", since=date(2024, 3, 1))
    facts = replace(request.facts, asymptomatic_on=date(2026, 3, 10))
    session.open(replace(request, history=(earlier,), facts=facts), None)
    findings = window.plan_page.findings.list
    rows = [findings.item(row) for row in range(findings.count())]
    advice = next(row for row in rows if "minder vaak" in row.text())
    findings.scrollToItem(advice)
    QTest.mouseClick(findings.viewport(), Qt.MouseButton.LeftButton, pos=findings.visualItemRect(advice).center())
    assert dialog(window).kind.value() == "interval"
    every = the_field(window, "every")
    assert isinstance(every, EveryEdit)
    choose(every.box, "84 days")
    QTest.mouseClick(dialog(window).apply, Qt.MouseButton.LeftButton)
    plan = session.plan
    assert plan is not None
    # The last one was on 2 March: 84 days on is 25 May, and again 17 August.
    assert [one.due for one in plan.administrations if one.drug == "zoledronic-acid"] == [
        date(2026, 3, 2), date(2026, 5, 25), date(2026, 8, 17),
    ]  # fmt: skip
    assert all("minder vaak (" not in findings.item(row).text() for row in range(findings.count()))


def test_an_interval_outside_the_usual_ones_is_a_number_of_days_weeks_or_months(treated: MainWindow) -> None:
    plan = treated.desk.session.plan
    assert plan is not None
    item = next(one for one in plan.administrations if one.number == 3)
    treated.desk.selection.select_item(item.id, item.course, item.due)
    treated.plan_page.commands.begin("interval")
    every = the_field(treated, "every")
    assert isinstance(every, EveryEdit)
    choose(every.box, "other")
    assert not every.number.isHidden()
    retype(every.number, "5")
    # A number without days, weeks or months is no interval.
    assert dialog(treated).event_entered() is None
    choose(every.unit, "weeks")
    event = dialog(treated).event_entered()
    assert event is not None
    assert event.every == "5 weeks"
    retype(every.number, "400")
    assert dialog(treated).event_entered() is None
    dialog(treated).reject()
    shown = EveryEdit(("28 days",), None, treated.desk.words, treated.desk.look, label="act.field.every")
    shown.show_value("5 weeks")
    assert (shown.box.value(), shown.unit.value()) == ("other", "weeks")
    assert treated.desk.words.texts.option("5 weeks") == "5 weken"
    assert treated.desk.words.texts.option("1 week") == "1 week"
    shown.deleteLater()


def test_what_happened_to_a_whole_course_is_entered_from_its_card(treated: MainWindow) -> None:
    card = treated.plan_page.courses.card("c1")
    treated.plan_page.courses._unfold("c1")
    assert card.form is not None
    (button,) = [one for one in card.form.findChildren(QPushButton) if one.text() == "Gebeurtenis ingeven…"]
    button.click()
    dialog = treated.plan_page.commands.dialog
    kinds = [dialog.kind.itemData(place) for place in range(dialog.kind.count())]
    assert kinds == ["hold", "resume", "cease", "replace", "progression", "procedure"]
    retype(dialog.fields.widgets["day"], "30/3/2026")
    dialog.by.setText("NV")
    dialog.accept()
    event = treated.desk.session.draft.events[-1]
    assert (event.kind, event.course, event.target) == ("hold", "c1", WHOLE_COURSE)


def test_no_button_stands_over_the_sheet_of_a_day(treated: MainWindow) -> None:
    """A hold of whatever course was looked at last, above the words of a day on which nothing is planned."""
    treated.desk.selection.select_course("c1")
    assert treated.plan_page.item_actions.isHidden()


def test_ten_clicks_on_apply_enter_one_event(treated: MainWindow) -> None:
    """A slow screen and an impatient hand: the double click of a delay would be two delays."""
    treated.desk.selection.select_item("c1/fulvestrant/2", "c1", date(2026, 3, 30))
    treated.plan_page.commands.begin("delay", values={"days": 3})
    shown = treated.plan_page.commands.dialog
    shown.by.setText("NV")
    shown._show()
    apply = shown.apply
    for _ in range(10):
        QTest.mouseClick(apply, Qt.MouseButton.LeftButton)
    assert [event.kind for event in treated.desk.session.draft.events] == ["delay"]


@pytest.mark.parametrize("kind", ["hold", "cease", "replace"])
def test_what_ends_a_treatment_begins_with_the_day_that_was_chosen(qtbot: QtBot, window: MainWindow, kind: EventKind) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    window.desk.selection.select_item("c1/fulvestrant/2", "c1", date(2026, 3, 30))
    commands = window.plan_page.commands
    commands.begin(kind)
    day = commands.dialog.fields.widgets["day"]
    assert isinstance(day, TypedEdit)
    assert day.text() == "30/03/2026"
    commands.dialog.reject()
    # Of what has begun already it is today: nothing is undone for the past.
    window.desk.selection.select_item("c1/fulvestrant/1", "c1", date(2026, 3, 16))
    commands.begin(kind)
    day = commands.dialog.fields.widgets["day"]
    assert isinstance(day, TypedEdit)
    assert day.text() == "16/03/2026"
    commands.dialog.reject()


def test_another_regimen_is_found_by_its_brand(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "herceptin 3 weken", "16/3/2026")
    window.desk.preferences.user = ""
    plan = window.desk.session.plan
    assert plan is not None
    second = [one for one in plan.administrations if one.drug == "trastuzumab"][1]
    window.desk.selection.select_item(second.id, "c1", second.due)
    commands = window.plan_page.commands
    commands.begin("replace")
    dialog = commands.dialog
    found = dialog.fields.widgets["regimen"]
    assert isinstance(found, RegimenField)
    QTest.keyClicks(found, "Herceptin SC")
    # What is only typed is no regimen yet.
    assert dialog.event_entered() is None
    assert found.value() == ""
    qtbot.waitUntil(found.popup.isVisible)
    QTest.keyClick(found.popup, Qt.Key.Key_Return)
    assert found.value() == "trastuzumab-sc"
    assert "trastuzumab" in found.text()
    # What changes stands there before the initials do, and nothing is entered without them.
    assert dialog.preview.list.count() > 0
    assert not dialog.apply.isEnabled()
    QTest.keyClicks(dialog.by, "NV")
    dialog.by.textEdited.emit("NV")
    assert dialog.apply.isEnabled()
    dialog.accept()
    plan = window.desk.session.plan
    assert plan is not None
    assert [one.kind for one in window.desk.session.draft.events] == ["replace"]
    assert [one for one in plan.administrations if one.drug == "trastuzumab-sc" and one.due >= second.due]


def test_radiotherapy_is_no_regimen_that_replaces_another(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    window.desk.selection.select_item("c1/fulvestrant/2", "c1", date(2026, 3, 30))
    window.plan_page.commands.begin("replace")
    found = window.plan_page.commands.dialog.fields.widgets["regimen"]
    assert isinstance(found, RegimenField)
    QTest.keyClicks(found, "10x3")
    assert not [one for hit in found._hits for one in hit if one.kind == "radiotherapy"]
    window.plan_page.commands.dialog.reject()


def test_what_may_follow_a_progression_is_one_click_away(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    window.desk.preferences.user = "NV"
    window.desk.selection.select_item("c1/fulvestrant/2", "c1", date(2026, 3, 30))
    window.plan_page.commands.begin("progression")
    window.plan_page.commands.dialog.accept()
    findings = window.plan_page.findings
    rows = findings.findChild(QListWidget)
    assert rows is not None
    line = next(rows.item(row) for row in range(rows.count()) if "rogressie" in rows.item(row).text())
    findings._go(line)
    assert window.page == "guideline"
