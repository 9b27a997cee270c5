"""What the program says of itself: what it is and is not, exactly which versions are at work, whether it calculates well here."""

from __future__ import annotations

import platform

from PySide6 import __version__ as qt_binding
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from mbc_desktop import __version__
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.rich_text import RichText
from mbc_desktop.ui.look.theme import GRID, within_screen
from mbc_desktop.ui.self_test import CHECKS, failed_checks

LICENCES = (
    ("mbc_desktop", "Apache-2.0"),
    ("Python", "PSF-2.0"),
    ("Qt, PySide6", "LGPL-3.0"),
    ("ReportLab", "BSD-3-Clause"),
    ("pydantic", "MIT"),
    ("pypdfium2, PDFium", "Apache-2.0, BSD-3-Clause"),
    ("SQLAlchemy, Alembic", "MIT"),
    ("Babel", "BSD-3-Clause"),
    ("MbcSans (Noto)", "OFL-1.1"),
)
"""The parts that travel with the program; each brings its own text."""


def about_lines(desk: Desk) -> tuple[str, ...]:
    """The versions: program, Python and Qt, library with its fingerprint."""
    say, library = desk.words.say, desk.session.library
    lines = [
        say("ui.about.program", version=__version__),
        say("ui.about.runs_on", python=platform.python_version(), qt=qt_binding),
    ]
    if library is not None:
        lines.append(say("ui.about.library", version=library.version, fingerprint=library.fingerprint))
    return tuple(lines)


class AboutDialog(QDialog):
    """One text that can be read, marked and copied."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.text, close = QTextBrowser(), QPushButton()
        desk.words.put(self, self.setWindowTitle, "help.about")
        desk.words.put(self.text, self.text.setAccessibleName, "help.about")
        desk.words.put(close, close.setText, "help.close")
        self.text.setHtml(self._html())
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(2 * GRID)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        close.clicked.connect(self.accept)
        within_screen(self, 76 * GRID, 72 * GRID)

    def _html(self) -> str:
        say, colours = self._desk.words.say, self._desk.look.colours
        text = RichText(colours)
        text.title("mbc_desktop")
        text.box(say("ui.about.statement"), colours.severities["caution"])
        text.heading(say("help.versions"))
        for line in about_lines(self._desk):
            text.line(line)
        text.heading(say("help.self_test"))
        failed = failed_checks()
        if failed:
            text.box(say("help.failed", count=len(failed)), colours.severities["stop"])
        for name in CHECKS:
            text.line(say("help.wrong" if name in failed else "help.right", what=say(f"help.check.{name}")))
        text.heading(say("help.licences"))
        text.facts(LICENCES)
        return text.html()
