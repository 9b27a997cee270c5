"""The visits of a plan as they move: all that one clock of a course gives on one day, with the rule by which that day may
move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Administration, Day
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.dose_rules import Timing
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """What one clock (`course`, `part`) gives on one day of a cycle: the due day after events, the real day (None: no open day),
    the window around the due day, its treatment drugs with their numbers, its timing rule, whether any of them is cytotoxic, and
    whether all have been given."""

    course: str
    part: str
    cycle: int
    day: int
    due: Day
    date: Day | None
    window: tuple[Day, Day]
    drugs: tuple[tuple[str, int], ...]
    timing: Timing
    cytotoxic: bool
    given: bool

    @property
    def clock(self) -> tuple[str, str]:
        """The course and the part whose clock it belongs to."""
        return self.course, self.part


def planned_visits(administrations: Iterable[Administration], library: Library) -> tuple[PlannedVisit, ...]:
    """Every visit in which a treatment is given, by clock, then in the order of the template."""
    groups: defaultdict[tuple[str, str, int, int], list[Administration]] = defaultdict(list)
    for item in administrations:
        if item.role == "treatment" and item.status not in NOT_COMING:
            groups[item.course, item.part, item.cycle, item.day].append(item)
    return tuple(_visit(items, part_of(items[0], library), library) for _, items in sorted(groups.items()))


def part_of(item: Administration, library: Library) -> Part:
    """The part of its regimen that an administration belongs to."""
    return next(part for part in library.regimens[item.regimen].parts if part.id == item.part)


def leader_in(part: Part, phase: str) -> str:
    """The drug that leads the clock of a part in one of its phases."""
    return dict(part.timing_by_phase).get(phase, part.timing_of)


def timing_in(part: Part, phase: str, library: Library) -> Timing:
    """The timing rule of a part in one of its phases: that of the drug which leads the clock there, for this phase or for all."""
    rules = {rule.phase: rule for rule in library.drugs[leader_in(part, phase)].timing}
    return rules.get(phase) or rules[""]


def leading_of(treated: Sequence[Administration], leader: str) -> Administration | None:
    """The treatment whose day counts for the whole visit: one that was given before one that is planned before one that is not
    given at all; of those the drug that leads the clock."""
    if len(treated) < 2:
        return treated[0] if treated else None
    return min(treated, key=lambda item: (item.status != "given", item.status in NOT_COMING, item.drug != leader))


def _visit(items: list[Administration], part: Part, library: Library) -> PlannedVisit:
    # What was given says the day of the visit; else the drug that leads the clock, as in the replay.
    leader = leader_in(part, items[0].phase)
    leading = min(items, key=lambda item: (item.status != "given", item.drug != leader))
    return PlannedVisit(
        course=leading.course,
        part=leading.part,
        cycle=leading.cycle,
        day=leading.day,
        due=leading.due,
        date=leading.date,
        window=leading.window,
        drugs=tuple((item.drug, item.number) for item in items),
        timing=timing_in(part, leading.phase, library),
        cytotoxic=any("cytotoxic" in library.drugs[item.drug].classes for item in items),
        given=all(item.status == "given" for item in items),
    )
