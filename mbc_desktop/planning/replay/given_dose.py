"""The dose that was really given, beside the one that was computed."""

from __future__ import annotations

from dataclasses import replace

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Dose, Step


def given_dose(amount: Quantity, computed: Dose | None) -> Dose:
    """What was really given, with the computed steps before it where there were any."""
    step = Step(rule="given", amount=amount, source="ward_record", grade="protocol")
    if computed is None:
        return Dose(amount=amount, exact=amount.amount, give=(), steps=(step,))
    if computed.amount == amount:
        return computed
    given = step if not computed.steps else replace(step, before=computed.steps[-1].amount)
    measure = computed.measure
    per = CONTEXT.divide(amount.amount, measure.amount) if measure is not None and amount.unit == "mg" else None
    return replace(
        computed,
        amount=amount,
        exact=amount.amount,
        give=(),
        steps=(*computed.steps, given),
        per_measure=per,
        waste=None,
        bag=None,
    )
