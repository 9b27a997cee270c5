"""The check sheet's doses: each different dose once, with every step to it and room for the second person's own figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.documents.blocks import Blanks, Block, Column, Field, Fields, Group, Heading, Notice, Row, Table, phrase, strong
from mbc_desktop.documents.page.staff_words import StaffWords, doses_in_order
from mbc_desktop.dosing.dose import Dose, Step
from mbc_desktop.planning.plan import Administration, TakePeriod
from mbc_desktop.texts.phrases import frequency, shelf_phrase, step_text

_TENTH = Decimal("0.1")

Uses = list[Administration | TakePeriod]


def dose_blocks(words: StaffWords) -> Iterator[Block]:
    """A section per different dose, in the order of the plan."""
    doses = doses_in_order(words.plan)
    if not doses:
        return
    yield Heading(text=words.say("doses"))
    for course, drug, dose, uses in doses:
        heading = Heading(text=f"{_with_route(drug, uses, words)}   ·   {words.course_name(course)}", level=2)
        if dose is None:
            yield Group(blocks=(heading, _withheld(drug, uses, words)))
            continue
        own = Blanks(labels=(words.say("own_figure"), words.say("own_name"), words.say("own_initials")))
        yield Group(blocks=(heading, Fields(fields=tuple(_fields(dose, uses, words)), columns=1), _steps(dose, words), own))


def _with_route(drug: str, uses: Uses, words: StaffWords) -> str:
    first = uses[0]
    route = words.texts.word(f"route.{first.route}") if isinstance(first, Administration) else words.texts.word("route.PO")
    return f"{words.drug(drug)}, {route}"


def _withheld(drug: str, uses: Uses, words: StaffWords) -> Notice:
    return Notice(
        shape="stop",
        label=words.say("no_dose"),
        words=phrase(words.say("no_dose_sentence", drug=words.drug(drug))),
        aside=_valid_for(uses, words),
    )


def _fields(dose: Dose, uses: Uses, words: StaffWords) -> Iterator[Field]:
    texts = words.texts
    amount = texts.quantity(dose.amount)
    if isinstance(uses[0], TakePeriod):
        amount = words.say("per_time", amount=amount, frequency=frequency(dose, texts))
    yield Field(label=words.say("dose"), value=strong(amount))
    yield Field(label=words.say("unrounded"), value=phrase(_deviation(dose, words)))
    yield from _own_rounding(dose, uses[0].course, words)
    shelf = shelf_phrase(dose.give, texts)
    if shelf:
        yield Field(label=words.say("prepare"), value=phrase(shelf))
    manner = ", ".join(_manner(dose, words))
    if manner:
        yield Field(label=words.say("infusion"), value=phrase(manner))
    yield Field(label=words.say("values_of"), value=phrase(_values_of(dose, words)))
    yield Field(label=words.say("valid_for"), value=phrase(_valid_for(uses, words)))


def _own_rounding(dose: Dose, course: str, words: StaffWords) -> Iterator[Field]:
    """The rounding that the hospital's formulary names for this drug, where it is another one than for doses at large."""
    policy = dict(dose.choices).get("rounding", "")
    at_large = {choice.value for choice in words.plan.choices if choice.course == course and choice.key == "rounding"}
    if policy and at_large and policy not in at_large:
        yield Field(label=words.texts.word("decision.rounding"), value=phrase(words.texts.option(policy)))


def _manner(dose: Dose, words: StaffWords) -> Iterator[str]:
    if dose.infusion_ml is not None:
        yield words.say("infusion_volume", volume=words.texts.amount(dose.infusion_ml, "mL"))
    if dose.minutes is not None:
        yield words.say("infusion_minutes", minutes=dose.minutes)
    if dose.observe_minutes is not None:
        yield words.say("observe", minutes=dose.observe_minutes)


def _deviation(dose: Dose, words: StaffWords) -> str:
    exact = words.texts.say("number.with_unit", value=dose.exact, unit=dose.amount.unit)
    if dose.exact == dose.amount.amount or dose.exact == 0:
        return words.say("no_deviation", exact=exact)
    return words.say("deviation", exact=exact, percent=deviation_percent(dose))


def deviation_percent(dose: Dose) -> Decimal:
    """How far the rounded dose lies from the exact one, in per cent of it to one decimal; below 0 = it is lower."""
    if dose.exact == 0:
        return Decimal(0)
    change = CONTEXT.divide(CONTEXT.multiply(CONTEXT.subtract(dose.amount.amount, dose.exact), Decimal(100)), dose.exact)
    return CONTEXT.quantize(change, _TENTH)


def _values_of(dose: Dose, words: StaffWords) -> str:
    if dose.values_on is None:
        return words.say("no_values")
    if dose.values_on == words.plan.request.today:
        return words.say("value_today", day=dose.values_on)
    return words.say("value_age", day=dose.values_on, ago=words.age_in_days(dose.values_on))


def _valid_for(uses: Uses, words: StaffWords) -> str:
    first, last = _first_day(uses[0]), _last_day(uses[-1])
    numbers = [item.number for item in uses if isinstance(item, Administration)]
    if not numbers:
        return words.say("valid_for_period", first=first, last=last)
    if len(numbers) == 1:
        return words.say("valid_for_number", numbers=numbers[0], first=first)
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        listed = words.say("number_range", first_number=numbers[0], last_number=numbers[-1])
    else:
        listed = words.texts.listing(tuple(str(number) for number in numbers))
    return words.say("valid_for_numbers", numbers=listed, first=first, last=last)


def _first_day(item: Administration | TakePeriod) -> date:
    return item.first if isinstance(item, TakePeriod) else item.date or item.due


def _last_day(item: Administration | TakePeriod) -> date:
    return item.last if isinstance(item, TakePeriod) else item.date or item.due


def _steps(dose: Dose, words: StaffWords) -> Table:
    columns = (
        Column(title=words.say("column_step"), share=7),
        Column(title=words.say("column_rule"), share=56),
        Column(title=words.say("column_amount"), share=16, number=True),
        Column(title=words.say("column_source"), share=9),
        Column(title=words.say("column_grade"), share=15),
    )
    return Table(columns=columns, rows=tuple(_step(number, step, words) for number, step in enumerate(dose.steps, 1)))


def _step(number: int, step: Step, words: StaffWords) -> Row:
    amount = words.texts.say("number.with_unit", value=step.amount.amount, unit=step.amount.unit)
    return Row(
        cells=(
            phrase(str(number)),
            phrase(step_text(step, words.library, words.texts)),
            strong(amount),
            phrase(words.source(step.source)),
            phrase(words.texts.word(f"grade.{step.grade}")),
        )
    )
