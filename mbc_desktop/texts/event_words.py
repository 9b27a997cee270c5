"""One event in words: what it is about, what happened with its figures, and why. The window and the check sheet say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mbc_desktop.planning.request import SCOPED, Event, Target
from mbc_desktop.texts.texts import Texts


def target_words(target: Target, texts: Texts, *, course: str) -> str:
    """ "fulvestrant, toediening 2"; `course` is said where no drug of it is meant."""
    return ", ".join((texts.drug(target.drug) if target.drug else course, *_which(target, texts)))


def event_details(event: Event, texts: Texts, *, regimen: Callable[[str], str]) -> str:
    """The figures of what happened: "7 dagen, rest van de behandeling". `regimen` names the one that takes over."""
    return ", ".join(_details(event, texts, regimen))


def reason_words(event: Event, texts: Texts) -> str:
    """Why, with grade and note; "" where nobody said."""
    parts = []
    if event.reason is not None:
        reason = texts.word(f"reason.{event.reason}")
        parts.append(reason if event.grade is None else texts.say("act.reason_grade", reason=reason, grade=event.grade))
    # A note may have been typed over several lines; what shows it breaks its own.
    parts.append(" ".join(event.note.split()))
    return ", ".join(filter(None, parts))


def _which(target: Target, texts: Texts) -> Iterator[str]:
    if target.number is not None:
        yield texts.say("act.number", number=target.number)
    if target.on is not None:
        yield texts.say("act.due", day=target.on)
    if target.fraction is not None:
        yield texts.say("act.fraction", number=target.fraction)
    if target.cycle is not None:
        yield texts.say("act.cycle", number=target.cycle)


def _details(event: Event, texts: Texts, regimen: Callable[[str], str]) -> Iterator[str]:
    """Whatever the event carries; which of it is filled follows from its kind."""
    if event.days is not None:
        yield texts.say("act.days", count=event.days)
    if event.amount is not None:
        yield texts.quantity(event.amount)
    for day in (event.given_on, event.to, event.day):
        if day is not None:
            yield texts.say("act.on", day=day)
    if event.level:
        yield texts.say("act.level", level=event.level.lstrip("-"))
    if event.every:
        yield texts.option(event.every)
    if event.batch:
        yield texts.say("act.batch", batch=event.batch)
    if event.regimen:
        yield regimen(event.regimen)
    if event.what:
        yield event.what
    if event.kind in SCOPED:
        yield texts.word(f"scope.{event.scope}")
