"""The pipeline of one dose, in one declared order: base dose, dose level, adjustments, one rounding, what is given."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text, to_step
from mbc_desktop.core.finding import finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.source import Grade
from mbc_desktop.dosing.adjustment import Applied, applies
from mbc_desktop.dosing.base_dose import base_dose, decided
from mbc_desktop.dosing.dispense import dispense, drawable_step, is_drawn, nearest_in_pieces, shelf
from mbc_desktop.dosing.dose import Dose, DoseAnswer
from mbc_desktop.dosing.dose_work import DoseWork, NoDoseError, add_step, lacking
from mbc_desktop.dosing.limits import Bound, bounds_of, rounds_down
from mbc_desktop.dosing.situation import Missing, Situation
from mbc_desktop.dosing.tablet_rounding import round_to_tablets
from mbc_desktop.patient.cross_checks import DoseOverrideLimits
from mbc_desktop.regimen.dose_rules import Outcome
from mbc_desktop.regimen.dose_tables import DoseTable
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.regimen import Order

NO_CHANGE = Outcome()


def compute_dose(
    order: Order,
    drug: Drug,
    situation: Situation,
    *,
    level: int = 0,
    ordered: Quantity | None = None,
    rows_so_far: Mapping[str, int] | None = None,
    override: DoseOverrideLimits | None = None,
    tables: Mapping[str, DoseTable] | None = None,
) -> DoseAnswer:
    """The dose of one order for one patient on one day.

    `level` counts down the drug's own ladder (0 = full dose); `ordered` is an amount that the prescriber typed over the
    computed one, `override` how far it may differ; `tables` are the library's printed tables by id; `rows_so_far` are the
    lowest rows used at earlier administrations. A missing fact, an undecided question, or a row that says "do not give" yields
    no dose and the finding that names it: never a default, never zero."""
    try:
        work = base_dose(order, drug, situation, level)
        for rule in drug.adjust:
            found = applies(rule, situation, worst_row_so_far=(rows_so_far or {}).get(rule.id))
            if isinstance(found, Missing):
                raise NoDoseError(lacking(found, drug, rule.source))
            if found is not None:
                work.rows.append((rule.id, found.row))
                _apply_outcome(work, found, rule.id, rule.source, rule.grade, drug, situation)
        _apply_limits(work, drug, situation)
        if ordered is None:
            _round(work, order, drug, situation, tables or {})
        else:
            _order_instead(work, ordered, drug, situation, override)
        return _finish(work, order, drug)
    except NoDoseError as stopped:
        return DoseAnswer(dose=None, findings=stopped.findings)


def _apply_outcome(
    work: DoseWork, applied: Applied, rule: str, source: str, grade: Grade, drug: Drug, situation: Situation
) -> None:
    """Several adjustments at once: the lowest dose any of them allows; frequency and infusion as the last one says."""
    outcome = applied.outcome
    values = (("value", applied.value), *(applied.basis.inputs if applied.basis else ()))
    if outcome.action != "give":
        code = outcome.action.replace("_", "-")
        raise NoDoseError(finding(code, "stop", drug=drug.id, source=source, rule=rule, value=applied.value))
    if applied.basis and applied.needed:
        work.used += applied.basis.used
    limit = decided(outcome.decision, drug, situation) if outcome.decision else outcome.dose
    if limit is not None:
        work.amount = min(work.amount, limit)
    if outcome.lower_to is not None and work.measure is not None:
        work.amount = min(work.amount, CONTEXT.multiply(outcome.lower_to, work.measure))
    if outcome.percent is not None and (outcome.percent_from is None or work.standard >= outcome.percent_from):
        work.percent = min(work.percent, outcome.percent)
        whole = work.standard if work.measure is None else CONTEXT.multiply(work.standard, work.measure)
        work.amount = min(work.amount, CONTEXT.divide(CONTEXT.multiply(whole, work.percent), Decimal(100)))
    _apply_manner(work, outcome)
    if outcome == NO_CHANGE:
        work.without_effect.add(rule)
    add_step(work, rule, source, grade, values)
    if outcome.finding:
        work.findings.append(finding(outcome.finding, outcome.severity, drug=drug.id, source=source, value=applied.value))


def _apply_limits(work: DoseWork, drug: Drug, situation: Situation) -> None:
    """A computed dose is brought down to what one administration may be."""
    for bound in _bounds(work, drug, situation):
        if work.amount > bound.most:
            work.amount = bound.most
            rule = "single-limit" if bound.rule.kind == "single" else "ceiling"
            add_step(work, rule, bound.rule.source, bound.rule.grade, tuple(bound.values().items()))


def _bounds(work: DoseWork, drug: Drug, situation: Situation) -> tuple[Bound, ...]:
    bounds = bounds_of(drug, situation, standard=work.standard)
    if isinstance(bounds, Missing):
        raise NoDoseError(lacking(bounds, drug, drug.limits[0].source))
    return bounds


def _apply_manner(work: DoseWork, outcome: Outcome) -> None:
    work.times = outcome.times if outcome.times is not None else work.times
    work.every_days = outcome.every_days if outcome.every_days is not None else work.every_days
    work.infusion_ml = outcome.infusion_ml if outcome.infusion_ml is not None else work.infusion_ml
    work.minutes = outcome.minutes if outcome.minutes is not None else work.minutes


def _order_instead(
    work: DoseWork, ordered: Quantity, drug: Drug, situation: Situation, override: DoseOverrideLimits | None
) -> None:
    """The prescriber's amount in place of the computed one; refused when it lies too far from it, or above a limit."""
    if ordered.unit != work.unit or ordered.amount <= 0:
        text = decimal_text(ordered.amount)
        raise NoDoseError(finding("not-dispensable", "stop", drug=drug.id, amount=text, unit=ordered.unit))
    for bound in _bounds(work, drug, situation):
        if ordered.amount > bound.most:
            above = {"amount": decimal_text(ordered.amount), **bound.values()}
            raise NoDoseError(finding("above-limit", "stop", drug=drug.id, source=bound.rule.source, **above))
    values = {"ordered": decimal_text(ordered.amount), "computed": decimal_text(work.amount), "unit": work.unit}
    if override is not None:
        percent = CONTEXT.divide(CONTEXT.multiply(ordered.amount, Decimal(100)), work.amount)
        if not override.lowest_percent <= percent <= override.highest_percent:
            raise NoDoseError(finding("ordered-dose-refused", "stop", drug=drug.id, source=override.source, **values))
        if abs(percent - Decimal(100)) > override.ask_percent:
            work.findings.append(finding("ordered-dose-differs", "advice", drug=drug.id, source=override.source, **values))
    work.exact = work.amount = ordered.amount
    add_step(work, "ordered", "prescriber", "protocol")


def _round(work: DoseWork, order: Order, drug: Drug, situation: Situation, tables: Mapping[str, DoseTable]) -> None:
    """The one rounding, last: a computed amount becomes whole pieces, or one that can be drawn up (down only under a ceiling)."""
    exact = work.exact = work.amount
    if not _is_computed(order):
        return
    forms = shelf(drug, order.form)
    source = forms[0].source if forms else order.source
    if drug.tablets is not None:
        round_to_tablets(work, drug, situation, tables)
        return
    if forms and not is_drawn(forms):
        work.amount = nearest_in_pieces(exact, forms)
        add_step(work, "round-to-pieces", source, "proposal", (("exact", decimal_text(exact)),))
        return
    step = drawable_step(forms)
    values = (("step", decimal_text(step)), ("exact", decimal_text(exact)))
    down = rounds_down(drug)
    work.amount = to_step(exact, step=step, rounding="down" if down else "half_up")
    add_step(work, "round-down-to-drawable" if down else "round-to-drawable", source, "proposal", values)


def _finish(work: DoseWork, order: Order, drug: Drug) -> DoseAnswer:
    forms = shelf(drug, order.form)
    give = dispense(work.amount, forms) if forms and work.unit == forms[0].unit else ()
    if give is None:
        raise NoDoseError(finding("not-dispensable", "stop", drug=drug.id, amount=decimal_text(work.amount), unit=work.unit))
    unconfirmed = tuple(
        finding("unconfirmed-number", "info", drug=drug.id, source=taken.source, rule=taken.rule)
        for taken in work.steps
        if taken.grade == "unconfirmed" and taken.rule not in work.without_effect
    )
    dose = Dose(
        amount=Quantity(work.amount, work.unit),
        exact=work.exact,
        give=give,
        steps=tuple(work.steps),
        infusion_ml=work.infusion_ml,
        minutes=work.minutes,
        observe_minutes=order.observe_minutes,
        times=work.times,
        every_days=work.every_days,
        values_on=min((measurement.on for measurement in work.used), default=None),
    )
    return DoseAnswer(dose=dose, findings=(*work.findings, *unconfirmed), rows=tuple(work.rows), used=tuple(work.used))


def _is_computed(order: Order) -> bool:
    return not (order.dose.kind == "fixed" or (order.dose.kind == "by_decision" and order.dose.per == "fixed"))
