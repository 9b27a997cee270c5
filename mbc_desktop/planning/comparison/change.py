"""One difference between two plans, as data."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.dose import Dose

Subject = Literal["patient", "administration", "intake", "fraction", "check", "support"]

ChangeKind = Literal[
    "patient_changed",
    "added",
    "removed",
    "date_moved",
    "tablets_moved",
    "fraction_moved",
    "check_moved",
    "support_moved",
    "support_changed",
    "dose_changed",
    "withheld",
    "released",
    "tablets_changed",
    "rest_changed",
    "route_changed",
    "number_changed",
    "omitted",
    "held",
    "ceased",
    "restored",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """First to last day, inclusive; `open` = it goes on after the last day."""

    first: date
    last: date
    open: bool = False


Side = date | Span | Dose | Quantity | int | str | None
"""What stood there, or stands there now: a day, a period, a dose, how many fractions, a route. None = nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference. `number` is that of the administration, the fraction or the cycle of tablets; `what` the kind of check or
    the region; `on` the day it is about (of the newer plan, or of the older one for what is gone)."""

    kind: ChangeKind
    subject: Subject
    on: date
    course: str = ""
    drug: str = ""
    number: int | None = None
    what: str = ""
    before: Side = None
    after: Side = None
