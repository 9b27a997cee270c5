"""What has to happen before a treatment day: blood that is still valid then, the order to the pharmacy, tablets that are
fetched in time; and the port that is flushed when nobody uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from mbc_desktop.core.interval import Interval
from mbc_desktop.planning.beside.places import BLOOD
from mbc_desktop.planning.dates.local_time import draw_days
from mbc_desktop.planning.dates.working_days import OpenDays, earlier, later, open_days_before
from mbc_desktop.planning.plan import Administration, TakePeriod, Task
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.site import Unit

_ONE_DAY = timedelta(days=1)

TREATMENT_HOUR, OPENS, CLOSES = 10, 8, 17
"""Where no hour is known, a treatment begins at ten and blood is taken from eight to five."""

VALID_HOURS = {"blood_count": "blood_count_validity"}
CHEMISTRY_VALIDITY = "chemistry_validity"

FETCH_WITHIN_DAYS = 7
"""Tablets are fetched on a day on which the patient comes to the hospital anyhow, when it lies this close before the first."""


def sample_day(kind: str, treatment: date, chosen: Mapping[str, str], place: OpenDays) -> date | None:
    """The day on which blood is taken for a treatment on `treatment` where the hospital wants it before: the last open day of
    the place before it on which the result is still valid. None where it is taken on the day itself, or no earlier day fits."""
    if kind not in BLOOD or chosen.get("blood_sample_day") != "day before":
        return None
    hours = int(chosen[VALID_HOURS.get(kind, CHEMISTRY_VALIDITY)].split()[0])
    begins = datetime.combine(treatment, time(TREATMENT_HOUR))
    days = draw_days(treatment=begins, valid_hours=hours, opens=OPENS, closes=CLOSES, calendar=place)
    return max((day for day in days if day < treatment), default=None)


def plan_tasks(
    request: Request,
    administrations: tuple[Administration, ...],
    intakes: tuple[TakePeriod, ...],
    chosen: Mapping[str, str],
    units: Mapping[Unit, OpenDays],
) -> tuple[Task, ...]:
    """The orders to the pharmacy, the days to fetch tablets and to flush the port, from the day of the request on."""
    made = [
        *_orders(administrations, chosen, units["pharmacy"]),
        *_fetched(administrations, intakes, units["pharmacy"]),
        *_flushed(request, administrations, chosen, units["day_hospital"]),
    ]
    coming = (task for task in made if request.today <= task.date <= request.horizon)
    return tuple(sorted(dict.fromkeys(coming), key=lambda task: (task.date, task.kind, task.course, task.drug)))


def _orders(administrations: tuple[Administration, ...], chosen: Mapping[str, str], pharmacy: OpenDays) -> Iterator[Task]:
    """What the pharmacy prepares for the hospital is ordered a number of its open days before."""
    lead = chosen.get("pharmacy_order") or "day of treatment"
    count = int(lead.split()[0]) if lead[0].isdigit() else 0
    ordered: dict[date, date | None] = {}
    for item in administrations:
        if item.date is None or item.status in NOT_COMING or item.status == "given" or item.place != "day_hospital":
            continue
        if item.date not in ordered:
            ordered[item.date] = open_days_before(item.date, count, pharmacy)
        day = ordered[item.date]
        if day is not None and item.role == "treatment":
            yield Task(kind="pharmacy_order", place="pharmacy", date=day, course=item.course, drug=item.drug, before=item.date)


def _fetched(administrations: tuple[Administration, ...], intakes: tuple[TakePeriod, ...], pharmacy: OpenDays) -> Iterator[Task]:
    """Tablets of each cycle are fetched before its first day: on a visit of the week before on which the pharmacy is open, else
    on the pharmacy's last open day before."""
    visits = {
        item.date for item in administrations if item.date and item.place == "day_hospital" and item.status not in NOT_COMING
    }
    begun: set[tuple[str, str, int]] = set()
    for period in sorted(intakes, key=lambda item: item.first):
        cycle = (period.course, period.drug, period.cycle)
        if period.role != "treatment" or period.status in ("held", "ceased") or cycle in begun:
            continue
        begun.add(cycle)
        near = [period.first - timedelta(days=days) for days in range(1, FETCH_WITHIN_DAYS + 1)]
        day = next((day for day in near if day in visits and pharmacy.is_open(day)), None) or earlier(near[0], pharmacy)
        if day is not None:
            yield Task(
                kind="tablet_pick_up", place="pharmacy", date=day, course=period.course, drug=period.drug, before=period.first
            )


def _flushed(
    request: Request, administrations: tuple[Administration, ...], chosen: Mapping[str, str], hospital: OpenDays
) -> Iterator[Task]:
    """A port that no infusion uses for as long as the hospital's interval is flushed: on a visit before, if there is one, else
    on an open day of its own, and after the interval only where the hospital is closed for all of it."""
    placed, every = request.facts.port_placed_on, chosen.get("port_flush")
    if placed is None or not every or every == "none":
        return
    interval = Interval(int(every.split()[0]), "days")
    coming = [item for item in administrations if item.date and item.status not in NOT_COMING]
    used = sorted({item.date for item in coming if item.date and item.route == "IV" and item.date >= placed})
    visits = sorted({item.date for item in coming if item.date and item.place == "day_hospital"})
    last = placed
    while (due := interval.after(last, 1)) <= request.horizon:
        infusion = next((day for day in used if last < day <= due), None)
        if infusion is not None:
            last = max(day for day in used if last < day <= due)
            continue
        shared = [day for day in visits if last < day <= due and (due - day).days <= FETCH_WITHIN_DAYS]
        day = shared[-1] if shared else earlier(due, hospital)
        if day is None or day <= last:
            day = later(due, hospital)
        if day is None:
            return
        yield Task(kind="port_flush", place="day_hospital", date=day, course="", drug="", before=due)
        last = day
