"""Carboplatin by target exposure."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT

USUAL_CAP_ML_MIN = Decimal(125)
"""The filtration above which the dose no longer rises: at most 900, 750 or 600 mg for an exposure of 6, 5 or 4."""


def calvert_dose(*, auc: Decimal, filtration_ml_min: Decimal, cap_ml_min: Decimal | None) -> Decimal:
    """Carboplatin, mg (not mg/m2) = AUC x (filtration + 25) (Calvert, 1989); AUC in mg/mL.min, filtration in mL/min, not
    indexed.

    Filtration counts up to `cap_ml_min`; None is an explicit "no cap". Raises ValueError unless AUC and cap are above
    zero and filtration is not below it. Which clearance stands for filtration, and a floor for creatinine, are the site's
    decisions and not taken here."""
    if not auc > 0 or filtration_ml_min < 0 or (cap_ml_min is not None and not cap_ml_min > 0):
        raise ValueError(
            f"AUC {auc}, filtration {filtration_ml_min}, cap {cap_ml_min}: none may be negative, AUC and cap not zero"
        )
    counted = filtration_ml_min if cap_ml_min is None else min(filtration_ml_min, cap_ml_min)
    return CONTEXT.multiply(auc, CONTEXT.add(counted, Decimal(25)))
