"""The plan beside paper: real numbers and days for Belgian spreadsheets, no text as a formula, FHIR that the models accept."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from fhir.resources.R4B.bundle import Bundle

from mbc_desktop.documents.formats.exports import EXPORTS, export
from mbc_desktop.documents.formats.fhir_bundle import fhir_bundle
from mbc_desktop.documents.formats.spreadsheet_files import csv_file, is_formula, xlsx_file
from mbc_desktop.texts import complete_languages, load_texts
from tests.documents.example_plan import LIBRARY, PATIENT, PLAN, REQUEST, SITE
from tests.planning.treatments import course, library, plan_of, treatment

NL = load_texts("nl")
HOSTILE = ("=1+1", "+32 15", "-2", "@SUM(A1)", "\t=cmd", "＝1+1", " =1", "|calc", "%0A", 'a";"b', "<b>&", "\u202eabc")


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_table_has_real_days_and_decimal_commas() -> None:
    head, *rows = read_csv(csv_file(PLAN, LIBRARY, NL))
    assert head[:4] == ["Van", "Tot en met", "Voorzien", "Wat"]
    assert all(len(row) == len(head) for row in rows)
    fulvestrant = [row for row in rows if row[3] == "fulvestrant"]
    # Worked in example_plan: 2, 16, 30 March and 27 April, 500 mg each.
    assert [row[0] for row in fulvestrant] == ["02/03/2026", "16/03/2026", "30/03/2026", "27/04/2026"]
    assert {(row[7], row[8]) for row in fulvestrant} == {("500", "mg")}
    rests = [(row[0], row[1]) for row in rows if row[4] == "rust (niet innemen)"]
    assert rests[0] == ("23/03/2026", "29/03/2026")
    assert len([row for row in rows if row[4] == "bestraling"]) == 10


@pytest.mark.parametrize("language", complete_languages())
def test_a_decimal_has_a_comma_in_every_language(language: str) -> None:
    half = replace(PLAN.administrations[0], dose=replace(PLAN.administrations[0].dose, exact=Decimal("3.525")))  # type: ignore[type-var]
    plan = replace(PLAN, administrations=(half,), intakes=(), fractions=(), checks=())
    _, row = read_csv(csv_file(plan, LIBRARY, load_texts(language)))  # type: ignore[arg-type]
    assert row[9] == "3,525"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str) -> None:
    plan = replace(PLAN, request=replace(REQUEST, patient=replace(PATIENT, given_name=text)), code=text)
    for row in read_csv(csv_file(plan, LIBRARY, NL)):
        assert not any(is_formula(cell) for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(plan, LIBRARY, SITE, NL)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type != "f" for cell in cells)
    # Nothing is lost: the text stands in a cell as it is, but for what no cell may hold.
    assert text.replace("\t", " ") in [cell.value for cell in cells if isinstance(cell.value, str)]
    fhir = json.loads(fhir_bundle(plan, LIBRARY, NL))
    assert fhir["entry"][0]["resource"]["name"][0]["given"] == [text]


def test_the_workbook_has_numbers_and_days_and_says_whose_it_is() -> None:
    content = xlsx_file(PLAN, LIBRARY, SITE, NL)
    book = openpyxl.load_workbook(io.BytesIO(content))
    table, about = book.worksheets
    columns = {cell.value: cell.column for cell in table[1]}
    first = next(row for row in table.iter_rows(min_row=2) if row[columns["Wat"] - 1].value == "fulvestrant")
    assert first[columns["Van"] - 1].value.date() == date(2026, 3, 2)
    assert first[columns["Dosis"] - 1].value == 500
    assert first[columns["Dosis"] - 1].data_type == "n"
    told = {row[0].value: row[1].value for row in about.iter_rows()}
    assert (told["Familienaam"], told["Nummer"], told["Code van het plan"]) == ("Voorbeeld", "0012345", PLAN.code)
    assert {info.date_time for info in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("kind", EXPORTS)
def test_the_same_plan_gives_the_same_bytes(kind: str) -> None:
    assert export(kind, PLAN, LIBRARY, SITE, NL) == export(kind, PLAN, LIBRARY, SITE, NL)


@pytest.mark.parametrize("language", complete_languages())
def test_the_bundle_is_valid_and_holds_every_day(language: str) -> None:
    content = fhir_bundle(PLAN, LIBRARY, load_texts(language))  # type: ignore[arg-type]
    Bundle.model_validate_json(content)
    resources = [entry["resource"] for entry in json.loads(content)["entry"]]
    assert [item["resourceType"] for item in resources[:2]] == ["Patient", "CarePlan"]
    services = [item for item in resources if item["resourceType"] == "ServiceRequest"]
    assert services[0]["quantityQuantity"]["value"] == 10
    assert services[0]["occurrenceTiming"]["event"][0::9] == ["2026-03-30", "2026-04-13"]
    drugs = {item["medicationCodeableConcept"]["text"]: item for item in resources if item["resourceType"] == "MedicationRequest"}
    fulvestrant = drugs["fulvestrant (Faslodex)"]["dosageInstruction"]
    assert fulvestrant[0]["timing"]["event"] == ["2026-03-02", "2026-03-16", "2026-03-30", "2026-04-27"]
    assert fulvestrant[0]["doseAndRate"][0]["doseQuantity"]["value"] == 500
    palbociclib = drugs["palbociclib (Ibrance)"]["dosageInstruction"]
    repeat = palbociclib[0]["timing"]["repeat"]
    assert (repeat["frequency"], repeat["period"], repeat["periodUnit"]) == (1, 1, "d")
    assert repeat["boundsPeriod"] == {"start": "2026-03-02", "end": "2026-03-22"}


def test_a_dose_taken_twice_a_day_is_the_dose_of_one_time() -> None:
    """The fault of another exporter: a daily dose written as a single one."""
    plan = plan_of(treatment(course("abemaciclib-letrozole"), days=60))
    resources = [entry["resource"] for entry in json.loads(fhir_bundle(plan, library(), NL))["entry"]]
    (abemaciclib,) = [item for item in resources if "abemaciclib" in item.get("medicationCodeableConcept", {}).get("text", "")]
    dosage = abemaciclib["dosageInstruction"][0]
    assert dosage["doseAndRate"][0]["doseQuantity"]["value"] == 150
    assert dosage["timing"]["repeat"]["frequency"] == 2


def test_what_is_not_released_is_in_no_request() -> None:
    held = tuple(replace(item, status="withheld", dose=None) for item in PLAN.administrations)
    resources = [
        entry["resource"] for entry in json.loads(fhir_bundle(replace(PLAN, administrations=held), LIBRARY, NL))["entry"]
    ]
    assert not any("Faslodex" in json.dumps(item) for item in resources)


def test_every_regimen_is_valid_fhir() -> None:
    for id in tuple(library().regimens)[::4]:
        Bundle.model_validate_json(fhir_bundle(plan_of(treatment(course(id), days=90)), library(), NL))


def test_the_text_for_the_record_names_patient_courses_and_doses() -> None:
    text = export("text", PLAN, LIBRARY, SITE, NL).decode()
    assert "VOORBEELD Anna" in text
    assert "fulvestrant 500\u00a0mg" in text
    assert PLAN.code in text
    assert date(2026, 3, 2).strftime("%d/%m/%Y") in text
