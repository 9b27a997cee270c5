"""The check sheet's rules: what was checked before the next doses and what it said, fired or not, and the doses of a lifetime."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from mbc_desktop.documents.blocks import Block, Column, Heading, Paragraph, Phrase, Row, Table, Words, phrase, strong
from mbc_desktop.documents.page.staff_words import StaffWords
from mbc_desktop.dosing.gates import DRUG_NAMES, VERDICTS, GateItem
from mbc_desktop.planning.plan import Administration, LifetimeDose, TakePeriod


def rule_blocks(words: StaffWords) -> Iterator[Block]:
    """Every rule that was checked for a dose that is due: those that hold it back first, then those that found nothing."""
    rows: dict[tuple[str, GateItem], None] = {}
    every: list[Administration | TakePeriod] = [*words.plan.administrations, *words.plan.intakes]
    for item in every:
        for gate in item.gate:
            rows.setdefault((item.drug, gate))
    if not rows:
        return
    yield Heading(text=words.texts.word("ward.rules"))
    yield Paragraph(words=phrase(words.texts.word("ward.rules_intro")), together_with_next=True)
    columns = (
        Column(title=words.say("column_for"), share=20),
        Column(title=words.say("column_rule"), share=26),
        Column(title=words.say("column_value"), share=18, number=True),
        Column(title=words.texts.word("ward.limit"), share=16),
        Column(title=words.say("column_age"), share=12, number=True),
        Column(title=words.texts.word("ward.verdict"), share=16),
        Column(title=words.say("column_source"), share=8),
        Column(title=words.say("column_grade"), share=14),
    )
    ordered = sorted(rows, key=lambda row: VERDICTS.index(row[1].verdict))
    yield Table(columns=columns, rows=tuple(_rule(drug, gate, words) for drug, gate in ordered))


def lifetime_blocks(words: StaffWords) -> Iterator[Block]:
    """What adds up over a lifetime, before and after each dose."""
    if not words.plan.lifetime:
        return
    yield Heading(text=words.texts.word("ward.lifetime"))
    columns = (
        Column(title=words.say("column_date"), share=18),
        Column(title=words.say("column_drug"), share=30),
        *(
            Column(title=words.texts.word(f"ward.lifetime_{name}"), share=16, number=True)
            for name in ("before", "this", "after", "limit", "left")
        ),
        Column(title=words.say("column_source"), share=8),
        Column(title=words.say("column_grade"), share=14),
    )
    yield Table(columns=columns, rows=tuple(row for line in words.plan.lifetime for row in _lifetime(line, words)))


def _rule(drug: str, gate: GateItem, words: StaffWords) -> Row:
    texts = words.texts
    name = texts.word(f"fact.{gate.kind}") if texts.has(f"fact.{gate.kind}") else gate.rule.replace("-", " ").replace("_", " ")
    age = words.say("days_ago", count=gate.age_days) if gate.age_days is not None else ""
    mark = {"go": "\u2713", "wait": "\u25a0", "ask": "?"}[gate.verdict]
    return Row(
        cells=(
            phrase(texts.drug(drug)),
            phrase(name),
            _value(gate, words),
            phrase(_limit(gate, words)),
            phrase(age),
            (Words(f"{mark} {texts.word(f'ward.verdict_{gate.verdict}')}", strong=gate.verdict != "go"),),
            phrase(words.source(gate.source)),
            phrase(texts.word(f"grade.{gate.grade}")),
        ),
        shaded=gate.verdict != "go",
    )


def _value(gate: GateItem, words: StaffWords) -> Phrase:
    if not gate.value:
        return phrase(words.texts.word("value.unknown"))
    if gate.kind in DRUG_NAMES:
        return strong(words.texts.listing(tuple(words.texts.drug(drug) for drug in gate.value.split())))
    shown = _number(gate.value, words)
    return strong(f"{shown}\u00a0{words.texts.unit(gate.unit)}" if gate.unit else shown)


def _limit(gate: GateItem, words: StaffWords) -> str:
    """The limit with its numbers as the language writes them: "≥ 2,15"."""
    signs = {">=": "≥", "<=": "≤"}
    return " ".join(signs.get(part, _number(part, words)) for part in gate.limit.split())


def _number(text: str, words: StaffWords) -> str:
    try:
        return words.texts.number(Decimal(text))
    except InvalidOperation:
        return words.texts.value(text)


def _lifetime(line: LifetimeDose, words: StaffWords) -> Iterator[Row]:
    """What was counted under the limit that binds, and for a drug with a limit of its own under the other one too."""
    common = (line.before, line.this, line.after, line.limit, line.left)
    if line.own_limit is None:
        yield _counted(line, common, "", words)
        return
    own = (line.own_before, line.own_this, line.own_after, line.own_limit, max(line.own_limit - line.own_before, Decimal(0)))
    counted = {"own": own, "common": common}
    for name in (line.binds, "common" if line.binds == "own" else "own"):
        yield _counted(line, counted[name], name, words)


def _counted(line: LifetimeDose, numbers: tuple[Decimal, ...], name: str, words: StaffWords) -> Row:
    texts = words.texts
    item = next(one for one in words.plan.administrations if one.id == line.item)
    binds = f"; {texts.word('ward.lifetime_binds')}" if name == line.binds else ""
    which = f" ({texts.word(f'ward.lifetime_{name}')}{binds})" if name else ""
    return Row(
        cells=(
            phrase(texts.short_date(item.date or item.due)),
            (Words(f"{texts.drug(line.drug)} ", strong=True), Words(f"{item.number}{which}")),
            *(phrase(texts.computed(value)) for value in numbers),
            phrase(words.source(line.own_source if name == "own" else line.source)),
            phrase(texts.word(f"grade.{line.own_grade if name == 'own' else line.grade}")),
        )
    )
