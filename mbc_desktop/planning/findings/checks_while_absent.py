"""Check-ups that fall on days on which the patient is away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.plan import Administration, CheckUp
from mbc_desktop.planning.request import Request


def checks_while_absent(
    request: Request, checks: Iterable[CheckUp], administrations: Iterable[Administration]
) -> Iterator[Finding]:
    """One remark for each day of an absence on which blood would be taken or something looked at. A day on which a drug is due is
    left out: the objection to that visit stands already, and its check-ups move with it."""
    if not request.absences:
        return
    visits = {item.date or item.due for item in administrations}
    days: dict[date, list[CheckUp]] = {}
    for check in sorted(checks, key=lambda check: (check.date, check.course, check.kind)):
        away = any(absence.first <= check.date <= absence.last for absence in request.absences)
        if away and check.date >= request.today and check.date not in visits:
            days.setdefault(check.date, []).append(check)
    for day, due in days.items():
        kinds = " ".join(dict.fromkeys(check.kind for check in due))
        yield finding("checks-while-absent", "advice", course=due[0].course, date=day.isoformat(), kinds=kinds)
