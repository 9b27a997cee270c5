"""Medicines that are taken for one another: a person types which one is meant, for every pair of the library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.ui.entry.look_alikes import answer_to, others_of, resembling
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.drug_course_form import DrugCourseForm
from tests.ui.driving import add_course, enter_patient


@pytest.fixture(scope="module")
def library() -> Library:
    """The library that was shipped."""
    return load_library(find_schedules())


RIGHT = (
    ("trastuzumab-emtansine", "emtansine"),
    ("trastuzumab-emtansine", "Kadcyla"),
    ("trastuzumab-emtansine", "T-DM1"),
    ("trastuzumab-deruxtecan", "DERUXTECAN"),
    ("trastuzumab-deruxtecan", "trastuzumab deruxtécan"),
    ("trastuzumab", "trastuzumab"),
    ("trastuzumab", "herceptin"),
    ("trastuzumab-sc", "Herceptin SC"),
    ("trastuzumab-sc", "trastuzumab onderhuids"),
    ("paclitaxel", "paclitaxel"),
    ("docetaxel", "Taxotere"),
    ("pegylated-liposomal-doxorubicin", "caelyx"),
    ("liposomal-doxorubicin", "Myocet"),
    ("doxorubicin", "doxorubicine"),
    ("ibandronic-acid-iv", "infuus"),
    ("ibandronic-acid-oral", "tabletten"),
    ("vinorelbine-oral", "capsules"),
)
UNCLEAR = (
    ("trastuzumab-emtansine", "trastuzuma"),
    ("liposomal-doxorubicin", "liposomaal"),
    ("pegylated-liposomal-doxorubicin", "gepegyleerd"),
    ("liposomal-doxorubicin", "niet"),
    ("ibandronic-acid-iv", "bondronat"),
    ("paclitaxel", "ok"),
    ("trastuzumab-sc", "onderhuids"),
    ("vinorelbine-oral", "en"),
)
OTHER = (
    ("trastuzumab-emtansine", "deruxtecan", "trastuzumab-deruxtecan"),
    ("trastuzumab-emtansine", "trastuzumab", "trastuzumab"),
    ("docetaxel", "paclitaxel", "paclitaxel"),
    ("doxorubicin", "Caelyx", "pegylated-liposomal-doxorubicin"),
    ("ibandronic-acid-oral", "iv", "ibandronic-acid-iv"),
)


@pytest.mark.parametrize(("drug", "typed"), RIGHT)
def test_the_word_that_tells_it_apart_is_taken(library: Library, drug: str, typed: str) -> None:
    assert answer_to(typed, drug, library) == ("right", drug)


@pytest.mark.parametrize(("drug", "typed"), UNCLEAR)
def test_a_word_that_both_have_tells_nothing(library: Library, drug: str, typed: str) -> None:
    assert answer_to(typed, drug, library)[0] == "unclear"


@pytest.mark.parametrize(("drug", "typed", "meant"), OTHER)
def test_the_name_of_the_other_one_is_noticed(library: Library, drug: str, typed: str, meant: str) -> None:
    assert answer_to(typed, drug, library) == ("other", meant)


def test_no_name_of_one_confirms_another_in_any_pair(library: Library) -> None:
    """The full matrix: each name and brand of each look-alike, typed for its counterpart."""
    pairs = [(drug, other) for drug in library.drugs for other in others_of(library, drug)]
    assert len(pairs) > 40
    for drug, other in pairs:
        own = library.drugs[drug]
        foreign = library.drugs[other]
        shared = {own.inn.nl, own.inn.fr, own.inn.de, own.inn.en, *own.brands}
        for name in {foreign.inn.nl, foreign.inn.fr, foreign.inn.de, foreign.inn.en, *foreign.brands} - shared:
            assert answer_to(name, drug, library)[0] != "right", (drug, other, name)


def test_every_such_drug_can_be_confirmed_by_a_name_or_a_route(library: Library) -> None:
    for drug in (drug for drug, item in library.drugs.items() if item.look_alikes):
        item = library.drugs[drug]
        tried = (item.inn.nl, item.inn.fr, *item.brands, "infuus", "tabletten")
        assert any(answer_to(word, drug, library)[0] == "right" for word in tried), drug


def test_drugs_of_one_regimen_are_not_confused_with_each_other(library: Library) -> None:
    for regimen in library.regimens:
        for drug in resembling(library, regimen):
            assert others_of(library, drug)


def _form(window: MainWindow, course: str) -> DrugCourseForm:
    form = window.plan_page.courses.card(course).form
    assert isinstance(form, DrugCourseForm)
    return form


def _rows(window: MainWindow) -> list[str]:
    return [window.plan_page.findings.list.item(row).text() for row in range(window.plan_page.findings.list.count())]


def test_which_medicine_is_meant_is_typed_once_and_kept_with_the_course(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "kadcyla", "16/3/2026")
    form = _form(window, course)
    line = form.look_alikes.lines["trastuzumab-emtansine"]
    needed = [row for row in _rows(window) if "Kadcyla" in row and "bedoeld" in row]
    assert len(needed) == 1
    QTest.keyClicks(line, "deruxtecan")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert dict(window.desk.session.draft.courses[0].choices) == {}
    assert "Enhertu" in form.look_alikes._said["trastuzumab-emtansine"].text()
    line.clear()
    QTest.keyClicks(line, "emtansine")
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert dict(window.desk.session.draft.courses[0].choices)["look_alike_confirmed"] == "trastuzumab-emtansine"
    assert line.isHidden()
    assert not [row for row in _rows(window) if "Kadcyla" in row and "bedoeld" in row]
    plan = window.desk.session.plan
    assert plan is not None
    first = next(item for item in plan.administrations if item.drug == "trastuzumab-emtansine")
    assert [item.verdict for item in first.gate if item.rule == "look-alike"] == ["go"]
    window.desk.session.undo()
    assert not line.isHidden()


def test_a_click_on_the_question_leads_to_the_line(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "caelyx", "16/3/2026")
    window.plan_page.courses._unfold("")
    found = window.plan_page.findings
    row = next(row for row in range(found.list.count()) if "Caelyx" in found.list.item(row).text())
    found.list.itemClicked.emit(found.list.item(row))
    line = _form(window, course).look_alikes.lines["pegylated-liposomal-doxorubicin"]
    qtbot.waitUntil(line.hasFocus)


def test_the_question_speaks_the_language_of_the_moment_and_goes_with_its_course(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "kadcyla", "16/3/2026")
    form = _form(window, course)
    line = form.look_alikes.lines["trastuzumab-emtansine"]
    assert form.name_of(line).text().startswith("Lijkt op")
    window.use_language("en")
    assert form.name_of(line).text().startswith("Resembles")
    window.plan_page.courses._remove(course)
    QApplication.sendPostedEvents(None, 52)
    QApplication.processEvents()
    window.use_language("nl")
    assert window.desk.session.draft.courses == ()
