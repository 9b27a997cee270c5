"""The patient banner: who it is about, on top of everything about one patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mbc_desktop.patient.age import completed_years
from mbc_desktop.texts import plain_date
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.look.theme import GRID, larger, smaller
from mbc_desktop.ui.override import override
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.ui.session import Session


class Banner(QWidget):
    """FAMILY NAME given name, then birth date with age, sex and number, each under its own small heading."""

    def __init__(self, look: Look, words: Words) -> None:
        super().__init__()
        self._look, self._words = look, words
        self._session: Session | None = None
        self.setAutoFillBackground(True)
        self._name = QLabel(self)
        self._name.setFont(larger(self.font(), 5))
        self._headings: list[QLabel] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        row.setSpacing(4 * GRID)
        row.addWidget(self._name)
        self._born = self._field(row, "shell.banner.born")
        self._sex = self._field(row, "shell.banner.sex")
        self._number = self._field(row, "shell.banner.number")
        row.addStretch(1)
        # Who is signed in and what the records say of this plan; only a word, so that nothing is meant by colour alone.
        self._standing = QLabel(self)
        row.addWidget(self._standing)
        words.changed.connect(self._show)
        look.changed.connect(self._paint)
        self._paint()
        self._show()

    def follow(self, session: Session) -> None:
        """Shows the patient of this session from now on."""
        from PySide6.QtCore import Qt

        # A name is never markup. Until now only the program's own words stood here.
        for label in (self._name, self._born, self._sex, self._number, self._standing):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._session = session
        session.changed.connect(self._show)
        self._show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._look.colours
        if colours.banner == colours.window:
            # Where its ground is that of the page, a line tells where it ends.
            painter = QPainter(self)
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))
            painter.end()

    def _field(self, row: QHBoxLayout, key: str) -> QLabel:
        heading, value = QLabel(self), QLabel(self)
        heading.setFont(smaller(self.font(), 1.5))
        value.setFont(larger(self.font(), 1, bold=False))
        self._words.put(heading, heading.setText, key)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(value)
        row.addLayout(column)
        self._headings.append(heading)
        return value

    def _paint(self) -> None:
        colours = self._look.colours
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(colours.banner))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(colours.on_banner))
        self.setPalette(palette)
        # A copy by asking again: the constructor of a palette loads all of Qt's enumerations, before the first paint.
        muted = self.palette()
        muted.setColor(QPalette.ColorRole.WindowText, QColor(colours.on_banner_muted))
        for heading in self._headings:
            heading.setPalette(muted)

    def _show(self) -> None:
        say = self._words.say
        unknown = say("shell.banner.unknown")
        name, born, sex, number = "", "", "", ""
        if self._session is not None:
            patient, today = self._session.draft.patient, self._session.today
            name = f"{patient.family_name.upper()} {patient.given_name}".strip()
            sex, number = (say(f"sex.{patient.sex}") if patient.sex else ""), patient.number
            if patient.birth_date is not None and patient.birth_date <= today:
                age = completed_years(patient.birth_date, today)
                born = say("shell.banner.born_value", date=plain_date(patient.birth_date), count=age)
        self._name.setText(name or say("shell.banner.nobody"))
        for label, text in ((self._born, born), (self._sex, sex), (self._number, number)):
            label.setText(text or unknown)
        self._standing.setText(self._standing_text())
        self.setAccessibleName(
            " ".join((name, self._born.text(), self._sex.text(), self._number.text(), self._standing.text())).strip()
        )

    def _standing_text(self) -> str:
        session, say = self._session, self._words.say
        if session is None:
            return ""
        standing = session.release.standing
        said = say(f"safety.standing.{standing}") if standing in ("not_released", "released") else ""
        who = say("safety.signed_in", by=session.signed_in) if session.signed_in else ""
        return " · ".join(part for part in (said, who) if part)
