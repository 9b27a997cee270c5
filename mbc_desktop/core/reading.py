"""What a field makes of a typed text: a verdict, the value understood, and the code of the reason. Never a sentence."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeVar

from mbc_desktop.core.record import dataclass

Verdict = Literal["accept", "warn", "reject"]
"""accept: stored without a question. warn: stored only after a named reason is given. reject: nothing stored, the text stays."""

Value = TypeVar("Value", bound=Decimal | date | str)
Detail = str | int | Decimal | date

_FIGURES = re.compile(r"_[0-9]+(?=_|$)|(?<=_)[0-9]+(?=GY$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[Value]):
    """The verdict on a typed text. `value` is None when refused, `reason` is None when accepted without a question.

    `unit` is the unit of the field ("" for text and dates), `also` holds further codes that the person should hear of, and
    `details` the named values for the sentence."""

    verdict: Verdict
    value: Value | None
    unit: str = ""
    reason: str | None = None
    also: tuple[str, ...] = ()
    details: tuple[tuple[str, Detail], ...] = ()


def text_key(reason: str) -> str:
    """The key of the sentence for a reason code: in lower case and without the figures that come from the data, so that a changed
    limit needs no new sentence ("STALE_OVER_7_DAYS" gives "stale_over_days", any "UNIT_SUSPECT_..." gives "unit_suspect")."""
    if reason.startswith("UNIT_SUSPECT_"):
        return "unit_suspect"
    return _FIGURES.sub("", reason).lower()
