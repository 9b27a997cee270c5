"""The visits of one part of a course: on which real day each falls, what is given there, and what its day does to the rhythm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.dosing.dose_work import FULL_DOSE
from mbc_desktop.dosing.gates import GateItem
from mbc_desktop.planning.dates.clock import Clock
from mbc_desktop.planning.dates.date_findings import date_findings
from mbc_desktop.planning.dates.placement import place, window
from mbc_desktop.planning.plan import Administration, AdministrationStatus, Dose
from mbc_desktop.planning.replay.companions import with_companion
from mbc_desktop.planning.replay.course_record import CourseRecord, OpenCycle
from mbc_desktop.planning.replay.course_setting import CourseSetting, DueVisit, PhaseVisits, in_cycle, phase_visits
from mbc_desktop.planning.replay.dose_desk import Released
from mbc_desktop.planning.replay.event_lookup import level_of
from mbc_desktop.planning.replay.given_dose import given_dose
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.planning.replay.planned_visits import leading_of
from mbc_desktop.planning.replay.reload import first_after_omission, reloaded
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.dose_rules import Timing
from mbc_desktop.regimen.regimen import Order, Part, Phase


class VisitReplay:
    """Places the visits of one part, cycle after cycle."""

    def __init__(self, setting: CourseSetting, part: Part, record: CourseRecord) -> None:
        self._setting = setting
        self._part = part
        self._record = record
        self._applied: set[str] = set()
        self._phases: dict[str, PhaseVisits] = {}
        self._last_day = min(setting.course.until or setting.request.horizon, setting.request.horizon)
        self._behind = 0
        self._eventful = False

    def copy(self) -> VisitReplay:
        """The same replay, which remembers for itself which delays it has applied."""
        made = object.__new__(VisitReplay)
        made.__dict__.update(self.__dict__)
        made._applied = set(self._applied)
        return made

    def run(self, clock: Clock, cycle: OpenCycle) -> None:
        """Every visit of one cycle, day by day."""
        if not any(order.days for order in cycle.phase.orders):
            return
        self._eventful = bool(self._setting.events)
        shift, begun = 0, False
        for day, orders in self._of_phase(cycle.phase).days:
            group = [order for order in orders if in_cycle(order, cycle.cycle)]
            if not group:
                continue
            delayed = self._delay(clock, cycle, group) if self._eventful else 0
            if begun:
                shift += delayed
            else:
                cycle.due += timedelta(days=delayed)
            visit = self._visit(cycle, group, day, shift)
            if self._behind > 0 and (waits := self._waits(visit)):
                clock.delay(waits)
                shift, cycle.due = (shift + waits, cycle.due) if begun else (shift, cycle.due + timedelta(days=waits))
                visit = self._visit(cycle, group, day, shift)
                self._say_reanchored(group, visit, waits)
            leading = self._administrations(cycle, group, visit)
            shift += self._follow(clock, cycle, visit, leading)
            begun = True

    def delay_tablets(self, clock: Clock, cycle: OpenCycle, occasion: Occasion) -> int:
        """Moves a whole tablet cycle by its delays, whatever their scope, because a cycle cannot run into the next; gives the
        number of days."""
        days = sum(event.days or 0 for event in self._setting.events.about(occasion, "delay") if self._is_new(event.id))
        if days:
            clock.delay(days)
            cycle.due += timedelta(days=days)
        return days

    def _is_new(self, event: str) -> bool:
        if event in self._applied:
            return False
        self._applied.add(event)
        return True

    def _delay(self, clock: Clock, cycle: OpenCycle, group: list[Order]) -> int:
        """Delays with a lasting scope move the rest of this cycle, and the whole clock where they hold for the treatment."""
        moved = 0
        for order in group:
            if order.role != "treatment":
                continue
            for event in self._setting.events.about(self._occasion(order, cycle, cycle.due, number=0), "delay"):
                lasting = event.scope != "this" or event.target.cycle is not None
                if lasting and event.days is not None and self._is_new(event.id):
                    moved += event.days
                    if event.scope == "rest_of_treatment":
                        clock.delay(event.days)
        return moved

    def _occasion(self, order: Order, cycle: OpenCycle, due: date, *, number: int) -> Occasion:
        """The occasion of an order with this number, or with the one that comes next (0)."""
        own = number or self._record.count(order.drug) + 1
        return Occasion(drug=order.drug, part=self._part.id, number=own, cycle=cycle.cycle, due=due, last=due)

    def _visit(self, cycle: OpenCycle, group: list[Order], day: int, shift: int) -> DueVisit:
        due = cycle.due + timedelta(days=day - 1 + shift)
        timing = self._of_phase(cycle.phase).timing
        treated = [order.drug for order in group if order.role == "treatment"]
        # Premedication may come before the course's first day; nothing else may.
        earliest = self._setting.course.start if treated else min(due, self._setting.course.start)
        previous = self._record.last(*treated)
        return DueVisit(
            day=day,
            nominal=cycle.nominal + timedelta(days=day - 1),
            due=due,
            timing=timing,
            earliest=earliest,
            previous=previous,
            placed=self._place(due, timing, earliest, previous),
            window=window(due, timing, earliest=earliest),
        )

    def _waits(self, visit: DueVisit) -> int:
        """By how many days the clock has to follow the last visit, which closed days put behind its due day: only where otherwise
        no open day of the window keeps the minimum interval, and only if it then is kept."""
        if visit.previous is None or visit.placed is None or visit.timing.anchor == "actual":
            return 0
        least = timedelta(days=visit.timing.minimum_days)
        if visit.placed - visit.previous >= least:
            return 0
        later = self._place(visit.due + timedelta(days=self._behind), visit.timing, visit.earliest, visit.previous)
        return self._behind if later is not None and later - visit.previous >= least else 0

    def _say_reanchored(self, group: list[Order], visit: DueVisit, days: int) -> None:
        drug = next(order.drug for order in group if order.role == "treatment")
        number, due = str(self._record.count(drug) + 1), visit.due.isoformat()
        self._record.note((finding("re-anchored", "info", drug=drug, number=number, due=due, days=str(days)),))

    def _administrations(self, cycle: OpenCycle, group: list[Order], visit: DueVisit) -> Administration | None:
        """What is given at a visit, in its sequence; premedication shares the fate of the treatment it prepares. Gives the
        treatment that leads the visit."""
        treated = {id(order): self._treatment(order, cycle, visit) for order in group if order.role == "treatment"}
        beside = tuple(item for item, _ in treated.values())
        for order in group:
            rule = self._setting.library.drugs[order.drug].only_with
            if rule is not None and order.role == "treatment":
                treated[id(order)] = with_companion(treated[id(order)], rule, beside)
        leading = leading_of([item for item, _ in treated.values()], self._of_phase(cycle.phase).leader)
        for order in group:
            item, found = treated[id(order)] if order.role == "treatment" else self._support(order, cycle, visit, leading)
            self._record.add(item, found, kept=item.status == "given" or item.due <= self._last_day)
        return leading

    def _treatment(self, order: Order, cycle: OpenCycle, visit: DueVisit) -> tuple[Administration, tuple[Finding, ...]]:
        occasion = self._occasion(order, cycle, visit.due, number=self._record.number(order.drug))
        self._setting.events.meet(occasion)
        said: tuple[Finding, ...] = ()
        placed, moved = visit.placed, False
        if self._eventful:
            due, placed, moved = self._own_day(occasion, visit)
            occasion = occasion if due == occasion.due else replace(occasion, due=due, last=due)
        if order.reload:
            order, said = self._after_gap(order, occasion, placed)
        made, found = self._made(order, cycle, visit, occasion, placed)
        self._record.meet(replace(occasion, given=True) if made.status == "given" else occasion)
        if made.status in NOT_COMING:
            return made, ()
        about_days = date_findings(
            made,
            visit.timing,
            before=self._record.last_coming(order.drug),
            absences=self._setting.request.absences,
            moved=moved,
            is_open=self._setting.open_days.is_open,
        )
        return made, (*found, *said, *about_days)

    def _after_gap(self, order: Order, occasion: Occasion, placed: date | None) -> tuple[Order, tuple[Finding, ...]]:
        """The order (one with reload rules) as it is given so long after the last dose: a loading dose again, if need be."""
        given = next(iter(self._setting.events.about(occasion, "given")), None)
        day = (given.given_on if given else None) or placed or occasion.due
        before = self._record.last_coming(order.drug)
        if before is None and occasion.number > 1 and not self._record.has_come(order.drug):
            return first_after_omission(order, chosen=self._setting.chosen)
        gap = None if before is None else (day - before).days
        return reloaded(order, gap_days=gap, chosen=self._setting.chosen)

    def _own_day(self, occasion: Occasion, visit: DueVisit) -> tuple[date, date | None, bool]:
        """The due day, the real day, and whether a person chose it: a delay of this one or a move touches only this
        administration, not the clock."""
        due, placed, moved = visit.due, visit.placed, False
        for event in self._setting.events.about(occasion, "delay", "move"):
            if event.kind == "move" and event.to is not None:
                due, placed, moved = event.to, event.to, True
                continue
            # Lasting delays are in the visit's due day already, but one that was entered after a move comes on top of it.
            own = event.scope == "this" and event.target.cycle is None
            if event.days is not None and (own or moved):
                due += timedelta(days=event.days)
                placed, moved = self._place(due, visit.timing, visit.earliest, visit.previous), False
        return due, placed, moved

    def _place(self, due: date, timing: Timing, earliest: date, previous: date | None) -> date | None:
        return place(due, timing, self._setting.open_days, earliest=earliest, previous=previous)

    def _made(
        self, order: Order, cycle: OpenCycle, visit: DueVisit, occasion: Occasion, placed: date | None
    ) -> tuple[Administration, tuple[Finding, ...]]:
        given = next(iter(self._setting.events.about(occasion, "given")), None) if self._eventful else None
        status: AdministrationStatus
        dose: Dose | None = None
        found: tuple[Finding, ...] = ()
        gate: tuple[GateItem, ...] = ()
        day = placed
        if given is not None and given.given_on is not None:
            computed = self._released(order, occasion, given.given_on).dose
            status, day = "given", given.given_on
            dose = given_dose(given.amount, computed) if given.amount else computed
        elif self._eventful and (fate := self._setting.events.fate_of(occasion, day or occasion.due)) is not None:
            status = fate
        else:
            released = self._released(order, occasion, day or occasion.due, overdue=self._record.is_recorded(order.drug))
            status, dose, found, gate = released.status, released.dose, released.findings, released.gate
        return self._line(order, cycle, visit, occasion, status=status, day=day, dose=dose, gate=gate), found

    def _support(
        self, order: Order, cycle: OpenCycle, visit: DueVisit, leading: Administration | None
    ) -> tuple[Administration, tuple[Finding, ...]]:
        """Premedication and support: on the day of the treatment, and not given when the treatment is not."""
        due = visit.due if leading is None else leading.due
        occasion = self._occasion(order, cycle, due, number=self._record.number(order.drug))
        day = visit.placed if leading is None else leading.date
        if leading is not None and leading.status in NOT_COMING:
            return self._line(order, cycle, visit, occasion, status=leading.status, day=day, dose=None), ()
        released = self._released(order, occasion, day or due)
        return self._line(order, cycle, visit, occasion, status=released.status, day=day, dose=released.dose), released.findings

    def _line(
        self,
        order: Order,
        cycle: OpenCycle,
        visit: DueVisit,
        occasion: Occasion,
        *,
        status: AdministrationStatus,
        day: date | None,
        dose: Dose | None,
        gate: tuple[GateItem, ...] = (),
    ) -> Administration:
        own_day = occasion.due != visit.due
        around = window(occasion.due, visit.timing, earliest=visit.earliest) if own_day else visit.window
        return Administration(
            course=self._setting.course.id, regimen=self._setting.regimen, drug=order.drug, route=order.route,
            part=self._part.id, phase=cycle.phase.id, cycle=cycle.cycle, day=visit.day, number=occasion.number,
            nominal=visit.nominal, due=occasion.due, date=day, window=around, status=status, dose=dose, role=order.role,
            place=self._setting.place, gate=gate,
        )  # fmt: skip

    def _released(self, order: Order, occasion: Occasion, day: date, *, overdue: bool = False) -> Released:
        level, amount, first = FULL_DOSE, None, occasion.number == 1
        if self._eventful:
            level = level_of(self._setting.events.in_force(occasion, "dose_level", day))
            ordered = self._setting.events.in_force(occasion, "dose", day)
            amount = ordered.amount if ordered else None
        return self._setting.desk.released(order, day, level=level, ordered=amount, first=first, overdue=overdue)

    def _follow(self, clock: Clock, cycle: OpenCycle, visit: DueVisit, leading: Administration | None) -> int:
        """Keeps the visit's real day; where the next interval counts from the real day (the drug's anchor says so, or a dose was
        given outside its window) the clock follows. Gives the days by which the rest of the cycle moves."""
        if leading is None or leading.date is None:
            return 0
        if leading.status == "given" or leading.due <= self._last_day:
            cycle.visits[visit.day] = leading.date
        cycle.cancelled = cycle.cancelled or (len(cycle.visits) <= 1 and leading.status in NOT_COMING)
        low, high = visit.timing.window
        late = leading.status == "given" and not low <= (leading.date - leading.due).days <= high
        behind = (leading.date - visit.due).days
        off = behind if visit.timing.anchor == "actual" or late else 0
        # A day that a person chose for this one only stays a question to a person: nothing follows it by itself.
        chosen = leading.due != visit.due
        self._behind = 0 if chosen or leading.status in NOT_COMING else behind - off
        if off:
            clock.delay(off)
        return off

    def _of_phase(self, phase: Phase) -> PhaseVisits:
        found = self._phases.get(phase.id)
        if found is None:
            found = self._phases[phase.id] = phase_visits(self._part, phase, self._setting.library)
        return found
