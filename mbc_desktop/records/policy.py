"""Which treatments a second person must verify: the site's policy, a setting of the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mbc_desktop.planning.request import Course, RadiotherapyCourse, Request
from mbc_desktop.records.store import Store
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen


def courses_to_verify(store: Store, request: Request, library: Library) -> tuple[str, ...]:
    """What a second person must verify: the ids of courses, and of the orders for the spinal fluid."""
    policy = store.setting("policy")
    spinal = [order.id for order in request.intrathecal] if "intrathecal" in policy["routes"] else []
    return (*(course.id for course in request.courses if course_needs(course, library, policy)), *spinal)


def needs_verification(store: Store, course: Course, library: Library) -> bool:
    """Whether the policy of this store asks for a second person: by class of drug, route, radiotherapy, or name of regimen."""
    return course_needs(course, library, store.setting("policy"))


def course_needs(course: Course, library: Library, policy: Mapping[str, Any]) -> bool:
    """The same for a policy as data. A regimen that the library does not know needs it."""
    if isinstance(course, RadiotherapyCourse):
        return bool(policy["radiotherapy"])
    regimen = library.regimens.get(course.regimen)
    if regimen is None or course.regimen in policy["regimens"]:
        return True
    return any(_line_needs(drug, route, library, policy) for drug, route in _lines(regimen))


def _lines(regimen: Regimen) -> set[tuple[str, str]]:
    return {(order.drug, order.route) for part in regimen.parts for phase in part.phases for order in phase.orders}


def _line_needs(drug: str, route: str, library: Library, policy: Mapping[str, Any]) -> bool:
    known = library.drugs.get(drug)
    return known is None or route in policy["routes"] or bool(set(known.classes) & set(policy["classes"]))
