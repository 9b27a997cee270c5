"""The plan as plain data for JSON: codes and values, no prose. The keys are the program's contract with whoever reads it."""

from __future__ import annotations

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import Finding
from mbc_desktop.dosing.dose import Derived
from mbc_desktop.planning.answers.dose_conventions import dose_conventions
from mbc_desktop.planning.answers.dose_json import (
    NO_DOSE,
    Json,
    amount_json,
    dose_json,
    gates_json,
    give_json,
    lifetime_json,
    step_json,
    tablets_json,
)
from mbc_desktop.planning.answers.plan_json_beside import approval_json, intrathecal_json, support_json
from mbc_desktop.planning.plan import (
    Administration,
    CheckUp,
    Choice,
    Fraction,
    Plan,
    TakePeriod,
    Task,
)
from mbc_desktop.regimen.site import Site


def plan_json(plan: Plan, *, conventions_of: Site | None = None) -> Json:
    """The whole plan; dates as ISO text, clinical numbers as decimal text. With the site as `conventions_of` every dose also says
    what the other conventions would have given; carboplatin always does."""
    doses = _Doses(plan, conventions_of)
    return {
        "format": 1,
        "fingerprint": plan.fingerprint,
        "code": plan.code,
        "library": {"version": plan.library_version, "fingerprint": plan.library_fingerprint},
        "derived": [_derived(item) for item in plan.derived],
        "administrations": [_administration(item, doses) for item in plan.administrations],
        "intakes": [_intake(item, doses) for item in plan.intakes],
        "fractions": [_fraction(item) for item in plan.fractions],
        "support": [support_json(item) for item in plan.support],
        "checks": [_check(item) for item in plan.checks],
        "gates": gates_json(plan),
        "lifetime": [lifetime_json(item) for item in plan.lifetime],
        "visits": [{"date": item.date.isoformat(), "unit": item.unit, "items": list(item.items)} for item in plan.visits],
        "tasks": [_task(item) for item in plan.tasks],
        "decisions": [_choice(item) for item in plan.choices],
        "intrathecal": [intrathecal_json(item) for item in plan.intrathecal],
        "intrahepatic": [{"on": item.on.isoformat(), "note": item.note} for item in plan.intrahepatic],
        "approvals": [approval_json(item) for item in plan.approvals],
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


class _Doses:
    """The doses as JSON, each of them written once: administrations of one order share one."""

    def __init__(self, plan: Plan, conventions_of: Site | None) -> None:
        self._plan, self._site = plan, conventions_of
        self._made: dict[int, Json] = {}

    def of(self, item: Administration | TakePeriod) -> Json:
        """The dose of an administration or a tablet period."""
        dose = item.dose
        if dose is None:
            return NO_DOSE
        if id(dose) not in self._made:
            found = () if self._site is None else dose_conventions(item, self._plan, self._site)
            self._made[id(dose)] = dose_json(dose, conventions=found)
        return self._made[id(dose)]


def _administration(item: Administration, doses: _Doses) -> Json:
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
        **doses.of(item),
    }


def _intake(item: TakePeriod, doses: _Doses) -> Json:
    dose = item.dose
    explained = {key: value for key, value in doses.of(item).items() if key not in ("give", "dose", "steps")}
    per_day = (
        []
        if dose is None
        else [
            {"times": str(dose.times), **give_json(piece)} | ({"every_days": str(dose.every_days)} if dose.every_days > 1 else {})
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
        "tablets": tablets_json(item),
        "open": item.open,
        "status": item.status,
        "role": item.role,
        "dose": amount_json(dose.amount) if dose else None,
        "steps": [step_json(step) for step in dose.steps] if dose else [],
        **(explained if dose else {"exact": None}),
    }


def _fraction(item: Fraction) -> Json:
    return {
        "course": item.course,
        "number": item.number,
        "of": item.of,
        "date": item.date.isoformat(),
        "dose": amount_json(item.dose),
        "region": item.region,
        "status": item.status,
    }


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
        **({"note": item.note} if item.note else {}),
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
