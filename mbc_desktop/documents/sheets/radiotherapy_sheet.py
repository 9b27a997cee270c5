"""The patient's sheet about one course of radiotherapy: how many times, when, where, and what to do when a day does not suit."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.documents.blocks import (
    Block,
    Column,
    Document,
    Group,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
    phrase,
    strong,
)
from mbc_desktop.documents.page.day_marks import PatientWords
from mbc_desktop.documents.page.frames import fever_line, patient_frame
from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.documents.sheets.instruction_sheet import advice_sentence
from mbc_desktop.documents.sheets.radiotherapy_card import course_of
from mbc_desktop.planning.plan import Fraction, Plan
from mbc_desktop.planning.request import RadiotherapyCourse
from mbc_desktop.regimen.instructions import RADIOTHERAPY
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts, Value
from mbc_desktop.texts.phrases import texts_for

DOCUMENT_ID = "radiotherapy_sheet"

_TICK = "☐"


def compose_radiotherapy_sheet(plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions) -> Document:
    """The sheet about the course `options.subject`. Raises KeyError when the plan has no such course."""
    words = PatientWords(plan=plan, library=library, texts=texts_for(library, texts))
    course = course_of(plan, options.subject)
    name = texts.word(f"sheet_check.document.{DOCUMENT_ID}")
    return Document(
        id=DOCUMENT_ID,
        name=name,
        language=texts.language,
        audience="patient",
        landscape=False,
        frame=patient_frame(name, site, words, options, calendar=False),
        blocks=tuple(_blocks(course, site, words)),
    )


def _blocks(course: RadiotherapyCourse, site: Site, words: PatientWords) -> Iterator[Block]:
    texts = words.texts
    fractions = [item for item in words.plan.fractions if item.course == course.id]
    yield Heading(text=_capital(f"{words.say('radiotherapy')}: {texts.word(f'region.{course.region}')}"))
    if fractions:
        yield _section("rt_visit", tuple(_planned(course, fractions, words)), words)
    yield _section("rt_cannot", (_say(words, "rt_missed"),), words)
    yield _section("title.medicines", (_say(words, "rt_tablets"),), words)
    signs = tuple(_signs(course, words))
    if signs:
        notices = (Notice(shape="info", label="", words=phrase(sign)) for sign in signs)
        yield Group(blocks=(Heading(text=texts.word("instruction.title.report"), level=2), *notices))
    heading = Heading(text=texts.word("instruction.title.urgent"), level=2)
    yield Group(blocks=(heading, Notice(shape="stop", label="", words=strong(fever_line(site, words)))))
    where = [item for item in site.directions if item.unit == "radiotherapy" and item.language == texts.language]
    yield from (Notice(shape="info", label=texts.word("place.radiotherapy"), words=phrase(item.text)) for item in where)
    if fractions:
        yield Heading(text=texts.word("instruction.rt_days"), level=2)
        yield _days(fractions, words)


def _signs(course: RadiotherapyCourse, words: PatientWords) -> Iterator[str]:
    """What this field, and any field, can do to a patient; each once."""
    told = words.library.instructions
    every = (*told.get(RADIOTHERAPY, ()), *told.get(f"{RADIOTHERAPY}-{course.region}", ()))
    yield from dict.fromkeys(f"{_capital(advice_sentence(item, words.texts))}." for item in every if item.section == "report")


def _planned(course: RadiotherapyCourse, coming: list[Fraction], words: PatientWords) -> Iterator[str]:
    if len(coming) == 1:
        yield _say(words, "rt_once", region=course.region, first=coming[0].date)
    else:
        yield _say(words, "rt_what", count=len(coming), region=course.region)
        yield _say(words, "rt_when", first=coming[0].date, last=coming[-1].date)
    if course.treatment_time:
        yield _say(words, "rt_time", time=course.treatment_time)


def _days(fractions: list[Fraction], words: PatientWords) -> Table:
    columns = (
        Column(title="", share=12, number=True),
        Column(title=words.say("column_day"), share=50),
        Column(title=words.say("column_hour"), share=22),
        Column(title=words.say("column_done"), share=14),
    )
    return Table(columns=columns, rows=tuple(_day(item, words) for item in fractions))


def _day(item: Fraction, words: PatientWords) -> Row:
    day = words.texts.long_date(item.date)
    done = words.say("received") if item.status == "given" else _TICK
    return Row(cells=(strong(str(item.number)), phrase(day), (), phrase(done)))


def _section(title: str, sentences: tuple[str, ...], words: PatientWords) -> Group:
    heading = Heading(text=words.texts.word(f"instruction.{title}"), level=2)
    return Group(blocks=(heading, *(Paragraph(words=phrase(sentence)) for sentence in sentences)))


def _say(words: PatientWords, key: str, **values: Value) -> str:
    return words.texts.say(f"instruction.{key}", **values)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
