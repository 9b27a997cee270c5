"""Why a sheet is still provisional: a stop, a plan nobody released, data nobody approved, a number nobody confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from mbc_desktop.documents.sheet_options import SheetOptions
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of

Gap = Literal["stop", "not_released", "unapproved", "unconfirmed"]


def release_gaps(plan: Plan, library: Library, options: SheetOptions) -> tuple[Gap, ...]:
    """What the plan still lacks before its sheets may be called released; empty = nothing."""
    found: list[Gap] = []
    if any(finding.severity == "stop" for finding in plan.findings):
        found.append("stop")
    if options.release.standing == "not_released":
        found.append("not_released")
    if any(status != "approved" for status in _statuses(plan, library)):
        found.append("unapproved")
    if any(finding.code == "unconfirmed-number" for finding in plan.findings):
        found.append("unconfirmed")
    return tuple(found)


def _statuses(plan: Plan, library: Library) -> Iterator[str]:
    """The status of every data file that the plan rests on."""
    for course in plan.request.courses:
        if isinstance(course, DrugCourse):
            regimen = library.regimens.get(course.regimen)
            if regimen is not None:
                yield regimen.status
                yield from (library.drugs[drug].status for drug in drugs_of(regimen))
        elif course.scheme in library.radiotherapy:
            yield library.radiotherapy[course.scheme].status
