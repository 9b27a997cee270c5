"""Every key of every shipped file has an effect: change or remove it, and either the file is refused or the record differs. A key
that is accepted and then forgotten would be a rule that nobody follows."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.drug_file import read_drug
from mbc_desktop.regimen.guideline_file import read_guideline
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.radiotherapy_file import read_radiotherapy
from mbc_desktop.regimen.record_file import FileTable
from mbc_desktop.regimen.regimen_file import read_regimen
from mbc_desktop.regimen.shared_file import read_decisions, read_label, read_sources
from mbc_desktop.regimen.site_file import read_site

Read = Callable[..., Any]
Keys = tuple[str | int, ...]

ROOT = find_schedules()
READERS: dict[str, Read] = {"drugs": read_drug, "regimens": read_regimen, "radiotherapy": read_radiotherapy}
FILES: list[tuple[Path, Read]] = [
    *((path, read) for folder, read in READERS.items() for path in sorted((ROOT / folder).glob("*.toml"))),
    (ROOT / "sources.toml", read_sources),
    (ROOT / "decisions.toml", read_decisions),
    (ROOT / "guideline.toml", read_guideline),
    (ROOT / "library.toml", read_label),
    (ROOT / "site.toml", read_site),
]
# The name and the date of the whole library stand in no record of the engine; they are for the person who opens the file.
STATED_DEFAULTS = {("forms", ())}


def leaves(data: Any, path: Keys = ()) -> Iterator[Keys]:
    """The places of every value that is no table, and of every table in a list."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list) and data:
        for number, value in enumerate(data):
            yield (*path, number)
            if isinstance(value, dict | list):
                yield from leaves(value, (*path, number))
    else:
        yield path


def holder(data: Any, path: Keys) -> Any:
    for key in path[:-1]:
        data = data[key]
    return data


def other(value: Any) -> Any:
    """A value of the same kind that says something else."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case str() if value.replace(".", "", 1).isdecimal():
            return str(Decimal(value) + 1)
        case str():
            return f"{value}x"
        case _:
            return [{}] if isinstance(value, list) else None


def read_or_refused(read: Read, data: Any) -> Any:
    try:
        return read(data, file="x.toml")
    except LibraryError:
        return "refused"


@pytest.mark.parametrize(("path", "read"), FILES, ids=[path.relative_to(ROOT).as_posix() for path, _ in FILES])
def test_every_key_of_a_file_is_read(path: Path, read: Read) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    before = read(data, file="x.toml")
    for place in leaves(data):
        changed = copy.deepcopy(data)
        table = holder(changed, place)
        table[place[-1]] = other(table[place[-1]])
        assert read_or_refused(read, changed) != before, (place, "changed")
        removed = copy.deepcopy(data)
        del holder(removed, place)[place[-1]]
        stated = (place[-1], as_value(holder(data, place)[place[-1]]))
        if stated not in list(STATED_DEFAULTS):
            assert read_or_refused(read, removed) != before, (place, "removed")


def as_value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else str(value)


def tables_of(kind: type[FileTable]) -> Iterator[type[FileTable]]:
    for table in kind.__subclasses__():
        yield table
        yield from tables_of(table)


def test_every_field_of_a_record_can_be_written_in_its_file() -> None:
    """A record that grows without its table would have a rule that no file can ask for."""
    written_in_the_row = {"BandRowTable": {"outcome"}, "ClassRowTable": {"outcome"}}
    for table in tables_of(FileTable):
        record = getattr(table, "record", None)
        if record is None or not table.__module__.startswith("mbc_desktop.regimen"):
            continue
        fields = set(getattr(record, "__dataclass_fields__", {}))
        assert fields <= set(table.model_fields) | written_in_the_row.get(table.__name__, set()), table.__name__
