"""Whether the guideline hangs together with the rest of the library. Each fault is (place in the file, reason)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mbc_desktop.regimen.guideline import FACT_VALUES, WEIGHED, Guideline, Statement, When
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import source_faults

Fault = Iterator[tuple[str, str]]


def guideline_faults(guideline: Guideline, library: Library) -> Fault:
    """Names that lead nowhere, values that a fact cannot have, and counting with gaps."""
    yield from source_faults(guideline, library)
    yield from _twice("sections", [section.id for section in guideline.sections])
    yield from _twice("statements", [statement.id for statement in guideline.statements])
    for number, section in enumerate(guideline.sections):
        yield from _when(section.when, f"sections[{number}].when")
    counted = dict.fromkeys((section.id for section in guideline.sections), 0)
    for number, statement in enumerate(guideline.statements):
        place = f"statements[{number}]"
        if statement.section not in counted:
            yield f"{place}.section", f"unknown section: {statement.section}"
            continue
        counted[statement.section] += 1
        if statement.item != counted[statement.section]:
            yield f"{place}.item", f"the next item of section {statement.section} is {counted[statement.section]}"
        yield from _when(statement.when, f"{place}.when")
        yield from _offers(statement, place, guideline, library)


def _when(when: When, place: str) -> Fault:
    for number, alternative in enumerate(when):
        for row, condition in enumerate(alternative):
            here = f"{place}[{number}][{row}]"
            values = FACT_VALUES.get(condition.fact)
            if values is None:
                yield f"{here}.fact", f"unknown fact: {condition.fact}"
                continue
            for value in condition.any_of:
                if value not in values:
                    yield f"{here}.any_of", f"{condition.fact} is never {value}"
            if set(values) <= set(condition.any_of):
                yield f"{here}.any_of", "holds always, so the condition says nothing"


def _offers(statement: Statement, place: str, guideline: Guideline, library: Library) -> Fault:
    for row, id in enumerate(statement.regimens):
        if id not in library.regimens and id not in guideline.coming:
            yield f"{place}.regimens[{row}]", f"unknown regimen: {id}"
    for row, id in enumerate(statement.radiotherapy):
        if id not in library.radiotherapy:
            yield f"{place}.radiotherapy[{row}]", f"unknown course: {id}"
    for row, name in enumerate(statement.weighs):
        if name not in WEIGHED:
            yield f"{place}.weighs[{row}]", f"unknown matter to weigh: {name}"
    offers = bool(statement.regimens or statement.radiotherapy)
    if (statement.kind == "therapy") != (offers or bool(statement.written) or bool(statement.open)):
        yield f"{place}.kind", "a therapy offers something, is written out, or says what is open; a note or a rule does neither"


def _twice(place: str, names: Sequence[str]) -> Fault:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield f"{place}[{number}].id", f"is named twice: {name}"
