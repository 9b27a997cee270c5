"""The field for a name, a number of the patient, a note or a file name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from mbc_desktop.core.reading import Reading
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from mbc_desktop.ui.words import Words

TextKind = Literal["name", "patient_number", "insz", "note", "file_name"]


class TextEdit(TypedEdit):
    """A text by the rule `rule` (read_name, read_patient_number, ...); `kind` chooses the sentences."""

    def __init__(self, rule: Callable[[str], Reading[str]], words: Words, look: Look, *, label: str, kind: TextKind) -> None:
        super().__init__(rule, words, look, label=label, kind=kind)
        self.unit.hide()
        self._say()

    def value(self) -> str | None:
        """The text, when it may be stored; else None."""
        value = self.reading().value
        return value if isinstance(value, str) and self.may_be_stored() else None
