"""Anthracyclines over a lifetime: before each administration what was given so far, in this plan and before it, and what is
left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding, Severity, finding
from mbc_desktop.dosing.dose import Dose
from mbc_desktop.dosing.lifetime import doses_left, equivalent, left_under
from mbc_desktop.planning.plan import Administration, LifetimeDose
from mbc_desktop.planning.request import EarlierDrug, Request
from mbc_desktop.planning.visits import NOT_COMING
from mbc_desktop.regimen.drug import Cumulative
from mbc_desktop.regimen.library import Library

GROUP = "anthracycline"
UNIT = "mg/m2"


@dataclass(frozen=True, slots=True, kw_only=True)
class LifetimeCount:
    """The lines of the plan, the findings, and the ids of administrations that may not be given: all of them while the history is
    not known, else those that would go over a limit."""

    doses: tuple[LifetimeDose, ...] = ()
    findings: tuple[Finding, ...] = ()
    stopped: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Total:
    """What was given so far: in equivalents of the reference drug, and of each drug in its own mg/m2."""

    equivalents: Decimal = Decimal(0)
    own: dict[str, Decimal] = field(default_factory=dict)

    def add(self, drug: str, rule: Cumulative, amount: Decimal, chosen: Mapping[str, str]) -> None:
        self.equivalents += equivalent(amount, _factor(rule, chosen))
        self.own[drug] = self.own.get(drug, Decimal(0)) + amount


def lifetime_doses(
    request: Request, library: Library, administrations: tuple[Administration, ...], chosen: Mapping[str, str]
) -> LifetimeCount:
    """Counts every anthracycline of the plan by date, after those of the history. `chosen` are the answers of the whole hospital.

    An unknown history blocks: amounts in mg/m2 or a recorded "none" are needed; a blank is never read as zero. The limit is the
    lower one unless it is recorded that nothing else harms the heart."""
    counted = [item for item in _by_day(administrations) if _rule(item.drug, library) is not None]
    if not counted:
        return LifetimeCount()
    courses = tuple(dict.fromkeys((item.course, item.drug) for item in counted))
    if not _history_is_known(request, library):
        coming = frozenset(item.id for item in counted if item.status in ("planned", "provisional"))
        said = tuple(_unknown(course, drug) for course, drug in courses)
        return LifetimeCount(findings=said, stopped=coming)
    return _counted(counted, _earlier(request, library, chosen), limit_of(request, chosen), library, chosen)


def withheld_over_limit(item: Administration, count: LifetimeCount) -> Administration:
    """The administration, without its dose when the count stops it."""
    return replace(item, status="withheld", dose=None) if item.id in count.stopped else item


def limit_of(request: Request, chosen: Mapping[str, str]) -> Decimal:
    """The limit in mg/m2 of doxorubicin: the lower one unless it is recorded that there is no added risk to the heart."""
    key = "anthracycline_limit" if request.facts.cardiac_risk == "no" else "anthracycline_limit_at_risk"
    return Decimal(chosen[key])


def _counted(
    items: list[Administration], total: _Total, limit: Decimal, library: Library, chosen: Mapping[str, str]
) -> LifetimeCount:
    lines: list[LifetimeDose] = []
    stopped: dict[str, Finding] = {}
    for item in items:
        rule, this = _rule(item.drug, library), _per_m2(item.dose)
        if rule is None or this is None or item.status in NOT_COMING:
            continue
        line = _line(item, rule, this, total, limit, chosen)
        over = line.after > limit or (rule.own_limit is not None and line.own_after > rule.own_limit)
        if over and item.status != "given":
            stopped[item.id] = _over(item, line, rule)
            continue
        lines.append(line)
        total.add(item.drug, rule, this, chosen)
    first = {(said.course, said.drug, said.severity): said for said in reversed(stopped.values())}
    return LifetimeCount(doses=tuple(lines), findings=tuple(first.values()), stopped=frozenset(stopped))


def _line(
    item: Administration, rule: Cumulative, this: Decimal, total: _Total, limit: Decimal, chosen: Mapping[str, str]
) -> LifetimeDose:
    counts_for = equivalent(this, _factor(rule, chosen))
    own_before = total.own.get(item.drug, Decimal(0))
    fitting = doses_left(limit=limit, so_far=total.equivalents, each=counts_for)
    if rule.own_limit is not None:
        fitting = min(fitting, doses_left(limit=rule.own_limit, so_far=own_before, each=this))
    return LifetimeDose(
        item=item.id,
        course=item.course,
        drug=item.drug,
        before=total.equivalents,
        this=counts_for,
        after=CONTEXT.add(total.equivalents, counts_for),
        limit=limit,
        left=left_under(limit, total.equivalents),
        doses_left=fitting,
        own_before=own_before,
        own_after=CONTEXT.add(own_before, this),
        own_limit=rule.own_limit,
        equivalents=chosen["anthracycline_equivalents"],
        source=rule.source,
        grade=rule.grade,
    )


def _per_m2(dose: Dose | None) -> Decimal | None:
    """mg/m2 of one administration; None where there is no dose, or none by body surface."""
    return None if dose is None or dose.measure is None or dose.measure.unit != "m2" else dose.per_measure


def _by_day(administrations: tuple[Administration, ...]) -> list[Administration]:
    return sorted(administrations, key=lambda item: (item.date or item.due, item.course, item.number))


def _rule(drug: str, library: Library) -> Cumulative | None:
    found = library.drugs[drug].cumulative if drug in library.drugs else None
    return found if found is not None and found.group == GROUP else None


def _factor(rule: Cumulative, chosen: Mapping[str, str]) -> Decimal:
    return dict(rule.equivalents)[chosen["anthracycline_equivalents"]]


def _entries(request: Request, library: Library) -> Iterator[tuple[EarlierDrug, Cumulative]]:
    for entry in request.history:
        rule = _rule(entry.drug, library) if isinstance(entry, EarlierDrug) else None
        if isinstance(entry, EarlierDrug) and rule is not None:
            yield entry, rule


def _history_is_known(request: Request, library: Library) -> bool:
    entries = [entry for entry, _ in _entries(request, library)]
    if any(entry.cumulative is None or entry.cumulative.unit != UNIT for entry in entries):
        return False
    return bool(entries) or request.facts.earlier_anthracycline == "none"


def _earlier(request: Request, library: Library, chosen: Mapping[str, str]) -> _Total:
    total = _Total()
    for entry, rule in _entries(request, library):
        if entry.cumulative is not None:
            total.add(entry.drug, rule, entry.cumulative.amount, chosen)
    return total


def _unknown(course: str, drug: str) -> Finding:
    return finding("anthracycline-history-unknown", "stop", course=course, drug=drug, source="doxorubicin_mims")


def _over(item: Administration, line: LifetimeDose, rule: Cumulative) -> Finding:
    """A stop for the dose that is due; what lies ahead is only told."""
    values = {"number": str(item.number), "date": (item.date or item.due).isoformat()}
    so_far, limit = line.before, line.limit
    if rule.own_limit is not None and line.own_after > rule.own_limit and line.after <= line.limit:
        so_far, limit = line.own_before, rule.own_limit
    severity: Severity = "stop" if item.gate else "info"
    values |= {"so_far": decimal_text(so_far), "limit": decimal_text(limit)}
    return finding("lifetime-limit-reached", severity, course=item.course, drug=item.drug, source=rule.source, **values)
