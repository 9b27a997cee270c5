"""What the views of more than a month share: they follow session and selection, and are walked through like the month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QToolTip, QWidget

from mbc_desktop.ui.calendar.day_items import DayContents, days_of
from mbc_desktop.ui.calendar.day_text import chosen_sentence, day_sentence
from mbc_desktop.ui.calendar.text_fit import TextFit
from mbc_desktop.ui.calendar.walking import items_of_contents, walk
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import Colours, scaled, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.announce import announce

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan


class PlanPicture(QWidget):
    """A painted view of the session's plan. Nothing is computed while it is hidden. Its signals are those of the month."""

    entered = Signal()
    menu_wanted = Signal(QPoint)
    title_changed = Signal()
    draws_focus = True

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._fit = TextFit(smaller(self.font(), 1.4))
        self._bold = TextFit(smaller(self.font(), 1.0, bold=True))
        self._stale = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(scaled(7 * 60), scaled(320))
        desk.words.put(self, self.setAccessibleName, name)
        desk.session.planned.connect(self._show_plan)
        for changed in (desk.words.changed, desk.look.changed):
            changed.connect(self._renew)
        desk.selection.changed.connect(self._follow)

    @property
    def plan(self) -> Plan | None:
        """The plan shown."""
        return self._desk.session.plan

    @property
    def colours(self) -> Colours:
        """The colours of the moment."""
        return self._desk.look.colours

    def title(self) -> tuple[str, str]:
        """What stands above it, in full and in few letters; `title_changed` tells that it is another."""
        return "", ""

    def read_plan(self) -> None:
        """Takes what the view needs from the plan; called before it is painted again."""

    def paint(self, painter: QPainter) -> None:
        """Paints the whole view."""

    def at(self, point: QPoint) -> tuple[str, str, date] | None:
        """Item and course (or "") and day under a point; None outside."""

    def lit_window(self) -> tuple[date, date] | None:
        """The window of the selected administration."""
        item = self._desk.selection.item
        given = self.plan.administrations if self.plan and item else ()
        return next((one.window for one in given if one.id == item), None)

    def contents(self, day: date) -> DayContents | None:
        """What stands on a day."""
        return days_of(self.plan, first=day, last=day).get(day) if self.plan else None

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stale:
            self._stale = False
            self.read_plan()
        painter = QPainter(self)
        try:
            self.paint(painter)
        finally:
            # A painter that outlives an error takes the whole program with it.
            painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        today = self._desk.session.today
        match walk(event, self._desk.selection, today=today, items_of=lambda day: items_of_contents(self.contents(day))):
            case "enter":
                self.entered.emit()
            case "menu":
                self.menu_wanted.emit(self.mapToGlobal(self.rect().center()))
            case "escape":
                self._desk.selection.clear()
            case "no":
                super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.at(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self._desk.selection.select_item(*found)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.entered.emit()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        found = self.at(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Mouse and found is not None:
            self._desk.selection.select_item(*found)
        self.menu_wanted.emit(event.globalPos())

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.at(event.pos())
            text = day_sentence(self._desk.words, found[2], self.contents(found[2])) if found else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit, self._bold = TextFit(smaller(self.font(), 1.4)), TextFit(smaller(self.font(), 1.0, bold=True))
            self._renew()
        return super().event(event)

    def _show_plan(self) -> None:
        """Like the month at once, before anything else that follows from the plan."""
        self._stale = True
        self.repaint()

    def _renew(self) -> None:
        self._stale = True
        self.update()

    def _follow(self) -> None:
        if self.isVisible():
            day = self._desk.selection.day
            announce(self, chosen_sentence(self._desk.words, day, self.contents(day), self._desk.selection.item))
            self.update()
