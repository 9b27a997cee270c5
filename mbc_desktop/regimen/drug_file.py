"""Reading schedules/drugs/<id>.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator
from typing_extensions import override

from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.drug import (
    Concentration,
    Cumulative,
    Drug,
    FactCaution,
    Form,
    HistoryLine,
    Infusion,
    Levels,
    Names,
    NotWith,
    Observation,
    OnlyWith,
    Packs,
    Partner,
    Place,
    Practice,
    Status,
    TabletChoice,
)
from mbc_desktop.regimen.hold_rules_file import HoldTable
from mbc_desktop.regimen.record_file import Count, Day, FileTable, GradedTable, Id, Key, Number, Text, read_table
from mbc_desktop.regimen.rules_file import AdjustmentTable, CheckTable, DoseUnit, LimitTable, TimingTable

Route = Literal["IV", "SC", "IM", "PO"]
"""The routes that exist here. Intrathecal is none of them: no file can ask for it."""


class HistoryLineTable(FileTable):
    record = HistoryLine
    on: Day
    change: Text
    affects: Text


class VersionedTable(FileTable):
    """What drug, regimen and radiotherapy files have in common."""

    id: Id
    version: Annotated[str, Field(pattern=r"^[1-9][0-9]*(\.[0-9]+)*$")]
    valid_from: Day
    reviewed_on: Day
    status: Status
    history: Annotated[list[HistoryLineTable], Field(min_length=1)]
    search: list[Text] = []
    valid_until: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> VersionedTable:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError("valid_until comes before valid_from")
        return self


class NamesTable(FileTable):
    record = Names
    nl: Text
    fr: Text
    de: Text
    en: Text


class FormTable(GradedTable):
    record = Form
    id: Id
    form: Key
    strength: Number
    unit: Literal["mg", "mL"]
    volume_ml: Number | None = None
    draw_step_ml: Number | None = None
    divisible: Count = 1
    formulary_only: bool = False

    @model_validator(mode="after")
    def _can_be_counted(self) -> FormTable:
        if self.strength == 0 or self.volume_ml == 0 or self.draw_step_ml == 0:
            raise ValueError("a strength, a volume and a step are above zero")
        if self.draw_step_ml is not None and self.volume_ml is None:
            raise ValueError("a step to draw up belongs to a form with a volume")
        return self


class PacksTable(GradedTable):
    record = Packs
    form: Id
    sizes: Annotated[list[Count], Field(min_length=1)]


class LevelsTable(GradedTable):
    record = Levels
    amounts: Annotated[list[Number], Field(min_length=1)]
    unit: DoseUnit

    @model_validator(mode="after")
    def _goes_down(self) -> LevelsTable:
        if any(lower >= upper for upper, lower in zip(self.amounts, self.amounts[1:], strict=False)):
            raise ValueError("dose levels run from high to low")
        return self


class InfusionTable(GradedTable):
    record = Infusion
    volume_ml: Number | None = None
    minutes: Count | None = None
    from_mg: Number | None = None
    from_mg_ml: Number | None = None

    @model_validator(mode="after")
    def _has_both_volumes(self) -> InfusionTable:
        if (self.from_mg is None) != (self.from_mg_ml is None) or (self.from_mg is not None and self.volume_ml is None):
            raise ValueError("another volume from a dose on needs that dose, its volume, and the volume below it")
        return self


class ConcentrationTable(GradedTable):
    record = Concentration
    lowest: Number | None = None
    highest: Number | None = None
    least_ml: Number | None = None
    most_ml: Number | None = None

    @model_validator(mode="after")
    def _runs_up(self) -> ConcentrationTable:
        edges = (self.lowest, self.highest, self.least_ml, self.most_ml)
        if all(edge is None for edge in edges):
            raise ValueError("names neither a concentration nor a volume")
        if any(edge == 0 for edge in edges):
            raise ValueError("a concentration is above zero, and so is a volume")
        for low, high, what in ((*edges[:2], "concentration"), (*edges[2:], "volume")):
            if low is not None and high is not None and low >= high:
                raise ValueError(f"the lowest {what} is not below the highest")
        return self


class CumulativeTable(GradedTable):
    record = Cumulative
    group: Key
    equivalents: Annotated[dict[str, Number], Field(min_length=1)]
    own_limit: Number | None = None
    own_limit_source: Key | Literal[""] = ""
    own_limit_grade: Grade = "protocol"
    uncounted: list[Text] = []

    @model_validator(mode="after")
    def _counts(self) -> CumulativeTable:
        if not all(self.equivalents.values()):
            raise ValueError("an equivalent is above zero: what does not count is left out")
        return self

    @override
    def to_record(self) -> Cumulative:
        plain = {name: getattr(self, name) for name in type(self).model_fields if name not in ("equivalents", "uncounted")}
        return Cumulative(**plain, equivalents=tuple(self.equivalents.items()), uncounted=tuple(self.uncounted))


class PracticeTable(GradedTable):
    record = Practice
    most: Number
    unit: DoseUnit


class FactCautionTable(GradedTable):
    record = FactCaution
    facts: Annotated[list[Key], Field(min_length=1)]
    value: Text
    finding: Key


class NotWithTable(GradedTable):
    record = NotWith
    drugs: Annotated[list[Id], Field(min_length=1)]
    finding: Key


class OnlyWithTable(GradedTable):
    record = OnlyWith
    drugs: Annotated[list[Id], Field(min_length=1)]


class PartnerTable(GradedTable):
    record = Partner
    drugs: Annotated[list[Id], Field(min_length=1)]


class TabletChoiceTable(FileTable):
    record = TabletChoice
    decision: Key
    tables: Annotated[list[Key], Field(min_length=1)]


class ObservationTable(GradedTable):
    record = Observation
    minutes: Count
    observe_minutes: Count
    decision: Key
    if_decided: Text


class DrugTable(VersionedTable):
    record = Drug
    inn: NamesTable
    brands: list[Text]
    classes: Annotated[list[Key], Field(min_length=1)]
    routes: Annotated[list[Route], Field(min_length=1)]
    place: Place
    forms: list[FormTable]
    look_alikes: list[Id] = []
    timing: list[TimingTable] = []
    levels: LevelsTable | None = None
    infusion: InfusionTable | None = None
    concentration: ConcentrationTable | None = None
    observations: list[ObservationTable] = []
    band_tables: list[Key] = []
    cumulative: CumulativeTable | None = None
    practice: PracticeTable | None = None
    adjust: list[AdjustmentTable] = []
    limits: list[LimitTable] = []
    tablets: TabletChoiceTable | None = None
    packs: list[PacksTable] = []
    holds: list[HoldTable] = []
    checks: list[CheckTable] = []
    antibodies: list[Id] = []
    cautions: list[FactCautionTable] = []
    not_with: list[NotWithTable] = []
    only_with: OnlyWithTable | None = None
    partner: PartnerTable | None = None
    advice: list[Key] = []


_DRUG = TypeAdapter(DrugTable)


def read_drug(data: dict[str, object], *, file: str) -> Drug:
    """The drug of one file. Raises LibraryError with file, place and reason."""
    drug: Drug = read_table(_DRUG, data, file=file)
    return drug
