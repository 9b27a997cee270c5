"""Reading schedules/combinations.toml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, TypeAdapter, model_validator

from mbc_desktop.core.finding import Severity
from mbc_desktop.core.record import dataclass
from mbc_desktop.regimen.combination import Combination, CombinationKind, Inside, Technique
from mbc_desktop.regimen.record_file import FileTable, GradedTable, Id, Key, read_table

Distance = Annotated[int, Field(ge=0, le=366)]
_WITH_SPAN = ("apart", "hold", "skip", "soon_after")


class CombinationTable(GradedTable):
    record = Combination
    id: Id
    kind: CombinationKind
    severity: Severity
    drugs: list[Id] = []
    classes: list[Key] = []
    technique: Technique = "any"
    inside: list[Inside] = []
    before_days: Distance = 0
    after_days: Distance = 0
    ask: bool = True

    @model_validator(mode="after")
    def _speaks_of_something(self) -> CombinationTable:
        if not self.drugs and not self.classes:
            raise ValueError("names neither a drug nor a class")
        if (self.kind in _WITH_SPAN) and not (self.before_days or self.after_days):
            raise ValueError(f"a rule of the kind {self.kind} needs before_days or after_days")
        if not self.ask and not self.inside:
            raise ValueError("ask is about what lies in the field, and inside names nothing")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Combinations:
    """The content of combinations.toml."""

    combinations: tuple[Combination, ...]


class CombinationsTable(FileTable):
    record = Combinations
    combinations: list[CombinationTable]


_COMBINATIONS = TypeAdapter(CombinationsTable)


def read_combinations(data: dict[str, object], *, file: str) -> tuple[Combination, ...]:
    """The rules of one file. Raises LibraryError with file, place and reason."""
    found: Combinations = read_table(_COMBINATIONS, data, file=file)
    return found.combinations
