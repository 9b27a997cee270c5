"""What was given before a plan of the drugs that add up over a lifetime, and what of it cannot be counted: then there is no
dose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.plan import Administration
from mbc_desktop.planning.request import DrugCourse, EarlierDrug, Request
from mbc_desktop.regimen.drug import Cumulative
from mbc_desktop.regimen.library import Library

GROUP = "anthracycline"
UNIT = "mg/m2"
SOURCE = "doxorubicin_mims"


def rule_of(drug: str, library: Library) -> Cumulative | None:
    """How the drug adds up; None for one that does not, or that the library does not hold."""
    found = library.drugs[drug].cumulative if drug in library.drugs else None
    return found if found is not None and found.group == GROUP else None


def counted_entries(request: Request, library: Library) -> Iterator[tuple[EarlierDrug, Cumulative]]:
    """The lines of the history that are counted, with their rules."""
    for entry in _earlier_drugs(request):
        rule = rule_of(entry.drug, library)
        if rule is not None:
            yield entry, rule


def counted_amounts(request: Request, library: Library) -> Iterator[tuple[str, Cumulative, Decimal]]:
    """What each line of the history that is counted adds, in mg/m2: of every one of them, once `unknown_history` has no stop."""
    entries = counted_entries(request, library)
    return ((entry.drug, rule, entry.cumulative.amount) for entry, rule in entries if entry.cumulative is not None)


def unknown_history(request: Request, library: Library, counted: list[Administration]) -> tuple[Finding, ...]:
    """A stop for each course and drug that has no dose because earlier doses cannot be counted; none where all can."""
    courses = tuple(dict.fromkeys((item.course, item.drug) for item in counted))
    found: list[Finding] = []
    for course, drug in courses:
        found += _uncounted(request, library, course, drug)
    if not _history_is_known(request, library):
        found += [_stop("anthracycline-history-unknown", course, drug) for course, drug in courses]
    entered = {entry.drug for entry, _ in counted_entries(request, library)}
    for taken_over in request.courses:
        if isinstance(taken_over, DrugCourse) and (taken_over.last_given is not None or (taken_over.cycle or 1) > 1):
            lacking = (drug for course, drug in courses if course == taken_over.id and drug not in entered)
            found += [_stop("anthracycline-before-taken-over", taken_over.id, drug) for drug in lacking]
    for item in counted:
        if item.status == "given" and (item.dose is None or item.dose.per_measure is None):
            values = {"number": str(item.number), "date": (item.date or item.due).isoformat()}
            found.append(_stop("lifetime-amount-unknown", item.course, item.drug, **values))
    return tuple(found)


def unnamed_drugs(request: Request, library: Library, counted: list[Administration]) -> tuple[Finding, ...]:
    """A question about every earlier drug that the library does not know, unless it is recorded that none was an
    anthracycline."""
    if request.facts.earlier_anthracycline == "none":
        return ()
    names = dict.fromkeys(entry.drug for entry in _earlier_drugs(request) if entry.drug not in library.drugs)
    first = counted[0]
    return tuple(
        finding("earlier-drug-not-known", "caution", course=first.course, drug=first.drug, source=SOURCE, name=name)
        for name in names
    )


def _history_is_known(request: Request, library: Library) -> bool:
    entries = [entry for entry, _ in counted_entries(request, library)]
    if any(entry.cumulative is None or entry.cumulative.unit != UNIT for entry in entries):
        return False
    return bool(entries) or request.facts.earlier_anthracycline == "none"


def _uncounted(request: Request, library: Library, course: str, drug: str) -> Iterator[Finding]:
    """Earlier drugs of the group that the library does not hold, by any of the names it knows them by."""
    rules = (rule_of(id, library) for id in library.drugs)
    parts = tuple(part for rule in rules if rule is not None for part in rule.uncounted)
    for name in dict.fromkeys(entry.drug for entry in _earlier_drugs(request)):
        if name not in library.drugs and any(part in name.casefold() for part in parts):
            yield _stop("anthracycline-not-counted", course, drug, name=name)


def _earlier_drugs(request: Request) -> Iterable[EarlierDrug]:
    return (entry for entry in request.history if isinstance(entry, EarlierDrug))


def _stop(code: str, course: str, drug: str, **values: str) -> Finding:
    return finding(code, "stop", course=course, drug=drug, source=SOURCE, **values)
