"""The card of a course of radiotherapy for its planners: n x d, effect, every fraction with its total so far, what else runs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.documents.blocks import (
    Blanks,
    Block,
    Column,
    Document,
    Field,
    Fields,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
    phrase,
    strong,
)
from mbc_desktop.documents.page.frames import staff_frame
from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.documents.page.staff_words import StaffWords, scheme_name, staff_words
from mbc_desktop.documents.page.vein_only import vein_only_notices
from mbc_desktop.documents.sheets.sheet_inputs import earlier_text, effect_blocks
from mbc_desktop.planning.plan import Fraction, Plan
from mbc_desktop.planning.request import EarlierRadiotherapy, RadiotherapyCourse
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import finding_text

DOCUMENT_ID = "radiotherapy_card"


def compose_radiotherapy_card(plan: Plan, library: Library, site: Site, texts: Texts, options: SheetOptions) -> Document:
    """The card of the course `options.subject`. Raises KeyError when the plan has no such course."""
    words = staff_words(plan, library, texts)
    course = course_of(plan, options.subject)
    name = texts.word(f"sheet_check.document.{DOCUMENT_ID}")
    return Document(
        id=DOCUMENT_ID,
        name=name,
        language=texts.language,
        audience="staff",
        landscape=False,
        frame=staff_frame(name, site, words, options),
        blocks=(*_prescription(course, words), *_effect(course, words), *_fractions(course, words), *_around(course, words)),
    )


def course_of(plan: Plan, id: str) -> RadiotherapyCourse:
    """The course of radiotherapy of that id. Raises KeyError."""
    for course in plan.request.courses:
        if course.id == id and isinstance(course, RadiotherapyCourse):
            return course
    raise KeyError(id)


def _prescription(course: RadiotherapyCourse, words: StaffWords) -> Iterator[Block]:
    texts = words.texts
    fractions = [item for item in words.plan.fractions if item.course == course.id]
    for finding in words.plan.findings:
        # What a drug and this irradiation do to each other stands with the drug; the planners read it here too.
        if course.id in (finding.course, dict(finding.values).get("radiotherapy")):
            label = texts.word(f"severity.{finding.severity}")
            yield Notice(shape=finding.severity, label=label, words=phrase(finding_text(finding, words.library, texts)))
    yield Heading(text=f"{scheme_name(course, words)}   ·   {texts.word(f'region.{course.region}')} {course.level}".rstrip())
    yield Fields(fields=tuple(_fields(course, fractions, words)), columns=2)


def _fields(course: RadiotherapyCourse, fractions: list[Fraction], words: StaffWords) -> Iterator[Field]:
    texts = words.texts
    if fractions:
        total = sum((item.dose.amount for item in fractions), Decimal(0))
        days = (fractions[-1].date - fractions[0].date).days + 1
        yield Field(label=texts.word("ward.total"), value=strong(texts.amount(total, "Gy")))
        yield Field(label=texts.word("ward.overall_time"), value=phrase(words.say("days_ago", count=days)))
        yield Field(
            label=texts.word("ward.first_last"),
            value=phrase(words.say("window", first=fractions[0].date, last=fractions[-1].date)),
        )
    scheme = words.library.radiotherapy.get(course.scheme)
    if scheme is not None:
        yield Field(label=texts.word("ward.spacing"), value=phrase(_spacing(scheme, words)))
    if course.treatment_time:
        yield Field(label=words.texts.word("patient.column_hour"), value=phrase(course.treatment_time))
    yield from (
        Field(label=texts.word(f"decision.{choice.key}"), value=phrase(texts.option(choice.value)))
        for choice in words.plan.choices
        if choice.course == course.id
    )


def _spacing(scheme: RadiotherapyScheme, words: StaffWords) -> str:
    if scheme.pattern == "daily":
        return words.texts.word("ward.daily")
    return words.texts.say("ward.spaced", days=scheme.min_gap_days, week=scheme.per_week or 0)


def _effect(course: RadiotherapyCourse, words: StaffWords) -> Iterator[Block]:
    effects = [
        item for item in words.plan.derived if dict(item.inputs).get("course") == course.id and "alpha_beta" in dict(item.inputs)
    ]
    if effects:
        yield Heading(text=words.say("radiotherapy_effect"))
        yield effect_blocks(effects, words)


def _fractions(course: RadiotherapyCourse, words: StaffWords) -> Iterator[Block]:
    texts = words.texts
    columns = (
        Column(title=words.say("column_number"), share=9, number=True),
        Column(title=words.say("column_date"), share=22),
        Column(title=words.say("dose"), share=12, number=True),
        Column(title=texts.word("ward.running_total"), share=16, number=True),
        Column(title=words.say("column_status"), share=17),
        Column(title=texts.word("ward.given_at"), share=26),
        Column(title=words.say("own_initials"), share=14),
    )
    rows: list[Row] = []
    total = Decimal(0)
    for item in words.plan.fractions:
        if item.course != course.id:
            continue
        total = CONTEXT.add(total, item.dose.amount)
        rows.append(_fraction(item, total, words))
    yield Heading(text=words.say("fractions"))
    if not rows:
        yield Paragraph(words=phrase(texts.word("ward.nothing_planned")))
        return
    yield Table(columns=columns, rows=tuple(rows))


def _fraction(item: Fraction, total: Decimal, words: StaffWords) -> Row:
    texts = words.texts
    return Row(
        cells=(
            strong(f"{item.number}/{item.of}"),
            phrase(texts.short_date(item.date)),
            phrase(texts.quantity(item.dose)),
            strong(texts.amount(total, item.dose.unit)),
            phrase(texts.word(f"status.{item.status}")),
            (),
            (),
        )
    )


def _around(course: RadiotherapyCourse, words: StaffWords) -> Iterator[Block]:
    """Earlier radiotherapy, and the drugs that are given or taken from a week before to a week after."""
    earlier = [item for item in words.plan.request.history if isinstance(item, EarlierRadiotherapy)]
    if earlier:
        yield Heading(text=words.say("history"))
        yield from (Paragraph(words=phrase(earlier_text(item, words))) for item in earlier)
    drugs = tuple(dict.fromkeys(_beside(course, words)))
    yield Heading(text=words.texts.word("ward.beside"))
    yield Paragraph(words=phrase(", ".join(words.drug(drug) for drug in drugs) or words.say("none")), together_with_next=True)
    yield from vein_only_notices(drugs, words.library, words.texts)
    yield Blanks(
        labels=(words.say("signature_made"), words.say("signature_checked"), words.texts.word("ward.signature_radiotherapist"))
    )


def _beside(course: RadiotherapyCourse, words: StaffWords) -> Iterator[str]:
    days = [item.date.toordinal() for item in words.plan.fractions if item.course == course.id]
    if not days:
        return
    first, last = min(days) - 7, max(days) + 7
    for item in words.plan.administrations:
        if first <= (item.date or item.due).toordinal() <= last and item.status not in ("omitted", "ceased", "held"):
            yield item.drug
    for period in words.plan.intakes:
        if period.first.toordinal() <= last and period.last.toordinal() >= first and period.status not in ("held", "ceased"):
            yield period.drug
