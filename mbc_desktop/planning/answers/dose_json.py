"""The doses of a plan as plain data for JSON: amounts, steps, what is given, the gates of the day, the lifetime count."""

from __future__ import annotations

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Bag, Dose, Give, OtherConvention, Step
from mbc_desktop.dosing.gates import GateItem, verdict_of
from mbc_desktop.planning.plan import Administration, LifetimeDose, Plan, TakePeriod

Json = dict[str, object]


def amount_json(quantity: Quantity) -> Json:
    """An amount with its unit."""
    return {"amount": decimal_text(quantity.amount), "unit": quantity.unit}


NO_DOSE: Json = {"dose": None, "exact": None, "give": [], "steps": []}


def dose_json(dose: Dose, *, conventions: tuple[OtherConvention, ...] = ()) -> Json:
    """One dose with its steps and what is taken from the shelf; `conventions` are shown beside those that the dose always has."""
    made: Json = {
        "dose": amount_json(dose.amount),
        "exact": decimal_text(dose.exact),
        "give": [give_json(item) for item in dose.give],
        "steps": [step_json(item) for item in dose.steps],
    }
    if dose.infusion_ml is not None:
        made["infusion_ml"] = decimal_text(dose.infusion_ml)
    if dose.minutes is not None:
        made["minutes"] = dose.minutes
    if dose.observe_minutes is not None:
        made["observe_minutes"] = dose.observe_minutes
    if dose.values_on is not None:
        made["values_on"] = dose.values_on.isoformat()
    return made | _explained(dose, conventions or dose.others)


def _explained(dose: Dose, others: tuple[OtherConvention, ...]) -> Json:
    """The choices that the dose rests on, how far rounding went, what other conventions give, and what is left in the vials."""
    made: Json = {}
    if dose.choices:
        made["choices"] = dict(dose.choices)
    if dose.exact != dose.amount.amount and dose.exact > 0:
        made["deviation_percent"] = decimal_text(dose.deviation_percent())
    if dose.per_measure is not None and dose.measure is not None:
        made["per_measure"] = {"amount": decimal_text(dose.per_measure), "unit": f"mg/{dose.measure.unit}"}
    if others:
        made["other_conventions"] = [{**dict(other.conventions), **amount_json(other.amount)} for other in others]
    if dose.waste is not None:
        made["waste"] = decimal_text(dose.waste)
    if dose.bag is not None:
        made["bag"] = _bag(dose.bag)
    return made


def _bag(bag: Bag) -> Json:
    limits = {"least_ml": bag.least_ml, "most_ml": bag.most_ml, "lowest_mg_ml": bag.lowest, "highest_mg_ml": bag.highest}
    made: Json = {key: decimal_text(value) for key, value in limits.items() if value is not None}
    return {**made, "source": bag.source}


def give_json(item: Give) -> Json:
    """What is taken from the shelf."""
    made: Json = {"count": decimal_text(item.count), "form": item.form}
    if item.volume_ml is not None:
        made["volume"] = decimal_text(item.volume_ml)
    return {**made, "strength": decimal_text(item.strength), "unit": item.unit}


def step_json(item: Step) -> Json:
    """One step of a dose."""
    made: Json = {"rule": item.rule, **amount_json(item.amount), "source": item.source, "grade": item.grade}
    if item.before is not None:
        made["before"] = decimal_text(item.before.amount)
    if item.values:
        made["values"] = dict(item.values)
    return made


def tablets_json(item: TakePeriod) -> list[Json]:
    """The pieces of a tablet period, one line per strength: at once, a day, in the whole period."""
    counts = item.dose.give if item.dose else ()
    days = 0 if item.dose is None else -(-((item.last - item.first).days + 1) // item.dose.every_days)
    times = item.dose.times if item.dose else 0
    return [
        {
            "form": one.form,
            "strength": decimal_text(one.strength),
            "unit": one.unit,
            "at_once": decimal_text(one.count),
            "per_day": decimal_text(one.count * times),
            "total": decimal_text(one.count * times * days),
        }
        for one in counts
    ]


def gates_json(plan: Plan) -> list[Json]:
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


def lifetime_json(item: LifetimeDose) -> Json:
    """One line of the lifetime count; mg/m2."""
    made: Json = {"item": item.item, "course": item.course, "drug": item.drug, "unit": "mg/m2"}
    numbers = {"before": item.before, "this": item.this, "after": item.after, "limit": item.limit, "left": item.left}
    made |= {name: decimal_text(value) for name, value in numbers.items()}
    made |= {"binds": item.binds, "doses_left": item.doses_left, "doses_left_common": item.doses_left_common}
    made["doses_left_own"] = item.doses_left_own
    own = {"own_before": item.own_before, "own_this": item.own_this, "own_after": item.own_after}
    made |= {name: decimal_text(value) for name, value in own.items()}
    made["own_limit"] = decimal_text(item.own_limit) if item.own_limit is not None else None
    made |= {"own_source": item.own_source, "own_grade": item.own_grade} if item.own_limit is not None else {}
    return {**made, "equivalents": item.equivalents, "source": item.source, "grade": item.grade}
