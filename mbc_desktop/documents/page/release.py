"""Why a sheet is still provisional: a stop, a plan nobody released, data nobody approved, a number nobody confirmed."""

from __future__ import annotations

from typing import Literal

from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import RadiotherapyCourse
from mbc_desktop.regimen.library import Library

Gap = Literal["stop", "not_released", "unapproved", "unconfirmed"]


def release_gaps(plan: Plan, library: Library, options: SheetOptions) -> tuple[Gap, ...]:
    """What the plan still lacks before its sheets may be called released; empty = nothing."""
    found: list[Gap] = []
    if any(finding.severity == "stop" for finding in plan.findings):
        found.append("stop")
    if options.release.standing == "not_released":
        found.append("not_released")
    if any(item.status != "approved" for item in plan.approvals) or not _radiotherapy_approved(plan, library):
        found.append("unapproved")
    if any(finding.code == "unconfirmed-number" for finding in plan.findings):
        found.append("unconfirmed")
    return tuple(found)


def _radiotherapy_approved(plan: Plan, library: Library) -> bool:
    """A hospital approves regimens; a scheme of radiotherapy is approved in its own file."""
    schemes = (course.scheme for course in plan.request.courses if isinstance(course, RadiotherapyCourse))
    return all(library.radiotherapy[id].status == "approved" for id in schemes if id in library.radiotherapy)
