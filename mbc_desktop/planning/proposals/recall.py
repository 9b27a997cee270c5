"""Who is overdue: over many plans, the doses whose day has passed without anybody saying that they were given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.facts import Patient
from mbc_desktop.planning.plan import Administration, Plan
from mbc_desktop.planning.replay.planned_visits import part_of, timing_in
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueDose:
    """The first dose of a drug of one course that is overdue: its due day, the last day of its window, and how many days it is
    late (`days_late`, from the due day) and beyond its window (`days_beyond`, 0 while inside).

    `since_last` counts the days since the dose before it, when that one is known to have been given; `limit` is the longest
    interval the drug allows, `reload_from` the shortest one after which a loading dose is given again (None: the data know none).
    `recorded` says whether any dose of this drug has ever been recorded as given: where it is false, perhaps nobody records."""

    patient: Patient
    course: str
    drug: str
    number: int
    due: date
    window_until: date
    days_late: int
    days_beyond: int
    since_last: int | None
    limit: int | None
    reload_from: int | None
    recorded: bool


def recall_list(plans: Iterable[Plan], library: Library) -> tuple[OverdueDose, ...]:
    """The overdue doses of all plans, each at its own `today`: farthest beyond its window first. A dose that was omitted, held or
    ceased is not overdue; nor is one that is due today."""
    found = (dose for plan in plans for dose in _of_plan(plan, library))
    return tuple(
        sorted(
            found, key=lambda item: (-item.days_beyond, -item.days_late, item.patient.family_name, item.patient.number, item.drug)
        )
    )


def _of_plan(plan: Plan, library: Library) -> Iterator[OverdueDose]:
    today, named = plan.request.today, set[tuple[str, str]]()
    for item in sorted(plan.administrations, key=lambda one: one.due):
        key = (item.course, item.drug)
        if item.role != "treatment" or item.status in NOT_COMING or item.status == "given" or key in named:
            continue
        if (item.date or item.due) < today:
            named.add(key)
            yield _overdue(item, plan, library)


def _overdue(item: Administration, plan: Plan, library: Library) -> OverdueDose:
    today = plan.request.today
    given = [
        one.date
        for one in plan.administrations
        if one.course == item.course and one.drug == item.drug and one.status == "given" and one.date is not None
    ]
    last = max(given, default=_taken_over(item, plan))
    part = part_of(item, library)
    orders = (order for phase in part.phases for order in phase.orders if order.drug == item.drug)
    chosen = {choice.key: choice.value for choice in plan.choices if choice.course == item.course}
    reloads = (
        rule.from_days
        for order in orders
        for rule in order.reload
        if not rule.decision or chosen.get(rule.decision) == rule.if_decided
    )
    return OverdueDose(
        patient=plan.request.patient,
        course=item.course,
        drug=item.drug,
        number=item.number,
        due=item.due,
        window_until=item.window[1],
        days_late=(today - item.due).days,
        days_beyond=max((today - item.window[1]).days, 0),
        since_last=(today - last).days if last is not None else None,
        limit=timing_in(part, item.phase, library).maximum_days,
        reload_from=min(reloads, default=None),
        recorded=bool(given),
    )


def _taken_over(item: Administration, plan: Plan) -> date | None:
    """The dose given before the course was taken over, for the first one planned here."""
    course = next(course for course in plan.request.courses if course.id == item.course)
    return getattr(course, "last_given", None)
