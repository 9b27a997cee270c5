"""What two choices together, or a choice and a fact, forbid: named rules over courses, each with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.findings.fact_cautions import fact_cautions
from mbc_desktop.planning.replay.event_lookup import CourseEvents, events_of
from mbc_desktop.planning.request import DrugCourse, EarlierDrug, EarlierRadiotherapy, RadiotherapyCourse, Request
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of

BACKBONES = ("aromatase_inhibitor", "serm", "serd", "progestagen")
ONE_OF_A_CLASS = (
    "taxane", "anthracycline", "vinca_alkaloid", "platinum", "alkylating_agent", "checkpoint_inhibitor", "angiogenesis_inhibitor",
    "her2_kinase_inhibitor", "antibody_drug_conjugate", "pi3k_inhibitor", "akt_inhibitor", "mtor_inhibitor",
)  # fmt: skip
"""Of these classes two courses at once give one drug each: two of a class is asked about."""
OVARY = "ovary"
OVERRIDE = "anthracycline_with_her2_antibody"
"""The course's choice that records why an anthracycline is given beside a HER2 antibody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """A drug of a course and the days between which it is given (no last day = goes on)."""

    course: DrugCourse
    drug: Drug
    last: date | None

    def overlaps(self, other: _Running) -> bool:
        """Whether both run on at least one day."""
        return (self.last is None or other.course.start <= self.last) and (other.last is None or self.course.start <= other.last)


def clash_findings(request: Request, library: Library, ends: Mapping[str, date]) -> tuple[Finding, ...]:
    """Every clash between the courses of a request and its facts. `ends` gives the last day of the courses that have a
    number of cycles."""
    running = tuple(_running(request, library, ends))
    found = [*_ovarian_suppression(request, running, library), *_receptors(request, running)]
    for one, other in combinations(running, 2):
        if one.course.id != other.course.id and one.overlaps(other):
            found += _pair(one, other)
    found += _same_course_pairs(running)
    for item in running:
        found += (*_look_alikes(item), *fact_cautions(item.course.id, item.drug, request.facts), *_left_alone(item, running))
    found += _earlier_radiotherapy(request)
    return tuple(dict.fromkeys(found))


def _running(request: Request, library: Library, ends: Mapping[str, date]) -> Iterator[_Running]:
    for course in sorted(request.courses, key=lambda course: course.id):
        if isinstance(course, DrugCourse):
            events = CourseEvents(events_of(course.id, request.events))
            for id in drugs_of(library.regimens[course.regimen]):
                ceased = events.ceased_from(id)
                last_given = None if ceased is None else ceased - timedelta(days=1)
                last = [day for day in (last_given, course.until, ends.get(course.id)) if day is not None]
                yield _Running(course=course, drug=library.drugs[id], last=min(last, default=None))


def _ovarian_suppression(request: Request, running: tuple[_Running, ...], library: Library) -> Iterator[Finding]:
    """An aromatase inhibitor, and fulvestrant, everolimus or a CDK4/6 inhibitor in combination, need a postmenopausal
    status or ovarian suppression on or before the start. Source: Summaries of product characteristics of the drugs;
    hospital guideline chapter 2."""
    if request.patient.sex == "male":
        yield from _men(request, running, library)
        return
    for course in dict.fromkeys(item.course for item in running):
        drugs = [item.drug for item in running if item.course is course]
        needing = [drug for drug in drugs if _needs_suppression(drug, len(drugs) > 1)]
        if not needing or request.facts.menopausal_status == "postmenopausal":
            continue
        if request.facts.menopausal_status is None:
            code, values = "missing-fact", {"facts": "menopausal_status"}
        elif not _is_suppressed(request, course.start, running, library):
            irradiated = _ovaries_irradiated(request, course.start)
            code = "castration-not-confirmed" if irradiated else "ovarian-suppression-missing"
            values = {"start": course.start.isoformat()}
        else:
            continue
        for drug in needing:
            yield finding(code, "stop", course=course.id, drug=drug.id, source="guideline_mbc", **values)


def _men(request: Request, running: tuple[_Running, ...], library: Library) -> Iterator[Finding]:
    """A man on an aromatase inhibitor without an LHRH analogue: advice, the physician decides. In 60 men with metastatic disease
    the median time to progression was 11.6 months with an analogue and 6 without (pooled analysis)."""
    for item in running:
        if "aromatase_inhibitor" in item.drug.classes and not _is_suppressed(request, item.course.start, running, library):
            yield finding(
                "aromatase-inhibitor-in-a-man", "advice", course=item.course.id, drug=item.drug.id, source="men_lhrh_pooled"
            )


def _needs_suppression(drug: Drug, combined: bool) -> bool:
    return "aromatase_inhibitor" in drug.classes or (
        combined and bool({"serd", "cdk46_inhibitor", "mtor_inhibitor"} & set(drug.classes))
    )


def _is_suppressed(request: Request, start: date, running: tuple[_Running, ...], library: Library) -> bool:
    facts = request.facts
    confirmed = (facts.oophorectomy_on, facts.radiocastration_confirmed_on)
    if any(day is not None and day <= start for day in confirmed):
        return True
    if any(
        "lhrh_analogue" in item.drug.classes and item.course.start <= start and (item.last is None or item.last >= start)
        for item in running
    ):
        return True
    return any(
        isinstance(entry, EarlierDrug)
        and entry.drug in library.drugs
        and "lhrh_analogue" in library.drugs[entry.drug].classes
        and (entry.until is None or entry.until >= start)
        for entry in request.history
    )


def _ovaries_irradiated(request: Request, start: date) -> bool:
    planned = any(
        isinstance(course, RadiotherapyCourse) and course.region == OVARY and course.start <= start for course in request.courses
    )
    return planned or any(isinstance(entry, EarlierRadiotherapy) and entry.region == OVARY for entry in request.history)


def _receptors(request: Request, running: tuple[_Running, ...]) -> Iterator[Finding]:
    facts = request.facts
    both_negative = facts.er == "negative" and facts.pr == "negative"
    for item in running:
        names = {"course": item.course.id, "drug": item.drug.id}
        if both_negative and "endocrine" in item.drug.classes:
            yield finding("receptors-negative", "caution", source="guideline_mbc", **names)
        if facts.her2 in ("negative", "low") and "her2_antibody" in item.drug.classes:
            yield finding("her2-not-positive", "caution", source="guideline_mbc", **names)


def _pair(one: _Running, other: _Running) -> Iterator[Finding]:
    classes, others = set(one.drug.classes), set(other.drug.classes)
    names = {"course": other.course.id, "drug": other.drug.id}
    with_drug = {"other_drug": one.drug.id, "other_course": one.course.id}
    if one.drug.id == other.drug.id:
        yield finding("same-drug-twice", "stop", **names, **with_drug)
    elif "bone_agent" in classes and "bone_agent" in others:
        yield finding("two-bone-agents", "stop", **names, **with_drug)
    elif "lhrh_analogue" in classes and "lhrh_analogue" in others:
        yield finding("two-lhrh-analogues", "stop", **names, **with_drug)
    elif "cdk46_inhibitor" in classes and "cdk46_inhibitor" in others:
        yield finding("two-cdk46-inhibitors", "stop", **names, **with_drug)
    elif any(name in classes for name in BACKBONES) and any(name in others for name in BACKBONES):
        yield finding("two-endocrine-backbones", "caution", **names, **with_drug)
    elif {"anthracycline", "her2_antibody"} <= classes | others and not {"anthracycline", "her2_antibody"} <= classes:
        yield _anthracycline_with_antibody(one, other)
    elif set(one.drug.antibodies) & set(other.drug.antibodies):
        yield finding("antibody-twice", "stop", **names, **with_drug)
    elif other.drug.id in one.drug.look_alikes and {"cytotoxic", "her2_antibody"} & (classes | others):
        yield finding("look-alikes-together", "caution", **names, **with_drug)
    elif shared := next((name for name in ONE_OF_A_CLASS if name in classes and name in others), ""):
        yield finding("two-of-one-class", "caution", **names, **with_drug, drug_class=shared)
    yield from _never_together(one, other)


def _anthracycline_with_antibody(one: _Running, other: _Running) -> Finding:
    """A stop, unless a reason to give both was recorded with either course: then it is said with its reason, and never again
    silently."""
    values = {"other_drug": one.drug.id, "other_course": one.course.id}
    reason = next((dict(item.course.choices).get(OVERRIDE) for item in (other, one) if OVERRIDE in dict(item.course.choices)), "")
    if not reason or not reason.strip():
        return finding("anthracycline-with-her2-antibody", "stop", course=other.course.id, drug=other.drug.id, **values)
    return finding(
        "anthracycline-with-her2-antibody-by-reason", "caution", course=other.course.id, drug=other.drug.id,
        reason=reason.strip(), **values,
    )  # fmt: skip


def _same_course_pairs(running: tuple[_Running, ...]) -> Iterator[Finding]:
    for one, other in combinations(running, 2):
        if one.course.id == other.course.id:
            yield from _never_together(one, other)


def _never_together(one: _Running, other: _Running) -> Iterator[Finding]:
    """What the files of the two say about each other, whatever course they stand in."""
    for rule in one.drug.not_with:
        if other.drug.id in rule.drugs:
            yield finding(rule.finding, "stop", course=other.course.id, drug=other.drug.id, source=rule.source)


def _look_alikes(item: _Running) -> Iterator[Finding]:
    if item.drug.look_alikes:
        names = " ".join(item.drug.look_alikes)
        yield finding("look-alike", "info", course=item.course.id, drug=item.drug.id, others=names)


def _left_alone(item: _Running, running: tuple[_Running, ...]) -> Iterator[Finding]:
    """A drug that goes on after the last of its partners has ended, in whatever course they stood, or that never had one."""
    rule = item.drug.partner
    if rule is None:
        return
    ends = [other.last for other in running if other.drug.id in rule.drugs]
    last = max((day for day in ends if day is not None), default=item.course.start - timedelta(days=1))
    if None in ends or (item.last is not None and item.last <= last):
        return
    values = {"others": " ".join(rule.drugs), "date": (last + timedelta(days=1)).isoformat()}
    yield finding("without-partner", "caution", course=item.course.id, drug=item.drug.id, source=rule.source, **values)


def _earlier_radiotherapy(request: Request) -> Iterator[Finding]:
    for course in request.courses:
        if not isinstance(course, RadiotherapyCourse):
            continue
        for entry in request.history:
            if isinstance(entry, EarlierRadiotherapy) and entry.region == course.region:
                until = entry.until.isoformat() if entry.until else ""
                values = {
                    "fractions": str(entry.fractions),
                    "dose": format(entry.dose_gy, "f"),
                    "level": entry.level,
                    "until": until,
                }
                yield finding("irradiated-before", "caution", course=course.id, region=course.region, **values)
