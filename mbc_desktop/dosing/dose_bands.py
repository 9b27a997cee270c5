"""Looking a computed dose up in a printed table of dose bands."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.regimen.dose_tables import DoseBand, DoseBandTable


def band_of(table: DoseBandTable, dose_mg: Decimal) -> DoseBand | None:
    """The row that holds the computed dose (lower edge inclusive, upper edge exclusive); None outside the table, where no
    band is guessed."""
    position = bisect_right(table.rows, dose_mg, key=lambda row: row.at_least) - 1
    if position < 0 or dose_mg >= table.rows[position].below:
        return None
    return table.rows[position]


def deviation_percent(*, given_mg: Decimal, computed_mg: Decimal) -> Decimal:
    """By how many per cent the given dose differs from the computed one (above zero): positive means more is given."""
    if not computed_mg > 0:
        raise ValueError(f"a computed dose is above zero, not {computed_mg}")
    return CONTEXT.divide(CONTEXT.multiply(CONTEXT.subtract(given_mg, computed_mg), Decimal(100)), computed_mg)
