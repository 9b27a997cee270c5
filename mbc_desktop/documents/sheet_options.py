"""What the person who makes a sheet asks for, beside the plan and the language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOptions:
    """`subject` is what a sheet of one thing is about: the id of a drug or a course ("" for a sheet of the whole plan).

    `with_name` = False leaves out everything that tells who the patient is (for the door of a fridge). `released` is what the
    records say about the release of this plan; None = nobody keeps that here. `audit_head` is the head of the audit chain, as
    it is printed."""

    subject: str = ""
    with_name: bool = True
    released: bool | None = None
    audit_head: str = ""


PLAIN = SheetOptions()
"""A sheet of the whole plan, with the name."""
