"""The legend under the calendar: every therapy by shape, colour and word, and what an edge or a sign on an item means."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mbc_desktop.ui.calendar.day_items import Therapy, therapies_of
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, scaled, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.marks import draw_mark, draw_severity, draw_tick

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan

MARK = 11
Draw = Callable[[QPainter, QRectF], None]


class Entry(NamedTuple):
    """One entry: how its mark is drawn, its words, the width of both with the space behind them."""

    draw: Draw
    text: str
    width: float


class Legend(QWidget):
    """Entries one after the other, on as many lines as they need. Room is kept for every sign that can come, and for the longest
    legend that this treatment had: the calendar above does not jump when a dose is withheld or a date is being typed."""

    keeps_size = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._plan: Plan | None = None
        self._known: tuple[Therapy, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self._room: tuple[Entry, ...] = ()
        self.setFont(smaller(self.font(), 1.0))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        desk.words.changed.connect(self._begin)
        desk.look.changed.connect(self._begin)
        desk.session.replaced.connect(self._forget)
        self._make()

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
        return len(_lines(self._room, width)) * (self.fontMetrics().height() + 4) + GRID

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics, mark = self.fontMetrics(), scaled(MARK)
        line = metrics.height() + 4
        painter.setPen(QColor(self._desk.look.colours.text))
        for row, entries in enumerate(_lines(self._entries, self.width())):
            left = 0.0
            for entry in entries:
                top = GRID + row * line
                entry.draw(painter, QRectF(left, top + (metrics.height() - mark) / 2, mark, mark))
                painter.setPen(QColor(self._desk.look.colours.text))
                painter.drawText(QPointF(left + mark + 5, top + metrics.ascent()), entry.text)
                left += entry.width
        painter.end()

    def _statuses(self) -> frozenset[str]:
        return frozenset(given.status for given in self._plan.administrations) if self._plan else frozenset()

    def _radiotherapy(self, course: str) -> str:
        """A radiotherapy course by its fractions and dose, for a plan can hold two."""
        words = self._desk.words
        fractions = self._plan.fractions if self._plan else ()
        one = next((fraction for fraction in fractions if fraction.course == course), None)
        if one is None:
            return words.say("ui.calendar.fraction")
        return words.say("ui.course.scheme", fractions=one.of, dose=words.texts.number(one.dose.amount))

    def _begin(self) -> None:
        """Other words or colours: everything anew."""
        self._room = ()
        self._make()

    def _forget(self) -> None:
        """Another treatment: the room of the one before is not kept."""
        self._room = ()

    def _make(self) -> None:
        colours, statuses = self._desk.look.colours, self._statuses()
        therapies = []
        for therapy in self._known:
            edge = QColor(colours.therapies[therapy.tone % len(colours.therapies)].edge)
            therapies.append(self._entry(_therapy(therapy, edge), self._name(therapy)))
        signs = self._signs()
        self._entries = (*therapies, *(entry for status, entry in signs.items() if status in statuses))
        wanted = (*therapies, *signs.values())
        if len(_lines(wanted, self.width())) >= len(_lines(self._room, self.width())):
            self._room = wanted
        self.setAccessibleName(", ".join(entry.text for entry in self._entries))
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.update()

    def _signs(self) -> dict[str, Entry]:
        """What an edge or a sign on an item means, by the status that has it."""
        words, colours = self._desk.words, self._desk.look.colours
        stop, muted = colours.severities["stop"], QColor(colours.muted)
        return {
            "provisional": self._entry(_dashes(muted), words.say("ui.legend.provisional")),
            "withheld": self._entry(_stop(QColor(stop.edge), QColor(stop.surface)), words.say("ui.legend.withheld")),
            "given": self._entry(_tick(muted), words.say("status.given")),
        }

    def _name(self, therapy: Therapy) -> str:
        return self._desk.words.drug_with_brand(therapy.subject) if therapy.subject else self._radiotherapy(therapy.course)

    def _entry(self, draw: Draw, text: str) -> Entry:
        return Entry(draw, text, scaled(MARK) + 5 + self.fontMetrics().horizontalAdvance(text) + 2 * GRID)


def _lines(entries: tuple[Entry, ...], width: int) -> list[list[Entry]]:
    lines: list[list[Entry]] = []
    used: float = width
    for entry in entries:
        if used + entry.width > width:
            lines.append([])
            used = 0
        lines[-1].append(entry)
        used += entry.width
    return lines


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
