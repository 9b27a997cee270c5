"""The list of the hospital's decisions: every open question of the guideline, its options, the answer, who gave it and when."""

from __future__ import annotations

from datetime import date

from mbc_desktop.documents.blocks import (
    Blanks,
    Block,
    Column,
    Document,
    Frame,
    Heading,
    Paragraph,
    Row,
    Table,
    Words,
    phrase,
    strong,
)
from mbc_desktop.documents.page.frames import library_marks, site_place
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.regimen.decision import Answer, Decision
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.source_title import source_title

DOCUMENT_ID = "site_decisions"


def compose_site_decisions(library: Library, site: Site, texts: Texts, *, today: date, options: SheetOptions = PLAIN) -> Document:
    """The list in the language of `texts`: what needs an answer first, then what is preselected, then what is decided."""
    name = texts.word(f"sheet_check.document.{DOCUMENT_ID}")
    return Document(
        id=DOCUMENT_ID,
        name=name,
        language=texts.language,
        audience="staff",
        landscape=True,
        frame=Frame(
            identity=(site.name or texts.word("ward.no_hospital"), texts.word("ward.decisions_identity")),
            place=site_place(site),
            name=name,
            page=texts.word("sheet.page"),
            calls=(),
            rules=(texts.word("sheet.valid"),),
            marks=(texts.say("sheet.made_on", day=today), *library_marks(library, options, texts)),
            code="",
        ),
        blocks=_blocks(library, site, texts),
    )


def _blocks(library: Library, site: Site, texts: Texts) -> tuple[Block, ...]:
    answers = {answer.key: answer for answer in site.answers}
    groups: dict[str, list[Decision]] = {"open": [], "preselected": [], "decided": []}
    for decision in library.decisions.values():
        groups[_group(decision, answers)].append(decision)
    blocks: list[Block] = []
    for group, decisions in groups.items():
        if decisions:
            blocks.append(Heading(text=texts.word(f"ward.decisions_{group}")))
            blocks.append(_table(decisions, answers, library, texts))
    signatures = Blanks(labels=(texts.word("ward.signature_pharmacist"), texts.word("ward.signature_oncologist")))
    return (*blocks, Heading(text=texts.word("sheet.signatures")), Paragraph(words=phrase(texts.word("sheet.aid"))), signatures)


def _group(decision: Decision, answers: dict[str, Answer]) -> str:
    if decision.key in answers:
        return "decided"
    return "preselected" if decision.state == "preselected" else "open"


def _table(decisions: list[Decision], answers: dict[str, Answer], library: Library, texts: Texts) -> Table:
    columns = (
        Column(title="", share=6),
        Column(title=texts.word("sheet.column_question"), share=44),
        Column(title=texts.word("ward.options"), share=50),
        Column(title=texts.word("sheet.column_answer"), share=28),
        Column(title=texts.word("sheet.column_given_by"), share=26),
        Column(title=texts.word("sheet.column_source"), share=34),
    )
    return Table(columns=columns, rows=tuple(_row(item, answers.get(item.key), library, texts) for item in decisions))


def _row(decision: Decision, answer: Answer | None, library: Library, texts: Texts) -> Row:
    options = texts.listing(tuple(texts.option(option) for option in decision.options), either=True)
    value = answer.value if answer else decision.preselected
    by = "" if answer is None else texts.say("sheet.by_site", by=answer.by, on=answer.on) if answer.by else ""
    source = library.sources.get(decision.source)
    grade = texts.word(f"grade.{decision.grade}")
    return Row(
        cells=(
            phrase(decision.id),
            phrase(texts.word(f"decision.{decision.key}")),
            phrase(options or texts.word("ward.any_text")),
            strong(texts.option(value)) if value else (),
            phrase(by),
            (Words(f"{source_title(source, texts)}, " if source else ""), Words(grade)),
        )
    )
