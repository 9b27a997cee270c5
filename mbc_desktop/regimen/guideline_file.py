"""Reading schedules/guideline.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.drug import Status
from mbc_desktop.regimen.drug_file import HistoryLineTable
from mbc_desktop.regimen.guideline import Condition, Guideline, LabelNote, Section, Statement
from mbc_desktop.regimen.record_file import Count, Day, FileTable, GradedTable, Id, Key, Text, read_table

SchemeId = Annotated[str, Field(pattern=r"^([1-9][0-9]*x[0-9.]+|free)$", max_length=20)]
SectionId = Annotated[str, Field(pattern=r"^([1-9](\.[1-9])?)?$")]


class ConditionTable(FileTable):
    record = Condition
    fact: Key
    any_of: Annotated[list[Key], Field(min_length=1)]


WhenTable = list[Annotated[list[ConditionTable], Field(min_length=1)]]


class LabelNoteTable(GradedTable):
    record = LabelNote
    code: Key


class StatementTable(FileTable):
    record = Statement
    id: Key
    section: SectionId
    item: Count
    kind: Literal["note", "rule", "therapy"]
    when: WhenTable = []
    regimens: list[Id] = []
    radiotherapy: list[SchemeId] = []
    weighs: list[Key] = []
    notes: list[LabelNoteTable] = []
    kept_by: list[Key] = []
    written: Literal["", "intrathecal", "intrahepatic"] = ""
    open: Key | Literal[""] = ""


class SectionTable(FileTable):
    record = Section
    id: SectionId
    when: WhenTable = []


class GuidelineTable(FileTable):
    record = Guideline
    id: Id
    version: Text
    valid_from: Day
    reviewed_on: Day
    status: Status
    source: Key
    grade: Grade
    history: Annotated[list[HistoryLineTable], Field(min_length=1)]
    sections: Annotated[list[SectionTable], Field(min_length=1)]
    statements: Annotated[list[StatementTable], Field(min_length=1)]
    coming: list[Id] = []


_GUIDELINE = TypeAdapter(GuidelineTable)


def read_guideline(data: dict[str, object], *, file: str) -> Guideline:
    """The guideline of one file. Raises LibraryError with file, place and reason."""
    guideline: Guideline = read_table(_GUIDELINE, data, file=file)
    return guideline
