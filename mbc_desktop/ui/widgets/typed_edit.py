"""A line that is read while it is typed: the text stays as it is, what was understood is echoed, what is wrong is said below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mbc_desktop.core.reading import Reading
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.look.theme import GRID, Tone
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.announce import announce, announce_in_pause
from mbc_desktop.ui.widgets.confirmation import Confirmation
from mbc_desktop.ui.widgets.line_edit import LineEdit
from mbc_desktop.ui.widgets.reading_text import AnyReading, echo_text, objection_text
from mbc_desktop.ui.words import Words

NOTHING: Reading[Decimal] = Reading(verdict="reject", value=None, reason="EMPTY")

# What typing on cannot put right is said at once, the rest when the field is left: nobody is scolded in the middle of a number.
_FINAL = frozenset(
    {
        "CONTROL_CHAR", "TOO_LONG", "COMPARATOR", "SIGN", "EXPONENT", "NON_ASCII_DIGIT", "UNDERSCORE", "MULTIPLE_SEPARATORS",
        "AMBIGUOUS_SEPARATOR", "TOO_MANY_DECIMALS", "NOT_INTEGER", "LEADING_ZERO", "ABOVE_HARD_LIMIT", "NO_SUCH_DATE",
    }
)  # fmt: skip


class TypedEdit(QWidget):
    """The common part of the fields for numbers, dates and texts. `changed` carries the Reading of each new text, `confirmed` the
    reason that a person gave for an unusual value. Nothing is ever clamped, corrected or taken from the mouse wheel."""

    changed = Signal(object)
    confirmed = Signal(str)

    def __init__(
        self, rule: Callable[[str], AnyReading], words: Words, look: Look, *, label: str, kind: str = "", echo_below: bool = False
    ) -> None:
        """`rule` reads the text, `label` is the key of the field's name, `kind` chooses sentences where they differ by field, and
        `echo_below` puts what was understood under the line instead of beside it."""
        super().__init__()
        self._rule, self._words, self._look, self._label, self._kind = rule, words, look, label, kind
        self._settled = True
        self._required = False
        self._reading: AnyReading = NOTHING
        self._reason = ""
        self._confirmation: Confirmation | None = None
        self._echo_below = echo_below
        self.spellings: tuple[str, ...] = ()
        self.line = LineEdit(parent=self)
        self.unit = _plain_label(self)
        self.echo = _plain_label(self)
        self._message: QLabel | None = None
        self._lay_out()
        self.line.textChanged.connect(self._read_again)
        self.line.editingFinished.connect(self._settle)
        words.changed.connect(self._say)
        look.changed.connect(self._paint)
        self._paint()

    @override
    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """To the line. No focus proxy: one that was built late catches the Tab key at the end of the page."""
        self.line.setFocus(reason)

    @property
    def confirmation(self) -> Confirmation:
        """The row for a reason. Few fields ever need one, and it costs as much as the rest of the field: made when asked for."""
        if self._confirmation is None:
            self._confirmation = Confirmation(self._words, self)
            self._confirmation.given.connect(self._take_reason)
            self._column.addWidget(self._confirmation)
            self._ask(self._reason)
        return self._confirmation

    @property
    def message(self) -> QLabel:
        """What is wrong, below the line; made when something is."""
        if self._message is None:
            self._message = _plain_label(self)
            self._message.setWordWrap(True)
            self._message.hide()
            self._column.insertWidget(2 if self._echo_below else 1, self._message)
        return self._message

    def text(self) -> str:
        """The text as typed."""
        return self.line.text()

    def show_text(self, text: str, *, confirmed: str = "") -> None:
        """Shows a text of the session without telling anybody; `confirmed` is the reason given for it before."""
        if text != self.line.text():
            blocked = self.line.blockSignals(True)
            self.line.setText(text)
            self.line.blockSignals(blocked)
        self._settled = True
        self._reading = self._rule(text)
        self._ask(confirmed)
        self._show()

    def reading(self) -> AnyReading:
        """What the field makes of its text."""
        return self._reading

    def reason_given(self) -> str:
        """The reason with which an unusual value was confirmed; "" for none."""
        return self._reason

    def may_be_stored(self) -> bool:
        """Whether the value stands: accepted, or unusual and confirmed with a reason."""
        return self._reading.verdict == "accept" or (self._reading.verdict == "warn" and bool(self.reason_given()))

    def require(self, required: bool = True) -> None:
        """Whether an empty field is an error."""
        self._required = required
        self._show()

    def read_anew(self, *, tell: bool = True) -> None:
        """Reads the same text by a rule that has changed (another unit, another day), and with `tell` says what came of it. A
        confirmation that was given stands when the reading is the same."""
        before, given = self._reading, self.reason_given()
        same = before in (NOTHING, self._rule(self.text()))
        self.show_text(self.text(), confirmed=given if same else "")
        if tell and self._reading != before:
            self.changed.emit(self._reading)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.line, 1)
        row.addWidget(self.unit)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(row)
        if self._echo_below:
            column.addWidget(self.echo)
        else:
            row.addWidget(self.echo)

    def _read_again(self, text: str) -> None:
        # What arrives while the cursor is elsewhere (dropped, set by a test) is complete.
        self._settled = not self.line.hasFocus()
        self._reading = self._rule(text)
        self._ask("")
        self._show()
        self.changed.emit(self._reading)

    def _settle(self) -> None:
        self._settled = True
        self._show()

    def _ask(self, given: str) -> None:
        self._reason = given
        if self._confirmation is not None:
            self._confirmation.ask_about(self._reading, given=given, spellings=self.spellings)

    def _take_reason(self, reason: str) -> None:
        self._reason = reason
        self._show()
        self.confirmed.emit(reason)

    def _say(self) -> None:
        self.line.setAccessibleName(self._words.say(self._label))
        self._show()

    def _said(self) -> str:
        """What is to be said now about the text."""
        reason = self._reading.reason
        if reason is None or (reason == "EMPTY" and not self._required):
            return ""
        if not self._settled and reason not in _FINAL:
            return ""
        return objection_text(self._words.texts, self._reading, kind=self._kind)

    def _show(self) -> None:
        said = self._said()
        value = self._reading.value
        echo = "" if value is None else self._echo(value)
        self.echo.setText(f"= {echo}" if echo else "")
        self.echo.setVisible(bool(echo))
        if said or self._message is not None:
            self.message.setText(said)
            self.message.setVisible(bool(said))
        asking = bool(said) and self._reading.verdict == "warn"
        if asking or self._confirmation is not None:
            self.confirmation.setVisible(asking)
        # What is wrong is said at once, and what was understood once the number is whole.
        (announce if said or self._settled else announce_in_pause)(self.line, said or echo)
        if said:
            write_in(self.message, self._tone().text)

    def _echo(self, value: Decimal | date | str) -> str:
        """What was understood, in words."""
        return echo_text(self._words.texts, value, self._reading.unit)

    def _tone(self) -> Tone:
        severities = self._look.colours.severities
        if self._reading.verdict == "warn":
            return severities["info" if self._reason else "caution"]
        return severities["stop"]

    def _paint(self) -> None:
        if self._message is not None:
            write_in(self._message, self._tone().text)
        write_in(self.echo, self._look.colours.muted)
        write_in(self.unit, self._look.colours.muted)


def _plain_label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    # What was typed is shown to the letter, never as markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def write_in(label: QLabel, colour: str) -> None:
    """Writes a label in a colour; one that has it already is left alone, for a new palette lays out and paints again."""
    palette, wanted = QPalette(label.palette()), QColor(colour)
    # On a ground of the colour of fields a label is written in the colour of fields.
    roles = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text)
    if all(palette.color(role) == wanted for role in roles):
        return
    for role in roles:
        palette.setColor(role, wanted)
    label.setPalette(palette)
