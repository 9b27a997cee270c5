"""What is released with a cycle, to be read before the last signature: every dose with its days and what it was the time before,
what is objected to, and then the derivation of each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTextBrowser

from mbc_desktop.planning.intrathecal import IntrathecalDay
from mbc_desktop.planning.plan import Administration, Fraction, Plan, TakePeriod
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts.phrases import finding_text
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.labels import dose_label
from mbc_desktop.ui.look.palettes import Colours
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.item_sheets import ItemSheets
from mbc_desktop.ui.words import Words

Ordered = Administration | TakePeriod | Fraction | IntrathecalDay
_STOPPED = ("omitted", "held", "ceased")
_TURNING = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down)


class ReleaseSheet:
    """The text about one cycle of a course, in the language and the colours of the window."""

    def __init__(self, plan: Plan, library: Library, site: Site, words: Words, colours: Colours) -> None:
        self._plan, self._library, self._words, self._colours = plan, library, words, colours
        self._sheets = ItemSheets(plan, library, site, words, colours)

    def html(self, course: str, cycle: int) -> str:
        """The whole sheet; radiotherapy and an order for the spinal fluid are all of cycle 1."""
        groups = self._groups(course, cycle)
        for group in groups:
            self._summary(group)
        self._findings(course)
        for group in groups:
            self._sheets.text.rule()
            self._sheets.write(group[0].id)
        return self._sheets.text.html()

    def _groups(self, course: str, cycle: int) -> list[list[Ordered]]:
        """What is given of the cycle, by drug and dose, in the order of its days."""
        plan = self._plan
        every: list[Ordered] = [one for one in plan.administrations if (one.course, one.cycle) == (course, cycle)]
        every += [one for one in plan.intakes if (one.course, one.cycle) == (course, cycle)]
        every += [one for one in plan.fractions if one.course == course]
        every += [one for one in plan.intrathecal if one.order == course]
        groups: dict[tuple[str, str], list[Ordered]] = {}
        for one in sorted((one for one in every if one.status not in _STOPPED), key=_day):
            groups.setdefault((self._name(one), self._amount(one)), []).append(one)
        return list(groups.values())

    def _summary(self, group: list[Ordered]) -> None:
        first, texts, text = group[0], self._words.texts, self._sheets.text
        text.heading(self._name(first))
        text.figure(self._amount(first))
        days = texts.listing(tuple(dict.fromkeys(texts.short_date(_day(one)) for one in group)))
        text.line(days)
        if isinstance(first, Administration | TakePeriod):
            before = self._sheets.doses.before(first)
            said = (
                self._words.texts.labelled(self._words.say("dose_sheet.before"), before)
                if before
                else self._words.say("dose_sheet.first")
            )
            text.line(said, strong=bool(before))

    def _findings(self, course: str) -> None:
        for finding in self._plan.findings:
            if finding.course in ("", course) and finding.severity in ("stop", "caution"):
                tone = self._colours.severities[finding.severity]
                self._sheets.text.box(finding_text(finding, self._library, self._words.texts), tone)

    def _name(self, one: Ordered) -> str:
        say = self._words.say
        match one:
            case Fraction():
                return say("ui.records.released_radiotherapy", count=one.of, region=say(f"region.{one.region}"))
            case IntrathecalDay():
                return say("spinal.item", drug=say(f"ward.intrathecal_drug.{one.drug}"))
            case _:
                return self._words.drug_with_brand(one.drug)

    def _amount(self, one: Ordered) -> str:
        if one.dose is None:
            return self._words.say("ui.legend.withheld")
        if isinstance(one, Administration | TakePeriod):
            return dose_label(self._words, one.dose)
        return self._words.texts.quantity(one.dose)


class ReleaseView(QTextBrowser):
    """The sheet to read in a dialog."""

    def __init__(self, plan: Plan, course: str, cycle: int, desk: Desk, library: Library) -> None:
        super().__init__()
        self.setAccessibleName(desk.words.say("ui.records.release"))
        self.setHtml(ReleaseSheet(plan, library, desk.session.site, desk.words, desk.look.colours).html(course, cycle))

    def turn_from(self, line: QLineEdit) -> None:
        """Lets the arrows and PageDown turn this sheet while the keyboard stands in a line that has no use for them."""
        line.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TURNING:
            self.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)


def _day(one: Ordered) -> date:
    match one:
        case Administration():
            return one.date or one.due
        case TakePeriod():
            return one.first
        case _:
            return one.date
