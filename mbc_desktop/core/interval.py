"""Intervals between administrations: days, weeks or calendar months, always counted from an anchor."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from mbc_desktop.core.record import dataclass

IntervalUnit = Literal["days", "weeks", "months"]
_TEXT = re.compile(r"([1-9][0-9]{0,3}) (day|week|month)s?")


@dataclass(frozen=True, slots=True)
class Interval:
    """A count (1 or more) of days, weeks or calendar months."""

    count: int
    unit: IntervalUnit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"an interval is at least 1, not {self.count}")

    def after(self, anchor: date, times: int = 1) -> date:
        """The anchor plus `times` whole intervals. Months keep the day of the anchor, or take the last day of a shorter month
        (31 January, 28 February, 31 March): never step on step, which would drift to the 28th for ever."""
        if self.unit == "months":
            return add_months(anchor, self.count * times)
        return anchor + timedelta(days=self.count * times * (7 if self.unit == "weeks" else 1))

    def text(self) -> str:
        """The interval as the data files write it: "28 days", "1 month"."""
        return f"{self.count} {self.unit[:-1] if self.count == 1 else self.unit}"


def add_months(anchor: date, months: int) -> date:
    """The same day `months` calendar months later, or the last day of that month where it is shorter."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, _days_of(year, month + 1)))


def _days_of(year: int, month: int) -> int:
    # The standard library's calendar brings the locale along, which every start of the window would pay for.
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


@lru_cache(maxsize=256)
def read_interval(text: str) -> Interval:
    """Reads "28 days", "4 weeks" or "1 month". Raises ValueError for anything else."""
    found = _TEXT.fullmatch(text)
    if found is None:
        raise ValueError(f'an interval is written like "28 days", "3 weeks" or "1 month", not "{text}"')
    return Interval(int(found[1]), f"{found[2]}s")  # type: ignore[arg-type]
