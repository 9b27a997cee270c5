"""`calc`: what a day of treatment asks: a loading dose again, a changed weight, counts, a higher step, what is left of a
lifetime."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from mbc_desktop.calc_verb.inputs import Inputs
from mbc_desktop.calc_verb.outputs import Answer, Formulas, number_text, plain
from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.dosing.escalation import may_escalate
from mbc_desktop.dosing.lifetime import doses_left, equivalent
from mbc_desktop.regimen.hold_rules import EscalationGate, ThresholdGate
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order

COUNTS = {"anc": "neutrophils", "plt": "platelets"}


@lru_cache(maxsize=1)
def shipped_library() -> Library:
    """The library that travels with the program, read once."""
    from mbc_desktop.regimen.loader import load_library

    return load_library(find_schedules())


def _reload(inputs: Inputs) -> Answer:
    """The dose of a maintenance order `days_since_last` days after the last one, and both doses where two rules differ."""
    from mbc_desktop.planning.replay.reload import reloaded

    library = shipped_library()
    regimen = library.regimens.get(inputs.text("regimen"))
    if regimen is None:
        raise inputs.refuse("regimen", "not-an-option", "the library has no such regimen")
    drug = inputs.text("drug")
    orders = [order for part in regimen.parts for phase in part.phases for order in phase.orders if order.drug == drug]
    order = next((order for order in orders if order.reload), None)
    if order is None:
        raise inputs.refuse("drug", "not-an-option", "this regimen has no rule for a late dose of that drug")
    chosen = {key: decision.preselected for key, decision in library.decisions.items() if decision.preselected}
    if inputs.has("her2_reload_pair"):
        chosen["her2_reload_pair"] = inputs.option("her2_reload_pair", library.decisions["her2_reload_pair"].options)
    days = inputs.whole("days_since_last", least=0, most=1000)
    given, said = reloaded(order, gap_days=days, chosen=chosen)
    return {**_ordered(given), "reload": given.dose != order.dose, "rules_conflict": any("differ" in item.code for item in said)}


def _ordered(order: Order) -> dict[str, object]:
    dose = order.dose
    return {"amount": "" if dose.kind == "by_decision" else number_text(dose.amount), "unit": dose.unit}


def _weight_change(inputs: Inputs) -> Answer:
    """By how many per cent a weight differs from the one the dose was computed on, and whether it is computed again."""
    reference, now = inputs.number("reference_kg"), inputs.number("now_kg")
    threshold = inputs.number("threshold_percent")
    change = CONTEXT.divide(CONTEXT.multiply(CONTEXT.subtract(now, reference), Decimal(100)), reference)
    return {"change_pct": number_text(change), "recalculate": abs(change) >= threshold}


def _gating(inputs: Inputs) -> Answer:
    """The counts of the day (`anc`, `plt`, 10^9/L) against the limits of a drug on a day of its cycle, and the rules that
    fail."""
    drug = shipped_library().drugs.get(inputs.text("drug"))
    if drug is None:
        raise inputs.refuse("drug", "not-an-option", "the library has no such drug")
    day = inputs.whole("day", least=1, most=60)
    first = inputs.flag("first") if inputs.has("first") else True
    given = {kind: inputs.number(key, zero=True) for key, kind in COUNTS.items() if inputs.has(key)}
    failed = [
        rule.id
        for rule in drug.holds
        if isinstance(rule, ThresholdGate)
        and rule.of in given
        and (first or rule.when != "start")
        and (not rule.days or day in rule.days)
        and rule.at_least is not None
        and given[rule.of] < rule.at_least
    ]
    return {"give": not failed, "failed": failed}


def _escalation(inputs: Inputs) -> Answer:
    """Oral vinorelbine, mg/m2 of the fourth dose, by the lowest neutrophils after each of the first three."""
    items = {str(number): value for number, value in enumerate(inputs.values("nadirs_first_3"))}
    inner = Inputs(items, "nadirs_first_3")
    if len(items) != 3:
        raise inputs.refuse("nadirs_first_3", "not-a-list", "three counts are needed")
    rule = next(hold for hold in shipped_library().drugs["vinorelbine-oral"].holds if isinstance(hold, EscalationGate))
    counts = [inner.number(number, zero=True) for number in items]
    up = may_escalate(counts, never_below=rule.never_below, once_up_to=rule.once_up_to)
    return {"dose_4th": plain(rule.dose if up else rule.stay_at)}


def _anthracycline(inputs: Inputs) -> Answer:
    """mg/m2 of doxorubicin that the amounts of `given` count for, and how many doses of `each` mg/m2 of `drug` still fit under
    `limit_mg_m2`; `equivalents` names the factors."""
    library = shipped_library()
    rules = {id: drug.cumulative for id, drug in library.drugs.items() if drug.cumulative is not None}
    options = library.decisions["anthracycline_equivalents"].options
    chosen = inputs.option("equivalents", options)
    factors = {id: dict(rule.equivalents)[chosen] for id, rule in rules.items()}
    total = Decimal(0)
    for entry in inputs.nested_list("given"):
        factor = factors[entry.option("drug", factors)]
        total = CONTEXT.add(total, equivalent(entry.number("mg_m2", zero=True), factor))
    answer: dict[str, object] = {"doxorubicin_equivalent_mg_m2": number_text(total)}
    if inputs.has("limit_mg_m2"):
        each = equivalent(inputs.number("each_mg_m2"), factors[inputs.option("drug", factors)])
        answer["cycles_left"] = doses_left(limit=inputs.number("limit_mg_m2"), so_far=total, each=each)
    return answer


FORMULAS: Formulas = {
    "reload": _reload,
    "weight_change": _weight_change,
    "gating": _gating,
    "vinorelbine_oral_escalation": _escalation,
    "anthracycline": _anthracycline,
}
