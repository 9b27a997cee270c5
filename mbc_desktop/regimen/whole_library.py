"""What only shows when all files of a library are seen together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mbc_desktop.regimen.guideline_checks import guideline_faults
from mbc_desktop.regimen.instruction_checks import instruction_faults
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import (
    Fault,
    combination_faults,
    decision_faults,
    drug_faults,
    field_faults,
    procedure_faults,
    radiotherapy_faults,
    regimen_faults,
    source_faults,
)
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.support_checks import support_faults


def whole_faults(library: Library, files: Mapping[str, str], name: str) -> Iterator[LibraryError]:
    """What only shows when all files are seen together. `name` is that of the shipped folder."""
    checks: tuple[tuple[str, Mapping[str, object], Callable[..., Fault]], ...] = (
        ("drugs", library.drugs, drug_faults),
        ("regimens", library.regimens, regimen_faults),
        ("radiotherapy", library.radiotherapy, radiotherapy_faults),
        ("dose_tables", library.dose_tables, source_faults),
    )
    for sub, items, faults in checks:
        for id, item in items.items():
            for place, reason in faults(item, library):
                yield LibraryError(files[f"{sub}/{id}"], place, reason)
    shared: tuple[tuple[str, Callable[[Library], Fault]], ...] = (
        ("decisions.toml", decision_faults),
        ("combinations.toml", combination_faults),
        ("procedures.toml", procedure_faults),
        ("fields.toml", field_faults),
        ("instructions.toml", instruction_faults),
    )
    for file, faults_of_file in shared:
        for place, reason in faults_of_file(library):
            yield LibraryError(f"{name}/{file}", place, reason)
    if library.support is not None:
        for place, reason in support_faults(library.support, library):
            yield LibraryError(f"{name}/support.toml", place, reason)
    if library.guideline is not None:
        for place, reason in guideline_faults(library.guideline, library):
            yield LibraryError(f"{name}/guideline.toml", place, reason)
