"""The legend under the calendar: every therapy by shape, colour and word, and what an edge or a sign on an item means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mbc_desktop.ui.calendar.day_items import Therapy, therapies_of
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.override import override
from mbc_desktop.ui.theme import GRID, smaller
from mbc_desktop.ui.widgets.marks import draw_mark, draw_severity, draw_tick

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan

MARK = 11
Draw = Callable[[QPainter, QRectF], None]


class Entry(NamedTuple):
    """One entry: how its mark is drawn, and its words."""

    draw: Draw
    text: str


class Legend(QWidget):
    """Entries one after the other, on as many lines as they need."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: Plan | None = None
        self._known: tuple[Therapy, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self.setFont(smaller(self.font(), 1.0))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        desk.words.changed.connect(self._make)
        desk.look.changed.connect(self._make)

    def show_plan(self, plan: Plan | None) -> None:
        """Explains another plan."""
        therapies = therapies_of(plan) if plan else ()
        statuses_before = self._statuses()
        self._plan = plan
        if therapies != self._known or statuses_before != self._statuses():
            self._known = therapies
            self._make()

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        line = self.fontMetrics().height() + 4
        return len(self._lines(width)) * line + (GRID if self._entries else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = self.fontMetrics()
        line = metrics.height() + 4
        painter.setPen(QColor(self._desk.look.colours.text))
        for row, entries in enumerate(self._lines(self.width())):
            left = 0.0
            for entry in entries:
                top = GRID + row * line
                entry.draw(painter, QRectF(left, top + (metrics.height() - MARK) / 2, MARK, MARK))
                painter.setPen(QColor(self._desk.look.colours.text))
                painter.drawText(QPointF(left + MARK + 5, top + metrics.ascent()), entry.text)
                left += self._width(entry)
        painter.end()

    def _statuses(self) -> frozenset[str]:
        return frozenset(given.status for given in self._plan.administrations) if self._plan else frozenset()

    def _lines(self, width: int) -> list[list[Entry]]:
        lines: list[list[Entry]] = []
        used = width
        for entry in self._entries:
            if used + self._width(entry) > width:
                lines.append([])
                used = 0
            lines[-1].append(entry)
            used += int(self._width(entry))
        return lines

    def _width(self, entry: Entry) -> float:
        return MARK + 5 + self.fontMetrics().horizontalAdvance(entry.text) + 2 * GRID

    def _radiotherapy(self, course: str) -> str:
        """A radiotherapy course by its fractions and dose, for a plan can hold two."""
        words = self._desk.words
        fractions = self._plan.fractions if self._plan else ()
        one = next((fraction for fraction in fractions if fraction.course == course), None)
        if one is None:
            return words.say("ui.calendar.fraction")
        return words.say("ui.course.scheme", fractions=one.of, dose=words.texts.number(one.dose.amount))

    def _make(self) -> None:
        words, colours = self._desk.words, self._desk.look.colours
        entries = []
        for therapy in self._known:
            edge = QColor(colours.therapies[therapy.tone % len(colours.therapies)].edge)
            name = words.drug_with_brand(therapy.subject) if therapy.subject else self._radiotherapy(therapy.course)
            entries.append(Entry(_therapy(therapy, edge), name))
        statuses = self._statuses()
        if "provisional" in statuses:
            entries.append(Entry(_dashes(QColor(colours.muted)), words.say("ui.legend.provisional")))
        if "withheld" in statuses:
            stop = colours.severities["stop"]
            entries.append(Entry(_stop(QColor(stop.edge), QColor(stop.surface)), words.say("ui.legend.withheld")))
        if "given" in statuses:
            entries.append(Entry(_tick(QColor(colours.muted)), words.say("status.given")))
        self._entries = tuple(entries)
        self.setAccessibleName(", ".join(entry.text for entry in entries))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.update()


def _therapy(therapy: Therapy, edge: QColor) -> Draw:
    return lambda painter, place: draw_mark(painter, therapy.mark, place, edge)


def _stop(edge: QColor, surface: QColor) -> Draw:
    return lambda painter, place: draw_severity(painter, "stop", place, edge, surface)


def _tick(colour: QColor) -> Draw:
    return lambda painter, place: draw_tick(painter, place, colour)


def _dashes(colour: QColor) -> Draw:
    def draw(painter: QPainter, place: QRectF) -> None:
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.drawRect(place)

    return draw
