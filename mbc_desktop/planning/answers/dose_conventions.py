"""What every dose of a plan would have been, unrounded, by the other conventions that a site can choose."""

from __future__ import annotations

from mbc_desktop.dosing.dose import OtherConvention
from mbc_desktop.dosing.other_conventions import other_conventions
from mbc_desktop.dosing.situation import Situation, situation_on
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.planning.request import DrugCourse
from mbc_desktop.regimen.site import NO_SITE, Site


def dose_conventions(item: Administration | TakePeriod, plan: Plan, site: Site = NO_SITE) -> tuple[OtherConvention, ...]:
    """One line per other answer that gives another amount; nothing while there is no dose, or for one that needs no measure."""
    return () if item.dose is None else other_conventions(item.dose, dose_situation(item, plan, site))


def dose_situation(item: Administration | TakePeriod, plan: Plan, site: Site = NO_SITE) -> Situation:
    """The patient on the day of a dose, as the plan knows it: values of later than today are not known, and a dose of the past is
    computed with today's where none was known on its day."""
    request = plan.request
    course = next((one for one in request.courses if one.id == item.course and isinstance(one, DrugCourse)), None)
    weight = course.reference_weight.amount if course is not None and course.reference_weight is not None else None
    day = item.first if isinstance(item, TakePeriod) else item.date or item.due
    return situation_on(
        min(day, request.today),
        patient=request.patient,
        facts=request.facts,
        measurements=request.measurements,
        chosen={one.key: one.value for one in plan.choices if one.course == item.course},
        reference_weight_kg=weight,
        ranges=site.ranges,
    )
