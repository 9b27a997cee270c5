"""What a hospital has approved: a regimen by version and by the very bytes of its files; a file that changed voids it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.clinical_lines import ClinicalLine, drugs_ordered
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen

ApprovalStatus = Literal["approved", "not_approved", "void"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One approval: `sha256` over all that it covers (`regimen_digest`), `by` whom and `on` which day;
    `content` is what was approved, so that a later change can be told."""

    regimen: str
    version: str
    sha256: str
    by: str
    on: date
    content: tuple[ClinicalLine, ...] = ()


def hash_of(library: Library, file: str) -> str:
    """The SHA-256 of a file of the library, or of a file of the same place in a user's own folder, whose name stands before it;
    "" when there is no such file."""
    own = (sha for path, sha in library.hashes.items() if path.endswith(f"/{file}"))
    return library.hashes.get(file) or next(own, "")


def files_of(library: Library, regimen: Regimen) -> Mapping[str, str]:
    """The regimen's file, those of the drugs it orders and the tables their doses are made by, each with its SHA-256."""
    drugs = drugs_ordered(regimen)
    files = [f"regimens/{regimen.id}.toml", *(f"drugs/{drug}.toml" for drug in drugs)]
    files += [f"dose_tables/{table}.toml" for drug in drugs for table in tables_of(library.drugs[drug])]
    return {file: hash_of(library, file) for file in sorted(files)}


def tables_of(drug: Drug) -> tuple[str, ...]:
    """The ids of the printed tables by which tablets or bands of a drug are chosen."""
    return (*drug.band_tables, *(drug.tablets.tables if drug.tablets is not None else ()))


def files_digest(library: Library, regimen: Regimen) -> str:
    """SHA-256 (hex) over the names and hashes of the regimen's files alone, as older pins have it."""
    lines = "".join(f"{file} {sha}\n" for file, sha in files_of(library, regimen).items())
    return hashlib.sha256(lines.encode()).hexdigest()
