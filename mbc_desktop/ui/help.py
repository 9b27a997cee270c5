"""The short manual: one chapter for each page, by F1 at the page one is on, and the whole as a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.look.palettes import LIGHT, Colours
from mbc_desktop.ui.look.rich_text import RichText
from mbc_desktop.ui.look.theme import GRID, POINTS, within_screen
from mbc_desktop.ui.words import Words

CHAPTERS = ("patients", "plan", "events", "agenda", "guideline", "documents", "settings", "keys")
MARGIN_MM = 18


def chapter_html(words: Words, colours: Colours, chapters: tuple[str, ...], *, letter: float | None = None) -> str:
    """These chapters of the manual as HTML, in the letter of the window unless its size is given in points."""
    text = RichText(colours, letter=letter)
    for chapter in chapters:
        text.title(words.say(f"manual.{chapter}.title"))
        for line in words.texts.words(f"manual.{chapter}.lines"):
            text.paragraph(line)
        text.line("")
    return text.html()


def write_manual(path: Path, words: Words) -> bool:
    """Writes the whole manual as a PDF, black on white; False when the file cannot be written."""
    try:
        path.open("ab").close()
    except OSError:
        return False
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    writer.setTitle(words.say("help.title"))
    document, letter = QTextDocument(), QApplication.font()
    letter.setPointSizeF(POINTS)
    document.setDefaultFont(letter)
    document.setHtml(chapter_html(words, LIGHT, CHAPTERS, letter=POINTS))
    document.print_(writer)
    return True


class HelpDialog(QDialog):
    """Stays open beside the window while one works."""

    def __init__(self, desk: Desk, asking: Asking, window: QWidget, page: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._asking = desk, asking
        self.text = QTextBrowser()
        self.pdf, close = QPushButton(), QPushButton()
        words = desk.words
        words.put(self, self.setWindowTitle, "help.title")
        words.put(self.text, self.text.setAccessibleName, "help.title")
        words.put(self.pdf, self.pdf.setText, "help.as_pdf")
        words.put(close, close.setText, "help.close")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(2 * GRID)
        first = page if page in CHAPTERS else "plan"
        # The page one is on comes first, what belongs to every page after it.
        self._chapters = (first, *(one for one in CHAPTERS if one != first))
        for changed in (words.changed, desk.look.changed):
            changed.connect(self._show)
        buttons = QHBoxLayout()
        buttons.addWidget(self.pdf)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        self.pdf.clicked.connect(self.export)
        close.clicked.connect(self.accept)
        within_screen(self, 72 * GRID, 76 * GRID)
        self._show()

    def export(self) -> bool:
        """Asks where, and writes the manual as a PDF."""
        say = self._desk.words.say
        path = self._asking.file_to_write(
            say("ui.document.export_title"), say("ui.document.pattern"), Path("mbc-desktop-manual.pdf"), ".pdf"
        )  # fmt: skip
        if path is None:
            return False
        if not write_manual(path, self._desk.words):
            self._asking.tell(say("ui.document.failed_title"), say("ui.document.cannot_write", file=path.name))
            return False
        return True

    def _show(self) -> None:
        self.text.setHtml(chapter_html(self._desk.words, self._desk.look.colours, self._chapters))
