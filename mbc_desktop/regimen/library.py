"""Everything under schedules/, read once, checked whole, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Source
from mbc_desktop.patient.cross_checks import CrossLimits, DoseOverrideLimits
from mbc_desktop.patient.date_plausibility import DatePolicy
from mbc_desktop.patient.plausibility import FieldPolicy
from mbc_desktop.regimen.combination import Combination
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.dose_tables import DoseTable
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.guideline import Guideline
from mbc_desktop.regimen.instructions import Advice
from mbc_desktop.regimen.procedure import ProcedureHold
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.regimen.support import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All data by id. `hashes` gives the SHA-256 of each file by its path under schedules/ ("drugs/fulvestrant.toml");
    `fingerprint` is the SHA-256 over all of them, `version` the library's own version. `fields`, `dates`, `dose_override`
    and `cross_limits` are the limits of what is entered (fields.toml), `instructions` what patients are told, by drug id."""

    version: str
    fingerprint: str
    hashes: Mapping[str, str]
    sources: Mapping[str, Source]
    fields: Mapping[str, FieldPolicy]
    drugs: Mapping[str, Drug]
    regimens: Mapping[str, Regimen]
    radiotherapy: Mapping[str, RadiotherapyScheme]
    decisions: Mapping[str, Decision]
    dates: Mapping[str, DatePolicy] = field(default_factory=dict)
    dose_override: DoseOverrideLimits | None = None
    cross_limits: CrossLimits | None = None
    dose_tables: Mapping[str, DoseTable] = field(default_factory=dict)
    guideline: Guideline | None = None
    support: Support | None = None
    combinations: tuple[Combination, ...] = ()
    instructions: Mapping[str, tuple[Advice, ...]] = field(default_factory=dict)
    procedure_holds: tuple[ProcedureHold, ...] = ()
