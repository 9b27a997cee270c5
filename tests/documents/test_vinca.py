"""A vinca alkaloid is given into a vein or by mouth; every plan and every check sheet with one says where it must never go."""

from __future__ import annotations

import pytest

from mbc_desktop.documents.blocks import lines
from mbc_desktop.documents.registry import compose
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.phrases import finding_text
from tests.planning.treatments import course, library, plan_of, treatment

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
