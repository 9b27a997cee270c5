"""A vinca alkaloid is given into a vein or by mouth; every plan and every check sheet with one says where it must never go."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.documents.blocks import Document, Month, lines
from mbc_desktop.documents.formats.exports import export
from mbc_desktop.documents.formats.plan_table import plan_table
from mbc_desktop.documents.registry import Sheet, compose, sheet_document
from mbc_desktop.documents.sheets.day_agenda import compose_day_agenda
from mbc_desktop.documents.sheets.preparation_list import compose_preparation_list
from mbc_desktop.documents.sheets.regimen_page import compose_regimen_page
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts import Texts, complete_languages, load_texts
from mbc_desktop.texts.phrases import finding_text, texts_for
from tests.planning.treatments import course, irradiation, library, plan_of, treatment

NOTE = "vinca-into-a-vein-only"
# The guideline leaves the schedule open; without it there is no dose.
ANSWERS = {"vinorelbine_form": "25 mg/m2 weekly into a vein", "trastuzumab_form": "sc_600_mg"}
VINCA = tuple(drug for drug in library().drugs.values() if "vinca_alkaloid" in drug.classes)
INTO_A_VEIN = tuple(drug for drug in VINCA if "IV" in drug.routes)
REGIMENS = tuple(
    regimen.id for regimen in library().regimens.values() if {drug.id for drug in INTO_A_VEIN} & set(drugs_of(regimen))
)


def test_there_is_one() -> None:
    assert {drug.id for drug in VINCA} == {"vinorelbine", "vinorelbine-oral"}
    assert REGIMENS


@pytest.mark.parametrize("drug", VINCA, ids=lambda drug: drug.id)
def test_no_route_but_a_vein_and_the_mouth(drug: Drug) -> None:
    assert set(drug.routes) <= {"IV", "PO"}
    orders = [
        order
        for regimen in library().regimens.values()
        for part in regimen.parts
        for phase in part.phases
        for order in phase.orders
        if order.drug == drug.id
    ]
    assert {order.route for order in orders} <= {"IV", "PO"}


@pytest.mark.parametrize("regimen", REGIMENS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_plan_and_check_sheet_says_only_into_a_vein(regimen: str, language: Language) -> None:
    plan = plan_of(treatment(course(regimen, choices=ANSWERS)))
    assert any(item.dose is not None for item in plan.administrations)
    (note,) = (note for note in plan.notes if note.code == NOTE)
    texts = load_texts(language)
    sheet = compose("check_sheet", plan, library(), NO_SITE, texts)
    sentence = finding_text(note, library(), texts)
    assert any(sentence in line for block in sheet.blocks for line in lines(block))


ONE = plan_of(
    treatment(
        course("vinorelbine-iv", choices=ANSWERS),
        irradiation("10x3", "2026-03-30", id="r1"),
        course("letrozole", id="c2"),
        days=60,
    )
)
STAFF_SHEETS = (
    Sheet(document="check_sheet"),
    Sheet(document="course_overview"),
    Sheet(document="radiotherapy_card", subject="r1"),
)


def words_of(document: Document) -> str:
    return " ".join(line for block in document.blocks for line in lines(block))


@pytest.mark.parametrize("language", complete_languages())
def test_every_staff_sheet_says_only_into_a_vein_and_that_it_is_fatal_elsewhere(language: Language) -> None:
    texts = load_texts(language)
    warning = texts_for(library(), texts).say("ward.vein_only", drug="vinorelbine")
    sheets = [sheet_document(sheet, ONE, library(), NO_SITE, texts) for sheet in STAFF_SHEETS]
    sheets.append(compose_preparation_list((ONE,), date(2026, 3, 2), library(), NO_SITE, texts))
    sheets.append(compose_regimen_page("vinorelbine-iv", library(), NO_SITE, texts, today=date(2026, 3, 2)))
    for sheet in sheets:
        assert warning in words_of(sheet), sheet.id
    assert language != "nl" or warning in plan_table(ONE, library())
    agenda = compose_day_agenda((ONE,), date(2026, 3, 2), library(), NO_SITE, texts)
    assert texts.word("ward.only_into_a_vein") in words_of(agenda)
    assert texts.word("ward.only_into_a_vein") in exported("csv", texts)
    assert warning in exported("text", texts)
    assert warning in exported("fhir", texts)


def exported(kind: str, texts: Texts) -> str:
    return export(kind, ONE, library(), NO_SITE, texts).decode("utf-8-sig")


@pytest.mark.parametrize("language", complete_languages())
def test_the_patient_reads_that_it_goes_only_into_a_vein(language: Language) -> None:
    texts = load_texts(language)
    calendar = compose("patient_calendar", ONE, library(), NO_SITE, texts)
    sheet = sheet_document(Sheet(document="instruction_sheet", subject="vinorelbine"), ONE, library(), NO_SITE, texts)
    legends = [entry.text for block in calendar.blocks if isinstance(block, Month) for entry in block.legend]
    assert any(entry.endswith(texts.word("patient.vein_only")) for entry in legends)
    assert texts.word("instruction.vein_only") in words_of(sheet)


def test_no_other_drug_is_said_to_be_one() -> None:
    plan = plan_of(treatment(course("docetaxel"), days=30))
    assert "ALLEEN" not in words_of(compose("check_sheet", plan, library(), NO_SITE, load_texts("nl")))
