"""What the inspector says of one item of the plan: dates, window, dose with every step that led to it."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.planning.intrathecal import IntrathecalDay
from mbc_desktop.planning.plan import Administration, CheckUp, Fraction, Plan, TakePeriod
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts.phrases import choice_text, derived_name, finding_text, texts_for
from mbc_desktop.texts.support_words import support_line
from mbc_desktop.ui.labels import fraction_label
from mbc_desktop.ui.look.rich_text import RichText
from mbc_desktop.ui.look.theme import Colours
from mbc_desktop.ui.panels.day_sheet import RADIOTHERAPY_DERIVED
from mbc_desktop.ui.panels.dose_sheet import DoseSheet, origin
from mbc_desktop.ui.words import Words

Item = Administration | TakePeriod | Fraction | CheckUp | IntrathecalDay


class ItemSheets:
    """Writes the sheet of an item in one language and one theme."""

    def __init__(self, plan: Plan, library: Library, site: Site, words: Words, colours: Colours) -> None:
        self._plan, self._library, self._words, self._colours = plan, library, words, colours
        self._texts = words.texts
        self.text = RichText(colours)
        self.doses = DoseSheet(self.text, plan, library, site, words)

    def of(self, item: str) -> str:
        """The sheet of an item as HTML; empty when the plan does not hold it (any more)."""
        return self.text.html() if self.write(item) else ""

    def write(self, item: str) -> bool:
        """Adds the sheet of an item to the text; False when the plan does not hold it (any more)."""
        plan = self._plan
        every: tuple[Item, ...] = (*plan.administrations, *plan.intakes, *plan.fractions, *plan.checks, *plan.intrathecal)
        found = next((one for one in every if one.id == item), None)
        match found:
            case Administration():
                self._administration(found)
            case TakePeriod():
                self._period(found)
            case Fraction():
                self._fraction(found)
            case CheckUp():
                self._check(found)
            case IntrathecalDay():
                self._spinal(found)
            case None:
                return False
        return True

    def _administration(self, given: Administration) -> None:
        say, text, texts = self._words.say, self.text, self._texts
        text.title(self._words.drug_with_brand(given.drug))
        text.subtitle(texts.long_date(given.date) if given.date else say("ui.inspector.no_open_day"))
        self._status(given.status)
        self.doses.write(given)
        text.heading(say("ui.inspector.when"))
        first, last = given.window
        text.facts(
            (
                (say("ui.inspector.route"), say(f"route.{given.route}")),
                (say("ui.inspector.place"), say("ui.inspector.cycle_day", cycle=given.cycle, day=given.day, number=given.number)),
                # The template's day and the day after events are only of interest where they differ.
                (say("ui.inspector.nominal"), texts.short_date(given.nominal) if given.nominal != given.due else ""),
                (say("ui.inspector.due"), texts.short_date(given.due) if given.due != given.date else ""),
                (say("ui.inspector.date"), texts.short_date(given.date) if given.date else ""),
                (say("ui.inspector.window"), say("ui.inspector.from_to", first=first, last=last)),
                (say("convention.interval"), self._interval(given)),
            )
        )
        if given.date is not None and given.date != given.due:
            text.line(say("ui.inspector.moved", due=given.due), muted=True)
        self.doses.write_steps(given.dose)
        self.doses.write_lifetime(given.id)
        self.doses.write_gate(given.gate)
        self.doses.write_others(given.dose, given.course, given.date or given.due)
        self._choices(given.course)
        self._notes(given.course, given.drug)

    def _interval(self, given: Administration) -> str:
        """How long after the one before it of the same drug, on their real days."""
        earlier = [
            one.date for one in self._plan.administrations
            if (one.course, one.drug) == (given.course, given.drug) and one.number < given.number and one.date is not None
            and one.status not in ("omitted", "held", "ceased")
        ]  # fmt: skip
        if given.date is None or not earlier:
            return ""
        before = max(earlier)
        return self._words.say("convention.days_after", count=(given.date - before).days, on=before)

    def _period(self, period: TakePeriod) -> None:
        say, text = self._words.say, self.text
        text.title(self._words.drug_with_brand(period.drug))
        text.subtitle(say("ui.inspector.cycle", cycle=period.cycle))
        self._status(period.status)
        self.doses.write(period)
        text.heading(say("ui.inspector.when"))
        last = say("ui.inspector.goes_on") if period.open else self._texts.short_date(period.last)
        rest = say("ui.inspector.from_to", first=period.rest[0], last=period.rest[1]) if period.rest else ""
        text.facts(
            (
                (say("ui.inspector.first"), self._texts.short_date(period.first)),
                (say("ui.inspector.last"), last),
                (say("ui.inspector.rest"), rest),
                (say("ui.inspector.units"), self._texts.number(period.units) if period.units and not period.open else ""),
            )
        )
        self.doses.write_tablets(period)
        self.doses.write_steps(period.dose)
        self.doses.write_gate(period.gate)
        self.doses.write_others(period.dose, period.course, period.first)
        self._choices(period.course)
        self._notes(period.course, period.drug)

    def _fraction(self, fraction: Fraction) -> None:
        say, text = self._words.say, self.text
        text.title(fraction_label(self._words, fraction))
        text.subtitle(self._texts.long_date(fraction.date))
        self._status(fraction.status)
        text.figure(self._texts.quantity(fraction.dose))
        dates = [one.date for one in self._plan.fractions if one.course == fraction.course]
        total = sum((one.dose.amount for one in self._plan.fractions if one.course == fraction.course), fraction.dose.amount * 0)
        text.facts(
            (
                (say("ui.inspector.region"), say(f"region.{fraction.region}")),
                (say("ui.inspector.total"), self._texts.amount(total, fraction.dose.unit)),
                (say("ui.inspector.course"), say("ui.inspector.from_to", first=min(dates), last=max(dates))),
            )
        )

        self._notes(fraction.course, "")
        text.heading(say("ui.inspector.biological"))
        for derived in self._plan.derived:
            inputs = dict(derived.inputs)
            if derived.id in RADIOTHERAPY_DERIVED and inputs.get("course") == fraction.course:
                ratio = say("ui.inspector.alpha_beta", ratio=self._texts.number(Decimal(inputs["alpha_beta"])))
                value = self._texts.amount(Decimal(derived.value), derived.unit)
                text.facts(((f"{derived_name(derived, self._texts)}, {ratio}", value),))

    def _check(self, check: CheckUp) -> None:
        say, text = self._words.say, self.text
        text.title(say(f"check.{check.kind}"))
        text.subtitle(self._texts.long_date(check.date))
        text.facts(
            (
                (say("ui.inspector.for"), self._words.drug_with_brand(check.drug) if check.drug else ""),
                (say("ui.inspector.remark"), say(f"check_note.{check.note}") if check.note else ""),
                (say("ui.inspector.nominal"), self._texts.short_date(check.nominal) if check.nominal != check.date else ""),
                (say("ui.inspector.date"), self._texts.short_date(check.date)),
                (say("ui.inspector.source"), origin(self._library, self._words, check.source, check.grade)),
            )
        )

    def _spinal(self, day: IntrathecalDay) -> None:
        say, text, texts = self._words.say, self.text, self._texts
        text.title(say("spinal.item", drug=say(f"ward.intrathecal_drug.{day.drug}")))
        text.subtitle(texts.long_date(day.date))
        self._status(day.status)
        if day.dose is not None:
            text.figure(texts.quantity(day.dose))
        text.line(say("ward.never_intrathecal"), strong=True)
        text.facts(
            (
                (say("ui.inspector.place"), say("ui.calendar.number_of", number=day.number, of=day.of)),
                (say("spinal.typed_by"), texts.listing(day.confirmed_by) if day.confirmed_by else ""),
                (say("act.note"), day.note),
            )
        )
        for finding in self._plan.findings:
            if dict(finding.values).get("order") == day.order:
                text.line(finding_text(finding, self._library, texts))

    def _status(self, status: str) -> None:
        if status == "planned":
            return
        severities = self._colours.severities
        tone = severities["stop"] if status == "withheld" else severities["info"]
        self.text.box(self._words.say(f"ui.status_long.{status}"), tone)

    def _choices(self, course: str) -> None:
        choices = [choice for choice in self._plan.choices if choice.course == course]
        if not choices:
            return
        say = self._words.say
        self.text.heading(say("ui.inspector.choices"))
        for choice in choices:
            asked = choice_text(choice, self._texts)
            self.text.line(asked[:1].upper() + asked[1:])
            given = say(f"ui.given_by.{choice.given_by}", by=choice.by, on=choice.on)
            self.text.line(f"{self._texts.option(choice.value)} ({given})", muted=True)

    def _notes(self, course: str, drug: str) -> None:
        """What always goes with a drug or a course, whoever gets it."""
        notes = [one for one in self._plan.notes if one.course == course and one.drug in ("", drug)]
        beside = [one for one in self._plan.support if one.course == course and one.drug == drug]
        if notes or beside:
            self.text.heading(self._words.say("ui.inspector.notes"))
        named = texts_for(self._library, self._texts)
        for line in dict.fromkeys(support_line(one, named) for one in beside):
            self.text.line(line)
        for one in notes:
            self.text.line(finding_text(one, self._library, self._texts))
