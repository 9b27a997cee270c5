"""Tablets of one intake by the method that the site chose: the label's table, the nearest sum, or large tablets alone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.dosing.capecitabine_tablets import by_large_tablets, by_solver
from mbc_desktop.dosing.dose_work import DoseWork, NoDoseError, add_step
from mbc_desktop.regimen.dose_tables import LABEL_TABLE, LARGE_ONLY, SOLVER, DoseTable, TabletTable
from mbc_desktop.regimen.drug import Drug, TabletChoice

COLUMNS = (Decimal(100), Decimal(75), Decimal(50))
"""The percentages of the start dose that the label prints tablets for."""


def round_to_tablets(work: DoseWork, tables: Mapping[str, DoseTable]) -> None:
    """Makes the computed amount one that tablets give. Raises NoDoseError where nobody chose a method, and where the label prints
    no table for this dose: the nearest row is never guessed."""
    drug = work.drug
    choice = drug.tablets
    if choice is None or work.measure is None:
        raise NoDoseError(finding("not-dispensable", "stop", drug=drug.id, amount=decimal_text(work.amount), unit=work.unit))
    method = work.situation.chosen.get(choice.decision)
    work.chosen(choice.decision)
    exact = work.amount
    values = (("exact", decimal_text(exact)), ("bsa_m2", decimal_text(work.measure)))
    per_m2 = CONTEXT.divide(exact, work.measure)
    if method == LABEL_TABLE:
        table = _table(choice, work, drug, tables)
        row = [row for row in table.rows if row.at_least <= work.measure][-1]
        work.amount = dict(zip(COLUMNS, (row.dose, row.dose_75_percent, row.dose_50_percent), strict=True))[work.percent]
        add_step(work, "tablets-by-table", table.source, table.grade, (*values, ("percent", decimal_text(work.percent))))
    elif method == SOLVER:
        work.amount = Decimal(by_solver(bsa_m2=work.measure, mg_per_m2=per_m2).dose_mg)
        add_step(work, "round-to-pieces", "proposal", "proposal", values)
    elif method == LARGE_ONLY:
        work.amount = Decimal(by_large_tablets(bsa_m2=work.measure, mg_per_m2=per_m2).dose_mg)
        add_step(work, "round-to-pieces", "proposal", "proposal", values)
    else:
        raise NoDoseError(finding("decision-missing", "stop", drug=drug.id, decision=choice.decision))


def _table(choice: TabletChoice, work: DoseWork, drug: Drug, tables: Mapping[str, DoseTable]) -> TabletTable:
    for id in choice.tables:
        table = tables.get(id)
        if isinstance(table, TabletTable) and table.per_m2 == work.standard and work.percent in COLUMNS:
            return table
    raise NoDoseError(finding("not-dispensable", "stop", drug=drug.id, amount=decimal_text(work.amount), unit=work.unit))
