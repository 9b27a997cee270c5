"""What goes beside the treatment as lines: emetic risk, measures, radiotherapy with drugs, procedures, what patients are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mbc_desktop.regimen.combination import Combination
from mbc_desktop.regimen.instructions import Advice
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.procedure import ProcedureHold
from mbc_desktop.regimen.support import Emetic, Measure, SupportPart
from tests.regimen.drugs_in_words import Line, number

DIRECTIONS = ("food", "missed", "vomited")
"""Codes without a number that say when a tablet is taken: they are compared too."""


def beside_lines(library: Library) -> dict[str, dict[str, tuple[Line, ...]]]:
    """All lines of support.toml, combinations.toml, procedures.toml and instructions.toml, by kind and subject."""
    support = library.support
    assert support is not None
    return {
        "emetic": {
            drug: tuple(_emetic(row) for row in support.emetics if row.drug == drug)
            for drug in dict.fromkeys(row.drug for row in support.emetics)
        },
        "measure": {measure.id: tuple(_measure(measure)) for measure in support.measures},
        "combination": {rule.id: tuple(_combination(rule)) for rule in library.combinations},
        "hold": {rule.id: tuple(_procedure(rule)) for rule in library.procedure_holds},
        "instruction": {drug: lines for drug, said in library.instructions.items() if (lines := tuple(_told(said)))},
    }


def _emetic(row: Emetic) -> Line:
    what = "risk"
    if row.with_drug:
        what += f" with {row.with_drug}"
    if row.from_amount is not None:
        what += f" from {number(row.from_amount)} {row.unit}"
    return Line(what, row.risk, row.source, row.grade)


def _measure(measure: Measure) -> Iterator[Line]:
    first, last = measure.first + 1, None if measure.last is None else measure.last + 1
    days = f"{first} on" if last is None else f"{first}" if last == first else f"{first}-{last}"
    said = {
        "days": "when needed" if measure.as_needed else days,
        "parts": ", ".join(map(_part, measure.parts)),
        "minutes before": "-".join(map(str, measure.before_minutes)),
        "days free before the next": str(measure.clear_days or ""),
    }
    for what, value in said.items():
        if value:
            yield Line(what, value, measure.source, measure.grade)


def _part(part: SupportPart) -> str:
    amount = "" if part.amount is None else f" {number(part.amount)} {part.unit}"
    return f"{part.what}{amount}" + ("" if part.times is None else f" {part.times} x")


def _combination(rule: Combination) -> Iterator[Line]:
    technique = () if rule.technique == "any" else (rule.technique,)
    yield Line("rule", ", ".join((rule.kind, rule.severity, *technique, *rule.inside)), rule.source, rule.grade)
    if rule.before_days or rule.after_days:
        yield Line("days", f"{rule.before_days} before, {rule.after_days} after", rule.source, rule.grade)


def _procedure(rule: ProcedureHold) -> Iterator[Line]:
    days = "until healed" if rule.until_healed else f"{rule.before_days} before, {rule.after_days} after"
    yield Line("days", days, rule.source, rule.grade)


def _told(said: Iterable[Advice]) -> Iterator[Line]:
    """The sentences of a sheet that hold a number; the directions of one section together."""
    sentences = tuple(said)
    for item in sentences:
        if item.number is not None and "cyp" not in item.code:
            yield Line(item.code.replace("_", " "), number(item.number), item.source, item.grade)
    for section in DIRECTIONS:
        codes = [item for item in sentences if item.section == section and item.number is None]
        if codes:
            yield Line(section, ", ".join(sorted(item.code for item in codes)), codes[0].source, codes[0].grade)
