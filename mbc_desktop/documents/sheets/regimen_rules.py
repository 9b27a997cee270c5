"""Every rule of a drug as rows: what it is about, what it says, where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mbc_desktop.documents.blocks import BREAK, Row, Words, phrase, strong
from mbc_desktop.documents.sheets.hold_words import hold_words
from mbc_desktop.documents.sheets.rule_words import (
    adjustment_words,
    check_words,
    company_words,
    drawn_words,
    form_words,
    observation_words,
    plain_words,
    timing_words,
)
from mbc_desktop.regimen.drug import Drug, Form

if TYPE_CHECKING:
    from mbc_desktop.documents.sheets.regimen_page import PageWords


def rule_rows(drug: Drug, words: PageWords) -> Iterator[Row]:
    """One row for the forms of each source, the ladder of doses and every other rule of a drug."""
    yield from _forms(drug, words)
    named = {form.id: form for form in drug.forms}
    for pack in drug.packs:
        sizes = ", ".join(words.texts.number(size) for size in pack.sizes)
        yield _row("packs", f"{form_words(named[pack.form], words)}: {sizes}", pack.source, pack.grade, words)
    for name, item in (
        ("levels", drug.levels),
        ("infusion", drug.infusion),
        ("concentration", drug.concentration),
        ("lifetime", drug.cumulative),
        ("practice", drug.practice),
    ):
        if item is not None:
            yield _row(name, plain_words(item, drug, words), item.source, item.grade, words)
    if drug.tablets is not None:
        text = plain_words(drug.tablets, drug, words)
        decision = words.library.decisions[drug.tablets.decision]
        yield _row("tablets", text, decision.source, decision.grade, words)
    for observed in drug.observations:
        yield _row("observation", observation_words(observed, words), observed.source, observed.grade, words)
    for limit in drug.limits:
        yield _row("limit", plain_words(limit, drug, words), limit.source, limit.grade, words)
    for rule in drug.adjust:
        yield _row("adjust", adjustment_words(rule, drug, words), rule.source, rule.grade, words)
    for hold in drug.holds:
        yield _row("hold", hold_words(hold, drug, words), hold.source, hold.grade, words)
    yield from _company(drug, words)
    for check in drug.checks:
        kind = words.texts.word(f"check.{check.kind}")
        yield _row("check", f"{kind}: {check_words(check, words)}", check.source, check.grade, words)
    for timing in drug.timing:
        phase = f"{words.texts.word(f'library.phase.{timing.phase}')}: " if timing.phase else ""
        yield _row("timing", phase + timing_words(timing, words), timing.source, timing.grade, words)


def _company(drug: Drug, words: PageWords) -> Iterator[Row]:
    """The rules about other drugs and about what is known of the patient."""
    for caution in drug.cautions:
        yield _row("caution", company_words(caution, drug, words), caution.source, caution.grade, words)
    for never in drug.not_with:
        yield _row("not_with", company_words(never, drug, words), never.source, never.grade, words)
    for name, rule in (("only_with", drug.only_with), ("partner", drug.partner)):
        if rule is not None:
            yield _row(name, company_words(rule, drug, words), rule.source, rule.grade, words)


def _forms(drug: Drug, words: PageWords) -> Iterator[Row]:
    by_source: dict[tuple[str, str], list[Form]] = {}
    for form in drug.forms:
        by_source.setdefault((form.source, form.grade), []).append(form)
    for (source, grade), forms in by_source.items():
        text = "; ".join(form_words(form, words) for form in forms) + drawn_words(tuple(forms), words)
        yield _row("form", text, source, grade, words)


def _row(name: str, text: str, source: str, grade: str, words: PageWords) -> Row:
    title = words.texts.word(f"library.rule_name.{name}")
    lines = tuple(Words(line) for line in text.split("\n"))
    content = tuple(piece for line in lines for piece in (BREAK, line))[1:]
    return Row(cells=(strong(title), content, phrase(words.source(source, grade))))
