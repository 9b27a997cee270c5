"""What a radiotherapy course weighs biologically, by the linear-quadratic model: shown beside the schedule, never used to
change a dose.

The model overstates very large fractions (from about 8 Gy on) and is given here without repopulation."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT

LARGE_FRACTION_GY = Decimal(8)
"""From this dose per fraction on the screen says that the model overstates the effect (proposal)."""


def total_dose(*, fractions: int, dose_gy: Decimal) -> Decimal:
    """Gy = n x d, exactly."""
    return CONTEXT.multiply(Decimal(fractions), dose_gy)


def biologically_effective_dose(*, fractions: int, dose_gy: Decimal, alpha_beta_gy: Decimal) -> Decimal:
    """BED, Gy = n x d x (1 + d / ab) with the tissue's alpha/beta in Gy (Fowler, 1989). Raises ValueError unless all
    three are above zero."""
    _above_zero(fractions, dose_gy, alpha_beta_gy)
    weighted = CONTEXT.multiply(total_dose(fractions=fractions, dose_gy=dose_gy), CONTEXT.add(alpha_beta_gy, dose_gy))
    return CONTEXT.divide(weighted, alpha_beta_gy)


def equivalent_dose_2gy(*, fractions: int, dose_gy: Decimal, alpha_beta_gy: Decimal) -> Decimal:
    """EQD2, Gy in fractions of 2 Gy = n x d x (d + ab) / (2 + ab), alpha/beta in Gy. Raises ValueError unless all three are
    above zero."""
    _above_zero(fractions, dose_gy, alpha_beta_gy)
    weighted = CONTEXT.multiply(total_dose(fractions=fractions, dose_gy=dose_gy), CONTEXT.add(dose_gy, alpha_beta_gy))
    return CONTEXT.divide(weighted, CONTEXT.add(Decimal(2), alpha_beta_gy))


def _above_zero(fractions: int, dose_gy: Decimal, alpha_beta_gy: Decimal) -> None:
    if fractions < 1 or not dose_gy > 0 or not alpha_beta_gy > 0:
        raise ValueError(f"{fractions} fractions of {dose_gy} Gy at alpha/beta {alpha_beta_gy} Gy: each must be above zero")
