"""The check sheet's record of what has happened since the plan began: every event with its reason and who entered it."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.documents.blocks import Block, Column, Heading, Phrase, Row, Table, Words, phrase
from mbc_desktop.documents.page.staff_words import StaffWords
from mbc_desktop.planning.replay.event_lookup import uncorrected
from mbc_desktop.planning.request import Event
from mbc_desktop.texts.event_words import event_details, reason_words, target_words


def event_blocks(words: StaffWords) -> Iterator[Block]:
    """The events in the order in which they were entered; what was corrected stands there and says so."""
    events = words.plan.request.events
    if not events:
        return
    yield Heading(text=words.say("events"))
    columns = (
        Column(title=words.say("column_date"), share=17),
        Column(title=words.say("column_for"), share=30),
        Column(title=words.say("column_event"), share=44),
        Column(title=words.say("column_reason"), share=26),
        Column(title=words.say("column_by"), share=12),
    )
    count = uncorrected(events)
    yield Table(columns=columns, rows=tuple(_row(event, words, counts=event in count) for event in events))


def _row(event: Event, words: StaffWords, *, counts: bool) -> Row:
    void = "" if counts else words.texts.word("act.void")
    return Row(
        cells=(
            phrase(words.texts.short_date(event.on)),
            phrase(target_words(event.target, words.texts, course=words.course_name(event.course))),
            _what(event, words),
            phrase(", ".join(filter(None, (void, reason_words(event, words.texts))))),
            phrase(event.by),
        )
    )


def _what(event: Event, words: StaffWords) -> Phrase:
    details = event_details(event, words.texts, regimen=words.regimen_name)
    name = words.texts.word(f"event.{event.kind}")
    return (Words(name, strong=True), Words(f": {details}")) if details else (Words(name, strong=True),)
