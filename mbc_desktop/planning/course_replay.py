"""One drug course on real dates: every administration and every tablet period of its parts, as a replay of template and
events."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.clock import Clock
from mbc_desktop.planning.course_plan import CoursePlan, PlannedCycle
from mbc_desktop.planning.date_findings import date_findings
from mbc_desktop.planning.decisions import Answers
from mbc_desktop.planning.dose_desk import DoseDesk, Released, given_dose
from mbc_desktop.planning.event_lookup import CourseEvents, Occasion, level_number, omits
from mbc_desktop.planning.placement import Placed, place, window
from mbc_desktop.planning.plan import Administration, AdministrationStatus, Dose, TakePeriod
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.planning.take_period import TakeContext, take_periods
from mbc_desktop.planning.working_days import OpenDays
from mbc_desktop.regimen.dose_rules import Timing
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order, Part, Phase, Regimen


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
        desk: DoseDesk,
        hospital: OpenDays,
    ) -> None:
        self._request = request
        self._course = course
        self._regimen = regimen
        self._library = library
        self._desk = desk
        self._hospital = hospital
        self._chosen = answers.chosen
        self._events = CourseEvents(course.id, request.events)
        self._used: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._administrations: list[Administration] = []
        self._intakes: list[TakePeriod] = []
        self._cycles: list[PlannedCycle] = []
        self._findings: list[Finding] = []

    def run(self, first_cycle: int) -> CoursePlan:
        """All parts, from `first_cycle` on."""
        for part in self._regimen.parts:
            self._run_part(part, first_cycle)
        return CoursePlan(
            administrations=tuple(self._administrations),
            intakes=tuple(self._intakes),
            cycles=tuple(self._cycles),
            findings=tuple(self._findings),
        )

    def _run_part(self, part: Part, first_cycle: int) -> None:
        clock = Clock(part, start=self._course.start, first_cycle=first_cycle, chosen=self._chosen)
        previous = self._course.last_given if _has_visits(part) else None
        drugs = tuple(dict.fromkeys(order.drug for phase in part.phases for order in phase.orders))
        while (phase := clock.phase()) is not None:
            if clock.due > self._request.horizon or self._is_over(clock):
                return
            start = _Cycle(part=part, phase=phase, cycle=clock.cycle, nominal=clock.nominal, due=clock.due)
            previous = self._run_visits(clock, start, previous)
            self._run_tablets(clock, start)
            self._cycles.append(start.planned())
            coming = clock.next_due()
            if coming is not None:
                number = max((self._counts[drug] for drug in drugs), default=0) + 1
                changed = self._events.new_interval(drugs, next_number=number, next_due=coming)
                # Compared as intervals: the next date of a month-end anchor (31, 28, 31) would look like a change each time.
                if changed is not None and changed != clock.every:
                    clock.change_interval(changed)
            if not clock.advance():
                return
            clock.enter_phase()

    def _is_over(self, clock: Clock) -> bool:
        course = self._course
        return (course.until is not None and clock.due > course.until) or (
            course.cycles is not None and clock.cycle > course.cycles
        )

    def _run_visits(self, clock: Clock, start: _Cycle, previous: date | None) -> date | None:
        """Every visit of one cycle, day by day; gives the real day of the last one."""
        orders = [order for order in start.phase.orders if order.days and _in_cycle(order, start.cycle)]
        shift = 0
        for day in sorted({day for order in orders for day in order.days}):
            group = sorted((order for order in orders if day in order.days), key=lambda order: order.sequence)
            visit = _Visit(
                day=day, nominal=start.nominal + timedelta(days=day - 1), due=start.due + timedelta(days=day - 1 + shift)
            )
            shift += self._delay_group(clock, group, start, visit)
            timing = self._timing(start.part, start.phase)
            previous = self._place_group(clock, group, start, visit, timing, previous)
            shift += visit.reanchored
        return previous

    def _delay_group(self, clock: Clock, group: list[Order], start: _Cycle, visit: _Visit) -> int:
        """Delays with a lasting scope move the whole clock (or the rest of the cycle); gives the days they add within
        this cycle."""
        moved = 0
        for order in group:
            occasion = Occasion(drug=order.drug, number=self._counts[order.drug] + 1, cycle=start.cycle, due=visit.due)
            for event in (*self._events.about(occasion, "delay"), *self._events.first_from(occasion, "delay", self._used)):
                if event.scope == "this" or event.days is None or event.id in visit.seen:
                    continue
                visit.seen.add(event.id)
                visit.due += timedelta(days=event.days)
                moved += event.days
                if event.scope == "rest_of_treatment":
                    clock.delay(event.days)
        return moved

    def _place_group(
        self, clock: Clock, group: list[Order], start: _Cycle, visit: _Visit, timing: Timing, previous: date | None
    ) -> date | None:
        placed = place(visit.due, timing, self._hospital, earliest=self._course.start, previous=previous)
        real = placed.date
        for order in group:
            if order.role == "treatment" and self._beyond(visit.due):
                continue
            made = self._administration(order, start, visit, timing, placed, previous)
            self._administrations.append(made)
            if made.status == "given" and made.date is not None:
                real = made.date
        if real is not None and not self._beyond(visit.due):
            start.visits[visit.day] = real
        self._reanchor(clock, visit, timing, placed.date, real)
        return real or previous

    def _reanchor(self, clock: Clock, visit: _Visit, timing: Timing, planned: date | None, real: date | None) -> None:
        """The next interval counts from the real day when the drug's anchor is the actual one, or when a dose was given
        outside its window."""
        if real is None:
            return
        off = (real - visit.due).days
        low, high = timing.window
        if off and (timing.anchor == "actual" or (real != planned and not low <= off <= high)):
            clock.delay(off)
            visit.reanchored = off

    def _beyond(self, due: date) -> bool:
        return due > self._request.horizon or (self._course.until is not None and due > self._course.until)

    def _administration(
        self, order: Order, start: _Cycle, visit: _Visit, timing: Timing, placed: Placed, previous: date | None
    ) -> Administration:
        self._counts[order.drug] += 1
        occasion = Occasion(drug=order.drug, number=self._counts[order.drug], cycle=start.cycle, due=visit.due)
        due, placed = self._own_date(occasion, visit.due, placed, timing, previous)
        outcome = self._outcome(order, occasion, due, placed.date)
        if outcome.status not in ("given", "omitted", "ceased", "held"):
            self._note(date_findings(occasion, due, placed, self._request.absences))
        return Administration(
            course=self._course.id, regimen=self._regimen.id, drug=order.drug, route=order.route, part=start.part.id,
            phase=start.phase.id, cycle=start.cycle, day=visit.day, number=occasion.number, nominal=visit.nominal, due=due,
            date=outcome.date, window=window(due, timing, earliest=self._course.start), status=outcome.status, dose=outcome.dose,
            role=order.role,
        )  # fmt: skip

    def _own_date(
        self, occasion: Occasion, due: date, placed: Placed, timing: Timing, previous: date | None
    ) -> tuple[date, Placed]:
        """A delay of this one or a move touches only this administration, not the clock."""
        for event in (*self._events.about(occasion, "delay", "move"), *self._events.first_from(occasion, "move", self._used)):
            if event.kind == "move" and event.to is not None:
                due, placed = event.to, Placed(date=event.to)
            elif event.kind == "delay" and event.scope == "this" and event.days is not None:
                due += timedelta(days=event.days)
                placed = place(due, timing, self._hospital, earliest=self._course.start, previous=previous)
        return due, placed

    def _outcome(self, order: Order, occasion: Occasion, due: date, where: date | None) -> _Outcome:
        given = next(self._events.about(occasion, "given"), None)
        ceased = self._events.ceased_from(order.drug)
        if given is not None and given.given_on is not None:
            computed = self._released(order, occasion, given.given_on).dose
            dose = given_dose(given.amount, computed) if given.amount else computed
            return _Outcome("given", given.given_on, dose)
        if ceased is not None and due >= ceased:
            return _Outcome("ceased", where, None)
        if self._is_omitted(occasion):
            return _Outcome("omitted", where, None)
        if self._events.held_on(order.drug, where or due):
            return _Outcome("held", where, None)
        released = self._released(order, occasion, where or due)
        self._note(released.findings)
        return _Outcome(released.status, where, released.dose)

    def _released(self, order: Order, occasion: Occasion, day: date) -> Released:
        level = self._events.in_force(occasion, "dose_level")
        ordered = self._events.in_force(occasion, "dose")
        return self._desk.released(
            order, day, level=level_number(level), ordered=ordered.amount if ordered else None, first=occasion.number == 1
        )

    def _is_omitted(self, occasion: Occasion) -> bool:
        earlier = {item.number: item.cycle for item in self._administrations if item.drug == occasion.drug}
        if any(omits(event, occasion, cycle_of=earlier) for event in self._events.of_kind("omit")):
            return True
        return any(True for _ in self._events.first_from(occasion, "omit", self._used))

    def _run_tablets(self, clock: Clock, start: _Cycle) -> None:
        orders = [order for order in start.phase.orders if order.take is not None and _in_cycle(order, start.cycle)]
        for order in orders:
            follows_visit = order.role != "treatment" and start.visit is not None
            if order.role == "treatment":
                self._counts[order.drug] += 1
                self._slip(clock, order, start)
            context = TakeContext(
                course=self._course, regimen=self._regimen.id, part=start.part.id, cycle=start.cycle,
                day_1=start.visit if follows_visit and start.visit else start.due, next_day_1=clock.next_due(),
                horizon=self._request.horizon, today=self._request.today, number=self._counts[order.drug],
            )  # fmt: skip
            periods, found = take_periods(order, context, self._events, self._desk)
            self._intakes += periods
            self._note(found)

    def _slip(self, clock: Clock, order: Order, start: _Cycle) -> None:
        """A delayed tablet cycle moves as a whole; with scope "this" or "rest of cycle" too, because a cycle cannot run
        into the next."""
        occasion = Occasion(drug=order.drug, number=self._counts[order.drug], cycle=start.cycle, due=start.due)
        for event in (*self._events.about(occasion, "delay"), *self._events.first_from(occasion, "delay", self._used)):
            if event.days is not None:
                clock.delay(event.days)
                start.due += timedelta(days=event.days)

    def _timing(self, part: Part, phase: Phase) -> Timing:
        drug = dict(part.timing_by_phase).get(phase.id, part.timing_of)
        rules = self._library.drugs[drug].timing
        return next((rule for rule in rules if rule.phase == phase.id), next(rule for rule in rules if rule.phase == ""))

    def _note(self, found: tuple[Finding, ...]) -> None:
        self._findings += [replace(item, course=self._course.id) for item in found]


@dataclass(slots=True, kw_only=True)
class _Cycle:
    """A cycle while it is being planned."""

    part: Part
    phase: Phase
    cycle: int
    nominal: date
    due: date
    visits: dict[int, date] = field(default_factory=dict)

    @property
    def visit(self) -> date | None:
        return next(iter(self.visits.values()), None)

    def planned(self) -> PlannedCycle:
        return PlannedCycle(
            part=self.part,
            phase=self.phase,
            cycle=self.cycle,
            nominal=self.nominal,
            due=self.due,
            visits=tuple(self.visits.items()),
        )


@dataclass(slots=True, kw_only=True)
class _Visit:
    day: int
    nominal: date
    due: date
    reanchored: int = 0
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Outcome:
    status: AdministrationStatus
    date: date | None
    dose: Dose | None


def _has_visits(part: Part) -> bool:
    return any(order.days for phase in part.phases for order in phase.orders)


def _in_cycle(order: Order, cycle: int) -> bool:
    first, last = order.cycles
    return cycle >= first and (last is None or cycle <= last)
