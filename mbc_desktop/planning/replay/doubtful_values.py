"""Measured values that only look wrong beside one another: a weight in pounds, weight and height exchanged. They are questioned
when a treatment is read, and no dose is released on them until somebody confirms them with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.cross_checks import CrossLimits, Range, check_body, check_weight_change
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A measurement that may not be used for a dose that is due, and the question about it."""

    measurement: Measurement
    question: Finding


def doubtful_values(request: Request, library: Library) -> tuple[Doubt, ...]:
    """Every weight and height of the request that the limits of fields.toml refuse beside another value and that carries no
    reason."""
    if library.cross_limits is None:
        return ()
    return (*_weights(request, library.cross_limits), *_bodies(request, library, library.cross_limits))


def _weights(request: Request, limits: CrossLimits) -> Iterator[Doubt]:
    """A weight against the one before it: 2.2 times as much or as little is a mistaken unit, a quarter more or less a slip."""
    weights = _of_kind("weight", request)
    for before, now in pairwise(weights):
        found = check_weight_change(
            previous_kg=before.quantity.amount, weight_kg=now.quantity.amount, limits=limits.weight_change
        )
        if found is None or found.verdict != "reject" or now.confirmed_reason:
            continue
        values = {"before": decimal_text(before.quantity.amount), "value": decimal_text(now.quantity.amount)}
        values |= {"before_on": before.on.isoformat(), "on": now.on.isoformat()}
        code = "weight-like-pounds" if found.reason == "LB_KG_RATIO" else "weight-changed-much"
        yield Doubt(measurement=now, question=finding(code, "stop", source=limits.weight_change.source, **values))


def _bodies(request: Request, library: Library, limits: CrossLimits) -> Iterator[Doubt]:
    """The newest weight beside the newest height."""
    weights, heights = _of_kind("weight", request), _of_kind("height", request)
    if not weights or not heights or weights[-1].confirmed_reason or heights[-1].confirmed_reason:
        return
    weight, height = weights[-1], heights[-1]
    ranges = _hard("weight", library), _hard("height", library)
    if ranges[0] is None or ranges[1] is None:
        return
    found = check_body(
        weight_kg=weight.quantity.amount, height_cm=height.quantity.amount, weight=ranges[0], height=ranges[1], limits=limits.body
    )
    if found is None or found.verdict != "reject":
        return
    code = "weight-and-height-exchanged" if found.reason.endswith("SWAPPED") else "weight-and-height-impossible"
    values = {"weight": decimal_text(weight.quantity.amount), "height": decimal_text(height.quantity.amount)}
    question = finding(code, "stop", source=limits.body.source, **values)
    yield Doubt(measurement=weight, question=question)
    yield Doubt(measurement=height, question=question)


def _of_kind(kind: str, request: Request) -> list[Measurement]:
    return sorted((item for item in request.measurements if item.kind == kind), key=lambda item: item.on)


def _hard(kind: str, library: Library) -> Range | None:
    limits: tuple[Decimal, Decimal] | None = next((item.hard for item in library.fields.values() if item.kind == kind), None)
    return limits
