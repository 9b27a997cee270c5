"""One hospital: who it is, when its units are closed, and what it has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mbc_desktop.regimen.approval import Approval
from mbc_desktop.regimen.decision import Answer

Unit = Literal["day_hospital", "radiotherapy", "laboratory", "pharmacy", "general_practitioner", "home_nurse"]
UNITS: tuple[Unit, ...] = ("day_hospital", "radiotherapy", "laboratory", "pharmacy", "general_practitioner", "home_nurse")
HOSPITAL_UNITS = frozenset(UNITS[:4])
"""What a closure of the whole hospital closes; a general practitioner and a home nurse go on working."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Days on which a unit (or, with unit None, every unit of the hospital) is closed, first to last inclusive, and why."""

    first: date
    last: date
    unit: Unit | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraOpenDay:
    """A day on which a unit (or every unit of the hospital) works although it would be closed."""

    on: date
    unit: Unit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabRange:
    """The laboratory's own reference range of an analyte in one unit, as text-exact decimals; used where a result has none."""

    kind: str
    unit: str
    low: str
    high: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """What patients of one language read about a unit (where it is), or, without a unit, about what to bring."""

    language: Literal["nl", "fr", "de", "en"]
    text: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A hospital's identity, calendar and decisions. Without a site file the shipped preselections hold and nothing is closed
    but weekends and legal holidays."""

    name: str = ""
    unit_name: str = ""
    telephone_day: str = ""
    telephone_night: str = ""
    fever_limit: str = ""
    closures: tuple[Closure, ...] = ()
    extra_open_days: tuple[ExtraOpenDay, ...] = ()
    answers: tuple[Answer, ...] = ()
    ranges: tuple[LabRange, ...] = ()
    accepted_unconfirmed: tuple[str, ...] = ()
    directions: tuple[Direction, ...] = ()
    approvals: tuple[Approval, ...] = ()


NO_SITE = Site()
