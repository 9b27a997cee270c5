"""The one error of reading data files."""

from __future__ import annotations


class LibraryError(Exception):
    """A data file that cannot be trusted: which file, where in it ("" = the whole file), and why; `str()` is one line. `also` are
    all faults of the same file where it has several, this one too."""

    def __init__(self, file: str, place: str, reason: str, also: tuple[LibraryError, ...] = ()) -> None:
        super().__init__(f"{file}: {place}: {reason}" if place else f"{file}: {reason}")
        self.file = file
        self.place = place
        self.reason = reason
        self.also = also
