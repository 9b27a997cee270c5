"""What an event would do, in words: the count first, then what needs a decision, then every change."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.planning.beside.tablets_left import TabletCount
from mbc_desktop.planning.proposals.what_if import LeftWindow, NextOpenDay, WhatIf
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts.difference_text import change_text, counted_text
from mbc_desktop.texts.phrases import finding_text, texts_for
from mbc_desktop.texts.texts import Texts


def what_if_headline(preview: WhatIf, texts: Texts) -> str:
    """One sentence: how many dates and doses change."""
    if not preview.changes:
        return texts.word("what_if.nothing")
    return _sentence(texts.say("what_if.counted", clauses=counted_text(preview.changes, texts)))


def what_if_objections(preview: WhatIf, library: Library, texts: Texts) -> tuple[str, ...]:
    """What needs somebody's decision: broken windows and intervals, loading doses, closed days, tablets, and what is solved."""
    named = texts_for(library, texts)
    return tuple(_sentence(line) for line in _objections(preview, library, named))


def what_if_changes(preview: WhatIf, library: Library, texts: Texts) -> tuple[str, ...]:
    """Every date and dose that would change, a sentence each."""
    return tuple(change_text(change, library, texts) for change in preview.changes)


def _objections(preview: WhatIf, library: Library, texts: Texts) -> Iterator[str]:
    for item in (*preview.objections, *preview.intervals, *preview.reloads):
        yield finding_text(item, library, texts)
    yield from (_left_window(item, texts) for item in preview.windows)
    yield from (_next_open(item, texts) for item in preview.open_days)
    yield from (_tablets(item, texts) for item in preview.tablets)
    for item in preview.solved:
        yield texts.say("what_if.solved", sentence=finding_text(item, library, texts))


def _sentence(line: str) -> str:
    return line[0].upper() + line[1:]


def _left_window(item: LeftWindow, texts: Texts) -> str:
    first, last = item.window
    if item.day is None:
        return texts.say("what_if.no_day", drug=item.drug, number=item.number, first=first, last=last)
    return texts.say("what_if.left_window", drug=item.drug, number=item.number, day=item.day, first=first, last=last)


def _next_open(item: NextOpenDay, texts: Texts) -> str:
    if item.open is None:
        return texts.say("what_if.no_next_open", drug=item.drug, number=item.number, wanted=item.wanted)
    return texts.say("what_if.next_open", drug=item.drug, number=item.number, wanted=item.wanted, open=item.open)


def _tablets(item: TabletCount, texts: Texts) -> str:
    pieces = texts.say(f"form.{item.form}", count=item.count)
    return texts.say(
        "what_if.lacking" if item.lacking else "what_if.left_over",
        drug=item.drug,
        cycle=item.cycle,
        pieces=pieces,
        strength=item.strength,
    )
