"""What the month view shows and where: the days of one month of one plan, laid out when they are first needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QRegion

from mbc_desktop.ui.calendar.day_items import DayContents, days_of
from mbc_desktop.ui.calendar.month_grid import MonthGrid
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.calendar.walking import items_of_contents
from mbc_desktop.ui.calendar.week_layout import WeekLayout, lay_out_week, needed_heights
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan


class MonthCells:
    """The contents and the geometry of a month. Knows what changed, and what lies under a point; paints nothing."""

    def __init__(self, month: date, words: Words, fit: TextFit, *, number_height: int) -> None:
        self._words = words
        self._fit = fit
        self._number_height = number_height
        self._layouts: dict[int, WeekLayout] = {}
        self._plan: Plan | None = None
        self.grid = MonthGrid(month=month, width=0, height=0, gutter=0, header=0)
        self.days: dict[date, DayContents] = {}

    def resize(self, *, width: int, height: int, gutter: int, header: int) -> None:
        """Takes another size."""
        self.grid = replace(self.grid, width=width, height=height, gutter=gutter, header=header)
        self._share_height()

    def show_month(self, month: date) -> None:
        """Turns to another month of the same plan."""
        self.grid = replace(self.grid, month=month, needs=())
        self.days = self._days()
        self._share_height()

    def show_plan(self, plan: Plan | None) -> QRegion:
        """Takes another plan; returns the region in which something differs from before."""
        before, self._plan = self.days, plan
        self.days = self._days()
        changed = QRegion()
        for number in range(self.grid.weeks):
            days = self.week_days(number)
            differing = [day for day in days if before.get(day) != self.days.get(day)]
            if not differing:
                continue
            self._layouts.pop(number, None)
            # Another set of bands moves the lanes of the whole week.
            moved = self._lanes(days, before) != self._lanes(days, self.days)
            for day in days if moved else differing:
                changed += QRegion(self.grid.cell(day))
        heights = self.grid.heights()
        if not changed.isEmpty():
            self._share_height(keep=True)
        return changed if heights == self.grid.heights() else QRegion(0, 0, self.grid.width, self.grid.height)

    def use_letter(self, fit: TextFit, *, number_height: int) -> None:
        """Takes another letter."""
        self._fit, self._number_height = fit, number_height
        self._share_height()

    def forget_layout(self) -> None:
        """Lays everything out again when it is next needed."""
        self._share_height()

    def week_days(self, number: int) -> tuple[date, ...]:
        """The seven days of a week of this month."""
        return self.grid.days()[7 * number : 7 * number + 7]

    def layout(self, number: int) -> WeekLayout:
        """Where everything of a week lies."""
        known = self._layouts.get(number)
        if known is None:
            week = [(day, self.grid.cell(day)) for day in self.week_days(number)]
            known = lay_out_week(week, self.days, self._fit, self._words, top=self._number_height)
            self._layouts[number] = known
        return known

    def item_at(self, point: QPoint) -> tuple[str, str]:
        """The id and the course of the item under a point; empty where there is none."""
        day = self.grid.day_at(point)
        if day is None:
            return "", ""
        layout = self.layout((day - self.grid.first).days // 7)
        for pill in layout.pills.get(day, ()):
            if pill.rect.contains(point):
                return pill.item.id, pill.item.course
        for run in layout.runs:
            if run.rect.contains(point):
                return run.band.id, run.band.course
        return "", ""

    def place_of(self, item: str) -> QRect:
        """Where an item lies in this month; empty when it is not shown."""
        for number in range(self.grid.weeks):
            layout = self.layout(number)
            for pills in layout.pills.values():
                for pill in pills:
                    if pill.item.id == item:
                        return pill.rect
            for run in layout.runs:
                if run.band.id == item:
                    return run.rect
        return QRect()

    def items_of(self, day: date) -> tuple[tuple[str, str], ...]:
        """Id and course of everything on a day: bands first, then items."""
        return items_of_contents(self.days.get(day))

    def _share_height(self, *, keep: bool = False) -> None:
        """Gives each week its height; layouts go when a height changed, or at once unless they are to be kept."""
        before = self.grid.heights()
        needs = []
        for number in range(self.grid.weeks):
            week = [(day, self.grid.cell(day)) for day in self.week_days(number)]
            needs.append(needed_heights(week, self.days, self._fit, self._words, top=self._number_height))
        self.grid = replace(self.grid, needs=tuple(needs))
        if not keep or before != self.grid.heights():
            self._layouts.clear()

    def _days(self) -> dict[date, DayContents]:
        return days_of(self._plan, first=self.grid.first, last=self.grid.last) if self._plan else {}

    @staticmethod
    def _lanes(week: tuple[date, ...], days: dict[date, DayContents]) -> set[tuple[str, str]]:
        return {(band.course, band.subject) for day in week if day in days for band in days[day].bands}
