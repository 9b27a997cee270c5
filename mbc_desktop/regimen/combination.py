"""Radiotherapy with drugs: which drug keeps which distance from which irradiation, or asks a question first."""

from __future__ import annotations

from typing import Literal

from mbc_desktop.core.finding import Severity
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade

Technique = Literal["any", "stereotactic", "conventional"]
Inside = Literal["bowel", "oesophagus", "lung", "liver", "heart", "brain"]
INSIDE: tuple[Inside, ...] = ("bowel", "oesophagus", "lung", "liver", "heart", "brain")
"""What can lie in a radiotherapy field and matters to a drug."""

CombinationKind = Literal[
    "apart", "hold", "skip", "rest_week", "other_day", "together", "soon_after", "recall", "earlier", "sequence"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """One rule for drugs (by id or class) and irradiation. `technique` and `inside` (something that lies in the field; empty =
    anything) say which irradiation. `before_days` and `after_days`: last dose on or before the first fraction minus before,
    first dose on or after the last fraction plus after. `ask`: where the plan does not know what lies in the field, the rule
    becomes a question; otherwise it is silent.

    Kinds: apart = no dose inside the span; hold = tablets are paused over it; skip = as apart, and at least one planned dose
    falls away; rest_week = irradiate in the rest week of the tablets; other_day = not on the day of a fraction; together = a
    dose inside the span needs a second thought; soon_after = a dose within after_days of the last fraction; recall = a note
    for every dose after radiotherapy; earlier = irradiation in the history; sequence = one after the other only when both
    specialties have confirmed it."""

    id: str
    kind: CombinationKind
    severity: Severity
    source: str
    grade: Grade
    drugs: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    technique: Technique = "any"
    inside: tuple[Inside, ...] = ()
    before_days: int = 0
    after_days: int = 0
    ask: bool = True
