"""The documents page: every sheet of the plan, exactly as it would be printed now, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QWidget

from mbc_desktop.planning.request import Language
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.page_strip import PageStrip
from mbc_desktop.ui.panels.sheet_side import SheetSide
from mbc_desktop.ui.paper.copied_text import CopiedText
from mbc_desktop.ui.paper.document_commands import DocumentCommands
from mbc_desktop.ui.paper.page_renderer import PageRenderer

if TYPE_CHECKING:
    from mbc_desktop.documents.blocks import Document
    from mbc_desktop.documents.registry import Sheet

SLOW_MS = 300
"""What is there sooner needs no word about it."""


class DocumentsPage(QWidget):
    """Shows the chosen sheet as it would be printed now; drawn anew whenever the plan has changed."""

    def __init__(self, desk: Desk, commands: DocumentCommands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self._shown: tuple[object, int] | None = None
        self._keep = False
        self._sheets: tuple[Sheet, ...] = ()
        self.side, self.strip = SheetSide(desk), PageStrip(desk)
        self.language = self.side.language
        self.copied = CopiedText(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.strip, 1)
        self._renderer = PageRenderer(self)
        self._renderer.laid_out.connect(self._lay_out)
        self._renderer.page_ready.connect(self.strip.show_page)
        self._renderer.failed.connect(self._fail)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.timeout.connect(self.strip.say_drawing)
        # Several changes in a row are drawn once, after the last one.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw)
        self._connect()
        self._list_sheets()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later()

    def sheet(self) -> Sheet | None:
        """The sheet that is chosen."""
        row = self.side.list.currentRow()
        return self._sheets[row] if 0 <= row < len(self._sheets) else None

    def _connect(self) -> None:
        desk, side, commands = self._desk, self.side, self._commands
        side.list.currentRowChanged.connect(lambda _: self._later())
        self.language.chosen.connect(self._use_language)
        side.export.clicked.connect(lambda: self._with_sheet(commands.export))
        side.print.clicked.connect(lambda: self._with_sheet(commands.print))
        side.copy.clicked.connect(lambda: self._with_sheet(self._copy))
        side.set.clicked.connect(lambda: commands.print(*commands.print_set()))
        side.calendar_file.clicked.connect(lambda: commands.export_calendar_file())
        side.check.clicked.connect(commands.check_sheet)
        self.strip.zoomed.connect(self._later)
        desk.session.changed.connect(self._later)
        desk.words.changed.connect(self._list_sheets)

    def _with_sheet(self, command: object) -> None:
        sheet = self.sheet()
        if sheet is not None and callable(command):
            command(sheet)

    def _copy(self, sheet: Sheet) -> None:
        text = self._commands.plain_text(sheet)
        if text:
            self.copied.put(text)

    def _use_language(self, chosen: str) -> None:
        session = self._desk.session
        for language in get_args(Language):
            if language == chosen:
                session.change(replace(session.draft, language=language))

    def _later(self) -> None:
        self.language.show_value(self._desk.session.draft.language)
        if self.isVisible():
            if self._shown is not None and self._shown[0] != self._content():
                self.strip.blank()
            self._soon.start(0)

    def _list_sheets(self) -> None:
        """Names every sheet that this plan has; the chosen one stays chosen."""
        chosen, self._sheets = self.sheet(), self._commands.sheets()
        listed: QListWidget = self.side.list
        listed.blockSignals(True)
        listed.clear()
        listed.addItems([self._commands.name(sheet) for sheet in self._sheets])
        listed.setCurrentRow(self._sheets.index(chosen) if chosen in self._sheets else 0)
        listed.blockSignals(False)
        handed = ", ".join(self._commands.name(sheet) for sheet in self._commands.print_set())
        self.side.set.setToolTip(handed)

    def _content(self) -> object:
        """Whatever the pages follow from, but their size."""
        session = self._desk.session
        code = session.plan.fingerprint if session.plan else ""
        return self.sheet(), code, session.draft.language, self._desk.words.language, session.release, session.site

    def _draw(self) -> None:
        if self._sheets != self._commands.sheets():
            self._list_sheets()
        sheet, content, width = self.sheet(), self._content(), self.strip.page_width()
        if (content, width) == self._shown:
            return
        # The same pages in another size stay to be seen until they are drawn in it; others never.
        self._keep = self._shown is not None and content == self._shown[0]
        self._shown = content, width
        self._renderer.drop()
        making = self._commands.making(sheet) if sheet is not None else None
        self.side.enable(making is not None)
        if making is None:
            self._slow.stop()
            self.strip.say("ui.document.no_plan")
            return
        if not self._keep:
            self.strip.blank()
        self._slow.start(SLOW_MS)
        ratio = self.devicePixelRatioF()
        self._renderer.draw(lambda: _drawn(making), width=round(width * ratio), ratio=ratio)

    def _lay_out(self, heights: tuple[float, ...]) -> None:
        self._slow.stop()
        self.strip.lay_out(heights, keep=self._keep)

    def _fail(self, error: Exception) -> None:
        self._slow.stop()
        self.side.enable(False)
        self.strip.say("ui.document.failed")
        self._commands.tell_failed(error)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        # Nothing is drawn that nobody sees; the next look begins anew.
        self._renderer.drop()
        self._slow.stop()
        self.strip.blank()
        self._shown = None


def _drawn(making: Callable[[], Document]) -> bytes:
    from mbc_desktop.documents.drawing.pdf import document_pdf

    return document_pdf(making())
