"""One hospital: who it is, when its units are closed, and what it has decided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.decision import Answer

if TYPE_CHECKING:
    from mbc_desktop.regimen.approval import Approval

Unit = Literal["day_hospital", "radiotherapy", "laboratory", "pharmacy", "general_practitioner", "home_nurse"]
UNITS: tuple[Unit, ...] = ("day_hospital", "radiotherapy", "laboratory", "pharmacy", "general_practitioner", "home_nurse")
HOSPITAL_UNITS = frozenset(UNITS[:4])
"""What a closure of the whole hospital closes; a general practitioner and a home nurse go on working."""
PLACE_OF_CARE, SAMPLE_PLACE = "place_of_care", "blood_sample_place"
"""The decisions that are answered with a unit."""


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
class Stocked:
    """What the pharmacy does with one drug: the forms it stocks (ids; empty = the library's own), and how it rounds a computed
    dose (an answer to the decision `rounding`; "" = as for every drug)."""

    drug: str
    products: tuple[str, ...] = ()
    rounding: str = ""
    packs: tuple[tuple[str, int], ...] = ()
    """How many pieces a pack holds, by the id of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A hospital's identity, calendar and decisions. Without a site file the shipped preselections hold and nothing is closed
    but weekends and legal holidays. `chair_minutes_a_day` is what the day hospital can hold: chairs times opening minutes."""

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
    formulary: tuple[Stocked, ...] = ()
    chair_minutes_a_day: int | None = None

    def products_of(self, drug: str) -> tuple[str, ...]:
        """The ids of the forms that the pharmacy stocks; empty where its formulary names none."""
        return next((item.products for item in self.formulary if item.drug == drug), ())

    def packs_of(self, drug: str) -> dict[str, int]:
        """How many pieces the packs of a drug hold, by the id of the form."""
        return {id: size for item in self.formulary if item.drug == drug for id, size in item.packs}

    def rounding_of(self, drug: str) -> str:
        """The pharmacy's own way of rounding this drug; "" where it has none."""
        return next((item.rounding for item in self.formulary if item.drug == drug), "")


NO_SITE = Site()
