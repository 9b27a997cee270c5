"""Values held side by side while they are typed: weight with height, weight and creatinine with what was measured before."""

from __future__ import annotations

from collections.abc import Mapping

from mbc_desktop.core.quantity import can_convert
from mbc_desktop.patient.cross_checks import Objection, check_body, check_creatinine_change, check_weight_change
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.ui.panels.measurement_entry import previous

Typed = Mapping[str, Measurement | None]


def objection_to(kind: str, typed: Typed, base: tuple[Measurement, ...], fields: Fields) -> Objection | None:
    """What speaks against the typed value of a kind; None when nothing does. A refusal comes before a question."""
    one = typed.get(kind)
    if one is None:
        return None
    found = [objection for objection in (_against_body(kind, typed, fields), _against_before(one, base, fields)) if objection]
    return min(found, key=lambda objection: objection.verdict != "reject", default=None)


def _against_body(kind: str, typed: Typed, fields: Fields) -> Objection | None:
    weight, height = typed.get("weight"), typed.get("height")
    if kind != "weight" or weight is None or height is None:
        return None
    hard = {name: fields.numbers[name].hard for name in ("weight", "height")}
    weights, heights = hard["weight"], hard["height"]
    if weights is None or heights is None:
        return None
    return check_body(
        weight_kg=weight.quantity.amount,
        height_cm=height.quantity.amount,
        weight=weights,
        height=heights,
        limits=fields.checks.body,
    )


def _against_before(one: Measurement, base: tuple[Measurement, ...], fields: Fields) -> Objection | None:
    before = previous(base, one)
    if before is None or not can_convert(one.kind, before.quantity.unit, one.quantity.unit):
        return None
    now, then = one.quantity.amount, before.quantity.to(one.quantity.unit, analyte=one.kind).amount
    if one.kind == "weight":
        return check_weight_change(previous_kg=then, weight_kg=now, limits=fields.checks.weight_change)
    if one.kind == "creatinine":
        return check_creatinine_change(previous=then, creatinine=now, limits=fields.checks.creatinine)
    return None
