"""Where a number comes from, and how far to trust it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from mbc_desktop.core.record import dataclass

Grade = Literal["label", "protocol", "secondary", "proposal", "unconfirmed"]
"""label: regulatory text. protocol: national, hospital or foreign label. secondary: monograph or review.
proposal: ours, to be signed by the site. unconfirmed: not verified, needs a recorded acceptance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One reference, kept once in schedules/sources.toml and named everywhere by its id."""

    id: str
    title: str
    holder: str
    address: str
    edition: str
    consulted_on: date
