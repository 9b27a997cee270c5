"""Reading schedules/procedures.toml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter, model_validator

from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.procedure import Procedure, ProcedureHold
from mbc_desktop.regimen.record_file import FileTable, GradedTable, Id, Key, read_table

Distance = Annotated[int, Field(ge=0, le=366)]


class ProcedureHoldTable(GradedTable):
    record = ProcedureHold
    id: Id
    procedures: Annotated[list[Procedure], Field(min_length=1)]
    drugs: list[Id] = []
    classes: list[Key] = []
    before_days: Distance = 0
    after_days: Distance = 0
    until_healed: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> ProcedureHoldTable:
        if not self.drugs and not self.classes:
            raise ValueError("names neither a drug nor a class")
        if not (self.before_days or self.after_days or self.until_healed):
            raise ValueError("needs before_days, after_days or until_healed")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureHolds:
    """The content of procedures.toml."""

    holds: tuple[ProcedureHold, ...]


class ProcedureHoldsTable(FileTable):
    record = ProcedureHolds
    holds: list[ProcedureHoldTable]


_HOLDS = TypeAdapter(ProcedureHoldsTable)


def read_procedure_holds(data: dict[str, object], *, file: str) -> tuple[ProcedureHold, ...]:
    """The rules of one file. Raises LibraryError with file, place and reason."""
    found: ProcedureHolds = read_table(_HOLDS, data, file=file)
    return found.holds
