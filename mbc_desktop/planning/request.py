"""What a plan is computed from: the patient, the facts, the courses chosen and what has happened since. The treatment
file in memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.facts import EarlierDrug, EarlierRadiotherapy, Facts, Measurement, Patient, Sex
from mbc_desktop.planning.intrathecal import IntrahepaticNote, IntrathecalOrder
from mbc_desktop.regimen.site import Closure, ExtraOpenDay

__all__ = [
    "Absence",
    "Course",
    "DrugCourse",
    "EarlierDrug",
    "EarlierRadiotherapy",
    "Event",
    "EventKind",
    "Facts",
    "Language",
    "Measurement",
    "Patient",
    "Pin",
    "Print",
    "RadiotherapyCourse",
    "Reason",
    "Request",
    "Scope",
    "Sex",
    "Target",
]

NOTHING_KNOWN = Facts()

Language = Literal["nl", "fr", "de", "en"]
Scope = Literal["this", "rest_of_cycle", "rest_of_treatment"]
Reason = Literal["toxicity", "patient", "organisation", "intercurrent", "prescriber", "progression", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """The version and SHA-256 of the data file a running treatment was started on."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugCourse:
    """A regimen from a start date. `cycle` or `phase` with `last_given` take over a running treatment: `start` is then
    the first day planned here, `last_given` the last administration before it."""

    id: str
    regimen: str
    start: date
    cycle: int | None = None
    phase: str = ""
    last_given: date | None = None
    cycles: int | None = None
    until: date | None = None
    reference_weight: Quantity | None = None
    choices: tuple[tuple[str, str], ...] = ()
    pin: Pin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RadiotherapyCourse:
    """A radiotherapy scheme from a start date on a region; the free course carries its own fractions and dose per
    fraction (Gy)."""

    id: str
    scheme: str
    start: date
    region: str
    level: str = ""
    fractions: int | None = None
    dose_gy: Decimal | None = None
    treatment_time: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    pin: Pin | None = None


Course = DrugCourse | RadiotherapyCourse


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an event is about: the nth administration of a drug, or the one due on a day, or a fraction, or a cycle, or
    (all None) the course."""

    drug: str = ""
    number: int | None = None
    on: date | None = None
    fraction: int | None = None
    cycle: int | None = None


WHOLE_COURSE = Target()

EventKind = Literal[
    "given",
    "delay",
    "omit",
    "move",
    "hold",
    "resume",
    "cease",
    "dose_level",
    "dose",
    "interval",
    "replace",
    "progression",
    "procedure",
    "correct",
]
SCOPED: tuple[EventKind, ...] = ("delay", "omit", "dose_level", "dose")
"""The kinds whose `scope` says how far they reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened or was decided. Events apply by `on`, then in file order. Which of the fields below are
    filled follows from `kind`: given: given_on, amount, batch; delay: days, scope; omit: scope; move: to; hold, resume,
    cease, progression: day; dose_level: level, scope; dose: amount, scope; interval: every; replace: regimen, day; procedure:
    what, day; correct: event, by_event."""

    id: str
    kind: EventKind
    course: str
    on: date
    by: str
    target: Target = WHOLE_COURSE
    scope: Scope = "this"
    reason: Reason | None = None
    grade: int | None = None
    note: str = ""
    given_on: date | None = None
    amount: Quantity | None = None
    batch: str = ""
    days: int | None = None
    to: date | None = None
    day: date | None = None
    level: str = ""
    every: str = ""
    regimen: str = ""
    what: str = ""
    event: str = ""
    by_event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Days on which the patient cannot come, first to last inclusive."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A sheet that left the program: its fingerprint, which document, when, by whom, and the request it was made from
    (JSON text). `subject` is the drug or the course that it is about ("" = the whole plan). `token` is chance, made once for a
    treatment: with it the entries of two patients' calendar files never share a name, and nothing about a patient is in them."""

    fingerprint: str
    document: str
    on: date
    by: str
    request: str = ""
    token: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Everything a plan is computed from. `today` is the day the plan is looked at; `horizon` is its last day, inclusive."""

    today: date
    language: Language
    horizon: date
    patient: Patient
    measurements: tuple[Measurement, ...] = ()
    facts: Facts = NOTHING_KNOWN
    history: tuple[EarlierDrug | EarlierRadiotherapy, ...] = ()
    courses: tuple[Course, ...] = ()
    events: tuple[Event, ...] = ()
    closures: tuple[Closure, ...] = ()
    extra_open_days: tuple[ExtraOpenDay, ...] = ()
    absences: tuple[Absence, ...] = ()
    prints: tuple[Print, ...] = ()
    intrathecal: tuple[IntrathecalOrder, ...] = ()
    intrahepatic: tuple[IntrahepaticNote, ...] = ()
