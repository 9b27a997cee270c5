"""The settings page: what can be set stands left, its fields right; each part is built when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Language
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.keeping.site_editing import SiteEditing
from mbc_desktop.ui.look.theme import GRID, larger, scaled
from mbc_desktop.ui.settings.general_part import GeneralPart
from mbc_desktop.ui.widgets.surface import Surface

PARTS = ("general", "hospital", "closures", "decisions", "formulary")
SIDE, WIDTH = 240, 860


class SettingsPage(QWidget):
    """Every setting takes effect at once and is remembered."""

    def __init__(
        self, desk: Desk, asking: Asking, use_language: Callable[[Language], object], use_theme: Callable[[str], object],
        use_size: Callable[[int], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._desk = desk
        self.editing = SiteEditing(desk, asking)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.general = GeneralPart(desk, self.editing, use_language, use_theme, use_size)
        self.parts: dict[str, QWidget] = {"general": self.general}
        self.list, self._stack, self._title = QListWidget(), QStackedWidget(), QLabel()
        self._stack.addWidget(self._aligned(self.general))
        self._lay_out()
        self.list.currentRowChanged.connect(lambda row: self.show_part(PARTS[max(row, 0)]))
        for changed in (desk.words.changed, desk.look.changed):
            changed.connect(self._name)
        self._name()

    def show_part(self, part: str) -> None:
        """Shows a part, built when it is first looked at."""
        if part not in self.parts:
            self.parts[part] = self._build(part)
            self._stack.addWidget(self._aligned(self.parts[part]))
        # In the stack they lie in the order in which they were first looked at.
        self._stack.setCurrentIndex(list(self.parts).index(part))
        self._title.setText(self._desk.words.say(f"setup.part.{part}"))
        self._stack.setAccessibleName(self._title.text())
        self.list.setCurrentRow(PARTS.index(part))

    def show_decision(self, key: str) -> None:
        """Puts the keyboard into the answer to a question of the hospital."""
        from mbc_desktop.ui.settings.decisions_part import DecisionsPart

        self.show_part("decisions")
        part = self.parts["decisions"]
        if isinstance(part, DecisionsPart):
            part.show_question(key)

    def _build(self, part: str) -> QWidget:
        if part == "hospital":
            from mbc_desktop.ui.settings.hospital_part import HospitalPart

            return HospitalPart(self._desk, self.editing)
        if part == "closures":
            from mbc_desktop.ui.settings.closures_part import ClosuresPart

            return ClosuresPart(self._desk, self.editing)
        library = self._desk.session.library
        if part == "formulary" and library is not None:
            from mbc_desktop.ui.settings.formulary_part import FormularyPart

            return FormularyPart(self._desk, self.editing, library)
        from mbc_desktop.ui.settings.decisions_part import DecisionsPart

        return DecisionsPart(self._desk, self.editing, library) if library is not None else QWidget()

    def _name(self) -> None:
        row = max(self.list.currentRow(), 0)
        self.list.blockSignals(True)
        self.list.clear()
        for part in PARTS:
            item = QListWidgetItem(self._desk.words.say(f"setup.part.{part}"), self.list)
            item.setSizeHint(QSize(0, self.list.fontMetrics().height() + 2 * GRID))
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self._title.setText(self._desk.words.say(f"setup.part.{PARTS[row]}"))

    @staticmethod
    def _aligned(part: QWidget) -> QWidget:
        """The part at the left, not wider than one reads."""
        around = QWidget()
        row = QHBoxLayout(around)
        row.setContentsMargins(0, 0, 0, 0)
        part.setMaximumWidth(scaled(WIDTH))
        row.addWidget(part, 1)
        row.addStretch(0)
        return around

    def _lay_out(self) -> None:
        words, side, heading = self._desk.words, Surface(), QLabel()
        side.setFixedWidth(scaled(SIDE))
        side.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        side.column.setSpacing(GRID)
        heading.setFont(larger(self.font(), 4))
        words.put(heading, heading.setText, "ui.settings.heading")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        words.put(self.list, self.list.setAccessibleName, "ui.settings.heading")
        side.column.addWidget(heading)
        side.column.addWidget(self.list, 1)
        self._title.setFont(larger(self.font(), 3))
        column = QVBoxLayout()
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self._title)
        column.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addLayout(column, 1)
