"""What one drug course gives to the plan."""

from __future__ import annotations

from datetime import date

from mbc_desktop.core.finding import Finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Administration, TakePeriod
from mbc_desktop.planning.replay.occasion import Occasion
from mbc_desktop.regimen.regimen import Part, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCycle:
    """One cycle as it was planned: which part, its number, the phase, day 1 by the template and after events, and the
    real day of each of its visits by day of the cycle."""

    part: Part
    phase: Phase
    cycle: int
    nominal: date
    due: date
    visits: tuple[tuple[int, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePlan:
    """The administrations, tablet periods and findings of one course, the cycles they belong to, and its treatment drugs as
    events name them."""

    administrations: tuple[Administration, ...] = ()
    intakes: tuple[TakePeriod, ...] = ()
    cycles: tuple[PlannedCycle, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    findings: tuple[Finding, ...] = ()
