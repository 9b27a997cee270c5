"""Doses for the administrations of one course: computed once per order and state of knowledge, then shared; and their
release."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, Protocol

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.bone_agent_gates import is_held_for_creatinine
from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose import Dose, DoseAnswer
from mbc_desktop.dosing.dose_work import FULL_DOSE, DoseLevel
from mbc_desktop.dosing.escalation import EarlierDose, KeptLow, kept_low
from mbc_desktop.dosing.gates import GateDay, GateItem, too_old, verdict_of
from mbc_desktop.dosing.release import release_gate
from mbc_desktop.dosing.situation import Situation, situation_on
from mbc_desktop.planning.replay.doubtful_values import doubtful_values
from mbc_desktop.planning.request import DrugCourse, Request
from mbc_desktop.regimen.dose_rules import Band
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import ThresholdGate
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order
from mbc_desktop.regimen.site import Site

RELEASE_DAYS = 7
"""A dose due within this many days of today is released or withheld; later ones are provisional where they rest on
measured values."""

Release = Literal["planned", "provisional", "withheld"]

_GateKey = tuple[str, bool, tuple[int, ...], Decimal | None, tuple[EarlierDose, ...], date | None]
_AnswerKey = tuple[int, int, Decimal | None, Quantity | None, KeptLow | None, int, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A dose (None while withheld), whether it may be given, and the findings that belong to it."""

    dose: Dose | None
    status: Release
    findings: tuple[Finding, ...]
    gate: tuple[GateItem, ...] = ()
    """What every rule of the day says about a dose that is due; empty for any other."""


class Desk(Protocol):
    """Who says which dose is given."""

    def released(
        self,
        order: Order,
        day: date,
        *,
        level: DoseLevel,
        ordered: Quantity | None,
        first: bool,
        ongoing: bool = False,
        earlier: tuple[EarlierDose, ...] = (),
        overdue: bool = False,
    ) -> Released:
        """The dose of an order on a day, and whether it may be given."""


class _NoDoses:
    def released(
        self,
        order: Order,
        day: date,
        *,
        level: DoseLevel,
        ordered: Quantity | None,
        first: bool,
        ongoing: bool = False,
        earlier: tuple[EarlierDose, ...] = (),
        overdue: bool = False,
    ) -> Released:
        """Nothing: only the dates are wanted."""
        return Released(dose=None, status="planned", findings=())


NO_DOSES: Desk = _NoDoses()
"""For a replay that only asks for the dates."""


class DoseDesk:
    """Computes and releases the doses of one course. Values are those known on the day of the dose, never later ones than
    today's."""

    def __init__(self, request: Request, course: DrugCourse, chosen: Mapping[str, str], *, library: Library, site: Site) -> None:
        self._request = request
        self._course = course
        self._chosen = chosen
        self._library = library
        self._site = site
        self._days = sorted({measurement.on for measurement in request.measurements})
        self._epoch_today = bisect_right(self._days, request.today)
        self._situations: dict[int, Situation] = {}
        self._answers: dict[_AnswerKey, tuple[DoseAnswer, tuple[tuple[str, int], ...]]] = {}
        self._rows: defaultdict[str, dict[str, int]] = defaultdict(dict)
        # By identity: the answers themselves are kept above.
        self._released_later: dict[int, Released] = {}
        self._gates: dict[_GateKey, tuple[GateItem, ...]] = {}
        self._doubted = frozenset(doubt.measurement for doubt in doubtful_values(request, library))
        self._last_release = request.today + timedelta(days=RELEASE_DAYS)

    def released(
        self,
        order: Order,
        day: date,
        *,
        level: DoseLevel,
        ordered: Quantity | None,
        first: bool,
        ongoing: bool = False,
        earlier: tuple[EarlierDose, ...] = (),
        overdue: bool = False,
    ) -> Released:
        """The dose of an order on a day. `first` = first dose of the drug in this course; `ongoing` = tablets already
        being taken, which are judged by today's values and not held back for their age; `earlier` = the doses before it, for a
        drug that goes up after the first ones; `overdue` = doses of the drug are recorded, so that one whose day has passed
        without a word is still to come: what today's values object to holds it back, and a lower dose by them counts."""
        drug = self._library.drugs[order.drug]
        today = self._request.today
        known_on = today if ongoing else day
        kept = self._kept_low(order, drug, known_on, earlier) if earlier else None
        answer = self._answer(order, drug, known_on, level, ordered, kept)
        if day < today and not ongoing:
            now = self._answer(order, drug, today, level, ordered, kept) if overdue or answer.dose is None else answer
            objections = self._objections(drug, self._gate_day(days=order.days, earlier=earlier)) if overdue else ()
            return _passed(answer, now, objections)
        if ongoing:
            return self._going_on(answer, self._while_taken(drug, self._gate_day(days=order.days)))
        if day > self._last_release:
            return self._later(answer)
        amount = None if order.dose.kind == "by_decision" or level != FULL_DOSE else order.dose.amount
        gate_day = self._gate_day(first=first, days=order.days, amount=amount, earlier=earlier, due=day)
        return self._release_now(answer, drug, gate_day)

    def _while_taken(self, drug: Drug, gate_day: GateDay) -> tuple[GateItem, ...]:
        """What speaks about tablets that are being taken: most rules are about the beginning of a cycle."""
        always = {rule.id for rule in drug.holds if isinstance(rule, ThresholdGate) and rule.when == "always"}
        return tuple(item for item in self._gate(drug, gate_day) if item.rule in always) if always else ()

    def _going_on(self, answer: DoseAnswer, gate: tuple[GateItem, ...]) -> Released:
        dose = None if verdict_of(gate) == "wait" else answer.dose
        found = (*answer.findings, *(said for item in gate for said in item.findings))
        return Released(dose=dose, status="planned" if dose else "withheld", findings=found, gate=gate)

    def _later(self, answer: DoseAnswer) -> Released:
        """A dose that is not due yet: the same for all those that one answer holds for."""
        released = self._released_later.get(id(answer))
        if released is None:
            status: Release = "withheld" if answer.dose is None else ("provisional" if answer.used else "planned")
            released = Released(dose=answer.dose, status=status, findings=answer.findings)
            self._released_later[id(answer)] = released
        return released

    def _release_now(self, answer: DoseAnswer, drug: Drug, gate_day: GateDay) -> Released:
        today = self._request.today
        stale = tuple(
            finding(
                "value-too-old",
                "stop",
                drug=drug.id,
                kind=measurement.kind,
                on=measurement.on.isoformat(),
                age=str((today - measurement.on).days),
                limit=str(limit),
            )
            for measurement, limit in too_old(answer.used, today=today, fields=self._library.fields)
        )
        gate = (*self._gate(drug, gate_day), *self._confirmed(drug, first=gate_day.first))
        found = (*answer.findings, *stale, *(said for item in gate for said in item.findings))
        stopped = any(item.severity == "stop" for item in found) or bool(self._doubted & set(answer.used))
        stopped = stopped or answer.dose is None
        dose = None if stopped else answer.dose
        return Released(dose=dose, status="withheld" if stopped else "planned", findings=found, gate=gate)

    def _objections(self, drug: Drug, gate_day: GateDay) -> tuple[GateItem, ...]:
        """What a value of today, were it given today, would hold the drug back for."""
        return tuple(item for item in self._gate(drug, gate_day) if item.verdict == "wait")

    def _gate(self, drug: Drug, gate_day: GateDay) -> tuple[GateItem, ...]:
        key = (drug.id, gate_day.first, gate_day.days, gate_day.dose, gate_day.earlier, gate_day.due)
        if key not in self._gates:
            self._gates[key] = release_gate(drug, self._situation(self._request.today), gate_day)
        return self._gates[key]

    def _confirmed(self, drug: Drug, *, first: bool) -> tuple[GateItem, ...]:
        """A drug that is confused with another one: somebody confirms, once per course, that this one is meant."""
        if not first or not drug.look_alikes:
            return ()
        confirmed = drug.id in self._chosen.get("look_alike_confirmed", "").split()
        return (
            GateItem(
                rule="look-alike",
                kind="look_alike",
                verdict="go" if confirmed else "ask",
                source="safety_input_policy",
                grade="proposal",
                value=" ".join(drug.look_alikes),
            ),
        )

    def _gate_day(
        self,
        *,
        first: bool = False,
        days: tuple[int, ...] = (),
        amount: Decimal | None = None,
        earlier: tuple[EarlierDose, ...] = (),
        due: date | None = None,
    ) -> GateDay:
        return GateDay(
            today=self._request.today,
            baseline_on=self._course.start,
            first=first and not self._is_taken_over(),
            days=days,
            fields=self._library.fields,
            dose=amount,
            earlier=earlier,
            due=due,
        )

    def _is_taken_over(self) -> bool:
        return self._course.last_given is not None or (self._course.cycle or 1) > 1 or self._course.phase != ""

    def _kept_low(self, order: Order, drug: Drug, day: date, earlier: tuple[EarlierDose, ...]) -> KeptLow | None:
        asked = None if order.dose.kind == "by_decision" else order.dose.amount
        return kept_low(drug, self._situation(day), earlier, ordered=asked, on=day)

    def _answer(
        self, order: Order, drug: Drug, day: date, level: DoseLevel, ordered: Quantity | None, kept: KeptLow | None
    ) -> DoseAnswer:
        rows = self._rows[drug.id]
        key = (id(order), level.steps, level.percent, ordered, kept, self._epoch(day), tuple(rows.items()))
        known = self._answers.get(key)
        if known is None:
            answer = compute_dose(
                order,
                drug,
                self._situation(day),
                level=level,
                kept=kept,
                ordered=ordered,
                rows_so_far=rows,
                override=self._library.dose_override,
                tables=self._library.dose_tables,
                site=self._site,
            )
            # A dose that is held is not given: its band does not bind the doses after the hold, which go on as before.
            held = is_held_for_creatinine(drug, self._situation(day), self._gate_day())
            known = self._answers[key] = answer, () if held else _binding(drug, answer)
        answer, binding = known
        rows.update(binding)
        return answer

    def _epoch(self, day: date) -> int:
        """How many of the days with measurements are over on that day, or today when it lies ahead."""
        return self._epoch_today if day >= self._request.today else bisect_right(self._days, day)

    def _situation(self, day: date) -> Situation:
        epoch = self._epoch(day)
        if epoch not in self._situations:
            weight = self._course.reference_weight
            self._situations[epoch] = situation_on(
                min(day, self._request.today),
                patient=self._request.patient,
                facts=self._request.facts,
                measurements=self._request.measurements,
                chosen=self._chosen,
                reference_weight_kg=weight.amount if weight else None,
                ranges=self._site.ranges,
            )
        return self._situations[epoch]


def _passed(then: DoseAnswer, now: DoseAnswer, objections: tuple[GateItem, ...]) -> Released:
    """A dose whose day has passed: computed for that day, else by today's values; held back by what stands against it today, and
    no more than today's dose."""
    said = tuple(finding for item in objections for finding in item.findings)
    if objections or now.dose is None:
        return Released(dose=None, status="withheld", findings=(*now.findings, *said), gate=objections)
    lower = then.dose is None or now.dose.amount.amount < then.dose.amount.amount
    answer = now if lower else then
    return Released(dose=answer.dose, status="planned", findings=answer.findings)


def _binding(drug: Drug, answer: DoseAnswer) -> tuple[tuple[str, int], ...]:
    """The rows that bind later doses: of bands that are read again at each dose, downward only. Every other row is read anew."""
    read_again = {rule.id for rule in drug.adjust if isinstance(rule, Band) and rule.rebanding}
    return tuple(row for row in answer.rows if row[0] in read_again)
