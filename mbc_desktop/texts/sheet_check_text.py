"""What the code of a sheet says, in words: whether it holds, from when it is, what has changed since."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.planning.comparison.sheet_check import SheetAnswer
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts.difference_text import change_text, summary_text
from mbc_desktop.texts.texts import Texts


def verdict_text(answer: SheetAnswer, texts: Texts) -> str:
    """The one sentence that matters: the sheet holds, or has been replaced, or is not of this treatment."""
    return texts.say(f"sheet_check.{answer.verdict}", code=answer.code, now=answer.now)


def answer_lines(answer: SheetAnswer, library: Library, texts: Texts) -> tuple[str, ...]:
    """Everything under the verdict: which sheets carry the code, the count of changes, each change."""
    return tuple(_lines(answer, library, texts))


def _lines(answer: SheetAnswer, library: Library, texts: Texts) -> Iterator[str]:
    for known in answer.prints:
        key = f"sheet_check.document.{known.document}"
        name = texts.word(key) if texts.has(key) else known.document
        if known.subject:
            drug = library.drugs.get(known.subject)
            name = texts.labelled(name, drug.inn.of(texts.language) if drug else known.subject)
        yield texts.say("sheet_check.printed_by" if known.by else "sheet_check.printed", name=name, on=known.on, by=known.by)
    if answer.verdict != "replaced":
        return
    if answer.limit != "none":
        yield texts.word(f"sheet_check.limit.{answer.limit}")
    if answer.changes:
        yield f"{summary_text(answer.changes, answer.prints[-1].on, texts)}:"
        yield from (change_text(change, library, texts) for change in answer.changes)
