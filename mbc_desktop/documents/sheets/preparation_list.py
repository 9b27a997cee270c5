"""What the pharmacy prepares for one day, drug by drug: dose, deviation, what comes from the shelf, room for batch and initials.
What is not released is listed apart, and is not prepared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mbc_desktop.documents.blocks import (
    BREAK,
    Blanks,
    Block,
    Column,
    Document,
    Heading,
    Notice,
    Paragraph,
    Phrase,
    Row,
    Table,
    Words,
    phrase,
    strong,
)
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.documents.page.vein_only import route_words, vein_only_notices
from mbc_desktop.documents.sheets.day_agenda import administration_line
from mbc_desktop.documents.sheets.day_sheets import coming_on, day_frame, who
from mbc_desktop.documents.sheets.sheet_doses import deviation_percent
from mbc_desktop.planning.plan import Administration, Dose, Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import drug_with_brand, shelf_phrase, texts_for
from mbc_desktop.texts.support_words import support_line

DOCUMENT_ID = "preparation_list"

_Item = tuple[Plan, Administration]
_Ready = tuple[Plan, Administration, Dose]


def compose_preparation_list(
    plans: tuple[Plan, ...], day: date, library: Library, site: Site, texts: Texts, options: SheetOptions = PLAIN
) -> Document:
    """The list of `day`, by drug and patient. Tablets that are taken at home are not on it."""
    named = texts_for(library, texts)
    every = [(item.plan, one) for item in coming_on(plans, day) for one in item.administrations if one.status != "given"]
    name = texts.word(f"sheet_check.document.{DOCUMENT_ID}")
    return Document(
        id=DOCUMENT_ID,
        name=name,
        language=texts.language,
        audience="staff",
        landscape=True,
        frame=day_frame(name, day, len({plan.fingerprint for plan, _ in every}), library, site, texts, options),
        blocks=(*_blocks(every, library, named), *_beside(plans, day, named), *_signatures(every, named)),
    )


def _blocks(every: list[_Item], library: Library, texts: Texts) -> Iterator[Block]:
    by_drug: defaultdict[str, list[_Ready]] = defaultdict(list)
    for plan, item in every:
        if item.status == "planned" and item.dose is not None:
            by_drug[item.drug].append((plan, item, item.dose))
    if not every:
        yield Paragraph(words=phrase(texts.word("ward.nothing_to_prepare")))
        return
    for drug in sorted(by_drug, key=texts.drug):
        yield from _drug(drug, by_drug[drug], library, texts)
    waiting = [(plan, item) for plan, item in every if item.status != "planned" or item.dose is None]
    if waiting:
        yield Heading(text=texts.word("ward.do_not_prepare"))
        yield from (_waiting(plan, item, library, texts) for plan, item in waiting)


def _signatures(every: list[_Item], texts: Texts) -> Iterator[Block]:
    if not every:
        return
    yield Heading(text=texts.word("sheet.signatures"))
    yield Blanks(labels=(texts.word("ward.prepared_by"), texts.word("ward.checked_by"), texts.word("ward.released_by")))


def _beside(plans: tuple[Plan, ...], day: date, texts: Texts) -> Iterator[Block]:
    """What the day hospital gives beside the treatment: premedication, against nausea."""
    rows = tuple(
        Row(cells=(_identity(coming.plan, texts), phrase(support_line(item, texts)), phrase(texts.drug(item.drug)), ()))
        for coming in coming_on(plans, day)
        for item in coming.plan.support
        if item.place == "day_hospital" and item.first <= day <= item.last
    )
    if not rows:
        return
    yield Heading(text=texts.word("ward.support_of_the_day"))
    columns = (
        Column(title=texts.word("ward.patient"), share=30),
        Column(title=texts.word("ward.support"), share=80),
        Column(title=texts.word("sheet.column_for"), share=26),
        Column(title=texts.word("sheet.own_initials"), share=16),
    )
    yield Table(columns=columns, rows=rows)


def _identity(plan: Plan, texts: Texts) -> Phrase:
    name, numbers, code = who(plan, texts)
    return (Words(name, strong=True), BREAK, Words(numbers), BREAK, Words(code))


def _drug(drug: str, items: list[_Ready], library: Library, texts: Texts) -> Iterator[Block]:
    yield Heading(text=drug_with_brand(library.drugs[drug], texts.language), level=2)
    columns = (
        Column(title=texts.word("ward.patient"), share=30),
        Column(title=texts.word("sheet.dose"), share=16, number=True),
        Column(title=texts.word("ward.deviation"), share=14, number=True),
        Column(title=texts.word("sheet.prepare"), share=40),
        Column(title=texts.word("sheet.infusion"), share=30),
        Column(title=texts.word("ward.batch"), share=20),
        Column(title=texts.word("sheet.own_initials"), share=12),
    )
    yield from vein_only_notices((drug,), library, texts)
    yield Table(columns=columns, rows=tuple(_row(plan, item, dose, library, texts) for plan, item, dose in items))
    total = _total(items, texts)
    if total and len(items) > 1:
        yield Paragraph(words=phrase(texts.say("ward.together", pieces=total)))


def _row(plan: Plan, item: Administration, dose: Dose, library: Library, texts: Texts) -> Row:
    manner = [route_words(item, library, texts)]
    if dose.infusion_ml is not None:
        manner.append(texts.say("sheet.infusion_volume", volume=texts.amount(dose.infusion_ml, "mL")))
    if dose.minutes is not None:
        manner.append(texts.say("sheet.infusion_minutes", minutes=dose.minutes))
    percent = deviation_percent(dose)
    return Row(
        cells=(
            _identity(plan, texts),
            strong(texts.quantity(dose.amount)),
            phrase(texts.say("ward.percent", percent=percent)),
            phrase(shelf_phrase(dose.give, texts)),
            phrase(", ".join(manner)),
            (),
            (),
        )
    )


def _total(items: list[_Ready], texts: Texts) -> str:
    """How many pieces of each strength the day needs."""
    pieces: defaultdict[tuple[str, Decimal, str], Decimal] = defaultdict(Decimal)
    for _, _, dose in items:
        for give in dose.give:
            pieces[give.form, give.strength, give.unit] += give.count
    parts = (
        texts.say("give.pieces", pieces=texts.say(f"form.{form}", count=count), strength=texts.amount(strength, unit))
        for (form, strength, unit), count in pieces.items()
    )
    return texts.listing(tuple(parts))


def _waiting(plan: Plan, item: Administration, library: Library, texts: Texts) -> Notice:
    name, numbers, code = who(plan, texts)
    return Notice(
        shape="stop" if item.dose is None else "caution",
        label=name,
        words=administration_line(item, library, texts),
        aside=f"{numbers} · {code}",
    )
