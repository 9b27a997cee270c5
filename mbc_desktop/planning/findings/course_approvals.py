"""Which regimens of a treatment the hospital has approved as they are now, and what changed in those it approved before."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.findings.approved_content import approval_of, approved_content
from mbc_desktop.planning.plan import CourseApproval
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.approval import Approval
from mbc_desktop.regimen.clinical_lines import change_in_short, clinical_changes
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.regimen.site import Site

TOLD = 5
"""So many changes stand in a finding; `library diff` tells all."""


def course_approvals(request: Request, library: Library, site: Site) -> tuple[CourseApproval, ...]:
    """One entry for each drug course, by course id."""
    return tuple(
        _state(course, library, site)
        for course in sorted(request.courses, key=lambda course: course.id)
        if isinstance(course, DrugCourse)
    )


def changes_since(approval: Approval, regimen: Regimen, library: Library) -> tuple[str, ...]:
    """What changed since an approval, each in short: "docetaxel 75 -> 100 mg/m2". Empty when only remarks or dates of the file
    did."""
    changes = clinical_changes(approval.content, approved_content(library, regimen))
    return tuple(change_in_short(change) for change in changes)


def approval_findings(approvals: tuple[CourseApproval, ...]) -> Iterator[Finding]:
    """An approval that no longer holds: somebody must look at what changed. A regimen that was never approved says so on its
    sheets, and is no finding."""
    for item in approvals:
        if item.status == "void":
            told = "; ".join(item.changes[:TOLD])
            more = str(max(0, len(item.changes) - TOLD))
            values = {"version": item.version, "by": item.by, "on": item.on.isoformat() if item.on else ""}
            code = "approval-void" if item.changes else "approval-void-remarks"
            yield finding(code, "caution", course=item.course, changes=told, more=more, **values)


def _state(course: DrugCourse, library: Library, site: Site) -> CourseApproval:
    regimen = library.regimens[course.regimen]
    if not site.approvals:
        return CourseApproval(course=course.id, regimen=regimen.id, status="not_approved")
    status, approval = approval_of(site.approvals, library, regimen)
    return CourseApproval(
        course=course.id,
        regimen=regimen.id,
        status=status,
        version=approval.version if approval else "",
        by=approval.by if approval else "",
        on=approval.on if approval else None,
        changes=changes_since(approval, regimen, library) if approval is not None and status == "void" else (),
    )
