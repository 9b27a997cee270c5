"""The sheet of one order into the spinal fluid: it stands alone, never on a page with anything that goes into a vein."""

from __future__ import annotations

from mbc_desktop.documents.blocks import (
    BREAK,
    Blanks,
    Block,
    Column,
    Document,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
    Words,
    phrase,
    strong,
)
from mbc_desktop.documents.page.frames import staff_frame
from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.documents.page.staff_words import StaffWords, staff_words
from mbc_desktop.planning.intrathecal import IntrathecalDay
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import finding_text

DOCUMENT_ID = "intrathecal_sheet"


def compose_intrathecal_sheet(plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions) -> Document:
    """The sheet of the order `options.subject`. Raises KeyError when the plan has no such order."""
    words = staff_words(plan, library, texts)
    days = tuple(item for item in plan.intrathecal if item.order == options.subject)
    if not days:
        raise KeyError(options.subject)
    name = texts.word(f"sheet_check.document.{DOCUMENT_ID}")
    return Document(
        id=DOCUMENT_ID,
        name=name,
        language=texts.language,
        audience="staff",
        landscape=False,
        frame=staff_frame(name, site, words, options),
        blocks=_blocks(days, words),
        large=True,
    )


def _blocks(days: tuple[IntrathecalDay, ...], words: StaffWords) -> tuple[Block, ...]:
    texts = words.texts
    first = days[0]
    findings = (
        Notice(
            shape=finding.severity,
            label=texts.word(f"severity.{finding.severity}"),
            words=phrase(finding_text(finding, words.library, texts)),
        )
        for finding in words.plan.findings
        if dict(finding.values).get("order") == first.order
    )
    columns = (
        Column(title=words.say("column_number"), share=10, number=True),
        Column(title=words.say("column_date"), share=34),
        Column(title=words.say("dose"), share=28),
        Column(title=words.say("own_initials"), share=26),
    )
    return (
        Heading(text=texts.word("ward.into_spinal_fluid")),
        Paragraph(words=strong(texts.word(f"ward.intrathecal_drug.{first.drug}"))),
        Notice(shape="stop", label="", words=strong(texts.word("ward.never_intrathecal"))),
        *findings,
        Table(columns=columns, rows=tuple(_day(item, words) for item in days)),
        Paragraph(words=(Words(_confirmed(first, words)), *((BREAK, Words(first.note)) if first.note else ()))),
        Blanks(labels=(texts.word("ward.prepared_by"), texts.word("ward.checked_by"))),
        Blanks(labels=(texts.word("ward.given_by"), texts.word("ward.seen_by"))),
    )


def _day(item: IntrathecalDay, words: StaffWords) -> Row:
    dose = strong(words.texts.quantity(item.dose)) if item.dose else strong(words.say("dose_withheld"))
    return Row(cells=(phrase(f"{item.number}/{item.of}"), phrase(words.texts.short_date(item.date)), dose, ()))


def _confirmed(item: IntrathecalDay, words: StaffWords) -> str:
    if not item.confirmed_by:
        return words.texts.word("ward.typed_by_nobody")
    return words.texts.say("ward.typed_by", names=words.texts.listing(item.confirmed_by))
