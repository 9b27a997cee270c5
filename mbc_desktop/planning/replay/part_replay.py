"""One clock of a course on real dates, a cycle at a time: its visits, its tablets, and what moves the cycle after it."""

from __future__ import annotations

from datetime import date, timedelta

from mbc_desktop.core.interval import Interval
from mbc_desktop.dosing.escalation import EarlierDose, escalation_rule
from mbc_desktop.planning.dates.clock import Clock
from mbc_desktop.planning.dates.fixed_weekdays import on_fixed_weekdays
from mbc_desktop.planning.replay.course_record import CourseRecord, OpenCycle
from mbc_desktop.planning.replay.course_setting import CourseSetting, in_cycle
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.planning.replay.take_period import TakeContext, take_periods
from mbc_desktop.planning.replay.visit_replay import VisitReplay
from mbc_desktop.planning.request import Target
from mbc_desktop.regimen.regimen import Order, Part

_ONE_DAY = timedelta(days=1)

LONGEST_MOVE_DAYS = 366
"""No dose is looked for further behind the horizon."""


class PartReplay:
    """Replays one part from its first cycle on. What it has done can be marked, and taken back to a mark."""

    def __init__(self, setting: CourseSetting, part: Part, record: CourseRecord, *, first_cycle: int) -> None:
        self._setting = setting
        self._part = part
        self._record = record
        self._clock = Clock(part, start=setting.course.start, first_cycle=first_cycle, chosen=setting.chosen)
        self._visits = VisitReplay(setting, part, record)
        self._ended = False
        self.drugs = drugs_of_part(part)

    @property
    def cycle(self) -> int:
        """The number of the cycle that comes next."""
        return self._clock.cycle

    @property
    def due(self) -> date:
        """The first day of the cycle that comes next, after events."""
        return self._clock.due

    def mark(self) -> PartReplay:
        """This replay as it stands now; its records are shared, so it can only be returned to (`back_to`), not run on."""
        kept = object.__new__(PartReplay)
        kept.__dict__.update(self.__dict__)
        kept._clock, kept._visits, kept._record = self._clock.copy(), self._visits.copy(), self._record.mark()
        return kept

    def back_to(self, mark: PartReplay) -> None:
        """Takes back everything since the mark."""
        self._clock, self._visits, self._ended = mark._clock.copy(), mark._visits.copy(), mark._ended
        self._record.back_to(mark._record)

    def step(self) -> bool:
        """Plans the next cycle; false when there is none inside the plan."""
        clock, record, phase = self._clock, self._record, self._clock.phase
        beyond = clock.due > self._setting.request.horizon
        if phase is None or self._is_over() or (beyond and not self.awaits(self._setting.request.horizon)):
            return False
        cycle = OpenCycle(part=self._part, phase=phase, cycle=clock.cycle, nominal=clock.nominal, due=clock.due)
        self._visits.run(clock, cycle)
        self._run_tablets(cycle)
        if not beyond or cycle.visits:
            record.close(cycle)
        changed = self._new_interval() if self._setting.events else None
        # Compared as intervals: the next date of a month-end anchor (31, 28, 31) would look like a change each time.
        if changed is not None and clock.every is not None and changed != clock.every:
            clock.change_interval(changed)
        self._ended = not clock.advance()
        if not self._ended:
            clock.enter_phase()
        return True

    def _new_interval(self) -> Interval | None:
        """The interval that an event gives to the cycles after this one."""
        number = max((self._record.count(drug) for drug in self.drugs), default=0) + 1
        return self._setting.events.new_interval(self.drugs, next_number=number, next_cycle=self._clock.cycle + 1)

    def awaits(self, day: date) -> bool:
        """Whether a dose that is due after that day was moved or given before it: it belongs to what comes until then."""
        return (self._clock.due - day).days <= LONGEST_MOVE_DAYS and any(
            (event.to or event.given_on or date.max) <= day
            for event in self._setting.events.of_kind("move", "given")
            if self._is_ahead(event.target)
        )

    def _is_ahead(self, target: Target) -> bool:
        """Whether an event is about a dose, or a whole cycle, that has not been planned yet."""
        if target.number is None:
            return target.drug in ("", *self.drugs) and (target.cycle or 0) >= self._clock.cycle
        return target.drug in self.drugs and target.number > self._record.count(target.drug)

    def _is_over(self) -> bool:
        course, clock = self._setting.course, self._clock
        return (
            self._ended
            or (course.until is not None and clock.due > course.until)
            or (course.cycles is not None and clock.cycle > course.cycles)
        )

    def _run_tablets(self, cycle: OpenCycle) -> None:
        setting, record = self._setting, self._record
        for order in cycle.phase.orders:
            take = order.take
            if take is None or not in_cycle(order, cycle.cycle):
                continue
            if order.role != "treatment" and cycle.cancelled:
                continue
            number = record.number(order.drug)
            occasion = _occasion(order, cycle, number)
            if order.role == "treatment":
                setting.events.meet(occasion)
                if self._visits.delay_tablets(self._clock, cycle, occasion):
                    occasion = _occasion(order, cycle, number)
                    record.extend_rest(order.drug, min(occasion.due - _ONE_DAY, self._last_day_of(order.drug)))
            day_1 = cycle.due if order.role == "treatment" or cycle.visit is None else cycle.visit
            context = TakeContext(
                course=setting.course,
                regimen=setting.regimen,
                occasion=occasion,
                day_1=day_1,
                next_day_1=_next_intake(order, cycle) or self._clock.next_due(),
                horizon=setting.request.horizon,
                today=setting.request.today,
                earlier=self._earlier(order, cycle),
            )
            periods, found = take_periods(order, take, context, setting.events, setting.desk)
            periods, refused = on_fixed_weekdays(order, occasion.due, periods, setting.chosen)
            record.add_intakes(periods)
            record.note((*found, *refused))
            if order.role == "treatment":
                record.meet(occasion)

    def _last_day_of(self, drug: str) -> date:
        """The last day on which a drug may be taken or rested from: behind it nothing comes back."""
        ceased, until = self._setting.events.ceased_from(drug), self._setting.course.until or date.max
        return until if ceased is None else min(until, ceased - _ONE_DAY)

    def _earlier(self, order: Order, cycle: OpenCycle) -> tuple[EarlierDose, ...]:
        """The doses of the drug that were taken before this cycle, with what each was ordered at; only for a drug that goes up
        after the first ones."""
        if escalation_rule(self._setting.library.drugs[order.drug]) is None:
            return ()
        return tuple(
            EarlierDose(day=period.first, ordered=other.dose.amount)
            for period in self._record.taken(order.drug)
            for other in cycle.phase.orders
            if other.drug == order.drug and other.dose.kind == "per_m2" and in_cycle(other, period.cycle)
        )


def drugs_of_part(part: Part) -> tuple[str, ...]:
    """The treatment drugs of one part, in order of first mention."""
    orders = (order for phase in part.phases for order in phase.orders)
    return tuple(dict.fromkeys(order.drug for order in orders if order.role == "treatment"))


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
