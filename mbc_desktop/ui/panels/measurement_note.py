"""What stands under a measured value: how old it is, what it was before and how much it changed, its course with the limits."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.patient.plausibility import FieldPolicy, ageing
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.trend_limits import limits_for
from mbc_desktop.ui.widgets.trend_plot import TrendPlot
from mbc_desktop.ui.words import Words

PLOTTED = ("weight", "creatinine", "calcium", "neutrophils", "platelets", "haemoglobin", "lvef", "qtcf", "albumin")


def note_text(
    words: Words, shown: Measurement, before: Measurement | None, policy: FieldPolicy | None, today: date, *, kept: bool = False
) -> str:
    """That a value no longer counts, the earlier one and the change; "" for the first one while it counts. How old it is stands
    with its day; `kept` = it is of another day than its group, which is said here."""
    lines = [words.say("ui.measure.still_of", on=shown.on)] if kept else []
    if policy is not None and policy.fresh_days is not None and shown.on <= today:
        too_old = ageing(policy, on=shown.on, today=today) == "too_old"
        lines += [words.say("lab.too_old", count=(today - shown.on).days)] if too_old else []
    if before is not None:
        lines.append(words.say("ui.measure.previous", value=words.texts.quantity(before.quantity), on=before.on))
        lines += [change] if (change := _change(words, shown, before)) else []
    return "\n".join(lines)


def is_too_old(shown: Measurement | None, policy: FieldPolicy | None, today: date) -> bool:
    """Whether a value no longer counts for what is due."""
    return shown is not None and policy is not None and ageing(policy, on=shown.on, today=today) == "too_old"


def strike_out(line: QLineEdit, struck: bool) -> None:
    """Strikes through what no longer counts; it can still be read."""
    font = line.font()
    if font.strikeOut() != struck:
        font.setStrikeOut(struck)
        line.setFont(font)


def with_new(base: tuple[Measurement, ...], typed: Measurement | None) -> tuple[Measurement, ...]:
    """The measurements with the one that is being typed in the place of that of the same day."""
    if typed is None:
        return base
    return (*(one for one in base if one.on != typed.on), typed)


def _change(words: Words, shown: Measurement, before: Measurement) -> str:
    if shown.quantity.unit != before.quantity.unit or not before.quantity.amount:
        return ""
    difference = CONTEXT.subtract(shown.quantity.amount, before.quantity.amount)
    percent = CONTEXT.divide(CONTEXT.multiply(difference, 100), before.quantity.amount).quantize(1)
    if not difference:
        return words.say("lab.unchanged")
    key = "lab.rose" if difference > 0 else "lab.fell"
    return words.say(key, by=words.texts.amount(abs(difference), shown.quantity.unit), percent=words.texts.number(abs(percent)))


class Trend:
    """Adds a plot under a row when there are two values to draw, and keeps it level."""

    def __init__(self, desk: Desk, kind: str, column: QVBoxLayout) -> None:
        self._desk, self._kind, self._column = desk, kind, column
        self.plot: TrendPlot | None = None

    def show_values(self, values: tuple[Measurement, ...]) -> None:
        """Draws the values that share the unit of the newest one."""
        newest = max(values, key=lambda one: one.on, default=None)
        same = tuple(one for one in values if newest is not None and one.quantity.unit == newest.quantity.unit)
        drawn = self._kind in PLOTTED and len({one.on for one in same}) > 1
        if drawn and self.plot is None:
            self.plot = TrendPlot(self._desk.look)
            self._column.addWidget(self.plot)
        if self.plot is not None:
            self.plot.setVisible(drawn)
        library = self._desk.session.library
        if drawn and self.plot is not None and library is not None:
            limits = limits_for(self._desk.session.draft, library, same, site=self._desk.session.site)
            points = tuple((one.on, one.quantity.amount) for one in same)
            names = {limit.value: self._desk.words.texts.number(limit.value) for limit in limits}
            self.plot.show_values(points, names, self._said(same))

    def _said(self, values: tuple[Measurement, ...]) -> str:
        texts, library = self._desk.words.texts, self._desk.session.library
        lines = [f"{texts.short_date(one.on)}: {texts.quantity(one.quantity)}" for one in sorted(values, key=lambda one: one.on)]
        session = self._desk.session
        for limit in limits_for(session.draft, library, values, site=session.site) if library else ():
            amount = texts.amount(limit.value, values[-1].quantity.unit)
            name = self._desk.words.drug(limit.drug) if limit.drug else self._desk.words.say("lab.own_range")
            lines.append(self._desk.words.say("lab.limit", value=amount, of=name))
        return "\n".join(lines)
