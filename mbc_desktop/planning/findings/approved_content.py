"""What an approval of a regimen covers: its own file, its drugs and their tables byte by byte, and every rule elsewhere that it
rests on: the open questions it asks with their options, the measures beside it, its rules around irradiation and procedures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.planning.replay.decisions import decisions_of
from mbc_desktop.planning.request import Pin
from mbc_desktop.regimen.approval import Approval, ApprovalStatus, files_of, hash_of, tables_of
from mbc_desktop.regimen.clinical_lines import ClinicalLine, clinical_lines, drugs_ordered, lines_under
from mbc_desktop.regimen.combination import Combination
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.procedure import ProcedureHold
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.regimen.support import Emetic, Measure
from mbc_desktop.regimen.this_library import ThisLibrary

_Rule = TypeVar("_Rule", Combination, ProcedureHold)


def approved_content(library: Library, regimen: Regimen) -> tuple[ClinicalLine, ...]:
    """Everything that an approval covers, in words of the data, so that a later change can be told."""
    return (*clinical_lines(library, regimen), *_tables(library, regimen), *_beside(library, regimen))


def regimen_digest(library: Library, regimen: Regimen) -> str:
    """SHA-256 (hex) over the names and hashes of every file that the regimen rests on, and over the rules of shared files."""
    if library.regimens.get(regimen.id) is not regimen:
        return _digest(library, regimen)
    known = _digests_of(ThisLibrary(library))
    if regimen.id not in known:
        known[regimen.id] = _digest(library, regimen)
    return known[regimen.id]


# Every plan asks for its regimens again, and a library never changes: the digests of the last one are kept.
@lru_cache(maxsize=1)
def _digests_of(_library: ThisLibrary) -> dict[str, str]:
    return {}


def _digest(library: Library, regimen: Regimen) -> str:
    files = "".join(f"{file} {sha}\n" for file, sha in files_of(library, regimen).items())
    rules = "".join(f"{' / '.join(line.place)} = {line.value}\n" for line in _beside(library, regimen))
    return hashlib.sha256((files + rules).encode()).hexdigest()


def pin_of(regimen: Regimen, library: Library) -> Pin:
    """What a treatment that starts now is pinned to: version and hash of the regimen with all that it rests on, its drugs too."""
    return Pin(version=regimen.version, sha256=regimen_digest(library, regimen))


def pin_of_scheme(scheme: RadiotherapyScheme, library: Library) -> Pin:
    """What a radiotherapy course that starts now is pinned to: version and hash of its scheme."""
    return Pin(version=scheme.version, sha256=hash_of(library, f"radiotherapy/{scheme.id}.toml"))


def approval_of(approvals: tuple[Approval, ...], library: Library, regimen: Regimen) -> tuple[ApprovalStatus, Approval | None]:
    """Whether the regimen as it is now has been approved, and by which approval; the newest one when it is void."""
    own = [item for item in approvals if item.regimen == regimen.id]
    if not own:
        return "not_approved", None
    digest = regimen_digest(library, regimen)
    for item in own:
        if (item.version, item.sha256) == (regimen.version, digest):
            return "approved", item
    return "void", max(own, key=lambda item: item.on)


def measures_of(library: Library, drugs: tuple[str, ...]) -> tuple[Measure, ...]:
    """The measures that one of the drugs calls for, by itself or by how sick it makes."""
    if library.support is None:
        return ()
    risks = {row.risk for row in library.support.emetics if row.drug in drugs}
    return tuple(item for item in library.support.measures if set(item.drugs) & set(drugs) or item.emetic_risk in risks)


def rules_about(rules: tuple[_Rule, ...], library: Library, drugs: tuple[str, ...]) -> tuple[_Rule, ...]:
    """The rules that name one of the drugs, or a class that one of them belongs to."""
    classes = {name for drug in drugs for name in library.drugs[drug].classes}
    return tuple(rule for rule in rules if set(rule.drugs) & set(drugs) or set(rule.classes) & classes)


def _tables(library: Library, regimen: Regimen) -> Iterator[ClinicalLine]:
    for table in (id for drug in drugs_ordered(regimen) for id in tables_of(library.drugs[drug])):
        yield from lines_under(library.dose_tables[table], (f"table {table}",))


def _beside(library: Library, regimen: Regimen) -> Iterator[ClinicalLine]:
    """The rules of the files that regimens share."""
    drugs = drugs_ordered(regimen)
    measures = measures_of(library, drugs)
    asked = dict.fromkeys((*decisions_of(regimen, library), *(item.decision for item in measures if item.decision)))
    for key in asked:
        decision = library.decisions[key]
        own = tuple(item for item in decision.per_regimen if item.regimen == regimen.id)
        yield from _lines(replace(decision, per_regimen=own), f"decision {key}")
    for row in library.support.emetics if library.support is not None else ():
        if row.drug in drugs:
            dose = f" from {decimal_text(row.from_amount)} {row.unit}" if row.from_amount is not None else ""
            yield from _lines(row, f"emetic risk of {row.drug}{dose}")
    for measure in measures:
        yield from _lines(measure, f"beside the treatment {measure.id}")
    for rule in rules_about(library.combinations, library, drugs):
        yield from _lines(rule, f"with radiotherapy {rule.id}")
    for hold in rules_about(library.procedure_holds, library, drugs):
        yield from _lines(hold, f"around a procedure {hold.id}")


def _lines(rule: Decision | Emetic | Measure | Combination | ProcedureHold, name: str) -> Iterator[ClinicalLine]:
    yield from lines_under(rule, (name,))
    for key in ("kind", "source", "grade"):
        if value := str(getattr(rule, key, "")):
            yield ClinicalLine(place=(name, key), value=value)
