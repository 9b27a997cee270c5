"""The plan: frozen results with codes and values, no prose. Calendar, sheets, screen and exports are views of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.finding import Finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.dosing.dose import Derived, Dose, Give, Step
from mbc_desktop.dosing.gates import GateItem
from mbc_desktop.planning.intrathecal import IntrahepaticNote, IntrathecalDay
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.approval import ApprovalStatus
from mbc_desktop.regimen.site import Unit
from mbc_desktop.regimen.support import SupportPart

__all__ = [
    "Administration",
    "AdministrationStatus",
    "CheckUp",
    "Choice",
    "ClosedDay",
    "CourseApproval",
    "Derived",
    "Dose",
    "Fraction",
    "Give",
    "Plan",
    "Step",
    "SupportItem",
    "TakePeriod",
    "Task",
    "Visit",
]

Day = date
"""A name for the type inside records that have a field called date."""

AdministrationStatus = Literal["planned", "provisional", "withheld", "given", "omitted", "ceased", "held"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """One drug given on one day in one place, the day hospital unless the course says otherwise. `nominal` is the template's
    day, `due` after events, `date` after closures (None when no open day lies in the window). `dose` is None while withheld.
    `number` is the nth of this drug in this course; `locked` = given."""

    course: str
    regimen: str
    drug: str
    route: str
    part: str
    phase: str
    cycle: int
    day: int
    number: int
    nominal: Day
    due: Day
    date: Day | None
    window: tuple[Day, Day]
    status: AdministrationStatus
    dose: Dose | None
    role: Literal["treatment", "premedication", "support"] = "treatment"
    place: Unit = "day_hospital"
    gate: tuple[GateItem, ...] = ()
    """For one that is due: what every rule of the day says."""

    @property
    def id(self) -> str:
        """course/drug/number, unique in the plan."""
        return f"{self.course}/{self.drug}/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePeriod:
    """Tablets at home from one day to another, inclusive, and the rest days that follow them (None = no rest). `units`
    counts the tablets of the period, all strengths together. `open` = goes on without end; `last` is then the horizon."""

    course: str
    regimen: str
    drug: str
    part: str
    cycle: int
    first: date
    last: date
    rest: tuple[date, date] | None
    dose: Dose | None
    units: Decimal | None
    open: bool
    status: Literal["planned", "provisional", "withheld", "held", "ceased"]
    role: Literal["treatment", "premedication", "support"] = "treatment"
    gate: tuple[GateItem, ...] = ()

    @property
    def id(self) -> str:
        """course/drug/first day, unique in the plan."""
        return f"{self.course}/{self.drug}/{self.first.isoformat()}"

    @property
    def until(self) -> date:
        """The last day of the tablets and of the rest behind them."""
        return self.rest[1] if self.rest else self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Fraction:
    """One radiotherapy fraction. One that was missed is not gone: it is given on a later day."""

    course: str
    scheme: str
    region: str
    number: int
    of: int
    date: date
    dose: Quantity
    status: Literal["planned", "given"] = "planned"

    @property
    def id(self) -> str:
        """course/fraction/number, unique in the plan."""
        return f"{self.course}/fraction/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckUp:
    """One check (blood_count, ecg, calcium, creatinine, dental ...): the day its rule names, the day it is planned on,
    for which course and drug. `note` is the code of what the rule adds (words in sheet.toml of the texts)."""

    kind: str
    nominal: date
    date: date
    course: str
    drug: str
    source: str
    grade: Grade
    place: Unit = "laboratory"
    note: str = ""

    @property
    def id(self) -> str:
        """course/kind/date."""
        return f"{self.course}/{self.kind}/{self.date.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportItem:
    """Something beside the treatment, from one day to another, inclusive: `measure` is its code (words in support.toml of the
    texts), `drug` what calls for it. `open` = goes on without end; `last` is then the horizon. `own_words` is the hospital's own
    scheme, as it is to be printed; `parts` name drugs or classes, with an amount only where a source gives one."""

    course: str
    regimen: str
    measure: str
    drug: str
    first: date
    last: date
    open: bool
    place: Literal["home", "day_hospital"]
    parts: tuple[SupportPart, ...]
    as_needed: bool
    before_minutes: tuple[int, ...]
    own_words: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something that has to be done before a treatment day (`before`): the order to the pharmacy, tablets that the patient
    fetches, a port that is flushed. It is no visit and has no part in the plan's fingerprint."""

    kind: Literal["pharmacy_order", "tablet_pick_up", "port_flush"]
    place: Unit
    date: Day
    course: str
    drug: str
    before: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """All that happens in one unit on one day; `items` are the ids of administrations, fractions and checks."""

    date: date
    unit: Unit
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An open question of the guideline as answered for one course: by the course, by the site, or preselected and not
    confirmed."""

    course: str
    id: str
    key: str
    value: str
    given_by: Literal["course", "site", "preselected"]
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseApproval:
    """Whether the hospital has approved the regimen of a course as it is now: which version, by whom, on which day. `void` = it
    was approved, but its files have changed since; `changes` says how, in the data's own words. Without a site file nothing is
    approved."""

    course: str
    regimen: str
    status: ApprovalStatus
    version: str = ""
    by: str = ""
    on: date | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A closed day inside the plan: which unit, and why (a holiday's code, or the closure's own words)."""

    date: date
    unit: Unit
    why: str
    holiday: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LifetimeDose:
    """One administration of a drug that adds up over a lifetime (`item` is its id). `before`, `this`, `after`, `limit` and `left`
    (before it) are mg/m2 of the reference drug by the rule `equivalents`; `own_before`, `own_this`, `own_after` and
    `own_limit` are in the drug's own mg/m2. `doses_left` counts how many of these doses still fit, this one included, under
    the limit that `binds`; `doses_left_common` and `doses_left_own` under each. `own_source` and `own_grade` are of the
    drug's own limit, `source` and `grade` of the common count."""

    item: str
    course: str
    drug: str
    before: Decimal
    this: Decimal
    after: Decimal
    limit: Decimal
    left: Decimal
    doses_left: int
    doses_left_common: int
    doses_left_own: int | None
    binds: Literal["common", "own"]
    own_before: Decimal
    own_this: Decimal
    own_after: Decimal
    own_limit: Decimal | None
    equivalents: str
    source: str
    grade: Grade
    own_source: str
    own_grade: Grade

    def is_over(self) -> bool:
        """Whether this dose passes the limit that binds."""
        if self.binds == "own" and self.own_limit is not None:
            return self.own_after > self.own_limit
        return self.after > self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole plan, sorted by date. `code` is the printed form of `fingerprint`. `findings` ask for somebody's
    attention; a normal plan has none above info. `notes` are what always goes with these drugs and courses:
    supplements, look-alikes, overall times. `support` is what goes beside the treatment, `approvals`
    says for each drug course whether the hospital has approved its regimen, `lifetime` counts the doses that add up over a
    lifetime. `intrathecal` stands apart from every other administration, on sheets of its own."""

    request: Request
    fingerprint: str
    code: str
    library_version: str
    library_fingerprint: str
    derived: tuple[Derived, ...]
    administrations: tuple[Administration, ...]
    intakes: tuple[TakePeriod, ...]
    fractions: tuple[Fraction, ...]
    checks: tuple[CheckUp, ...]
    visits: tuple[Visit, ...]
    choices: tuple[Choice, ...]
    closed_days: tuple[ClosedDay, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()
    tasks: tuple[Task, ...] = ()
    support: tuple[SupportItem, ...] = ()
    approvals: tuple[CourseApproval, ...] = ()
    lifetime: tuple[LifetimeDose, ...] = ()
    intrathecal: tuple[IntrathecalDay, ...] = ()
    intrahepatic: tuple[IntrahepaticNote, ...] = ()
