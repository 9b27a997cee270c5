"""Which row of an adjustment table applies to a patient."""

from __future__ import annotations

from dataclasses import dataclass

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.dosing.situation import Missing, Number, Situation, number
from mbc_desktop.regimen.dose_rules import Adjustment, Band, ByClass, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The row that applies: its position in the table (0 = the top row), what it says, and the value that chose it.
    `needed` is false for a table that only speaks at extreme values: its value need not be known, nor be fresh, for a
    dose to be released."""

    row: int
    outcome: Outcome
    value: str
    basis: Number | None
    needed: bool = True


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
                    return Applied(row=position, outcome=row.outcome, value=row.value, basis=None)
            return None


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
