"""A laboratory report pasted into the window: what is recognised for certain, what is left out, and that nothing is taken
silently; age, change and course of the values that are known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.ui.entry.draft import with_course
from mbc_desktop.ui.entry.lab_layout import sample_day
from mbc_desktop.ui.entry.lab_report import read_report
from mbc_desktop.ui.entry.trend_limits import limits_for
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.lab_report_dialog import LabReportDialog
from mbc_desktop.ui.panels.measurement_section import MeasurementSection
from tests.ui.driving import add_course, enter_patient

DUTCH = """Labo Voorbeeld          Geboortedatum: 04/05/1961
Staalname 12/03/2026
Creatinine               0,85   mg/dL     0,50 - 0,95
eGFR (CKD-EPI)           72     mL/min/1,73m2
Calcium                  2,31   mmol/L    (2,15 - 2,55)
Calcium gecorrigeerd     2,35   mmol/L
Albumine                 41     g/L       35-52
Neutrofielen %           61     %
Neutrofielen             3,6    10*9/L    1,8 - 7,5
Bloedplaatjes            240    10^3/µL   150-400
Hemoglobine              12,1   g/dL      12,0 - 16,0
Creatinine urine         95     mg/dL
"""


@pytest.fixture
def policies(window: MainWindow) -> tuple[FieldPolicy, ...]:
    fields = window.desk.session.fields
    assert fields is not None
    return tuple(fields.numbers.values())


def test_every_value_of_a_report_is_found_once_with_its_unit_and_range(policies: tuple[FieldPolicy, ...]) -> None:
    found = [(one.kind, str(one.value), one.unit, one.low, one.high) for one in read_report(DUTCH, policies)]
    assert found == [
        ("creatinine", "0.85", "mg/dL", Decimal("0.50"), Decimal("0.95")),
        ("calcium", "2.31", "mmol/L", Decimal("2.15"), Decimal("2.55")),
        ("albumin", "41", "g/L", Decimal(35), Decimal(52)),
        ("neutrophils", "3.6", "10^9/L", Decimal("1.8"), Decimal("7.5")),
        ("platelets", "240", "10^9/L", Decimal(150), Decimal(400)),
        ("haemoglobin", "12.1", "g/dL", Decimal("12.0"), Decimal("16.0")),
    ]


@pytest.mark.parametrize(
    ("line", "kind", "value", "unit"),
    [
        ("Créatinine: 75 µmol/L", "creatinine", "75", "umol/L"),
        ("Kreatinin\t0.85\tmg/dl", "creatinine", "0.85", "mg/dL"),
        ("Plaquettes 180 10^9/L", "platelets", "180", "10^9/L"),
        ("Hämoglobin 11.2 g/dl", "haemoglobin", "11.2", "g/dL"),
        ("Calcium ionisé 1,20 mmol/L (1,15-1,35)", "calcium_ionised", "1.20", "mmol/L"),
        ("* Neutrophile 1,4 10³/µl  L", "neutrophils", "1.4", "10^9/L"),
        ("Albumin 4.1 g/dL", "albumin", "4.1", "g/dL"),
    ],
)
def test_the_names_and_units_of_four_languages_are_known(
    policies: tuple[FieldPolicy, ...], line: str, kind: str, value: str, unit: str
) -> None:
    assert [(one.kind, str(one.value), one.unit) for one in read_report(line, policies)] == [(kind, value, unit)]


@pytest.mark.parametrize(
    "line",
    [
        "Creatinine 0,85",  # no unit
        "Creatinine < 0,50 mg/dL",  # no value but a bound
        "Creatinine 0,85 0,90 mg/dL",  # two values
        "Creatinine 1.160 mg/dL",  # a thousand, or three decimals
        "Creatinine 160 mg/dL",  # above what can be true: another unit is meant
        "Creatinineklaring 72 mL/min",
        "Neutrofielen 61 %",
        "Natrium 140 mmol/L",
        "Calcium 2,31 mmol/L 9,2 mg/dL",  # two units
        "Vitamine D na calcium 30 mmol/L",  # the name does not begin the line
    ],
)
def test_what_could_mean_something_else_is_left_out(policies: tuple[FieldPolicy, ...], line: str) -> None:
    assert read_report(line, policies) == ()


def test_of_two_values_of_one_kind_neither_is_taken(policies: tuple[FieldPolicy, ...]) -> None:
    assert read_report("Creatinine 0,85 mg/dL\nCreatinine 0,95 mg/dL", policies) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (DUTCH, date(2026, 3, 12)),
        ("Geboren 04/05/1961\n12/03/2026", date(2026, 3, 12)),
        ("Geboren 04/05/1961", None),
        ("10/03/2026 en 12/03/2026", None),
        ("Staal van 17/03/2026", None),  # after today
    ],
)
def test_the_day_is_that_of_the_sample_never_that_of_the_birth(text: str, day: date | None) -> None:
    assert sample_day(text, today=date(2026, 3, 16)) == day


def paste(window: MainWindow, text: str) -> LabReportDialog:
    (action,) = [one for one in window.menus.edit.actions() if "abverslag" in one.text()]
    action.trigger()
    dialog = window.findChild(LabReportDialog)
    assert dialog is not None
    dialog.report.setPlainText(text)
    return dialog


def test_what_is_ticked_is_taken_as_one_step_and_stands_in_the_fields(window: MainWindow) -> None:
    enter_patient(window)
    dialog = paste(window, DUTCH)
    assert window.desk.session.draft.measurements == ()
    tick = dialog.table.item(2, 0)
    assert tick is not None
    tick.setCheckState(Qt.CheckState.Unchecked)
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    taken = {one.kind: one for one in window.desk.session.draft.measurements}
    assert set(taken) == {"creatinine", "calcium", "neutrophils", "platelets", "haemoglobin"}
    assert taken["creatinine"].quantity == Quantity(Decimal("0.85"), "mg/dL")
    assert taken["creatinine"].on == date(2026, 3, 12)
    plan = window.desk.session.plan
    assert plan is not None
    sections = window.findChildren(MeasurementSection)
    shown = {kind: row.value.text() for section in sections for kind, row in section._rows.items()}
    assert (shown["creatinine"], shown["calcium"]) == ("0,85", "2,31")
    window.desk.session.undo()
    assert window.desk.session.draft.measurements == ()


def test_an_unusual_value_is_taken_only_when_somebody_ticks_it(window: MainWindow) -> None:
    window.desk.preferences.user = "NV"
    enter_patient(window)
    dialog = paste(window, "Staal 12/03/2026\nCalcium 1,80 mmol/L")
    # Below the usual 2,1: it could be true.
    assert not dialog.take.isEnabled()
    tick = dialog.table.item(0, 0)
    assert tick is not None
    tick.setCheckState(Qt.CheckState.Checked)
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    (taken,) = window.desk.session.draft.measurements
    assert (taken.confirmed_reason, taken.confirmed_by) == ("checked_in_report", "NV")


def test_without_a_day_nothing_is_taken(window: MainWindow) -> None:
    enter_patient(window)
    assert not paste(window, "Creatinine 0,85 mg/dL").take.isEnabled()


def measured(kind: str, value: str, unit: str, on: date) -> Measurement:
    return Measurement(kind=kind, quantity=Quantity(Decimal(value), unit), on=on)


def test_a_value_is_shown_with_its_age_its_change_and_its_course(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "Zometa", "16/3/2026")
    session = window.desk.session
    values = (
        measured("creatinine", "0.80", "mg/dL", date(2025, 12, 1)),
        measured("creatinine", "1.00", "mg/dL", date(2026, 2, 1)),
    )
    session.change(replace(session.draft, measurements=values), refill=True)
    row = next(
        section._rows["creatinine"] for section in window.findChildren(MeasurementSection) if "creatinine" in section._rows
    )
    # From 1 February to 16 March: 27 + 16 = 43 days; 0,20 more is a quarter of 0,80.
    (day,) = [section._date for section in window.findChildren(MeasurementSection) if "creatinine" in section._rows]
    assert "43 dagen geleden" in day.echo.text().replace("\u00a0", " ")
    assert "25" in row._note.text()
    assert row._trend.plot is not None
    assert row._trend.plot.isVisibleTo(row)
    assert not row.value.line.font().strikeOut()
    # A normal baseline of 0,80 mg/dL may rise by 0,5: the limit stands at 1,30.
    assert Decimal("1.30") in row._trend.plot.limits
    # Another language in the middle: what stands under a value is said in it too.
    window.words.switch("fr")
    assert "dagen" not in row._note.text()
    assert "Avant" in row._note.text()
    window.words.switch("nl")
    old = (measured("creatinine", "1.00", "mg/dL", date(2025, 12, 1)),)
    session.change(replace(session.draft, measurements=old), refill=True)
    # 105 days: more than the 90 after which it no longer counts.
    assert row.value.line.font().strikeOut()
    assert "telt niet meer" in row._note.text()


def test_a_weight_is_drawn_with_the_change_from_which_doses_are_computed_again(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "docetaxel", "16/3/2026")
    session, library = window.desk.session, window.desk.session.library
    assert library is not None
    value = measured("weight", "68", "kg", date(2026, 3, 12))
    # Every dose goes by the newest weight: there is no limit to draw.
    assert limits_for(session.draft, library, (value,), site=session.site) == ()
    drafted = next(one for one in session.draft.courses if one.id == course)
    kept = with_course(session.draft, replace(drafted, reference_weight=Quantity(Decimal(70), "kg")))
    # 10 % of the 70 kg that doses keep: 63 and 77.
    limits = {(limit.value, limit.drug) for limit in limits_for(kept, library, (value,), site=session.site)}
    assert limits == {(Decimal(63), "docetaxel"), (Decimal(77), "docetaxel")}


def test_calcium_is_drawn_with_the_limit_of_the_bone_agent_and_of_the_laboratory(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "Xgeva", "16/3/2026")
    session, library = window.desk.session, window.desk.session.library
    assert library is not None
    value = Measurement(
        kind="calcium",
        quantity=Quantity(Decimal("2.31"), "mmol/L"),
        on=date(2026, 3, 12),
        low=Decimal("2.15"),
        high=Decimal("2.55"),
    )
    limits = {(limit.value, limit.drug) for limit in limits_for(session.draft, library, (value,), site=session.site)}
    assert limits == {(Decimal("3.0"), "denosumab"), (Decimal("2.15"), ""), (Decimal("2.55"), "")}


def test_a_report_is_pasted_from_where_its_values_stand(window: MainWindow) -> None:
    """Nobody looks for it in a menu: it stands at the heading of the laboratory."""
    button = next(one for one in window.plan_page.facts.findChildren(QToolButton) if one.text() == "Verslag plakken…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = next(one for one in window.findChildren(LabReportDialog) if one.isVisible())
    assert dialog.report.isVisible()
    dialog.reject()
