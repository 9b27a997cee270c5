"""Procedures and the drugs that pause around them: surgery, a tooth that is pulled, a port."""

from __future__ import annotations

from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade

Procedure = Literal["surgery", "dental_extraction", "port_placement"]
PROCEDURES: tuple[Procedure, ...] = ("surgery", "dental_extraction", "port_placement")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureHold:
    """One rule: these drugs (by id or class) pause around these procedures. Last dose on or before the procedure minus
    `before_days`, first dose on or after it plus `after_days`. `until_healed`: after the procedure nothing is given until a
    person records that the wound has healed (an event "resume")."""

    id: str
    procedures: tuple[Procedure, ...]
    source: str
    grade: Grade
    drugs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    before_days: int = 0
    after_days: int = 0
    until_healed: bool = False
