"""The patient's calendar: every therapy on one calendar of months, then what has changed, what to bring, and the lists of
appointments and of medicines at home."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mbc_desktop.documents.blocks import Block, Document, Group, Heading, Notice, Paragraph, Phrase, Words, led, phrase, strong
from mbc_desktop.documents.calendar.month_blocks import month_blocks
from mbc_desktop.documents.calendar.patient_changes import change_blocks
from mbc_desktop.documents.calendar.patient_lists import tablet_blocks, visit_blocks
from mbc_desktop.documents.calendar.patient_support import support_blocks
from mbc_desktop.documents.page.day_marks import PatientWords, stop_text
from mbc_desktop.documents.page.frames import patient_frame
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.planning.beside.home_stops import HomeStop, home_stops
from mbc_desktop.planning.comparison.fingerprint import printed_code
from mbc_desktop.planning.comparison.prints import latest_other
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import drug_with_brand, texts_for

DOCUMENT_ID = "patient_calendar"


def compose_patient_calendar(plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions = PLAIN) -> Document:
    """The calendar in the language of `texts`. What the plan lists is on it; a dose that is not released is not."""
    words = PatientWords(plan=plan, library=library, texts=texts_for(library, texts))
    return Document(
        id=DOCUMENT_ID,
        name=words.say("name"),
        language=texts.language,
        audience="patient",
        landscape=True,
        frame=patient_frame(words.say("name"), site, words, options),
        blocks=_blocks(words, site),
    )


def _blocks(words: PatientWords, site: Site) -> tuple[Block, ...]:
    months = _months(words)
    if not months:
        return ()
    changes = change_blocks(words, site, DOCUMENT_ID)
    return (
        *months,
        *changes,
        *reminder_blocks(words, site),
        *visit_blocks(words),
        *tablet_blocks(words),
        *support_blocks(words),
    )


def reminder_blocks(words: PatientWords, site: Site) -> Iterator[Block]:
    """Where to be, what to bring, and that other medicines go on."""
    texts = words.texts
    yield Heading(text=texts.word("paper.reminders"))
    places = [item for item in site.directions if item.language == texts.language]
    notices = [
        *(Notice(shape="info", label=texts.word(f"place.{item.unit}"), words=phrase(item.text)) for item in places if item.unit),
        *(Notice(shape="info", label=texts.word("paper.bring"), words=phrase(item.text)) for item in places if not item.unit),
    ]
    if not any(item.unit is None for item in places):
        notices.append(Notice(shape="info", label=texts.word("paper.bring"), words=phrase(texts.word("paper.bring_usual"))))
    ended = (Notice(shape="stop", label="", words=stop_phrase(stop, words)) for stop in home_stops(words.plan) if not stop.last)
    yield Group(blocks=(*ended, *notices, Paragraph(words=phrase(texts.word("paper.other_medicines")))))


def stop_phrase(stop: HomeStop, words: PatientWords) -> Phrase:
    """ "STOP letrozol (Femara): niet meer innemen vanaf ma 16/03/2026"."""
    name = drug_with_brand(words.library.drugs[stop.drug], words.texts.language)
    return (*strong(led(words.say("stop"), name)), Words(f": {stop_text(stop, words)}"))


def _months(words: PatientWords) -> tuple[Block, ...]:
    """The months; the first one says which calendar this one takes the place of."""
    months = month_blocks(words)
    older = latest_other(words.plan.request.prints, DOCUMENT_ID, words.plan.fingerprint)
    if older is None or not months:
        return months
    note = words.say("replaces", day=older.on, code=printed_code(older.fingerprint))
    return (replace(months[0], note=note), *months[1:])
