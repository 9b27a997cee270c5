"""From the files under schedules/ to one frozen, checked Library. A bad file stops the reading; it is never skipped.

Importing this module does not import pydantic: the first paint of the window must not wait for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from mbc_desktop.core.source import Source
from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.regimen.combination import Combination
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.guideline import Guideline
from mbc_desktop.regimen.guideline_checks import guideline_faults
from mbc_desktop.regimen.instruction_checks import instruction_faults
from mbc_desktop.regimen.instructions import Advice
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_checks import (
    Fault,
    combination_faults,
    decision_faults,
    drug_faults,
    field_faults,
    radiotherapy_faults,
    regimen_faults,
    source_faults,
)
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.site import Site
from mbc_desktop.regimen.support import Support
from mbc_desktop.regimen.support_checks import support_faults
from mbc_desktop.regimen.toml_text import parse_toml, read_bytes

FOLDERS = ("drugs", "regimens", "radiotherapy", "dose_tables")
# The example hospital is no part of the library.
ROOT_FILES = (
    "combinations.toml", "decisions.toml", "fields.toml", "guideline.toml", "instructions.toml", "library.toml",
    "site.toml", "sources.toml", "support.toml",
)  # fmt: skip
# What a folder of the user's own may add; it cannot bring limits of fields or tables that the shipped rules rest on.
OWN_FILES = ("decisions.toml", "sources.toml")


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_WithId)


class _Folder:
    """One folder of data files, read once: content and hash of each by its path inside the folder."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise LibraryError(folder.name, "", "is not a folder")
        self.name = folder.name
        self.contents: dict[str, bytes] = {}
        for path in _files_of(folder):
            inner = path.relative_to(folder).as_posix()
            self.contents[inner] = read_bytes(path, inside=folder, name=self.called(inner))

    def called(self, inner: str) -> str:
        """How an error names a file: with the folder, without the path of this machine."""
        return f"{self.name}/{inner}"

    def table(self, inner: str) -> dict[str, object]:
        """A file as plain data. Raises LibraryError when it is not there."""
        if inner not in self.contents:
            raise LibraryError(self.called(inner), "", "is missing")
        return parse_toml(self.contents[inner], name=self.called(inner))

    def inside(self, sub: str) -> list[str]:
        """The files of a subfolder, by name."""
        return sorted(inner for inner in self.contents if inner.startswith(f"{sub}/"))

    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file but the example hospital."""
        return {inner: hashlib.sha256(content).hexdigest() for inner, content in self.contents.items() if inner != "site.toml"}


def load_library(folder: Path, *, extra: tuple[Path, ...] = ()) -> Library:
    """Everything under `folder`, and the user's own folders `extra` added to it, read and checked whole.

    Raises LibraryError(file, place, reason) for the first thing that is wrong.
    """
    from mbc_desktop.regimen.dose_tables_file import read_dose_table
    from mbc_desktop.regimen.drug_file import read_drug
    from mbc_desktop.regimen.radiotherapy_file import read_radiotherapy
    from mbc_desktop.regimen.regimen_file import read_regimen
    from mbc_desktop.regimen.shared_file import read_label

    shipped = _Folder(folder)
    folders = (shipped, *(_own_folder(path) for path in extra))
    hashes = shipped.hashes()
    for number, own in enumerate(folders[1:], 1):
        hashes |= {f"extra-{number}/{inner}": sha for inner, sha in own.hashes().items()}
    files: dict[str, str] = {}
    fields = _fields(shipped)
    library = Library(
        version=read_label(shipped.table("library.toml"), file=shipped.called("library.toml")).version,
        fingerprint=_fingerprint(hashes),
        hashes=MappingProxyType(hashes),
        sources=_sources(folders),
        fields=fields.numbers,
        drugs=_items(folders, "drugs", read_drug, files),
        regimens=_items(folders, "regimens", read_regimen, files),
        radiotherapy=_items(folders, "radiotherapy", read_radiotherapy, files),
        decisions=_decisions(folders),
        dates=fields.dates,
        dose_override=fields.checks.dose_override,
        dose_tables=_items(folders, "dose_tables", read_dose_table, files),
        guideline=_guideline(shipped),
        support=_support(shipped),
        combinations=_combinations(shipped),
        instructions=_instructions(shipped),
    )
    _check_whole(library, files, shipped)
    return library


def load_site(path: Path) -> Site:
    """The hospital described by one site.toml. Raises LibraryError(file, place, reason)."""
    from mbc_desktop.regimen.site_file import read_site

    content = read_bytes(path, inside=path.parent, name=path.name)
    return read_site(parse_toml(content, name=path.name), file=path.name)


def _own_folder(path: Path) -> _Folder:
    """A folder of the user's own. Raises LibraryError for a file in it that would not be read."""
    folder = _Folder(path)
    for inner in folder.contents:
        if "/" not in inner and inner not in OWN_FILES:
            raise LibraryError(folder.called(inner), "", "has no place in a folder of your own")
    return folder


def _files_of(folder: Path) -> list[Path]:
    """Every data file, in order of name. Names that begin with a point belong to the system and are left alone; all else has
    its place: no file is to be believed in use when it is not."""
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.name in FOLDERS and path.is_dir():
            found.extend(inner for inner in sorted(path.iterdir()) if not inner.name.startswith("."))
        elif path.name in ROOT_FILES:
            found.append(path)
        else:
            raise LibraryError(f"{folder.name}/{path.name}", "", "has no place in a library folder")
    for path in found:
        if path.suffix != ".toml":
            raise LibraryError(f"{folder.name}/{path.relative_to(folder).as_posix()}", "", "is not a .toml file")
    return found


def _fingerprint(hashes: Mapping[str, str]) -> str:
    lines = "".join(f"{inner} {sha}\n" for inner, sha in sorted(hashes.items()))
    return hashlib.sha256(lines.encode("utf-8")).hexdigest()


def _items(folders: tuple[_Folder, ...], sub: str, read: Callable[..., Item], files: dict[str, str]) -> Mapping[str, Item]:
    """The items of one kind by id. An id equals its file's name and exists once; a user's folder never replaces a shipped one."""
    items: dict[str, Item] = {}
    for folder in folders:
        for inner in folder.inside(sub):
            file = folder.called(inner)
            item = read(folder.table(inner), file=file)
            if item.id != Path(inner).stem:
                raise LibraryError(file, "id", f"differs from the name of the file: {item.id}")
            if item.id in items:
                raise LibraryError(file, "id", f"is already in use by {files[f'{sub}/{item.id}']}")
            items[item.id] = item
            files[f"{sub}/{item.id}"] = file
    return MappingProxyType(items)


def _fields(shipped: _Folder) -> Fields:
    """What may be entered, with its limits."""
    from mbc_desktop.regimen.fields_file import read_fields

    return read_fields(shipped.table("fields.toml"), file=shipped.called("fields.toml"))


def _guideline(shipped: _Folder) -> Guideline | None:
    """The hospital guideline; a library can be without."""
    from mbc_desktop.regimen.guideline_file import read_guideline

    if "guideline.toml" not in shipped.contents:
        return None
    return read_guideline(shipped.table("guideline.toml"), file=shipped.called("guideline.toml"))


def _support(shipped: _Folder) -> Support | None:
    """What goes beside the treatments; a library can be without."""
    from mbc_desktop.regimen.support_file import read_support

    if "support.toml" not in shipped.contents:
        return None
    return read_support(shipped.table("support.toml"), file=shipped.called("support.toml"))


def _combinations(shipped: _Folder) -> tuple[Combination, ...]:
    """The rules for radiotherapy with drugs; a library can be without."""
    from mbc_desktop.regimen.combination_file import read_combinations

    if "combinations.toml" not in shipped.contents:
        return ()
    return read_combinations(shipped.table("combinations.toml"), file=shipped.called("combinations.toml"))


def _instructions(shipped: _Folder) -> Mapping[str, tuple[Advice, ...]]:
    """What patients are told; a library can be without."""
    from mbc_desktop.regimen.instructions_file import read_instructions

    if "instructions.toml" not in shipped.contents:
        return MappingProxyType({})
    return read_instructions(shipped.table("instructions.toml"), file=shipped.called("instructions.toml"))


def _sources(folders: tuple[_Folder, ...]) -> Mapping[str, Source]:
    from mbc_desktop.regimen.shared_file import read_sources

    sources: dict[str, Source] = {}
    for folder in _having(folders, "sources.toml"):
        file = folder.called("sources.toml")
        for number, source in enumerate(read_sources(folder.table("sources.toml"), file=file)):
            if source.id in sources:
                raise LibraryError(file, f"sources[{number}].id", f"is already in use: {source.id}")
            sources[source.id] = source
    return MappingProxyType(sources)


def _decisions(folders: tuple[_Folder, ...]) -> Mapping[str, Decision]:
    from mbc_desktop.regimen.shared_file import read_decisions

    decisions: dict[str, Decision] = {}
    for folder in _having(folders, "decisions.toml"):
        file = folder.called("decisions.toml")
        for number, decision in enumerate(read_decisions(folder.table("decisions.toml"), file=file)):
            if decision.key in decisions:
                raise LibraryError(file, f"decisions[{number}].key", f"is already in use: {decision.key}")
            decisions[decision.key] = decision
    return MappingProxyType(decisions)


def _having(folders: tuple[_Folder, ...], inner: str) -> list[_Folder]:
    """The shipped folder, which must have the file, and those of the user that have one of their own."""
    return [folder for number, folder in enumerate(folders) if number == 0 or inner in folder.contents]


def _check_whole(library: Library, files: Mapping[str, str], shipped: _Folder) -> None:
    """Raises LibraryError for the first thing that only shows when all files are seen together."""
    checks: tuple[tuple[str, Mapping[str, object], Callable[..., Fault]], ...] = (
        ("drugs", library.drugs, drug_faults),
        ("regimens", library.regimens, regimen_faults),
        ("radiotherapy", library.radiotherapy, radiotherapy_faults),
        ("dose_tables", library.dose_tables, source_faults),
    )
    for sub, items, faults in checks:
        for id, item in items.items():
            for place, reason in faults(item, library):
                raise LibraryError(files[f"{sub}/{id}"], place, reason)
    for place, reason in decision_faults(library):
        raise LibraryError(shipped.called("decisions.toml"), place, reason)
    for place, reason in combination_faults(library):
        raise LibraryError(shipped.called("combinations.toml"), place, reason)
    for place, reason in field_faults(library):
        raise LibraryError(shipped.called("fields.toml"), place, reason)
    if library.support is not None:
        for place, reason in support_faults(library.support, library):
            raise LibraryError(shipped.called("support.toml"), place, reason)
    for place, reason in instruction_faults(library):
        raise LibraryError(shipped.called("instructions.toml"), place, reason)
    if library.guideline is not None:
        for place, reason in guideline_faults(library.guideline, library):
            raise LibraryError(shipped.called("guideline.toml"), place, reason)
