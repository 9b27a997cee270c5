"""What a hospital has approved: writing it down, telling what still holds, and what changed since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mbc_desktop.library_verb.answer import Answer, aligned
from mbc_desktop.planning.findings.approved_content import approval_of, approved_content, regimen_digest
from mbc_desktop.planning.findings.course_approvals import changes_since
from mbc_desktop.regimen.approval import Approval
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.regimen.site import Site


def approved(library: Library, site: Site, *, id: str, path: Path, by: str, today: date) -> Answer:
    """Writes the approval of the regimen as it is now into approvals.toml beside the site's file; an older one of the same
    regimen stays, as history."""
    from mbc_desktop.regimen.approvals_file import write_approvals

    regimen = _known(library, id)
    if not by.strip():
        raise LibraryError("approve", "--by", "names who approves")
    status, _ = approval_of(site.approvals, library, regimen)
    if status == "approved":
        return Answer(lines=[f"{id} version {regimen.version} was approved already"], data={"regimen": id, "status": status})
    digest = regimen_digest(library, regimen)
    content = approved_content(library, regimen)
    made = Approval(regimen=id, version=regimen.version, sha256=digest, by=by.strip(), on=today, content=content)
    write_approvals(path.parent, (*site.approvals, made))
    told = f"{id} version {regimen.version} approved by {made.by} on {today.isoformat()}, sha256 {digest}"
    return Answer(lines=[told], data={"regimen": id, "status": "approved", "sha256": digest})


def approvals(library: Library, site: Site) -> Answer:
    """Every regimen with whether the hospital has approved it as it is now."""
    rows = []
    for id, regimen in library.regimens.items():
        status, approval = approval_of(site.approvals, library, regimen)
        given = (approval.version, approval.by, approval.on.isoformat()) if approval else ("", "", "")
        changes = changes_since(approval, regimen, library) if approval is not None and status == "void" else ()
        told = "; ".join(changes[:2]) + (f"; and {len(changes) - 2} more" if len(changes) > 2 else "")
        rows.append((id, status, *given, told))
    keys = ("regimen", "status", "version", "by", "on", "changes")
    return Answer(lines=aligned(rows), data=[dict(zip(keys, row, strict=True)) for row in rows])


def difference(library: Library, site: Site, *, id: str) -> Answer:
    """What changed in a regimen and its drugs since it was approved, one line a change."""
    regimen = _known(library, id)
    status, approval = approval_of(site.approvals, library, regimen)
    if approval is None:
        return Answer(lines=[f"{id} has not been approved"], data=[])
    if status == "approved":
        return Answer(lines=[f"{id} is as it was approved by {approval.by} on {approval.on.isoformat()}"], data=[])
    changes = list(changes_since(approval, regimen, library)) or ["no number and no rule changed: remarks, dates or names only"]
    return Answer(lines=changes, data=changes)


def _known(library: Library, id: str) -> Regimen:
    if id not in library.regimens:
        raise LibraryError("library", "", f"holds no regimen {id}")
    return library.regimens[id]
