"""What a sheet consists of: blocks of words without geometry, so that a test reads a sheet as text before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, assert_never, get_args

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.request import Language

Shape = Literal["injection", "infusion", "tablet", "rest", "radiotherapy", "blood", "check", "stop", "caution", "advice", "info"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
Audience = Literal["patient", "staff"]


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in one weight. Whatever it holds is printed as it stands: there is no markup."""

    text: str
    strong: bool = False


Phrase = tuple[Words, ...]

APOSTROPHE = "'"

BREAK = Words("\n")
"""Between two lines of one cell."""


def phrase(text: str) -> Phrase:
    """Plain words."""
    return (Words(text),) if text else ()


def strong(text: str) -> Phrase:
    """Bold words."""
    return (Words(text, strong=True),) if text else ()


def plain(words: Phrase) -> str:
    """The phrase without its weights."""
    return "".join(word.text for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading of level 1 (a bookmark of the document) or 2; it stays with what follows it."""

    kind: Literal["heading"] = "heading"
    text: str
    level: Literal[1, 2] = 1
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    kind: Literal["paragraph"] = "paragraph"
    words: Phrase
    together_with_next: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A line that must be seen: a mark, the word for it, and the sentence."""

    kind: Literal["notice"] = "notice"
    shape: Shape
    label: str
    words: Phrase
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: its heading, its share of the width, and whether its cells hold numbers (set to the right)."""

    title: str
    share: int
    number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; it stays on one page. An empty cell is left to write in."""

    cells: tuple[Phrase, ...]
    shaded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings, which are repeated on each page."""

    kind: Literal["table"] = "table"
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    ruled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A label and its value."""

    label: str
    value: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Labels with values, side by side in `columns` columns."""

    kind: Literal["fields"] = "fields"
    fields: tuple[Field, ...]
    columns: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Blanks:
    """Lines to be filled in by hand, side by side: a signature, the second person's own figure."""

    kind: Literal["blanks"] = "blanks"
    labels: tuple[str, ...]


def led(lead: str, name: str) -> str:
    """A word before a name; after an apostrophe there is no space."""
    return f"{lead}{'' if not lead or lead.endswith(APOSTROPHE) else ' '}{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One therapy on one day: its shape, what leads in bold (the count, or "no"), its name, and what to do. `lead_alone` is said
    instead where the name needs a line of its own ("1 tablet"). `therapy` is the id it stands for in the plan."""

    shape: Shape
    name: str
    lead: str = ""
    detail: str = ""
    therapy: str = ""
    lead_alone: str = ""

    @property
    def led(self) -> str:
        """What leads and the name, in one stretch: "geen palbociclib", "pas d'exémestane"."""
        return led(self.lead, self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a month: why it is closed or special (`note`), and what happens."""

    date: date
    note: str = ""
    closed: bool = False
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One row of a month: the number of the ISO week and seven days from Monday; None = a day of another month."""

    label: str
    days: tuple[Day | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """What a mark means: shape, therapy, and how it is taken or given."""

    shape: Shape
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month as a grid, Monday first, with the legend of the therapies in it. It starts a page. `note` is a short line beside
    its title."""

    kind: Literal["month"] = "month"
    title: str
    continued: str
    week_label: str
    weekdays: tuple[str, ...]
    weeks: tuple[Week, ...]
    legend: tuple[LegendEntry, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Blocks that stay on one page as far as it can hold them: a drug with its dose and steps."""

    kind: Literal["group"] = "group"
    blocks: tuple[Heading | Paragraph | Notice | Table | Fields | Blanks, ...]


Block = Heading | Paragraph | Notice | Table | Fields | Blanks | Month | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands on every page. `identity` are the patient's identifiers, `status` why the sheet is provisional ("" = it is
    not), `calls` what nobody may miss (the fever line), `rules` the validity of a print, `marks` when and from what it was made.
    `page` is a sentence with {page} and {pages}; `code` goes into the square that a scanner reads ("" = no square)."""

    identity: tuple[str, ...]
    place: str
    name: str
    page: str
    calls: tuple[str, ...]
    rules: tuple[str, ...]
    marks: tuple[str, ...]
    code: str
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One sheet of any number of pages. `id` names its kind; `name` is its title for people; no patient's name is in either.
    `large` = in large print."""

    id: str
    name: str
    language: Language
    audience: Audience
    landscape: bool
    frame: Frame
    blocks: tuple[Block, ...]
    large: bool = False


def lines(block: Block) -> Iterator[str]:
    """The words of a block in reading order."""
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield plain(block.words)
        case Notice():
            yield from filter(None, (block.label, plain(block.words), block.aside))
        case Table():
            yield from (column.title for column in block.columns if column.title)
            yield from (plain(cell) for row in block.rows for cell in row.cells if cell)
        case Fields():
            yield from (text for field in block.fields for text in (field.label, plain(field.value)))
        case Blanks():
            yield from block.labels
        case Month():
            yield from _month_lines(block)
        case Group():
            yield from (line for inner in block.blocks for line in lines(inner))
        case _:
            assert_never(block)


def _month_lines(month: Month) -> Iterator[str]:
    yield month.title
    yield from filter(None, (month.note,))
    yield month.week_label
    yield from month.weekdays
    for week in month.weeks:
        yield week.label
        for day in filter(None, week.days):
            yield str(day.date.day)
            yield from filter(None, (day.note,))
            yield from (text for mark in day.marks for text in (mark.lead, mark.name, mark.detail) if text)
    yield from (text for entry in month.legend for text in (entry.name, entry.text) if text)
