"""A dialog of a few typed lines: a sign-in, a signature, a reason. What is refused stays on the screen with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mbc_desktop.core.record import dataclass
from mbc_desktop.ui.look.theme import GRID, scaled
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.line_edit import LineEdit
from mbc_desktop.ui.words import Words

Kind = Literal["text", "secret", "tick", "choice"]
Take = Callable[[Mapping[str, str]], str]
"""Does what was asked; gives the sentence of a refusal, or "" when it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the form: its name, the key of its words, what it holds; `options` of a choice as value and key."""

    name: str
    label: str
    kind: Kind = "text"
    options: tuple[tuple[str, str], ...] = ()


class FormDialog(QDialog):
    """Asks for the lines, hands them to `take`, and closes when nothing is refused."""

    def __init__(
        self, words: Words, parent: QWidget, *, title: str, lines: Sequence[Line], take: Take, button: str, hint: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words, self._take = words, take
        self.fields: dict[str, QLineEdit | QCheckBox | ChoiceBox] = {}
        # The three dots promise a dialog, and this is it.
        self.refusal, self.ok = QLabel(), QPushButton(words.say(button).removesuffix("…"))
        self.setWindowTitle(words.say(title).removesuffix("…"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        for text in (hint,) if hint else ():
            told = QLabel(text)
            told.setWordWrap(True)
            column.addWidget(told)
        form = QFormLayout()
        form.setVerticalSpacing(GRID)
        for line in lines:
            self._add(form, line)
        column.addLayout(form)
        self.refusal.setWordWrap(True)
        self.refusal.hide()
        column.addWidget(self.refusal)
        column.addLayout(self._buttons())
        self.setMinimumWidth(scaled(56 * GRID))

    def values(self) -> dict[str, str]:
        """What stands in the lines now; a tick is "yes" or ""."""
        return {name: _text(field) for name, field in self.fields.items()}

    def accept(self) -> None:
        """Hands the lines on; a refusal stays."""
        refused = self._take(self.values())
        if refused:
            self.refuse(refused)
        else:
            super().accept()

    def refuse(self, refused: str) -> None:
        """Says why it was not done; what was typed stays, the secret is ready to be typed again."""
        self.refusal.setText(refused)
        self.refusal.show()
        announce(self.ok, refused)
        secrets = [field for field in self.fields.values() if isinstance(field, QLineEdit) and _is_secret(field)]
        for field in secrets[-1:]:
            field.selectAll()
            field.setFocus()

    def _add(self, form: QFormLayout, line: Line) -> None:
        label = capital(self._words.say(line.label))
        if line.kind == "tick":
            tick = QCheckBox(label)
            form.addRow(tick)
            self.fields[line.name] = tick
            return
        field = self._choice(line) if line.kind == "choice" else LineEdit()
        if isinstance(field, QLineEdit) and line.kind == "secret":
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(label)
        form.addRow(label, field)
        self.fields[line.name] = field

    def _choice(self, line: Line) -> ChoiceBox:
        box = ChoiceBox(self._words)
        box.offer(line.options)
        return box

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = QPushButton(self._words.say("act.cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(self.ok)
        return row


def capital(text: str) -> str:
    """The word with a capital, as it stands before a field; in a sentence it has none."""
    return text[:1].upper() + text[1:]


def _text(field: QLineEdit | QCheckBox | ChoiceBox) -> str:
    if isinstance(field, QCheckBox):
        return "yes" if field.isChecked() else ""
    return field.value() if isinstance(field, ChoiceBox) else field.text()


def _is_secret(field: QLineEdit) -> bool:
    return field.echoMode() == QLineEdit.EchoMode.Password
