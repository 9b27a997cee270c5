"""The agenda of one day: who comes, for what, where, and for how long the data say it takes at least."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mbc_desktop.documents.blocks import (
    BREAK,
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
from mbc_desktop.documents.page.vein_only import route_words
from mbc_desktop.documents.sheets.course_overview import lines_of
from mbc_desktop.documents.sheets.day_sheets import Coming, coming_on, day_frame, who
from mbc_desktop.planning.beside.agenda import agenda, chair_time
from mbc_desktop.planning.plan import Administration, Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import drug_with_brand, texts_for
from mbc_desktop.texts.support_words import support_line

DOCUMENT_ID = "day_agenda"

_TICK = "☐"


def compose_day_agenda(
    plans: tuple[Plan, ...], day: date, library: Library, site: Site, texts: Texts, options: SheetOptions = PLAIN
) -> Document:
    """Everybody who comes on `day`: day hospital and samples first, then radiotherapy. An empty day says so."""
    named = texts_for(library, texts)
    coming = coming_on(plans, day)
    name = texts.word(f"sheet_check.document.{DOCUMENT_ID}")
    return Document(
        id=DOCUMENT_ID,
        name=name,
        language=texts.language,
        audience="staff",
        landscape=True,
        frame=day_frame(name, day, len(coming), library, site, texts, options),
        blocks=(*_load(plans, day, site, named), *_blocks(coming, library, named)),
    )


def _load(plans: tuple[Plan, ...], day: date, site: Site, texts: Texts) -> Iterator[Block]:
    """How long the chairs are taken, against what the hospital has; what is to be ordered or fetched on that day."""
    for found in agenda(plans, first=day, last=day, site=site):
        if found.chair_minutes:
            key = "load" if found.capacity is None else "over_capacity" if found.over_capacity else "of_capacity"
            said = texts.say(f"agenda.{key}", minutes=found.chair_minutes, capacity=found.capacity or 0)
            yield Notice(shape="caution" if found.over_capacity else "info", label="", words=strong(said))
        rows = tuple(
            Row(
                cells=(
                    phrase(texts.word(f"task.{task.kind}")),
                    phrase(texts.drug(task.drug) if task.drug else ""),
                    phrase(texts.say("agenda.for_day", day=task.before)),
                    _identity(plans[number], texts),
                    phrase(_TICK),
                )
            )
            for number, task in found.tasks
        )
        if rows:
            columns = (
                Column(title=texts.word("patient.column_what"), share=30),
                Column(title=texts.word("sheet.column_drug"), share=34),
                Column(title=texts.word("sheet.column_for"), share=24),
                Column(title=texts.word("ward.patient"), share=40),
                Column(title=texts.word("patient.column_done"), share=7),
            )
            yield Heading(text=texts.word("agenda.tasks"))
            yield Table(columns=columns, rows=rows)


def _identity(plan: Plan, texts: Texts) -> Phrase:
    name, numbers, code = who(plan, texts)
    return (Words(name, strong=True), BREAK, Words(numbers), BREAK, Words(code))


def _blocks(coming: tuple[Coming, ...], library: Library, texts: Texts) -> Iterator[Block]:
    if not coming:
        yield Paragraph(words=phrase(texts.word("ward.nobody")))
    ward = [item for item in coming if item.administrations or item.checks]
    if ward:
        yield Heading(text=_capital(texts.word("place.day_hospital")))
        yield _table([_row(item, _ward_lines(item, library, texts), texts) for item in ward], texts)
    irradiated = [item for item in coming if item.fractions]
    if irradiated:
        yield Heading(text=_capital(texts.word("place.radiotherapy")))
        yield _table([_row(item, _fraction_lines(item, texts), texts) for item in irradiated], texts)


def _table(rows: list[Row], texts: Texts) -> Table:
    columns = (
        Column(title=texts.word("patient.column_hour"), share=8),
        Column(title=texts.word("ward.patient"), share=30),
        Column(title=texts.word("patient.column_what"), share=68),
        Column(title=texts.word("ward.at_least"), share=16),
        Column(title=texts.word("patient.column_done"), share=7),
    )
    return Table(columns=columns, rows=tuple(rows))


def _row(item: Coming, lines: list[Phrase], texts: Texts) -> Row:
    return Row(cells=((), _identity(item.plan, texts), lines_of(lines), phrase(_time(item, texts)), phrase(_TICK)))


def _time(item: Coming, texts: Texts) -> str:
    """The chair time, and the drugs into a vein for which the data have none."""
    chair = chair_time(item.administrations)
    if not item.administrations or not (chair.minutes or chair.unknown):
        return ""
    minutes = texts.say("ward.minutes", minutes=chair.minutes)
    return texts.say("agenda.chair_unknown", chair=minutes, drugs=" ".join(chair.unknown)) if chair.unknown else minutes


def _ward_lines(item: Coming, library: Library, texts: Texts) -> list[Phrase]:
    tests = tuple(dict.fromkeys(texts.word(f"check.{check.kind}") for check in item.checks))
    lines = [phrase(", ".join(tests))] if tests else []
    day = next((one.date or one.due for one in item.administrations), None)
    beside = [one for one in item.plan.support if one.place == "day_hospital" and day and one.first <= day <= one.last]
    lines += [administration_line(one, library, texts) for one in item.administrations]
    return lines + [phrase(support_line(one, texts)) for one in beside]


def administration_line(item: Administration, library: Library, texts: Texts) -> Phrase:
    """Drug, dose, route, place in the cycle, and whether it may be given."""
    name = drug_with_brand(library.drugs[item.drug], texts.language)
    dose = texts.quantity(item.dose.amount) if item.dose else texts.word("sheet.dose_withheld")
    route = route_words(item, library, texts)
    place = texts.say("ward.cycle_day", cycle=item.cycle, day=item.day)
    status = "" if item.status == "planned" else f", {texts.word(f'status.{item.status}').upper()}"
    return (Words(f"{name} ", strong=True), Words(f"{dose}, {route}, {place}{status}"))


def _fraction_lines(item: Coming, texts: Texts) -> list[Phrase]:
    return [
        (
            Words(f"{texts.word('patient.radiotherapy')} {one.number}/{one.of} ", strong=True),
            Words(f"{texts.quantity(one.dose)}, {texts.word(f'region.{one.region}')}"),
        )
        for one in item.fractions
    ]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
