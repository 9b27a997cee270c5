"""What goes beside the treatment at home, as a patient reads it: each measure once, with its days."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.documents.blocks import BREAK, Block, Column, Heading, Paragraph, Phrase, Row, Table, Words, phrase, strong
from mbc_desktop.documents.page.day_marks import PatientWords, support_name
from mbc_desktop.planning.plan import SupportItem
from mbc_desktop.texts.support_words import support_part

_MOST_STRETCHES = 6
"""How many stretches of days a row tells; the calendar marks them all."""


def support_blocks(words: PatientWords) -> Iterator[Block]:
    """A table of the measures at home; nothing without one."""
    measures: dict[str, list[SupportItem]] = {}
    for item in words.plan.support:
        if item.place == "home" and item.last >= words.since():
            measures.setdefault(support_name(item, words), []).append(item)
    if not measures:
        return
    yield Heading(text=words.texts.word("paper.beside_heading"), level=2)
    yield Paragraph(words=phrase(words.texts.word("paper.beside_intro")), together_with_next=True)
    columns = (
        Column(title=words.say("column_what"), share=28),
        Column(title=words.say("column_take"), share=40),
        Column(title=words.say("column_from_until"), share=40),
    )
    yield Table(columns=columns, rows=tuple(_row(name, items, words) for name, items in measures.items()))


def support_how(item: SupportItem, words: PatientWords) -> str:
    """The hospital's own words, else what has an amount, else that the doctor's prescription holds."""
    texts = words.texts
    known = tuple(support_part(part, texts) for part in item.parts if part.amount is not None)
    how = item.own_words or texts.listing(known) or texts.word("paper.as_prescribed")
    return f"{how}, {texts.word('paper.if_needed')}" if item.as_needed else how


def _row(name: str, items: list[SupportItem], words: PatientWords) -> Row:
    hows = dict.fromkeys(support_how(item, words) for item in items)
    return Row(cells=(strong(name), phrase("; ".join(hows)), _when(items, words)))


def _when(items: list[SupportItem], words: PatientWords) -> Phrase:
    stretches = dict.fromkeys((item.first, item.last, item.open) for item in sorted(items, key=lambda item: item.first))
    lines: list[Words] = []
    for first, last, goes_on in tuple(stretches)[:_MOST_STRETCHES]:
        if goes_on:
            text = words.say("from_on", first=first)
        elif first == last:
            text = words.texts.long_date(first)
        else:
            text = words.texts.say("facts.span", first=first, last=last)
        lines += [*((BREAK,) if lines else ()), Words(text)]
    return tuple(lines)
