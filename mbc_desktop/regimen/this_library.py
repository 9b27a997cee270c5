"""A library as the key of what is kept between two plans."""

from __future__ import annotations

from mbc_desktop.regimen.library import Library


class ThisLibrary:
    """One library, and no other that is equal to it: it holds it, so that no other one can come to stand in its place."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ThisLibrary) and other.library is self.library

    def __hash__(self) -> int:
        return id(self.library)
