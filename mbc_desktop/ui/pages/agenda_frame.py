"""The frame of the agenda: the days it is about, how they are looked at, what was read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.panels.agenda_day import AgendaColumn
from mbc_desktop.ui.theme import GRID, larger
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.view_switch import ViewSwitch


class AgendaFrame(QWidget):
    """`turned` carries one step on or back."""

    turned = Signal(int)

    def __init__(self, desk: Desk, views: tuple[str, ...], columns: int) -> None:
        super().__init__()
        self._desk = desk
        self._title, self._said = QLabel(), QLabel()
        self._said.setWordWrap(True)
        self.progress = QProgressBar()
        self.choose, self.stop = QPushButton(), QPushButton()
        self.switch = ViewSwitch(desk.words, views)
        self.columns = tuple(AgendaColumn(desk) for _ in range(columns))
        self.days = QHBoxLayout()
        self.nothing = QLabel()
        self.turners = (self._turner("previous", -1), self._turner("next", 1))
        self._lay_out()

    def tell(self, title: str, said: str) -> None:
        """Says which days these are, and what was read."""
        self._title.setText(title)
        self._said.setText(said)

    def show_nothing(self, what_to_do: str) -> None:
        """Where there is nothing to show, what to do about it stands in the middle."""
        self.nothing.setText(what_to_do)
        self.nothing.setVisible(bool(what_to_do))

    def said(self) -> str:
        """What was said last about the reading."""
        return self._said.text()

    def _turner(self, picture: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(16, 16))
        button.setIcon(icon(picture, self._desk.look.colours.text))
        button.clicked.connect(lambda: self.turned.emit(step))
        self._desk.words.put(button, button.setAccessibleName, f"diary.{picture}")
        return button

    def _lay_out(self) -> None:
        words = self._desk.words
        self._title.setFont(larger(self.font(), 4))
        words.put(self.choose, self.choose.setText, "diary.choose")
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
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setFont(larger(self.font(), 2))
        self.days.addWidget(self.nothing, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(GRID)
        whole.addLayout(bar)
        whole.addLayout(self.days, 1)
        whole.addLayout(foot)
