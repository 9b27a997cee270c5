"""The sheets of one day, and what the check sheet sets beside the doses: premedication, chairs, tasks, formulas, packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mbc_desktop.documents.blocks import Document, Table, plain
from mbc_desktop.documents.registry import compose
from mbc_desktop.documents.sheets.day_agenda import compose_day_agenda
from mbc_desktop.documents.sheets.preparation_list import compose_preparation_list
from mbc_desktop.planning.beside.agenda import chair_time
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.site import NO_SITE, Site
from mbc_desktop.texts import load_texts
from tests.documents.reading import document_lines
from tests.planning.treatments import course, library, plan_of, treatment

NL = load_texts("nl")
DAY = date(2026, 3, 2)
PACLITAXEL = plan_of(treatment(course("paclitaxel-weekly"), days=60))


def rows(document: Document) -> list[list[str]]:
    return [[plain(cell) for cell in row.cells] for block in document.blocks if isinstance(block, Table) for row in block.rows]


def agenda(*plans: Plan, site: Site = NO_SITE, day: date = DAY) -> Document:
    return compose_day_agenda(plans, day, library(), site, NL)


def test_premedication_stands_on_the_preparation_list_and_the_agenda() -> None:
    line = "Premedicatie"
    assert any(item.place == "day_hospital" and item.first == DAY for item in PACLITAXEL.support)
    preparation = compose_preparation_list((PACLITAXEL,), DAY, library(), NO_SITE, NL)
    assert NL.word("ward.support_of_the_day") in document_lines(preparation)
    assert any(row[1].startswith(line) and row[0].startswith("VOORBEELD Anna") for row in rows(preparation) if len(row) == 4)
    assert any(line in row[2] for row in rows(agenda(PACLITAXEL)))


def test_a_day_without_premedication_has_no_empty_table() -> None:
    fulvestrant = plan_of(treatment(course("fulvestrant"), days=30))
    preparation = compose_preparation_list((fulvestrant,), DAY, library(), NO_SITE, NL)
    assert NL.word("ward.support_of_the_day") not in document_lines(preparation)


def test_the_agenda_adds_up_the_chairs_and_says_when_there_are_too_few() -> None:
    minutes = chair_time(item for item in PACLITAXEL.administrations if item.date == DAY).minutes
    assert minutes > 0
    assert f"{2 * minutes} minuten in de stoel" in document_lines(agenda(PACLITAXEL, PACLITAXEL))
    just = replace(NO_SITE, chair_minutes_a_day=2 * minutes)
    assert f"{2 * minutes} van {2 * minutes} minuten in de stoel" in document_lines(agenda(PACLITAXEL, PACLITAXEL, site=just))
    short = replace(NO_SITE, chair_minutes_a_day=2 * minutes - 1)
    assert any("MEER DAN ER PLAATS IS" in line for line in document_lines(agenda(PACLITAXEL, PACLITAXEL, site=short)))


def test_what_is_to_be_ordered_for_a_later_day_stands_on_the_agenda_of_its_own_day() -> None:
    task = next(task for task in PACLITAXEL.tasks if task.kind == "pharmacy_order")
    found = [row for row in rows(agenda(PACLITAXEL, day=task.date)) if row[0] == NL.word("task.pharmacy_order")]
    assert [row[1] for row in found] == ["paclitaxel"]
    assert NL.short_date(task.before) in found[0][2]


def test_a_drug_without_a_time_is_named_beside_the_minutes() -> None:
    plan = plan_of(treatment(course("epirubicin-cyclophosphamide"), days=30))
    chair = chair_time(item for item in plan.administrations if item.date == DAY)
    assert chair.unknown == ("cyclophosphamide",)
    assert any("zonder tijd: cyclofosfamide" in row[3] for row in rows(agenda(plan)) if len(row) == 5)


def test_the_check_sheet_tells_what_other_formulas_would_have_given() -> None:
    """68 kg, 165 cm. Mosteller: sqrt(68 x 165 / 3600) = 1.7654 m2; paclitaxel 80 mg/m2 = 141.23 mg.
    Du Bois: 0.007184 x 68^0.425 x 165^0.725 = 0.007184 x 6.0092 x 40.5206 = 1.7493 m2,
    so 139.94 mg; 139.94 / 141.23 = 0.9909: 0.9 % less."""
    found = {row[1]: row[2:] for row in rows(compose("check_sheet", PACLITAXEL, library(), NO_SITE, NL)) if len(row) == 4}
    (du_bois,) = (row for said, row in found.items() if "Du Bois" in said)
    assert [cell.replace("\u00a0", " ") for cell in du_bois] == ["139,9 mg", "-0,9 %"]


def test_a_dose_by_nothing_measured_has_no_other_conventions() -> None:
    plan = plan_of(treatment(course("letrozole"), days=30))
    assert NL.word("convention.heading") not in document_lines(compose("check_sheet", plan, library(), NO_SITE, NL))


def test_cycles_with_the_same_tablets_share_a_row_and_unknown_packs_are_said() -> None:
    """Palbociclib 125 mg, one a day for 21 days: 21 in each of the cycles 1, 2 and 3 (2 and 30 March, 27 April until 2 May)."""
    plan = plan_of(treatment(course("palbociclib-fulvestrant"), days=61))
    found = [
        row
        for row in rows(compose("check_sheet", plan, library(), NO_SITE, NL))
        if row[0].startswith("palbociclib\u00a01") or row[0].startswith("palbociclib 1")
    ]
    cell = [one.replace("\u00a0", " ") for one in found[-1]]
    assert cell[:5] == ["palbociclib 125 mg", "1, 2, 3", "1", "1", "21"]
    assert cell[5] == NL.word("dose_sheet.packs_unknown")
