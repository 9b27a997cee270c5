"""The frame of the agenda: the days it is about, how they are looked at, what was read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, larger, scaled, small_picture
from mbc_desktop.ui.panels.agenda_day import AgendaColumn
from mbc_desktop.ui.widgets.fitting_label import FittingLabel
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.view_switch import ViewSwitch

NARROW = 560


class AgendaFrame(QWidget):
    """`turned` carries one step on or back."""

    turned = Signal(int)

    def __init__(self, desk: Desk, views: tuple[str, ...], columns: int) -> None:
        super().__init__()
        self._desk = desk
        self._title, self._said = FittingLabel(), QLabel()
        self._said.setWordWrap(True)
        self.progress = QProgressBar()
        self.choose, self.stop = QPushButton(), QPushButton()
        self.switch = ViewSwitch(desk.words, desk.look, views)
        self.columns = tuple(AgendaColumn(desk) for _ in range(columns))
        self.days = QHBoxLayout()
        self.nothing, self._empty, self.choose_here = QLabel(), QWidget(), QPushButton()
        self.turners = (self._turner("previous", -1), self._turner("next", 1))
        self._lay_out()

    def tell(self, title: str, short: str, said: str) -> None:
        """Says which days these are (`short` where there is less room), and what was read."""
        self._title.say(title[0].upper() + title[1:], short)
        self._said.setText(said)

    def show_nothing(self, what_to_do: str) -> None:
        """Where there is nothing to show, what to do about it stands in the middle."""
        self.nothing.setText(what_to_do)
        self._empty.setVisible(bool(what_to_do))

    def said(self) -> str:
        """What was said last about the reading."""
        return self._said.text()

    def _turner(self, picture: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIconSize(small_picture())

        def paint() -> None:
            button.setIcon(icon(picture, self._desk.look.colours.text))

        self._desk.look.changed.connect(paint)
        paint()
        button.clicked.connect(lambda: self.turned.emit(step))
        self._desk.words.put(button, button.setAccessibleName, f"diary.{picture}")
        return button

    def _lay_out(self) -> None:
        words = self._desk.words
        self._title.setFont(larger(self.font(), 4))
        for choose in (self.choose, self.choose_here):
            words.put(choose, choose.setText, "diary.choose")
        words.put(self.stop, self.stop.setText, "diary.stop")
        words.put(self.progress, self.progress.setAccessibleName, "diary.progress")
        bar, foot, whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        bar.addWidget(self._title, 1)
        for part in (self.switch, *self.turners):
            bar.addWidget(part)
        foot.addWidget(self._said, 1)
        for below in (self.progress, self.stop, self.choose):
            foot.addWidget(below)
        self.days.setSpacing(GRID)
        for column in self.columns:
            self.days.addWidget(column, 1)
        self.days.addWidget(self._empty, 1)
        self._lay_out_empty()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addLayout(bar)
        whole.addLayout(self.days, 1)
        whole.addLayout(foot)

    def _lay_out_empty(self) -> None:
        """What to do, and right under it the button that does it."""
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setFont(larger(self.font(), 1, bold=False))
        self.nothing.setFixedWidth(scaled(NARROW))
        self.choose_here.clicked.connect(self.choose.click)
        column = QVBoxLayout(self._empty)
        column.setSpacing(2 * GRID)
        column.addStretch(2)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.nothing)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addWidget(self.choose_here, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
