"""Reading schedules/fields.toml: the limits of typed numbers and dates."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, model_validator
from typing_extensions import override

from mbc_desktop.core.typed_number import fold_unit
from mbc_desktop.patient.cross_checks import BodyLimits, CreatinineLimits, CrossLimits, DoseOverrideLimits, WeightChangeLimits
from mbc_desktop.patient.date_plausibility import BirthDatePolicy, DatePolicy, PastDatePolicy, PlannedDatePolicy
from mbc_desktop.patient.plausibility import Doubt, FieldPolicy, Fields
from mbc_desktop.regimen.drug import Status
from mbc_desktop.regimen.drug_file import HistoryLineTable
from mbc_desktop.regimen.record_file import Day, FileTable, GradedTable, Id, Key, Number, Text, as_record, read_table
from mbc_desktop.regimen.toml_text import parse_toml, read_bytes

FILE = "fields.toml"

Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", max_length=40)]
Unit = Annotated[str, Field(max_length=20)]
NumberPair = Annotated[list[Number], Field(min_length=2, max_length=2)]
Years = Annotated[int, Field(ge=0, le=150)]
YearPair = Annotated[list[Years], Field(min_length=2, max_length=2)]
Days = Annotated[int, Field(ge=1, le=40000)]


class DoubtTable(FileTable):
    record = Doubt
    low: Number
    high: Number
    code: Code
    unit: Unit = ""


class AgesTable(GradedTable):
    fresh_days: Days
    refuse_days: Days

    @model_validator(mode="after")
    def _asked_before_refused(self) -> AgesTable:
        if self.fresh_days >= self.refuse_days:
            raise ValueError("a value is asked about before it is refused")
        return self


class NumberTable(GradedTable):
    id: Key
    kind: Key
    unit: Unit
    spellings: list[Text]
    decimals: Annotated[int, Field(ge=0, le=2)]
    hard: NumberPair | None = None
    soft: NumberPair | None = None
    other_units: list[DoubtTable] = []
    doubts: list[DoubtTable] = []
    mentions: list[DoubtTable] = []
    ages: Key | None = None

    @model_validator(mode="after")
    def _unit_can_be_typed(self) -> NumberTable:
        if (self.unit == "") != (not self.spellings):
            raise ValueError("a field has spellings exactly when it has a unit")
        if self.unit and fold_unit(self.unit) not in map(fold_unit, self.spellings):
            raise ValueError(f"the unit itself is none of its spellings: {self.unit}")
        return self

    @model_validator(mode="after")
    def _limits_lie_in_each_other(self) -> NumberTable:
        for name, pair in (("hard", self.hard), ("soft", self.soft)):
            if pair is not None and pair[0] > pair[1]:
                raise ValueError(f"the {name} limits stand the wrong way round")
        if self.hard is None:
            if self.soft or self.other_units or self.doubts or self.mentions:
                raise ValueError("a field without hard limits has no other limits")
            return self
        if self.soft is not None and not (self.hard[0] <= self.soft[0] and self.soft[1] <= self.hard[1]):
            raise ValueError("the soft limits lie outside the hard limits")
        for doubt in (*self.doubts, *self.mentions):
            if not self.hard[0] <= doubt.low <= doubt.high <= self.hard[1]:
                raise ValueError(f"this range does not lie inside the hard limits: {doubt.code}")
        for other in self.other_units:
            if not (other.low <= other.high and (other.high < self.hard[0] or self.hard[1] < other.low)):
                raise ValueError(f"this range does not lie outside the hard limits: {other.code}")
        return self


class PlannedDateTable(GradedTable):
    record = PlannedDatePolicy
    kind: Literal["planned"]
    open_days_only: bool
    ask_days_ahead: Days | None = None
    refuse_days_ahead: Days
    ask_days_ago: Days | None = None
    refuse_days_ago: Days


class BirthDateTable(GradedTable):
    record = BirthDatePolicy
    kind: Literal["birth"]
    hard_years: YearPair
    soft_years: YearPair

    @model_validator(mode="after")
    def _years_lie_in_each_other(self) -> BirthDateTable:
        if not self.hard_years[0] <= self.soft_years[0] <= self.soft_years[1] <= self.hard_years[1]:
            raise ValueError("the soft ages lie outside the hard ages")
        return self


class PastDateTable(GradedTable):
    kind: Literal["past"]
    ages: Key | None = None


DateTable = Annotated[PlannedDateTable | BirthDateTable | PastDateTable, Field(discriminator="kind")]


class BodyTable(GradedTable):
    record = BodyLimits
    hard: NumberPair
    soft: NumberPair


class WeightChangeTable(GradedTable):
    record = WeightChangeLimits
    ask_percents: Annotated[list[Number], Field(min_length=1)]
    refuse_percent: Number
    pounds_per_kilogram: Number
    pound_tolerance_percent: Number


class CreatinineTable(GradedTable):
    record = CreatinineLimits
    ask_percent: Number


class DoseOverrideTable(GradedTable):
    record = DoseOverrideLimits
    lowest_percent: Number
    highest_percent: Number
    ask_percent: Number


class ChecksTable(FileTable):
    record = CrossLimits
    body: BodyTable
    weight_change: WeightChangeTable
    creatinine: CreatinineTable
    dose_override: DoseOverrideTable


class FieldsTable(FileTable):
    id: Id
    version: Annotated[str, Field(pattern=r"^[1-9][0-9]*(\.[0-9]+)*$")]
    valid_from: Day
    reviewed_on: Day
    status: Status
    ages: dict[Key, AgesTable]
    numbers: Annotated[list[NumberTable], Field(min_length=1)]
    dates: dict[Key, DateTable]
    checks: ChecksTable
    history: Annotated[list[HistoryLineTable], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_are_one_field_each(self) -> FieldsTable:
        ids = [number.id for number in self.numbers] + list(self.dates)
        for id in ids:
            if ids.count(id) > 1:
                raise ValueError(f"a field is named twice: {id}")
        measured = [(number.kind, number.unit) for number in self.numbers]
        for kind, unit in measured:
            if measured.count((kind, unit)) > 1:
                raise ValueError(f"two fields measure the same in the same unit: {kind}, {unit}")
        return self

    @model_validator(mode="after")
    def _ages_are_there(self) -> FieldsTable:
        of_dates = [date.ages for date in self.dates.values() if isinstance(date, PastDateTable)]
        for ages in (*of_dates, *(number.ages for number in self.numbers)):
            if ages is not None and ages not in self.ages:
                raise ValueError(f"these ages are not in the file: {ages}")
        return self

    @override
    def to_record(self) -> Fields:
        """The fields with their ages filled in."""
        return Fields(
            numbers=MappingProxyType({number.id: self._number(number) for number in self.numbers}),
            dates=MappingProxyType({id: self._date(date) for id, date in self.dates.items()}),
            checks=as_record(self.checks),
        )

    def _number(self, number: NumberTable) -> FieldPolicy:
        told = {name: as_record(getattr(number, name)) for name in NumberTable.model_fields if name != "ages"}
        return FieldPolicy(**told, **self._ages(number.ages))

    def _date(self, date: PlannedDateTable | BirthDateTable | PastDateTable) -> DatePolicy:
        if not isinstance(date, PastDateTable):
            policy: PlannedDatePolicy | BirthDatePolicy = as_record(date)
            return policy
        return PastDatePolicy(kind="past", source=date.source, grade=date.grade, **self._ages(date.ages))

    def _ages(self, name: str | None) -> dict[str, Any]:
        ages = None if name is None else self.ages[name]
        return {"fresh_days": ages and ages.fresh_days, "refuse_days": ages and ages.refuse_days}


_FIELDS = TypeAdapter(FieldsTable)


def read_fields(data: dict[str, object], *, file: str) -> Fields:
    """The content of fields.toml. Raises LibraryError(file, place, reason)."""
    fields: Fields = read_table(_FIELDS, data, file=file)
    return fields


def load_fields(folder: Path) -> Fields:
    """The fields of the library in `folder`, without the rest of the library. Raises LibraryError(file, place, reason)."""
    name = f"{folder.name}/{FILE}"
    return read_fields(parse_toml(read_bytes(folder / FILE, inside=folder, name=name), name=name), file=name)
