"""Reading what all files share: sources.toml, decisions.toml and library.toml."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Source
from mbc_desktop.regimen.decision import Decision, RegimenState, State
from mbc_desktop.regimen.record_file import Day, FileTable, GradedTable, Id, Key, Text, read_table

DecisionKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$", max_length=60)]


class SourceTable(FileTable):
    record = Source
    id: Key
    title: Text
    holder: Text
    address: Text
    edition: Text
    consulted_on: Day


class RegimenStateTable(FileTable):
    record = RegimenState
    regimen: Id
    state: State
    preselected: Text | Literal[""] = ""


class DecisionTable(GradedTable):
    record = Decision
    id: Annotated[str, Field(pattern=r"^[A-Z][1-9][0-9]?$")]
    key: DecisionKey
    options: list[Text]
    state: State
    preselected: Text | Literal[""] = ""
    course_may_choose: bool = True
    per_regimen: list[RegimenStateTable] = []

    @model_validator(mode="after")
    def _answerable(self) -> DecisionTable:
        if len(set(self.options)) != len(self.options):
            raise ValueError("an option is named twice")
        for state, preselected in [(self.state, self.preselected), *((row.state, row.preselected) for row in self.per_regimen)]:
            if (state == "preselected") != bool(preselected):
                raise ValueError("an answer is preselected exactly where the state says so")
            if preselected and self.options and preselected not in self.options:
                raise ValueError(f"the preselected answer is none of the options: {preselected}")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The content of sources.toml."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """The content of decisions.toml."""

    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The content of library.toml: which library this is and when this version was made."""

    id: str
    version: str
    made_on: date


class SourcesTable(FileTable):
    record = Sources
    sources: Annotated[list[SourceTable], Field(min_length=1)]


class DecisionsTable(FileTable):
    record = Decisions
    decisions: Annotated[list[DecisionTable], Field(min_length=1)]


class LabelTable(FileTable):
    record = Label
    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    made_on: Day


_SOURCES = TypeAdapter(SourcesTable)
_DECISIONS = TypeAdapter(DecisionsTable)
_LABEL = TypeAdapter(LabelTable)


def read_sources(data: dict[str, object], *, file: str) -> tuple[Source, ...]:
    """The references of sources.toml in file order. Raises LibraryError."""
    read: Sources = read_table(_SOURCES, data, file=file)
    return read.sources


def read_decisions(data: dict[str, object], *, file: str) -> tuple[Decision, ...]:
    """The open questions of decisions.toml in file order. Raises LibraryError."""
    read: Decisions = read_table(_DECISIONS, data, file=file)
    return read.decisions


def read_label(data: dict[str, object], *, file: str) -> Label:
    """The version of the library. Raises LibraryError."""
    read: Label = read_table(_LABEL, data, file=file)
    return read
