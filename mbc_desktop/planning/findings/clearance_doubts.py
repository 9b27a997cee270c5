"""What is doubtful about a clearance on which a dose of the course rests: too good to be true, beside the edge of a band, or in
another band by another weight. Nothing here changes a dose.

Limits: proposals of the clinical reference on endocrine and bone agents (C1, C3), to be signed by the hospital's pharmacist."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.dosing.adjustment import Applied, applies
from mbc_desktop.dosing.filtration import filtration
from mbc_desktop.dosing.patient_numbers import creatinine_clearance
from mbc_desktop.dosing.situation import Number, Situation, situation_on
from mbc_desktop.patient.body import body_mass_index, ideal_weight_devine
from mbc_desktop.planning.replay.decisions import Answers
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.dose_rules import Band, ExposureDose
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen, drugs_of
from mbc_desktop.regimen.site import Site

TOO_GOOD_ABOVE = Decimal(130)
"""mL/min; above it a low creatinine or much weight makes kidneys look better than they are."""
NEAR = Decimal(2)
"""mL/min from the edge of a band."""
OBESE_FROM = Decimal(30)
"""Body mass index, kg/m2."""
HEAVY_ABOVE = Decimal("1.2")
"""Times the ideal weight: from either of the two on, the adjusted weight is held beside the actual one."""
_SHOWN = {"mg/dL": Decimal("0.01"), "umol/L": Decimal(1)}


def clearance_findings(
    request: Request, course: DrugCourse, regimen: Regimen, answers: Answers, *, library: Library, site: Site
) -> Iterator[Finding]:
    """What is doubtful about the clearance of today for one course, by its own answers; the weight is asked about (E3) while only
    the preselection says which one counts."""
    today = situation_on(
        request.today,
        patient=request.patient,
        facts=request.facts,
        measurements=request.measurements,
        chosen=answers.chosen,
        ranges=site.ranges,
    )
    decided = any(choice.key == "crcl_weight" and choice.given_by != "preselected" for choice in answers.choices)
    drugs = tuple(library.drugs[drug] for drug in drugs_of(regimen))
    orders = (order for part in regimen.parts for phase in part.phases for order in phase.orders)
    exposed = {order.drug for order in orders if isinstance(order.dose, ExposureDose)}
    for said in _doubts(drugs, exposed, today, weight_decided=decided):
        yield replace(said, course=course.id)


def _doubts(drugs: tuple[Drug, ...], exposed: set[str], situation: Situation, *, weight_decided: bool) -> Iterator[Finding]:
    """What is to be asked, drug by drug; those in `exposed` are dosed by exposure."""
    for drug in drugs:
        if drug.id in exposed:
            yield from _exposure(drug, situation)
        bands = [
            rule for rule in drug.adjust if isinstance(rule, Band) and rule.by == "crcl_cockcroft_gault" and not rule.optional
        ]
        clearance = creatinine_clearance(situation) if bands else None
        if not isinstance(clearance, Number):
            continue
        if clearance.decides > TOO_GOOD_ABOVE:
            yield finding("clearance-very-high", "info", drug=drug.id, value=decimal_text(clearance.decides))
        for rule in bands:
            yield from _near_edge(rule, drug, clearance, situation)
            if not weight_decided:
                yield from _by_adjusted_weight(rule, drug, clearance, situation)


def _exposure(drug: Drug, situation: Situation) -> Iterator[Finding]:
    """A dose by exposure follows filtration up to its cap, so that a clearance too good to be true is a question."""
    found = filtration(situation, floor=_floor(situation))
    if isinstance(found, Number) and found.decides > TOO_GOOD_ABOVE:
        value = decimal_text(CONTEXT.quantize(found.decides, Decimal("0.1")))
        yield finding("clearance-very-high", "caution", drug=drug.id, value=value)


def _floor(situation: Situation) -> Decimal | None:
    answer = situation.chosen.get("carboplatin_creatinine_floor", "none")
    return None if answer == "none" else Decimal(answer)


def _near_edge(rule: Band, drug: Drug, clearance: Number, situation: Situation) -> Iterator[Finding]:
    """The nearest edge within two mL/min, and the creatinine at which the patient would stand on it: by Cockcroft and Gault the
    clearance times creatinine stays the same."""
    edges = [edge for row in rule.rows for edge in (row.above, row.at_least) if edge]
    near = min(edges, key=lambda edge: abs(clearance.decides - edge), default=None)
    creatinine = situation.latest("creatinine")
    if near is None or creatinine is None or abs(clearance.decides - near) > NEAR:
        return
    unit = creatinine.quantity.unit
    at_edge = CONTEXT.divide(CONTEXT.multiply(creatinine.quantity.amount, clearance.exact), near)
    values = {"value": decimal_text(clearance.decides), "edge": decimal_text(near), "unit": unit}
    values |= {"creatinine": decimal_text(creatinine.quantity.amount)}
    values |= {"at_edge": decimal_text(CONTEXT.quantize(at_edge, _SHOWN[unit]))}
    yield finding("clearance-near-edge", "info", drug=drug.id, source=rule.source, **values)


def _by_adjusted_weight(rule: Band, drug: Drug, clearance: Number, situation: Situation) -> Iterator[Finding]:
    """Where the adjusted weight of a heavy patient leads to another row, a person decides which weight counts."""
    if situation.chosen.get("crcl_weight") != "actual" or not _is_heavy(situation):
        return
    adjusted = replace(situation, chosen={**situation.chosen, "crcl_weight": "adjusted"})
    other, here, there = creatinine_clearance(adjusted), applies(rule, situation), applies(rule, adjusted)
    if isinstance(other, Number) and isinstance(here, Applied) and isinstance(there, Applied) and here.row != there.row:
        values = {"value": decimal_text(clearance.decides), "adjusted": decimal_text(other.decides), "decision": "crcl_weight"}
        yield finding("clearance-by-weight", "caution", drug=drug.id, source=rule.source, **values)


def _is_heavy(situation: Situation) -> bool:
    weight, height = situation.latest("weight"), situation.latest("height")
    if weight is None or height is None:
        return False
    kilograms, centimetres = weight.quantity.amount, height.quantity.amount
    ideal = ideal_weight_devine(height_cm=centimetres, sex=situation.patient.sex)
    index = body_mass_index(weight_kg=kilograms, height_cm=centimetres)
    return index >= OBESE_FROM or kilograms > CONTEXT.multiply(HEAVY_ABOVE, ideal)
