"""The check sheet's first half: what is objected, what was entered, what was computed from it, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mbc_desktop.documents.blocks import (
    Block,
    Column,
    Field,
    Fields,
    Group,
    Heading,
    Notice,
    Paragraph,
    Phrase,
    Row,
    Table,
    Words,
    phrase,
    strong,
)
from mbc_desktop.documents.page.staff_words import StaffWords
from mbc_desktop.dosing.dose import Derived
from mbc_desktop.planning.plan import Choice
from mbc_desktop.planning.request import Course, DrugCourse, EarlierDrug, EarlierRadiotherapy, Facts, Measurement
from mbc_desktop.texts.phrases import choice_text, derived_inputs, derived_name, finding_text


def finding_blocks(words: StaffWords) -> Iterator[Block]:
    """Every finding, the worst first, with its severity as mark and word."""
    yield Heading(text=words.say("findings"))
    for finding in words.plan.findings:
        about = words.course_name(finding.course) if finding.course else ""
        source = words.say("source_mark", source=words.source(finding.source)) if finding.source else ""
        yield Notice(
            shape=finding.severity,
            label=words.texts.word(f"severity.{finding.severity}"),
            words=phrase(finding_text(finding, words.library, words.texts)),
            aside="   ·   ".join(filter(None, (about, source))),
        )
    if not words.plan.findings:
        yield Paragraph(words=phrase(words.say("no_findings")))


def note_blocks(words: StaffWords) -> Iterator[Block]:
    """What always goes with these drugs and courses, one line a note, by course."""
    if not words.plan.notes:
        return
    rows = tuple(
        Row(
            cells=(
                phrase(words.course_name(note.course) if note.course else ""),
                phrase(finding_text(note, words.library, words.texts)),
                phrase(words.source(note.source) if note.source else ""),
            )
        )
        for note in words.plan.notes
    )
    yield Heading(text=words.say("notes"))
    yield Table(
        columns=(
            Column(title=words.say("column_for"), share=3),
            Column(title=words.say("column_note"), share=8),
            Column(title=words.say("column_source"), share=1),
        ),
        rows=rows,
    )


def input_blocks(words: StaffWords) -> Iterator[Block]:
    """Measured values with unit, day and age; facts; earlier treatment; the courses."""
    request = words.plan.request
    yield Heading(text=words.say("inputs"))
    if request.measurements:
        yield _measurements(request.measurements, words)
    facts = tuple(_facts(request.facts, words))
    if facts:
        yield Group(blocks=(Heading(text=words.say("facts"), level=2), Fields(fields=facts, columns=2)))
    if request.history:
        yield Heading(text=words.say("history"), level=2)
        yield from (Paragraph(words=phrase(earlier_text(item, words))) for item in request.history)
    yield Heading(text=words.say("courses"), level=2)
    yield from (Paragraph(words=phrase(_course(course, words))) for course in request.courses)


def derived_blocks(words: StaffWords) -> Iterator[Block]:
    """Computed values with formula, inputs and source."""
    numbers = [item for item in words.plan.derived if "alpha_beta" not in dict(item.inputs)]
    if not words.plan.derived:
        return
    yield Heading(text=words.say("derived"))
    if numbers:
        yield _numbers(numbers, words)
    effects = [item for item in words.plan.derived if "alpha_beta" in dict(item.inputs)]
    if effects:
        yield Heading(text=words.say("radiotherapy_effect"), level=2)
        yield effect_blocks(effects, words)


def _numbers(numbers: list[Derived], words: StaffWords) -> Table:
    columns = (
        Column(title=words.say("column_value_name"), share=21),
        Column(title=words.say("column_value"), share=15, number=True),
        Column(title=words.say("column_exact"), share=14, number=True),
        Column(title=words.say("column_inputs"), share=24),
        Column(title=words.say("column_formula"), share=31),
        Column(title=words.say("column_source"), share=8),
    )
    return Table(columns=columns, rows=tuple(_derived(item, words) for item in numbers))


def effect_blocks(effects: list[Derived], words: StaffWords) -> Table:
    """One row per course and alpha/beta, with the values of each model side by side."""
    rows: dict[tuple[str, str], list[Derived]] = {}
    for item in effects:
        inputs = dict(item.inputs)
        rows.setdefault((inputs["course"], inputs["alpha_beta"]), []).append(item)
    models = list(dict.fromkeys(item.id for item in effects))
    columns = (
        Column(title=words.say("column_course"), share=24),
        Column(title=words.say("column_ratio"), share=14, number=True),
        *(
            Column(
                title=words.texts.say(
                    "formula.named", name=words.texts.word(f"derived.{id}"), formula=words.texts.word(f"formula.{id}")
                ),
                share=28,
                number=True,
            )
            for id in models
        ),
        Column(title=words.say("column_source"), share=8),
    )
    return Table(
        columns=columns, rows=tuple(_effect(course, ratio, items, models, words) for (course, ratio), items in rows.items())
    )


def _effect(course: str, ratio: str, items: list[Derived], models: list[str], words: StaffWords) -> Row:
    """A model that says nothing for this alpha/beta (the sums of the spinal cord) leaves its cell empty."""
    said = {item.id: words.texts.amount(Decimal(item.value), item.unit) for item in items}
    values = tuple(strong(said[id]) if id in said else phrase("") for id in models)
    name = phrase(words.course_name(course))
    return Row(cells=(name, phrase(words.texts.amount(Decimal(ratio), "Gy")), *values, phrase(words.source(items[0].source))))


def choice_blocks(words: StaffWords) -> Iterator[Block]:
    """What the guideline leaves open, how it was answered, and by whom."""
    if not words.plan.choices:
        return
    yield Heading(text=words.say("choices"))
    columns = (
        Column(title="", share=5),
        Column(title=words.say("column_question"), share=38),
        Column(title=words.say("column_answer"), share=24),
        Column(title=words.say("column_given_by"), share=30),
        Column(title=words.say("column_source"), share=8),
    )
    yield Table(columns=columns, rows=tuple(dict.fromkeys(_choice(choice, words) for choice in words.plan.choices)))


def _measurements(measurements: tuple[Measurement, ...], words: StaffWords) -> Table:
    columns = (
        Column(title=words.say("column_value_name"), share=26),
        Column(title=words.say("column_value"), share=18, number=True),
        Column(title=words.say("column_of"), share=20),
        Column(title=words.say("column_age"), share=14, number=True),
        Column(title=words.say("column_range"), share=20),
        Column(title=words.say("column_confirmed"), share=22),
    )
    ordered = sorted(measurements, key=lambda item: (item.on, item.kind), reverse=True)
    return Table(columns=columns, rows=tuple(_measurement(item, words) for item in ordered))


def _measurement(item: Measurement, words: StaffWords) -> Row:
    limits = words.say("range", low=item.low, high=item.high) if item.low is not None and item.high is not None else ""
    confirmed = words.say("confirmed_by", reason=item.confirmed_reason, by=item.confirmed_by) if item.confirmed_reason else ""
    return Row(
        cells=(
            phrase(words.texts.word(f"fact.{item.kind}")),
            strong(words.texts.quantity(item.quantity)),
            phrase(words.texts.short_date(item.on)),
            phrase(words.age_in_days(item.on)),
            phrase(limits),
            phrase(confirmed),
        )
    )


def _facts(facts: Facts, words: StaffWords) -> Iterator[Field]:
    given: tuple[tuple[str, str | date | None], ...] = (
        ("menopausal_status", facts.menopausal_status),
        ("er", facts.er),
        ("pr", facts.pr),
        ("her2", facts.her2),
        ("child_pugh", facts.child_pugh),
        ("dialysis", facts.dialysis),
        ("dental_check_on", facts.dental_check_on),
        ("oophorectomy_on", facts.oophorectomy_on),
        ("radiocastration_confirmed_on", facts.radiocastration_confirmed_on),
        ("asymptomatic_on", facts.asymptomatic_on),
        ("port_placed_on", facts.port_placed_on),
    )
    for name, value in given:
        if value is not None:
            text = words.texts.short_date(value) if isinstance(value, date) else words.texts.value(value)
            yield Field(label=words.texts.word(f"fact.{name}"), value=phrase(text))


def earlier_text(item: EarlierDrug | EarlierRadiotherapy, words: StaffWords) -> str:
    """One earlier treatment in a line."""
    until = item.until.isoformat() if item.until else ""
    if isinstance(item, EarlierRadiotherapy):
        return words.say(
            "earlier_radiotherapy", fractions=item.fractions, dose=item.dose_gy, region=item.region, level=item.level, until=until
        )
    drug = words.drug(item.drug) if item.drug in words.library.drugs else item.drug
    since = item.since.isoformat() if item.since else ""
    if item.cumulative is None:
        return words.say("earlier_drug", drug=drug, since=since, until=until)
    return words.say("earlier_drug_total", drug=drug, since=since, until=until, total=item.cumulative)


def _course(course: Course, words: StaffWords) -> str:
    name = words.course_name(course.id)
    if not isinstance(course, DrugCourse):
        return words.say("course_radiotherapy", name=name, region=course.region, start=course.start)
    if course.cycle is None:
        text = words.say("course", name=name, start=course.start)
    else:
        text = words.say("course_from_cycle", name=name, start=course.start, cycle=course.cycle)
    return text if course.last_given is None else f"{text}; {words.say('course_last_given', day=course.last_given)}"


def _derived(item: Derived, words: StaffWords) -> Row:
    name = derived_name(item, words.texts)
    return Row(
        cells=(
            phrase(name),
            strong(words.texts.amount(Decimal(item.value), item.unit)),
            phrase(words.texts.computed(item.exact)),
            phrase(derived_inputs(item, words.texts)),
            phrase(words.texts.word(_formula(item))),
            phrase(words.source(item.source)),
        )
    )


def _formula(item: Derived) -> str:
    """Which of several formulas was used follows from the inputs."""
    inputs = dict(item.inputs)
    match item.id:
        case "bsa":
            return f"formula.bsa_{inputs['formula']}"
        case "corrected_calcium":
            return "formula.corrected_calcium_mmol" if "calcium_mmol_l" in inputs else "formula.corrected_calcium_mg"
        case id:
            return f"formula.{id}"


def _choice(choice: Choice, words: StaffWords) -> Row:
    decision = words.library.decisions.get(choice.key)
    return Row(
        cells=(
            phrase(choice.id),
            phrase(choice_text(choice, words.texts)),
            strong(words.texts.option(choice.value)),
            _given_by(choice, words),
            phrase(words.source(decision.source) if decision else ""),
        )
    )


def _given_by(choice: Choice, words: StaffWords) -> Phrase:
    match choice.given_by:
        case "course":
            return phrase(words.say("by_course"))
        case "preselected":
            return (Words(words.say("by_preselected"), strong=True),)
        case "site":
            return phrase(words.say("by_site", by=choice.by, on=choice.on) if choice.by else words.say("by_site_anonymous"))
