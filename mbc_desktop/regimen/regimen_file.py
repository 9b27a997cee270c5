"""Reading schedules/regimens/<id>.toml."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, TypeAdapter, model_validator
from typing_extensions import override

from mbc_desktop.core.interval import Interval, read_interval
from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.drug_file import Route, VersionedTable
from mbc_desktop.regimen.record_file import Count, Cycles, FileTable, GradedTable, Id, Key, Text, as_record, read_table
from mbc_desktop.regimen.regimen import Order, Part, Phase, Regimen, Reload, TakeDays
from mbc_desktop.regimen.rules_file import BaseDoseTable, CheckTable

_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def _interval_or_key(text: str) -> Interval | str:
    """ "28 days" as an interval; a single word is the key of the decision that gives the interval."""
    return text if _KEY.fullmatch(text) else read_interval(text)


Every = Annotated[str, AfterValidator(_interval_or_key)]


class TakeDaysTable(FileTable):
    record = TakeDays
    first: int
    last: int | None = None
    times: Count = 1
    every_days: Count = 1
    weekdays: Key | Literal[""] = ""

    @model_validator(mode="after")
    def _runs_forward(self) -> TakeDaysTable:
        if self.last is not None and self.last < self.first:
            raise ValueError("the last day of intake comes before the first")
        return self


class ReloadTable(GradedTable):
    record = Reload
    kind: Literal["by_gap"]
    from_days: Count
    dose: BaseDoseTable
    form: Id | Literal[""] = ""
    minutes: Count | None = None
    observe_minutes: Count | None = None
    decision: Key | Literal[""] = ""
    if_decided: Text | Literal[""] = ""


class OrderTable(GradedTable):
    record = Order
    drug: Id
    route: Route
    dose: BaseDoseTable
    days: list[int] = []
    take: TakeDaysTable | None = None
    cycles: Cycles = (1, None)
    role: Literal["treatment", "premedication", "support"] = "treatment"
    form: Id | Literal[""] = ""
    minutes: Count | None = None
    observe_minutes: Count | None = None
    sequence: Annotated[int, Field(ge=0, le=99)] = 0
    decision: Key | Literal[""] = ""
    if_decided: Text | Literal[""] = ""
    ends_with: Id | Literal[""] = ""
    reload: list[ReloadTable] = []

    @model_validator(mode="after")
    def _on_days_or_at_home(self) -> OrderTable:
        if bool(self.days) == (self.take is not None):
            raise ValueError("an order has exactly one of days and take")
        if sorted(set(self.days)) != self.days:
            raise ValueError("the days are in order and each is named once")
        return self


class PhaseTable(FileTable):
    record = Phase
    id: Id
    every: Every | None = None
    cycles: Count | None = None
    orders: Annotated[list[OrderTable], Field(min_length=1)]
    decision: Key | Literal[""] = ""
    if_decided: Text | Literal[""] = ""


class PartTable(FileTable):
    record = Part
    id: Id
    phases: Annotated[list[PhaseTable], Field(min_length=1)]
    timing_of: Id | Literal[""] = ""
    timing_by_phase: dict[Id, Id] = {}
    checks: list[CheckTable] = []

    @override
    def to_record(self) -> Part:
        return Part(
            id=self.id,
            phases=as_record(self.phases),
            timing_of=self.timing_of,
            timing_by_phase=tuple(self.timing_by_phase.items()),
            checks=as_record(self.checks),
        )


class RegimenTable(VersionedTable):
    record = Regimen
    section: Annotated[str, Field(pattern=r"^([1-9](\.[1-9])?)?$")]
    parts: Annotated[list[PartTable], Field(min_length=1)]
    source: Key
    grade: Grade
    decisions: list[Key] = []
    checks: list[CheckTable] = []
    advice: list[Key] = []


_REGIMEN = TypeAdapter(RegimenTable)


def read_regimen(data: dict[str, object], *, file: str) -> Regimen:
    """The regimen of one file. Raises LibraryError with file, place and reason."""
    regimen: Regimen = read_table(_REGIMEN, data, file=file)
    return regimen
