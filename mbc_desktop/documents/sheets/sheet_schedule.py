"""The check sheet's second half: everything that is planned, by date."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.documents.blocks import Block, Column, Heading, Phrase, Row, Table, Words, phrase
from mbc_desktop.documents.page.staff_words import StaffWords
from mbc_desktop.planning.plan import Administration, CheckUp, Fraction, SupportItem, TakePeriod
from mbc_desktop.texts.phrases import frequency, pieces_phrase
from mbc_desktop.texts.support_words import support_line
from mbc_desktop.texts.texts import NO_BREAK_SPACE


def administration_blocks(words: StaffWords) -> Iterator[Block]:
    """Every administration in the horizon: real day, due day, window, status."""
    if not words.plan.administrations:
        return
    yield Heading(text=words.say("schedule"))
    columns = (
        Column(title=words.say("column_date"), share=18),
        Column(title=words.say("column_drug"), share=40),
        Column(title=words.say("column_number"), share=6, number=True),
        Column(title=words.say("column_cycle"), share=14),
        Column(title=words.say("column_due"), share=18),
        Column(title=words.say("column_window"), share=22),
        Column(title=words.say("column_status"), share=16),
    )
    yield Table(columns=columns, rows=tuple(_administration(item, words) for item in words.plan.administrations))


def tablet_blocks(words: StaffWords) -> Iterator[Block]:
    """Every period of tablets with its rest."""
    if not words.plan.intakes:
        return
    yield Heading(text=words.say("tablets"))
    columns = (
        Column(title=words.say("column_period"), share=20),
        Column(title=words.say("column_drug"), share=44),
        Column(title=words.say("column_cycle"), share=9, number=True),
        Column(title=words.say("column_rest"), share=20),
        Column(title=words.say("column_units"), share=10, number=True),
        Column(title=words.say("column_status"), share=16),
    )
    yield Table(columns=columns, rows=tuple(_tablets(item, words) for item in words.plan.intakes))


def fraction_blocks(words: StaffWords) -> Iterator[Block]:
    """Every radiotherapy course: n x d = total, and the day of each fraction."""
    if not words.plan.fractions:
        return
    yield Heading(text=words.say("fractions"))
    for _, items in groupby(sorted(words.plan.fractions, key=lambda item: item.course), key=lambda item: item.course):
        yield from _fractions(list(items), words)


def check_blocks(words: StaffWords) -> Iterator[Block]:
    """Every check-up with the drug it is for."""
    if not words.plan.checks:
        return
    yield Heading(text=words.say("checks"))
    columns = (
        Column(title=words.say("column_date"), share=20),
        Column(title=words.say("column_check"), share=26),
        Column(title=words.say("column_for"), share=26),
        Column(title=words.say("column_due"), share=20),
        Column(title=words.say("column_source"), share=8),
        Column(title=words.say("column_grade"), share=14),
    )
    yield Table(columns=columns, rows=tuple(_check(item, words) for item in words.plan.checks))


def _administration(item: Administration, words: StaffWords) -> Row:
    texts = words.texts
    dose = texts.quantity(item.dose.amount) if item.dose else words.say("dose_withheld").replace(" ", NO_BREAK_SPACE)
    return Row(
        cells=(
            phrase(texts.short_date(item.date) if item.date else words.say("no_date")),
            _drug_and_dose(words.drug(item.drug), dose),
            phrase(str(item.number)),
            phrase(words.say("cycle_day", cycle=item.cycle, day=item.day)),
            phrase(texts.short_date(item.due)),
            phrase(words.say("window", first=item.window[0], last=item.window[1])),
            phrase(texts.word(f"status.{item.status}")),
        )
    )


def _tablets(item: TakePeriod, words: StaffWords) -> Row:
    texts = words.texts
    dose = words.say("dose_withheld")
    if item.dose is not None:
        pieces = pieces_phrase(item.dose.give, texts) or texts.quantity(item.dose.amount)
        dose = words.say("per_time", amount=pieces, frequency=frequency(item.dose, texts))
    last = words.say("goes_on") if item.open else texts.short_date(item.last)
    return Row(
        cells=(
            phrase(words.say("period", first=item.first, last=last)),
            (Words(f"{words.drug(item.drug)} ", strong=True), Words(dose)),
            phrase(str(item.cycle)),
            phrase(words.say("window", first=item.rest[0], last=item.rest[1]) if item.rest else words.say("none")),
            phrase(texts.number(item.units) if item.units is not None else ""),
            phrase(texts.word(f"status.{item.status}")),
        )
    )


def _fractions(items: list[Fraction], words: StaffWords) -> Iterator[Block]:
    first = items[0]
    total = CONTEXT.multiply(Decimal(first.of), first.dose.amount)
    yield Heading(
        level=2,
        text=words.say(
            "fractions_total",
            name=words.course_name(first.course), region=first.region, count=first.of, dose=first.dose.amount, total=total,
        ),
    )  # fmt: skip
    columns = tuple(Column(title="", share=1) for _ in range(5))
    cells = [
        (Words(f"{item.number}/{item.of} ", strong=True), Words(words.texts.short_date(item.date)), *_unusual(item, words))
        for item in items
    ]
    cells += [()] * (-len(cells) % 5)
    yield Table(columns=columns, rows=tuple(Row(cells=tuple(cells[start : start + 5])) for start in range(0, len(cells), 5)))


def _unusual(item: Fraction, words: StaffWords) -> Phrase:
    return () if item.status == "planned" else (Words(f" {words.texts.word(f'status.{item.status}')}"),)


def _check(item: CheckUp, words: StaffWords) -> Row:
    return Row(
        cells=(
            phrase(words.texts.short_date(item.date)),
            _check_name(item, words),
            phrase(words.texts.drug(item.drug) if item.drug else words.course_name(item.course)),
            phrase(words.texts.short_date(item.nominal)),
            phrase(words.source(item.source)),
            phrase(words.texts.word(f"grade.{item.grade}")),
        )
    )


def _check_name(item: CheckUp, words: StaffWords) -> Phrase:
    """The kind of a check, and what its rule adds."""
    name = Words(words.texts.word(f"check.{item.kind}"))
    return (name, Words(f" · {words.texts.word(f'check_note.{item.note}')}")) if item.note else (name,)


def _drug_and_dose(drug: str, dose: str) -> Phrase:
    """Name and dose in one stretch that no line end cuts, as long as a column can hold it."""
    return (Words(f"{drug}{NO_BREAK_SPACE}", strong=True), Words(dose))


def support_blocks(words: StaffWords) -> Iterator[Block]:
    """What goes beside the treatment, with its days and its source."""
    if not words.plan.support:
        return
    yield Heading(text=words.texts.word("ward.support"))
    columns = (
        Column(title=words.say("column_period"), share=26),
        Column(title=words.say("column_note"), share=60),
        Column(title=words.say("column_for"), share=20),
        Column(title=words.say("column_source"), share=8),
        Column(title=words.say("column_grade"), share=14),
    )
    yield Table(columns=columns, rows=tuple(_support(item, words) for item in words.plan.support))


def _support(item: SupportItem, words: StaffWords) -> Row:
    texts = words.texts
    last = words.say("goes_on") if item.open else texts.short_date(item.last)
    when = texts.short_date(item.first) if item.first == item.last else words.say("period", first=item.first, last=last)
    return Row(
        cells=(
            phrase(when),
            phrase(support_line(item, texts)),
            phrase(texts.drug(item.drug) if item.drug else words.course_name(item.course)),
            phrase(words.source(item.source)),
            phrase(texts.word(f"grade.{item.grade}")),
        )
    )
