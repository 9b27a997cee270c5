"""Reading the closed kinds of rule that hold a dose back."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from mbc_desktop.regimen.hold_rules import (
    CalciumGate,
    ClearanceGate,
    CreatinineRise,
    DentalGate,
    EscalationGate,
    GeneTestGate,
    HeartGate,
    HeartRow,
    RecentGate,
    RiseLimit,
    ThresholdGate,
)
from mbc_desktop.regimen.record_file import FileTable, GradedTable, Key, Number, Text


class RiseLimitTable(FileTable):
    record = RiseLimit
    unit: Literal["mg/dL", "umol/L"]
    normal_up_to: Number
    rise_if_normal: Number
    rise_if_raised: Number


class CreatinineRiseTable(GradedTable):
    record = CreatinineRise
    kind: Literal["creatinine_rise"]
    id: Key
    limits: Annotated[list[RiseLimitTable], Field(min_length=1)]
    resume_within: Number


class CalciumGateTable(GradedTable):
    record = CalciumGate
    kind: Literal["calcium_gate"]
    id: Key
    ask_from_mmol: Number
    ask_from_mg: Number


class ClearanceGateTable(GradedTable):
    record = ClearanceGate
    kind: Literal["clearance_gate"]
    id: Key
    below: Number
    decision: Key
    release_if: Text


class DentalGateTable(GradedTable):
    record = DentalGate
    kind: Literal["dental_gate"]
    id: Key


class ThresholdGateTable(GradedTable):
    record = ThresholdGate
    kind: Literal["threshold"]
    id: Key
    of: Key
    unit: Text
    when: Literal["start", "cycle", "always"]
    at_least: Number | None = None
    below: Number | None = None
    at_most: Number | None = None
    verdict: Literal["wait", "ask"] = "wait"
    days: list[int] = []
    optional: bool = False
    decision: Key | Literal[""] = ""

    @model_validator(mode="after")
    def _one_limit(self) -> ThresholdGateTable:
        if [self.at_least, self.below, self.at_most].count(None) != 2:
            raise ValueError("a threshold has exactly one of at_least, below and at_most")
        if self.decision and self.at_least is None:
            raise ValueError("a decision gives another lowest value, so there is at_least")
        return self


class HeartRowTable(FileTable):
    record = HeartRow
    below: Number | None = None
    up_to: Number | None = None
    fall: Number | None = None
    fall_above: Number | None = None
    below_normal: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> HeartRowTable:
        edges = [edge for edge in (self.below, self.up_to, self.fall, self.fall_above) if edge is not None]
        if not edges and not self.below_normal:
            raise ValueError("a row names at least one limit")
        if edges and self.below_normal:
            raise ValueError("below_normal stands alone in its row")
        return self


class HeartGateTable(GradedTable):
    record = HeartGate
    kind: Literal["heart"]
    id: Key
    rows: Annotated[list[HeartRowTable], Field(min_length=1)]


class GeneTestGateTable(GradedTable):
    record = GeneTestGate
    kind: Literal["dpyd"]
    id: Key
    decision: Key
    release_if: Text


class RecentGateTable(GradedTable):
    record = RecentGate
    kind: Literal["recent"]
    id: Key
    of: Key


class EscalationGateTable(GradedTable):
    record = EscalationGate
    kind: Literal["escalation"]
    id: Key
    dose: Number
    stay_at: Number
    doses: Annotated[int, Field(ge=1)]
    never_below: Number
    once_up_to: Number


HoldTable = Annotated[
    EscalationGateTable
    | CreatinineRiseTable
    | CalciumGateTable
    | ClearanceGateTable
    | DentalGateTable
    | ThresholdGateTable
    | HeartGateTable
    | GeneTestGateTable
    | RecentGateTable,
    Field(discriminator="kind"),
]
