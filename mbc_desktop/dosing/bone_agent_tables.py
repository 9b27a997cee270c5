"""Bone agents: the row of a clearance table, and the volumes behind a reduced dose."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, to_step
from mbc_desktop.patient.renal import canonical_clearance
from mbc_desktop.regimen.dose_rules import Band, BandRow
from mbc_desktop.regimen.dose_tables import BagTable
from mbc_desktop.regimen.drug import Form


def row_for_clearance(band: Band, clearance_ml_min: Decimal) -> BandRow:
    """The row for a Cockcroft-Gault clearance (mL/min, 0 or more), which is first rounded down to one decimal: 60.04 is
    shown as 60.0 and belongs to the row of 60. Never feed an estimate of filtration (eGFR) into it. Raises ValueError
    below zero."""
    value = canonical_clearance(clearance_ml_min)
    for row in band.rows:
        if (row.above is not None and value > row.above) or (row.at_least is not None and value >= row.at_least):
            return row
    raise ValueError(f"no row of {band.id} holds {value}")


def volume_to_draw(dose_mg: Decimal, form: Form) -> tuple[Decimal, Decimal]:
    """Millilitres of a concentrate for `dose_mg`: exact, and half up to the step that can be drawn. Raises ValueError for a
    form without one."""
    if form.volume_ml is None or form.draw_step_ml is None:
        raise ValueError(f"{form.id} is not drawn up")
    exact = CONTEXT.divide(CONTEXT.multiply(dose_mg, form.volume_ml), form.strength)
    return exact, to_step(exact, step=form.draw_step_ml, rounding="half_up")


def volume_to_remove(dose_mg: Decimal, table: BagTable) -> tuple[Decimal, Decimal] | None:
    """Millilitres to take out of the ready-made bag and replace by solvent, as printed, and the milligrams then left in it;
    None for a dose that the table does not have."""
    removed = next((row.remove_ml for row in table.rows if row.dose == dose_mg), None)
    if removed is None:
        return None
    left = CONTEXT.divide(CONTEXT.multiply(CONTEXT.subtract(table.volume_ml, removed), table.content), table.volume_ml)
    return removed, left
