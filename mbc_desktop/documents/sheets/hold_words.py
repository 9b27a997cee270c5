"""What holds a dose back on its day, as sentences that can be read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from mbc_desktop.documents.sheets.rule_words import dose_words, fact_words
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import (
    CalciumGate,
    ClearanceGate,
    CreatinineRise,
    DentalGate,
    EscalationGate,
    GeneTestGate,
    HeartGate,
    HeartRow,
    Hold,
    RecentGate,
    ThresholdGate,
)

if TYPE_CHECKING:
    from mbc_desktop.documents.sheets.regimen_page import PageWords


def hold_words(item: Hold, drug: Drug, words: PageWords) -> str:
    """One rule in one sentence."""
    texts = words.texts
    match item:
        case ThresholdGate():
            return _threshold(item, words)
        case HeartGate():
            return words.say("rule.heart", rows="; ".join(_heart(row, words) for row in item.rows))
        case CreatinineRise():
            return _rise(item, words)
        case CalciumGate():
            edges = {"mmol": texts.amount(item.ask_from_mmol, "mmol/L"), "mg": texts.amount(item.ask_from_mg, "mg/dL")}
            return words.say("rule.calcium", **edges)
        case ClearanceGate():
            answer = texts.option(item.release_if)
            return words.say("rule.clearance", value=texts.amount(item.below, "mL/min"), decision=item.decision, answer=answer)
        case DentalGate():
            return words.say("rule.dental")
        case GeneTestGate():
            return words.say("rule.gene", decision=item.decision, answer=texts.option(item.release_if))
        case RecentGate():
            return words.say("rule.recent", fact=fact_words(item.of, words))
        case EscalationGate():
            counts = {"never": texts.amount(item.never_below, "10^9/L"), "once": texts.amount(item.once_up_to, "10^9/L")}
            doses = {"dose": dose_words(item.dose, drug, words), "stay": dose_words(item.stay_at, drug, words)}
            return words.say("rule.escalation", count=item.doses, **counts, **doses)
        case _:
            assert_never(item)


def _threshold(item: ThresholdGate, words: PageWords) -> str:
    texts = words.texts
    edges = (("at_least", item.at_least), ("below", item.below), ("at_most", item.at_most))
    limit = next(
        words.say(f"rule.{key}", value=texts.amount(edge, item.unit) if item.unit else texts.number(edge))
        for key, edge in edges
        if edge is not None
    )
    limit = words.say("rule.or_decided", limit=limit, decision=item.decision) if item.decision else limit
    when = texts.word(f"library.code.{item.when}")
    days = f" ({words.say('on_days', days=', '.join(map(str, item.days)))})" if item.days else ""
    verdict = words.say(f"rule.verdict_{item.verdict}")
    return words.say("rule.threshold", when=f"{when}{days}", fact=fact_words(item.of, words), limit=limit, verdict=verdict)


def _heart(row: HeartRow, words: PageWords) -> str:
    said: list[str] = []
    for key, edge in (("below", row.below), ("up_to", row.up_to)):
        if edge is not None:
            said.append(words.say(f"rule.{key}", value=words.texts.amount(edge, "%")))
    for key, fall in (("fall", row.fall), ("fall_above", row.fall_above)):
        if fall is not None:
            said.append(words.say(f"rule.heart_{key}", fall=words.texts.number(fall)))
    return " ".join(said)


def _rise(item: CreatinineRise, words: PageWords) -> str:
    return "; ".join([*_rises(item, words), words.say("rule.resume", factor=words.texts.number(item.resume_within))])


def _rises(item: CreatinineRise, words: PageWords) -> Iterator[str]:
    for limit in item.limits:
        edges = (("normal", limit.rise_if_normal), ("limit", limit.normal_up_to), ("raised", limit.rise_if_raised))
        yield words.say("rule.rise", **{key: words.texts.amount(edge, limit.unit) for key, edge in edges})
