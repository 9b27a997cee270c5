"""What cannot be read is kept as typed and never used; nothing older takes its place; undo brings everything back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.plan import Administration
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.measurement_row import MeasurementRow
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from tests.ui.driving import add_course, enter_patient, field, retype


@pytest.fixture
def treated(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """A patient with zoledronic acid on Wednesday 18 March 2026, all values there."""
    enter_patient(window)
    for name, text in (
        ("group.body", "12/3/2026"), ("measurement.weight", "68"), ("measurement.height", "165"),
        ("group.laboratory", "12/3/2026"), ("measurement.creatinine", "0,85"),
    ):  # fmt: skip
        retype(field(window, name), text)
    add_course(qtbot, window, "zometa", "18/3/2026")
    assert first(window).dose is not None
    return window


def first(window: MainWindow) -> Administration:
    plan = window.desk.session.plan
    assert plan is not None
    return plan.administrations[0]


@pytest.mark.parametrize("text", ["6.80.", "680", "6 8", "68 lb", "1.234", "", "acht"])
def test_a_bad_weight_is_kept_as_typed_and_gives_no_dose(treated: MainWindow, text: str) -> None:
    weight = field(treated, "measurement.weight")
    assert isinstance(weight, TypedEdit)
    retype(weight, text)
    assert weight.text() == text
    assert first(treated).dose is None
    codes = [one.code for one in treated.desk.session.plan.findings]  # type: ignore[union-attr]
    assert "missing-fact" in codes
    retype(weight, "68")
    assert first(treated).dose is not None


def test_an_old_weight_does_not_take_the_place_of_one_being_corrected(treated: MainWindow) -> None:
    # The first weight becomes history once the file has been opened with it; here saving stands for that.
    session = treated.desk.session
    session.replaced.emit()
    retype(field(treated, "group.body"), "16/3/2026")
    retype(field(treated, "measurement.weight"), "6o")
    assert [str(one.quantity.amount) for one in session.draft.measurements if one.kind == "weight"] == ["68"]
    assert first(treated).dose is None


def test_a_new_date_adds_a_value_and_the_same_date_replaces_it(treated: MainWindow) -> None:
    session = treated.desk.session
    session.replaced.emit()
    retype(field(treated, "measurement.weight"), "69")
    weights = [(str(one.quantity.amount), one.on) for one in session.draft.measurements if one.kind == "weight"]
    assert weights == [("69", date(2026, 3, 12))]
    retype(field(treated, "group.body"), "16/3/2026")
    weights = [(str(one.quantity.amount), one.on) for one in session.draft.measurements if one.kind == "weight"]
    assert weights == [("68", date(2026, 3, 12)), ("69", date(2026, 3, 16))]


def test_an_unusual_value_counts_only_once_a_reason_is_given(treated: MainWindow) -> None:
    creatinine = field(treated, "measurement.creatinine")
    assert isinstance(creatinine, TypedEdit)
    retype(creatinine, "2,1")  # above the usual 2 mg/dL
    assert first(treated).dose is None
    box = creatinine.confirmation.choice
    box.setCurrentIndex(1)
    box.activated.emit(1)
    value = next(one for one in treated.desk.session.draft.measurements if one.kind == "creatinine")
    assert value.confirmed_reason == "measured_again"
    # 76 x 68 x 0.85 / (72 x 2.1) = 4392.8 / 151.2 = 29.05 mL/min: below 30 there is no dose, but now for that reason.
    plan = treated.desk.session.plan
    assert plan is not None
    assert next(one.value for one in plan.derived if one.id == "crcl_cockcroft_gault") == "29"


def test_weight_and_height_typed_the_wrong_way_round_are_refused(treated: MainWindow) -> None:
    # 165 kg at 100 cm lies far above any body: 165 x 10000 / 10000 = 165 kg/m2.
    retype(field(treated, "measurement.height"), "100")
    retype(field(treated, "measurement.weight"), "165")
    assert treated.desk.session.draft.text_of("measurement.weight.value") == "165"
    assert first(treated).dose is None


def test_pounds_after_kilograms_are_refused(treated: MainWindow) -> None:
    treated.desk.session.replaced.emit()
    retype(field(treated, "group.body"), "16/3/2026")
    retype(field(treated, "measurement.weight"), "149.9")  # 68 x 2.2046 = 149.9
    assert treated.desk.session.draft.text_of("measurement.weight.value") == "149.9"
    assert first(treated).dose is None


def test_the_same_creatinine_in_the_other_unit_gives_the_same_dose(treated: MainWindow) -> None:
    before = first(treated).dose
    creatinine = field(treated, "measurement.creatinine")
    units = creatinine.units  # type: ignore[attr-defined]
    units.setCurrentIndex(1)
    units.activated.emit(1)
    assert first(treated).dose is None  # 0.85 umol/L cannot be
    retype(creatinine, "75,14")  # two decimals are one too many in this unit
    assert first(treated).dose is None
    retype(creatinine, "75,1")  # 75.1 / 88.4 = 0.8495 mg/dL
    dose = first(treated).dose
    assert dose is not None
    assert before is not None
    assert dose.amount == before.amount


def test_undo_takes_back_a_whole_field_and_redo_brings_it_again(treated: MainWindow) -> None:
    weight = field(treated, "measurement.weight")
    assert isinstance(weight, TypedEdit)
    retype(weight, "72")
    QTest.keyClick(weight.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert weight.text() == "68"
    assert first(treated).dose is not None
    treated.desk.session.redo()
    assert weight.text() == "72"


def test_undo_brings_back_a_text_that_cannot_be_read(treated: MainWindow) -> None:
    weight = field(treated, "measurement.weight")
    assert isinstance(weight, TypedEdit)
    retype(weight, "7O")
    treated.desk.session.close_step()
    retype(weight, "70")
    treated.desk.session.undo()
    assert weight.text() == "7O"
    assert first(treated).dose is None


def test_a_removed_course_comes_back_with_undo(treated: MainWindow) -> None:
    treated.plan_page.courses.card("c1").removed.emit("c1")
    plan = treated.desk.session.plan
    assert plan is not None
    assert plan.administrations == ()
    treated.desk.session.undo()
    assert first(treated).drug == "zoledronic-acid"
    QApplication.processEvents()
    assert treated.plan_page.courses.card("c1").isVisible()


def test_the_wheel_over_a_list_changes_nothing(treated: MainWindow) -> None:
    for box in treated.findChildren(QComboBox):
        before = box.currentIndex()
        point = QPointF(5, 5)
        event = QWheelEvent(
            point, box.mapToGlobal(point), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, event)
        assert box.currentIndex() == before


def test_the_day_of_a_new_value_does_not_make_new_ones_of_the_old_values(treated: MainWindow) -> None:
    # Saved on Thursday 12 March; on Monday the laboratory sent a calcium and no creatinine.
    session = treated.desk.session
    session.replaced.emit()
    retype(field(treated, "group.laboratory"), "16/3/2026")
    retype(field(treated, "measurement.calcium"), "2,3")
    days = {one.kind: one.on for one in session.draft.measurements if one.kind in ("creatinine", "calcium")}
    assert days == {"creatinine": date(2026, 3, 12), "calcium": date(2026, 3, 16)}
    row = field(treated, "measurement.creatinine").parentWidget()
    assert isinstance(row, MeasurementRow)
    assert row._note.text() == f"Nog van {treated.desk.words.texts.short_date(date(2026, 3, 12))}"


def test_the_same_number_typed_again_is_a_new_value(treated: MainWindow) -> None:
    session = treated.desk.session
    session.replaced.emit()
    retype(field(treated, "group.laboratory"), "16/3/2026")
    retype(field(treated, "measurement.creatinine"), "0,85")
    days = [one.on for one in session.draft.measurements if one.kind == "creatinine"]
    assert days == [date(2026, 3, 12), date(2026, 3, 16)]


def test_a_day_typed_wrong_for_values_that_nobody_saved_is_put_right_for_all_of_them(treated: MainWindow) -> None:
    retype(field(treated, "group.laboratory"), "13/3/2026")
    days = [one.on for one in treated.desk.session.draft.measurements if one.kind == "creatinine"]
    assert days == [date(2026, 3, 13)]
