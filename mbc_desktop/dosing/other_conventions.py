"""What a dose would have been, unrounded, had the site chosen another convention: for the inspector and the check sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Dose, OtherConvention
from mbc_desktop.dosing.patient_numbers import body_surface, weight_for_dose
from mbc_desktop.dosing.situation import Missing, Situation

FORMULAS = ("mosteller", "du_bois", "haycock", "gehan_george", "boyd", "schlich")
SURFACE = (("bsa_formula", FORMULAS), ("bsa_decimals", ("unrounded", "2")))
WEIGHT = (("weight_basis", ("actual", "adjusted", "midpoint")),)


def other_conventions(dose: Dose, situation: Situation) -> tuple[OtherConvention, ...]:
    """One line per other answer that gives another amount: surface formula and decimals, weight basis; for carboplatin the
    methods, the floor and the cap. Each changes one answer and keeps level, adjustments and what limits left of the dose.
    Nothing for a dose that needs no measure."""
    if dose.others:
        return dose.others
    return tuple(_varied(dose, situation))


def _varied(dose: Dose, situation: Situation) -> Iterator[OtherConvention]:
    if dose.measure is None:
        return
    surface = dose.measure.unit == "m2"
    if not surface and weight_for_dose(situation) != dose.measure.amount:
        # The drug follows a falling weight at once: no reference weight counts for it.
        situation = replace(situation, reference_weight_kg=None)
    for key, answers in (*SURFACE, *WEIGHT) if surface else WEIGHT:
        for answer in answers:
            if answer == situation.chosen.get(key):
                continue
            measure = _measure(replace(situation, chosen={**situation.chosen, key: answer}), surface=surface)
            if measure is None or measure == dose.measure.amount:
                continue
            amount = CONTEXT.divide(CONTEXT.multiply(dose.exact, measure), dose.measure.amount)
            yield OtherConvention(conventions=((key, answer),), amount=Quantity(amount, dose.amount.unit))


def _measure(situation: Situation, *, surface: bool) -> Decimal | None:
    if not surface:
        kilograms = weight_for_dose(situation)
        return None if isinstance(kilograms, Missing) else kilograms
    found = body_surface(situation)
    return None if isinstance(found, Missing) else found.decides
