"""The plan as plain data for JSON: codes and values, no prose. The keys are the program's contract with whoever reads it."""

from __future__ import annotations

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import Finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Derived, Dose, Give, Step
from mbc_desktop.planning.plan import (
    Administration,
    CheckUp,
    Choice,
    CourseApproval,
    Fraction,
    Plan,
    SupportItem,
    TakePeriod,
    Task,
)
from mbc_desktop.regimen.support import SupportPart

Json = dict[str, object]


def plan_json(plan: Plan) -> Json:
    """The whole plan; dates as ISO text, clinical numbers as decimal text."""
    doses: dict[int, Json] = {}
    return {
        "format": 1,
        "fingerprint": plan.fingerprint,
        "code": plan.code,
        "library": {"version": plan.library_version, "fingerprint": plan.library_fingerprint},
        "derived": [_derived(item) for item in plan.derived],
        "administrations": [_administration(item, doses) for item in plan.administrations],
        "intakes": [_intake(item) for item in plan.intakes],
        "fractions": [_fraction(item) for item in plan.fractions],
        "support": [_support(item) for item in plan.support],
        "checks": [_check(item) for item in plan.checks],
        "visits": [{"date": item.date.isoformat(), "unit": item.unit, "items": list(item.items)} for item in plan.visits],
        "tasks": [_task(item) for item in plan.tasks],
        "decisions": [_choice(item) for item in plan.choices],
        "approvals": [_approval(item) for item in plan.approvals],
        "findings": [finding_json(item) for item in plan.findings],
        "notes": [finding_json(item) for item in plan.notes],
    }


def _task(item: Task) -> Json:
    return {
        "kind": item.kind,
        "place": item.place,
        "date": item.date.isoformat(),
        "course": item.course,
        "drug": item.drug,
        "before": item.before.isoformat(),
    }


def _amount(quantity: Quantity) -> Json:
    return {"amount": decimal_text(quantity.amount), "unit": quantity.unit}


def _derived(item: Derived) -> Json:
    made: Json = {
        "id": item.id,
        "value": item.value,
        "exact": item.exact,
        "unit": item.unit,
        "inputs": dict(item.inputs),
        "source": item.source,
    }
    if item.on is not None:
        made["on"] = item.on.isoformat()
    return made


def _administration(item: Administration, doses: dict[int, Json]) -> Json:
    if item.dose is not None and id(item.dose) not in doses:
        doses[id(item.dose)] = _dose(item.dose)
    return {
        "course": item.course,
        "regimen": item.regimen,
        "drug": item.drug,
        "route": item.route,
        "part": item.part,
        "phase": item.phase,
        "cycle": item.cycle,
        "day": item.day,
        "number": item.number,
        "nominal": item.nominal.isoformat(),
        "due": item.due.isoformat(),
        "date": item.date.isoformat() if item.date else None,
        "window": [day.isoformat() for day in item.window],
        "status": item.status,
        "role": item.role,
        "place": item.place,
        **(doses[id(item.dose)] if item.dose is not None else _NO_DOSE),
    }


_NO_DOSE: Json = {"dose": None, "exact": None, "give": [], "steps": []}


def _dose(dose: Dose) -> Json:
    made: Json = {
        "dose": _amount(dose.amount),
        "exact": decimal_text(dose.exact),
        "give": [_give(item) for item in dose.give],
        "steps": [_step(item) for item in dose.steps],
    }
    if dose.infusion_ml is not None:
        made["infusion_ml"] = decimal_text(dose.infusion_ml)
    if dose.minutes is not None:
        made["minutes"] = dose.minutes
    if dose.observe_minutes is not None:
        made["observe_minutes"] = dose.observe_minutes
    if dose.values_on is not None:
        made["values_on"] = dose.values_on.isoformat()
    return made


def _give(item: Give) -> Json:
    made: Json = {"count": decimal_text(item.count), "form": item.form}
    if item.volume_ml is not None:
        made["volume"] = decimal_text(item.volume_ml)
    return {**made, "strength": decimal_text(item.strength), "unit": item.unit}


def _step(item: Step) -> Json:
    made: Json = {"rule": item.rule, **_amount(item.amount), "source": item.source, "grade": item.grade}
    if item.values:
        made["values"] = dict(item.values)
    return made


def _intake(item: TakePeriod) -> Json:
    dose = item.dose
    per_day = (
        []
        if dose is None
        else [
            {"times": str(dose.times), **_give(piece)} | ({"every_days": str(dose.every_days)} if dose.every_days > 1 else {})
            for piece in dose.give
        ]
    )
    return {
        "course": item.course,
        "regimen": item.regimen,
        "drug": item.drug,
        "part": item.part,
        "cycle": item.cycle,
        "from": item.first.isoformat(),
        "to": item.last.isoformat(),
        "rest": [day.isoformat() for day in item.rest] if item.rest else None,
        "per_day": per_day,
        "units": decimal_text(item.units) if item.units is not None else None,
        "open": item.open,
        "status": item.status,
        "role": item.role,
        "dose": _amount(dose.amount) if dose else None,
        "steps": [_step(step) for step in dose.steps] if dose else [],
    }


def _fraction(item: Fraction) -> Json:
    return {
        "course": item.course,
        "number": item.number,
        "of": item.of,
        "date": item.date.isoformat(),
        "dose": _amount(item.dose),
        "region": item.region,
        "status": item.status,
    }


def _support(item: SupportItem) -> Json:
    return {
        "course": item.course,
        "measure": item.measure,
        "drug": item.drug,
        "from": item.first.isoformat(),
        "to": item.last.isoformat(),
        "open": item.open,
        "place": item.place,
        "parts": [_support_part(part) for part in item.parts],
        "as_needed": item.as_needed,
        "before_minutes": list(item.before_minutes),
        "own_words": item.own_words,
        "source": item.source,
        "grade": item.grade,
    }


def _support_part(part: SupportPart) -> Json:
    made: Json = {"what": part.what}
    if part.amount is not None:
        made |= {"amount": decimal_text(part.amount), "unit": part.unit}
    if part.times is not None:
        made["times"] = part.times
    return made


def _check(item: CheckUp) -> Json:
    return {
        "kind": item.kind,
        "date": item.date.isoformat(),
        "nominal": item.nominal.isoformat(),
        "for": item.course,
        "drug": item.drug,
        "place": item.place,
        "source": item.source,
        "grade": item.grade,
    }


def _choice(item: Choice) -> Json:
    return {
        "course": item.course,
        "id": item.id,
        "key": item.key,
        "value": item.value,
        "given_by": item.given_by,
        "by": item.by,
        "on": item.on,
    }


def _approval(item: CourseApproval) -> Json:
    on = item.on.isoformat() if item.on else ""
    made: Json = {"course": item.course, "regimen": item.regimen, "status": item.status}
    return made | {"version": item.version, "by": item.by, "on": on, "changes": list(item.changes)}


def finding_json(item: Finding) -> Json:
    """A finding as plain data."""
    made: Json = {"code": item.code, "severity": item.severity}
    if item.course:
        made["course"] = item.course
    if item.drug:
        made["drug"] = item.drug
    made["values"] = dict(item.values)
    made["source"] = item.source
    return made
