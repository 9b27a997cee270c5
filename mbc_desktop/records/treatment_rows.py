"""A treatment as the store keeps it: measurements and events row by row, and what is left of the treatment file as the base."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.interval import add_months
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.planning.files.treatment_text import write_treatment
from mbc_desktop.planning.request import Request

HORIZON_MONTHS = 12
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The base as text, and the rows of measurements and events in their order, by column."""

    base: str
    measurements: tuple[Json, ...]
    events: tuple[Json, ...]


def split(request: Request) -> Pieces:
    """The request in pieces; its prints are kept elsewhere. A horizon that only follows from today is left out, so that the same
    treatment looked at on another day has the same base."""
    content: Json = json.loads(write_treatment(replace(request, prints=())))
    if request.horizon == add_months(request.today, HORIZON_MONTHS):
        del content["horizon"]
    measurements = tuple(_measurement(item) for item in content.pop("measurements", ()))
    events = tuple(_event(item) for item in content.pop("events", ()))
    return Pieces(base=_text(content), measurements=measurements, events=events)


def joined(pieces: Pieces, prints: Iterable[Json] = ()) -> str:
    """The text of the treatment file that these pieces came from."""
    content: Json = json.loads(pieces.base)
    content["measurements"] = [_measured(item) for item in pieces.measurements]
    content["events"] = [json.loads(item["content"]) for item in pieces.events]
    content["prints"] = list(prints)
    return json.dumps({key: value for key, value in content.items() if value != []}, ensure_ascii=False)


def measurement_row(value: Measurement) -> Json:
    """The columns of one measured value."""
    amount = decimal_text(value.quantity.amount)
    return _measurement({"kind": value.kind, "value": amount, "unit": value.quantity.unit, "on": value.on.isoformat()})


def same_pieces(saved: Pieces, now: Pieces) -> bool:
    """Whether two treatments in pieces are the same; the saved one may know more about its rows."""
    pairs = ((saved.measurements, now.measurements), (saved.events, now.events))
    return saved.base == now.base and all(
        len(one) == len(other) and all(row.items() >= item.items() for row, item in zip(one, other, strict=True))
        for one, other in pairs
    )


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _measurement(item: Json) -> Json:
    confirmed = item.get("confirmed") or {}
    return {
        "kind": item["kind"],
        "value": item["value"],
        "unit": item["unit"],
        "measured_on": item["on"],
        "low": item.get("low"),
        "high": item.get("high"),
        "confirmed_reason": confirmed.get("reason"),
        "confirmed_by": confirmed.get("by"),
    }


def _measured(item: Json) -> Json:
    made = {"kind": item["kind"], "value": item["value"], "unit": item["unit"], "on": item["measured_on"]}
    made |= {name: item[name] for name in ("low", "high") if item[name] is not None}
    if item["confirmed_reason"] is not None:
        made["confirmed"] = {"reason": item["confirmed_reason"], "by": item["confirmed_by"] or ""}
    return made


def _event(item: Json) -> Json:
    return {
        "event": item["id"],
        "kind": item["kind"],
        "course": item["course"],
        "happened_on": item["on"],
        "content": _text(item),
    }
