"""The agenda of one day: who comes, for what, where, and for how long the data say it takes at least."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mbc_desktop.documents.blocks import BREAK, Block, Column, Document, Heading, Paragraph, Phrase, Row, Table, Words, phrase
from mbc_desktop.documents.course_overview import lines_of
from mbc_desktop.documents.day_sheets import Coming, coming_on, day_frame, who
from mbc_desktop.documents.sheet_options import PLAIN, SheetOptions
from mbc_desktop.documents.vein_only import route_words
from mbc_desktop.planning.agenda import chair_time
from mbc_desktop.planning.plan import Administration, Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import drug_with_brand, texts_for

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
        blocks=tuple(_blocks(coming, library, named)),
    )


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
    name, numbers, code = who(item.plan, texts)
    minutes = chair_time(item.administrations).minutes
    time = texts.say("ward.minutes", minutes=minutes) if minutes and item.administrations else ""
    identity = (Words(name, strong=True), BREAK, Words(numbers), BREAK, Words(code))
    return Row(cells=((), identity, lines_of(lines), phrase(time), phrase(_TICK)))


def _ward_lines(item: Coming, library: Library, texts: Texts) -> list[Phrase]:
    tests = tuple(dict.fromkeys(texts.word(f"check.{check.kind}") for check in item.checks))
    lines = [phrase(", ".join(tests))] if tests else []
    return lines + [administration_line(one, library, texts) for one in item.administrations]


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
