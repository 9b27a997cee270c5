"""What the real day of an administration calls for: no open day, an interval that broke, a patient who is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.event_lookup import Occasion
from mbc_desktop.planning.placement import Placed
from mbc_desktop.planning.request import Absence


def date_findings(occasion: Occasion, due: date, placed: Placed, absences: tuple[Absence, ...]) -> tuple[Finding, ...]:
    """The findings about one administration's day; the caller adds the course."""
    return tuple(_findings(occasion, due, placed, absences))


def _findings(occasion: Occasion, due: date, placed: Placed, absences: tuple[Absence, ...]) -> Iterator[Finding]:
    values = {"number": str(occasion.number), "due": due.isoformat()}
    if placed.date is None:
        yield finding("no-open-day-in-window", "stop", drug=occasion.drug, **values)
        return
    if placed.short is not None:
        yield finding("interval-short", "caution", drug=occasion.drug, days=str(placed.short), **values)
    if placed.long is not None:
        yield finding("interval-long", "caution", drug=occasion.drug, days=str(placed.long), **values)
    if any(item.first <= placed.date <= item.last for item in absences):
        yield finding("patient-absent", "caution", drug=occasion.drug, date=placed.date.isoformat(), **values)
