"""The pipeline of one dose, in one declared order: base dose, dose level, adjustments, one rounding, what is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import assert_never

from mbc_desktop.core.decimals import CONTEXT, decimal_text, to_step
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.source import Grade
from mbc_desktop.dosing.adjustment import Applied, applies
from mbc_desktop.dosing.dispense import dispense, drawable_step, shelf
from mbc_desktop.dosing.dose import Dose, Step
from mbc_desktop.dosing.situation import Missing, Number, Situation, number, weight_for_dose
from mbc_desktop.patient.cross_checks import DoseOverrideLimits
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.dose_rules import Outcome
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.regimen import Order

NO_CHANGE = Outcome()


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAnswer:
    """The dose, or None with the findings that say why. `rows` are the rows of the adjustment tables that were used (by
    rule id), `used` the measured values the dose rests on."""

    dose: Dose | None
    findings: tuple[Finding, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    used: tuple[Measurement, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Work:
    """A dose on its way through the pipeline."""

    amount: Decimal
    exact: Decimal
    unit: str
    times: int
    every_days: int
    infusion_ml: Decimal | None
    minutes: int | None
    steps: list[Step]
    used: list[Measurement]
    findings: list[Finding]
    rows: list[tuple[str, int]]
    without_effect: set[str]


class _NoDoseError(Exception):
    """The pipeline stopped: the findings say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings = findings


def compute_dose(
    order: Order,
    drug: Drug,
    situation: Situation,
    *,
    level: int = 0,
    ordered: Quantity | None = None,
    rows_so_far: Mapping[str, int] | None = None,
    override: DoseOverrideLimits | None = None,
) -> DoseAnswer:
    """The dose of one order for one patient on one day.

    `level` counts down the drug's own ladder (0 = full dose); `ordered` is an amount that the prescriber typed over the
    computed one, `override` how far it may differ; `rows_so_far` are the lowest rows used at earlier administrations. A
    missing fact, an undecided question, or a row that says "do not give" yields no dose and the finding that names it: never a
    default, never zero."""
    try:
        work = _base(order, drug, situation, level)
        for rule in drug.adjust:
            found = applies(rule, situation, worst_row_so_far=(rows_so_far or {}).get(rule.id))
            if isinstance(found, Missing):
                raise _NoDoseError(_missing(found, drug, rule.source))
            if found is not None:
                work.rows.append((rule.id, found.row))
                _apply_outcome(work, found, rule.id, rule.source, rule.grade, drug, situation)
        if ordered is None:
            _round(work, order, drug)
        else:
            _order_instead(work, ordered, drug, override)
        return _finish(work, order, drug)
    except _NoDoseError as stopped:
        return DoseAnswer(dose=None, findings=stopped.findings)


def _base(order: Order, drug: Drug, situation: Situation, level: int) -> _Work:
    take = order.take
    work = _Work(
        amount=Decimal(0),
        exact=Decimal(0),
        unit="mg",
        times=take.times if take else 1,
        every_days=take.every_days if take else 1,
        infusion_ml=drug.infusion.volume_ml if drug.infusion else None,
        minutes=order.minutes if order.minutes is not None else (drug.infusion.minutes if drug.infusion else None),
        steps=[],
        used=[],
        findings=[],
        rows=[],
        without_effect=set(),
    )
    dose = order.dose
    if dose.kind == "by_decision":
        amount, kind = _decided(dose.decision, drug, situation), dose.per
        named: tuple[tuple[str, str], ...] = (("decision", dose.decision),)
    else:
        amount, kind, named = dose.amount, dose.kind, ()
    lowered = _lowered(amount, dose.unit, drug, level)
    match kind:
        case "fixed":
            work.amount, work.unit = amount, dose.unit
            work.steps.append(_step(work, "fixed", order.source, order.grade, named))
            if level:
                work.amount = lowered
        case "per_m2":
            _per_surface(work, lowered, order, drug, situation, named)
        case "per_kg":
            _per_weight(work, lowered, order, drug, situation, named)
        case _:
            assert_never(kind)
    if level and drug.levels is not None:
        values = (("level", str(-level)), ("standard", decimal_text(amount)), ("now", decimal_text(lowered)), ("unit", dose.unit))
        work.steps.append(_step(work, "dose-level", drug.levels.source, drug.levels.grade, values))
    return work


def _lowered(amount: Decimal, unit: str, drug: Drug, level: int) -> Decimal:
    """The amount `level` steps down the drug's ladder from where the standard dose stands on it."""
    if level == 0:
        return amount
    ladder = drug.levels.amounts if drug.levels is not None and drug.levels.unit == unit else ()
    at = (ladder.index(amount) if amount in ladder else 0) + level
    if at >= len(ladder):
        raise _NoDoseError(finding("no-such-dose-level", "stop", drug=drug.id, level=str(-level)))
    return ladder[at]


def _per_surface(
    work: _Work, per_m2: Decimal, order: Order, drug: Drug, situation: Situation, named: tuple[tuple[str, str], ...]
) -> None:
    surface = _needed("bsa", drug, order, situation)
    work.amount = CONTEXT.multiply(per_m2, surface.decides)
    work.used += surface.used
    values = (("per_m2", decimal_text(per_m2)), ("bsa_m2", decimal_text(surface.decides)), *surface.inputs, *named)
    work.steps.append(_step(work, "per-m2", order.source, order.grade, values))


def _per_weight(
    work: _Work, per_kg: Decimal, order: Order, drug: Drug, situation: Situation, named: tuple[tuple[str, str], ...]
) -> None:
    weight = situation.latest("weight")
    if weight is None:
        raise _NoDoseError(_missing(Missing(("weight",)), drug, order.source))
    kilograms = weight_for_dose(situation)
    if isinstance(kilograms, Missing):
        raise _NoDoseError(_missing(kilograms, drug, order.source))
    work.amount = CONTEXT.multiply(per_kg, kilograms)
    work.used.append(weight)
    values = (("per_kg", decimal_text(per_kg)), ("weight_kg", decimal_text(kilograms)), *named)
    work.steps.append(_step(work, "per-kg", order.source, order.grade, values))


def _needed(id: str, drug: Drug, order: Order, situation: Situation) -> Number:
    found = number(id, situation)
    if isinstance(found, Missing):
        raise _NoDoseError(_missing(found, drug, order.source))
    return found


def _decided(key: str, drug: Drug, situation: Situation) -> Decimal:
    chosen = situation.chosen.get(key)
    if chosen is None:
        raise _NoDoseError(finding("decision-missing", "stop", drug=drug.id, decision=key))
    try:
        return Decimal(chosen.split(" ")[0])
    except InvalidOperation:
        raise _NoDoseError(finding("decision-not-a-dose", "stop", drug=drug.id, decision=key, value=chosen)) from None


def _apply_outcome(work: _Work, applied: Applied, rule: str, source: str, grade: Grade, drug: Drug, situation: Situation) -> None:
    """Several adjustments at once: the lowest dose any of them allows; frequency and infusion as the last one says."""
    outcome = applied.outcome
    values = (("value", applied.value), *(applied.basis.inputs if applied.basis else ()))
    if outcome.action != "give":
        code = outcome.action.replace("_", "-")
        raise _NoDoseError(finding(code, "stop", drug=drug.id, source=source, rule=rule, value=applied.value))
    if applied.basis and applied.needed:
        work.used += applied.basis.used
    limit = _decided(outcome.decision, drug, situation) if outcome.decision else outcome.dose
    if limit is not None:
        work.amount = min(work.amount, limit)
    _apply_manner(work, outcome)
    if outcome == NO_CHANGE:
        work.without_effect.add(rule)
    work.steps.append(_step(work, rule, source, grade, values))
    if outcome.finding:
        work.findings.append(finding(outcome.finding, outcome.severity, drug=drug.id, source=source, value=applied.value))


def _apply_manner(work: _Work, outcome: Outcome) -> None:
    work.times = outcome.times if outcome.times is not None else work.times
    work.every_days = outcome.every_days if outcome.every_days is not None else work.every_days
    work.infusion_ml = outcome.infusion_ml if outcome.infusion_ml is not None else work.infusion_ml
    work.minutes = outcome.minutes if outcome.minutes is not None else work.minutes


def _order_instead(work: _Work, ordered: Quantity, drug: Drug, override: DoseOverrideLimits | None) -> None:
    """The prescriber's amount in place of the computed one; refused when it lies too far from it."""
    if ordered.unit != work.unit or ordered.amount <= 0:
        text = decimal_text(ordered.amount)
        raise _NoDoseError(finding("not-dispensable", "stop", drug=drug.id, amount=text, unit=ordered.unit))
    values = {"ordered": decimal_text(ordered.amount), "computed": decimal_text(work.amount), "unit": work.unit}
    if override is not None:
        percent = CONTEXT.divide(CONTEXT.multiply(ordered.amount, Decimal(100)), work.amount)
        if not override.lowest_percent <= percent <= override.highest_percent:
            raise _NoDoseError(finding("ordered-dose-refused", "stop", drug=drug.id, source=override.source, **values))
        if abs(percent - Decimal(100)) > override.ask_percent:
            work.findings.append(finding("ordered-dose-differs", "advice", drug=drug.id, source=override.source, **values))
    work.exact = work.amount = ordered.amount
    work.steps.append(_step(work, "ordered", "prescriber", "protocol"))


def _round(work: _Work, order: Order, drug: Drug) -> None:
    """The one rounding, last: a computed amount becomes one that can be drawn up."""
    work.exact = work.amount
    if not _is_computed(order):
        return
    forms = shelf(drug, order.form)
    step = drawable_step(forms)
    work.amount = to_step(work.exact, step=step, rounding="half_up")
    values = (("step", decimal_text(step)), ("exact", decimal_text(work.exact)))
    work.steps.append(_step(work, "round-to-drawable", forms[0].source if forms else order.source, "proposal", values))


def _finish(work: _Work, order: Order, drug: Drug) -> DoseAnswer:
    forms = shelf(drug, order.form)
    give = dispense(work.amount, forms) if forms and work.unit == "mg" else ()
    if give is None:
        raise _NoDoseError(finding("not-dispensable", "stop", drug=drug.id, amount=decimal_text(work.amount), unit=work.unit))
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


def _step(work: _Work, rule: str, source: str, grade: Grade, values: tuple[tuple[str, str], ...] = ()) -> Step:
    return Step(rule=rule, amount=Quantity(work.amount, work.unit), source=source, grade=grade, values=values)


def _missing(missing: Missing, drug: Drug, source: str) -> Finding:
    return finding("missing-fact", "stop", drug=drug.id, source=source, facts=" ".join(missing.facts))
