"""What lies under the lanes of the timeline: months, closed days with their names, today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from mbc_desktop.core.interval import add_months
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import belgian_holidays
from mbc_desktop.ui.calendar.month_paint import colour_of
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.labels import closed_label
from mbc_desktop.ui.look.theme import GRID, Colours
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan

NAME_LINES = 3
"""Holidays come in May three in a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeScale:
    """Days from left to right, first and last inclusive, in pixels."""

    first: date
    last: date
    left: int
    right: int
    top: int
    bottom: int

    @property
    def day_width(self) -> float:
        """The width of a day."""
        return max(1, self.right - self.left) / ((self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        """The middle of a day."""
        return self.left + ((day - self.first).days + 0.5) * self.day_width

    def day_at(self, x: float) -> date:
        """The day at a place; the last one beyond the end."""
        return min(self.last, self.first + timedelta(days=max(0, int((x - self.left) / self.day_width))))

    def holds(self, day: date) -> bool:
        """Whether a day is shown."""
        return self.first <= day <= self.last


class TimelineGround:
    """Draws with one painter in the colours and letters of the moment."""

    def __init__(self, painter: QPainter, scale: TimeScale, colours: Colours, fit: TextFit, bold: TextFit) -> None:
        self._painter, self._scale, self._colours, self._fit, self._bold = painter, scale, colours, fit, bold

    def months(self, names: tuple[str, ...]) -> None:
        """A line at the first of each month, with its name where there is room and the year in January and at the left."""
        scale, painter = self._scale, self._painter
        month, free = scale.first.replace(day=1), 0.0
        while month <= scale.last:
            left = max(float(scale.left), scale.x(month) - scale.day_width / 2)
            painter.setPen(QPen(colour_of(self._colours.line), 1))
            painter.drawLine(QPointF(left, scale.top - 6), QPointF(left, scale.bottom))
            name = f"{names[month.month - 1]} {month.year}" if month.month == 1 or free == 0 else names[month.month - 1]
            if left >= free and left + self._bold.width(name) < scale.right:
                painter.setFont(self._bold.font)
                painter.setPen(colour_of(self._colours.muted))
                painter.drawText(QPointF(left + 4, GRID + self._bold.ascent), name)
                free = left + self._bold.width(name) + GRID
            month = add_months(month, 1)

    def closed_days(self, days: Iterable[date]) -> None:
        """Hatched from top to bottom."""
        scale, painter, colours = self._scale, self._painter, self._colours
        width = max(3.0, scale.day_width)
        for day in days:
            place = QRectF(scale.x(day) - width / 2, scale.top, width, scale.bottom - scale.top)
            painter.fillRect(place, colour_of(colours.closed))
            painter.fillRect(place, QBrush(colour_of(colours.hatch), Qt.BrushStyle.BDiagPattern))

    def names(self, names: Mapping[date, str]) -> None:
        """Why a day is closed, at the foot: on the first of some lines where it has room. Drawn after every line: none goes
        through a name."""
        scale, free = self._scale, [0.0] * NAME_LINES
        top = scale.bottom - self._bold.line_height - GRID - NAME_LINES * self._fit.line_height
        for day in sorted(names):
            width = self._fit.width(names[day])
            # At the right edge a name ends where the picture ends.
            left = min(scale.x(day) - max(3.0, scale.day_width) / 2, scale.right - width)
            line = next((number for number, taken in enumerate(free) if left >= taken), None)
            if names[day] and line is not None and left >= scale.left:
                place = QPointF(left, top + line * self._fit.line_height)
                self._on_ground(place, names[day], self._fit, self._colours.muted)
                free[line] = left + width + GRID

    def _on_ground(self, place: QPointF, text: str, fit: TextFit, colour: str) -> None:
        """A text with nothing going through it."""
        ground = QRectF(place.x(), place.y(), fit.width(text), fit.line_height)
        self._painter.fillRect(ground, colour_of(self._colours.surface))
        self._painter.setFont(fit.font)
        self._painter.setPen(colour_of(colour))
        self._painter.drawText(QPointF(place.x(), place.y() + fit.ascent), text)

    def lines(self, today: date, selected: date, word: str) -> None:
        """A line through today, with the word, and a thin one through the selected day."""
        scale, painter = self._scale, self._painter
        for day, colour, width in ((selected, self._colours.muted, 1), (today, self._colours.accent, 2)):
            if scale.holds(day):
                painter.setPen(QPen(colour_of(colour), width))
                painter.drawLine(QPointF(scale.x(day), scale.top - 4), QPointF(scale.x(day), scale.bottom))
        if scale.holds(today):
            left = min(scale.x(today) + 4, scale.right - self._bold.width(word) - 4)
            self._on_ground(QPointF(left, scale.bottom - self._bold.line_height), word, self._bold, self._colours.accent)


def closed_names(words: Words, plan: Plan | None, scale: TimeScale) -> dict[date, str]:
    """The closed days that the scale shows, each with why, and those on which the patient cannot come, the first of them with the
    word; a holiday before a closure, a closure before an absence."""
    names: dict[date, str] = {}
    for closed in plan.closed_days if plan else ():
        names.setdefault(closed.date, closed_label(words, closed))
    for absence in plan.request.absences if plan else ():
        for number in range(absence.first.toordinal(), absence.last.toordinal() + 1):
            day = date.fromordinal(number)
            names.setdefault(day, words.say("ui.calendar.away") if day == absence.first else "")
    for year in range(scale.first.year, scale.last.year + 1):
        names |= {day: words.say(f"holiday.{code}") for day, code in belgian_holidays(year).items()}
    return {day: name for day, name in names.items() if scale.holds(day)}
