"""One event as a line of words: what happened, to what, by how much, why."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.planning.request import Event, Target
from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.draft import Draft
from mbc_desktop.ui.event_entry import SCOPED
from mbc_desktop.ui.labels import course_title, regimen_title
from mbc_desktop.ui.words import Words


def subject_text(words: Words, library: Library, draft: Draft, course: str, target: Target) -> str:
    """What it is about: "fulvestrant, toediening 2"."""
    known = next((one for one in draft.courses if one.id == course), None)
    whole = course_title(words, library, known, brands=False) if known else course
    return ", ".join((words.drug(target.drug) if target.drug else whole, *_which(words, target)))


def event_text(words: Words, library: Library, event: Event) -> str:
    """What happened, with its figures: "uitgesteld: 7 dagen, rest van de behandeling"."""
    details = ", ".join(_details(words, library, event))
    name = words.say(f"event.{event.kind}")
    return f"{name}: {details}" if details else name


def reason_text(words: Words, event: Event) -> str:
    """Why, with grade and note."""
    parts = []
    if event.reason is not None:
        reason = words.say(f"reason.{event.reason}")
        parts.append(words.say("act.reason_grade", reason=reason, grade=event.grade) if event.grade else reason)
    if event.note:
        parts.append(" ".join(event.note.split()))
    return ", ".join(parts)


def _which(words: Words, target: Target) -> Iterator[str]:
    if target.number is not None:
        yield words.say("act.number", number=target.number)
    if target.on is not None:
        yield words.say("act.due", day=target.on)
    if target.fraction is not None:
        yield words.say("act.fraction", number=target.fraction)
    if target.cycle is not None:
        yield words.say("act.cycle", number=target.cycle)


def _details(words: Words, library: Library, event: Event) -> Iterator[str]:
    if event.days is not None:
        yield words.say("act.days", count=event.days)
    if event.amount is not None:
        yield words.texts.quantity(event.amount)
    for day in (event.given_on, event.to, event.day):
        if day is not None:
            yield words.say("act.on", day=day)
    if event.level:
        yield words.say("act.level", level=event.level.lstrip("-"))
    if event.every:
        yield words.texts.option(event.every)
    if event.batch:
        yield words.say("act.batch", batch=event.batch)
    if event.regimen:
        yield regimen_title(words, library, event.regimen) if event.regimen in library.regimens else event.regimen
    if event.what:
        yield event.what
    if event.kind in SCOPED:
        yield words.say(f"scope.{event.scope}")
