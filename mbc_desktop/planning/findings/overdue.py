"""A dose whose day has passed without a word, where doses are recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.plan import Administration
from mbc_desktop.planning.replay.visits import NOT_COMING


def overdue_findings(administrations: Iterable[Administration], today: date) -> Iterator[Finding]:
    """The first dose of each drug of a course that nobody recorded although its day is over and an earlier one was recorded: its
    dose was computed for the day that has passed and no value of today was held against it."""
    if not any(item.status == "given" for item in administrations):
        return
    recorded: set[tuple[str, str]] = set()
    open_since: dict[tuple[str, str], Administration] = {}
    for item in sorted(administrations, key=lambda item: (item.date or item.due, item.number)):
        key = (item.course, item.drug)
        if item.status == "given":
            recorded.add(key)
            open_since.pop(key, None)
        elif item.role == "treatment" and item.status not in NOT_COMING and (item.date or item.due) < today and key in recorded:
            open_since.setdefault(key, item)
    for (course, drug), item in open_since.items():
        day = (item.date or item.due).isoformat()
        yield finding("dose-not-recorded", "caution", course=course, drug=drug, number=str(item.number), date=day)
