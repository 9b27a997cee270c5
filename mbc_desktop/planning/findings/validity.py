"""Whether the version of the data that a course is planned by holds on its days: nothing new starts by a version that has ended,
a treatment that runs asks whether it may go on."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.files.data_files import file_of
from mbc_desktop.planning.request import Course, DrugCourse, Request
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from mbc_desktop.regimen.regimen import Regimen, drugs_of

Versioned = Regimen | RadiotherapyScheme | Drug


def validity_findings(request: Request, library: Library) -> Iterator[Finding]:
    """A course that starts after the last day of its version, or by one that another has replaced, gets no dose (stop); one
    that was running by then goes on with a caution. A course from before the first day of its version is only pointed out."""
    for course in sorted(request.courses, key=lambda course: course.id):
        for file, item, drugs in _versions(course, library):
            values = {"file": file, "version": item.version, "until": item.valid_until.isoformat() if item.valid_until else ""}
            if _starts_too_late(course, item, request):
                yield from (finding("version-ended-before-start", "stop", course=course.id, drug=id, **values) for id in drugs)
            elif item.status == "superseded" or (item.valid_until is not None and item.valid_until < request.today):
                yield finding("version-ended", "caution", course=course.id, **values)
        newest = max((item for _, item, _ in _versions(course, library)), key=lambda item: item.valid_from)
        if course.start < newest.valid_from:
            since = newest.valid_from.isoformat()
            yield finding("began-before-version", "info", course=course.id, version=newest.version, since=since)


def _versions(course: Course, library: Library) -> Iterator[tuple[str, Versioned, tuple[str, ...]]]:
    """Each file that a course is planned by, what it holds, and the drugs that stand or fall with it ("" = the whole course)."""
    if not isinstance(course, DrugCourse):
        yield file_of(course), library.radiotherapy[course.scheme], ("",)
        return
    regimen = library.regimens[course.regimen]
    drugs = drugs_of(regimen)
    yield file_of(course), regimen, drugs
    yield from ((f"drugs/{id}.toml", library.drugs[id], (id,)) for id in drugs)


def _starts_too_late(course: Course, item: Versioned, request: Request) -> bool:
    """Whether the treatment begins after its version ended; one that was taken over had begun before."""
    if isinstance(course, DrugCourse) and course.last_given is not None:
        return False
    if item.valid_until is not None:
        return course.start > item.valid_until
    return item.status == "superseded" and course.start >= request.today
