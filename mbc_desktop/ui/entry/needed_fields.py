"""Which fields the treatment still waits for: who it is, what the courses are missing, the facts that findings name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from mbc_desktop.core.finding import Finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.entry.draft import Draft
from mbc_desktop.ui.entry.look_alikes import confirmed_of, resembling
from mbc_desktop.ui.session import Session

SEARCH = "search"
"""The box in which a treatment is looked for."""
_WAITING = ("stop", "caution")
_BY_CODE: Mapping[str, str] = MappingProxyType(
    {
        "calcium-missing": "measurement.calcium",
        "calcium-too-old": "measurement.calcium",
        "calcium-range-missing": "measurement.calcium.low",
        "dental-check-missing": "facts.dental_check_on",
        "deescalation-ask-symptoms": "facts.asymptomatic_on",
        "anthracycline-history-unknown": "facts.earlier_anthracycline",
        "dpd-test-missing": "measurement.dpyd_activity_score",
        "dpyd-before-the-first": "measurement.dpyd_activity_score",
    }
)
_BY_KIND = frozenset(("value-too-old", "value-needed-before-dose"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """The fields by their ids, in no order. `first` holds what a plan, a dose or a check waits for, `then` what would make the
    picture whole."""

    first: frozenset[str]
    then: frozenset[str]


def fields_of(finding: Finding, fields: Fields | None) -> tuple[str, ...]:
    """The fields of the facts that a finding asks for; () for one about something else."""
    if finding.code in _BY_CODE:
        return (_BY_CODE[finding.code],)
    values = dict(finding.values)
    if finding.code == "decision-missing" and finding.course:
        return (f"course.{finding.course}.{values.get('decision', '')}",)
    if finding.code.startswith("radiotherapy-field-"):
        return (f"course.{values.get('radiotherapy', '')}.field",)
    named = str(values.get("kind", "") if finding.code in _BY_KIND else values.get("facts", ""))
    measured = {policy.kind for policy in fields.numbers.values()} if fields is not None else set()
    return tuple(f"{'measurement' if fact in measured else 'facts'}.{fact}" for fact in named.split())


def needed_fields(session: Session) -> Needed:
    """What the treatment waits for now."""
    draft, findings = session.draft, session.plan.findings if session.plan is not None else ()
    first = {f"patient.{name}" for name in draft.patient.missing()} | set(_unreadable(draft))
    first |= set(_of_courses(draft, session.library)) if session.library is not None else set()
    first |= {SEARCH} if not draft.courses else set()
    then: set[str] = set()
    for one in findings:
        (first if one.severity in _WAITING else then).update(fields_of(one, session.fields))
    return Needed(first=frozenset(first), then=frozenset(then - first))


def _of_courses(draft: Draft, library: Library) -> Iterator[str]:
    for course in draft.courses:
        yield from (f"course.{course.id}.{name}" for name in course.missing())
        if course.cycle is not None and course.last_given is None:
            # Of a treatment that is taken over the next day rests on the last one.
            yield f"course.{course.id}.last_given"
        if course.kind == "drug" and course.subject in library.regimens:
            open_drugs = set(resembling(library, course.subject)) - set(confirmed_of(course))
            yield from [f"course.{course.id}.look_alike"] if open_drugs else []


def _unreadable(draft: Draft) -> Iterator[str]:
    for name, text in draft.broken:
        kind, _, _ = name.rpartition(".")
        if name.startswith(("measurement.", "group.")):
            # A value that only waits for a day: the day of its group is asked for, not the value once more.
            yield from [kind] if text.strip() else []
        else:
            yield name
