"""What the check sheet sets beside the doses: what other conventions would have given, and how many packs the tablets are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.documents.blocks import Block, Column, Heading, Row, Table, phrase, strong
from mbc_desktop.documents.page.staff_words import StaffWords, doses_in_order
from mbc_desktop.dosing.dose import Dose
from mbc_desktop.dosing.other_conventions import other_conventions
from mbc_desktop.dosing.situation import Situation, situation_on
from mbc_desktop.planning.beside.tablet_counts import TabletCount, tablet_counts
from mbc_desktop.planning.plan import Administration, TakePeriod
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts.phrases import PIECES

_TENTH = Decimal("0.1")


def other_blocks(words: StaffWords, site: Site) -> Iterator[Block]:
    """The unrounded amounts by other formulas and weights, for doses by surface or weight; nothing is dosed by them."""
    rows = [
        row
        for course, drug, dose, uses in doses_in_order(words.plan)
        if dose
        for row in _others(course, drug, dose, uses[0], words, site)
    ]
    if not rows:
        return
    yield Heading(text=words.texts.word("convention.heading"))
    columns = (
        Column(title=words.say("column_drug"), share=30),
        Column(title=words.texts.word("ward.convention"), share=50),
        Column(title=words.say("dose"), share=18, number=True),
        Column(title=words.texts.word("ward.difference"), share=16, number=True),
    )
    yield Table(columns=columns, rows=tuple(dict.fromkeys(rows)))


def _others(course: str, drug: str, dose: Dose, use: Administration | TakePeriod, words: StaffWords, site: Site) -> Iterator[Row]:
    texts = words.texts
    for other in other_conventions(dose, _situation(course, use, words, site)):
        amount = CONTEXT.quantize(other.amount.amount, _TENTH)
        change = CONTEXT.subtract(CONTEXT.divide(CONTEXT.multiply(other.amount.amount, Decimal(100)), dose.exact), Decimal(100))
        percent = texts.say("ward.percent", percent=CONTEXT.quantize(change, _TENTH)) if dose.exact else ""
        said = ", ".join(f"{texts.word(f'decision.{key}')}: {texts.option(answer)}" for key, answer in other.conventions)
        yield Row(
            cells=(
                strong(texts.drug(drug)),
                phrase(said),
                phrase(texts.amount(_whole(amount), other.amount.unit)),
                phrase(percent),
            )
        )


def _situation(course: str, use: Administration | TakePeriod, words: StaffWords, site: Site) -> Situation:
    request = words.plan.request
    own = next((one for one in request.courses if one.id == course and isinstance(one, DrugCourse)), None)
    weight = own.reference_weight.amount if isinstance(own, DrugCourse) and own.reference_weight else None
    return situation_on(
        min(use.first if isinstance(use, TakePeriod) else use.date or use.due, request.today),
        patient=request.patient,
        facts=request.facts,
        measurements=request.measurements,
        chosen={one.key: one.value for one in words.plan.choices if one.course == course},
        reference_weight_kg=weight,
        ranges=site.ranges,
    )


def pack_blocks(words: StaffWords, site: Site) -> Iterator[Block]:
    """Tablets of a cycle by strength: at once, a day, in all, and the packs by the formulary or the label. Cycles
    with the same numbers share a row."""
    cycles: dict[tuple[str, TabletCount], list[int]] = {}
    for period in words.plan.intakes:
        if not period.open and period.dose is not None and all(item.form in PIECES for item in period.dose.give):
            for count in tablet_counts(period, words.library, site):
                cycles.setdefault((period.drug, count), []).append(period.cycle)
    if not cycles:
        return
    say = words.texts.word
    yield Heading(text=say("dose_sheet.tablets"))
    columns = (
        Column(title=words.say("column_drug"), share=34),
        Column(title=say("ward.cycle"), share=16),
        *(Column(title=say(f"dose_sheet.{name}"), share=12, number=True) for name in ("at_once", "per_day", "total")),
        Column(title=say("dose_sheet.packs"), share=34),
    )
    yield Table(columns=columns, rows=tuple(_count(drug, count, numbers, words) for (drug, count), numbers in cycles.items()))


def _count(drug: str, count: TabletCount, cycles: list[int], words: StaffWords) -> Row:
    texts = words.texts
    packs = texts.word("dose_sheet.packs_unknown")
    if count.packs is not None and count.pack is not None:
        left = texts.number(count.left_over or Decimal(0))
        packs = texts.say("dose_sheet.packs_value", count=count.packs, pack=count.pack, left=left)
        packs = texts.say("dose_sheet.packs_by_label", packs=packs) if count.pack_by == "label" else packs
    numbers = (count.at_once, count.per_day, count.total)
    name = f"{texts.drug(drug)} {texts.amount(count.strength, count.unit)}"
    listed = ", ".join(str(cycle) for cycle in dict.fromkeys(cycles))
    return Row(cells=(strong(name), phrase(listed), *(phrase(texts.number(number)) for number in numbers), phrase(packs)))


def _whole(value: Decimal) -> Decimal:
    """Without a zero that says nothing."""
    return value.to_integral_value() if value == value.to_integral_value() else value
