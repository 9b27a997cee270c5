"""The rules of a drug as sentences that can be read aloud: what holds a dose back, what changes it, how far it may move."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from mbc_desktop.regimen.dose_rules import (
    Band,
    ByClass,
    Ceiling,
    Check,
    Condition,
    Outcome,
    SingleLimit,
    Timing,
    Together,
)
from mbc_desktop.regimen.drug import (
    Concentration,
    Cumulative,
    Drug,
    FactCaution,
    Form,
    Infusion,
    Levels,
    NotWith,
    Observation,
    OnlyWith,
    Partner,
    Practice,
    TabletChoice,
)

if TYPE_CHECKING:
    from mbc_desktop.documents.sheets.regimen_page import PageWords

UNITS = {
    "crcl_cockcroft_gault": "mL/min",
    "bilirubin_mg_dl": "mg/dL",
    "bilirubin_umol_l": "umol/L",
    "creatinine_mg_dl": "mg/dL",
}
"""Of computed values, whose ids name them."""


def form_words(form: Form, words: PageWords) -> str:
    """ "vial 30 mg in 5 mL"."""
    said = [f"{words.texts.word(f'library.code.{form.form}')} {words.texts.amount(form.strength, form.unit)}"]
    if form.volume_ml is not None:
        said[0] += " " + words.say("rule.in_volume", volume=words.texts.amount(form.volume_ml, "mL"))
    if form.divisible != 1:
        said.append(words.say("rule.divided", count=form.divisible))
    if form.formulary_only:
        said.append(words.say("rule.formulary_only"))
    return ", ".join(said)


def drawn_words(forms: tuple[Form, ...], words: PageWords) -> str:
    """How finely the liquid forms are drawn up; "" for pieces."""
    steps = dict.fromkeys(form.draw_step_ml for form in forms if form.draw_step_ml is not None)
    return "".join(f"; {words.say('rule.drawn', step=words.texts.amount(step, 'mL'))}" for step in steps)


def plain_words(
    item: Levels | Infusion | Concentration | Cumulative | Practice | TabletChoice | SingleLimit | Ceiling,
    drug: Drug,
    words: PageWords,
) -> str:
    """What stands by itself: the ladder of doses, the infusion, limits."""
    texts = words.texts
    match item:
        case Levels():
            amounts = " / ".join(texts.number(amount) for amount in item.amounts)
            return words.say("rule.levels", levels=f"{amounts}\u00a0{texts.unit(item.unit)}")
        case Infusion():
            return ", ".join(_infusion(item, words))
        case Concentration():
            return ", ".join(_concentration(item, words))
        case Cumulative():
            counts = [
                words.say("rule.counts_for", choice=texts.option(answer), factor=texts.number(factor))
                for answer, factor in item.equivalents
            ]
            own = [] if item.own_limit is None else [words.say("rule.lifetime", limit=texts.amount(item.own_limit, "mg/m2"))]
            return "; ".join([*own, *counts])
        case Practice():
            return words.say("rule.practice", dose=texts.amount(item.most, item.unit))
        case TabletChoice():
            return words.say("by_choice", decision=item.decision)
        case SingleLimit():
            limit = texts.amount(item.at_most, item.unit)
            if item.for_dose is None:
                return words.say("rule.single", amount=limit)
            return words.say("rule.single_for", amount=limit, dose=dose_words(item.for_dose, drug, words))
        case Ceiling():
            never_up = f"; {words.say('rule.never_up')}" if item.round_down else ""
            return words.say("rule.ceiling", amount=texts.amount(item.at_most, item.unit)) + never_up
        case _:
            assert_never(item)


def _infusion(item: Infusion, words: PageWords) -> Iterator[str]:
    texts = words.texts
    if item.volume_ml is not None:
        yield words.say("rule.in_volume", volume=texts.amount(item.volume_ml, "mL"))
    if item.from_mg is not None and item.from_mg_ml is not None:
        edges = {"amount": texts.amount(item.from_mg, "mg"), "volume": texts.amount(item.from_mg_ml, "mL")}
        yield words.say("rule.in_volume_from", **edges)
    if item.minutes is not None:
        yield words.say("rule.minutes", minutes=item.minutes)


def _concentration(item: Concentration, words: PageWords) -> Iterator[str]:
    edges = (("at_least", item.lowest, "mg/mL"), ("at_most", item.highest, "mg/mL"))
    volumes = (("at_least", item.least_ml, "mL"), ("at_most", item.most_ml, "mL"))
    for key, edge, unit in (*edges, *volumes):
        if edge is not None:
            yield words.say(f"rule.{key}", value=words.texts.amount(edge, unit))


def observation_words(item: Observation, words: PageWords) -> str:
    """How long the patient stays after the infusion."""
    answer = words.texts.option(item.if_decided)
    return words.say("rule.observation", minutes=item.minutes, observe=item.observe_minutes, decision=item.decision, value=answer)


def company_words(item: FactCaution | NotWith | OnlyWith | Partner, drug: Drug, words: PageWords) -> str:
    """What is said beside a fact about the patient, or beside another drug."""
    match item:
        case FactCaution():
            facts = words.texts.listing(tuple(words.texts.word(f"facts.field.{fact}") for fact in item.facts))
            value, said = words.texts.word(f"facts.value.{item.value}"), words.texts.say(f"finding.{item.finding}", drug=drug.id)
            return words.say("rule.if_fact", facts=facts, value=value, said=said)
        case NotWith():
            return words.texts.say(f"finding.{item.finding}", drug=drug.id)
        case OnlyWith():
            return words.say("rule.only_with", drugs=words.texts.listing(tuple(map(words.texts.drug, item.drugs)), either=True))
        case Partner():
            return words.say("rule.partner", drugs=words.texts.listing(tuple(map(words.texts.drug, item.drugs)), either=True))
        case _:
            assert_never(item)


def timing_words(item: Timing, words: PageWords) -> str:
    """How far an administration may move."""
    first, last = item.window
    said = [
        words.say("rule.window", first=f"{first:+d}" if first else "0", last=f"{last:+d}" if last else "0"),
        words.say("rule.shift", shift=words.texts.word(f"library.code.{item.shift}")),
        words.say("rule.anchor", anchor=words.texts.word(f"library.code.{item.anchor}")),
    ]
    edges = (("least", item.minimum_days), ("most", item.maximum_days))
    return "; ".join(said + [words.say(f"rule.{key}", days=days) for key, days in edges if days is not None])


def check_words(item: Check, words: PageWords) -> str:
    """When a check-up is done."""
    said = [words.say("on_days", days=", ".join(map(str, item.days))), cycle_words(item.cycles, words)]
    if item.every_cycles != 1:
        said.append(words.say("rule.every_cycles", count=item.every_cycles))
    if item.decision:
        said.append(words.say("rule.only_if", decision=item.decision, value=words.texts.option(item.if_decided)))
    if item.note:
        said.append(words.texts.word(f"check_note.{item.note}"))
    return "; ".join(said)


def cycle_words(cycles: tuple[int, int | None], words: PageWords) -> str:
    """ "every cycle", "from cycle 3 on", "cycle 1-2"."""
    first, last = cycles
    if last is None:
        return words.say("rule.every_cycle") if first == 1 else words.say("rule.cycles_from", first=first)
    return words.say("in_cycles", cycles=str(first) if first == last else f"{first}-{last}")


def adjustment_words(item: Band | ByClass | Together, drug: Drug, words: PageWords) -> str:
    """What changes a dose, a line for each row of the table."""
    return ";\n".join(_rows(item, drug, words))


def _rows(item: Band | ByClass | Together, drug: Drug, words: PageWords) -> Iterator[str]:
    match item:
        case Band():
            yield from _bands(item, drug, words)
            if item.rebanding:
                yield words.say("rule.rebanding", decision=item.rebanding)
        case ByClass():
            name = fact_words(item.by, words)
            for of_class in (row for row in item.rows if row.value != "none"):
                yield f"{name} {words.texts.value(of_class.value)}: {outcome_words(of_class.outcome, drug, words)}"
        case Together():
            for together in item.rows:
                where = words.texts.listing(tuple(condition_words(condition, words) for condition in together.conditions))
                yield f"{where}: {outcome_words(together.outcome, drug, words)}"
        case _:
            assert_never(item)


def _bands(item: Band, drug: Drug, words: PageWords) -> Iterator[str]:
    """The rows from high to low; the last one, from 0, is said by the edge above it."""
    name = fact_words(item.by, words)
    for number, row in enumerate(item.rows):
        if number and row.at_least == 0:
            before = item.rows[number - 1]
            key, edge = ("below", before.at_least) if before.at_least is not None else ("up_to", before.above)
        else:
            key, edge = ("above", row.above) if row.above is not None else ("from", row.at_least)
        limit = words.say(f"rule.{key}", value=number_with_unit(item.by, edge or Decimal(0), words))
        yield f"{name} {limit}: {outcome_words(row.outcome, drug, words)}"


def condition_words(item: Condition, words: PageWords) -> str:
    """ "bilirubin above 3 mg/dL"."""
    key = "above" if item.above is not None else "from"
    edge = item.above if item.above is not None else item.at_least
    return f"{fact_words(item.of, words)} {words.say(f'rule.{key}', value=number_with_unit(item.of, edge or Decimal(0), words))}"


def outcome_words(item: Outcome, drug: Drug, words: PageWords) -> str:
    """What a row says: another dose, no dose, or nothing."""
    if item.action != "give":
        return words.texts.word(f"library.code.{item.action}")
    said = list(_changes(item, drug, words))
    if item.finding:
        said.append(words.say("rule.remark"))
    return ", ".join(said) or words.say("rule.unchanged")


def _changes(item: Outcome, drug: Drug, words: PageWords) -> Iterator[str]:
    texts = words.texts
    if item.dose is not None and item.if_there_already is not None:
        amounts = {"dose": texts.amount(item.dose, "mg"), "lower": texts.amount(item.if_there_already, "mg")}
        yield words.say("rule.there_already", **amounts)
    elif item.dose is not None:
        yield texts.amount(item.dose, "mg")
    if item.lower_to is not None:
        yield words.say("rule.lowered", dose=dose_words(item.lower_to, drug, words))
    if item.percent is not None and item.percent_from is not None:
        yield words.say("rule.percent_from", percent=texts.number(item.percent), dose=dose_words(item.percent_from, drug, words))
    elif item.percent is not None:
        yield words.say("rule.percent", percent=texts.number(item.percent))
    if item.part is not None:
        yield words.say("rule.part", part=f"{item.part[0]}/{item.part[1]}")
    if item.times is not None:
        yield words.say("rule.times", count=item.times)
    if item.every_days is not None:
        yield words.say("every_days", days=item.every_days)
    if item.infusion_ml is not None:
        yield words.say("rule.in_volume", volume=texts.amount(item.infusion_ml, "mL"))
    if item.minutes is not None:
        yield words.say("rule.minutes", minutes=item.minutes)
    if item.decision:
        yield words.say("by_choice", decision=item.decision)


def dose_words(amount: Decimal, drug: Drug, words: PageWords) -> str:
    """A dose in the unit in which the drug is ordered."""
    unit = next((one.unit for one in (drug.levels, drug.practice) if one is not None), "")
    return words.texts.amount(amount, unit) if unit else words.texts.number(amount)


def fact_words(id: str, words: PageWords) -> str:
    """The name of a measured or computed value."""
    tables = ("fact", "derived", "library.computed")
    return next((words.texts.word(f"{table}.{id}") for table in tables if words.texts.has(f"{table}.{id}")), id)


def number_with_unit(id: str, value: Decimal, words: PageWords) -> str:
    """A limit of a value, with the unit that the program judges it in."""
    if id in UNITS:
        return words.texts.amount(value, UNITS[id])
    if id.endswith("_x_uln"):
        return words.say("rule.times_limit", value=words.texts.number(value))
    policy = next((item for item in words.library.fields.values() if item.kind == id), None)
    return words.texts.number(value) if policy is None else words.texts.amount(value, policy.unit)
