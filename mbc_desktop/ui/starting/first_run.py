"""The first start: three steps that set the program up for this hospital. All can be left for later; nothing is asked twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Language
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.keeping.site_editing import SiteEditing
from mbc_desktop.ui.look.theme import GRID, larger, within_screen
from mbc_desktop.ui.settings.closures_part import ClosuresPart
from mbc_desktop.ui.settings.general_part import GeneralPart
from mbc_desktop.ui.settings.hospital_part import HospitalPart

STEPS = ("general", "hospital", "closures")


class FirstRun(QDialog):
    """The parts of the settings page one after the other; what is set holds at once."""

    def __init__(
        self, desk: Desk, asking: Asking, window: QWidget, use_language: Callable[[Language], object],
        use_theme: Callable[[str], object], use_size: Callable[[int], object],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        editing = SiteEditing(desk, asking)
        editing.setParent(self)
        self._title, self._text = QLabel(), QLabel()
        self._title.setFont(larger(self.font(), 4))
        self._text.setWordWrap(True)
        self.steps = QStackedWidget()
        for part in (
            GeneralPart(desk, editing, use_language, use_theme, use_size),
            HospitalPart(desk, editing),
            ClosuresPart(desk, editing),
        ):
            self.steps.addWidget(part)
        self.back, self.next, self.later = QPushButton(), QPushButton(), QPushButton()
        buttons = QHBoxLayout()
        buttons.addWidget(self.later)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(self.steps, 1)
        column.addLayout(buttons)
        self.next.setDefault(True)
        self.next.clicked.connect(lambda: self._go(1))
        self.back.clicked.connect(lambda: self._go(-1))
        self.later.clicked.connect(self.reject)
        desk.words.changed.connect(self._say)
        within_screen(self, 104 * GRID, 76 * GRID)
        self._say()

    def done(self, result: int) -> None:
        """However it ends, it is not shown again by itself."""
        self._desk.preferences.assisted = True
        super().done(result)

    def _go(self, step: int) -> None:
        place = self.steps.currentIndex() + step
        if place >= len(STEPS):
            self.accept()
            return
        self.steps.setCurrentIndex(max(place, 0))
        self._say()

    def _say(self) -> None:
        say, place = self._desk.words.say, self.steps.currentIndex()
        self.setWindowTitle(say("setup.first.title"))
        self._title.setText(say("setup.first.step", number=place + 1, of=len(STEPS), what=say(f"setup.part.{STEPS[place]}")))
        self._text.setText(say(f"setup.first.{STEPS[place]}"))
        self.back.setText(say("setup.first.back"))
        self.back.setEnabled(place > 0)
        self.next.setText(say("setup.first.ready" if place == len(STEPS) - 1 else "setup.first.next"))
        self.later.setText(say("setup.first.later"))
