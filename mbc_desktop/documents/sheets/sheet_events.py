"""The check sheet's record of what has happened since the plan began: every event with its reason and who entered it."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.documents.blocks import Block, Column, Heading, Phrase, Row, Table, Words, phrase
from mbc_desktop.documents.page.staff_words import StaffWords
from mbc_desktop.planning.request import Event, Target

_SCOPED = frozenset({"delay", "omit", "dose_level", "dose"})


def event_blocks(words: StaffWords) -> Iterator[Block]:
    """The events in the order in which they were entered."""
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
    yield Table(columns=columns, rows=tuple(_row(event, words) for event in events))


def _row(event: Event, words: StaffWords) -> Row:
    return Row(
        cells=(
            phrase(words.texts.short_date(event.on)),
            phrase(", ".join(_subject(event.course, event.target, words))),
            _what(event, words),
            phrase(", ".join(_reason(event, words))),
            phrase(event.by),
        )
    )


def _subject(course: str, target: Target, words: StaffWords) -> Iterator[str]:
    yield words.texts.drug(target.drug) if target.drug else words.course_name(course)
    if target.number is not None:
        yield words.say("event_number", number=target.number)
    if target.on is not None:
        yield words.say("event_due", day=target.on)
    if target.fraction is not None:
        yield words.say("event_fraction", number=target.fraction)
    if target.cycle is not None:
        yield words.say("event_cycle", number=target.cycle)


def _what(event: Event, words: StaffWords) -> Phrase:
    details = ", ".join(_details(event, words))
    name = words.texts.word(f"event.{event.kind}")
    return (Words(name, strong=True), Words(f": {details}")) if details else (Words(name, strong=True),)


def _details(event: Event, words: StaffWords) -> Iterator[str]:
    """Whatever the event carries; which of it is filled follows from its kind."""
    if event.days is not None:
        yield words.say("days_ago", count=event.days)
    if event.amount is not None:
        yield words.texts.quantity(event.amount)
    for day in (event.given_on, event.to, event.day):
        if day is not None:
            yield words.say("event_on", day=day)
    if event.level:
        yield words.say("event_level", level=event.level)
    if event.every:
        yield words.texts.option(event.every)
    if event.batch:
        yield words.say("event_batch", batch=event.batch)
    yield from filter(None, (event.regimen, event.what, event.event))
    if event.kind in _SCOPED:
        yield words.texts.word(f"scope.{event.scope}")


def _reason(event: Event, words: StaffWords) -> Iterator[str]:
    if event.reason is not None:
        reason = words.texts.word(f"reason.{event.reason}")
        yield reason if event.grade is None else words.say("reason_grade", reason=reason, grade=event.grade)
    if event.note:
        # A note may have been typed over several lines; a cell breaks its own.
        yield " ".join(event.note.split())
