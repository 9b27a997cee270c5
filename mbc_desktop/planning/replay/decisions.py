"""Which open questions of the guideline a course meets, and who answered them: the course, the site, or a preselection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, assert_never

from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.base_dose import SURFACE_DECISIONS, WEIGHT_DECISIONS
from mbc_desktop.dosing.dispense import DRAWN, VIAL_DECISIONS
from mbc_desktop.dosing.filtration import DECISIONS as FILTRATION_DECISIONS
from mbc_desktop.dosing.treatment_gates import age_decision
from mbc_desktop.planning.plan import Choice
from mbc_desktop.regimen.decision import Answer, Decision
from mbc_desktop.regimen.dose_rules import Band, ByClass, Together
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import ClearanceGate, GeneTestGate, HeartGate, Hold, ThresholdGate
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order, Regimen
from mbc_desktop.regimen.site import Site

GivenBy = Literal["course", "site", "preselected"]

LIFETIME_DECISIONS = ("anthracycline_equivalents", "anthracycline_limit", "anthracycline_limit_at_risk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """`chosen` gives the answer by key for everything that is answered; `choices` lists what this course meets, `open`
    what nobody answered."""

    chosen: Mapping[str, str]
    choices: tuple[Choice, ...]
    open: tuple[Decision, ...]


def answers_for(course: str, regimen: Regimen, picked: Mapping[str, str], *, library: Library, site: Site) -> Answers:
    """The answers that hold for one course: its own choices before the site's, the site's before a preselection."""
    chosen: dict[str, str] = {}
    choices: list[Choice] = []
    still_open: list[Decision] = []
    met = frozenset(decisions_of(regimen, library))
    # Of two answers to one question the first one counts.
    of_site = {answer.key: answer for answer in reversed(site.answers)}
    for key, decision in library.decisions.items():
        answer = of_site.get(key)
        found = _answer(regimen.id, decision, picked.get(key), answer)
        if found is None:
            still_open += [decision] if key in met else []
            continue
        chosen[key], given_by = found
        if key in met:
            by, on = (answer.by, answer.on) if answer is not None and given_by == "site" else ("", "")
            choices.append(Choice(course=course, id=decision.id, key=key, value=chosen[key], given_by=given_by, by=by, on=on))
    return Answers(chosen=chosen, choices=tuple(choices), open=tuple(still_open))


def site_choices(library: Library, site: Site) -> Mapping[str, str]:
    """The answers to the site decisions: the site's own, else what is preselected."""
    given = {answer.key: answer.value for answer in site.answers}
    preselected = {key: decision.preselected for key, decision in library.decisions.items() if decision.preselected}
    return preselected | given


def decisions_of(regimen: Regimen, library: Library) -> tuple[str, ...]:
    """The keys of every decision that this regimen's doses and dates depend on, in order of first need."""
    return tuple(dict.fromkeys(_keys(regimen, library)))


def _keys(regimen: Regimen, library: Library) -> Iterator[str]:
    yield from regimen.decisions
    for part in regimen.parts:
        for phase in part.phases:
            if isinstance(phase.every, str):
                yield phase.every
            for order in phase.orders:
                yield from _order_keys(order)
                yield from _drug_keys(library.drugs[order.drug])
    for check in (*regimen.checks, *(check for part in regimen.parts for check in part.checks)):
        if check.decision:
            yield check.decision


def _order_keys(order: Order) -> Iterator[str]:
    if order.dose.kind == "by_decision":
        yield order.dose.decision
    if order.decision:
        yield order.decision
    if order.take is not None and order.take.weekdays:
        yield order.take.weekdays
    if order.dose.kind == "auc":
        yield from (*FILTRATION_DECISIONS, "rounding")
    per = order.dose.per if order.dose.kind == "by_decision" else order.dose.kind
    if per == "per_m2":
        yield from (*SURFACE_DECISIONS, "rounding")
    elif per == "per_kg":
        yield from (*WEIGHT_DECISIONS, "rounding")


def _drug_keys(drug: Drug) -> Iterator[str]:
    for rule in drug.adjust:
        match rule:
            case Band():
                if rule.by == "crcl_cockcroft_gault":
                    yield "crcl_weight"
                if rule.rebanding:
                    yield rule.rebanding
                yield from (row.outcome.decision for row in rule.rows if row.outcome.decision)
            case ByClass() | Together():
                yield from (row.outcome.decision for row in rule.rows if row.outcome.decision)
            case _:
                assert_never(rule)
    if drug.cumulative is not None:
        yield from LIFETIME_DECISIONS
    if drug.tablets is not None:
        yield drug.tablets.decision
    if any(form.form in DRAWN for form in drug.forms):
        yield from VIAL_DECISIONS
    if drug.band_tables:
        yield "band_deviation_limit"
    for hold in drug.holds:
        yield from _hold_keys(hold)
    yield from (check.decision for check in drug.checks if check.decision)
    yield from (row.decision for row in drug.observations)


def _hold_keys(hold: Hold) -> Iterator[str]:
    """The questions on whose answers it depends whether a rule releases a dose."""
    match hold:
        case ClearanceGate() | GeneTestGate():
            yield hold.decision
        case ThresholdGate():
            if hold.decision:
                yield hold.decision
            yield from age_decision(hold)
        case HeartGate():
            yield "lvef_validity"
        case _:
            return


def _answer(regimen: str, decision: Decision, picked: str | None, of_site: Answer | None) -> tuple[str, GivenBy] | None:
    """The answer to one question and who gave it; None when nobody did."""
    if picked is not None and decision.course_may_choose:
        return picked, "course"
    if of_site is not None:
        return of_site.value, "site"
    own = next((item for item in decision.per_regimen if item.regimen == regimen), None)
    state, value = (own.state, own.preselected) if own else (decision.state, decision.preselected)
    return (value, "preselected") if state == "preselected" and value else None
