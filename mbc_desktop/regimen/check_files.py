"""Every fault of a library folder at once, for whoever writes one; the loader stops at the first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mbc_desktop.regimen.dose_tables_file import read_dose_table
from mbc_desktop.regimen.drug_file import read_drug
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import data_files, load_unchecked
from mbc_desktop.regimen.radiotherapy_file import read_radiotherapy
from mbc_desktop.regimen.regimen_file import read_regimen
from mbc_desktop.regimen.shared_file import read_decisions, read_sources
from mbc_desktop.regimen.toml_text import parse_toml, read_bytes
from mbc_desktop.regimen.whole_library import whole_faults

_READERS: dict[str, Callable[..., object]] = {
    "drugs": read_drug,
    "regimens": read_regimen,
    "radiotherapy": read_radiotherapy,
    "dose_tables": read_dose_table,
    "decisions.toml": read_decisions,
    "sources.toml": read_sources,
}


def library_faults(shipped: Path, *, own: Path | None = None) -> tuple[LibraryError, ...]:
    """All faults, file by file: first those of single files; when every file can be read, those that only show together."""
    folders = (shipped, *((own,) if own is not None else ()))
    found = [fault for folder in folders for fault in _of_folder(folder)]
    if found:
        return tuple(found)
    try:
        library, files, name = load_unchecked(shipped, extra=(own,) if own is not None else ())
    except LibraryError as error:
        return (error,)
    return tuple(whole_faults(library, files, name))


def _of_folder(folder: Path) -> list[LibraryError]:
    try:
        paths = data_files(folder)
    except LibraryError as error:
        return [error]
    found: list[LibraryError] = []
    for path in paths:
        inner = path.relative_to(folder).as_posix()
        name = f"{folder.name}/{inner}"
        read = _READERS.get(inner.partition("/")[0])
        try:
            data = parse_toml(read_bytes(path, inside=folder, name=name), name=name)
            if read is not None:
                read(data, file=name)
        except LibraryError as error:
            found += error.also or (error,)
    return found
