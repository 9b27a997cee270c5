"""What is wrong with a treatment file: where, which kind of fault, and one clear sentence for a person without the
program's language."""

from __future__ import annotations


class TreatmentError(Exception):
    """`place` is the path inside the file (courses[1].start), `code` the kind of fault, `values` what the sentence names."""

    def __init__(self, place: str, code: str, text: str) -> None:
        super().__init__(f"{place}: {text}" if place else text)
        self.place = place
        self.code = code
        self.text = text
