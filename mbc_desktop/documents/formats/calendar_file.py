"""The calendar of a patient as a file that calendar programs read (ICS): whole days without a time zone, no name in it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from mbc_desktop import __version__
from mbc_desktop.documents.calendar.calendar_entries import Entry, calendar_entries
from mbc_desktop.documents.page.day_marks import PatientWords
from mbc_desktop.planning.comparison.prints import times_changed
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import texts_for

DOCUMENT_ID = "calendar_file"


def new_token() -> str:
    """Chance for a treatment whose calendar file is made for the first time; it is kept with the prints of the treatment."""
    return secrets.token_hex(16)


def calendar_file(plan: Plan, library: Library, texts: Texts, earlier: Iterable[Plan] = (), *, token: str = "") -> bytes:
    """The file in the language of `texts` (RFC 5545). An entry keeps its UID when its day changes, so that a new file moves it;
    what only the `earlier` plans had is in it as cancelled. `token` keeps the entries of two treatments apart. The same input
    gives the same bytes."""
    words = PatientWords(plan=plan, library=library, texts=texts_for(library, texts))
    entries = {entry.key: entry for entry in calendar_entries(words)}
    for older in earlier:
        for entry in calendar_entries(replace(words, plan=older)):
            entries.setdefault(entry.key, _cancelled(entry, words))
    calendar = Calendar()
    calendar.add("prodid", f"-//mbc_desktop//mbc_desktop {__version__}//{texts.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", words.say("name"))
    for entry in sorted(entries.values(), key=lambda item: (item.first, item.key)):
        calendar.add_component(_event(entry, words, token))
    return bytes(calendar.to_ical())


def event_uid(key: str, token: str = "") -> str:
    """The UID of an entry: it depends on course, drug, number and the token of the treatment, on nothing about the patient."""
    return f"{hashlib.sha256(f'{token}/{key}'.encode() if token else key.encode()).hexdigest()[:32]}@mbc-desktop"


def _cancelled(entry: Entry, words: PatientWords) -> Entry:
    if entry.state == "cancelled":
        return entry
    summary = words.texts.say("calendar_file.cancelled", what=entry.summary)
    return replace(entry, summary=summary, lines=(), state="cancelled")


def _event(entry: Entry, words: PatientWords, token: str) -> Event:
    plan = words.plan
    stopped = any(finding.severity == "stop" for finding in plan.findings)
    state = "tentative" if stopped and entry.state == "confirmed" else entry.state
    event = Event()
    event.add("uid", event_uid(entry.key, token))
    # The day of the plan, not the clock: the same plan gives the same file.
    event.add("dtstamp", datetime.combine(plan.request.today, time(), tzinfo=UTC))
    event.add("sequence", times_changed(plan.request.prints, DOCUMENT_ID, plan.fingerprint))
    event.add("dtstart", entry.first)
    # The end of a whole day is the day after it.
    event.add("dtend", entry.last + timedelta(days=1))
    event.add("summary", entry.summary)
    event.add("description", "\n".join(_lines(entry, words, stopped=stopped)))
    if entry.place:
        event.add("location", entry.place)
    event.add("status", state.upper())
    event.add("transp", "TRANSPARENT" if entry.free or state == "cancelled" else "OPAQUE")
    return event


def _lines(entry: Entry, words: PatientWords, *, stopped: bool) -> tuple[str, ...]:
    provisional = (words.say("provisional_plan"),) if stopped else ()
    return (*provisional, *entry.lines, words.texts.say("calendar_file.of_plan", code=words.plan.code))
