"""What is seen while pages go to the printer: which page it is, how many there are, and a button to give it up."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QProgressBar, QVBoxLayout, QWidget

from mbc_desktop.ui.beside import Beside, Steps
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.memory import give_back_memory
from mbc_desktop.ui.override import override
from mbc_desktop.ui.paper.printing import Printed, print_pages
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

WIDTH = 340


class PrintProgress(QDialog):
    """Closes itself after the last page. Escape and the button stop after the page that is being drawn."""

    def __init__(self, words: Words, window: QWidget) -> None:
        super().__init__(window)
        self._words = words
        self._error: Exception | None = None
        self._label, self._bar = QLabel(words.say("sheets.print_begins")), QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words.say("sheets.print_title"))
        buttons = QDialogButtonBox()
        self.give_up = buttons.addButton(words.say("sheets.print_stop"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.setWindowTitle(words.say("sheets.print_title"))
        self.setMinimumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        for part in (self._label, self._bar, buttons):
            column.addWidget(part)
        self._beside = Beside(self)
        self._beside.came.connect(self._show)
        self._beside.ended.connect(self.accept)
        self._beside.failed.connect(self._fail)

    def print(self, contents: Sequence[bytes], printer: QPrinter) -> Printed | None:
        """Prints while the window answers; how far it came, None for not at all. Raises PrinterGoneError."""
        reached = [Printed(0, 0)]

        def steps() -> Steps:
            with closing(print_pages(contents, printer)) as pages:
                for step in pages:
                    reached.append(step)
                    yield step

        self._beside.run(steps)
        self.exec()
        self.deleteLater()
        give_back_memory()
        if self._error is not None:
            raise self._error
        last = reached[-1]
        # A file that was given up is not there any more.
        nothing = not last.number or (last.number < last.of and bool(printer.outputFileName()))
        return None if nothing else last

    @override
    def reject(self) -> None:
        # It goes once the printer has let go of the page.
        self.give_up.setEnabled(False)
        self._label.setText(self._words.say("sheets.print_stopping"))
        self._beside.stop()

    def _show(self, step: object) -> None:
        if isinstance(step, Printed):
            self._bar.setRange(0, step.of)
            self._bar.setValue(step.number)
            now = min(step.number + 1, step.of)
            self._label.setText(self._words.say("sheets.print_page", number=now, of=step.of))
            announce(self._bar, self._label.text())

    def _fail(self, error: object) -> None:
        self._error = error if isinstance(error, Exception) else None
        self.accept()
