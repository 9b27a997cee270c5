"""Reading instructions.toml."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, TypeAdapter
from typing_extensions import override

from mbc_desktop.regimen.instructions import SECTIONS, Advice
from mbc_desktop.regimen.record_file import FileTable, GradedTable, Id, read_table

AdviceCode = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*( [1-9][0-9]{0,2}(\.5)?)?$", max_length=60)]


class InstructionTable(GradedTable):
    """One drug and one source; a code may be followed by the number that its sentence names: "women_weeks 3"."""

    record = tuple
    drug: Id
    take: list[AdviceCode] = []
    food: list[AdviceCode] = []
    missed: list[AdviceCode] = []
    vomited: list[AdviceCode] = []
    medicines: list[AdviceCode] = []
    report: list[AdviceCode] = []
    urgent: list[AdviceCode] = []
    contraception: list[AdviceCode] = []
    storage: list[AdviceCode] = []

    @override
    def to_record(self) -> tuple[str, tuple[Advice, ...]]:
        found: list[Advice] = []
        for section in SECTIONS:
            for entry in getattr(self, section):
                code, _, number = entry.partition(" ")
                value = Decimal(number) if number else None
                found.append(Advice(section=section, code=code, number=value, source=self.source, grade=self.grade))
        return self.drug, tuple(found)


class InstructionsTable(FileTable):
    record = tuple
    instructions: list[InstructionTable]

    @override
    def to_record(self) -> tuple[tuple[str, tuple[Advice, ...]], ...]:
        return tuple(table.to_record() for table in self.instructions)


_INSTRUCTIONS = TypeAdapter(InstructionsTable)


def read_instructions(data: dict[str, object], *, file: str) -> Mapping[str, tuple[Advice, ...]]:
    """What patients are told, by drug id; a drug may have several tables, one for each source. Raises LibraryError."""
    by_drug: dict[str, tuple[Advice, ...]] = {}
    for drug, advice in read_table(_INSTRUCTIONS, data, file=file):
        by_drug[drug] = by_drug.get(drug, ()) + advice
    return MappingProxyType(by_drug)
