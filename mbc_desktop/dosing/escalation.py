"""Whether a drug goes up to its full dose after the first administrations, and goes back from it: oral vinorelbine, from 60 to
80 mg/m2 after three doses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.dosing.situation import Situation
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import EscalationGate

NEUTROPHILS = "neutrophils"
UNIT = "10^9/L"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDose:
    """A dose that was taken before: its day, and what its order asked for (mg/m2), whatever was then given."""

    day: date
    ordered: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLow:
    """The lower dose (`per`, in the order's own unit) at which a rule keeps a drug, and the count that decided."""

    rule: str
    per: Decimal
    seen: Measurement
    source: str
    grade: Grade

    def values(self) -> tuple[tuple[str, str], ...]:
        """What a step shows of it."""
        return (("neutrophils", decimal_text(self.seen.quantity.amount)), ("on", self.seen.on.isoformat()))


def may_escalate(neutrophils: Iterable[Decimal], *, never_below: Decimal, once_up_to: Decimal) -> bool:
    """Not when the lowest count after a dose (10^9/L) fell once below `never_below`, or more than once to `once_up_to` or less.
    Oral vinorelbine from 60 to 80 mg/m2 after three doses: 0.5 and 1.0 (Navelbine Oral, product information)."""
    values = tuple(neutrophils)
    return all(value >= never_below for value in values) and sum(value <= once_up_to for value in values) <= 1


def escalation_rule(drug: Drug) -> EscalationGate | None:
    """The drug's rule about going up, if it has one."""
    return next((rule for rule in drug.holds if isinstance(rule, EscalationGate)), None)


def kept_low(
    drug: Drug, situation: Situation, earlier: tuple[EarlierDose, ...], *, ordered: Decimal | None, on: date
) -> KeptLow | None:
    """The lower dose instead of `ordered` on that day, or None where the ordered one stands.

    Every interval between two doses has one lowest count. After counts that fell too low the drug stays at, or goes back to, the
    lower dose for at least `doses` more; it rises when the last so many were all followed by a count and none fell too low.
    Counts that are not known keep a drug low after a fall, and never lower one that did not fall."""
    rule = escalation_rule(drug)
    counts = [item for item in situation.measurements if item.kind == NEUTROPHILS]
    if rule is None or ordered != rule.dose or not counts or not earlier:
        return None
    walk = _Walk(rule)
    days = [*(dose.day for dose in earlier[1:]), on]
    for dose, until in zip(earlier, days, strict=True):
        walk.turn(dose.ordered)
        walk.nadirs.append(_lowest(counts, after=dose.day, until=until))
    walk.turn(ordered)
    if walk.why is None:
        return None
    return KeptLow(rule=rule.id, per=rule.stay_at, seen=walk.why, source=rule.source, grade=rule.grade)


class _Walk:
    """From dose to dose: the lowest count after each dose since the dose last changed (`nadirs`), and the count for which the
    drug is kept low after a fall (`why`; None while it never fell, or rose again)."""

    def __init__(self, rule: EscalationGate) -> None:
        self.rule = rule
        self.high = False
        self.why: Measurement | None = None
        self.nadirs: list[Measurement | None] = []

    def turn(self, ordered: Decimal) -> None:
        """One dose: whether it is the full one or the lower one."""
        if ordered != self.rule.dose:
            return
        if self.why is not None:
            if self._is_clean():
                self.why, self.high, self.nadirs = None, True, []
        elif not self._may_rise(self.nadirs):
            self.why, self.nadirs = min(self._known(self.nadirs), key=_amount), []
        elif not self.high:
            self.high, self.nadirs = True, []

    def _is_clean(self) -> bool:
        last = self.nadirs[-self.rule.doses :]
        return len(last) == self.rule.doses and None not in last and self._may_rise(last)

    def _may_rise(self, nadirs: list[Measurement | None]) -> bool:
        amounts = [_amount(item) for item in self._known(nadirs)]
        return may_escalate(amounts, never_below=self.rule.never_below, once_up_to=self.rule.once_up_to)

    @staticmethod
    def _known(nadirs: list[Measurement | None]) -> list[Measurement]:
        return [item for item in nadirs if item is not None]


def _amount(count: Measurement) -> Decimal:
    return count.quantity.to(UNIT, analyte=NEUTROPHILS).amount


def _lowest(counts: list[Measurement], *, after: date, until: date) -> Measurement | None:
    """The lowest count after the day of a dose, up to the day of the next."""
    between = [item for item in counts if after < item.on <= until]
    return min(between, key=_amount, default=None)
