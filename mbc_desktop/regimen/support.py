"""What goes beside the treatment: drugs against nausea, premedication, supplements, G-CSF. Each measure once, with what calls
for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.drug import HistoryLine, Status

EmeticRisk = Literal["high", "moderate", "low", "minimal"]
EMETIC_RISKS: tuple[EmeticRisk, ...] = ("minimal", "low", "moderate", "high")
"""From least to most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emetic:
    """How likely a drug makes sick: for doses of `from_amount` or more in `unit` where that is named; together with
    `with_drug` where that is named."""

    drug: str
    risk: EmeticRisk
    source: str
    grade: Grade
    with_drug: str = ""
    from_amount: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportPart:
    """One thing that is taken: a drug or a class of drugs. An amount stands only where a source gives one; `times` a day."""

    what: str
    amount: Decimal | None = None
    unit: str = ""
    times: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One supportive measure. `drugs` call for it, or an emetic risk of the day. `per`: with each visit at which such a drug
    is given, after the last such visit of a cycle, or once for the course. `first` and `last` count days from that day (0 =
    the day itself); `last` None = as long as the drug goes on. `decision` names the site's own words for it; with `if_decided`
    it is there only where that decision's answer is `if_decided`. `before_minutes` = least and most minutes before the drug.
    `clear_days` = the days that must lie free between it and the next time such a drug is given."""

    id: str
    drugs: tuple[str, ...]
    per: Literal["visit", "cycle_end", "course"]
    place: Literal["home", "day_hospital"]
    parts: tuple[SupportPart, ...]
    source: str
    grade: Grade
    emetic_risk: EmeticRisk | None = None
    first: int = 0
    last: int | None = 0
    as_needed: bool = False
    before_minutes: tuple[int, ...] = ()
    clear_days: int = 0
    decision: str = ""
    if_decided: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """All of schedules/support.toml."""

    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    history: tuple[HistoryLine, ...]
    emetics: tuple[Emetic, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenDose:
    """What the emetic risk is read from: a drug of one day, with its dose in the units of its order (mg/m2, AUC) as far as
    known."""

    drug: str
    per_unit: tuple[tuple[str, Decimal], ...] = ()


def emetic_risk(support: Support, given: Iterable[GivenDose]) -> EmeticRisk | None:
    """The highest risk of what is given on one day; None when no drug of the day is classified. A dose that is not known counts
    as the highest one, which is the safer reading."""
    day = tuple(given)
    drugs = {item.drug for item in day}
    found = [
        row.risk
        for row in support.emetics
        for item in day
        if row.drug == item.drug and (not row.with_drug or row.with_drug in drugs) and _reaches(row, dict(item.per_unit))
    ]
    return max(found, key=EMETIC_RISKS.index, default=None)


def _reaches(row: Emetic, amounts: dict[str, Decimal]) -> bool:
    return row.from_amount is None or row.unit not in amounts or amounts[row.unit] >= row.from_amount
