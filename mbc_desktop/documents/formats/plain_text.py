"""A sheet as plain text: for a patient record, a screen reader, a message. The same words as on paper, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mbc_desktop.documents.blocks import BREAK, Block, Document, Month, Phrase, Row, Table, plain


def document_text(document: Document) -> str:
    """The whole sheet, lines ended by a line feed; what stands on every page comes once, above and below."""
    frame = document.frame
    head = (document.name, *(frame.identity), *filter(None, (frame.place, frame.status)), "")
    foot = ("", *frame.calls, *frame.rules, *frame.marks)
    body = (line for block in document.blocks for line in _block(block))
    return "\n".join((*head, *body, *foot)) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block.kind:
        case "heading":
            yield from ("", block.text, *(("=" * len(block.text),) if block.level == 1 else ()))
        case "paragraph":
            yield plain(block.words)
        case "notice":
            label = f"{block.label}: " if block.label else ""
            aside = f" ({block.aside})" if block.aside else ""
            yield f"- {label}{plain(block.words)}{aside}"
        case "table":
            yield from (_row(block, row) for row in block.rows)
        case "fields":
            yield from (f"{field.label}: {plain(field.value)}" for field in block.fields)
        case "blanks":
            yield from (f"{label}: ______________" for label in block.labels)
        case "month":
            yield from _month(block)
        case "group":
            yield from (line for inner in block.blocks for line in _block(inner))
        case _:
            assert_never(block)


def _row(table: Table, row: Row) -> str:
    """The cells with the headings of their columns; what a cell says on several lines stays in its cell."""
    parts = []
    for column, cell in zip(table.columns, row.cells, strict=True):
        text = _in_one_line(cell)
        if text:
            parts.append(f"{column.title}: {text}" if column.title and len(table.columns) > 2 else text)
    return "- " + "; ".join(parts)


def _in_one_line(cell: Phrase) -> str:
    return "".join(" / " if word is BREAK else word.text for word in cell)


def _month(month: Month) -> Iterator[str]:
    yield from ("", month.title.upper(), *filter(None, (month.note,)))
    for week in month.weeks:
        for day in filter(None, week.days):
            marks = ", ".join(f"{mark.led} {mark.detail}".strip() for mark in day.marks)
            said = "; ".join(filter(None, (day.note, marks)))
            if said:
                yield f"{month.weekdays[day.date.weekday()]} {day.date.day}: {said}"
    yield from (f"- {': '.join(filter(None, (entry.name, entry.text)))}" for entry in month.legend)
