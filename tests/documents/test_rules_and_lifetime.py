"""What the pharmacist sees of rules that were checked, of doses of a lifetime, and of what goes into the spinal fluid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.documents.blocks import Document, plain
from mbc_desktop.documents.calendar.patient_calendar import compose_patient_calendar
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.page.release import release_gaps
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.documents.registry import Sheet, sheets_of
from mbc_desktop.documents.sheets.check_sheet import compose_check_sheet
from mbc_desktop.documents.sheets.intrathecal_sheet import compose_intrathecal_sheet
from mbc_desktop.planning.findings.release_state import ReleaseState
from mbc_desktop.planning.intrathecal import IntrathecalDay
from mbc_desktop.planning.plan import CourseApproval, Plan
from mbc_desktop.texts import load_texts
from tests.documents.example_plan import LIBRARY, PLAN, SITE
from tests.documents.reading import cell, document_lines, page_texts, squeezed
from tests.planning.treatments import course, library, plan_of, treatment

NL = load_texts("nl")


def rows(document: Document, heading: str) -> list[list[str]]:
    """The table under a heading."""
    blocks = list(document.blocks)
    start = next(index for index, block in enumerate(blocks) if block.kind == "heading" and block.text == heading)
    table = next(block for block in blocks[start:] if block.kind == "table")
    return [[plain(item) for item in row.cells] for row in table.rows]


def check_sheet(plan: Plan) -> Document:
    return compose_check_sheet(plan, library(), SITE, NL)


def test_rules_that_found_nothing_stand_beside_those_that_did() -> None:
    plan = plan_of(treatment(course("palbociclib-fulvestrant"), course("zoledronic-acid", id="c2"), days=40))
    found = rows(check_sheet(plan), "Regels die nagekeken zijn")
    verdicts = [row[5] for row in found]
    assert any(verdict.endswith("in orde") for verdict in verdicts)
    calcium = next(row for row in found if row[1] == "calcium")
    # 2.3 mmol/L of today against a lower limit of 2.15.
    assert (calcium[2], calcium[3], calcium[4]) == ("2,3\u00a0mmol/L", "≥ 2,15", "0 dagen")


def test_what_is_not_known_is_asked_about_and_stands_first() -> None:
    plan = plan_of(treatment(course("palbociclib-fulvestrant"), days=40))
    found = rows(check_sheet(plan), "Regels die nagekeken zijn")
    # Of this patient no neutrophils are known that count for the tablets of today.
    assert "NAVRAGEN" in found[0][5]
    assert found[0][2] == NL.word("value.unknown")


def test_a_lifetime_dose_is_told_before_and_after_each_dose() -> None:
    plan = plan_of(treatment(course("epirubicin-cyclophosphamide"), days=60))
    first = rows(check_sheet(plan), "Opgetelde dosis over het hele leven (mg per m², omgerekend)")[0]
    line = plan.lifetime[0]
    assert (first[2], first[4]) == (NL.computed(line.before), NL.computed(line.after))


def spinal(number: int, on: date, dose: str | None) -> IntrathecalDay:
    return IntrathecalDay(
        order="it1", drug="methotrexate", number=number, of=2, date=on, status="planned" if dose else "withheld",
        dose=Quantity(Decimal(dose), "mg") if dose else None, confirmed_by=("NV", "PB") if dose else (),
    )  # fmt: skip


def test_what_goes_into_the_spinal_fluid_has_a_sheet_of_its_own_and_no_dose_elsewhere() -> None:
    days = (spinal(1, date(2026, 3, 4), "12"), spinal(2, date(2026, 3, 11), "12"))
    plan = replace(PLAN, intrathecal=days)
    assert Sheet(document="intrathecal_sheet", subject="it1") in sheets_of(plan)
    document = compose_intrathecal_sheet(plan, LIBRARY, SITE, NL, SheetOptions(subject="it1"))
    text = " ".join(document_lines(document))
    assert "IN HET HERSENVOCHT" in text
    assert "NOOIT vinca-alkaloïden" in text
    assert "opnieuw ingetypt door NV en PB" in text
    assert text.count("12\u00a0mg") == 2
    assert not any(drug in text for drug in ("fulvestrant", "zoledron", "palbociclib"))
    assert squeezed("HERSENVOCHT") in squeezed("".join(page_texts(document_pdf(document))))
    calendar = compose_patient_calendar(plan, LIBRARY, SITE, NL)
    assert cell(calendar, 3, 4)[0] == "ruggenprik met geneesmiddel"
    assert "12\u00a0mg" not in " ".join(document_lines(calendar))
    assert "methotrexaat" not in " ".join(document_lines(compose_check_sheet(plan, LIBRARY, SITE, NL)))


def test_a_spinal_dose_that_two_persons_did_not_type_is_not_on_paper() -> None:
    plan = replace(PLAN, intrathecal=(spinal(1, date(2026, 3, 4), None),))
    text = " ".join(document_lines(compose_intrathecal_sheet(plan, LIBRARY, SITE, NL, SheetOptions(subject="it1"))))
    assert "NIEMAND heeft de dosis opnieuw ingetypt" in text
    assert "mg" not in text


def test_why_a_sheet_is_provisional() -> None:
    approved = tuple(replace(item, status="approved") for item in (CourseApproval(course="c1", regimen="x", status="approved"),))
    sound = replace(PLAN, approvals=approved, fractions=(), findings=(), request=replace(PLAN.request, courses=()))
    assert release_gaps(sound, LIBRARY, PLAIN) == ()
    assert compose_patient_calendar(sound, LIBRARY, SITE, NL).frame.status == ""
    changed = replace(sound, approvals=(replace(approved[0], status="void"),))
    assert release_gaps(changed, LIBRARY, PLAIN) == ("unapproved",)
    assert compose_patient_calendar(changed, LIBRARY, SITE, NL).frame.status == "Voorlopig, nog niet vrijgegeven."
    waiting = SheetOptions(release=ReleaseState(standing="not_released", audit_head="12-ABC"))
    assert release_gaps(sound, LIBRARY, waiting) == ("not_released",)
    frame = compose_check_sheet(sound, LIBRARY, SITE, NL, waiting).frame
    assert frame.status == "NIET VRIJGEGEVEN: niemand heeft dit plan vrijgegeven."
    assert "logboek 12-ABC" in frame.marks
    released = SheetOptions(release=ReleaseState(standing="released", verified_by=("V. Voorbeeld",)))
    assert compose_check_sheet(sound, LIBRARY, SITE, NL, released).frame.calls == ("Nagekeken door V. Voorbeeld.",)
