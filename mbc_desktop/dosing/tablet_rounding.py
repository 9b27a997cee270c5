"""Tablets of one intake by the method that the site chose: the label's table, the nearest sum, or large tablets alone."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.dosing.capecitabine_tablets import by_large_tablets, by_solver
from mbc_desktop.dosing.dose_work import DoseWork, NoDoseError, add_step
from mbc_desktop.regimen.dose_tables import LABEL_TABLE, LARGE_ONLY, SOLVER, DoseTable, PieceTable, TabletTable

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
        _from_table(work, tables, values)
    elif method == SOLVER:
        work.amount = Decimal(by_solver(bsa_m2=work.measure, mg_per_m2=per_m2).dose_mg)
        add_step(work, "round-to-pieces", "proposal", "proposal", values)
    elif method == LARGE_ONLY:
        work.amount = Decimal(by_large_tablets(bsa_m2=work.measure, mg_per_m2=per_m2).dose_mg)
        add_step(work, "round-to-pieces", "proposal", "proposal", values)
    else:
        raise NoDoseError(finding("decision-missing", "stop", drug=drug.id, decision=choice.decision))


def prints_nothing(work: DoseWork, tables: Mapping[str, DoseTable]) -> bool:
    """Whether the drug's tables are of doses, not of tablets, and none has a row for this one: then pieces are counted."""
    ids = work.drug.tablets.tables if work.drug.tablets is not None else ()
    found = [table for table in (tables.get(id) for id in ids) if isinstance(table, PieceTable)]
    return bool(found) and all(_printed(table, work) is None for table in found)


def _from_table(work: DoseWork, tables: Mapping[str, DoseTable], values: tuple[tuple[str, str], ...]) -> None:
    """The printed dose of the row of this surface: in the column of the percentage, or in the table of the dose per m2 that the
    level left."""
    choice = work.drug.tablets
    for table in (tables.get(id) for id in (choice.tables if choice is not None else ())):
        found = _printed(table, work)
        if found is not None and isinstance(table, TabletTable | PieceTable):
            work.amount = found
            if isinstance(table, PieceTable):
                values = (*values, ("per_m2", decimal_text(table.per_m2)))
                add_step(work, "capsules-by-table", table.source, table.grade, values)
            else:
                values = (*values, ("percent", decimal_text(work.percent)))
                add_step(work, "tablets-by-table", table.source, table.grade, values)
            return
    raise NoDoseError(finding("not-dispensable", "stop", drug=work.drug.id, amount=decimal_text(work.amount), unit=work.unit))


def _printed(table: DoseTable | None, work: DoseWork) -> Decimal | None:
    measure = work.measure if work.measure is not None else Decimal(0)
    if isinstance(table, TabletTable) and table.per_m2 == work.standard and work.percent in COLUMNS:
        row = [row for row in table.rows if row.at_least <= measure][-1]
        return dict(zip(COLUMNS, (row.dose, row.dose_75_percent, row.dose_50_percent), strict=True))[work.percent]
    if isinstance(table, PieceTable) and table.per_m2 == work.at_level:
        return next((row.dose for row in reversed(table.rows) if row.at_least <= measure), None)
    return None
