"""One drug course on real dates: every administration and every tablet period of its parts, as a replay of template and
events."""

from __future__ import annotations

from datetime import date, timedelta

from mbc_desktop.planning.clock import Clock
from mbc_desktop.planning.course_plan import CoursePlan
from mbc_desktop.planning.course_record import CourseRecord, OpenCycle
from mbc_desktop.planning.decisions import Answers
from mbc_desktop.planning.dose_desk import NO_DOSES, Desk
from mbc_desktop.planning.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.event_targets import Targeted, targeted
from mbc_desktop.planning.fixed_weekdays import on_fixed_weekdays
from mbc_desktop.planning.occasion import Occasion
from mbc_desktop.planning.procedures import DrugPause, pauses_of
from mbc_desktop.planning.request import DrugCourse, Event, Request
from mbc_desktop.planning.take_period import TakeContext, take_periods
from mbc_desktop.planning.visit_replay import CourseSetting, VisitReplay, in_cycle
from mbc_desktop.planning.working_days import OpenDays
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order, Part, Regimen, drugs_of, ends_with
from mbc_desktop.regimen.site import Unit

_ONE_DAY = timedelta(days=1)

LONGEST_MOVE_DAYS = 366
"""No dose is looked for further behind the horizon."""


class CourseReplay:
    """Replays one course: template, then events, then closed days."""

    def __init__(
        self,
        request: Request,
        course: DrugCourse,
        regimen: Regimen,
        answers: Answers,
        *,
        library: Library,
        open_days: OpenDays,
        place: Unit = "day_hospital",
    ) -> None:
        self._request = request
        self._course = course
        self._regimen = regimen
        self._chosen = answers.chosen
        self._library = library
        self._place = place
        self._open_days = open_days
        self._pauses = pauses_of(request, drugs_of(regimen), library)

    @property
    def pauses(self) -> tuple[DrugPause, ...]:
        """The drugs of the course that pause around procedures."""
        return self._pauses

    def targeted(self, first_cycle: int) -> Targeted:
        """The course's events with the number of the administration that each is about."""
        drugs = drugs_of(self._regimen)
        return targeted(
            events_of(self._course.id, self._request.events),
            lambda events: self.run(first_cycle, events, NO_DOSES).occasions,
            drugs=drugs,
            with_levels=frozenset(drug for drug in drugs if self._library.drugs[drug].levels is not None),
        )

    def run(self, first_cycle: int, events: tuple[Event, ...], desk: Desk) -> CoursePlan:
        """All parts, from `first_cycle` on; `events` as `targeted` gives them."""
        record = CourseRecord(self._course.id, self._course.last_given)
        setting = CourseSetting(
            request=self._request,
            course=self._course,
            regimen=self._regimen.id,
            library=self._library,
            desk=desk,
            place=self._place,
            open_days=self._open_days,
            events=CourseEvents(events, ends_with=ends_with(self._regimen), pauses=self._pauses),
            chosen=self._chosen,
        )
        for part in self._regimen.parts:
            self._run_part(part, first_cycle, setting, record)
        return record.plan()

    def _run_part(self, part: Part, first_cycle: int, setting: CourseSetting, record: CourseRecord) -> None:
        clock = Clock(part, start=self._course.start, first_cycle=first_cycle, chosen=self._chosen)
        visits = VisitReplay(setting, part, record)
        drugs = tuple(dict.fromkeys(order.drug for phase in part.phases for order in phase.orders if order.role == "treatment"))
        while (phase := clock.phase()) is not None:
            beyond = clock.due > self._request.horizon
            if self._is_over(clock) or (beyond and not self._is_awaited(clock, drugs, setting, record)):
                return
            cycle = OpenCycle(part=part, phase=phase, cycle=clock.cycle, nominal=clock.nominal, due=clock.due)
            visits.run(clock, cycle)
            self._run_tablets(clock, cycle, setting, visits, record)
            if not beyond or cycle.visits:
                record.close(cycle)
            number = max((record.count(drug) for drug in drugs), default=0) + 1
            changed = setting.events.new_interval(drugs, next_number=number, next_cycle=clock.cycle + 1)
            # Compared as intervals: the next date of a month-end anchor (31, 28, 31) would look like a change each time.
            if changed is not None and clock.every is not None and changed != clock.every:
                clock.change_interval(changed)
            if not clock.advance():
                return
            clock.enter_phase()

    def _is_awaited(self, clock: Clock, drugs: tuple[str, ...], setting: CourseSetting, record: CourseRecord) -> bool:
        """Whether a dose that is due after the horizon was moved or given before it: it belongs to the plan."""
        return (clock.due - self._request.horizon).days <= LONGEST_MOVE_DAYS and any(
            (event.to or event.given_on or date.max) <= self._request.horizon
            for event in setting.events.of_kind("move", "given")
            if event.target.drug in drugs and (event.target.number or 0) > record.count(event.target.drug)
        )

    def _is_over(self, clock: Clock) -> bool:
        course = self._course
        return (course.until is not None and clock.due > course.until) or (
            course.cycles is not None and clock.cycle > course.cycles
        )

    def _run_tablets(
        self, clock: Clock, cycle: OpenCycle, setting: CourseSetting, visits: VisitReplay, record: CourseRecord
    ) -> None:
        for order in cycle.phase.orders:
            if order.take is None or not in_cycle(order, cycle.cycle):
                continue
            if order.role != "treatment" and cycle.cancelled:
                continue
            number = record.number(order.drug)
            occasion = _occasion(order, cycle, number)
            if order.role == "treatment":
                setting.events.meet(occasion)
                if visits.delay_tablets(clock, cycle, occasion):
                    occasion = _occasion(order, cycle, number)
                    record.extend_rest(order.drug, occasion.due - _ONE_DAY)
            day_1 = cycle.due if order.role == "treatment" or cycle.visit is None else cycle.visit
            context = TakeContext(
                course=self._course,
                regimen=self._regimen.id,
                occasion=occasion,
                day_1=day_1,
                next_day_1=_next_intake(order, cycle) or clock.next_due(),
                horizon=self._request.horizon,
                today=self._request.today,
            )
            periods, found = take_periods(order, context, setting.events, setting.desk)
            periods, refused = on_fixed_weekdays(order, occasion.due, periods, self._chosen)
            record.add_intakes(periods)
            record.note((*found, *refused))
            if order.role == "treatment":
                record.meet(occasion)


def _occasion(order: Order, cycle: OpenCycle, number: int) -> Occasion:
    take = order.take
    first = cycle.due + timedelta(days=(take.first if take else 1) - 1)
    last = date.max if take is None or take.last is None else cycle.due + timedelta(days=take.last - 1)
    return Occasion(drug=order.drug, part=cycle.part.id, number=number, cycle=cycle.cycle, due=first, last=last)


def _next_intake(order: Order, cycle: OpenCycle) -> date | None:
    """The first day of the next order of the same drug in this cycle: until then, and no longer, its tablets rest."""
    own = order.take.first if order.take else 0
    following = [
        other.take.first
        for other in cycle.phase.orders
        if other.drug == order.drug and other.take is not None and other.take.first > own and in_cycle(other, cycle.cycle)
    ]
    return cycle.due + timedelta(days=min(following) - 1) if following else None
