"""The file boundary: strict reading of one table into one record, and the scalar types that all data files share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.library_error import LibraryError

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,6})(\.[0-9]{1,6})?")
_CYCLES = re.compile(r"([1-9][0-9]{0,2})(-([1-9][0-9]{0,2})?)?")


def _number(value: object) -> Decimal:
    """A number of at most seven digits before and six after the point: as text ("3.5"), whole number or TOML decimal."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError('a number is written as text: "3.5"')
    text = str(value)
    if _NUMBER.fullmatch(text) is None:
        raise ValueError(f'not a number from 0 up with a decimal point ("3.5"): {text}')
    return Decimal(text)


def _cycles(value: object) -> tuple[int, int | None]:
    """Cycle numbers as text: "1" (only the first), "2-" (from the second on), "1-6"."""
    found = _CYCLES.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('cycles are written "1", "2-" or "1-6"')
    first = int(found[1])
    last = first if found[2] is None else None if found[3] is None else int(found[3])
    if last is not None and last < first:
        raise ValueError("the last cycle comes before the first")
    return first, last


def _day(value: object) -> date:
    """A date as TOML writes it, or as ISO text."""
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    raise ValueError("a date is written 2026-11-23")


def _one_line(text: str) -> str:
    if text != text.strip() or "\n" in text:
        raise ValueError("a text is one line without blanks around it")
    return text


Number = Annotated[Decimal, BeforeValidator(_number)]
Cycles = Annotated[tuple[int, int | None], BeforeValidator(_cycles)]
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_one_line)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
Count = Annotated[int, Field(ge=1, le=1000)]


class FileTable(BaseModel):
    """One table of a data file, with the keys and defaults of its record. Unknown keys are refused, types are never coerced."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)
    record: ClassVar[Callable[..., Any]]

    def to_record(self) -> Any:
        """The record with the same field names."""
        return self.record(**{name: as_record(getattr(self, name)) for name in _names(type(self))})


@cache
def _names(table: type[FileTable]) -> tuple[str, ...]:
    return tuple(table.model_fields)


class GradedTable(FileTable):
    """A table whose numbers come from one source with one grade."""

    source: Key
    grade: Grade


def as_record(value: Any) -> Any:
    """Tables become records and lists become tuples; everything else stays."""
    if isinstance(value, str):
        return value
    if isinstance(value, FileTable):
        return value.to_record()
    if isinstance(value, list):
        return tuple([as_record(item) for item in value])
    return value


Table = TypeVar("Table", bound=FileTable)


def read_table(adapter: TypeAdapter[Table], data: dict[str, object], *, file: str) -> Any:
    """The record of a whole file. Raises LibraryError with the first thing that is wrong and where it stands."""
    try:
        return as_record(adapter.validate_python(data))
    except ValidationError as errors:
        found = errors.errors(include_url=False, include_context=False)
        faults = [LibraryError(file, _place(e["loc"], data, lacking=e["type"] == "missing"), _reason(e)) for e in found]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise LibraryError(file, faults[0].place, faults[0].reason + more, tuple(faults) if more else ()) from None


def _place(steps: tuple[int | str, ...], data: object, *, lacking: bool) -> str:
    """The steps to a value as "adjust[0].rows[2].dose"; the kind of a rule, which is no key of the file, is left out.
    `lacking`: the last step is a key that is not there."""
    place = ""
    for number, step in enumerate(steps):
        if isinstance(step, int) and isinstance(data, list) and step < len(data):
            place, data = f"{place}[{step}]", data[step]
        elif isinstance(step, str) and isinstance(data, dict) and (step in data or (lacking and number == len(steps) - 1)):
            place, data = f"{place}.{step}", data.get(step)
    return place.lstrip(".")


_REASONS = {"missing": "is missing", "extra_forbidden": "is not a key of this table", "union_tag_not_found": "has no kind"}


def _reason(error: Any) -> str:
    if error["type"] == "value_error":
        return str(error["msg"]).removeprefix("Value error, ")
    return _REASONS.get(error["type"]) or str(error["msg"])
