"""The settings: the hospital, its closed days and its decisions, written to its own file and computed with at once."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mbc_desktop.regimen.approval import Approval
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_site
from mbc_desktop.regimen.site import Closure, Direction, ExtraOpenDay, LabRange, Site, Stocked
from mbc_desktop.regimen.site_file import read_site
from mbc_desktop.regimen.site_text import write_site
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.settings_page import PARTS, SettingsPage
from mbc_desktop.ui.panels.measurement_row import MeasurementRow
from mbc_desktop.ui.settings.closures_part import ClosuresPart
from mbc_desktop.ui.settings.decisions_part import DecisionsPart
from mbc_desktop.ui.settings.formulary_part import FormularyPart
from mbc_desktop.ui.settings.hospital_part import HospitalPart
from mbc_desktop.ui.settings.lab_ranges import lab_ranges
from mbc_desktop.ui.starting.loading import load_site_file
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, retype

FULL = Site(
    name="Voorbeeldziekenhuis \"Noord\"",
    telephone_day="000 00 00 00",
    fever_limit="38",
    closures=(Closure(first=date(2026, 12, 24), last=date(2026, 12, 26), unit="day_hospital", why="Voorbeeld: kerst\u007f"),
              Closure(first=date(2026, 5, 15), last=date(2026, 5, 15), unit=None, why="brugdag")),
    extra_open_days=(ExtraOpenDay(on=date(2026, 12, 12), unit="radiotherapy"),),
    answers=(Answer(key="rounding", value="none", by="", on=""),
             Answer(key="maintenance_interval", value="28 days", by="NV", on="2026-03-16")),
    ranges=(LabRange(kind="calcium", unit="mmol/L", low="2.15", high="2.55"),),
    accepted_unconfirmed=("fulvestrant/single",),
    directions=(Direction(language="nl", text="Eerste verdieping", unit="day_hospital"),),
    formulary=(Stocked(drug="bevacizumab", products=("vial-100mg", "vial-400mg"), rounding="down"),
               Stocked(drug="palbociclib", packs=(("tablet-125mg", 21), ("tablet-100mg", 63)))),
    chair_minutes_a_day=3840,
)  # fmt: skip


def settings(window: MainWindow, part: str, tmp_path: Path) -> SettingsPage:
    window.desk.preferences.site_file = tmp_path / "site.toml"
    window.show_page("settings")
    page = window._pages["settings"]
    assert isinstance(page, SettingsPage)
    page.show_part(part)
    QApplication.processEvents()
    return page


def test_what_is_written_is_read_back_unchanged() -> None:
    text = write_site(FULL).replace("\\u007f", "")
    expected = replace(FULL, closures=(replace(FULL.closures[0], why="Voorbeeld: kerst"), FULL.closures[1]))
    assert read_site(tomllib.loads(text, parse_float=Decimal), file="site.toml") == expected
    assert read_site(tomllib.loads(write_site(Site()), parse_float=Decimal), file="site.toml") == Site()


def test_every_field_of_a_hospital_is_tried_above() -> None:
    left_out = [item.name for item in fields(Site) if item.name != "approvals" and not getattr(FULL, item.name)]
    assert left_out == ["unit_name", "telephone_night"]


def test_approvals_stay_in_their_own_file() -> None:
    approval = Approval(regimen="fulvestrant", version="1", sha256="0" * 64, by="NV", on=date(2026, 3, 16))
    assert write_site(replace(FULL, approvals=(approval,))) == write_site(FULL)


def test_the_hospital_is_written_when_a_field_is_left(window: MainWindow, tmp_path: Path) -> None:
    page = settings(window, "hospital", tmp_path)
    part = page.parts["hospital"]
    assert isinstance(part, HospitalPart)
    part.lines["name"].setFocus()
    QTest.keyClicks(part.lines["name"], "Voorbeeldziekenhuis")
    QTest.keyClick(part.lines["name"], Qt.Key.Key_Return)
    assert window.desk.session.site.name == "Voorbeeldziekenhuis"
    assert load_site(tmp_path / "site.toml").name == "Voorbeeldziekenhuis"


def test_a_decision_is_answered_with_who_and_when_and_holds_at_once(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    window.desk.preferences.user = "NV"
    part = settings(window, "decisions", tmp_path).parts["decisions"]
    assert isinstance(part, DecisionsPart)
    box = part.boxes["maintenance_interval"]
    box.setCurrentIndex(box.findData("1 month"))
    box.activated.emit(box.currentIndex())
    assert load_site(tmp_path / "site.toml").answers == (
        Answer(key="maintenance_interval", value="1 month", by="NV", on="2026-03-16"),
    )
    plan = window.desk.session.plan
    assert plan is not None
    # Months are counted from the first day, 16 March: two months on, not 28 days after day 29 (11 May).
    assert [one.due for one in plan.administrations][3] == date(2026, 5, 16)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert load_site(tmp_path / "site.toml").answers == ()


def test_every_decision_is_offered_and_explained(window: MainWindow, tmp_path: Path) -> None:
    part = settings(window, "decisions", tmp_path).parts["decisions"]
    assert isinstance(part, DecisionsPart)
    library = window.desk.session.library
    assert library is not None
    assert set(part.boxes) | set(part.lines) == set(library.decisions)
    assert all(note.text() for note in part._notes.values())


def test_days_dragged_over_on_the_year_become_a_closure(window: MainWindow, tmp_path: Path) -> None:
    part = settings(window, "closures", tmp_path).parts["closures"]
    assert isinstance(part, ClosuresPart)
    year = part.year
    grid, origin = year._grids()[4]
    start, end = (grid.cell(date(2026, 5, day)).center() + origin for day in (14, 15))
    for kind, place in (
        (QEvent.Type.MouseButtonPress, start),
        (QEvent.Type.MouseMove, end),
        (QEvent.Type.MouseButtonRelease, end),
    ):
        left = Qt.MouseButton.LeftButton
        event = QMouseEvent(kind, QPointF(place), QPointF(year.mapToGlobal(QPoint(place))), left, left, Qt.KeyboardModifier(0))
        QApplication.sendEvent(year, event)
    retype(part.closures.dialog.fields.widgets["why"], "brugdag")
    QTest.mouseClick(part.closures.dialog.ok, Qt.MouseButton.LeftButton)
    closure = Closure(first=date(2026, 5, 14), last=date(2026, 5, 15), unit=None, why="brugdag")
    assert window.desk.session.site.closures == (closure,)
    assert "brugdag" in year.closed(date(2026, 5, 15))
    assert load_site(tmp_path / "site.toml").closures == (closure,)


def test_the_year_is_walked_through_with_the_keys(window: MainWindow, tmp_path: Path) -> None:
    part = settings(window, "closures", tmp_path).parts["closures"]
    assert isinstance(part, ClosuresPart)
    QTest.keyClick(part.year, Qt.Key.Key_Down)
    assert part.year.day == date(2026, 3, 23)
    assert part.year.accessibleDescription().startswith("maandag 23 maart 2026")
    QTest.keyClick(part.year, Qt.Key.Key_Return)
    assert part.closures.dialog.isVisible()
    part.closures.dialog.reject()
    part.turn(1)
    assert part.year.shown == 2027


def test_a_folder_that_cannot_be_written_to_is_said_in_one_sentence(
    window: MainWindow, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settings(window, "general", tmp_path)
    page.editing._asking = answers

    def read_only(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("mbc_desktop.ui.keeping.site_editing.write_file_safely", read_only)
    page.editing.change(replace(window.desk.session.site, name="Voorbeeld"))
    assert len(answers.told) == 1
    assert window.desk.session.site.name == "Voorbeeld"


def test_every_part_opens(window: MainWindow, tmp_path: Path) -> None:
    for part in PARTS:
        page = settings(window, part, tmp_path)
        assert page.parts[part].isVisible()


def formulary(window: MainWindow, tmp_path: Path, drug: str) -> FormularyPart:
    part = settings(window, "formulary", tmp_path).parts["formulary"]
    assert isinstance(part, FormularyPart)
    part.show_drug(drug)
    return part


def test_the_formulary_is_written_and_read_back(window: MainWindow, tmp_path: Path) -> None:
    part = formulary(window, tmp_path, "bevacizumab")
    part.form.ticks["vial-400mg"].click()
    part.form.rounding.setCurrentIndex(part.form.rounding.findData("vial_5_percent"))
    part.form.rounding.activated.emit(part.form.rounding.currentIndex())
    kept = (Stocked(drug="bevacizumab", products=("vial-400mg",), rounding="vial_5_percent"),)
    assert window.desk.session.site.formulary == kept
    assert load_site(tmp_path / "site.toml").formulary == kept


def test_a_pack_size_is_kept_when_its_field_is_left_and_another_medicine_has_its_own(window: MainWindow, tmp_path: Path) -> None:
    part = formulary(window, tmp_path, "ribociclib")
    edit = part.form.packs["tablet-200mg"]
    retype(edit, "63")
    QTest.keyClick(edit.line, Qt.Key.Key_Return)
    assert window.desk.session.site.packs_of("ribociclib") == {"tablet-200mg": 63}
    part.show_drug("palbociclib")
    assert all(one.text() == "" for one in part.form.packs.values())
    part.show_drug("ribociclib")
    assert part.form.packs["tablet-200mg"].text() == "63"
    assert load_site(tmp_path / "site.toml").packs_of("ribociclib") == {"tablet-200mg": 63}


@pytest.mark.parametrize(("typed", "kept"), [("0", {}), ("1", {"tablet-200mg": 1}), ("999", {"tablet-200mg": 999}), ("1000", {})])
def test_a_pack_holds_one_to_999_pieces(window: MainWindow, tmp_path: Path, typed: str, kept: dict[str, int]) -> None:
    part = formulary(window, tmp_path, "ribociclib")
    edit = part.form.packs["tablet-200mg"]
    retype(edit, typed)
    QTest.keyClick(edit.line, Qt.Key.Key_Return)
    assert window.desk.session.site.packs_of("ribociclib") == kept


def test_taking_everything_back_takes_the_medicine_out_of_the_file(window: MainWindow, tmp_path: Path) -> None:
    part = formulary(window, tmp_path, "bevacizumab")
    for _ in range(2):
        part.form.ticks["vial-400mg"].click()
    assert window.desk.session.site.formulary == ()
    assert "formulary" not in (tmp_path / "site.toml").read_text(encoding="utf-8")


def test_what_the_program_could_not_read_again_is_refused_and_nothing_changes(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    """A direction mark makes a name read otherwise than it is stored: the reader of the file refuses it, and so does the page."""
    part = settings(window, "hospital", tmp_path).parts["hospital"]
    assert isinstance(part, HospitalPart)
    retype_line(part.lines["name"], "Voorbeeld")
    before = (tmp_path / "site.toml").read_bytes()
    retype_line(part.lines["name"], "Voor\u202ebeeld")
    assert len(answers.told) == 1
    assert window.desk.session.site.name == "Voorbeeld"
    assert part.lines["name"].text() == "Voorbeeld"
    assert (tmp_path / "site.toml").read_bytes() == before


def test_a_hospital_that_names_what_the_library_has_not_is_refused(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text('[formulary.bevacizumab]\nproducts = ["vial-1g"]\n', encoding="utf-8")
    with pytest.raises(LibraryError, match="vial-1g"):
        load_site_file(window.desk.session, path)
    assert window.desk.session.site == Site()


def retype_line(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.setText(text)
    QTest.keyClick(line, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("typed", "kept"), [("36,9", ""), ("37", "37"), ("38,5", "38.5"), ("38.5", "38.5"), ("40", "40"), ("40,1", ""), ("380", "")]
)
def test_a_fever_that_patients_call_for_is_between_37_and_40(window: MainWindow, tmp_path: Path, typed: str, kept: str) -> None:
    part = settings(window, "hospital", tmp_path).parts["hospital"]
    assert isinstance(part, HospitalPart)
    retype(part.fever, typed)
    QTest.keyClick(part.fever.line, Qt.Key.Key_Return)
    assert window.desk.session.site.fever_limit == kept


@pytest.mark.parametrize(("typed", "kept"), [("0", None), ("1", 1), ("3840", 3840), ("100000", 100_000), ("100001", None)])
def test_how_much_a_day_can_hold_is_set_and_the_agenda_goes_by_it(
    window: MainWindow, tmp_path: Path, typed: str, kept: int | None
) -> None:
    part = settings(window, "hospital", tmp_path).parts["hospital"]
    assert isinstance(part, HospitalPart)
    retype(part.minutes, typed)
    QTest.keyClick(part.minutes.line, Qt.Key.Key_Return)
    assert window.desk.session.site.chair_minutes_a_day == kept
    if kept is not None:
        assert load_site(tmp_path / "site.toml").chair_minutes_a_day == kept


def test_the_laboratorys_unit_and_range_are_the_hospitals(window: MainWindow) -> None:
    session = window.desk.session
    assert session.fields is not None
    kind = lab_ranges(window.desk.words, session.fields)
    policy = next(one for one in session.fields.numbers.values() if (one.kind, one.unit) == ("creatinine", "umol/L"))
    entered = {"reported": policy.id, "low": Decimal(45), "high": Decimal(84)}
    assert kind.complete(entered)
    assert not kind.complete(entered | {"low": Decimal(84)})
    own = kind.make(entered)
    assert own == LabRange(kind="creatinine", unit="umol/L", low="45", high="84")
    assert kind.values(own)["reported"] == policy.id
    site = kind.write(Site(), (own,))
    assert read_site(tomllib.loads(write_site(site), parse_float=Decimal), file="site.toml").ranges == (own,)
    session.use_site(site)
    row = next(one for one in window.plan_page.facts.findChildren(MeasurementRow) if one.kind == "creatinine")
    assert row.value.chosen_unit() == "umol/L"
