"""The lists of the patient's sheets: every appointment with its long date, every period of tablets with its exact rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from mbc_desktop.documents.blocks import (
    BREAK,
    Block,
    Column,
    Heading,
    Paragraph,
    Phrase,
    Row,
    Table,
    Words,
    phrase,
    strong,
)
from mbc_desktop.documents.page.day_marks import PatientWords, check_mark, fraction_mark, route_shape
from mbc_desktop.planning.beside.home_stops import HomeStop, home_stops
from mbc_desktop.planning.plan import Administration, TakePeriod, Task
from mbc_desktop.regimen.site import UNITS, Unit
from mbc_desktop.texts.phrases import drug_with_brand, frequency, pieces_phrase
from mbc_desktop.texts.texts import NO_BREAK_SPACE

_TICK = "☐"


def visit_blocks(words: PatientWords) -> Iterator[Block]:
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
        day = administration.date or administration.due
        items[day, administration.place].append(administration_phrase(administration, words))
    for task in plan.tasks:
        # What the pharmacy has to order is none of the patient's appointments.
        if task.kind != "pharmacy_order":
            items[task.date, task.place].append(_task_phrase(task, words))
    for spinal in plan.intrathecal:
        items[spinal.date, "day_hospital"].append(strong(words.texts.word("paper.spinal")))
    for note in plan.intrahepatic:
        items[note.on, "day_hospital"].append(strong(words.texts.word("paper.hepatic")))
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
        if day >= words.since()
    ]


def _task_phrase(task: Task, words: PatientWords) -> Phrase:
    """ "tabletten ophalen: palbociclib (Ibrance)"."""
    name = words.texts.word(f"task.{task.kind}")
    if not task.drug:
        return strong(name)
    return (Words(name, strong=True), Words(f": {drug_with_brand(words.library.drugs[task.drug], words.texts.language)}"))


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
            return (Words(words.none_of(name), strong=True), Words(f": {words.say(why)}"))
        case "planned" | "given" if item.dose is not None:
            dose = words.texts.quantity(item.dose.amount)
        case _:
            dose = words.say("dose_follows").replace(" ", NO_BREAK_SPACE)
    done = f", {words.say('received')}" if item.status == "given" else ""
    when = f", {words.say('date_follows')}" if item.date is None else ""
    return (Words(f"{name}{NO_BREAK_SPACE}", strong=True), Words(f"{dose}, {how}{done}{when}"))


def tablet_blocks(words: PatientWords) -> Iterator[Block]:
    """One row per period of tablets, with the exact days of rest after it."""
    periods = [item for item in words.plan.intakes if (item.rest[1] if item.rest else item.last) >= words.since()]
    stops = [_stop_row(stop, words) for stop in home_stops(words.plan)]
    if not periods and not stops:
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
    yield Table(columns=columns, rows=(*(_tablet_row(period, words) for period in periods), *stops))


def _stop_row(stop: HomeStop, words: PatientWords) -> Row:
    """A drug that is no longer taken, with its brand: its box is still at home."""
    drug = drug_with_brand(words.library.drugs[stop.drug], words.texts.language)
    if stop.last is not None:
        return Row(
            cells=(strong(drug), strong(words.none_of(words.texts.drug(stop.drug))), (), _span(stop.first, stop.last, words), ())
        )
    take = f"{words.say('stop')}: {words.say('no_longer')}"
    return Row(cells=(strong(drug), strong(take), phrase(words.say("from_on", first=stop.first)), (), ()))


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
