"""What a regimen still holds after its anthracycline has reached the dose of a lifetime."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.core.finding import Finding, Severity, finding
from mbc_desktop.planning.plan import Administration


def left_alone(administrations: tuple[Administration, ...], stopped: frozenset[str]) -> Iterator[Finding]:
    """For each course the first day on which the other drugs of the regimen would be given without the one that was stopped: they
    were chosen beside it, so somebody decides. A caution when that day is due, else only told."""
    first: dict[str, Administration] = {}
    for item in sorted(administrations, key=lambda item: (item.date or item.due, item.number)):
        if item.id in stopped:
            first.setdefault(item.course, item)
    for course, held in first.items():
        day = held.date or held.due
        others = [
            item
            for item in administrations
            if item.course == course and item.drug != held.drug and item.role == "treatment" and (item.date or item.due) >= day
            if item.dose is not None and item.status in ("planned", "provisional") and item.id not in stopped
        ]
        if others:
            names = " ".join(dict.fromkeys(item.drug for item in others))
            severity: Severity = "caution" if held.gate else "info"
            yield finding("lifetime-partner-goes-on", severity, course=course, drug=held.drug, date=day.isoformat(), others=names)
