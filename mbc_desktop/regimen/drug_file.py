"""Reading schedules/drugs/<id>.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from mbc_desktop.regimen.drug import Drug, Form, HistoryLine, Infusion, Levels, Names, Place, Status, TabletChoice
from mbc_desktop.regimen.record_file import Count, Day, FileTable, GradedTable, Id, Key, Number, Text, read_table
from mbc_desktop.regimen.rules_file import AdjustmentTable, CheckTable, DoseUnit, HoldTable, LimitTable, TimingTable

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

    @model_validator(mode="after")
    def _can_be_counted(self) -> FormTable:
        if self.strength == 0 or self.volume_ml == 0 or self.draw_step_ml == 0:
            raise ValueError("a strength, a volume and a step are above zero")
        if self.draw_step_ml is not None and self.volume_ml is None:
            raise ValueError("a step to draw up belongs to a form with a volume")
        return self


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


class TabletChoiceTable(FileTable):
    record = TabletChoice
    decision: Key
    tables: Annotated[list[Key], Field(min_length=1)]


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
    adjust: list[AdjustmentTable] = []
    limits: list[LimitTable] = []
    tablets: TabletChoiceTable | None = None
    holds: list[HoldTable] = []
    checks: list[CheckTable] = []
    advice: list[Key] = []


_DRUG = TypeAdapter(DrugTable)


def read_drug(data: dict[str, object], *, file: str) -> Drug:
    """The drug of one file. Raises LibraryError with file, place and reason."""
    drug: Drug = read_table(_DRUG, data, file=file)
    return drug
