"""What waits for the first paint: the engine, the library, the hospital's file. Nothing is imported before it is called."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING

from mbc_desktop.core.folders import cache_folder, find_schedules
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.ui.session import ContradictionError, Session

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan


def load_library_into(session: Session) -> Library:
    """Gives the session the library that was shipped, and returns it. Raises LibraryError when it is not sound."""
    from mbc_desktop.regimen.load_cached import load_library_quickly

    library, fields = load_library_quickly(find_schedules(), cache_folder() / "library")
    session.use_library(library, fields, plan_checked)
    return library


def warm_engine() -> Generator[object, None, None]:
    """Imports what the first plan, the first file and the first sheet need, so that no keystroke waits for it: a quarter of a
    second beside the window, which goes on answering. None of it touches Qt. Comes back once the engine is there."""
    from mbc_desktop.planning import plan_treatment
    from mbc_desktop.planning.files import treatment_checks  # noqa: F401

    yield plan_treatment
    from mbc_desktop.documents import registry  # noqa: F401
    from mbc_desktop.documents.drawing import pdf  # noqa: F401
    from mbc_desktop.planning.files import treatment_shape_file  # noqa: F401


def warm_reading() -> None:
    """Builds what checks a treatment file, so that opening the first one does not wait for it."""
    from mbc_desktop.planning.files.treatment_shape_file import TreatmentShape

    TreatmentShape.model_rebuild()


def load_site_file(session: Session, path: Path) -> None:
    """Lets the session compute with a hospital's own file. Raises LibraryError or OSError when it cannot be read, or names what
    the library does not know."""
    from mbc_desktop.regimen.library_checks import site_faults
    from mbc_desktop.regimen.library_error import LibraryError
    from mbc_desktop.regimen.loader import load_site

    site = load_site(path)
    if session.library is not None:
        for place, reason in site_faults(site, session.library):
            raise LibraryError(path.name, place, reason)
    session.use_site(site)


def plan_checked(request: Request, library: Library, site: Site) -> Plan:
    """The plan of a request that makes sense. Raises ContradictionError for one that does not."""
    from mbc_desktop.planning.files.treatment_checks import check_request
    from mbc_desktop.planning.files.treatment_error import TreatmentError
    from mbc_desktop.planning.plan_treatment import plan_treatment

    try:
        check_request(request, library)
    except TreatmentError as error:
        raise ContradictionError(error.place) from error
    return plan_treatment(request, library, site)
