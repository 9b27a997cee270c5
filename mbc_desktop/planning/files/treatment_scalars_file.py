"""The scalars of a treatment file: days, clinical numbers, ids and texts, read strictly."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from mbc_desktop.planning.files.treatment_checks import EARLIEST_DAY, LATEST_DAY

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"


def _read_date(value: object) -> object:
    # TOML has days of its own; a day with a time is a date too for Python, and is refused.
    if type(value) is not date:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            raise ValueError('write a day as text, year-month-day: "2026-03-16"')
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"the calendar has no day {value}") from None
    if not EARLIEST_DAY <= value <= LATEST_DAY:
        raise ValueError(f"a day lies between {EARLIEST_DAY.isoformat()} and {LATEST_DAY.isoformat()}")
    return value


def _read_number(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError('write a clinical number as text, so that no digit is lost: "0.85"')
    if not _NUMBER.fullmatch(value):
        raise ValueError(f'"{value}" is not a plain number with a point as decimal mark')
    return Decimal(value)


Day = Annotated[
    date,
    BeforeValidator(_read_date),
    WithJsonSchema({"type": "string", "format": "date"}),
    PlainSerializer(lambda day: day.isoformat()),
]
Number = Annotated[Decimal, BeforeValidator(_read_number), WithJsonSchema({"type": "string", "pattern": f"^{_NUMBER.pattern}$"})]
Id = Annotated[str, Field(pattern=_ID)]
Text = Annotated[str, Field(max_length=2000)]
Choices = dict[str, str]
UnitName = Literal["day_hospital", "radiotherapy", "laboratory", "pharmacy", "general_practitioner", "home_nurse"]


class Shape(BaseModel):
    """Unknown keys are refused, types are not converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
