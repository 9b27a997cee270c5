"""Speaking with the person in front of the screen: telling something, asking something, asking for a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mbc_desktop.ui.words import Words

ENDING, CANCEL = ".mbc.json", "act.cancel"


class Asking:
    """Dialogs over one window, in its language. Their classes are imported when the first one opens: a start shows none."""

    def __init__(self, window: QWidget, words: Words) -> None:
        self._window, self._words = window, words

    def tell(self, title: str, text: str, details: str = "") -> None:
        """Says something that has to be read before one goes on."""
        self._box(title, text, details, ("ui.button.ok",))

    def choose(self, title: str, text: str, buttons: Sequence[str]) -> str:
        """Asks; returns the key of the button chosen, the last one (the harmless one) when the dialog is closed."""
        return self._box(title, text, "", buttons)

    def file_to_open(self, title: str, pattern: str, folder: Path | None) -> Path | None:
        """Asks for an existing file."""
        return self._file(title, folder or _documents(), pattern, "ExistingFile")

    def folder(self, title: str) -> Path | None:
        """Asks for an existing folder."""
        return self._file(title, _documents(), "", "Directory")

    def file_to_write(self, title: str, pattern: str, proposal: Path, ending: str) -> Path | None:
        """Asks for a file to write; a name without the ending gets it. A bare name is proposed among the person's documents."""
        path = self._file(title, proposal if proposal.is_absolute() else _documents() / proposal, pattern, "AnyFile")
        return path if path is None or path.name.lower().endswith(ending) else path.with_name(path.name + ending)

    def _file(self, title: str, start: Path, pattern: str, mode: Literal["AnyFile", "ExistingFile", "Directory"]) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        writes, folder = mode == "AnyFile", mode == "Directory"
        dialog = QFileDialog(self._window, title, str(start.parent if writes else start), pattern)
        dialog.setFileMode(QFileDialog.FileMode[mode])
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, folder)
        if writes:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(start.name)
        # Qt speaks no Dutch here.
        for label, key in (
            (QFileDialog.DialogLabel.LookIn, "ui.file.look_in"),
            (QFileDialog.DialogLabel.FileType, "ui.file.sort"),
        ):
            dialog.setLabelText(label, self._words.say(key))
        chosen = dialog.selectedFiles() if dialog.exec() else []
        # The window owns it: without this every question of the day would stay until the window closes.
        dialog.deleteLater()
        return Path(chosen[0]) if chosen else None

    def _box(self, title: str, text: str, details: str, keys: Sequence[str]) -> str:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle(title)
        # A file name or a typed text is never markup.
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(details)
        role = QMessageBox.ButtonRole
        buttons = {key: box.addButton(self._words.say(key), role.AcceptRole) for key in keys}
        # A question with a way out warns of something: Enter by habit must not go on (another patient of that name, a restore).
        box.setDefaultButton(buttons[CANCEL if CANCEL in buttons else keys[0]])
        box.setEscapeButton(buttons[keys[-1]])
        box.exec()
        clicked = box.clickedButton()
        answer = next((key for key, button in buttons.items() if button is clicked), keys[-1])
        # The window owns it: without this every question of the day would stay until the window closes.
        box.deleteLater()
        return answer


def _documents() -> Path:
    """Where a person of this computer keeps documents; the program's own folder is no place for patients."""
    from PySide6.QtCore import QStandardPaths

    there = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())
    # Qt would propose the name of a folder that is not there as the name of a file.
    return there if there.is_dir() else Path.home()
