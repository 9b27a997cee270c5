"""The plan as plain data for JSON: codes and values, no prose. The keys are the program's contract with whoever reads it."""

from __future__ import annotations

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import Finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Bag, Derived, Dose, Give, Step
from mbc_desktop.dosing.gates import GateItem, verdict_of
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
        "gates": _gates(plan),
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


def _gates(plan: Plan) -> list[Json]:
    """For every dose that is due: the verdict of the day, and of each rule with the value it looked at and its age."""
    due: tuple[Administration | TakePeriod, ...] = (*plan.administrations, *plan.intakes)
    return [
        {
            "item": item.id,
            "course": item.course,
            "drug": item.drug,
            "verdict": verdict_of(item.gate),
            "rules": [_gate_item(line) for line in item.gate],
        }
        for item in due
        if item.gate
    ]


def _gate_item(item: GateItem) -> Json:
    made: Json = {"rule": item.rule, "kind": item.kind, "verdict": item.verdict, "value": item.value, "unit": item.unit}
    made |= {"limit": item.limit, "on": item.on.isoformat() if item.on else None, "age_days": item.age_days}
    return {**made, "source": item.source, "grade": item.grade}


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
    return made | _explained(dose)


def _explained(dose: Dose) -> Json:
    """The choices that the dose rests on, how far rounding went, what other conventions give, and what is left in the vials."""
    made: Json = {}
    if dose.choices:
        made["choices"] = dict(dose.choices)
    if dose.exact != dose.amount.amount and dose.exact > 0:
        made["deviation_percent"] = decimal_text(dose.deviation_percent())
    if dose.per_measure is not None and dose.measure is not None:
        made["per_measure"] = {"amount": decimal_text(dose.per_measure), "unit": f"mg/{dose.measure.unit}"}
    if dose.others:
        made["other_conventions"] = [{**dict(other.conventions), **_amount(other.amount)} for other in dose.others]
    if dose.waste is not None:
        made["waste"] = decimal_text(dose.waste)
    if dose.bag is not None:
        made["bag"] = _bag(dose.bag)
    return made


def _bag(bag: Bag) -> Json:
    limits = {"least_ml": bag.least_ml, "most_ml": bag.most_ml, "lowest_mg_ml": bag.lowest, "highest_mg_ml": bag.highest}
    made: Json = {key: decimal_text(value) for key, value in limits.items() if value is not None}
    return {**made, "source": bag.source}


def _give(item: Give) -> Json:
    made: Json = {"count": decimal_text(item.count), "form": item.form}
    if item.volume_ml is not None:
        made["volume"] = decimal_text(item.volume_ml)
    return {**made, "strength": decimal_text(item.strength), "unit": item.unit}


def _step(item: Step) -> Json:
    made: Json = {"rule": item.rule, **_amount(item.amount), "source": item.source, "grade": item.grade}
    if item.before is not None:
        made["before"] = decimal_text(item.before.amount)
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
