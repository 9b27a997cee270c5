"""What the real day of an administration calls for: no open day, an interval that broke, a day chosen against the rules, a
patient who is away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mbc_desktop.core.finding import Finding, Severity, finding
from mbc_desktop.planning.plan import Administration
from mbc_desktop.planning.request import Absence
from mbc_desktop.regimen.dose_rules import Timing


def date_findings(
    made: Administration,
    timing: Timing,
    *,
    before: date | None,
    absences: tuple[Absence, ...],
    moved: bool,
    is_open: Callable[[date], bool],
) -> tuple[Finding, ...]:
    """The findings about one administration's day; the caller adds the course. `before` is the real day of the one before,
    `moved` whether a person chose this day."""
    day = made.date
    if day is None:
        return (finding("no-open-day-in-window", "stop", drug=made.drug, **_values(made)),)
    given = made.status == "given"
    # What was given cannot be changed any more: then it is said, not objected to.
    found = [] if before is None else _interval_findings(made, timing, (day - before).days, "info" if given else "caution")
    if moved and not given and not is_open(day):
        found.append(finding("moved-to-closed-day", "caution", drug=made.drug, date=day.isoformat(), **_values(made)))
    if absences and not given and any(item.first <= day <= item.last for item in absences):
        found.append(finding("patient-absent", "caution", drug=made.drug, date=day.isoformat(), **_values(made)))
    return tuple(found)


def _interval_findings(made: Administration, timing: Timing, days: int, severity: Severity) -> list[Finding]:
    if days < timing.minimum_days:
        return [finding("interval-short", severity, drug=made.drug, days=str(days), **_values(made))]
    if timing.maximum_days is not None and days > timing.maximum_days:
        return [finding("interval-long", severity, drug=made.drug, days=str(days), **_values(made))]
    return []


def _values(made: Administration) -> dict[str, str]:
    return {"number": str(made.number), "due": made.due.isoformat()}
