"""What would solve a finding about radiotherapy with a drug: events that a person may take over, never applied by
themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Event, Target

_ONE_DAY = timedelta(days=1)


def radiotherapy_proposal(found: Finding, plan: Plan, *, on: date, by: str) -> tuple[Event, ...]:
    """The events that would solve `found`, entered on day `on` by `by`; empty for a finding that a person has to think about.

    Tablets are held from the day after the last safe dose and resumed on the first safe one; a dose that stands too close is
    delayed to the first safe open day with all that follow; skipped doses are omitted; a fraction's day is avoided by moving
    the dose; an irradiation that fits a rest week is delayed to its first open day."""
    values = dict(found.values)
    blank = Event(id="", kind="omit", course=found.course, on=on, by=by, target=Target(drug=found.drug))
    match found.code:
        case "radiotherapy-hold" | "radiotherapy-field-question":
            made = _pause(blank, plan, _day(values["latest"]) + _ONE_DAY, _day(values["earliest"]))
        case "radiotherapy-pause-on-days":
            made = _pause(blank, plan, _day(values["first"]), _day(values["last"]) + _ONE_DAY)
        case "radiotherapy-too-close":
            made = _delay(blank, plan, values)
        case "radiotherapy-skip":
            made = tuple(replace(blank, target=Target(drug=found.drug, on=day)) for day in _days(values["dates"]))
        case "radiotherapy-same-day":
            target = Target(drug=found.drug, number=int(values["number"]))
            made = (replace(blank, kind="move", target=target, to=_days(values["free"])[0]),)
        case "radiotherapy-in-rest-week":
            made = _irradiate_later(blank, values)
        case _:
            made = ()
    return _with_ids(made, plan)


def radiotherapy_proposals(plan: Plan, *, by: str) -> tuple[tuple[Finding, tuple[Event, ...]], ...]:
    """Every finding of the plan that events would solve, with these events. Questions about a field that is not known are left
    out: nobody has said yet that the drug needs a distance. The ids of all events together are free."""
    asked = [
        one for one in plan.findings if one.code.startswith("radiotherapy-") and not one.code.startswith("radiotherapy-field-")
    ]
    solved = [(found, radiotherapy_proposal(found, plan, on=plan.request.today, by=by)) for found in asked]
    named = iter(_with_ids(tuple(event for _, events in solved for event in events), plan))
    return tuple((found, tuple(next(named) for _ in events)) for found, events in solved if events)


def _pause(blank: Event, plan: Plan, first: date, resume: date) -> tuple[Event, ...]:
    """A hold and its end; days that are over are not held any more."""
    first = max(first, plan.request.today)
    if first >= resume:
        return ()
    return replace(blank, kind="hold", day=first), replace(blank, kind="resume", day=resume)


def _delay(blank: Event, plan: Plan, values: dict[str, str]) -> tuple[Event, ...]:
    """The first dose that is too close goes to the first safe open day, and those after it go along."""
    close = _days(values["dates"])[0]
    own = (item for item in plan.administrations if (item.course, item.drug) == (blank.course, blank.target.drug))
    first = next((item for item in own if (item.date or item.due) == close), None)
    if first is None or "earliest_open" not in values:
        return ()
    days = (_day(values["earliest_open"]) - first.due).days
    target = Target(drug=first.drug, number=first.number)
    return (replace(blank, kind="delay", target=target, days=days, scope="rest_of_treatment"),)


def _irradiate_later(blank: Event, values: dict[str, str]) -> tuple[Event, ...]:
    days = (_day(values["start"]) - _day(values["first"])).days
    # An earlier start is for a person to enter: no event brings a course forward.
    if days <= 0:
        return ()
    return (replace(blank, kind="delay", course=values["radiotherapy"], target=Target(fraction=1), days=days),)


def _with_ids(events: tuple[Event, ...], plan: Plan) -> tuple[Event, ...]:
    """Ids that no event of the treatment has yet: p1, p2 ..."""
    taken = {event.id for event in plan.request.events}
    free = (id for number in range(1, len(taken) + len(events) + 1) if (id := f"p{number}") not in taken)
    return tuple(replace(event, id=id) for event, id in zip(events, free, strict=False))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(part) for part in text.split())
