"""Writing a treatment file: the request as JSON text that read_treatment gives back unchanged."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import assert_never

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.planning.files.intrathecal_file import intrathecal_json
from mbc_desktop.planning.request import (
    Course,
    DrugCourse,
    EarlierDrug,
    EarlierRadiotherapy,
    Event,
    Measurement,
    Patient,
    Print,
    RadiotherapyCourse,
    Request,
)
from mbc_desktop.regimen.site import Closure

Json = dict[str, object]


def write_treatment(request: Request, *, with_today: bool = False) -> str:
    """The request as a treatment file, one item a line, ending in a line break. `today` is only written when asked for
    (test cases)."""
    facts = {name: _plain(getattr(request.facts, name)) for name in request.facts.__slots__ if name != "metastases"}
    facts["metastases"] = [_filled({"site": item.site, "lesions": item.lesions}) for item in request.facts.metastases] or None
    content: Json = {
        "format": 1,
        "today": request.today.isoformat() if with_today else None,
        "language": request.language,
        "horizon": request.horizon.isoformat(),
        "patient": _patient(request.patient),
        "measurements": [_measurement(item) for item in request.measurements],
        "facts": _filled(facts),
        "history": [_earlier(item) for item in request.history],
        "courses": [_course(item) for item in request.courses],
        "events": [event_json(item) for item in request.events],
        "closures": [_closure(item) for item in request.closures],
        "extra_open_days": [_filled({"on": item.on.isoformat(), "unit": item.unit}) for item in request.extra_open_days],
        "absences": [{"from": item.first.isoformat(), "until": item.last.isoformat()} for item in request.absences],
        "prints": [_print(item) for item in request.prints],
        "intrathecal": [intrathecal_json(item) for item in request.intrathecal],
        "intrahepatic": [{"on": item.on.isoformat(), "note": item.note} for item in request.intrahepatic],
    }
    return (
        json.dumps({key: value for key, value in content.items() if value not in (None, [], {})}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _patient(item: Patient) -> Json:
    return {
        "family_name": item.family_name,
        "given_name": item.given_name,
        "number": item.number,
        "birth_date": item.birth_date.isoformat(),
        "sex": item.sex,
    }


def _closure(item: Closure) -> Json:
    return _filled({"from": item.first.isoformat(), "until": item.last.isoformat(), "unit": item.unit, "why": item.why or None})


def _print(item: Print) -> Json:
    return {
        "fingerprint": item.fingerprint,
        "document": item.document,
        "on": item.on.isoformat(),
        "by": item.by,
        "request": item.request,
        **({"token": item.token} if item.token else {}),
        **({"subject": item.subject} if item.subject else {}),
    }


def _filled(item: Json) -> Json:
    return {key: value for key, value in item.items() if value is not None and value != {}}


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return decimal_text(value)
        case _:
            return value


def _measurement(item: Measurement) -> Json:
    confirmed = {"reason": item.confirmed_reason, "by": item.confirmed_by} if item.confirmed_reason else None
    return _filled(
        {
            "kind": item.kind,
            "value": decimal_text(item.quantity.amount),
            "unit": item.quantity.unit,
            "on": item.on.isoformat(),
            "low": decimal_text(item.low) if item.low is not None else None,
            "high": decimal_text(item.high) if item.high is not None else None,
            "confirmed": confirmed,
        }
    )


def _earlier(item: EarlierDrug | EarlierRadiotherapy) -> Json:
    if isinstance(item, EarlierDrug):
        amount = item.cumulative
        return _filled(
            {
                "drug": item.drug,
                "since": _plain(item.since),
                "until": _plain(item.until),
                "cumulative": decimal_text(amount.amount) if amount else None,
                "unit": amount.unit if amount else None,
                "setting": item.setting or None,
            }
        )
    scheme = f"{item.fractions}x{decimal_text(item.dose_gy)}"
    return _filled({"radiotherapy": scheme, "region": item.region, "level": item.level or None, "until": _plain(item.until)})


def _course(item: Course) -> Json:
    pin = {"version": item.pin.version, "sha256": item.pin.sha256} if item.pin else None
    made: Json
    match item:
        case DrugCourse():
            made = {
                "id": item.id,
                "regimen": item.regimen,
                "start": item.start.isoformat(),
                "cycle": item.cycle,
                "phase": item.phase or None,
                "last_given": _plain(item.last_given),
                "cycles": item.cycles,
                "until": _plain(item.until),
                "reference_weight": decimal_text(item.reference_weight.amount) if item.reference_weight else None,
            }
        case RadiotherapyCourse():
            made = {
                "id": item.id,
                "radiotherapy": item.scheme,
                "fractions": item.fractions,
                "dose": decimal_text(item.dose_gy) if item.dose_gy is not None else None,
                "start": item.start.isoformat(),
                "region": item.region,
                "level": item.level or None,
                "treatment_time": item.treatment_time or None,
            }
        case _:
            assert_never(item)
    return _filled({**made, "choices": dict(item.choices), "pin": pin})


def event_json(item: Event) -> Json:
    """An event as a treatment file has it."""
    target = item.target
    made: Json = {
        "id": item.id,
        "kind": item.kind,
        "course": item.course,
        "drug": target.drug or None,
        "number": target.number,
        "date": _plain(target.on),
        "fraction": target.fraction,
        "cycle": target.cycle,
        "given_on": _plain(item.given_on),
        "amount": decimal_text(item.amount.amount) if item.amount else None,
        "unit": item.amount.unit if item.amount else None,
        "batch": item.batch or None,
        "days": item.days,
        "to": _plain(item.to),
        "from": _plain(item.day),
        "level": item.level or None,
        "every": item.every or None,
        "regimen": item.regimen or None,
        "what": item.what or None,
        "event": item.event or None,
        "by_event": item.by_event or None,
        "scope": item.scope if item.scope != "this" else None,
        "reason": item.reason,
        "grade": item.grade,
        "note": item.note or None,
        "on": item.on.isoformat(),
        "by": item.by,
    }
    return _filled(made)
