"""Reading schedules/dose_tables/<id>.toml."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, model_validator

from mbc_desktop.regimen.dose_tables import (
    BagRow,
    BagTable,
    DoseBand,
    DoseBandTable,
    DoseTable,
    PieceRow,
    PieceTable,
    TabletRow,
    TabletTable,
)
from mbc_desktop.regimen.drug import Status
from mbc_desktop.regimen.drug_file import HistoryLineTable
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.record_file import Day, FileTable, GradedTable, Id, Key, Number, read_table
from mbc_desktop.regimen.toml_text import parse_toml, read_bytes

FOLDER = "dose_tables"
Tablets = Annotated[int, Field(ge=0, le=20)]


class DoseBandRow(FileTable):
    record = DoseBand
    at_least: Number
    below: Number
    dose: Number


class TabletFileRow(FileTable):
    record = TabletRow
    at_least: Number
    dose: Number
    tablets_500: Tablets
    tablets_150: Tablets
    dose_75_percent: Number
    dose_50_percent: Number


class PieceFileRow(FileTable):
    record = PieceRow
    at_least: Number
    dose: Number


class BagFileRow(FileTable):
    record = BagRow
    dose: Number
    remove_ml: Number


class TableFile(GradedTable):
    """What every dose table has in common."""

    id: Key
    version: Annotated[str, Field(pattern=r"^[1-9][0-9]*(\.[0-9]+)*$")]
    valid_from: Day
    reviewed_on: Day
    status: Status
    history: Annotated[list[HistoryLineTable], Field(min_length=1)]


class DoseBandsFile(TableFile):
    record = DoseBandTable
    kind: Literal["dose_bands"]
    concentration: Number
    rows: Annotated[list[DoseBandRow], Field(min_length=2)]

    @model_validator(mode="after")
    def _has_no_hole(self) -> DoseBandsFile:
        for row in self.rows:
            if not row.at_least <= row.dose < row.below:
                raise ValueError(f"the band of {row.dose} mg lies outside its own row")
        for lower, upper in zip(self.rows, self.rows[1:], strict=False):
            if lower.below != upper.at_least:
                raise ValueError(f"a row ends at {lower.below} mg and the next begins at {upper.at_least} mg")
        return self


class TabletsFile(TableFile):
    record = TabletTable
    kind: Literal["tablets_by_surface"]
    drug: Id
    per_m2: Number
    rows: Annotated[list[TabletFileRow], Field(min_length=2)]

    @model_validator(mode="after")
    def _is_total_and_adds_up(self) -> TabletsFile:
        if self.rows[0].at_least != 0:
            raise ValueError("the first row begins at 0 m2")
        for lower, upper in zip(self.rows, self.rows[1:], strict=False):
            if not (lower.at_least < upper.at_least and lower.dose < upper.dose):
                raise ValueError(f"rows rise in surface and dose, also at {upper.at_least} m2")
        for row in self.rows:
            if 500 * row.tablets_500 + 150 * row.tablets_150 != row.dose:
                raise ValueError(f"the tablets do not add up to {row.dose} mg")
        return self


class PiecesFile(TableFile):
    record = PieceTable
    kind: Literal["dose_by_surface"]
    drug: Id
    per_m2: Number
    rows: Annotated[list[PieceFileRow], Field(min_length=2)]

    @model_validator(mode="after")
    def _rises(self) -> PiecesFile:
        for lower, upper in zip(self.rows, self.rows[1:], strict=False):
            if not (lower.at_least < upper.at_least and lower.dose <= upper.dose):
                raise ValueError(f"rows rise in surface and fall in no dose, also at {upper.at_least} m2")
        return self


class BagFile(TableFile):
    record = BagTable
    kind: Literal["bag_removal"]
    drug: Id
    volume_ml: Number
    content: Number
    rows: Annotated[list[BagFileRow], Field(min_length=1)]

    @model_validator(mode="after")
    def _removes_what_is_there(self) -> BagFile:
        if any(row.remove_ml >= self.volume_ml or row.dose > self.content for row in self.rows):
            raise ValueError("no more is taken out than the bag holds")
        return self


_TABLE: TypeAdapter[Any] = TypeAdapter(Annotated[DoseBandsFile | TabletsFile | PiecesFile | BagFile, Field(discriminator="kind")])


def read_dose_table(data: dict[str, object], *, file: str) -> DoseTable:
    """The dose table of one file. Raises LibraryError with file, place and reason."""
    table: DoseTable = read_table(_TABLE, data, file=file)
    return table


def read_dose_tables(schedules: Path) -> Mapping[str, DoseTable]:
    """Every table of schedules/dose_tables by id, each file named like its id. Raises LibraryError for the first bad file."""
    found: dict[str, DoseTable] = {}
    for path in sorted((schedules / FOLDER).glob("*.toml")):
        name = f"{FOLDER}/{path.name}"
        table = read_dose_table(parse_toml(read_bytes(path, inside=schedules, name=name), name=name), file=name)
        if table.id != path.stem:
            raise LibraryError(name, "id", f"is {table.id}, but the file is called {path.stem}")
        found[table.id] = table
    return MappingProxyType(found)
