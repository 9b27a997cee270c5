"""One event of the draft as a line of words: what happened, to what, by how much."""

from __future__ import annotations

from mbc_desktop.planning.request import Event, Target
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts.event_words import event_details, target_words
from mbc_desktop.ui.entry.draft import Draft
from mbc_desktop.ui.labels import course_title, regimen_title
from mbc_desktop.ui.words import Words


def subject_text(words: Words, library: Library, draft: Draft, course: str, target: Target) -> str:
    """What it is about: "fulvestrant, toediening 2"."""
    known = next((one for one in draft.courses if one.id == course), None)
    whole = course_title(words, library, known, brands=False) if known else course
    return target_words(target, words.texts, course=whole)


def event_text(words: Words, library: Library, event: Event) -> str:
    """What happened, with its figures: "uitgesteld: 7 dagen, rest van de behandeling"."""

    def title(regimen: str) -> str:
        return regimen_title(words, library, regimen) if regimen in library.regimens else regimen

    details = event_details(event, words.texts, regimen=title)
    name = words.say(f"event.{event.kind}")
    return words.texts.labelled(name, details) if details else name
