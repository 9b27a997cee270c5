"""What a screen reader reads of a PDF: a tree of headings, paragraphs, tables and lists in reading order, and for each page which
stretch of it belongs to which part of the tree. Whatever belongs to none is furniture (ISO 32000-1, 14.7 and 14.8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["Document", "H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "L", "LI", "Lbl", "LBody", "Figure"]
Scope = Literal["", "Column", "Row"]


@dataclass(slots=True, eq=False)
class Element:
    """One part of the tree. `kids` are other parts, and stretches as (page from 0, number of the stretch on it). `alt` says
    in words what a mark shows; `scope` is what the cell of a heading stands for."""

    role: Role
    parent: Element | None
    alt: str = ""
    scope: Scope = ""
    kids: list[Element | tuple[int, int]] = field(default_factory=list)


class Structure:
    """The tree of one document while it is drawn."""

    def __init__(self) -> None:
        self.root = Element("Document", None)
        self._pages: list[list[Element]] = []
        self._known: dict[tuple[int, int], Element] = {}
        self._keys: list[object] = []
        self._level = 0

    def begin_page(self) -> None:
        """What is marked from now on stands on the next page."""
        self._pages.append([])

    def element(self, role: Role, parent: Element, *, key: object = None, alt: str = "", scope: Scope = "") -> Element:
        """A new part under `parent`; with a `key` the same part each time, also on another page: a table, a row that goes on."""
        known = (id(parent), id(key))
        if key is not None and known in self._known:
            return self._known[known]
        made = Element(role, parent, alt, scope)
        parent.kids.append(made)
        if key is not None:
            self._known[known] = made
            # An object that is kept keeps its identity to itself.
            self._keys.append(key)
        return made

    def heading(self, level: Literal[1, 2]) -> Role:
        """The role of a heading below the document's own title; no level is ever left out."""
        self._level = min(level, self._level + 1)
        return "H2" if self._level == 1 else "H3"

    def mark(self, element: Element) -> int:
        """The number of a new stretch of this page that belongs to the part."""
        page = self._pages[-1]
        page.append(element)
        element.kids.append((len(self._pages) - 1, len(page) - 1))
        return len(page) - 1

    def objects(self, first: int, pages: list[int]) -> list[bytes]:
        """The tree as objects of a file, numbered from `first`: its root, the parts in reading order, and the table from
        the pages (`pages` are the numbers of their objects) back to the parts."""
        parts = list(_in_order(self.root))
        numbers = {id(part): first + 1 + position for position, part in enumerate(parts)}
        owners = b" ".join(
            b"%d[%s]" % (index, b" ".join(b"%d 0 R" % numbers[id(part)] for part in page))
            for index, page in enumerate(self._pages)
        )
        root = b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[%s]>>/ParentTreeNextKey %d>>" % (
            numbers[id(self.root)], owners, len(self._pages),
        )  # fmt: skip
        return [root, *(_part(part, numbers, first, pages) for part in parts)]


def _in_order(part: Element) -> Iterator[Element]:
    yield part
    for kid in part.kids:
        if isinstance(kid, Element):
            yield from _in_order(kid)


def _part(part: Element, numbers: dict[int, int], root: int, pages: list[int]) -> bytes:
    own = next((kid[0] for kid in part.kids if not isinstance(kid, Element)), None)
    kids = b" ".join(_kid(kid, own, numbers, pages) for kid in part.kids)
    parent = root if part.parent is None else numbers[id(part.parent)]
    return b"".join(
        (
            b"<</S/%s/P %d 0 R" % (part.role.encode(), parent),
            b"/Pg %d 0 R" % pages[own] if own is not None else b"",
            b"/Alt %s" % text_string(part.alt) if part.alt else b"",
            b"/A<</O/Table/Scope/%s>>" % part.scope.encode() if part.scope else b"",
            b"/K[%s]>>" % kids,
        )
    )


def _kid(kid: Element | tuple[int, int], own: int | None, numbers: dict[int, int], pages: list[int]) -> bytes:
    if isinstance(kid, Element):
        return b"%d 0 R" % numbers[id(kid)]
    page, number = kid
    return b"%d" % number if page == own else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (pages[page], number)


def text_string(text: str) -> bytes:
    """A text of any letters as PDF writes it."""
    return b"<" + ("\ufeff" + text).encode("utf-16-be").hex().encode() + b">"
