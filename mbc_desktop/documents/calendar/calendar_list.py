"""The patient's calendar as a list in large print: each stretch of days on which the same is to be done, in full words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from mbc_desktop.documents.blocks import BREAK, Block, Column, Document, Heading, Mark, Phrase, Row, Table, Words, phrase
from mbc_desktop.documents.calendar.patient_calendar import DOCUMENT_ID as CALENDAR
from mbc_desktop.documents.calendar.patient_calendar import reminder_blocks, stop_phrase
from mbc_desktop.documents.calendar.patient_changes import change_blocks
from mbc_desktop.documents.calendar.patient_lists import administration_phrase
from mbc_desktop.documents.calendar.patient_support import support_blocks
from mbc_desktop.documents.page.day_marks import PatientWords, marks_by_day, stop_mark
from mbc_desktop.documents.page.frames import patient_frame
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.planning.beside.home_stops import home_stops
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import drug_with_brand, frequency, pieces_phrase, texts_for

DOCUMENT_ID = "patient_calendar_large"

_ONE_DAY = timedelta(days=1)
Marks = tuple[Mark, ...]


def compose_calendar_list(plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions = PLAIN) -> Document:
    """The same days and the same words as the calendar of months, one stretch of days a row."""
    words = PatientWords(plan=plan, library=library, texts=texts_for(library, texts))
    return Document(
        id=DOCUMENT_ID,
        name=words.say("name"),
        language=texts.language,
        audience="patient",
        landscape=False,
        frame=patient_frame(words.say("name"), site, words, options),
        blocks=(*_months(words), *support_blocks(words), *change_blocks(words, site, CALENDAR), *reminder_blocks(words, site)),
        large=True,
    )


def _months(words: PatientWords) -> Iterator[Block]:
    columns = (Column(title="", share=38), Column(title="", share=62))
    by_month = groupby(stretches(words), key=lambda stretch: stretch[0].replace(day=1))
    for month, members in by_month:
        title = words.texts.month(month)
        yield Heading(text=title[0].upper() + title[1:])
        yield Table(columns=columns, rows=tuple(_row(stretch, words) for stretch in members))


def stretches(words: PatientWords) -> Iterator[tuple[date, date, Marks]]:
    """First and last day of each stretch on which the same is to be done; a new month begins a new one."""
    first: date | None = None
    last = date.min
    same: Marks = ()
    for day, marks in _told(words):
        goes_on = first is not None and day == last + _ONE_DAY and day.month == last.month and _said(marks) == _said(same)
        if first is not None and not goes_on:
            yield first, last, same
        if not goes_on:
            first, same = day, marks
        last = day
    if first is not None:
        yield first, last, same


def _told(words: PatientWords) -> Iterator[tuple[date, Marks]]:
    """The marks of each day; a drug that ends is told on its day alone: a stretch of days would promise that it comes back."""
    for day, every in marks_by_day(words).items():
        marks = tuple(mark for mark in every if mark.shape != "stop" or mark.therapy.endswith(day.isoformat()))
        if marks:
            yield day, marks


def _said(marks: Marks) -> tuple[tuple[str, ...], ...]:
    """What the day says; radiotherapy and visits name their number, so two of them never look alike."""
    return tuple((mark.shape, mark.lead, mark.name, mark.detail) for mark in marks)


def _row(stretch: tuple[date, date, Marks], words: PatientWords) -> Row:
    first, last, marks = stretch
    texts = words.texts
    if first == last:
        when = phrase(texts.day_and_month(first))
    else:
        when = (Words(texts.say("paper.from_day", day=first)), BREAK, Words(texts.say("paper.until_day", day=last)))
    lines: list[Words] = []
    for mark in marks:
        lines += [*((BREAK,) if lines else ()), *mark_phrase(mark, words)]
    return Row(cells=(when, tuple(lines)))


def mark_phrase(mark: Mark, words: PatientWords) -> Phrase:
    """A mark in full: the drug with its brand, the pieces with their strength and total, how often."""
    plan = words.plan
    period = next((item for item in plan.intakes if item.id == mark.therapy), None)
    if mark.shape == "tablet" and period is not None:
        return _taken(period, mark, words)
    given = next((item for item in plan.administrations if item.id == mark.therapy), None)
    if given is not None:
        return administration_phrase(given, words) if mark.shape != "tablet" else _swallowed(given, words)
    if mark.shape == "stop":
        stops = (stop for stop in home_stops(plan) if mark.therapy == stop_mark(stop, stop.first, words).therapy)
        return stop_phrase(next(stops), words)
    # A pause and a fraction are one sentence: "geen palbociclib", "bestraling 3 van 10".
    return (Words(mark.led, strong=True), *((Words(f", {mark.detail}"),) if mark.detail else ()))


def _taken(period: TakePeriod, mark: Mark, words: PatientWords) -> Phrase:
    name = drug_with_brand(words.library.drugs[period.drug], words.texts.language)
    goes_on = f"{words.say('go_on')}: " if mark.detail.startswith(words.say("go_on")) else ""
    if period.dose is None or period.status != "planned":
        return (Words(name, strong=True), Words(f": {goes_on}{words.say('dose_follows')}"))
    pieces = pieces_phrase(period.dose.give, words.texts) or words.texts.quantity(period.dose.amount)
    return (Words(name, strong=True), Words(f": {goes_on}{pieces}, {frequency(period.dose, words.texts)}"))


def _swallowed(item: Administration, words: PatientWords) -> Phrase:
    if item.status != "planned" or item.dose is None:
        return administration_phrase(item, words)
    name = drug_with_brand(words.library.drugs[item.drug], words.texts.language)
    pieces = pieces_phrase(item.dose.give, words.texts) or words.texts.quantity(item.dose.amount)
    return (Words(name, strong=True), Words(f": {pieces}, {frequency(item.dose, words.texts)}"))
