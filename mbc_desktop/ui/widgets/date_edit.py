"""The field for a date: day before month in every language, with the weekday in words beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from mbc_desktop.patient.date_plausibility import DatePolicy, read_date
from mbc_desktop.planning.dates.working_days import belgian_holidays
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.reading_text import AnyReading
from mbc_desktop.ui.widgets.typed_edit import NOTHING, TypedEdit
from mbc_desktop.ui.words import Words


class DateEdit(TypedEdit):
    """A date by the limits of one field (None until the library has been read). `today` is asked at every reading."""

    def __init__(
        self,
        policy: DatePolicy | None,
        words: Words,
        look: Look,
        *,
        label: str,
        today: Callable[[], date],
        echo_below: bool = False,
        with_age: bool = False,
    ) -> None:
        """`with_age` also says how long ago the day was."""
        self._policy = policy
        self._today, self._with_age = today, with_age
        super().__init__(self._read_date, words, look, label=label, echo_below=echo_below)
        self.unit.hide()
        self.echo.setWordWrap(with_age)
        self._say()
        self.use_policy(policy)

    def use_policy(self, policy: DatePolicy | None) -> None:
        """Goes by the limits of another field; the text stays and is read anew."""
        waited = self._policy is None
        self._policy = policy
        self.setEnabled(policy is not None)
        if self.text():
            self.read_anew(tell=not waited)

    def value(self) -> date | None:
        """The date, when it may be stored; else None."""
        value = self.reading().value
        return value if isinstance(value, date) and self.may_be_stored() else None

    @override
    def _echo(self, value: Decimal | date | str) -> str:
        said = super()._echo(value)
        if not (self._with_age and isinstance(value, date)) or value > self._today():
            return said
        days = (self._today() - value).days
        age = self._words.say("lab.ago", count=days) if days else self._words.say("lab.today")
        # Where the line is too long for the field, the age stands below as a whole.
        return f"{said}, {age.replace(' ', chr(0xA0))}"

    @override
    def _say(self) -> None:
        super()._say()
        self.line.setPlaceholderText(self._words.say("ui.field.date_form"))

    def _read_date(self, text: str) -> AnyReading:
        if self._policy is None:
            return NOTHING
        return read_date(text, policy=self._policy, today=self._today(), holidays=belgian_holidays)
