"""What the inspector says of one dose: the amount, what is taken from the shelf, every step, what had to hold on the day, what
adds up over a lifetime, and what other conventions would have given."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from mbc_desktop.dosing.dose import Bag, Dose, Step
from mbc_desktop.dosing.gates import DRUG_NAMES, VERDICTS, GateItem
from mbc_desktop.dosing.other_conventions import other_conventions
from mbc_desktop.dosing.situation import situation_on
from mbc_desktop.planning.beside.tablet_counts import TabletCount, tablet_counts
from mbc_desktop.planning.comparison.dose_before import dose_before
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts.phrases import PIECES, finding_text, shelf_phrase, step_text
from mbc_desktop.texts.source_title import source_title
from mbc_desktop.ui.labels import dose_label
from mbc_desktop.ui.look.rich_text import RichText
from mbc_desktop.ui.words import Words

_SIGNS = {">=": "\u2265", "<=": "\u2264"}
_SHOWN = Decimal("0.1")


class DoseSheet:
    """Writes into the text of an item's sheet."""

    def __init__(self, text: RichText, plan: Plan, library: Library, site: Site, words: Words) -> None:
        self._text, self._plan, self._library, self._site, self._words = text, plan, library, site, words
        self._texts = words.texts

    def write(self, item: Administration | TakePeriod) -> None:
        """The amount as the one figure that matters, what it was the time before, and how it is made ready."""
        dose = item.dose
        if dose is None:
            return
        say, text, texts = self._words.say, self._text, self._texts
        text.figure(dose_label(self._words, dose))
        exact = dose.exact != dose.amount.amount
        minutes = {"minutes": dose.minutes or 0, "observe": dose.observe_minutes or 0}
        text.facts(
            (
                (say("dose_sheet.before"), self.before(item)),
                (say("ui.inspector.take"), shelf_phrase(dose.give, texts)),
                (say("dose_sheet.waste"), texts.amount(dose.waste, dose.amount.unit) if dose.waste else ""),
                (say("ui.inspector.exact"), self._computed(dose.exact, dose.amount.unit) if exact else ""),
                (say("dose_sheet.deviation"), f"{texts.number(dose.deviation_percent())}\u00a0%" if exact else ""),
                (say("ui.inspector.infusion"), texts.amount(dose.infusion_ml, "mL") if dose.infusion_ml else ""),
                (say("dose_sheet.bag"), self._bag(dose.bag)),
                *(
                    (say(f"ui.inspector.{name}"), say("ui.inspector.minutes_value", count=count) if count else "")
                    for name, count in minutes.items()
                ),
                (say("ui.inspector.values_on"), texts.short_date(dose.values_on) if dose.values_on else ""),
            )
        )

    def before(self, item: Administration | TakePeriod) -> str:
        """The dose of the time before and the difference with it; "" for the first one."""
        earlier = dose_before(self._plan, item)
        if earlier is None:
            return ""
        amount, percent = self._texts.quantity(earlier.amount), earlier.percent
        if not percent:
            return self._words.say(f"dose_sheet.before_{'other' if percent is None else 'same'}", amount=amount, on=earlier.on)
        key = "higher" if percent > 0 else "lower"
        return self._words.say(f"dose_sheet.before_{key}", amount=amount, on=earlier.on, percent=self._texts.number(abs(percent)))

    def write_steps(self, dose: Dose | None) -> None:
        """Every step with its numbers filled in, the amount after it, source and grade."""
        if dose is None:
            return
        self._text.heading(self._words.say("ui.inspector.steps"))
        for number, step in enumerate(dose.steps, start=1):
            self._step(number, step)

    def write_tablets(self, period: TakePeriod) -> None:
        """Tablets of a period by strength: at once, a day, in all, and the packs where the hospital's formulary names them."""
        dose = period.dose
        if dose is None or not dose.give or any(item.form not in PIECES for item in dose.give):
            return
        say, texts = self._words.say, self._texts
        self._text.heading(say("dose_sheet.tablets"))
        for count in tablet_counts(period, self._library, self._site):
            amounts = {"at_once": count.at_once, "per_day": count.per_day, **({} if period.open else {"total": count.total})}
            rows = [(say(f"dose_sheet.{name}"), texts.number(amount)) for name, amount in amounts.items()]
            self._text.line(texts.amount(count.strength, count.unit), strong=True)
            self._text.facts((*rows, (say("dose_sheet.packs"), "" if period.open else self._packs(count))))

    def write_lifetime(self, item: str) -> None:
        """What a drug has added up to: before, this one, after, the limit, what is left."""
        line = next((one for one in self._plan.lifetime if one.item == item), None)
        if line is None:
            return
        say, texts = self._words.say, self._texts
        self._text.heading(say("ward.lifetime"))
        shown = ("before", "this", "after", "limit", "left")
        self._text.facts((say(f"ward.lifetime_{name}"), texts.number(_tenth(getattr(line, name)))) for name in shown)
        if line.own_limit is not None:
            numbers = {"before": line.own_before, "after": line.own_after, "limit": line.own_limit}
            own = {name: texts.number(_tenth(value)) for name, value in numbers.items()}
            self._text.line(say("dose_sheet.own", drug=self._words.drug(line.drug), **own), muted=True)
        self._text.line(say("dose_sheet.doses_left", count=line.doses_left))
        self._text.line(origin(self._library, self._words, line.source, line.grade), muted=True)

    def write_gate(self, gate: tuple[GateItem, ...]) -> None:
        """What had to hold before this dose, the worst first: value with its age, limit, verdict, source."""
        if not gate:
            return
        self._text.heading(self._words.say("dose_sheet.gate"))
        for item in sorted(gate, key=lambda one: VERDICTS.index(one.verdict)):
            self._gate(item)

    def write_others(self, dose: Dose | None, course: str, day: date) -> None:
        """What the same order would have given by other conventions; nothing is dosed by them."""
        if dose is None:
            return
        request, say, texts = self._plan.request, self._words.say, self._texts
        own = next((one for one in request.courses if one.id == course and isinstance(one, DrugCourse)), None)
        weight = own.reference_weight.amount if isinstance(own, DrugCourse) and own.reference_weight else None
        situation = situation_on(
            min(day, request.today),
            patient=request.patient,
            facts=request.facts,
            measurements=request.measurements,
            chosen={one.key: one.value for one in self._plan.choices if one.course == course},
            reference_weight_kg=weight,
            ranges=self._site.ranges,
        )
        others = other_conventions(dose, situation)
        if not others:
            return
        self._text.heading(say("convention.heading"))
        self._text.facts(
            (
                ", ".join(
                    texts.labelled(texts.word(f"decision.{key}"), texts.option(answer)) for key, answer in other.conventions
                ),
                texts.amount(_tenth(other.amount.amount), other.amount.unit),
            )
            for other in others
        )

    def _step(self, number: int, step: Step) -> None:
        sentence = step_text(step, self._library, self._texts)
        source = origin(self._library, self._words, step.source, step.grade)
        self._text.step(number, sentence, self._computed(step.amount.amount, step.amount.unit), source)

    def _computed(self, value: Decimal, unit: str) -> str:
        """With six decimals: enough to recompute every dose that can be drawn up, and no line of 34 digits beside a sentence."""
        return f"{self._texts.computed(value)}\u00a0{self._texts.unit(unit)}"

    def _gate(self, item: GateItem) -> None:
        say, texts = self._words.say, self._texts
        name = texts.word(f"fact.{item.kind}") if texts.has(f"fact.{item.kind}") else texts.word(f"rule.{item.rule}")
        value = self._value(item)
        limit = " ".join(_SIGNS.get(part, self._number(part)) for part in item.limit.split())
        age = say("dose_sheet.age", count=item.age_days) if item.age_days is not None else ""
        source = origin(self._library, self._words, item.source, item.grade)
        said = ", ".join(part for part in (value, age, say("dose_sheet.limit", limit=limit) if limit else "") if part)
        self._text.judged(say(f"ward.verdict_{item.verdict}"), item.verdict == "go", texts.labelled(name, said), source)
        for finding in item.findings:
            self._text.line(finding_text(finding, self._library, texts), muted=True)

    def _value(self, item: GateItem) -> str:
        if item.kind in DRUG_NAMES:
            return self._texts.listing(tuple(self._words.drug_with_brand(drug) for drug in item.value.split()))
        if not item.value:
            return self._texts.word("value.unknown")
        shown = self._number(item.value)
        return f"{shown}\u00a0{self._texts.unit(item.unit)}" if item.unit else shown

    def _number(self, text: str) -> str:
        try:
            return self._texts.number(Decimal(text))
        except InvalidOperation:
            return self._texts.value(text)

    def _packs(self, count: TabletCount) -> str:
        if count.packs is None or count.pack is None:
            return self._words.say("dose_sheet.packs_unknown")
        left = self._texts.number(count.left_over or Decimal(0))
        packs = self._words.say("dose_sheet.packs_value", count=count.packs, pack=count.pack, left=left)
        return self._words.say("dose_sheet.packs_by_label", packs=packs) if count.pack_by == "label" else packs

    def _bag(self, bag: Bag | None) -> str:
        """The volumes between which the finished bag keeps its concentration, from the least to the most."""
        if bag is None:
            return ""
        least = self._texts.amount(bag.least_ml, "mL") if bag.least_ml is not None else ""
        most = self._texts.amount(bag.most_ml, "mL") if bag.most_ml is not None else ""
        key = "bag_between" if least and most else "bag_least" if least else "bag_most"
        return self._words.say(f"dose_sheet.{key}", least=least, most=most)


def origin(library: Library, words: Words, source: str, grade: str) -> str:
    """The source of a number with the rank of its evidence."""
    known = library.sources.get(source)
    title = f"{source_title(known, words.texts)}, {known.holder}" if known else source
    return f"{title} \u00b7 {words.say(f'grade.{grade}')}"


def _tenth(value: Decimal) -> Decimal:
    """For reading: one decimal, none where it is a whole number."""
    return value.quantize(_SHOWN).normalize() if value != value.to_integral_value() else value.to_integral_value()
