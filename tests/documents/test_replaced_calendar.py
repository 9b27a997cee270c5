"""A new calendar says once which one it takes the place of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mbc_desktop.documents.calendar.patient_calendar import compose_patient_calendar
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.planning.comparison.fingerprint import printed_code
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Language, Print
from mbc_desktop.texts import load_texts
from tests.documents.example_plan import LIBRARY, PLAN, SITE
from tests.documents.reading import document_lines, page_texts, squeezed

OTHER = "5" * 64


def printed(*prints: tuple[str, str, date]) -> Plan:
    """The plan of a file that holds these prints: fingerprint, document, day."""
    kept = tuple(Print(fingerprint=one, document=document, on=on, by="NV") for one, document, on in prints)
    return replace(PLAN, request=replace(PLAN.request, prints=kept))


def replaced(plan: Plan, language: Language = "nl") -> list[str]:
    document = compose_patient_calendar(plan, LIBRARY, SITE, load_texts(language))
    word = "vervangt" if language == "nl" else "replaces"
    return [line for line in document_lines(document) if word in line]


def test_a_first_calendar_replaces_none() -> None:
    assert replaced(PLAN) == []


def test_the_calendar_that_differs_is_named_once_by_day_and_code() -> None:
    plan = printed((OTHER, "patient_calendar", date(2026, 2, 12)))
    code = printed_code(OTHER)
    assert replaced(plan) == [f"Dit vervangt de kalender van donderdag 12 februari 2026 (plan {code})."]
    assert replaced(plan, "en") == [f"This replaces the calendar of Thursday 12 February 2026 (plan {code})."]


def test_the_same_calendar_again_and_other_documents_replace_none() -> None:
    assert replaced(printed((PLAN.fingerprint, "patient_calendar", date(2026, 2, 12)))) == []
    assert replaced(printed((OTHER, "check_sheet", date(2026, 2, 12)))) == []


def test_of_several_older_ones_the_latest_is_named() -> None:
    days = [(OTHER, "patient_calendar", date(2026, 2, 12)), ("6" * 64, "patient_calendar", date(2026, 2, 20))]
    assert "20 februari" in replaced(printed(*days, (PLAN.fingerprint, "patient_calendar", date(2026, 3, 1))))[0]


def test_the_line_stands_on_the_first_page_and_on_no_other() -> None:
    plan = printed((OTHER, "patient_calendar", date(2026, 2, 12)))
    document = compose_patient_calendar(plan, LIBRARY, SITE, load_texts("nl"))
    pages = [squeezed(text) for text in page_texts(document_pdf(document))]
    line = squeezed(f"Dit vervangt de kalender van donderdag 12 februari 2026 (plan {printed_code(OTHER)}).")
    assert [line in page for page in pages] == [True, *[False] * (len(pages) - 1)]
