"""Where lines and pages end."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.documents.blocks import BREAK, Day, LegendEntry, Mark, Month, Week, Words, phrase, strong
from mbc_desktop.documents.drawing.draw_month import month_pieces
from mbc_desktop.documents.drawing.flow import Piece, paginate
from mbc_desktop.documents.drawing.pen import Pen
from mbc_desktop.documents.drawing.style import A4_LONG, style_for
from mbc_desktop.documents.drawing.wrap import text_width, wrap
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.site import UNITS
from mbc_desktop.texts import complete_languages, load_texts
from mbc_desktop.texts.catalogue import Catalogue, text_folder
from mbc_desktop.texts.phrases import texts_for
from tests.planning.treatments import library


def wrapped(text: str, width: float) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in wrap(phrase(text), 12, width)]


def test_lines_end_at_spaces() -> None:
    assert wrapped("een twee drie", text_width(phrase("een twee"), 12) + 0.1) == ["een twee", "drie"]


def test_a_drug_name_is_broken_at_its_hyphen() -> None:
    assert wrapped("trastuzumab-deruxtecan", text_width(phrase("trastuzumab-deru"), 12)) == ["trastuzumab-", "deruxtecan"]


def test_a_code_and_a_level_are_not_broken_at_their_hyphens() -> None:
    assert wrapped("plan A4153-H85TZ-Z", text_width(phrase("plan A4153-H85"), 12)) == ["plan", "A4153-H85TZ-Z"]
    assert wrapped("wervels T7-T9", text_width(phrase("wervels T7-"), 12)) == ["wervels", "T7-T9"]


def test_a_number_stays_with_its_unit() -> None:
    assert wrapped("dosis 1\u202f600\u00a0mg", text_width(phrase("dosis 1\u202f600"), 12)) == ["dosis", "1\u202f600\u00a0mg"]


def test_a_word_wider_than_the_line_is_broken_and_complete() -> None:
    lines = wrapped("A4153H85TZZ7K3QX9M2TA", 60)
    assert len(lines) > 1
    assert "".join(lines) == "A4153H85TZZ7K3QX9M2TA"


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ("Wapenstilstand", ["Wapen-", "stilstand"]),
        ("medroxyprogesteronacetaat", ["medroxy-", "progesteron-", "acetaat"]),
        ("pertuzumab/trastuzumab", ["pertuzumab/", "trastuzumab"]),
        ("électrocardiogramme,", ["électro-", "cardio-", "gramme,"]),
    ],
)
def test_a_known_word_is_cut_between_its_parts(word: str, lines: list[str]) -> None:
    longest = max(text_width(phrase(line), 12) for line in lines)
    assert wrapped(word, longest + 0.1) == lines


# A day of the calendar: a seventh of A4 without margins and week numbers, less its mark; a note stands beside two figures.
DAY = (A4_LONG - 2 * 18 - 18) / 7 - 2 * 2.5
TEXT_ROOM, NOTE_ROOM = DAY - 12.5, DAY - text_width(strong("28"), 15) - 5


def keys(language: Language, table: str) -> list[str]:
    """The keys of one table of the texts."""
    return [key for key in Catalogue(text_folder() / language, language).all() if key.rpartition(".")[0] == table]


@pytest.mark.parametrize("language", complete_languages())
def test_no_word_of_the_calendar_is_cut_where_nobody_would_cut_it(language: Language) -> None:
    texts = texts_for(library(), load_texts(language))
    holidays = [texts.word(key) for key in keys(language, "holiday")]
    closed = [texts.say("patient.closed_unit", unit=texts.word(f"place.{unit}")) for unit in UNITS]
    names = [texts.drug(drug) for drug in library().drugs]
    names += [
        texts.word(key) for table in ("patient.check", "paper.support", "paper.support_short") for key in keys(language, table)
    ]
    names += [
        texts.word(f"patient.{key}") for key in ("radiotherapy", "no_tablets", "go_on", "no_longer", "interrupted", "ceased")
    ]
    assert len(holidays) >= 10
    for text, size, room in [*((one, 9.5, NOTE_ROOM) for one in (*holidays, *closed)), *((one, 12, TEXT_ROOM) for one in names)]:
        lines = ["".join(run.text for run in line.runs) for line in wrap(phrase(text), size, room)]
        assert all(line.width <= room + 0.01 for line in wrap(phrase(text), size, room)), text
        for line in lines[:-1]:
            begun = text[: text.find(line.removesuffix("-")) + len(line)]
            assert line.endswith(("-", "/")) or text[len(begun) :].startswith(" "), (text, lines)


def test_a_break_ends_the_line_and_weights_share_one() -> None:
    lines = wrap((*strong("dosis "), Words("4 mg"), BREAK, Words("infuus")), 12, 300)
    assert [[run.text for run in line.runs] for line in lines] == [["dosis ", "4 mg"], ["infuus"]]


def draw_nothing(pen: Pen, x: float, top: float) -> None:
    """A piece of which only the height matters."""


def piece(
    height: float, *, with_next: bool = False, new_page: bool = False, gap: float = 0.0, head: Piece | None = None
) -> Piece:
    return Piece(height=height, draw=draw_nothing, with_next=with_next, new_page=new_page, gap=gap, head=head)


def tops(pieces: list[Piece], height: float) -> list[list[float]]:
    return [[placed.top for placed in page] for page in paginate(pieces, height)]


def test_pieces_follow_each_other_until_the_page_is_full() -> None:
    # 40 + (10 + 40) = 90 fits in 100; the third would end at 140.
    assert tops([piece(40), piece(40, gap=10), piece(40, gap=10)], 100) == [[0, 50], [0]]


def test_a_heading_goes_with_what_follows_it() -> None:
    assert tops([piece(70), piece(20, with_next=True), piece(20)], 100) == [[0], [0, 20]]


def test_the_headings_of_a_table_come_again_on_the_next_page() -> None:
    head = piece(10, with_next=True)
    rows = [piece(40, head=head) for _ in range(3)]
    assert tops([head, *rows], 100) == [[0, 10, 50], [0, 10]]


def test_a_chain_longer_than_a_page_is_divided() -> None:
    assert tops([piece(60, with_next=True), piece(60, with_next=True), piece(60)], 100) == [[0], [0], [0]]


def crowded_month(marks: int) -> Month:
    days = tuple(
        Day(date=date(2026, 6, day), marks=tuple(Mark(shape="tablet", lead="1", name=f"middel{n}") for n in range(marks)))
        for day in range(1, 8)
    )
    return Month(
        title="Juni 2026",
        continued="Juni 2026 (vervolg)",
        week_label="wk",
        weekdays=("ma", "di", "wo", "do", "vr", "za", "zo"),
        weeks=tuple(Week(label=str(number), days=days) for number in range(5)),
        legend=(LegendEntry(shape="tablet", name="middel", text="1 tablet"),),
    )


def test_a_month_fills_its_page_with_its_legend() -> None:
    style = style_for("patient")
    grid, legend = month_pieces(crowded_month(2), style, 800, 500)
    assert abs(grid.height + legend.gap + legend.height - 500) < 0.001
    assert len(paginate([grid, legend], 500)) == 1


def test_a_full_month_keeps_its_page_and_gives_its_legend_to_the_end() -> None:
    # A day of n marks takes 17 + 5 + n x 13.44 points: five rows of 5 marks are 5 x 89.2 = 446, and no room for a legend is left.
    style = style_for("patient")
    head = style.leading(style.heading) + style.leading(style.body) + 6
    grid, *later = month_pieces(crowded_month(5), style, 800, head + 450)
    assert not grid.later
    assert len(paginate([grid], head + 450)) == 1
    # The name of the month and its legend.
    assert [piece.later for piece in later] == [True, True]


def test_a_month_too_full_for_one_page_is_divided_by_weeks() -> None:
    style = style_for("patient")
    pieces = month_pieces(crowded_month(8), style, 800, 460)
    pages = paginate(pieces, 460)
    assert len(pages) == 2
    assert [placed.piece.bookmark for page in pages for placed in page if placed.piece.bookmark] == ["Juni 2026"]
