"""Where a patient is treated and where blood is taken: the hospital's own units, the general practitioner, the home nurse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen, drugs_of
from mbc_desktop.regimen.site import PLACE_OF_CARE, SAMPLE_PLACE, Unit

BLOOD = frozenset({"blood_count", "creatinine", "calcium", "electrolytes", "liver_tests", "glucose"})
"""The checks for which blood is taken."""


def place_of_care(
    course: DrugCourse, regimen: Regimen, chosen: Mapping[str, str], library: Library
) -> tuple[Unit, tuple[Finding, ...]]:
    """The place where the course's injections are given. Only injections under the skin or into a muscle of drugs that are
    neither cytotoxic nor antibodies may be given outside the hospital; otherwise the hospital keeps them, with a finding."""
    wanted = cast(Unit, chosen.get(PLACE_OF_CARE, "day_hospital"))
    if wanted == "day_hospital":
        return wanted, ()
    kept = [id for id in drugs_of(regimen) if not may_leave_hospital(library.drugs[id])]
    if kept:
        return "day_hospital", (finding("place-not-possible", "caution", course=course.id, drug=kept[0], place=wanted),)
    return wanted, ()


def may_leave_hospital(drug: Drug) -> bool:
    """Whether a general practitioner or a home nurse may give it; tablets are at home anyhow."""
    if drug.place == "home":
        return True
    return set(drug.routes) <= {"SC", "IM"} and not {"cytotoxic", "antibody", "antibody_drug_conjugate"} & set(drug.classes)


def sample_place(chosen: Mapping[str, str]) -> Unit:
    """Where blood is taken when the patient does not come for treatment that day."""
    return cast(Unit, chosen.get(SAMPLE_PLACE, "laboratory"))
