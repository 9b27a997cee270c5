"""What a patient is told about a drug, as codes with their source: each code is one sentence in every language."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade

Section = Literal["take", "food", "missed", "vomited", "medicines", "report", "urgent", "contraception", "storage"]
SECTIONS: tuple[Section, ...] = (
    "take",
    "food",
    "missed",
    "vomited",
    "medicines",
    "report",
    "urgent",
    "contraception",
    "storage",
)


RADIOTHERAPY = "radiotherapy"
"""Stands for a drug in the table of what patients are told: every field; "radiotherapy-bone" is one of its regions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One sentence of a patient's sheet: its `code` within its section ("whole", "women_weeks") and the number it names (hours,
    minutes, weeks, months: as the code says), None where it names none."""

    section: Section
    code: str
    number: Decimal | None
    source: str
    grade: Grade
