"""The occasions of a course in the plan of the events entered so far, planned only as far as a new event asks, and planned again
only from the cycle that it changes. Sixty doses recorded one after the other cost one plan, not sixty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mbc_desktop.planning.replay.course_record import CourseRecord
from mbc_desktop.planning.replay.course_setting import CourseSetting
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.planning.replay.part_replay import PartReplay
from mbc_desktop.planning.request import Event
from mbc_desktop.regimen.regimen import Part


class _Walked:
    """One part, with a mark before each of its cycles."""

    def __init__(self, setting: CourseSetting, part: Part, record: CourseRecord, first_cycle: int) -> None:
        self.replay = PartReplay(setting, part, record, first_cycle=first_cycle)
        self.record = record
        self.marks: list[PartReplay] = []

    def step(self) -> bool:
        """One cycle further; False when the part is over."""
        mark = self.replay.mark()
        if not self.replay.step():
            return False
        self.marks.append(mark)
        return True

    def cycle_of(self, drug: str, number: int) -> int | None:
        """The cycle in which a dose has been planned; None when it has not."""
        found = (item.cycle for item in reversed(self.record.occasions) if (item.drug, item.number) == (drug, number))
        return next(found, None)

    def back_before(self, cycle: int) -> None:
        """Takes this cycle back and everything after it."""
        keep = next((at for at, mark in enumerate(self.marks) if mark.cycle >= cycle), None)
        if keep is not None:
            self.replay.back_to(self.marks[keep])
            del self.marks[keep:]


class OccasionWalk:
    """The occasions of one course, part by part: no drug is in two of them."""

    def __init__(self, setting: CourseSetting, parts: tuple[Part, ...], *, first_cycle: int) -> None:
        self._setting = setting
        self._parts = [
            _Walked(setting, part, CourseRecord(setting.course.id, setting.course.last_given), first_cycle) for part in parts
        ]

    def add(self, events: Sequence[Event]) -> None:
        """The plan now holds these events too: what they change is planned again."""
        for event in events:
            for walked in self._parts:
                _rewind(walked, event)
        self._setting.events.add(events)

    def until(self, day: date) -> list[Occasion]:
        """All occasions that are due up to that day, and perhaps some more."""
        for walked in self._parts:
            while (walked.replay.due <= day or walked.replay.awaits(day)) and walked.step():
                pass
        return self._known()

    def next_of_each(self, day: date) -> list[Occasion]:
        """All occasions up to the first one of each drug that lies after that day and was not given, and perhaps some more."""
        self.until(day)
        for walked in self._parts:
            while not _has_next(walked, day) and walked.step():
                pass
        return self._known()

    def _known(self) -> list[Occasion]:
        return [occasion for walked in self._parts for occasion in walked.record.occasions]


def _rewind(walked: _Walked, event: Event) -> None:
    target = event.target
    if target.drug and target.drug not in walked.replay.drugs:
        return
    if target.number is None:
        # About a whole cycle, or a hold or an end that reaches any dose. An interval that changes is seen a cycle before.
        walked.back_before((target.cycle or 0) - 1)
    elif (cycle := walked.cycle_of(target.drug, target.number)) is not None:
        walked.back_before(cycle - 1 if event.kind == "interval" else cycle)
    elif event.kind == "interval":
        # The dose still has to be planned, and its interval is decided by the last cycle that has been.
        walked.back_before(walked.replay.cycle - 1)


def _has_next(walked: _Walked, day: date) -> bool:
    """Whether of each drug one lies ahead, and no cycle that still has to be planned can hold an earlier one."""
    first: dict[str, date] = {}
    for item in walked.record.occasions:
        if item.due > day and not item.given:
            first[item.drug] = min(first.get(item.drug, item.due), item.due)
    next_due = walked.replay.due
    return all(drug in first and first[drug] < next_due for drug in walked.replay.drugs) and not walked.replay.awaits(
        max(first.values(), default=day)
    )
