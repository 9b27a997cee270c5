"""Reading schedules/support.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from mbc_desktop.regimen.drug import Status
from mbc_desktop.regimen.drug_file import HistoryLineTable
from mbc_desktop.regimen.record_file import Count, Day, FileTable, GradedTable, Id, Key, Number, Text, read_table
from mbc_desktop.regimen.support import Emetic, EmeticRisk, Measure, Support, SupportPart


class EmeticTable(GradedTable):
    record = Emetic
    drug: Id
    risk: EmeticRisk
    with_drug: Id | Literal[""] = ""
    from_amount: Number | None = None
    unit: Text | Literal[""] = ""

    @model_validator(mode="after")
    def _has_a_unit(self) -> EmeticTable:
        if (self.from_amount is None) != (not self.unit):
            raise ValueError("an amount and its unit belong together")
        return self


class SupportPartTable(FileTable):
    record = SupportPart
    what: Key
    amount: Number | None = None
    unit: Text | Literal[""] = ""
    times: Count | None = None

    @model_validator(mode="after")
    def _has_a_unit(self) -> SupportPartTable:
        if (self.amount is None) != (not self.unit):
            raise ValueError("an amount and its unit belong together")
        return self


class MeasureTable(GradedTable):
    record = Measure
    id: Key
    drugs: list[Id] = []
    emetic_risk: EmeticRisk | None = None
    per: Literal["visit", "cycle_end", "course"]
    place: Literal["home", "day_hospital"]
    parts: Annotated[list[SupportPartTable], Field(min_length=1)]
    first: Annotated[int, Field(ge=0, le=27)] = 0
    last: Annotated[int, Field(ge=0, le=400)] | None = None
    as_needed: bool = False
    before_minutes: Annotated[list[Count], Field(max_length=2)] = []
    clear_days: Annotated[int, Field(ge=0, le=60)] = 0
    decision: Key | Literal[""] = ""
    if_decided: Text | Literal[""] = ""

    @model_validator(mode="after")
    def _can_be_placed(self) -> MeasureTable:
        if bool(self.drugs) == (self.emetic_risk is not None):
            raise ValueError("a measure is called for either by drugs or by an emetic risk")
        if self.last is not None and self.last < self.first:
            raise ValueError("the last day comes before the first")
        if self.last is None and self.per != "course":
            raise ValueError("only a measure for the course goes on without a last day")
        if len(self.before_minutes) == 2 and self.before_minutes[1] < self.before_minutes[0]:
            raise ValueError("the minutes before run from the least to the most")
        if self.if_decided and not self.decision:
            raise ValueError("an answer belongs to a decision")
        return self


class SupportTable(FileTable):
    record = Support
    id: Id
    version: Text
    valid_from: Day
    reviewed_on: Day
    status: Status
    history: Annotated[list[HistoryLineTable], Field(min_length=1)]
    emetics: list[EmeticTable] = []
    measures: list[MeasureTable] = []


_SUPPORT = TypeAdapter(SupportTable)


def read_support(data: dict[str, object], *, file: str) -> Support:
    """The supportive measures of one file. Raises LibraryError with file, place and reason."""
    support: Support = read_table(_SUPPORT, data, file=file)
    return support
