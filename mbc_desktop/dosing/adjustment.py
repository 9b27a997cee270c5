"""The third step of a dose: what kidneys, liver, interactions and gene tests say. Which row of an adjustment table applies to a
patient, and what several rows together make of a dose."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.base_dose import decided
from mbc_desktop.dosing.dose_work import HUNDRED, DoseWork, NoDoseError, add_step, lacking
from mbc_desktop.dosing.patient_numbers import number
from mbc_desktop.dosing.situation import Missing, Number, Situation
from mbc_desktop.regimen.dose_rules import Adjustment, Band, ByClass, Outcome, Together, TogetherRow

NO_CHANGE = Outcome()


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The row that applies: its position in the table (0 = the top row), what it says, and the value that chose it.
    `needed` is false for a table that only speaks at extreme values: its value need not be known, nor be fresh, for a
    dose to be released."""

    row: int
    outcome: Outcome
    value: str
    basis: Number | None
    needed: bool


def apply_adjustments(work: DoseWork, rows_so_far: Mapping[str, int]) -> None:
    """Every adjustment of the drug, in the order of its file. Several at once: the lowest dose any of them allows, each counted
    from the standard dose and never multiplied with another; frequency and infusion as the last one says; all of them shown.
    Where more than one lowers the dose, or one beside the level that a person chose, a person is told that they were not
    multiplied: the level may then change nothing."""
    for rule in work.drug.adjust:
        found = applies(rule, work.situation, worst_row_so_far=rows_so_far.get(rule.id))
        if isinstance(found, Missing):
            raise NoDoseError(lacking(found, work.drug, rule.source))
        if found is not None:
            work.rows.append((rule.id, found.row))
            _apply(work, found, rule)
    if len(work.lowered_by) > 1:
        rules = " ".join(work.lowered_by)
        work.findings.append(finding("reductions-not-multiplied", "caution", drug=work.drug.id, rules=rules))


def applies(rule: Adjustment, situation: Situation, *, worst_row_so_far: int | None = None) -> Applied | Missing | None:
    """The row of `rule` for this patient; the facts it lacks; or None when the rule has nothing to say (an optional value
    or a fact that is not known).

    `worst_row_so_far` is the lowest row used before: a band that a site re-reads at each dose moves down, never up by
    itself."""
    match rule:
        case Band():
            return _band(rule, situation, worst_row_so_far)
        case ByClass():
            value = getattr(situation.facts, rule.by)
            for position, row in enumerate(rule.rows):
                if row.value == value:
                    return Applied(row=position, outcome=row.outcome, value=row.value, basis=None, needed=False)
            return None
        case Together():
            return _together(rule, situation)
        case _:
            assert_never(rule)


def _band(rule: Band, situation: Situation, worst_row_so_far: int | None) -> Applied | Missing | None:
    basis = number(rule.by, situation)
    if isinstance(basis, Missing):
        return None if rule.optional else basis
    value = basis.decides
    position = next(
        index
        for index, row in enumerate(rule.rows)
        if (row.above is not None and value > row.above) or (row.at_least is not None and value >= row.at_least)
    )
    if rule.rebanding and worst_row_so_far is not None:
        keeps_baseline = situation.chosen.get(rule.rebanding) == "baseline"
        position = worst_row_so_far if keeps_baseline else max(position, worst_row_so_far)
    return Applied(
        row=position, outcome=rule.rows[position].outcome, value=decimal_text(value), basis=basis, needed=not rule.optional
    )


def _together(rule: Together, situation: Situation) -> Applied | None:
    """The first row all of whose conditions are known and hold; a condition that is not known holds nowhere."""
    for position, row in enumerate(rule.rows):
        values = _values_if_all_hold(row, situation)
        if values is not None:
            shown = " ".join(decimal_text(CONTEXT.quantize(item.decides, Decimal("0.01"))) for item in values)
            return Applied(row=position, outcome=row.outcome, value=shown, basis=_joined(values), needed=False)
    return None


def _values_if_all_hold(row: TogetherRow, situation: Situation) -> tuple[Number, ...] | None:
    values: list[Number] = []
    for condition in row.conditions:
        found = number(condition.of, situation)
        if isinstance(found, Missing):
            return None
        if condition.above is not None and not found.decides > condition.above:
            return None
        if condition.at_least is not None and not found.decides >= condition.at_least:
            return None
        values.append(found)
    return tuple(values)


def _joined(values: tuple[Number, ...]) -> Number:
    first = values[0]
    inputs = tuple((item.id, decimal_text(CONTEXT.quantize(item.decides, Decimal("0.0001")))) for item in values)
    used = tuple(dict.fromkeys(measurement for item in values for measurement in item.used))
    return Number(
        id=first.id, decides=first.decides, exact=first.exact, unit=first.unit, inputs=inputs, used=used, source=first.source
    )


def _apply(work: DoseWork, applied: Applied, rule: Adjustment) -> None:
    outcome, drug = applied.outcome, work.drug
    values = (("value", applied.value), *(applied.basis.inputs if applied.basis else ()))
    if outcome.action != "give":
        code = outcome.action.replace("_", "-")
        raise NoDoseError(finding(code, "stop", drug=drug.id, source=rule.source, rule=rule.id, value=applied.value))
    if applied.basis and applied.basis.id == "crcl_cockcroft_gault":
        work.chosen("crcl_weight")
    if isinstance(rule, Band) and rule.rebanding:
        work.chosen(rule.rebanding)
    if applied.basis and applied.needed:
        work.used += applied.basis.used
    most = _most(work, outcome)
    if most is not None and most < _whole(work):
        knows_levels = outcome.if_there_already is not None
        work.lowered_by += [work.level_rule] if work.level_rule and not work.lowered_by and not knows_levels else []
        work.lowered_by.append(rule.id)
    work.amount = work.amount if most is None else min(work.amount, most)
    _apply_manner(work, outcome)
    if outcome == NO_CHANGE:
        work.without_effect.add(rule.id)
    add_step(work, rule.id, rule.source, rule.grade, values)
    if outcome.finding:
        values_said = {"value": applied.value, "rule": rule.id}
        work.findings.append(finding(outcome.finding, outcome.severity, drug=drug.id, source=rule.source, **values_said))


def _most(work: DoseWork, outcome: Outcome) -> Decimal | None:
    """The mg to which a row brings the dose down; None for a row that says nothing about the amount."""
    most = outcome.dose
    if outcome.decision:
        most = decided(outcome.decision, work.drug, work.situation)
        work.chosen(outcome.decision)
    if outcome.if_there_already is not None and outcome.dose is not None and work.amount <= outcome.dose:
        most = outcome.if_there_already
    if outcome.lower_to is not None and work.measure is not None:
        work.per = min(work.per, outcome.lower_to)
        lowered = CONTEXT.multiply(outcome.lower_to, work.measure)
        most = lowered if most is None else min(most, lowered)
    part = _part(work, outcome)
    if part is not None:
        above, below = part
        work.percent = min(work.percent, CONTEXT.divide(CONTEXT.multiply(HUNDRED, above), below))
        work.per = min(work.per, CONTEXT.divide(CONTEXT.multiply(work.standard, above), below))
        lowered = CONTEXT.divide(CONTEXT.multiply(_whole(work), above), below)
        most = lowered if most is None else min(most, lowered)
    return most


def _part(work: DoseWork, outcome: Outcome) -> tuple[Decimal, Decimal] | None:
    """The part of the standard dose that a row leaves, as numerator and denominator: 75 per cent, or two of three thirds."""
    if outcome.percent_from is not None and work.standard < outcome.percent_from:
        return None
    if outcome.percent is not None:
        return outcome.percent, HUNDRED
    return (Decimal(outcome.part[0]), Decimal(outcome.part[1])) if outcome.part is not None else None


def _whole(work: DoseWork) -> Decimal:
    """The standard dose of this patient, mg."""
    return work.standard if work.measure is None else CONTEXT.multiply(work.standard, work.measure)


def _apply_manner(work: DoseWork, outcome: Outcome) -> None:
    work.times = outcome.times if outcome.times is not None else work.times
    work.every_days = outcome.every_days if outcome.every_days is not None else work.every_days
    work.infusion_ml = outcome.infusion_ml if outcome.infusion_ml is not None else work.infusion_ml
    work.minutes = outcome.minutes if outcome.minutes is not None else work.minutes
