"""Everything that a treatment file can hold can be entered and changed in the window."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.facts import EarlierDrug, EarlierRadiotherapy, Facts, Metastases
from mbc_desktop.planning.request import Absence, DrugCourse, Request
from mbc_desktop.regimen.site import Closure
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.drug_course_form import DrugCourseForm
from mbc_desktop.ui.panels.fact_sections import BiologySection, MedicinesSection
from mbc_desktop.ui.panels.field_ticks import FieldTicks
from mbc_desktop.ui.panels.measurement_section import other_kinds
from mbc_desktop.ui.panels.more_sections import DaysSection, HistorySection, OtherValuesSection
from mbc_desktop.ui.panels.radiotherapy_form import RadiotherapyForm
from mbc_desktop.ui.panels.record_list import RecordList
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, retype

SECTIONS = (OtherValuesSection, MedicinesSection, BiologySection, HistorySection, DaysSection)


def section(window: MainWindow, kind: type[QWidget]) -> QWidget:
    """A section of the facts that is folded at first, unfolded by its heading."""
    found = next(one for one in window.plan_page.facts.more if isinstance(one, kind))
    found.heading.click()
    return found


def fill(records: RecordList[object, object], **texts: str) -> None:
    """Adds a record: the button, the fields, the button of the dialog."""
    records.add_button.click()
    for name, text in texts.items():
        widget = records.dialog.fields.widgets[name]
        if isinstance(widget, ChoiceBox):
            widget.setCurrentIndex(widget.findData(text))
            widget.activated.emit(widget.currentIndex())
        else:
            assert isinstance(widget, TypedEdit)
            retype(widget, text)
    QTest.mouseClick(records.dialog.ok, Qt.MouseButton.LeftButton)


def lists(part: QWidget) -> list[RecordList[object, object]]:
    """The lists of records of a section, in their order."""
    return part.findChildren(RecordList)


def test_earlier_drugs_and_radiotherapy_are_entered_changed_and_removed(window: MainWindow) -> None:
    enter_patient(window)
    drugs, radiotherapy = lists(section(window, HistorySection))
    fill(drugs, drug="epirubicin", until="30/6/2021", cumulative="300")
    fill(radiotherapy, fractions="10", dose="3", region="spine", level="T7-T9", until="30/1/2025")
    history = window.desk.session.draft.history
    assert history == (
        EarlierDrug(drug="epirubicin", until=date(2021, 6, 30), cumulative=Quantity(Decimal(300), "mg/m2")),
        EarlierRadiotherapy(fractions=10, dose_gy=Decimal(3), region="spine", level="T7-T9", until=date(2025, 1, 30)),
    )
    assert window.desk.session.contradiction == ""
    drugs._open(0)
    retype(drugs.dialog.fields.widgets["cumulative"], "280")
    QTest.mouseClick(drugs.dialog.ok, Qt.MouseButton.LeftButton)
    changed = window.desk.session.draft.history
    assert [one.cumulative for one in changed if isinstance(one, EarlierDrug)] == [Quantity(Decimal(280), "mg/m2")]
    drugs._remove(0)
    assert [type(one) for one in window.desk.session.draft.history] == [EarlierRadiotherapy]
    window.desk.session.undo()
    assert len(window.desk.session.draft.history) == 2


def test_a_record_without_what_it_needs_cannot_be_added(window: MainWindow) -> None:
    enter_patient(window)
    drugs, _ = lists(section(window, HistorySection))
    drugs.add_button.click()
    assert not drugs.dialog.ok.isEnabled()
    retype(drugs.dialog.fields.widgets["until"], "30/6/2021")
    assert not drugs.dialog.ok.isEnabled()
    drugs.dialog.reject()


def test_an_absence_is_held_against_the_plan(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    absences, closures, _ = lists(section(window, DaysSection))
    fill(absences, first="30/3/2026", last="30/3/2026")
    draft = window.desk.session.draft
    assert draft.absences == (Absence(first=date(2026, 3, 30), last=date(2026, 3, 30)),)
    plan = window.desk.session.plan
    assert plan is not None
    assert plan.request.absences == draft.absences
    fill(closures, first="11/5/2026", unit="day_hospital", why="verhuis")
    closed = Closure(first=date(2026, 5, 11), last=date(2026, 5, 11), unit="day_hospital", why="verhuis")
    assert window.desk.session.draft.closures == (closed,)


def test_the_biology_of_the_disease_is_entered(window: MainWindow) -> None:
    enter_patient(window)
    part = section(window, BiologySection)
    assert isinstance(part, BiologySection)
    for name, value in (("line", "first"), ("esr1", "mutated")):
        box = part.fields[f"facts.{name}"]
        assert isinstance(box, ChoiceBox)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    retype(part.fields["facts.pd_l1_cps"], "12,5")
    fill(lists(part)[0], site="bone", lesions="3")
    facts = window.desk.session.draft.facts
    assert (facts.line, facts.esr1, facts.pd_l1_cps) == ("first", "mutated", Decimal("12.5"))
    assert facts.metastases == (Metastases(site="bone", lesions=3),)
    # 100 is the most, 100.1 is refused and kept as unreadable.
    retype(part.fields["facts.pd_l1_cps"], "100")
    assert window.desk.session.draft.facts.pd_l1_cps == Decimal(100)
    retype(part.fields["facts.pd_l1_cps"], "100,1")
    assert window.desk.session.draft.facts.pd_l1_cps is None


def test_every_fact_that_a_file_can_hold_has_a_field(window: MainWindow) -> None:
    facts = window.plan_page.facts
    for name in (item.name for item in fields_of(Facts)):
        if name != "metastases":
            facts.show_field(f"facts.{name}")
    shown = dict(facts.fields)
    for late in facts.more:
        shown |= late.fields
    assert {f"facts.{item.name}" for item in fields_of(Facts)} - set(shown) == {"facts.metastases"}


def walked(window: MainWindow) -> list[QWidget]:
    """What the Tab key goes through in the form, in its order."""
    facts = window.plan_page.facts
    inside, found, part = facts.widget(), [], facts.nextInFocusChain()
    while part is not facts:
        reachable = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(window)
        if reachable and inside.isAncestorOf(part):
            found.append(part)
        part = part.nextInFocusChain()
    return found


def test_the_tab_key_goes_through_the_form_as_it_is_read(window: MainWindow) -> None:
    """Sections that are built late stand in their place, not behind the rest of the window."""
    part = section(window, BiologySection)
    QApplication.processEvents()
    facts = window.plan_page.facts
    heights = [one.mapTo(facts.widget(), QPoint(0, 0)).y() for one in walked(window)]
    assert len(heights) > 50
    # Fields of one line stand some pixels apart.
    assert all(after > before - 12 for before, after in pairwise(heights)), heights
    assert part.fields["facts.line"] in walked(window)
    everything, step = [], facts.nextInFocusChain()
    while step is not facts:
        everything.append(step)
        step = step.nextInFocusChain()
    search = everything.index(window.plan_page.courses.findChild(QLineEdit))
    assert all(everything.index(one) < search for one in walked(window))


def test_undo_belongs_to_the_treatment_in_a_section_that_was_built_late(window: MainWindow) -> None:
    part = section(window, BiologySection)
    line = part.fields["facts.preference"].line
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "abc")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    event.setAccepted(False)
    QApplication.sendEvent(line, event)
    assert not event.isAccepted()


def test_what_else_the_patient_takes_is_entered_and_the_first_anthracycline_waits_for_its_history(
    qtbot: QtBot, window: MainWindow
) -> None:
    """Without an answer about earlier anthracyclines nothing is left to count from, and the dose is withheld."""
    enter_patient(window)
    add_course(qtbot, window, "doxorubicin three", "16/3/2026")
    change = window.desk.session
    course_ = replace(change.draft.courses[0], choices=(("doxorubicin_dose", "60"),))
    change.change(replace(change.draft, courses=(course_,)), refill=True)
    part = section(window, MedicinesSection)

    def due() -> str:
        assert change.plan is not None
        return next(one for one in change.plan.administrations if one.drug == "doxorubicin").status

    def objections() -> list[str]:
        assert change.plan is not None
        return [one.code for one in change.plan.findings if one.severity == "stop"]

    assert due() == "withheld"
    before = objections()
    for name, value in (("cyp3a4_inhibitor", "strong"), ("qt_drug", "no"), ("earlier_anthracycline", "none")):
        box = part.fields[f"facts.{name}"]
        assert isinstance(box, ChoiceBox)
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    facts = change.draft.facts
    assert (facts.cyp3a4_inhibitor, facts.qt_drug, facts.earlier_anthracycline) == ("strong", "no", "none")
    assert len(objections()) < len(before)


def test_changing_an_earlier_drug_keeps_what_it_was_given_for(window: MainWindow) -> None:
    enter_patient(window)
    drugs, _ = lists(section(window, HistorySection))
    fill(drugs, drug="tamoxifen", since="1/2/2019", until="1/2/2024", setting="adjuvant")
    drugs._open(0)
    retype(drugs.dialog.fields.widgets["until"], "1/3/2024")
    QTest.mouseClick(drugs.dialog.ok, Qt.MouseButton.LeftButton)
    assert window.desk.session.draft.history == (
        EarlierDrug(drug="tamoxifen", since=date(2019, 2, 1), until=date(2024, 3, 1), setting="adjuvant"),
    )


def test_every_kind_of_measurement_of_the_data_has_a_field(window: MainWindow) -> None:
    fields = window.desk.session.fields
    assert fields is not None
    others = other_kinds(tuple(fields.numbers.values()))
    assert "measured_gfr" in others
    for kind in others:
        window.plan_page.facts.show_field(f"measurement.{kind}")
    part = next(one for one in window.plan_page.facts.more if isinstance(one, OtherValuesSection))
    assert {f"measurement.{kind}" for kind in others} <= set(part.fields)


def test_a_course_ends_after_its_cycles_and_keeps_its_version(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "faslodex", "16/3/2026")
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, DrugCourseForm)
    form.more.more.click()
    retype(form.more.until, "1/5/2026")
    retype(form.more.weight, "68")
    form.more.pin.click()
    made = window.desk.session.draft.courses[0].course()
    assert isinstance(made, DrugCourse)
    assert (made.until, made.reference_weight) == (date(2026, 5, 1), Quantity(Decimal(68), "kg"))
    assert made.pin is not None
    assert len(made.pin.sha256) == 64
    plan = window.desk.session.plan
    assert plan is not None
    # 16 and 30 March, 13 April; 11 May lies after the last day.
    assert [one.due for one in plan.administrations] == [date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 13)]


def test_a_treatment_taken_over_in_maintenance_loads_nothing_again(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "faslodex", "16/3/2026")
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, DrugCourseForm)
    form.take_over.click()
    form.phase.setCurrentIndex(form.phase.findData("maintenance"))
    form.phase.activated.emit(form.phase.currentIndex())
    retype(form.last_given, "16/2/2026")
    plan = window.desk.session.plan
    assert plan is not None
    # Every 28 days from the start: 16 March, 13 April.
    assert [one.due for one in plan.administrations][:2] == [date(2026, 3, 16), date(2026, 4, 13)]


def test_a_radiotherapy_course_has_its_level_and_its_time(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "10x3", "30/3/2026")
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, RadiotherapyForm)
    retype(form._level, "T7-T9")
    retype(form._time, "14:30")
    draft = window.desk.session.draft.courses[0]
    assert (draft.level, draft.treatment_time) == ("T7-T9", "14:30")
    retype(form._time, "25:00")
    assert window.desk.session.draft.courses[0].treatment_time == ""


def test_a_whole_file_survives_the_window(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    from mbc_desktop.planning.files.treatment_file import read_treatment

    session, library = window.desk.session, window.desk.session.library
    assert library is not None
    text = Path("resources/example/voorbeeld.mbc.json").read_text(encoding="utf-8")
    request: Request = read_treatment(text, today=session.today, library=library, obey_today=False)
    full = replace(
        request,
        history=(EarlierDrug(drug="epirubicin", until=date(2021, 6, 30)),),
        absences=(Absence(first=date(2026, 7, 10), last=date(2026, 7, 20)),),
        facts=replace(request.facts, line="first", metastases=(Metastases(site="bone"),)),
    )
    session.open(full, None)
    answers.path = tmp_path / "again.mbc.json"
    assert window.files.save()
    again = read_treatment(answers.path.read_text(encoding="utf-8"), today=session.today, library=library, obey_today=False)
    assert (again.history, again.absences, again.facts) == (full.history, full.absences, full.facts)
    assert again.courses == full.courses


def test_what_lies_in_the_field_is_ticked(qtbot: QtBot, window: MainWindow) -> None:
    """ "None of these" and an organ exclude each other; without a tick nobody has said anything."""
    enter_patient(window)
    course = add_course(qtbot, window, "10x3", "6/4/2026")
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, RadiotherapyForm)
    ticks = {tick.text(): tick for tick in form.findChild(FieldTicks).findChildren(QCheckBox)}

    def field() -> str | None:
        return dict(window.desk.session.draft.courses[-1].choices).get("field")

    ticks["darm"].click()
    ticks["long"].click()
    assert field() == "bowel lung"
    ticks["niets hiervan"].click()
    assert field() == "none"
    assert not ticks["darm"].isChecked()
    ticks["hart"].click()
    assert field() == "heart"
    ticks["hart"].click()
    assert not field()


def test_ten_clicks_on_apply_add_one_record(window: MainWindow) -> None:
    enter_patient(window)
    absences, _, _ = lists(section(window, DaysSection))
    absences.add_button.click()
    retype(absences.dialog.fields.widgets["first"], "30/3/2026")
    ok = absences.dialog.ok
    for _ in range(10):
        QTest.mouseClick(ok, Qt.MouseButton.LeftButton)
    assert len(window.desk.session.draft.absences) == 1
