"""Radiotherapy with drugs: every dose that stands too close to an irradiation, or asks for a second thought, with the last
and the first day that are safe. The rules are data (schedules/combinations.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.dates.working_days import OpenDays, earlier, later
from mbc_desktop.planning.plan import Administration, Fraction, TakePeriod
from mbc_desktop.planning.radiotherapy.radiotherapy_gaps import free_days_beside, skip_cycles
from mbc_desktop.planning.request import EarlierRadiotherapy, RadiotherapyCourse, Request
from mbc_desktop.regimen.combination import Combination, Inside
from mbc_desktop.regimen.library import Library

IN_REGION: dict[str, frozenset[Inside]] = {
    "lung": frozenset({"lung"}),
    "svcs": frozenset({"lung", "oesophagus"}),
    "brain": frozenset({"brain"}),
    "whole_brain": frozenset({"brain"}),
    "ovary": frozenset({"bowel"}),
}
"""What the region itself says about its field. Every other region leaves it open until the course says so."""

_COMING = frozenset({"planned", "provisional", "withheld"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Irradiation:
    """One radiotherapy course with its fractions; `inside` is what lies in its field, None = nobody has said."""

    course: str
    stereotactic: bool
    inside: frozenset[str] | None
    confirmed_sequence: bool
    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The day of the first fraction."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The day of the last fraction."""
        return self.days[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One drug of one course with what is still to come of it."""

    course: str
    drug: str
    visits: tuple[Administration, ...]
    intakes: tuple[TakePeriod, ...]
    today: date

    def days(self, first: date, last: date) -> tuple[date, ...]:
        """The days from `first` to `last` on which it is given, or on which tablets of it begin or go on."""
        given = [item.date or item.due for item in self.visits]
        begin = max(first, self.today)
        taken = [max(item.first, begin) for item in self.intakes if item.first <= last and item.last >= begin]
        return tuple(sorted({day for day in (*given, *taken) if first <= day <= last}))


@dataclass(frozen=True, slots=True, kw_only=True)
class WithRadiotherapy:
    """What the rules say, and the ids of the administrations and tablet periods that may not be released."""

    findings: tuple[Finding, ...] = ()
    withheld: frozenset[str] = frozenset()


def with_radiotherapy(
    request: Request,
    library: Library,
    *,
    administrations: tuple[Administration, ...],
    intakes: tuple[TakePeriod, ...],
    fractions: tuple[Fraction, ...],
    hospital: OpenDays,
    radiotherapy: OpenDays,
) -> WithRadiotherapy:
    """Every rule of the library held against every drug that is still to be given and every irradiation, planned or earlier."""
    irradiations = tuple(_irradiations(request, library, fractions))
    if not irradiations and not any(isinstance(entry, EarlierRadiotherapy) for entry in request.history):
        return WithRadiotherapy()
    found: list[Finding] = []
    withheld: set[str] = set()
    for line in _lines(administrations, intakes, request.today):
        classes = library.drugs[line.drug].classes
        for rule in library.combinations:
            if line.drug not in rule.drugs and not set(rule.classes) & set(classes):
                continue
            if rule.kind == "earlier":
                found += _earlier(rule, line, request)
            for item in irradiations:
                if _is_about(rule, item):
                    made = tuple(_found(rule, line, item, hospital=hospital, radiotherapy=radiotherapy))
                    found += made
                    if any(one.severity == "stop" for one in made):
                        withheld |= _ids_inside(rule, line, item)
    return WithRadiotherapy(findings=tuple(dict.fromkeys(found)), withheld=frozenset(withheld))


def _irradiations(request: Request, library: Library, fractions: tuple[Fraction, ...]) -> Iterator[Irradiation]:
    for course in sorted(request.courses, key=lambda course: course.id):
        if isinstance(course, RadiotherapyCourse):
            days = tuple(sorted(item.date for item in fractions if item.course == course.id))
            choices = dict(course.choices)
            if days:
                technique = choices.get("technique")
                spaced = library.radiotherapy[course.scheme].pattern == "spaced"
                yield Irradiation(
                    course=course.id,
                    stereotactic=technique == "stereotactic" or (technique is None and spaced),
                    inside=_inside(course, choices.get("field")),
                    confirmed_sequence=choices.get("drug_sequence_confirmed") == "yes",
                    days=days,
                )


def _inside(course: RadiotherapyCourse, said: str | None) -> frozenset[str] | None:
    by_region = IN_REGION.get(course.region)
    if said is None:
        return by_region
    named = frozenset(said.split()) - {"none"}
    return named | (by_region or frozenset())


def _lines(administrations: tuple[Administration, ...], intakes: tuple[TakePeriod, ...], today: date) -> Iterator[_Line]:
    """What is still to come, drug by drug, a rest too: nobody can change a day that is over."""
    visits = [
        item
        for item in administrations
        if item.role == "treatment" and item.status in _COMING and (item.date or item.due) >= today
    ]
    taken = [item for item in intakes if item.role == "treatment" and item.status in _COMING and item.until >= today]
    named = [(item.course, item.drug) for item in visits] + [(item.course, item.drug) for item in taken]
    for course, drug in dict.fromkeys(named):
        yield _Line(
            course=course,
            drug=drug,
            visits=tuple(item for item in visits if (item.course, item.drug) == (course, drug)),
            intakes=tuple(item for item in taken if (item.course, item.drug) == (course, drug)),
            today=today,
        )


def _is_about(rule: Combination, item: Irradiation) -> bool:
    """Whether technique and field make the rule hold, or leave it open."""
    if rule.technique != "any" and (rule.technique == "stereotactic") != item.stereotactic:
        return False
    if not rule.inside:
        return True
    return rule.ask if item.inside is None else bool(item.inside & set(rule.inside))


def _found(rule: Combination, line: _Line, item: Irradiation, *, hospital: OpenDays, radiotherapy: OpenDays) -> Iterator[Finding]:
    inside = line.days(*_span(rule, item))
    if rule.kind == "sequence":
        if not item.confirmed_sequence and not inside and (line.visits or line.intakes):
            yield finding("radiotherapy-sequence", rule.severity, **_about(rule, line, item))
        return
    if not inside or rule.kind == "earlier":
        return
    about = {**_about(rule, line, item), "dates": _listed(inside)}
    safe = _safe_days(rule, item, hospital)
    if rule.inside and item.inside is None:
        # A question is never more than a remark: the plan stays as it is until somebody answers.
        code = "radiotherapy-field-question" if rule.kind in ("apart", "hold", "skip") else "radiotherapy-field-discuss"
        yield finding(code, "info", inside=" ".join(rule.inside), **about, **safe)
        return
    match rule.kind:
        case "apart":
            yield finding("radiotherapy-too-close", rule.severity, **about, **safe)
        case "hold":
            yield finding("radiotherapy-hold", rule.severity, **about, **safe)
        case "skip":
            yield _skip(rule, line, item)
        case "other_day":
            yield from _other_day(rule, line, item, hospital)
        case "rest_week":
            yield _rest_week(rule, line, item, radiotherapy)
        case "together":
            yield finding("radiotherapy-together", rule.severity, **about)
        case "soon_after":
            after = _later(item.last, rule.after_days).isoformat()
            yield finding("radiotherapy-soon-before", rule.severity, days=str(rule.after_days), after=after, **about)
        case _:
            yield finding("radiotherapy-recall", rule.severity, **_about(rule, line, item))


def _about(rule: Combination, line: _Line, item: Irradiation) -> dict[str, str]:
    """What every finding about a drug and an irradiation names."""
    return {
        "course": line.course,
        "drug": line.drug,
        "source": rule.source,
        "radiotherapy": item.course,
        "first": item.first.isoformat(),
        "last": item.last.isoformat(),
    }


def _span(rule: Combination, item: Irradiation) -> tuple[date, date]:
    """The first and the last day on which a dose meets the rule."""
    match rule.kind:
        case "apart" | "hold" | "skip":
            return _later(item.first, 1 - max(rule.before_days, 1)), _later(item.last, max(rule.after_days, 1) - 1)
        case "soon_after":
            return _later(item.last, 1), _later(item.last, rule.after_days - 1)
        case "recall":
            return _later(item.last, 1), date.max
        case _:
            return _later(item.first, -rule.before_days), _later(item.last, rule.after_days)


def _safe_days(rule: Combination, item: Irradiation, hospital: OpenDays) -> dict[str, str]:
    """The latest dose before and the earliest after, as calendar days and as open days of the hospital."""
    latest, earliest = _later(item.first, -rule.before_days), _later(item.last, rule.after_days)
    days = {
        "latest": latest,
        "earliest": earliest,
        "latest_open": earlier(latest, hospital),
        "earliest_open": later(earliest, hospital),
    }
    return {name: day.isoformat() for name, day in days.items() if day is not None}


def _skip(rule: Combination, line: _Line, item: Irradiation) -> Finding:
    planned = tuple(sorted(visit.date or visit.due for visit in line.visits))
    skipped = skip_cycles(
        planned=planned,
        first_fraction=item.first,
        last_fraction=item.last,
        before_days=rule.before_days,
        least_skipped=1,
        after_days=rule.after_days,
    )
    beyond = tuple(day for day in planned if item.last < day < skipped.earliest_resume)
    values = {
        "dates": _listed((*skipped.skipped, *beyond)),
        "latest": skipped.last_dose.isoformat() if skipped.last_dose else "",
        "earliest": skipped.earliest_resume.isoformat(),
        "next": skipped.next_allowed.isoformat() if skipped.next_allowed else "",
    }
    return finding("radiotherapy-skip", rule.severity, **_about(rule, line, item), **values)


def _other_day(rule: Combination, line: _Line, item: Irradiation, hospital: OpenDays) -> Iterator[Finding]:
    fractions = frozenset(item.days)
    for visit in line.visits:
        day = visit.date or visit.due
        free = free_days_beside(day=day, fractions=fractions, calendar=hospital)
        if free:
            values = {"number": str(visit.number), "date": day.isoformat(), "free": _listed(free)}
            yield finding("radiotherapy-same-day", rule.severity, **_about(rule, line, item), **values)


def _rest_week(rule: Combination, line: _Line, item: Irradiation, radiotherapy: OpenDays) -> Finding:
    """The first rest of the tablets in which the irradiation finds, from today on, as many open days as it lasts; without one
    the tablets pause on the days of irradiation."""
    lasts = sum(radiotherapy.is_open(day) for day in _days(item.first, item.last))
    for period in line.intakes:
        if period.rest is not None and period.rest[1] >= item.first:
            free = [day for day in _days(*period.rest) if day >= line.today and radiotherapy.is_open(day)]
            if len(free) >= max(lasts, len(item.days)):
                start = free[0].isoformat()
                return finding("radiotherapy-in-rest-week", rule.severity, start=start, **_about(rule, line, item))
    return finding("radiotherapy-pause-on-days", rule.severity, **_about(rule, line, item))


def _earlier(rule: Combination, line: _Line, request: Request) -> Iterator[Finding]:
    for entry in request.history:
        if isinstance(entry, EarlierRadiotherapy) and IN_REGION.get(entry.region, frozenset()) & set(rule.inside):
            until = entry.until.isoformat() if entry.until else ""
            values = {"region": entry.region, "until": until}
            yield finding("radiotherapy-earlier", rule.severity, course=line.course, drug=line.drug, source=rule.source, **values)


def _ids_inside(rule: Combination, line: _Line, item: Irradiation) -> set[str]:
    first, last = (item.first, date.max) if rule.kind == "sequence" else _span(rule, item)
    visits = {visit.id for visit in line.visits if first <= (visit.date or visit.due) <= last}
    return visits | {taken.id for taken in line.intakes if taken.first <= last and taken.last >= first}


def _listed(days: tuple[date, ...]) -> str:
    return " ".join(day.isoformat() for day in days)


def _days(first: date, last: date) -> list[date]:
    return [_later(first, step) for step in range((last - first).days + 1)]


def _later(day: date, days: int) -> date:
    return day + timedelta(days=days)
