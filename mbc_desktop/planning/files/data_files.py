"""Which data files a request rests on, and their hashes."""

from __future__ import annotations

from mbc_desktop.planning.request import Course, RadiotherapyCourse, Request
from mbc_desktop.regimen.approval import hash_of
from mbc_desktop.regimen.library import Library


def file_of(course: Course) -> str:
    """The file of a course's regimen or radiotherapy scheme, by its path inside the library."""
    if isinstance(course, RadiotherapyCourse):
        return f"radiotherapy/{course.scheme}.toml"
    return f"regimens/{course.regimen}.toml"


def hashes_of(request: Request, library: Library) -> dict[str, str]:
    """The hashes of every file that the plan of a request rests on, by their place."""
    files: set[str] = set()
    for course in request.courses:
        files.add(file_of(course))
        if not isinstance(course, RadiotherapyCourse):
            parts = library.regimens[course.regimen].parts
            files |= {f"drugs/{order.drug}.toml" for part in parts for phase in part.phases for order in phase.orders}
    return {file: hash_of(library, file) for file in sorted(files)}
