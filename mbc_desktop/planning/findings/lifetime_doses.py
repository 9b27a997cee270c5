"""Anthracyclines over a lifetime: before each administration what was given so far, in this plan and before it, and what is
left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding, Severity, finding
from mbc_desktop.dosing.dose import Dose
from mbc_desktop.dosing.lifetime import doses_left, equivalent, left_under
from mbc_desktop.planning.findings.lifetime_history import counted_amounts, rule_of, unknown_history, unnamed_drugs
from mbc_desktop.planning.findings.lifetime_partners import left_alone
from mbc_desktop.planning.plan import Administration, LifetimeDose
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.drug import Cumulative
from mbc_desktop.regimen.library import Library


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
        """Counts an amount in mg/m2, as itself and as equivalents."""
        self.equivalents += equivalent(amount, _factor(rule, chosen))
        self.own[drug] = self.own.get(drug, Decimal(0)) + amount

    def only_of(self, drug: str) -> bool:
        """Whether nothing else of the group was given so far."""
        return not any(amount for other, amount in self.own.items() if other != drug)


def lifetime_doses(
    request: Request, library: Library, administrations: tuple[Administration, ...], chosen: Mapping[str, str]
) -> LifetimeCount:
    """Counts every anthracycline of the plan by date, after those of the history. `chosen` are the answers of the whole hospital.

    An unknown history blocks: amounts in mg/m2 or a recorded "none" are needed; a blank is never read as zero, nor is a drug that
    cannot be counted, a course that was taken over, or a dose that was given without a known amount. The limit is the lower one
    unless it is recorded that nothing else harms the heart."""
    counted = [item for item in _by_day(administrations) if rule_of(item.drug, library) is not None]
    if not counted:
        return LifetimeCount()
    blocking = unknown_history(request, library, counted)
    if blocking:
        coming = frozenset(item.id for item in counted if item.status in ("planned", "provisional"))
        return LifetimeCount(findings=blocking, stopped=coming)
    count = _counted(counted, _earlier(request, library, chosen), limit_of(request, chosen), request, library, chosen)
    alone = left_alone(administrations, count.stopped)
    return replace(count, findings=(*unnamed_drugs(request, library, counted), *count.findings, *alone))


def limit_of(request: Request, chosen: Mapping[str, str]) -> Decimal:
    """The limit in mg/m2 of doxorubicin: the lower one unless it is recorded that there is no added risk to the heart."""
    key = "anthracycline_limit" if request.facts.cardiac_risk == "no" else "anthracycline_limit_at_risk"
    return Decimal(chosen[key])


def _counted(
    items: list[Administration],
    total: _Total,
    limit: Decimal,
    request: Request,
    library: Library,
    chosen: Mapping[str, str],
) -> LifetimeCount:
    lines: list[LifetimeDose] = []
    stopped: dict[str, Finding] = {}
    for item in items:
        rule, this = rule_of(item.drug, library), _per_m2(item.dose)
        if rule is None or this is None or item.status in NOT_COMING:
            continue
        line = _line(item, rule, this, total, limit, request, chosen)
        if line.is_over() and item.status != "given":
            stopped[item.id] = _over(item, line, rule)
            continue
        lines.append(line)
        total.add(item.drug, rule, this, chosen)
    first = {(said.course, said.drug, said.severity): said for said in reversed(stopped.values())}
    return LifetimeCount(doses=tuple(lines), findings=tuple(first.values()), stopped=frozenset(stopped))


def _line(
    item: Administration,
    rule: Cumulative,
    this: Decimal,
    total: _Total,
    limit: Decimal,
    request: Request,
    chosen: Mapping[str, str],
) -> LifetimeDose:
    """Of a product with a limit of its own that is the only one ever given, to a patient without added risk to the heart, its own
    limit holds and the common one is only shown; else both hold."""
    counts_for = equivalent(this, _factor(rule, chosen))
    own_before = total.own.get(item.drug, Decimal(0))
    common_left = doses_left(limit=limit, so_far=total.equivalents, each=counts_for)
    own_left = None if rule.own_limit is None else doses_left(limit=rule.own_limit, so_far=own_before, each=this)
    alone = own_left is not None and request.facts.cardiac_risk == "no" and total.only_of(item.drug)
    by_own = own_left is not None and (alone or own_left < common_left)
    return LifetimeDose(
        item=item.id,
        course=item.course,
        drug=item.drug,
        before=total.equivalents,
        this=counts_for,
        after=CONTEXT.add(total.equivalents, counts_for),
        limit=limit,
        left=left_under(limit, total.equivalents),
        doses_left=own_left if by_own and own_left is not None else common_left,
        doses_left_common=common_left,
        doses_left_own=own_left,
        binds="own" if by_own else "common",
        own_before=own_before,
        own_this=this,
        own_after=CONTEXT.add(own_before, this),
        own_limit=rule.own_limit,
        equivalents=chosen["anthracycline_equivalents"],
        source=rule.source,
        grade=rule.grade,
        own_source=rule.own_limit_source if own_left is not None else "",
        own_grade=rule.own_limit_grade if own_left is not None else rule.grade,
    )


def _per_m2(dose: Dose | None) -> Decimal | None:
    """mg/m2 of one administration; None where there is no dose, or none by body surface."""
    return None if dose is None or dose.measure is None or dose.measure.unit != "m2" else dose.per_measure


def _by_day(administrations: tuple[Administration, ...]) -> list[Administration]:
    return sorted(administrations, key=lambda item: (item.date or item.due, item.course, item.number))


def _factor(rule: Cumulative, chosen: Mapping[str, str]) -> Decimal:
    return dict(rule.equivalents)[chosen["anthracycline_equivalents"]]


def _earlier(request: Request, library: Library, chosen: Mapping[str, str]) -> _Total:
    total = _Total()
    for drug, rule, amount in counted_amounts(request, library):
        total.add(drug, rule, amount, chosen)
    return total


def _over(item: Administration, line: LifetimeDose, rule: Cumulative) -> Finding:
    """A stop for the dose that is due; what lies ahead is only told."""
    values = {"number": str(item.number), "date": (item.date or item.due).isoformat()}
    so_far, limit = (line.own_before, rule.own_limit) if line.binds == "own" and rule.own_limit else (line.before, line.limit)
    severity: Severity = "stop" if item.gate else "info"
    source = line.own_source if line.binds == "own" else line.source
    values |= {"so_far": decimal_text(so_far), "limit": decimal_text(limit)}
    return finding("lifetime-limit-reached", severity, course=item.course, drug=item.drug, source=source, **values)
