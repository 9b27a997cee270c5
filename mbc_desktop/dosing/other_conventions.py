"""What a dose would have been, unrounded, had the site chosen another convention: for the inspector and the check sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.compute_dose import exact_amount
from mbc_desktop.dosing.dose import Dose, OtherConvention
from mbc_desktop.dosing.situation import Situation

FORMULAS = ("mosteller", "du_bois", "haycock", "gehan_george", "boyd", "schlich")
SURFACE = (("bsa_formula", FORMULAS), ("bsa_decimals", ("unrounded", "2")), ("bsa_cap", ("none", "2.0")))
WEIGHT = (("weight_basis", ("actual", "adjusted", "midpoint")), ("weight_change_threshold", ("10", "5")))


def other_conventions(dose: Dose, situation: Situation) -> tuple[OtherConvention, ...]:
    """One line per other answer that gives another amount: surface formula, decimals and cap, weight basis and threshold; for
    carboplatin the methods, the floor and the cap. Each changes one answer and computes the order anew, with its level, its
    adjustments and its limits. Nothing for a dose that needs no measure."""
    if dose.others:
        return dose.others
    return tuple(_varied(dose, situation))


def _varied(dose: Dose, situation: Situation) -> Iterator[OtherConvention]:
    if dose.measure is None or dose.origin is None:
        return
    now = exact_amount(dose.origin, situation)
    for key, answers in (*SURFACE, *WEIGHT) if dose.measure.unit == "m2" else WEIGHT:
        for answer in answers:
            if answer == situation.chosen.get(key):
                continue
            amount = exact_amount(dose.origin, replace(situation, chosen={**situation.chosen, key: answer}))
            if amount is not None and amount != now:
                yield OtherConvention(conventions=((key, answer),), amount=Quantity(amount, dose.amount.unit))
