"""After two years of a bone agent: whether giving it less often may be offered, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.interval import Interval, add_months, read_interval
from mbc_desktop.planning.replay.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.request import DrugCourse, EarlierDrug, Request
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of

MONTHS = 24
REGULAR_DAYS = 28
"""Every three or four weeks; anything longer is less often."""

OFFERED_DAYS = (84, 168)
"""12 weeks: randomised evidence (ZOOM, OPTIMIZE-2, CALGB 70604). 24 weeks: hospital guideline only."""


def offered_intervals(*, agent_classes: tuple[str, ...], since: date, on: date, asymptomatic: bool) -> tuple[int, ...]:
    """The longer intervals (days) that may be offered on a day: only for an intravenous bisphosphonate, from 24 calendar
    months after the first dose (29 February counts to 28 February), and only to a patient without symptoms. Source:
    hospital guideline chapter 5."""
    ready = on >= add_months(since, MONTHS)
    return OFFERED_DAYS if "iv_bisphosphonate" in agent_classes and ready and asymptomatic else ()


def deescalation_findings(request: Request, library: Library) -> Iterator[Finding]:
    """An offer when it may be made, the question that is still open, the day it becomes possible, or why it never is.
    Nothing is done."""
    for course in request.courses:
        if not isinstance(course, DrugCourse):
            continue
        for id in drugs_of(library.regimens[course.regimen]):
            if "bone_agent" in library.drugs[id].classes:
                yield from _for_agent(request, course, library.drugs[id], library)


def _for_agent(request: Request, course: DrugCourse, drug: Drug, library: Library) -> Iterator[Finding]:
    since = _since(request, course, library)
    ready = add_months(since, MONTHS)
    names = {"course": course.id, "drug": drug.id, "source": "guideline_mbc"}
    events = CourseEvents(events_of(course.id, request.events))
    yield from _stopping(course, events, drug, names)
    changed = [event for event in events.of_kind("interval") if event.target.drug in ("", drug.id)]
    if changed and _is_longer(read_interval(changed[-1].every)):
        yield from _already_changed(changed[-1].on, ready, drug, names)
        return
    if ready > request.horizon:
        return
    values = {"since": since.isoformat(), "ready": ready.isoformat()}
    if "iv_bisphosphonate" not in drug.classes:
        if ready <= request.today:
            rebound = "rank_ligand_inhibitor" in drug.classes
            code = "deescalation-brings-fractures" if rebound else "deescalation-only-intravenous"
            yield finding(code, "info", **names, **values)
    elif ready > request.today:
        yield finding("deescalation-possible-from", "info", **names, **values)
    else:
        symptoms_asked = request.facts.asymptomatic_on is not None
        offered = offered_intervals(agent_classes=drug.classes, since=since, on=request.today, asymptomatic=symptoms_asked)
        if offered:
            yield finding("deescalation-offered", "advice", **names, **values, days=" ".join(str(days) for days in offered))
        else:
            yield finding("deescalation-ask-symptoms", "advice", **names, **values)


def _is_longer(every: Interval) -> bool:
    if every.unit == "months":
        return every.count > 1
    return every.count * (7 if every.unit == "weeks" else 1) > REGULAR_DAYS


def _stopping(course: DrugCourse, events: CourseEvents, drug: Drug, names: dict[str, str]) -> Iterator[Finding]:
    """Vertebral fractures have followed the end of denosumab: whoever stops it must think of what comes after."""
    if "rank_ligand_inhibitor" in drug.classes and (events.ceased_from(drug.id) or course.until or course.cycles):
        yield finding("rebound-fractures-after-stopping", "caution", **names)


def _already_changed(on: date, ready: date, drug: Drug, names: dict[str, str]) -> Iterator[Finding]:
    if "iv_bisphosphonate" not in drug.classes:
        yield finding("interval-changed-not-supported", "stop", **names)
    elif on < ready:
        yield finding("interval-changed-early", "caution", **names, ready=ready.isoformat())


def _since(request: Request, course: DrugCourse, library: Library) -> date:
    """The first day of any bone agent, here or before."""
    earlier = [
        entry.since
        for entry in request.history
        if isinstance(entry, EarlierDrug)
        and entry.since is not None
        and entry.drug in library.drugs
        and "bone_agent" in library.drugs[entry.drug].classes
    ]
    return min([course.start, *([course.last_given] if course.last_given else []), *earlier])
