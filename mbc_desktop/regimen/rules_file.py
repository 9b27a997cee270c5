"""Reading the closed kinds of rule of a drug or regimen file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from typing_extensions import override

from mbc_desktop.core.finding import Severity
from mbc_desktop.regimen.dose_rules import (
    Action,
    Band,
    BandRow,
    ByClass,
    Ceiling,
    Check,
    ClassRow,
    Condition,
    ExposureDose,
    FixedDose,
    Outcome,
    SingleLimit,
    SurfaceDose,
    Timing,
    Together,
    TogetherRow,
    UndecidedDose,
    WeightDose,
)
from mbc_desktop.regimen.record_file import Count, Cycles, FileTable, GradedTable, Key, Number, Text, as_record

DoseUnit = Literal["mg", "mg/m2", "mg/kg"]


class FixedDoseTable(FileTable):
    record = FixedDose
    kind: Literal["fixed"]
    amount: Number
    unit: Literal["mg", "mL"]


class SurfaceDoseTable(FileTable):
    record = SurfaceDose
    kind: Literal["per_m2"]
    amount: Number
    unit: Literal["mg/m2"]


class WeightDoseTable(FileTable):
    record = WeightDose
    kind: Literal["per_kg"]
    amount: Number
    unit: Literal["mg/kg"]


class UndecidedDoseTable(FileTable):
    record = UndecidedDose
    kind: Literal["by_decision"]
    decision: Key
    per: Literal["fixed", "per_m2", "per_kg"]
    unit: DoseUnit

    @model_validator(mode="after")
    def _unit_fits(self) -> UndecidedDoseTable:
        if self.unit != {"fixed": "mg", "per_m2": "mg/m2", "per_kg": "mg/kg"}[self.per]:
            raise ValueError(f"the unit {self.unit} does not fit a dose {self.per}")
        return self


class ExposureDoseTable(FileTable):
    record = ExposureDose
    kind: Literal["auc"]
    amount: Number
    unit: Literal["mg/mL.min"]


BaseDoseTable = Annotated[
    FixedDoseTable | SurfaceDoseTable | WeightDoseTable | UndecidedDoseTable | ExposureDoseTable, Field(discriminator="kind")
]


class OutcomeTable(FileTable):
    """What a row says; written in the row itself, without a table of its own."""

    record = Outcome
    action: Action = "give"
    dose: Number | None = None
    lower_to: Number | None = None
    percent: Number | None = None
    percent_from: Number | None = None
    part: Annotated[list[Count], Field(min_length=2, max_length=2)] | None = None
    if_there_already: Number | None = None
    times: Count | None = None
    every_days: Count | None = None
    infusion_ml: Number | None = None
    minutes: Count | None = None
    decision: Key | Literal[""] = ""
    finding: Key | Literal[""] = ""
    severity: Severity = "caution"

    def outcome(self) -> Outcome:
        """The outcome alone, without the keys of the row around it."""
        return Outcome(**{name: as_record(getattr(self, name)) for name in OutcomeTable.model_fields})

    @model_validator(mode="after")
    def _says_something_possible(self) -> OutcomeTable:
        changes = (self.dose, self.lower_to, self.percent, self.part, self.times, self.every_days, self.infusion_ml, self.minutes)
        if self.action != "give" and any(change is not None for change in changes):
            raise ValueError(f"{self.action} gives no dose, so the row can change none")
        if self.decision and self.dose is not None:
            raise ValueError("the dose comes either from the row or from the decision")
        if self.percent is not None and not 0 < self.percent < 100:
            raise ValueError("a percentage lowers the dose: between 0 and 100")
        if self.if_there_already is not None and (self.dose is None or self.if_there_already >= self.dose):
            raise ValueError("if_there_already is a dose below the row's own")
        if self.part is not None and not self.part[0] < self.part[1]:
            raise ValueError("a part lowers the dose: the first number is smaller than the second")
        if self.part is not None and self.percent is not None:
            raise ValueError("a row says either a percentage or a part")
        if self.percent_from is not None and self.percent is None:
            raise ValueError("percent_from says for which orders the percentage holds, so it needs one")
        return self


class BandRowTable(OutcomeTable):
    above: Number | None = None
    at_least: Number | None = None

    @override
    def to_record(self) -> BandRow:
        return BandRow(outcome=self.outcome(), above=self.above, at_least=self.at_least)


class BandTable(GradedTable):
    record = Band
    kind: Literal["band"]
    id: Key
    by: Key
    rows: Annotated[list[BandRowTable], Field(min_length=1)]
    optional: bool = False
    rebanding: Key | Literal[""] = ""


class ClassRowTable(OutcomeTable):
    value: Text

    @override
    def to_record(self) -> ClassRow:
        return ClassRow(value=self.value, outcome=self.outcome())


class ByClassTable(GradedTable):
    record = ByClass
    kind: Literal["class"]
    id: Key
    by: Key
    rows: Annotated[list[ClassRowTable], Field(min_length=1)]


class ConditionTable(FileTable):
    record = Condition
    of: Key
    above: Number | None = None
    at_least: Number | None = None

    @model_validator(mode="after")
    def _one_edge(self) -> ConditionTable:
        if (self.above is None) == (self.at_least is None):
            raise ValueError("a condition has exactly one of above and at_least")
        return self


class TogetherRowTable(OutcomeTable):
    conditions: Annotated[list[ConditionTable], Field(min_length=1)]

    @override
    def to_record(self) -> TogetherRow:
        return TogetherRow(conditions=as_record(self.conditions), outcome=self.outcome())


class TogetherTable(GradedTable):
    record = Together
    kind: Literal["together"]
    id: Key
    rows: Annotated[list[TogetherRowTable], Field(min_length=1)]


AdjustmentTable = Annotated[BandTable | ByClassTable | TogetherTable, Field(discriminator="kind")]


class SingleLimitTable(GradedTable):
    record = SingleLimit
    kind: Literal["single"]
    id: Key
    at_most: Number
    unit: Literal["mg"]
    for_dose: Number | None = None


class CeilingTable(GradedTable):
    record = Ceiling
    kind: Literal["ceiling"]
    id: Key
    at_most: Number
    unit: Literal["mg/kg", "mg/m2"]
    round_down: bool = False


LimitTable = Annotated[SingleLimitTable | CeilingTable, Field(discriminator="kind")]


class CheckTable(GradedTable):
    record = Check
    kind: Key
    days: Annotated[list[int], Field(min_length=1)]
    cycles: Cycles
    move: Literal["nearest", "later", "earlier"] = "nearest"
    every_cycles: Count = 1
    decision: Key | Literal[""] = ""
    if_decided: Text | Literal[""] = ""
    note: Key | Literal[""] = ""


class TimingTable(GradedTable):
    record = Timing
    window: Annotated[list[int], Field(min_length=2, max_length=2)]
    shift: Literal["later", "earlier", "nearest", "none"]
    anchor: Literal["planned", "actual"]
    minimum_days: Count
    maximum_days: Count | None = None
    phase: Key | Literal[""] = ""

    @model_validator(mode="after")
    def _possible(self) -> TimingTable:
        first, last = self.window
        if not -28 <= first <= 0 <= last <= 28:
            raise ValueError("a window runs from at most 28 days before to at most 28 days after the due date, and holds it")
        if self.maximum_days is not None and self.maximum_days < self.minimum_days:
            raise ValueError("the greatest interval is shorter than the least")
        return self
