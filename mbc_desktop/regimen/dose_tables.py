"""Printed tables that a dose is looked up in: dose bands of a pharmacy, tablets by body surface, volumes to take out of a
ready-made bag."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.drug import HistoryLine, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseBand:
    """One row: a computed dose from `at_least` (inclusive) to `below` (exclusive), mg, becomes `dose` mg."""

    at_least: Decimal
    below: Decimal
    dose: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletRow:
    """One row: from `at_least` m2 (inclusive) up to the next row, one intake is `dose` mg, made of these tablets; the printed
    doses for 75 % and 50 % of it."""

    at_least: Decimal
    dose: Decimal
    tablets_500: int
    tablets_150: int
    dose_75_percent: Decimal
    dose_50_percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRow:
    """One row: from `at_least` m2 (inclusive) up to the next row, one intake is `dose` mg."""

    at_least: Decimal
    dose: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class BagRow:
    """One row: for `dose` mg, `remove_ml` millilitres are taken out of the bag and replaced by solvent."""

    dose: Decimal
    remove_ml: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseBandTable:
    """Dose bands for one stock concentration (mg/mL), rows from low to high without a hole."""

    kind: Literal["dose_bands"]
    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    concentration: Decimal
    rows: tuple[DoseBand, ...]
    source: str
    grade: Grade
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletTable:
    """Tablets per intake by body surface for one dose per m2 (mg/m2 per intake), rows from low to high, the first from 0."""

    kind: Literal["tablets_by_surface"]
    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    drug: str
    per_m2: Decimal
    rows: tuple[TabletRow, ...]
    source: str
    grade: Grade
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceTable:
    """The dose of one intake by body surface for one dose per m2 (mg/m2), rows from low to high; below the first there is no dose
    in print."""

    kind: Literal["dose_by_surface"]
    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    drug: str
    per_m2: Decimal
    rows: tuple[PieceRow, ...]
    source: str
    grade: Grade
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BagTable:
    """Volumes to take out of a ready-made bag of `volume_ml` millilitres that holds `content` mg."""

    kind: Literal["bag_removal"]
    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    drug: str
    volume_ml: Decimal
    content: Decimal
    rows: tuple[BagRow, ...]
    source: str
    grade: Grade
    history: tuple[HistoryLine, ...]


DoseTable = DoseBandTable | TabletTable | PieceTable | BagTable


# The ways of a site to make tablets of a dose (decisions A15 and A16): the first and the last for any drug, the others for
# capecitabine.
LABEL_TABLE = "label table"
SOLVER = "solver"
LARGE_ONLY = "500 mg only"
NEAREST_SUM = "nearest sum"
