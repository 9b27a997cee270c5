"""A course while it is being entered: what is not known yet is None, and nothing is planned from it until it is complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.request import Course, DrugCourse, Pin, RadiotherapyCourse

FREE_SCHEME = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDraft:
    """A regimen (`kind` "drug") or a radiotherapy scheme, named by `subject`, with what has been entered of it so far."""

    id: str
    kind: Literal["drug", "radiotherapy"]
    subject: str
    start: date | None = None
    choices: tuple[tuple[str, str], ...] = ()
    pin: Pin | None = None
    cycle: int | None = None
    phase: str = ""
    last_given: date | None = None
    cycles: int | None = None
    until: date | None = None
    reference_weight: Quantity | None = None
    region: str = ""
    level: str = ""
    fractions: int | None = None
    dose_gy: Decimal | None = None
    treatment_time: str = ""

    def missing(self) -> tuple[str, ...]:
        """The names of the fields that the plan cannot do without."""
        names = [] if self.start else ["start"]
        if self.kind == "radiotherapy":
            names += [] if self.region else ["region"]
            if self.subject == FREE_SCHEME:
                names += [] if self.fractions else ["fractions"]
                names += [] if self.dose_gy else ["dose"]
        return tuple(names)

    def course(self) -> Course | None:
        """The course for the plan, or None while something is missing."""
        if self.start is None or self.missing():
            return None
        if self.kind == "drug":
            return DrugCourse(
                id=self.id,
                regimen=self.subject,
                start=self.start,
                cycle=self.cycle,
                phase=self.phase,
                last_given=self.last_given,
                cycles=self.cycles,
                until=self.until,
                reference_weight=self.reference_weight,
                choices=self.choices,
                pin=self.pin,
            )
        return RadiotherapyCourse(
            id=self.id,
            scheme=self.subject,
            start=self.start,
            region=self.region,
            level=self.level,
            fractions=self.fractions,
            dose_gy=self.dose_gy,
            treatment_time=self.treatment_time,
            choices=self.choices,
            pin=self.pin,
        )


def draft_of_course(course: Course) -> CourseDraft:
    """The same course, ready to be edited."""
    match course:
        case DrugCourse():
            return CourseDraft(
                id=course.id,
                kind="drug",
                subject=course.regimen,
                start=course.start,
                choices=course.choices,
                pin=course.pin,
                cycle=course.cycle,
                phase=course.phase,
                last_given=course.last_given,
                cycles=course.cycles,
                until=course.until,
                reference_weight=course.reference_weight,
            )
        case RadiotherapyCourse():
            return CourseDraft(
                id=course.id,
                kind="radiotherapy",
                subject=course.scheme,
                start=course.start,
                choices=course.choices,
                pin=course.pin,
                region=course.region,
                level=course.level,
                fractions=course.fractions,
                dose_gy=course.dose_gy,
                treatment_time=course.treatment_time,
            )


def next_course_id(courses: tuple[CourseDraft, ...]) -> str:
    """The first of c1, c2 ... that no course has."""
    taken = {course.id for course in courses}
    return next(name for name in (f"c{number}" for number in range(1, len(courses) + 2)) if name not in taken)


def with_choice(course: CourseDraft, key: str, value: str) -> CourseDraft:
    """The course with that choice made; an empty value takes the choice away."""
    kept = tuple((name, answer) for name, answer in course.choices if name != key)
    return replace(course, choices=(*kept, (key, value)) if value else kept)
