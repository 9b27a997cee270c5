"""One planned administration or tablet period as events name it."""

from __future__ import annotations

from datetime import date

from mbc_desktop.core.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The `number`th time a drug is due in its course: in which part and cycle, on which day (after events), until which day
    it lasts (the due day itself but for tablets), and whether it was given."""

    drug: str
    part: str
    number: int
    cycle: int
    due: date
    last: date
    given: bool = False
