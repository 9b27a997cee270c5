"""From the files under schedules/ to one frozen, checked Library. A bad file stops the reading; it is never skipped.

Importing this module does not import pydantic: the first paint of the window must not wait for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeVar

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.core.source import Source
from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.regimen.combination import Combination
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.guideline import Guideline
from mbc_desktop.regimen.instructions import Advice
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.procedure import ProcedureHold
from mbc_desktop.regimen.site import Site
from mbc_desktop.regimen.support import Support
from mbc_desktop.regimen.toml_text import parse_toml, read_bytes
from mbc_desktop.regimen.whole_library import whole_faults

FOLDERS = ("drugs", "regimens", "radiotherapy", "dose_tables")
# The example hospital is no part of the library.
ROOT_FILES = (
    "combinations.toml", "decisions.toml", "fields.toml", "guideline.toml", "instructions.toml", "library.toml",
    "procedures.toml", "site.toml", "sources.toml", "support.toml",
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
        self.name = folder.name
        self.contents: dict[str, bytes] = {}
        for path in data_files(folder):
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
    library, files, name = load_unchecked(folder, extra=extra)
    for fault in whole_faults(library, files, name):
        raise fault
    return library


def is_whole_library(folder: Path) -> bool:
    """Whether a folder is a library of its own, not one that adds to the shipped one."""
    return (folder / "library.toml").is_file()


def load_library_at(folder: Path | None) -> Library:
    """The shipped library; with a folder of the user's own, that added to it; a whole library in its place. Raises
    LibraryError(file, place, reason)."""
    if folder is None:
        return load_library(find_schedules())
    return load_library(folder) if is_whole_library(folder) else load_library(find_schedules(), extra=(folder,))


def load_unchecked(folder: Path, *, extra: tuple[Path, ...] = ()) -> tuple[Library, Mapping[str, str], str]:
    """The library with each file read strictly but not held against the others, the file of each item ("drugs/fulvestrant"), and
    the folder's name. Raises LibraryError."""
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
        cross_limits=fields.checks,
        dose_tables=_items(folders, "dose_tables", read_dose_table, files),
        guideline=_guideline(shipped),
        support=_support(shipped),
        combinations=_combinations(shipped),
        instructions=_instructions(shipped),
        procedure_holds=_procedure_holds(shipped),
    )
    return library, files, shipped.name


def load_site(path: Path) -> Site:
    """The hospital described by one site.toml, with the approvals.toml beside it. Raises LibraryError(file, place, reason)."""
    from mbc_desktop.regimen.approvals_file import read_approvals
    from mbc_desktop.regimen.site_file import read_site

    content = read_bytes(path, inside=path.parent, name=path.name)
    site = read_site(parse_toml(content, name=path.name), file=path.name)
    return replace(site, approvals=read_approvals(path.parent))


def _own_folder(path: Path) -> _Folder:
    """A folder of the user's own. Raises LibraryError for a file in it that would not be read."""
    folder = _Folder(path)
    if not folder.contents:
        raise LibraryError(folder.name, "", "holds no data file")
    for inner in folder.contents:
        if "/" not in inner and inner not in OWN_FILES:
            raise LibraryError(folder.called(inner), "", "has no place in a folder of your own")
    return folder


def data_files(folder: Path) -> list[Path]:
    """Every data file, in order of name. Names that begin with a point belong to the system and are left alone; all else has
    its place: no file is to be believed in use when it is not."""
    if not folder.is_dir():
        raise LibraryError(folder.name, "", "is not a folder")
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


def _procedure_holds(shipped: _Folder) -> tuple[ProcedureHold, ...]:
    """The drugs that pause around procedures; a library can be without."""
    from mbc_desktop.regimen.procedure_file import read_procedure_holds

    if "procedures.toml" not in shipped.contents:
        return ()
    return read_procedure_holds(shipped.table("procedures.toml"), file=shipped.called("procedures.toml"))


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
