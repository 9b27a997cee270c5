"""The pharmacist's check sheet: inputs, formulas, every step with its source, all dates, room for a second person's figures."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.documents.blocks import Blanks, Block, Column, Document, Heading, Paragraph, Row, Table, phrase, strong
from mbc_desktop.documents.page.frames import staff_frame
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.documents.page.staff_words import StaffWords, drugs_of_plan, staff_words
from mbc_desktop.documents.page.vein_only import vein_only_notices
from mbc_desktop.documents.sheets.sheet_compare import other_blocks, pack_blocks
from mbc_desktop.documents.sheets.sheet_doses import dose_blocks
from mbc_desktop.documents.sheets.sheet_events import event_blocks
from mbc_desktop.documents.sheets.sheet_inputs import choice_blocks, derived_blocks, finding_blocks, input_blocks, note_blocks
from mbc_desktop.documents.sheets.sheet_rules import lifetime_blocks, rule_blocks
from mbc_desktop.documents.sheets.sheet_schedule import (
    administration_blocks,
    check_blocks,
    fraction_blocks,
    support_blocks,
    tablet_blocks,
)
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.source_title import source_title

DOCUMENT_ID = "check_sheet"


def compose_check_sheet(plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions = PLAIN) -> Document:
    """The check sheet in the language of `texts`."""
    words = staff_words(plan, library, texts)
    return Document(
        id=DOCUMENT_ID,
        name=words.say("name"),
        language=texts.language,
        audience="staff",
        landscape=False,
        frame=staff_frame(words.say("name"), site, words, options),
        blocks=(
            *finding_blocks(words),
            *vein_only_notices(drugs_of_plan(plan), library, words.texts),
            *input_blocks(words),
            *event_blocks(words),
            *derived_blocks(words),
            *choice_blocks(words),
            *rule_blocks(words),
            *dose_blocks(words),
            *other_blocks(words, site),
            *lifetime_blocks(words),
            *administration_blocks(words),
            *tablet_blocks(words),
            *pack_blocks(words, site),
            *fraction_blocks(words),
            *check_blocks(words),
            *support_blocks(words),
            *note_blocks(words),
            *_signatures(words),
            *_sources(words),
        ),
    )


def _signatures(words: StaffWords) -> Iterator[Block]:
    yield Heading(text=words.say("signatures"))
    yield Paragraph(words=phrase(words.say("aid")), together_with_next=True)
    yield Blanks(labels=(words.say("signature_made"), words.say("signature_checked"), words.say("signature_released")))


def _sources(words: StaffWords) -> Iterator[Block]:
    if not words.numbers:
        return
    yield Heading(text=words.say("sources"))
    columns = (
        Column(title="", share=5),
        Column(title=words.say("column_reference"), share=44),
        Column(title=words.say("column_address"), share=42),
        Column(title=words.say("column_consulted"), share=14),
    )
    rows = []
    for id, number in words.numbers.items():
        source = words.library.sources[id]
        work = ", ".join(filter(None, (source_title(source, words.texts), source.holder, source.edition)))
        cells = (strong(f"[{number}]"), phrase(work), phrase(source.address), phrase(words.texts.short_date(source.consulted_on)))
        rows.append(Row(cells=cells))
    yield Table(columns=columns, rows=tuple(rows))
