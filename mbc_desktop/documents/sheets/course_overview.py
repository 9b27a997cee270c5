"""The overview of all courses of one patient: a row per cycle with what is given, taken and checked in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from mbc_desktop.documents.blocks import (
    BREAK,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Phrase,
    Row,
    Table,
    Words,
    phrase,
    strong,
)
from mbc_desktop.documents.page.frames import staff_frame
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.documents.page.staff_words import StaffWords, drugs_of_plan, staff_words
from mbc_desktop.documents.page.vein_only import vein_only_notices
from mbc_desktop.documents.sheets.sheet_inputs import finding_blocks
from mbc_desktop.documents.sheets.sheet_schedule import fraction_blocks
from mbc_desktop.planning.plan import Administration, CheckUp, Plan, TakePeriod
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import frequency, pieces_phrase

DOCUMENT_ID = "course_overview"

_Item = Administration | TakePeriod
_Cycle = tuple[str, int]


def compose_course_overview(plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions = PLAIN) -> Document:
    """The overview in the language of `texts`: findings first, then each course."""
    words = staff_words(plan, library, texts)
    name = texts.word(f"sheet_check.document.{DOCUMENT_ID}")
    courses = (block for course in plan.request.courses if isinstance(course, DrugCourse) for block in _course(course, words))
    return Document(
        id=DOCUMENT_ID,
        name=name,
        language=texts.language,
        audience="staff",
        landscape=True,
        frame=staff_frame(name, site, words, options),
        blocks=(
            *finding_blocks(words),
            *vein_only_notices(drugs_of_plan(plan), library, words.texts),
            *courses,
            *fraction_blocks(words),
        ),
    )


def _course(course: DrugCourse, words: StaffWords) -> Iterator[Block]:
    yield Heading(text=words.course_name(course.id))
    yield Paragraph(
        words=phrase(words.say("course", name=words.course_name(course.id), start=course.start)), together_with_next=True
    )
    cycles: defaultdict[_Cycle, list[_Item]] = defaultdict(list)
    every: list[_Item] = [*words.plan.administrations, *words.plan.intakes]
    for item in every:
        if item.course == course.id:
            cycles[item.part, item.cycle].append(item)
    if not cycles:
        yield Paragraph(words=phrase(words.texts.word("ward.nothing_planned")))
        return
    ordered = sorted(cycles.items(), key=lambda pair: (min(map(_first, pair[1])), pair[0]))
    checks = _checks_by_cycle(course, ordered, words)
    columns = (
        Column(title=words.texts.word("ward.cycle"), share=8, number=True),
        Column(title=words.texts.word("ward.column_given"), share=50),
        Column(title=words.say("tablets"), share=52),
        Column(title=words.say("checks"), share=34),
    )
    rows = tuple(_row(cycle, items, checks[index], words) for index, (cycle, items) in enumerate(ordered))
    yield Table(columns=columns, rows=rows)


def _row(cycle: _Cycle, items: list[_Item], checks: list[CheckUp], words: StaffWords) -> Row:
    given = sorted((item for item in items if isinstance(item, Administration)), key=_first)
    taken = sorted((item for item in items if isinstance(item, TakePeriod)), key=_first)
    samples = dict.fromkeys((check.date, words.texts.word(f"check.{check.kind}")) for check in checks)
    by_day: defaultdict[date, list[str]] = defaultdict(list)
    for day, name in samples:
        by_day[day].append(name)
    return Row(
        cells=(
            strong(str(cycle[1])),
            lines_of([_given(item, words) for item in given]),
            lines_of([_taken(item, words) for item in taken]),
            lines_of([phrase(f"{words.texts.short_date(day)}: {', '.join(names)}") for day, names in sorted(by_day.items())]),
        )
    )


def _given(item: Administration, words: StaffWords) -> Phrase:
    texts = words.texts
    day = texts.short_date(item.date) if item.date else words.say("no_date")
    dose = texts.quantity(item.dose.amount) if item.dose else words.say("dose_withheld")
    status = "" if item.status == "planned" else f" ({texts.word(f'status.{item.status}')})"
    return (Words(f"{day}  "), Words(texts.drug(item.drug), strong=True), Words(f" {dose}{status}"))


def _taken(item: TakePeriod, words: StaffWords) -> Phrase:
    texts = words.texts
    dose = words.say("dose_withheld")
    if item.dose is not None:
        pieces = pieces_phrase(item.dose.give, texts) or texts.quantity(item.dose.amount)
        dose = words.say("per_time", amount=pieces, frequency=frequency(item.dose, texts))
    last = words.say("goes_on") if item.open else texts.short_date(item.last)
    period = words.say("period", first=item.first, last=last)
    rest = words.say("window", first=item.rest[0], last=item.rest[1]) if item.rest else ""
    pause = f"; {words.say('column_rest')}: {rest}" if rest else ""
    status = "" if item.status == "planned" else f" ({texts.word(f'status.{item.status}')})"
    return (Words(texts.drug(item.drug), strong=True), Words(f" {dose}{status}, {period}{pause}"))


def _checks_by_cycle(course: DrugCourse, cycles: list[tuple[_Cycle, list[_Item]]], words: StaffWords) -> list[list[CheckUp]]:
    """Each check beside the last cycle that had begun by then; what comes before the first one stands with the first."""
    starts = [min(map(_first, items)) for _, items in cycles]
    found: list[list[CheckUp]] = [[] for _ in cycles]
    for check in words.plan.checks:
        if check.course == course.id:
            begun = [index for index, start in enumerate(starts) if start <= check.date]
            found[begun[-1] if begun else 0].append(check)
    return found


def _first(item: _Item) -> date:
    return item.first if isinstance(item, TakePeriod) else item.date or item.due


def lines_of(phrases: list[Phrase]) -> Phrase:
    """The phrases as lines of one cell."""
    joined: list[Words] = []
    for words in phrases:
        joined += [BREAK, *words] if joined else words
    return tuple(joined)
