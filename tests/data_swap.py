"""The library with one file of schedules/ written otherwise, checked whole as at every start; the others are not read again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.dose_tables_file import read_dose_table
from mbc_desktop.regimen.drug_file import read_drug
from mbc_desktop.regimen.fields_file import read_fields
from mbc_desktop.regimen.guideline_checks import guideline_faults
from mbc_desktop.regimen.guideline_file import read_guideline
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import (
    decision_faults,
    drug_faults,
    field_faults,
    radiotherapy_faults,
    regimen_faults,
    source_faults,
)
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.radiotherapy_file import read_radiotherapy
from mbc_desktop.regimen.regimen_file import read_regimen
from mbc_desktop.regimen.shared_file import read_decisions
from mbc_desktop.regimen.toml_text import parse_toml

READERS: dict[str, Callable[..., Any]] = {
    "drugs": read_drug,
    "regimens": read_regimen,
    "radiotherapy": read_radiotherapy,
    "dose_tables": read_dose_table,
}


SHARED = ("decisions.toml", "guideline.toml", "fields.toml")
"""Files at the top that are read by themselves."""


def library_with(base: Library, file: str, text: str) -> Library:
    """The library with the file (its path inside schedules/) holding this text. Raises LibraryError where the loader would."""
    if "/" not in file and file not in SHARED:
        return _read_again(file, text)
    library = _with(base, file, parse_toml(text.encode("utf-8"), name=file))
    _check_whole(library, file)
    return library


def _read_again(file: str, text: str) -> Library:
    """A file that nothing here reads by itself: the whole folder is read, with this text in its place."""
    with TemporaryDirectory() as place:
        folder = Path(shutil.copytree(find_schedules(), Path(place) / "schedules"))
        (folder / file).write_text(text, encoding="utf-8")
        return load_library(folder)


def _with(base: Library, file: str, data: dict[str, object]) -> Library:
    folder = file.partition("/")[0]
    if folder in READERS:
        item = READERS[folder](data, file=file)
        if item.id != Path(file).stem:
            raise LibraryError(file, "id", f"differs from the name of the file: {item.id}")
        return replace(base, **{folder: MappingProxyType({**getattr(base, folder), item.id: item})})
    if file == "decisions.toml":
        return replace(base, decisions=MappingProxyType({item.key: item for item in read_decisions(data, file=file)}))
    if file == "guideline.toml":
        return replace(base, guideline=read_guideline(data, file=file))
    assert file == "fields.toml", file
    fields = read_fields(data, file=file)
    return replace(base, fields=fields.numbers, dates=fields.dates, dose_override=fields.checks.dose_override)


def _check_whole(library: Library, file: str) -> None:
    """What only shows when all files are seen together, of everything that this file reaches."""
    for place, reason in _faults(library, file):
        raise LibraryError(file, place, reason)


def _faults(library: Library, file: str) -> Iterator[tuple[str, str]]:
    folder, _, name = file.partition("/")
    own = name.removesuffix(".toml")
    everything = folder not in READERS
    for id, drug in library.drugs.items():
        if everything or folder == "dose_tables" or (folder, own) == ("drugs", id):
            yield from drug_faults(drug, library)
    for id, regimen in library.regimens.items():
        if everything or folder == "drugs" or (folder, own) == ("regimens", id):
            yield from regimen_faults(regimen, library)
    for id, scheme in library.radiotherapy.items():
        if everything or (folder, own) == ("radiotherapy", id):
            yield from radiotherapy_faults(scheme, library)
    for id, table in library.dose_tables.items():
        if everything or (folder, own) == ("dose_tables", id):
            yield from source_faults(table, library)
    if everything:
        yield from decision_faults(library)
        yield from field_faults(library)
        if library.guideline is not None:
            yield from guideline_faults(library.guideline, library)
