"""Whether the rules of a drug can be followed: tables without holes, doses that exist and never rise as organs fail, limits in
the right unit. Each function yields (place in the file, reason)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from mbc_desktop.core.quantity import CONVERSIONS
from mbc_desktop.regimen.dose_rules import Adjustment, Band, ByClass, Check, Outcome, Together
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import (
    CalciumGate,
    ClearanceGate,
    CreatinineRise,
    DentalGate,
    EscalationGate,
    GeneTestGate,
    HeartGate,
    Hold,
    RecentGate,
    ThresholdGate,
)
from mbc_desktop.regimen.library import Library

Fault = Iterator[tuple[str, str]]

FACTS = {
    "child_pugh": ("A", "B", "C"),
    "dialysis": ("yes", "no"),
    "cyp3a4_inhibitor": ("none", "moderate", "strong"),
    "cyp3a4_inducer": ("none", "strong"),
    "cyp2d6_inhibitor": ("none", "strong"),
}
YES_NO, MUTATION = ("yes", "no"), ("mutated", "not_mutated")
OTHER_FACTS = {
    "qt_drug": YES_NO,
    "anticoagulant": YES_NO,
    "esr1": MUTATION,
    "pik3ca": MUTATION,
    "akt1": MUTATION,
    "pten": MUTATION,
}
"""Facts that a caution can be about; no dose is read from them."""
LIVER = frozenset(("bilirubin_x_uln", "ast_x_uln", "alp_x_uln", "transaminases_x_uln", "bilirubin_mg_dl", "bilirubin_umol_l"))
COMPUTED = frozenset(("crcl_cockcroft_gault", "creatinine_mg_dl")) | LIVER


def adjustment_faults(drug: Drug, library: Library) -> Fault:
    """What is wrong with the tables that change the dose of one drug."""
    for number, rule in enumerate(drug.adjust):
        place = f"adjust[{number}]"
        match rule:
            case Band():
                yield from band_faults(rule, place)
                yield from _known_value(rule.by, f"{place}.by", library)
                if rule.rebanding:
                    yield from known_decision(rule.rebanding, f"{place}.rebanding", library)
            case ByClass():
                yield from _class_faults(rule, place)
            case Together():
                for row, line in enumerate(rule.rows):
                    for at, condition in enumerate(line.conditions):
                        yield from _known_value(condition.of, f"{place}.rows[{row}].conditions[{at}].of", library)
            case _:
                assert_never(rule)
        yield from _outcome_faults(rule, place, drug, library)


def hold_faults(hold: Hold, place: str, library: Library) -> Fault:
    """What is wrong with one rule that holds a dose."""
    match hold:
        case ClearanceGate() | GeneTestGate():
            yield from known_option(hold.decision, hold.release_if, f"{place}.release_if", library)
        case RecentGate():
            yield from _known_value(hold.of, f"{place}.of", library)
        case ThresholdGate():
            yield from _threshold(hold, place, library)
        case CreatinineRise():
            units = [limit.unit for limit in hold.limits]
            if sorted(units) != ["mg/dL", "umol/L"]:
                yield f"{place}.limits", "creatinine is reported in mg/dL and in umol/L: each unit has its own limits, once"
            if not 1 <= hold.resume_within <= 2:
                yield f"{place}.resume_within", "is a factor of the baseline, from 1 to 2"
        case CalciumGate() | DentalGate() | HeartGate() | EscalationGate():
            return
        case _:
            assert_never(hold)


def company_faults(drug: Drug, library: Library) -> Fault:
    """What is wrong with the rules about other drugs and about what is known of the patient."""
    for number, caution in enumerate(drug.cautions):
        for fact in caution.facts:
            allowed = {**FACTS, **OTHER_FACTS}.get(fact)
            if allowed is None:
                yield f"cautions[{number}].facts", f"unknown fact: {fact}"
            elif caution.value not in allowed:
                yield f"cautions[{number}].value", f"{fact} is one of {', '.join(allowed)}"
    for number, rule in enumerate(drug.not_with):
        yield from _other_drugs(drug, rule.drugs, f"not_with[{number}].drugs", library)
        for other in (library.drugs[id] for id in rule.drugs if id in library.drugs):
            if not any(drug.id in back.drugs and back.finding == rule.finding for back in other.not_with):
                yield f"not_with[{number}].drugs", f"{other.id} does not say the same about {drug.id}"
    for key, company in (("only_with", drug.only_with), ("partner", drug.partner)):
        if company is not None:
            yield from _other_drugs(drug, company.drugs, f"{key}.drugs", library)


def _other_drugs(drug: Drug, named: tuple[str, ...], place: str, library: Library) -> Fault:
    for other in named:
        if other == drug.id or other not in library.drugs:
            yield place, f"unknown drug: {other}"


def check_faults(check: Check, place: str, library: Library) -> Fault:
    """What is wrong with one check-up rule."""
    if min(check.days) < 1 or sorted(set(check.days)) != list(check.days):
        yield f"{place}.days", "days of a check-up are in order, each once, from day 1"
    if bool(check.decision) != bool(check.if_decided):
        yield f"{place}.if_decided", "a decision and the answer it takes belong together"
    elif check.decision:
        yield from known_option(check.decision, check.if_decided, f"{place}.if_decided", library)


def band_faults(band: Band, place: str) -> Fault:
    """Where a band table is not total: every number from 0 up must fall in exactly one row."""
    edges: list[tuple[Decimal, int]] = []
    for number, row in enumerate(band.rows):
        match (row.above, row.at_least):
            case (Decimal() as edge, None):
                edges.append((edge, 1))
            case (None, Decimal() as edge):
                edges.append((edge, 0))
            case _:
                yield f"{place}.rows[{number}]", "a row has exactly one of above and at_least"
                return
    for number in range(1, len(edges)):
        if edges[number] >= edges[number - 1]:
            yield f"{place}.rows[{number}]", "rows run from high to low, so this row can never be reached"
    if edges[-1] != (Decimal(0), 0):
        yield f"{place}.rows[{len(edges) - 1}]", "the last row begins at 0, so that no number falls outside the table"


def can_be_made(drug: Drug, amount: Decimal) -> bool:
    """Whether `amount` (mg) can be given: always for what is drawn up or has no form yet, else only as a sum of whole pieces (or
    of the parts into which a tablet divides)."""
    drawn = any(form.draw_step_ml is not None or form.form == "vial" for form in drug.forms)
    if drawn or not drug.forms:
        return True
    pieces = sorted({form.strength / form.divisible for form in drug.forms})
    reached = {Decimal(0)}
    for _ in range(20):
        reached |= {total + piece for total in reached for piece in pieces if total + piece <= amount}
        if amount in reached:
            return True
    return False


def known_decision(key: str, place: str, library: Library) -> Fault:
    """A fault when nobody asks that question."""
    if key not in library.decisions:
        yield place, f"unknown decision: {key}"


def known_option(key: str, value: str, place: str, library: Library) -> Fault:
    """A fault when nobody asks that question, or nobody can answer it so."""
    yield from known_decision(key, place, library)
    decision = library.decisions.get(key)
    if decision is not None and decision.options and value not in decision.options:
        yield place, f"{value} is no option of {key}"


def amounts_decided(key: str, place: str, library: Library) -> Fault:
    """A fault when the answers to a question are no doses."""
    yield from known_decision(key, place, library)
    decision = library.decisions.get(key)
    if decision is not None and not decision.options:
        yield place, f"{key} has no options, so its answer is no dose"
    for option in decision.options if decision is not None else ():
        if not option.replace(".", "", 1).isdecimal():
            yield place, f"the option {option} of {key} is no dose"


def _known_value(name: str, place: str, library: Library) -> Fault:
    if name not in COMPUTED and name not in {field.kind for field in library.fields.values()}:
        yield place, f"unknown value: {name}"


def _class_faults(rule: ByClass, place: str) -> Fault:
    allowed = FACTS.get(rule.by)
    if allowed is None:
        yield f"{place}.by", f"unknown fact: {rule.by}"
    elif tuple(row.value for row in rule.rows) != allowed:
        yield f"{place}.rows", f"the rows of {rule.by} are {', '.join(allowed)}, in this order"


def _outcome_faults(rule: Adjustment, place: str, drug: Drug, library: Library) -> Fault:
    """Doses that cannot be made, or that rise from one row to the next although the kidneys or the liver get worse."""
    above: Outcome | None = None
    for number, outcome in enumerate(row.outcome for row in rule.rows):
        here = f"{place}.rows[{number}]"
        if outcome.decision:
            yield from amounts_decided(outcome.decision, f"{here}.decision", library)
        if outcome.dose is not None:
            if outcome.dose == 0 or not can_be_made(drug, outcome.dose):
                yield f"{here}.dose", "cannot be made from the forms of this drug"
            if above is not None and above.dose is not None and outcome.dose > above.dose:
                yield f"{here}.dose", "is higher than in the row above it"
            above = outcome


def _threshold(hold: ThresholdGate, place: str, library: Library) -> Fault:
    if hold.decision:
        yield from amounts_decided(hold.decision, f"{place}.decision", library)
        preselected = library.decisions[hold.decision].preselected if hold.decision in library.decisions else ""
        if preselected.replace(".", "", 1).isdecimal() and Decimal(preselected) != hold.at_least:
            yield f"{place}.at_least", f"is not what is preselected for {hold.decision}: {preselected}"
    if hold.of in LIVER:
        return
    limit = next((edge for edge in (hold.at_least, hold.below, hold.at_most) if edge is not None), None)
    fields = [field for field in library.fields.values() if field.kind == hold.of]
    if not fields:
        yield f"{place}.of", f"unknown value: {hold.of}"
        return
    if not any(field.unit == hold.unit or (hold.of, field.unit, hold.unit) in CONVERSIONS for field in fields):
        yield f"{place}.unit", f"{hold.of} is not measured in {hold.unit}"
    for field in fields:
        inside = field.hard is None or limit is None or field.hard[0] <= limit <= field.hard[1]
        if field.unit == hold.unit and not inside:
            yield place, f"the limit lies outside what {hold.of} can be"
