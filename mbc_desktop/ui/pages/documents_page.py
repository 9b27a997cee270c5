"""The documents page: which documents there are, how they look on paper, and the two ways out."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QScrollArea, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Language
from mbc_desktop.texts import complete_languages, language_name
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.document_commands import DOCUMENTS, DocumentCommands
from mbc_desktop.ui.override import override
from mbc_desktop.ui.printing import page_images
from mbc_desktop.ui.theme import GRID, larger
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.surface import Surface

SIDE = 296
SCROLL_BAR = 20
WIDEST = 1100


class DocumentsPage(QWidget):
    """Shows the chosen document as it would be printed now; drawn anew whenever the plan has changed."""

    def __init__(self, desk: Desk, commands: DocumentCommands) -> None:
        super().__init__()
        self._desk, self._commands = desk, commands
        self._shown: tuple[str, str, str, str, int] | None = None
        self._list = QListWidget()
        self.language = ChoiceBox(desk.words)
        self.language.offer_texts([(language, language_name(language)) for language in complete_languages()])
        self._export, self._print = QPushButton(), QPushButton()
        self._pages = QVBoxLayout()
        self._lay_out()
        self._name()
        self._list.setCurrentRow(0)
        # Several changes in a row are drawn once, after the last one.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._draw)
        self._list.currentRowChanged.connect(lambda _: self._later())
        self.language.chosen.connect(self._use_language)
        self._export.clicked.connect(lambda: commands.export(self._document()))
        self._print.clicked.connect(lambda: commands.print(self._document()))
        desk.session.changed.connect(self._later)
        desk.words.changed.connect(self._name)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._later()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later()

    def _page_width(self) -> int:
        """As wide as there is room, so that nobody has to scroll sideways."""
        return max(320, min(WIDEST, self._preview.width() - SCROLL_BAR - 4 * GRID))

    def _document(self) -> str:
        return DOCUMENTS[max(self._list.currentRow(), 0)]

    def _use_language(self, chosen: str) -> None:
        session = self._desk.session
        for language in get_args(Language):
            if language == chosen:
                session.change(replace(session.draft, language=language))

    def _later(self) -> None:
        self.language.show_value(self._desk.session.draft.language)
        if self.isVisible():
            self._soon.start(0)

    def _draw(self) -> None:
        plan = self._desk.session.plan
        code = plan.fingerprint if plan else ""
        language = self._desk.session.draft.language
        state = (self._document(), code, language, self._desk.words.language, self._page_width())
        if state == self._shown:
            return
        self._shown = state
        while (old := self._pages.takeAt(0)) is not None:
            if (page := old.widget()) is not None:
                page.deleteLater()
        pdf = self._commands.pdf(self._document()) if plan and plan.request.courses else None
        self._export.setEnabled(pdf is not None)
        self._print.setEnabled(pdf is not None)
        if pdf is None:
            self._add_page(QLabel(self._desk.words.say("ui.document.no_plan")))
            return
        images = list(page_images(pdf, width=round(self._page_width() * self.devicePixelRatioF())))
        for number, image in enumerate(images, start=1):
            image.setDevicePixelRatio(self.devicePixelRatioF())
            page = QLabel()
            page.setPixmap(QPixmap.fromImage(image))
            page.setAccessibleName(self._desk.words.say("ui.document.page", number=number, of=len(images)))
            self._add_page(page)

    def _add_page(self, page: QLabel) -> None:
        if not page.pixmap().isNull():
            page.setFixedSize(page.pixmap().deviceIndependentSize().toSize())
        self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)

    def _name(self) -> None:
        row = max(self._list.currentRow(), 0)
        self._list.clear()
        self._list.addItems([self._desk.words.say(f"ui.document.{name}") for name in DOCUMENTS])
        self._list.setCurrentRow(row)

    def _lay_out(self) -> None:
        words = self._desk.words
        side = Surface()
        side.setFixedWidth(SIDE)
        side.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        side.column.setSpacing(GRID)
        heading, language = QLabel(), QLabel()
        heading.setFont(larger(self.font(), 4))
        language.setBuddy(self.language)
        self._list.setFrameShape(QListWidget.Shape.NoFrame)
        self._list.setMaximumHeight(80)
        words.put(heading, heading.setText, "ui.document.heading")
        words.put(language, language.setText, "ui.document.language")
        words.put(self.language, self.language.setAccessibleName, "ui.document.language")
        words.put(self._list, self._list.setAccessibleName, "ui.document.heading")
        words.put(self._export, self._export.setText, "ui.document.export")
        words.put(self._print, self._print.setText, "ui.document.print")
        for part in (heading, self._list, language, self.language, self._export, self._print):
            side.column.addWidget(part)
        side.column.addStretch(1)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Window)
        self._pages = QVBoxLayout(inside)
        self._pages.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._pages.setSpacing(2 * GRID)
        preview = self._preview = QScrollArea()
        preview.setWidget(inside)
        preview.setWidgetResizable(True)
        preview.setFrameShape(QScrollArea.Shape.NoFrame)
        words.put(preview, preview.setAccessibleName, "ui.document.preview")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(preview, 1)
