"""The closed days of the hospital on a year, and the same as a list."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.record_kinds import site_closures, site_open_days
from mbc_desktop.ui.keeping.site_editing import SiteEditing
from mbc_desktop.ui.look.theme import GRID, larger, small_picture
from mbc_desktop.ui.panels.record_list import Holding, RecordList
from mbc_desktop.ui.settings.year_view import YearView
from mbc_desktop.ui.widgets.icons import icon


class ClosuresPart(QWidget):
    """A click on a day, or on the first and the last of several, begins a closure there."""

    def __init__(self, desk: Desk, editing: SiteEditing) -> None:
        super().__init__()
        self._desk, self._editing = desk, editing
        self.year = YearView(desk, editing)
        self._title = QLabel()
        self._title.setFont(larger(self.font(), 2))
        bar = QHBoxLayout()
        bar.addWidget(self._turner("previous", -1))
        bar.addWidget(self._title)
        bar.addWidget(self._turner("next", 1))
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(bar)
        column.addWidget(self.year, 1)
        fields = desk.session.fields
        if fields is not None:
            holding = Holding(get=lambda: editing.site, put=editing.change, changed=editing.changed)
            lists = QHBoxLayout()
            self.closures = RecordList(desk, site_closures(desk.words, fields), holding)
            for records in (self.closures, RecordList(desk, site_open_days(desk.words, fields), holding)):
                lists.addWidget(records, 1)
                records.column.setAlignment(records.add_button, Qt.AlignmentFlag.AlignLeft)
            column.addLayout(lists)
            self.year.days_chosen.connect(self._begin)
        self._name()

    def turn(self, years: int) -> None:
        """Shows another year."""
        self.year.show_year(self.year.shown + years)
        self._name()

    def _begin(self, first: date, last: date) -> None:
        self.closures.begin({"first": first, "last": last})

    def _turner(self, picture: str, years: int) -> QToolButton:
        button = QToolButton()
        button.setIconSize(small_picture())
        button.setIcon(icon(picture, self._desk.look.colours.text))
        button.clicked.connect(lambda: self.turn(years))
        self._desk.words.put(button, button.setAccessibleName, f"setup.{picture}_year")
        return button

    def _name(self) -> None:
        self._title.setText(str(self.year.shown))
