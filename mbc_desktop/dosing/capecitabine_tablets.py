"""One intake of capecitabine as tablets of 500 and 150 mg, by the three methods a site can choose from (decision A15)."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.dose_tables import TabletTable

MOST_SMALL_TABLETS = 5
"""The label's own tables never use more than five tablets of 150 mg in one intake (proposal for the solver)."""
_LARGE, _SMALL = 500, 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One intake: the dose (mg) and its tablets."""

    dose_mg: int
    tablets_500: int
    tablets_150: int


def by_label_table(table: TabletTable, *, bsa_m2: Decimal) -> Intake:
    """The row of the label's table for this body surface (above zero, not rounded first). A surface in a hole between two
    printed rows belongs to the lower one."""
    _above_zero(bsa_m2)
    row = [row for row in table.rows if row.at_least <= bsa_m2][-1]
    return Intake(dose_mg=int(row.dose), tablets_500=row.tablets_500, tablets_150=row.tablets_150)


def by_solver(*, bsa_m2: Decimal, mg_per_m2: Decimal) -> Intake:
    """The tablets whose sum lies nearest to surface x dose; of two equally near the lower dose. At least one tablet.
    No sum can be made in two ways, for ten small tablets make the next three large ones."""
    _above_zero(bsa_m2, mg_per_m2)
    wanted = CONTEXT.multiply(bsa_m2, mg_per_m2)
    large = int(wanted // _LARGE) + 1
    intakes = (_intake(fives, ones) for fives in range(large + 1) for ones in range(MOST_SMALL_TABLETS + 1) if fives + ones)
    return min(intakes, key=lambda it: (abs(it.dose_mg - wanted), it.dose_mg))


def by_large_tablets(*, bsa_m2: Decimal, mg_per_m2: Decimal) -> Intake:
    """The nearest whole number of 500 mg tablets, at least one; halfway goes down."""
    _above_zero(bsa_m2, mg_per_m2)
    wanted = CONTEXT.multiply(bsa_m2, mg_per_m2)
    lower = int(wanted // _LARGE)
    nearer = lower + 1 if wanted - lower * _LARGE > (lower + 1) * _LARGE - wanted else lower
    return _intake(max(nearer, 1), 0)


def _intake(large: int, small: int) -> Intake:
    return Intake(dose_mg=_LARGE * large + _SMALL * small, tablets_500=large, tablets_150=small)


def _above_zero(*values: Decimal) -> None:
    for value in values:
        if not value > 0:
            raise ValueError(f"surface and dose must be above zero, not {value}")
