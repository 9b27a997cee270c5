"""Liver tests as dose rules ask for them: bilirubin in either unit, and every test as a multiple of the laboratory's upper
limit of normal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from types import MappingProxyType

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.dosing.situation import Missing, Number, Situation
from mbc_desktop.patient.facts import Measurement

TRANSAMINASES = ("ast", "alt")


def upper_limit(measurement: Measurement, situation: Situation) -> Decimal | None:
    """The upper limit of normal of a result: its own, else the site's for this kind and unit."""
    if measurement.high is not None:
        return measurement.high
    for item in situation.ranges:
        if item.kind == measurement.kind and item.unit == measurement.quantity.unit:
            return Decimal(item.high)
    return None


def times_upper_limit(kind: str, situation: Situation) -> Number | Missing:
    """A result divided by its upper limit of normal; the lacking fact is the value itself, or its limit ("ast_upper_limit")."""
    found = situation.latest(kind)
    if found is None:
        return Missing((kind,))
    limit = upper_limit(found, situation)
    if limit is None or limit <= 0:
        return Missing((f"{kind}_upper_limit",))
    exact = CONTEXT.divide(found.quantity.amount, limit)
    inputs = ((kind, decimal_text(found.quantity.amount)), ("upper_limit", decimal_text(limit)))
    return Number(id=f"{kind}_x_uln", decides=exact, exact=exact, unit="", inputs=inputs, used=(found,), source="")


def highest_transaminase(situation: Situation) -> Number | Missing:
    """The higher of AST and ALT as a multiple of its upper limit; one of the two is enough."""
    found = [times_upper_limit(kind, situation) for kind in TRANSAMINASES]
    known = [item for item in found if isinstance(item, Number)]
    if not known:
        missing = [fact for item in found if isinstance(item, Missing) for fact in item.facts]
        return Missing(tuple(missing))
    return max(known, key=lambda item: item.decides)


def bilirubin_in(unit: str, situation: Situation) -> Number | Missing:
    """Total bilirubin in mg/dL or umol/L."""
    found = situation.latest("bilirubin")
    if found is None:
        return Missing(("bilirubin",))
    exact = found.quantity.to(unit, analyte="bilirubin").amount
    return Number(id="bilirubin", decides=exact, exact=exact, unit=unit, inputs=(), used=(found,), source="")


LIVER_NUMBERS: Mapping[str, Callable[[Situation], Number | Missing]] = MappingProxyType(
    {
        "bilirubin_x_uln": partial(times_upper_limit, "bilirubin"),
        "ast_x_uln": partial(times_upper_limit, "ast"),
        "alp_x_uln": partial(times_upper_limit, "alp"),
        "transaminases_x_uln": highest_transaminase,
        "bilirubin_mg_dl": partial(bilirubin_in, "mg/dL"),
        "bilirubin_umol_l": partial(bilirubin_in, "umol/L"),
    }
)
"""The computed numbers by the id that dose rules use."""
