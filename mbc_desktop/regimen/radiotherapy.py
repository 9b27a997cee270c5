"""A radiotherapy course: n fractions of d Gy, daily or spaced, with the regions it is meant for and what each region asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.drug import HistoryLine, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRule:
    """A region this scheme is used for; `advice` are codes of notes and questions shown with it (neurosurgery_question,
    dexamethasone_first ...). `location`: inside the region the scheme is used only there ("peripheral" or "central" in the
    lung)."""

    region: str
    source: str
    grade: Grade
    advice: tuple[str, ...] = ()
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RadiotherapyScheme:
    """One course as schedules/radiotherapy/<id>.toml gives it; `fractions` and `dose_gy` are None for the free course.
    Spaced courses: least number of calendar days between fractions, most per ISO week, and the gaps from which on it is
    questioned or stopped; where they come from is `spacing_source`, for the guideline gives the fractions only."""

    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    section: str
    fractions: int | None
    dose_gy: Decimal | None
    pattern: Literal["daily", "spaced"]
    regions: tuple[RegionRule, ...]
    source: str
    grade: Grade
    history: tuple[HistoryLine, ...]
    min_gap_days: int = 1
    per_week: int | None = None
    per_week_options: tuple[int, ...] = ()
    warn_gap_days: int | None = None
    stop_gap_days: int | None = None
    spacing_source: str = ""
    spacing_grade: Grade | None = None
    search: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    valid_until: date | None = None
