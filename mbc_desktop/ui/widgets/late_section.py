"""A section that is folded at first and built when it is unfolded: what few treatments need costs no start anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.section import Section


class LateSection(Section):
    """Its classes say in `build` which fields it has, in `fill` what stands in them, in `filled` whether anything does."""

    was_built = Signal()
    """Sent once, when its fields stand."""

    def __init__(self, desk: Desk, title: str) -> None:
        # The base class unfolds itself while it is being made; nothing is built for that.
        self.built = True
        self.fields: dict[str, QWidget] = {}
        super().__init__(desk, title)
        self.built = False
        # Here the heading is the only way in, so the keyboard can reach it.
        self.heading.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fold(False)

    def build(self) -> None:
        """Makes the fields."""

    def fill(self) -> None:
        """Shows in the fields what the session holds."""

    def filled(self) -> bool:
        """Whether the treatment holds something of this section."""
        return False

    def unfold_for(self, field: str) -> QWidget | None:
        """The field of that id, unfolded when it is one of this section."""
        if not self.holds(field):
            return None
        self._fold(True)
        return self.fields.get(field)

    def holds(self, field: str) -> bool:
        """Whether a field belongs to this section, built or not."""
        return False

    def show_draft(self) -> None:
        """Unfolds when there is something to show, and shows it."""
        if self.filled():
            self._fold(True)
        if self.built:
            self.fill()

    @override
    def _fold(self, shown: bool) -> None:
        if shown and not self.built:
            self.built = True
            self.build()
            self.fill()
            self.was_built.emit()
        super()._fold(shown)
