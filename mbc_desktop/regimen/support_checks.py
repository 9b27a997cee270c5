"""Whether the supportive measures hang together with the rest of the library. Each fault is (place in the file, reason)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import source_faults
from mbc_desktop.regimen.rule_checks import known_decision, known_option
from mbc_desktop.regimen.support import Measure, Support

Fault = Iterator[tuple[str, str]]


def support_faults(support: Support, library: Library) -> Fault:
    """Measures for drugs that do not exist, or by answers that cannot be given."""
    yield from source_faults(support, library)
    ids = [measure.id for measure in support.measures]
    for number, row in enumerate(support.emetics):
        yield from _known([row.drug, *([row.with_drug] if row.with_drug else [])], f"emetics[{number}]", library)
    for number, measure in enumerate(support.measures):
        place = f"measures[{number}]"
        if measure.id in ids[:number]:
            yield f"{place}.id", f"is named twice: {measure.id}"
        yield from _known(measure.drugs, place, library)
        yield from _decision(measure, place, library)


def _known(drugs: Sequence[str], place: str, library: Library) -> Fault:
    for drug in drugs:
        if drug not in library.drugs:
            yield place, f"unknown drug: {drug}"


def _decision(measure: Measure, place: str, library: Library) -> Fault:
    if measure.if_decided:
        yield from known_option(measure.decision, measure.if_decided, f"{place}.decision", library)
    elif measure.decision:
        yield from known_decision(measure.decision, f"{place}.decision", library)
