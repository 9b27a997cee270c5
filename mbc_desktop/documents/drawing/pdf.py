"""A document as PDF: the same document gives the same bytes, on every machine and every day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import assert_never

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from mbc_desktop.documents.blocks import (
    SHAPES,
    Blanks,
    Block,
    Document,
    Fields,
    Group,
    Heading,
    Month,
    Notice,
    Paragraph,
    Shape,
    Table,
    Words,
)
from mbc_desktop.documents.drawing.draw_frame import FrameLines, define_code, draw_frame, frame_lines
from mbc_desktop.documents.drawing.draw_month import month_pieces
from mbc_desktop.documents.drawing.draw_table import table_pieces
from mbc_desktop.documents.drawing.draw_text import blanks_pieces, fields_pieces, heading_pieces, notice_pieces, paragraph_pieces
from mbc_desktop.documents.drawing.flow import Page, Piece, paginate
from mbc_desktop.documents.drawing.fonts import face_for
from mbc_desktop.documents.drawing.pdf_file import packed
from mbc_desktop.documents.drawing.pen import Lettering, Pen, Tags
from mbc_desktop.documents.drawing.shapes import define_shapes
from mbc_desktop.documents.drawing.structure import Structure
from mbc_desktop.documents.drawing.style import A4_LONG, A4_SHORT, Style, style_for
from mbc_desktop.planning.request import Language
from mbc_desktop.texts import load_texts


def document_pdf(document: Document, *, tagged: bool = True) -> bytes:
    """The document as PDF, A4, with the tree that a screen reader reads (`tagged`). Raises GlyphError when a character has no
    glyph: nothing is then written."""
    style = style_for(document.audience, large=document.large)
    size = (A4_LONG, A4_SHORT) if document.landscape else (A4_SHORT, A4_LONG)
    width = size[0] - 2 * style.margin_side
    frame = frame_lines(document.frame, style, width)
    height = size[1] - style.margin_top - style.margin_bottom - frame.header - frame.footer
    pages = paginate(_all_pieces(document, style, width, height), height)
    structure = Structure() if tagged else None
    content = _write(document, style, size, frame, pages or ((),), structure)
    return content if structure is None else packed(content, structure)


def _write(
    document: Document,
    style: Style,
    size: tuple[float, float],
    frame: FrameLines,
    pages: tuple[Page, ...],
    structure: Structure | None,
) -> bytes:
    # Binary streams are a fifth smaller than their printable form.
    rl_config.useA85 = 0
    target = BytesIO()
    canvas = _canvas(document, target, size)
    lettering = Lettering(canvas)
    tags = Tags(structure, _alternatives(document.language) if structure else None)
    for number, page in enumerate(pages, start=1):
        pen = Pen(canvas, lettering, size[1], tags)
        if structure is not None:
            structure.begin_page()
        draw_frame(pen, frame, style.margin_side, style.margin_top, size[1] - style.margin_bottom, page=number, pages=len(pages))
        for placed in page:
            if placed.piece.bookmark:
                key = f"page-{number}-{int(placed.top)}"
                canvas.bookmarkPage(key)
                canvas.addOutlineEntry(placed.piece.bookmark, key, level=0)
            placed.piece.draw(pen, style.margin_side, style.margin_top + frame.header + placed.top)
        pen.finish()
        canvas.showPage()
    canvas.save()
    return target.getvalue()


@cache
def _alternatives(language: Language) -> Mapping[Shape, str]:
    """What each mark shows, in words; read once for each language."""
    texts = load_texts(language)
    return {shape: texts.word(f"paper.shape.{shape}") for shape in SHAPES}


def _canvas(document: Document, target: BytesIO, size: tuple[float, float]) -> Canvas:
    """A canvas with the marks defined; no patient's name is among what the file says about itself."""
    # Without a first font of ours the file would name one that it does not carry. The stub takes it for a number.
    font = face_for(Words(document.name)).name
    canvas = Canvas(
        target,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        initialFontName=font,  # type: ignore[arg-type]
        lang=document.language,
    )
    canvas.setTitle(document.name)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("mbc_desktop")
    define_shapes(canvas, frozenset(_shapes(document.blocks)))
    if document.frame.code:
        define_code(canvas, document.frame.code)
    return canvas


def _all_pieces(document: Document, style: Style, width: float, height: float) -> list[Piece]:
    """The pieces of all blocks; what may come later follows the last month."""
    pieces: list[Piece] = []
    waiting: list[Piece] = []
    for block in document.blocks:
        if not isinstance(block, Month):
            pieces += waiting
            waiting = []
        for piece in _pieces(block, style, width, height):
            (waiting if piece.later else pieces).append(piece)
    return pieces + waiting


def _pieces(block: Block, style: Style, width: float, height: float) -> list[Piece]:
    match block:
        case Heading():
            return heading_pieces(block, style, width)
        case Paragraph():
            return paragraph_pieces(block, style, width)
        case Notice():
            return notice_pieces(block, style, width)
        case Table():
            return table_pieces(block, style, width)
        case Fields():
            return fields_pieces(block, style, width)
        case Blanks():
            return blanks_pieces(block, style, width)
        case Month():
            return month_pieces(block, style, width, height)
        case Group():
            pieces = [piece for inner in block.blocks for piece in _pieces(inner, style, width, height)]
            return [*(replace(piece, with_next=True) for piece in pieces[:-1]), *pieces[-1:]]
        case _:
            assert_never(block)


def _shapes(blocks: tuple[Block, ...]) -> set[Shape]:
    shapes: set[Shape] = set()
    for block in blocks:
        if isinstance(block, Group):
            shapes |= _shapes(block.blocks)
        elif isinstance(block, Notice):
            shapes.add(block.shape)
        elif isinstance(block, Month):
            shapes |= {entry.shape for entry in block.legend}
            shapes |= {mark.shape for week in block.weeks for day in week.days if day for mark in day.marks}
    return shapes
