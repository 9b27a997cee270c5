"""The patient's calendar: every therapy on one calendar of months, then the list of appointments and of medicines at home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from mbc_desktop.documents.blocks import (
    BREAK,
    Block,
    Column,
    Document,
    Frame,
    Heading,
    Paragraph,
    Phrase,
    Row,
    Table,
    Words,
    phrase,
    strong,
)
from mbc_desktop.documents.day_marks import PatientWords, check_mark, fraction_mark, route_shape
from mbc_desktop.documents.month_blocks import month_blocks
from mbc_desktop.planning.fingerprint import printed_code
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.planning.prints import latest_other
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import UNITS, Site, Unit
from mbc_desktop.texts import Texts, plain_date
from mbc_desktop.texts.phrases import drug_with_brand, frequency, pieces_phrase, texts_for
from mbc_desktop.texts.texts import NO_BREAK_SPACE

DOCUMENT_ID = "patient_calendar"
_TICK = "☐"


def compose_patient_calendar(plan: Plan, library: Library, site: Site, texts: Texts) -> Document:
    """The calendar in the language of `texts`. What the plan lists is on it; a dose that is not released is not."""
    words = PatientWords(plan=plan, library=library, texts=texts_for(library, texts))
    return Document(
        id=DOCUMENT_ID,
        name=words.say("name"),
        language=texts.language,
        audience="patient",
        landscape=True,
        frame=_frame(site, words),
        blocks=(*_months(words), *_visits(words), *_tablets(words)),
    )


def _months(words: PatientWords) -> tuple[Block, ...]:
    """The months; the first one says which calendar this one takes the place of."""
    months = month_blocks(words)
    older = latest_other(words.plan.request.prints, DOCUMENT_ID, words.plan.fingerprint)
    if older is None or not months:
        return months
    note = words.say("replaces", day=older.on, code=printed_code(older.fingerprint))
    return (replace(months[0], note=note), *months[1:])


def _frame(site: Site, words: PatientWords) -> Frame:
    patient, plan = words.plan.request.patient, words.plan
    stopped = any(finding.severity == "stop" for finding in plan.findings)
    return Frame(
        identity=(
            f"{patient.family_name.upper()} {patient.given_name}",
            words.say("born", day=plain_date(patient.birth_date)),
            words.say("number", number=patient.number),
        ),
        place=" · ".join(filter(None, (site.name, site.unit_name))),
        name=words.say("name"),
        page=words.texts.word("patient.page"),
        calls=(*((words.say("provisional_plan"),) if stopped else ()), _fever(site, words)),
        rules=(words.say("newer"),),
        marks=(
            words.say("made_on", day=plan.request.today),
            words.say("plan_code", code=plan.code),
            words.say("library", version=plan.library_version),
        ),
        code=plan.code,
    )


def _fever(site: Site, words: PatientWords) -> str:
    blank = words.say("blank")
    try:
        limit = words.texts.number(Decimal(site.fever_limit)) if site.fever_limit else "______"
    except InvalidOperation:
        limit = site.fever_limit
    day, night = site.telephone_day or blank, site.telephone_night or blank
    if day == night and site.telephone_day:
        return words.say("fever", limit=limit, telephone=day)
    return words.say("fever_two_numbers", limit=limit, day=day, night=night)


def _visits(words: PatientWords) -> Iterator[Block]:
    """One row per day and place, with the long date."""
    rows = _visit_rows(words)
    if not rows:
        return
    yield Heading(text=words.say("visits_heading"))
    yield Paragraph(words=phrase(words.say("visits_intro")), together_with_next=True)
    columns = (
        Column(title=words.say("column_day"), share=28),
        Column(title=words.say("column_what"), share=44),
        Column(title=words.say("column_where"), share=16),
        Column(title=words.say("column_hour"), share=10),
        Column(title=words.say("column_done"), share=6),
    )
    yield Table(columns=columns, rows=tuple(rows))


def _visit_rows(words: PatientWords) -> list[Row]:
    plan = words.plan
    items: defaultdict[tuple[date, Unit], list[Phrase]] = defaultdict(list)
    check_units = {item: visit.unit for visit in plan.visits for item in visit.items}
    for check in plan.checks:
        line = strong(check_mark(check, words).name)
        place = items[check.date, check_units.get(check.id, "laboratory")]
        if line not in place:
            place.append(line)
    for administration in plan.administrations:
        items[administration.date or administration.due, "day_hospital"].append(administration_phrase(administration, words))
    for fraction in plan.fractions:
        mark = fraction_mark(fraction, words)
        items[fraction.date, "radiotherapy"].append((Words(f"{mark.name} ", strong=True), Words(mark.detail)))
    ordered = sorted(items.items(), key=lambda item: (item[0][0], UNITS.index(item[0][1])))
    return [
        Row(
            cells=(
                phrase(words.texts.long_date(day)),
                _lines(lines),
                phrase(words.texts.word(f"place.{unit}")),
                (),
                phrase(_TICK),
            )
        )
        for (day, unit), lines in ordered
    ]


def administration_phrase(item: Administration, words: PatientWords) -> Phrase:
    """ "fulvestrant (Faslodex) 500 mg, injectie": name and dose in one stretch that no line end cuts."""
    name = drug_with_brand(words.library.drugs[item.drug], words.texts.language)
    shape = route_shape(item.route)
    how = (
        words.texts.word(f"route.{item.route}")
        if shape == "tablet"
        else words.say("injection" if shape == "injection" else "infusion")
    )
    match item.status:
        case "omitted" | "held" | "ceased":
            why = {"omitted": "omitted", "held": "postponed", "ceased": "ceased"}[item.status]
            return (Words(words.say("none_of", drug=name), strong=True), Words(f": {words.say(why)}"))
        case "planned" | "given" if item.dose is not None:
            dose = words.texts.quantity(item.dose.amount)
        case _:
            dose = words.say("dose_follows").replace(" ", NO_BREAK_SPACE)
    done = f", {words.say('received')}" if item.status == "given" else ""
    when = f", {words.say('date_follows')}" if item.date is None else ""
    return (Words(f"{name}{NO_BREAK_SPACE}", strong=True), Words(f"{dose}, {how}{done}{when}"))


def _tablets(words: PatientWords) -> Iterator[Block]:
    """One row per period of tablets, with the exact days of rest after it."""
    if not words.plan.intakes:
        return
    yield Heading(text=words.say("tablets_heading"))
    yield Paragraph(words=phrase(words.say("tablets_intro")), together_with_next=True)
    columns = (
        Column(title=words.say("column_drug"), share=20),
        Column(title=words.say("column_take"), share=25),
        Column(title=words.say("column_from_until"), share=27),
        Column(title=words.say("column_rest"), share=27),
        Column(title=words.say("column_pieces"), share=8, number=True),
    )
    yield Table(columns=columns, rows=tuple(_tablet_row(period, words) for period in words.plan.intakes))


def _tablet_row(period: TakePeriod, words: PatientWords) -> Row:
    drug = drug_with_brand(words.library.drugs[period.drug], words.texts.language)
    dose = period.dose if period.status == "planned" else None
    match period.status:
        case "held":
            take = words.say("interrupted")
        case "ceased":
            take = words.say("ceased")
        case _ if dose is None:
            take = words.say("dose_follows")
        case _:
            pieces = pieces_phrase(dose.give, words.texts) or words.texts.quantity(dose.amount)
            return _row(period, drug, (Words(pieces), BREAK, Words(frequency(dose, words.texts))), words)
    return _row(period, drug, phrase(take), words)


def _row(period: TakePeriod, drug: str, take: Phrase, words: PatientWords) -> Row:
    until = phrase(words.say("from_on", first=period.first)) if period.open else _span(period.first, period.last, words)
    rest = _span(*period.rest, words) if period.rest else phrase(words.say("no_rest") if period.open else "")
    released = period.status == "planned" and period.dose is not None
    number = words.texts.number(period.units) if released and period.units is not None and not period.open else ""
    return Row(cells=(strong(drug), take, until, rest, phrase(number)))


def _span(first: date, last: date, words: PatientWords) -> Phrase:
    return (Words(words.say("from", first=first)), BREAK, Words(words.say("until", last=last)))


def _lines(lines: list[Phrase]) -> Phrase:
    joined: list[Words] = []
    for line in lines:
        joined += [BREAK, *line] if joined else line
    return tuple(joined)
