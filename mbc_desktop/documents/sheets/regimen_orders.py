"""One order of a regimen in words: dose, days, how it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mbc_desktop.documents.blocks import Row, phrase, strong
from mbc_desktop.documents.sheets.rule_words import cycle_words
from mbc_desktop.regimen.dose_rules import BaseDose
from mbc_desktop.regimen.regimen import Order, TakeDays

if TYPE_CHECKING:
    from mbc_desktop.documents.sheets.regimen_page import PageWords


def order_row(order: Order, words: PageWords) -> Row:
    """Drug, dose, when, how, source: one row of the table of a phase."""
    role = "" if order.role == "treatment" else f" ({words.texts.word(f'role.{order.role}')})"
    return Row(
        cells=(
            strong(f"{words.texts.drug(order.drug)}{role}"),
            phrase("; ".join(_doses(order, words))),
            phrase(", ".join(_when(order, words))),
            phrase(", ".join(_how(order, words))),
            phrase(words.source(order.source, order.grade)),
        ),
        shaded=order.role != "treatment",
    )


def dose_words(dose: BaseDose, words: PageWords) -> str:
    """The dose of an order before anything is computed: "75 mg per m²", or by which choice."""
    if dose.kind == "by_decision":
        return words.say("by_choice", decision=dose.decision)
    return words.texts.amount(dose.amount, dose.unit)


def _doses(order: Order, words: PageWords) -> list[str]:
    found = [dose_words(order.dose, words)]
    for rule in order.reload:
        again = words.say("again", days=str(rule.from_days), dose=dose_words(rule.dose, words))
        if rule.decision:
            answer = words.texts.option(rule.if_decided)
            again = f"{words.say('only_if', decision=rule.decision, value=answer)}: {again}"
        found.append(f"{again} {words.source(rule.source, rule.grade)}")
    return found


def _when(order: Order, words: PageWords) -> list[str]:
    found = [words.say("on_days", days=", ".join(map(str, order.days)))] if order.days else _taken(order.take, words)
    if order.cycles != (1, None):
        found.append(cycle_words(order.cycles, words))
    if order.decision:
        found.append(words.say("only_if", decision=order.decision, value=words.texts.option(order.if_decided)))
    if order.ends_with:
        found.append(words.say("stops_with", drug=order.ends_with))
    return found


def _taken(take: TakeDays | None, words: PageWords) -> list[str]:
    if take is None:
        return []
    if take.last is None:
        found = [words.say("from_day_on", first=str(take.first))]
    else:
        found = [words.say("from_day", first=str(take.first), last=str(take.last))]
    found.append(words.texts.say("give.times", count=take.times))
    if take.every_days > 1:
        found.append(words.say("every_days", days=str(take.every_days)))
    if take.weekdays:
        found.append(words.texts.word(f"decision.{take.weekdays}"))
    return found


def _how(order: Order, words: PageWords) -> list[str]:
    found = [words.texts.word(f"route.{order.route}")]
    if order.minutes is not None:
        found.append(words.say("minutes", minutes=str(order.minutes)))
    if order.observe_minutes is not None:
        found.append(words.say("observe", minutes=str(order.observe_minutes)))
    return found
