"""The geometry of one month: its weeks from Monday to Sunday, and where each day lies in a given size."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from PySide6.QtCore import QPoint, QRect

from mbc_desktop.core.record import dataclass

SHORTEST = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthGrid:
    """A month laid out: a gutter for week numbers left, a row for the names of the weekdays above. Sizes in pixels.

    `needs` are the heights that the contents of each week ask for, without and with their doses: a full week grows at the cost of
    emptier ones."""

    month: date
    width: int
    height: int
    gutter: int
    header: int
    needs: tuple[tuple[int, int], ...] = ()

    @property
    def first(self) -> date:
        """The Monday on or before the first of the month."""
        return self.days()[0]

    @property
    def last(self) -> date:
        """The last Sunday shown."""
        return self.days()[-1]

    @property
    def weeks(self) -> int:
        """How many weeks the month touches: 4, 5 or 6."""
        return len(self.days()) // 7

    def days(self) -> tuple[date, ...]:
        """Every day shown, in order."""
        return _days(self.month.year, self.month.month)

    def cell(self, day: date) -> QRect:
        """Where a day lies; empty for a day that is not shown."""
        return _cells(self).get(day, QRect())

    def week(self, number: int) -> QRect:
        """The row of a week, gutter included."""
        top = self.header + sum(self.heights()[:number])
        return QRect(0, top, self.width, self.heights()[number])

    def day_at(self, point: QPoint) -> date | None:
        """The day under a point, or None in the gutter, in the header and outside."""
        return next((day for day, rect in _cells(self).items() if rect.contains(point)), None)

    def heights(self) -> tuple[int, ...]:
        """The height of each week: equal while everything fits, else shared out by need."""
        return _heights(self.height - self.header, self.needs or ((0, 0),) * self.weeks)


@lru_cache(maxsize=64)
def _days(year: int, month: int) -> tuple[date, ...]:
    start = date(year, month, 1)
    monday = start - timedelta(days=start.weekday())
    following = (start + timedelta(days=31)).replace(day=1)
    weeks = -(-(following - monday).days // 7)
    return tuple(monday + timedelta(days=number) for number in range(7 * weeks))


@lru_cache(maxsize=64)
def _cells(grid: MonthGrid) -> dict[date, QRect]:
    # Little happens in a hospital at the weekend: its two columns leave room to the others.
    edges = [4 * column if column <= 5 else 20 + 3 * (column - 5) for column in range(8)]
    lefts = [grid.gutter + (grid.width - grid.gutter) * edge // edges[-1] for edge in edges]
    cells, top = {}, grid.header
    for week, height in enumerate(grid.heights()):
        for column in range(7):
            cells[grid.days()[7 * week + column]] = QRect(lefts[column], top, lefts[column + 1] - lefts[column], height)
        top += height
    return cells


@lru_cache(maxsize=256)
def _heights(room: int, needs: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    weeks = len(needs)
    equal = tuple(room * (week + 1) // weeks - room * week // weeks for week in range(weeks))
    if all(full <= height for (_, full), height in zip(needs, equal, strict=True)):
        return equal
    least = [max(short, SHORTEST) for short, _ in needs]
    if sum(least) >= room:
        # Only the fullest weeks give way, down to one height: what fits elsewhere is not hidden for their sake.
        cap = next((cap for cap in range(max(least), 0, -1) if sum(min(height, cap) for height in least) <= room), 0)
        shared = [min(height, cap) for height in least]
    else:
        # First everything by its name, then the doses: of as many weeks as there is room for.
        over, shared = room - sum(least), list(least)
        for week in sorted(range(weeks), key=lambda week: needs[week][1] - least[week]):
            lack = max(0, needs[week][1] - least[week])
            if lack <= over:
                shared[week], over = shared[week] + lack, over - lack
        shared = [height + over // weeks for height in shared]
    shared[-1] += room - sum(shared)
    return tuple(shared)
