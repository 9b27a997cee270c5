"""What goes beside a regimen and what keeps its drugs at a distance: the rules of shared files that its approval covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mbc_desktop.documents.blocks import Block, Column, Heading, Row, Table, phrase, strong
from mbc_desktop.planning.findings.approved_content import measures_of, rules_about
from mbc_desktop.regimen.clinical_lines import drugs_ordered
from mbc_desktop.regimen.combination import Combination
from mbc_desktop.regimen.procedure import ProcedureHold
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.regimen.support import Measure
from mbc_desktop.texts.support_words import support_part

if TYPE_CHECKING:
    from mbc_desktop.documents.sheets.regimen_page import PageWords


def beside_blocks(regimen: Regimen, words: PageWords) -> Iterator[Block]:
    """The measures beside the treatment, then the distances from irradiations and procedures."""
    drugs, library = drugs_ordered(regimen), words.library
    yield from _table("beside", [_measure(item, words) for item in measures_of(library, drugs)], words)
    rays = [_rays(rule, drugs, words) for rule in rules_about(library.combinations, library, drugs)]
    yield from _table("with_radiotherapy", rays, words)
    holds = [_hold(rule, drugs, words) for rule in rules_about(library.procedure_holds, library, drugs)]
    yield from _table("around_procedures", holds, words)


def _table(title: str, rows: list[Row], words: PageWords) -> Iterator[Block]:
    if not rows:
        return
    yield Heading(text=words.say(title), level=2)
    titles = (("rule", 34), ("content", 56), ("source", 22))
    yield Table(columns=tuple(Column(title=words.say(f"column_{key}"), share=share) for key, share in titles), rows=tuple(rows))


def _measure(item: Measure, words: PageWords) -> Row:
    parts = words.texts.listing(tuple(support_part(part, words.texts) for part in item.parts))
    when = words.say(f"measure.{item.per}")
    if item.per == "course" and item.last is None:
        days = words.say("measure.goes_on")
    else:
        first, last = item.first + 1, (item.last if item.last is not None else item.first) + 1
        days = words.say("on_days", days=str(first) if first == last else f"{first}-{last}")
    said = [parts, f"{when}, {days}"]
    if item.before_minutes:
        said.append(words.say("measure.before", least=item.before_minutes[0], most=item.before_minutes[-1]))
    if item.as_needed:
        said.append(words.say("measure.as_needed"))
    if item.clear_days:
        said.append(words.say("measure.clear", days=item.clear_days))
    if item.if_decided:
        said.append(words.say("rule.only_if", decision=item.decision, value=words.texts.option(item.if_decided)))
    purpose = words.texts.word(f"support.purpose.{item.id}")
    return Row(cells=(strong(purpose), phrase("; ".join(said)), phrase(words.source(item.source, item.grade))))


def _rays(rule: Combination, drugs: tuple[str, ...], words: PageWords) -> Row:
    where = [] if rule.technique == "any" else [words.texts.word(f"ui.course.technique_value.{rule.technique}")]
    inside = tuple(words.texts.word(f"inside.{part}") for part in rule.inside)
    if inside:
        where.append(words.say("rays.inside", parts=words.texts.listing(inside, either=True)))
    during = rule.kind == "together" and not rule.before_days and not rule.after_days
    said = words.say(f"rays.{'during' if during else rule.kind}", before=rule.before_days, after=rule.after_days)
    content = f"{', '.join(where)}: {said}" if where else said
    cells = (strong(_names(rule, drugs, words)), phrase(content), phrase(words.source(rule.source, rule.grade)))
    return Row(cells=cells)


def _hold(rule: ProcedureHold, drugs: tuple[str, ...], words: PageWords) -> Row:
    procedures = words.texts.listing(tuple(words.texts.word(f"procedure.{name}") for name in rule.procedures), either=True)
    said = (
        words.say("rays.until_healed")
        if rule.until_healed
        else words.say("rays.apart", before=rule.before_days, after=rule.after_days)
    )
    source = phrase(words.source(rule.source, rule.grade))
    return Row(cells=(strong(_names(rule, drugs, words)), phrase(f"{procedures}: {said}"), source))


def _names(rule: Combination | ProcedureHold, drugs: tuple[str, ...], words: PageWords) -> str:
    """The drugs of the regimen that a rule is about."""
    about = [id for id in drugs if id in rule.drugs or set(rule.classes) & set(words.library.drugs[id].classes)]
    return ", ".join(words.texts.drug(id) for id in about)
