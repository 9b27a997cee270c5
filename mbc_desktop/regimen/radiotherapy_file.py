"""Reading schedules/radiotherapy/<id>.toml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.drug_file import VersionedTable
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme, RegionRule
from mbc_desktop.regimen.record_file import Count, GradedTable, Key, Number, read_table

PerWeek = Annotated[int, Field(ge=1, le=7)]
Region = Literal["bone", "spine", "cord_compression", "brain", "whole_brain", "lung", "ovary", "fungating", "svcs", "other"]


class RegionRuleTable(GradedTable):
    record = RegionRule
    region: Region
    advice: list[Key] = []
    location: Literal["", "peripheral", "central"] = ""

    @model_validator(mode="after")
    def _is_about_the_lung(self) -> RegionRuleTable:
        if self.location and self.region != "lung":
            raise ValueError("only a lesion of the lung is peripheral or central")
        return self


class RadiotherapyTable(VersionedTable):
    """The name of a scheme is its fractions and dose: 10x3, 8x7.5, free."""

    record = RadiotherapyScheme
    id: Annotated[str, Field(pattern=r"^(free|[1-9][0-9]?x[1-9][0-9]?(\.[0-9])?)$")]
    section: Annotated[str, Field(pattern=r"^([1-9](\.[1-9])?)?$")]
    fractions: Count | None = None
    dose_gy: Number | None = None
    pattern: Literal["daily", "spaced"]
    regions: Annotated[list[RegionRuleTable], Field(min_length=1)]
    source: Key
    grade: Grade
    min_gap_days: Count = 1
    per_week: PerWeek | None = None
    per_week_options: list[PerWeek] = []
    warn_gap_days: Count | None = None
    stop_gap_days: Count | None = None
    spacing_source: Key | Literal[""] = ""
    spacing_grade: Grade | None = None
    advice: list[Key] = []

    @model_validator(mode="after")
    def _can_be_given(self) -> RadiotherapyTable:
        if (self.fractions is None) != (self.dose_gy is None):
            raise ValueError("fractions and dose are either both given or both left to the course")
        if self.dose_gy == 0:
            raise ValueError("a fraction has a dose above zero")
        if self.per_week is not None and self.per_week_options and self.per_week not in self.per_week_options:
            raise ValueError("the number per week is not one of its options")
        if self.warn_gap_days is not None and self.stop_gap_days is not None and self.stop_gap_days <= self.warn_gap_days:
            raise ValueError("the gap that stops is longer than the gap that warns")
        return self


_RADIOTHERAPY = TypeAdapter(RadiotherapyTable)


def read_radiotherapy(data: dict[str, object], *, file: str) -> RadiotherapyScheme:
    """The radiotherapy scheme of one file. Raises LibraryError with file, place and reason."""
    scheme: RadiotherapyScheme = read_table(_RADIOTHERAPY, data, file=file)
    return scheme
