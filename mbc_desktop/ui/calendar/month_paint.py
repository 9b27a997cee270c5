"""Painting the month: cells, bands and pills. Everything arrives laid out; nothing is decided here."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from mbc_desktop.ui.calendar.cell_state import CellState
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.calendar.week_layout import BETWEEN_MARKS, BandRun, Left, Pill
from mbc_desktop.ui.look.theme import Colours, Tone
from mbc_desktop.ui.widgets.fill import fill
from mbc_desktop.ui.widgets.marks import draw_item, draw_mark, draw_severity

_PALE = ("omitted", "ceased", "held")


@lru_cache(maxsize=256)
def colour_of(name: str) -> QColor:
    """The colour of a "#rrggbb", read once."""
    return QColor(name)


class MonthPainter:
    """Draws with one painter in the colours and letters of the moment."""

    def __init__(self, painter: QPainter, colours: Colours, fit: TextFit, bold: TextFit) -> None:
        self._painter = painter
        self._colours = colours
        self._fit = fit
        self._bold = bold
        self._in_hand: TextFit | None = None

    def cell(self, rect: QRect, state: CellState, left: Left) -> None:
        """The background, the number, the name of the closed day; of items whose words found no room (`left`) the shapes, or how
        many there are."""
        painter, colours = self._painter, self._colours
        surface = colours.window_lit if state.lit else colours.outside if state.outside else colours.surface
        if state.closed and not state.lit:
            surface = colours.closed
        fill(painter, rect, colour_of(surface))
        if state.closed_text:
            fill(painter, rect, colour_of(colours.hatch), Qt.BrushStyle.BDiagPattern)
        painter.setPen(QPen(colour_of(colours.line), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._number(rect, state)
        if left.items and not self._marks(rect, left):
            place = QPointF(rect.left() + 6, rect.bottom() - self._bold.line_height - 1)
            self._text(self._bold, place, state.more, colours.text)

    def _marks(self, rect: QRect, left: Left) -> bool:
        """The shapes of items at the foot of a cell, of too many the first ones and how many more; False when not even two have
        room."""
        step = self._fit.mark + BETWEEN_MARKS
        in_row = max(1, (rect.width() - 6) // step)
        rows, room = min(left.rows, -(-len(left.items) // in_row)), left.rows * in_row
        shown = left.items if len(left.items) <= room else left.items[: room - 1]
        if not shown:
            return False
        if len(shown) < len(left.items):
            last = QPointF(
                rect.left() + 5 + (room - 1) % in_row * step, rect.bottom() - step + self._fit.mark - self._bold.ascent
            )
            self._text(self._bold, last, f"+{len(left.items) - len(shown)}", self._colours.text)
        for number, item in enumerate(shown):
            tone = self._tone(item.tone) if item.tone is not None else None
            edge = colour_of(tone.edge if tone and item.status not in _PALE else self._colours.muted)
            row, column = divmod(number, in_row)
            top = rect.bottom() - (rows - row) * step
            place = QRectF(rect.left() + 5 + column * step, top, self._fit.mark, self._fit.mark)
            draw_item(self._painter, item.mark, item.status, place, edge, self._colours.severities["stop"])
        return True

    def border(self, rect: QRect, *, focused: bool) -> None:
        """The frame of the selected day; thick where the keyboard is."""
        width = 2 if focused else 1
        self._painter.setPen(QPen(colour_of(self._colours.accent), width))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width // 2
        self._painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))

    def weekday(self, rect: QRect, text: str) -> None:
        """The name of a weekday above its column."""
        left = rect.left() + 6
        top = rect.top() + (rect.height() - self._bold.line_height) / 2
        self._text(self._bold, QPointF(left, top), text, self._colours.muted)

    def week_number(self, rect: QRect, number: int) -> None:
        """The ISO week number in the gutter."""
        text = str(number)
        left = rect.right() - 6 - self._fit.width(text)
        self._text(self._fit, QPointF(left, rect.top() + 4), text, self._colours.muted)

    def band(self, run: BandRun, *, selected: bool) -> None:
        """A run of tablet days, filled; or of days without, an outline with the word for rest or for what happened."""
        painter = self._painter
        tone = self._tone(run.band.tone)
        edge = colour_of(tone.edge)
        rect = QRectF(run.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if run.band.idle:
            fill(painter, rect, colour_of(self._colours.surface))
            painter.setPen(QPen(edge, 1, Qt.PenStyle.DashLine))
            painter.setBrush(QBrush(colour_of(tone.surface), Qt.BrushStyle.Dense6Pattern))
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            fill(painter, rect, colour_of(tone.surface))
            fill(painter, QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), edge)
        if selected:
            painter.setPen(QPen(edge, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if run.band.status == "withheld" or run.band.stop or run.band.not_taken:
            self._stop_sign(run.rect)
        elif not run.band.rest:
            draw_mark(painter, "tablet", self._mark_place(run.rect), edge)
        self._text(self._fit, QPointF(run.rect.left() + self._fit.indent, run.rect.top()), run.text, tone.text)

    def pill(self, pill: Pill, *, selected: bool) -> None:
        """One item: shape, name, dose; a dashed edge while provisional, a tick when given, a stop sign without a dose."""
        painter, item = self._painter, pill.item
        tone = self._tone(item.tone) if item.tone is not None else None
        text = tone.text if tone else self._colours.text
        edge = colour_of(tone.edge if tone else self._colours.muted)
        rect = QRectF(pill.rect)
        if tone is not None:
            fill(painter, rect, colour_of(tone.surface if item.status not in _PALE else self._colours.sunken))
        if item.status == "provisional" or selected:
            painter.setPen(QPen(edge, 2 if selected else 1, Qt.PenStyle.SolidLine if selected else Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        draw_item(painter, item.mark, item.status, self._mark_place(pill.rect), edge, self._colours.severities["stop"])
        for number, line in enumerate(pill.lines):
            place = QPointF(pill.rect.left() + self._fit.indent, pill.rect.top() + 1 + number * self._fit.line_height)
            self._text(self._fit, place, line, text)
            if item.status in ("omitted", "ceased") and number < pill.names:
                middle = place.y() + self._fit.line_height / 2
                painter.setPen(QPen(colour_of(text), 1))
                painter.drawLine(QPointF(place.x(), middle), QPointF(place.x() + self._fit.width(line), middle))

    def _number(self, rect: QRect, state: CellState) -> None:
        colours = self._colours
        text = str(state.day.day)
        width = self._bold.width(text)
        place = QPointF(rect.left() + 6, rect.top() + 2)
        colour = colours.muted if state.outside or state.past else colours.text
        if state.today:
            height = self._bold.line_height
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(colour_of(colours.accent))
            self._painter.drawRoundedRect(QRectF(place.x() - 4, place.y(), width + 8, height), height / 2, height / 2)
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            colour = colours.on_accent
        self._text(self._bold, place, text, colour)
        if state.closed_text:
            left = place.x() + width + 7
            room = rect.right() - left - 2
            lines = self._fit.wrap(state.closed_text, max(40, int(room)))
            if not state.bare and len(lines) > 1:
                # Below the first line stands what happens on the day; the name in full is said beside the calendar.
                lines = (lines[0].rstrip(" -,") + "\u2026",)
            self._text(self._fit, QPointF(left, place.y()), lines[0], colours.text)
            for number, line in enumerate(lines[1:], start=1):
                self._text(self._fit, QPointF(left, place.y() + number * self._fit.line_height), line, colours.text)

    def _text(self, fit: TextFit, place: QPointF, text: str, colour: str) -> None:
        if fit is not self._in_hand:
            self._painter.setFont(fit.font)
            self._in_hand = fit
        self._painter.setPen(colour_of(colour))
        self._painter.drawStaticText(place, fit.static(text))

    def _stop_sign(self, rect: QRect) -> None:
        stop = self._colours.severities["stop"]
        draw_severity(self._painter, "stop", self._mark_place(rect), colour_of(stop.edge), colour_of(stop.surface))

    def _mark_place(self, rect: QRect) -> QRectF:
        mark = self._fit.mark
        return QRectF(rect.left() + 3, rect.top() + 1 + (self._fit.line_height - mark) / 2, mark, mark)

    def _tone(self, number: int) -> Tone:
        return self._colours.therapies[number % len(self._colours.therapies)]
