"""Checking a sheet on paper: its code is typed or scanned, the answer and what has changed since stand under it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.core.finding import Severity
from mbc_desktop.planning.comparison.fingerprint import read_code
from mbc_desktop.planning.comparison.sheet_check import SheetAnswer, check_sheet
from mbc_desktop.texts.sheet_check_text import answer_lines, verdict_text
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.theme import GRID, within_screen
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.line_edit import LineEdit


class SheetCheck(QDialog):
    """Asks for the code and holds it against the plan of this moment. Enter checks, also the one that a scanner sends."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.code = LineEdit()
        self.verdict = QLabel()
        self.changes = QPlainTextEdit()
        self._check = QPushButton()
        self._lay_out()
        self._check.clicked.connect(self.check)
        self.code.textEdited.connect(lambda _: self._clear())
        # What stands there was said of the plan as it was.
        desk.session.changed.connect(self._clear)

    def check(self) -> None:
        """Answers for the code that stands in the line."""
        session, texts = self._desk.session, self._desk.words.texts
        code, request = read_code(self.code.text()), session.request()
        if code is None:
            self._show("caution", texts.word("sheet_check.bad_code"), ())
        elif request is not None and session.library is not None and session.plan is not None:
            answer = check_sheet(code, request, session.library, session.site)
            self._show(_severity(answer), verdict_text(answer, texts), answer_lines(answer, session.library, texts))
        self.code.selectAll()

    def _clear(self) -> None:
        self._show("info", "", ())

    def _show(self, severity: Severity, verdict: str, lines: tuple[str, ...]) -> None:
        palette = QPalette(self.verdict.palette())
        palette.setColor(QPalette.ColorRole.WindowText, QColor(self._desk.look.colours.severities[severity].text))
        self.verdict.setPalette(palette)
        self.verdict.setText(verdict)
        self.changes.setPlainText("\n".join(lines))
        announce(self.code, verdict)

    def _lay_out(self) -> None:
        words = self._desk.words
        label = QLabel()
        label.setBuddy(self.code)
        self.verdict.setTextFormat(Qt.TextFormat.PlainText)
        self.verdict.setWordWrap(True)
        self.verdict.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        bold = self.verdict.font()
        bold.setBold(True)
        self.verdict.setFont(bold)
        self.changes.setReadOnly(True)
        self.changes.setTabChangesFocus(True)
        self._check.setDefault(True)
        words.put(self, self.setWindowTitle, "ui.sheet_check.title")
        words.put(label, label.setText, "ui.sheet_check.code")
        words.put(self.code, self.code.setAccessibleName, "ui.sheet_check.code")
        words.put(self._check, self._check.setText, "ui.sheet_check.check")
        words.put(self.changes, self.changes.setAccessibleName, "ui.sheet_check.answer")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.code, 1)
        row.addWidget(self._check)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(label)
        column.addLayout(row)
        column.addWidget(self.verdict)
        column.addWidget(self.changes, 1)
        within_screen(self, 80 * GRID, 50 * GRID)


def _severity(answer: SheetAnswer) -> Severity:
    match answer.verdict:
        case "current":
            return "info"
        case "replaced" | "unknown":
            return "stop"
