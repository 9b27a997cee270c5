"""The days on which a vinca alkaloid goes into a vein: on none of them anything goes into the spinal fluid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mbc_desktop.planning.plan import Administration
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.library import Library


def vinca_days(administrations: Iterable[Administration], library: Library) -> tuple[tuple[str, date], ...]:
    """Drug and day of each; one whose dose is withheld counts, one that is omitted, held or ceased does not."""
    return tuple(
        (item.drug, item.date or item.due)
        for item in administrations
        if item.route == "IV" and "vinca_alkaloid" in library.drugs[item.drug].classes and item.status not in NOT_COMING
    )
