"""What a treatment says about the facts that the guideline asks for: for each fact the values that are still possible."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mbc_desktop.patient.facts import Metastases
from mbc_desktop.planning.request import DrugCourse, EarlierDrug, Request
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.guideline import FACT_VALUES
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of

Possible = frozenset[str]
"""One value = known; several = not known, or known in part."""

FEW_UP_TO = 10
"""Lesions; the guideline speaks of more than 10."""

PD_L1_ABOVE = Decimal(10)
"""Per cent of cells above which the guideline names pembrolizumab."""

PD_L1_POSITIVE = Decimal(1)
"""Per cent of cells from which the guideline calls PD-L1 positive."""

CPS_FROM = Decimal(10)
"""Combined positive score from which the label allows pembrolizumab (keytruda_uk)."""

YES, NO = frozenset({"yes"}), frozenset({"no"})


def guideline_facts(request: Request, library: Library, chosen: Mapping[str, str]) -> Mapping[str, Possible]:
    """The possible values of every fact of the guideline. `chosen` are the answers to the site decisions."""
    facts = request.facts
    raw: dict[str, str | None] = {
        "visceral_crisis": facts.visceral_crisis,
        "line": facts.line,
        "esr1": facts.esr1,
        "pik3ca": facts.pik3ca,
        "menopause": "not_applicable" if request.patient.sex == "male" else facts.menopausal_status,
        "her2": "negative" if facts.her2 == "low" else facts.her2,
    }
    known = {name: _known(name, value) for name, value in raw.items()}
    known |= {
        name: _lesions(name, facts.metastases) for name in ("bone", "brain", "lung", "liver", "leptomeninges", "chest_wall")
    }
    return known | {
        "hormone_receptors": _either("hormone_receptors", (facts.er, facts.pr), "positive"),
        "receptors_from_metastasis": _from_metastasis(request),
        "ovaries_silent": _ovaries_silent(request, library),
        "pd_l1_reached": _pd_l1_reached(facts.pd_l1_percent, facts.pd_l1_cps, chosen.get("pd_l1_edges", "")),
        "pik3ca_akt1_pten": _either("pik3ca_akt1_pten", (facts.pik3ca, facts.akt1, facts.pten), "mutated"),
        "aromatase_inhibitor": _given(request, library, "aromatase_inhibitor"),
        "bisphosphonate": _given(request, library, "bisphosphonate"),
        "bone_symptoms": NO if facts.asymptomatic_on is not None else _any("bone_symptoms"),
    }


def drugs_ever(request: Request, library: Library) -> tuple[Drug, ...]:
    """The drugs of the courses and of the earlier treatment, as far as the library has them."""
    ids = [id for item in request.courses if isinstance(item, DrugCourse) for id in drugs_of(library.regimens[item.regimen])]
    ids += [item.drug for item in request.history if isinstance(item, EarlierDrug)]
    return tuple(library.drugs[id] for id in dict.fromkeys(ids) if id in library.drugs)


def _any(name: str) -> Possible:
    return frozenset(FACT_VALUES[name])


def _known(name: str, value: str | None) -> Possible:
    return _any(name) if value is None else frozenset({value})


def _either(name: str, values: tuple[str | None, ...], wanted: str) -> Possible:
    """`wanted` when one of the values is; the other value only when all are known."""
    if wanted in values:
        return frozenset({wanted})
    return _any(name) if None in values else _any(name) - {wanted}


def _lesions(site: str, metastases: tuple[Metastases, ...]) -> Possible:
    if not metastases:
        return _any(site)
    counts = [item.lesions for item in metastases if item.site == site]
    if not counts:
        return frozenset({"none"})
    count = counts[0]
    if count is None:
        return _any(site) - {"none"}
    return frozenset({"one" if count == 1 else "few" if count <= FEW_UP_TO else "many"})


def _from_metastasis(request: Request) -> Possible:
    tissues = (request.facts.er_from, request.facts.pr_from, request.facts.her2_from)
    if "primary" in tissues:
        return NO
    return _any("receptors_from_metastasis") if None in tissues else YES


def _ovaries_silent(request: Request, library: Library) -> Possible:
    """After the menopause, in a man, or suppressed: ovaries taken out, radiocastration confirmed, an LHRH analogue that goes
    on."""
    facts = request.facts
    if request.patient.sex == "male" or facts.menopausal_status == "postmenopausal":
        return YES
    if facts.oophorectomy_on is not None or facts.radiocastration_confirmed_on is not None:
        return YES
    stopped = {item.drug for item in request.history if isinstance(item, EarlierDrug) and item.until is not None}
    if any("lhrh_analogue" in drug.classes and drug.id not in stopped for drug in drugs_ever(request, library)):
        return YES
    return _any("ovaries_silent") if facts.menopausal_status is None else NO


def _pd_l1_reached(percent: Decimal | None, cps: Decimal | None, edges: str) -> Possible:
    """By the reading that the site chose (decision A26); one is never made from the other."""
    if edges == "cps_10_or_more" and cps is not None:
        return YES if cps >= CPS_FROM else NO
    if edges == "percent_above_10" and percent is not None:
        return YES if percent > PD_L1_ABOVE else NO
    if edges == "percent_10_or_more" and percent is not None:
        return YES if percent >= PD_L1_ABOVE else NO
    if edges == "percent_1_or_more" and percent is not None:
        return YES if percent >= PD_L1_POSITIVE else NO
    return _any("pd_l1_reached")


def _given(request: Request, library: Library, of_class: str) -> Possible:
    """Whether a drug of that class was or is given. Where nothing earlier is recorded, nobody knows that it was not."""
    if any(of_class in drug.classes for drug in drugs_ever(request, library)):
        return YES
    return NO if request.history else YES | NO
