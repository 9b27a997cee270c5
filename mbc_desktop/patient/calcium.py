"""Calcium corrected for albumin, and its CTCAE grade. Each formula and each limit stays in the unit that the laboratory
reported: 8.0 mg/dL and 2.0 mmol/L are not the same number, and converting first moves patients over a limit.

The correction is unreliable below an albumin of 20 g/L, in chronic kidney disease and in critical illness: ask for ionised
calcium."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT

TUMOUR_HYPERCALCAEMIA_MMOL_L = Decimal("3.0")
TUMOUR_HYPERCALCAEMIA_MG_DL = Decimal("12.0")
"""Corrected calcium from which zoledronic acid is indicated for tumour-induced hypercalcaemia (label: 3.0 mmol/L or 12.0
mg/dL)."""

_HYPO_MMOL = (Decimal("2.0"), Decimal("1.75"), Decimal("1.5"))
_HYPO_MG = (Decimal("8.0"), Decimal("7.0"), Decimal("6.0"))
_HYPO_IONISED = (Decimal("1.0"), Decimal("0.9"), Decimal("0.8"))
_HYPER_MMOL = (Decimal("2.9"), Decimal("3.1"), Decimal("3.4"))
_HYPER_MG = (Decimal("11.5"), Decimal("12.5"), Decimal("13.5"))


def corrected_calcium_mmol(*, calcium_mmol_l: Decimal, albumin_g_l: Decimal) -> Decimal:
    """Corrected calcium, mmol/L = calcium + 0.02 x (40 - albumin), albumin in g/L (the label's calcium - 0.02 x albumin + 0.8;
    after Payne, 1973)."""
    return CONTEXT.add(calcium_mmol_l, CONTEXT.multiply(Decimal("0.02"), CONTEXT.subtract(Decimal(40), albumin_g_l)))


def corrected_calcium_mg(*, calcium_mg_dl: Decimal, albumin_g_dl: Decimal) -> Decimal:
    """Corrected calcium, mg/dL = calcium + 0.8 x (4 - albumin), albumin in g/dL."""
    return CONTEXT.add(calcium_mg_dl, CONTEXT.multiply(Decimal("0.8"), CONTEXT.subtract(Decimal(4), albumin_g_dl)))


def hypocalcaemia_grade_mmol(*, corrected_mmol_l: Decimal, lower_limit: Decimal) -> int:
    """CTCAE v5 grade 0 to 4 of a corrected calcium in mmol/L; `lower_limit` is the laboratory's own. Symptoms can raise the
    grade."""
    return _grade_below(corrected_mmol_l, lower_limit, _HYPO_MMOL)


def hypocalcaemia_grade_mg(*, corrected_mg_dl: Decimal, lower_limit: Decimal) -> int:
    """CTCAE v5 grade 0 to 4 of a corrected calcium in mg/dL; `lower_limit` is the laboratory's own. Symptoms can raise the
    grade."""
    return _grade_below(corrected_mg_dl, lower_limit, _HYPO_MG)


def hypocalcaemia_grade_ionised(*, ionised_mmol_l: Decimal, lower_limit: Decimal) -> int:
    """CTCAE v5 grade 0 to 4 of an ionised calcium in mmol/L; `lower_limit` is the laboratory's own. Symptoms can raise the
    grade."""
    return _grade_below(ionised_mmol_l, lower_limit, _HYPO_IONISED)


def hypercalcaemia_grade_mmol(*, corrected_mmol_l: Decimal, upper_limit: Decimal) -> int:
    """CTCAE v5 grade 0 to 4 of a corrected calcium in mmol/L; `upper_limit` is the laboratory's own. Admission can raise the
    grade."""
    return _grade_above(corrected_mmol_l, upper_limit, _HYPER_MMOL)


def hypercalcaemia_grade_mg(*, corrected_mg_dl: Decimal, upper_limit: Decimal) -> int:
    """CTCAE v5 grade 0 to 4 of a corrected calcium in mg/dL; `upper_limit` is the laboratory's own. Admission can raise the
    grade."""
    return _grade_above(corrected_mg_dl, upper_limit, _HYPER_MG)


def _grade_below(value: Decimal, lower_limit: Decimal, limits: tuple[Decimal, Decimal, Decimal]) -> int:
    """The lower number of a range belongs to the milder grade. The fixed limits count even where a laboratory's own limit lies
    under them."""
    below = sum(value < limit for limit in limits)
    return below + 1 if below else int(value < lower_limit)


def _grade_above(value: Decimal, upper_limit: Decimal, limits: tuple[Decimal, Decimal, Decimal]) -> int:
    above = sum(value > limit for limit in limits)
    return above + 1 if above else int(value > upper_limit)
