"""What the person who makes a sheet asks for, beside the plan and the language."""

from __future__ import annotations

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.findings.release_state import NO_STORE, ReleaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOptions:
    """`subject` is what a sheet of one thing is about: the id of a drug or a course ("" for a sheet of the whole plan).

    `with_name` = False leaves out everything that tells who the patient is (for the door of a fridge). `release` is what a
    ward's store says about a second person's check; its audit head is printed on every page."""

    subject: str = ""
    with_name: bool = True
    release: ReleaseState = NO_STORE


PLAIN = SheetOptions()
"""A sheet of the whole plan, with the name, made where no store is kept."""
