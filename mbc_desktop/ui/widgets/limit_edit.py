"""A number that shares its unit with the field above it: one end of a laboratory's range."""

from __future__ import annotations

from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit


class LimitEdit(QuantityEdit):
    """A number field without its own unit and echo, which stand with the value it belongs to."""

    @override
    def _say(self) -> None:
        # Another language or unit says the unit again; here it would push the names of all fields out of sight.
        super()._say()
        self.unit.hide()

    @override
    def _show(self) -> None:
        super()._show()
        self.unit.hide()
        self.echo.hide()
