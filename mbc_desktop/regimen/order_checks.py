"""Whether the parts, phases and orders of a regimen can be given as written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from mbc_desktop.core.interval import Interval, read_interval
from mbc_desktop.regimen.dose_rules import Ceiling
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import ThresholdGate
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import WEEKDAY_PAIRS, Order, Part, Phase, Regimen, Reload
from mbc_desktop.regimen.rule_checks import amounts_decided, can_be_made, check_faults

Fault = Iterator[tuple[str, str]]

SHORTEST_MONTH = 28


def part_faults(part: Part, place: str, library: Library) -> Fault:
    """What is wrong with one clock of a regimen."""
    yield from _order_of_phases(part, place)
    yield from _timing(part, place, library)
    for number, check in enumerate(part.checks):
        yield from check_faults(check, f"{place}.checks[{number}]", library)
    before = 0
    for number, phase in enumerate(part.phases):
        here = f"{place}.phases[{number}]"
        longest = _longest_cycle(phase, library)
        yield from _phase(phase, here, library)
        for row, order in enumerate(phase.orders):
            there = f"{here}.orders[{row}]"
            yield from _order(order, there, library)
            yield from _days(order, there, longest)
            yield from _never_daily(order, there, longest, library)
            yield from _cycles(order, phase, there, 0 if phase.decision else before)
        yield from _given_twice(phase, here)
        yield from _spacing(part, phase, here, longest, library)
        if not phase.decision:
            before += phase.cycles or 0


def _order_of_phases(part: Part, place: str) -> Fault:
    for number, phase in enumerate(part.phases):
        if phase.id in [earlier.id for earlier in part.phases[:number]]:
            yield f"{place}.phases[{number}].id", f"is named twice: {phase.id}"
        for later in part.phases[number + 1 :]:
            if phase.cycles is None and not _excluded(phase, later):
                yield f"{place}.phases[{number}].cycles", f"is without end, so {later.id} would never come"


def _timing(part: Part, place: str, library: Library) -> Fault:
    drugs = {order.drug for phase in part.phases for order in phase.orders if order.days}
    if drugs and not part.timing_of:
        yield f"{place}.timing_of", "is missing, so it is unknown how the visits may move"
    named = [("timing_of", part.timing_of), *((f"timing_by_phase.{phase}", drug) for phase, drug in part.timing_by_phase)]
    for key, drug in named:
        if drug and drug not in drugs:
            yield f"{place}.{key}", f"is no drug that this part gives in the day hospital: {drug}"
        elif drug and drug in library.drugs and not library.drugs[drug].timing:
            yield f"{place}.{key}", f"{drug} has no timing of its own"
    for phase_id, _ in part.timing_by_phase:
        if phase_id not in [phase.id for phase in part.phases]:
            yield f"{place}.timing_by_phase", f"unknown phase: {phase_id}"


def _phase(phase: Phase, place: str, library: Library) -> Fault:
    if phase.every is None and phase.cycles != 1:
        yield f"{place}.cycles", "a phase that never repeats has one cycle"
    if isinstance(phase.every, str):
        decision = library.decisions.get(phase.every)
        if decision is None:
            yield f"{place}.every", f"unknown decision: {phase.every}"
        elif not decision.options or any(_interval(option) is None for option in decision.options):
            yield f"{place}.every", f"the options of {phase.every} are no intervals"
    yield from _condition(phase, place, library)


def _condition(item: Phase | Order | Reload, place: str, library: Library) -> Fault:
    """A phase or order that is there only by a decision: the question exists and can be answered so."""
    if bool(item.decision) != bool(item.if_decided):
        yield f"{place}.if_decided", "a decision and the answer it takes belong together"
    elif item.decision and item.decision not in library.decisions:
        yield f"{place}.decision", f"unknown decision: {item.decision}"
    elif item.decision and item.if_decided not in library.decisions[item.decision].options:
        yield f"{place}.if_decided", f"{item.if_decided} is no option of {item.decision}"


def _order(order: Order, place: str, library: Library) -> Fault:
    drug = library.drugs.get(order.drug)
    if drug is None:
        yield f"{place}.drug", f"unknown drug: {order.drug}"
        return
    if order.route not in drug.routes:
        yield f"{place}.route", f"{drug.id} is not given {order.route}"
    if (drug.place == "home") != (order.take is not None):
        yield f"{place}.drug", f"{drug.id} is {'taken at home' if drug.place == 'home' else 'given in the day hospital'}"
    if order.form and order.form not in [form.id for form in drug.forms]:
        yield f"{place}.form", f"{drug.id} has no form {order.form}"
    yield from _condition(order, place, library)
    yield from _limited_days(order, drug, place)
    for number, rule in enumerate(order.reload):
        here = f"{place}.reload[{number}]"
        yield from _condition(rule, here, library)
        yield from _dose(replace(order, dose=rule.dose, form=rule.form or order.form), drug, here, library)
        if rule.form and rule.form not in [form.id for form in drug.forms]:
            yield f"{here}.form", f"{drug.id} has no form {rule.form}"
    yield from _dose(order, drug, place, library)


def _dose(order: Order, drug: Drug, place: str, library: Library) -> Fault:
    dose = order.dose
    amount_unit = dose.unit.partition("/")[0]
    if any(form.unit != amount_unit for form in drug.forms):
        yield f"{place}.dose.unit", f"{dose.unit} does not fit the forms of {drug.id}"
    if drug.levels is not None and drug.levels.unit != dose.unit:
        yield f"{place}.dose.unit", f"{dose.unit} does not fit the dose levels of {drug.id}"
    if dose.kind == "by_decision":
        yield from amounts_decided(dose.decision, f"{place}.dose.decision", library)
        return
    if dose.amount == 0:
        yield f"{place}.dose.amount", "a dose is above zero"
    if drug.levels is not None and dose.amount not in drug.levels.amounts:
        yield f"{place}.dose.amount", f"is none of the dose levels of {drug.id}"
    if dose.kind != "auc" and any(
        isinstance(rule, Ceiling) and rule.unit == dose.unit and dose.amount > rule.at_most for rule in drug.limits
    ):
        yield f"{place}.dose.amount", f"is above the ceiling of {drug.id}"
    if dose.kind == "fixed":
        if not can_be_made(drug, dose.amount):
            yield f"{place}.dose.amount", f"cannot be made from the forms of {drug.id}"
        if any(row.outcome.dose is not None and row.outcome.dose > dose.amount for rule in drug.adjust for row in rule.rows):
            yield f"{place}.dose.amount", f"is lower than an adjusted dose of {drug.id}"


def _limited_days(order: Order, drug: Drug, place: str) -> Fault:
    """A limit for some days of the cycle must know which order it holds for: one order never mixes them with other days."""
    for hold in drug.holds:
        days = set(hold.days) if isinstance(hold, ThresholdGate) else set()
        if days & set(order.days) and set(order.days) - days:
            yield f"{place}.days", f"mixes days with and without the limit {hold.id} of {drug.id}: make one order for each"


def _days(order: Order, place: str, longest: int | None) -> Fault:
    """Days inside the cycle; before day 1 only what prepares for it, for nothing else is planned before the start."""
    first = order.days[0] if order.days else order.take.first if order.take else 1
    last = order.days[-1] if order.days else order.take.last if order.take else None
    where = f"{place}.days" if order.days else f"{place}.take"
    if first < (1 if order.role == "treatment" else -27):
        yield where, f"day {first} lies before the cycle"
    if longest is not None and last is None:
        yield where, "intake without end belongs to a phase that never repeats"
    if longest is not None and last is not None and last > longest:
        yield where, f"day {last} lies outside a cycle of {longest} days"


def _never_daily(order: Order, place: str, longest: int | None, library: Library) -> Fault:
    """Weekly tablets taken daily have killed: only every second day, or two named weekdays of a cycle of one week."""
    take, drug = order.take, library.drugs.get(order.drug)
    if take is None or drug is None:
        return
    if take.weekdays:
        decision = library.decisions.get(take.weekdays)
        if decision is None or not decision.options or set(decision.options) - set(WEEKDAY_PAIRS):
            yield f"{place}.take.weekdays", f"the options of {take.weekdays} are no pairs of weekdays"
        if (take.first, take.last, longest) != (1, 2, 7):
            yield f"{place}.take", "two weekdays are days 1 and 2 of a cycle of 7 days"
    elif "never_daily" in drug.classes and take.every_days == 1:
        yield f"{place}.take", f"{drug.id} is never taken daily: every second day, or on two named weekdays"


def _cycles(order: Order, phase: Phase, place: str, before: int) -> Fault:
    """The order's cycles are numbers of the part; some must fall in this phase, and a last one cannot lie beyond its end."""
    first, last = order.cycles
    end = None if phase.cycles is None else before + phase.cycles
    if last is not None and last <= before:
        yield f"{place}.cycles", f"all lie before this phase, which begins with cycle {before + 1}"
    if end is not None and (first > end or (last is not None and last > end)):
        yield f"{place}.cycles", f"lie beyond this phase, which ends with cycle {end}"


def clock_faults(regimen: Regimen) -> Fault:
    """A drug with two clocks: its doses would be counted apart, and the days between them never judged. And a clock that tablets
    share: a delay of the one would leave days of the other of which nobody says whether they are taken."""
    for number, part in enumerate(regimen.parts):
        taken = dict.fromkeys(order.drug for _, order in _treated(part) if order.take is not None)
        others = dict.fromkeys(order.drug for _, order in _treated(part))
        if taken and len(others) > 1:
            yield f"parts[{number}]", f"has one clock for {' and '.join(others)}: tablets need one of their own"
    for (_, one), (number, other) in combinations(enumerate(regimen.parts), 2):
        for drug in dict.fromkeys(
            order.drug
            for (mine, first), (theirs, order) in product(_treated(one), _treated(other))
            if first.drug == order.drug and not (_excluded(mine, theirs) or _excluded(first, order))
        ):
            yield f"parts[{number}]", f"gives {drug}, which {one.id} gives too: each drug has one clock"


def _treated(part: Part) -> list[tuple[Phase, Order]]:
    return [(phase, order) for phase in part.phases for order in phase.orders if order.role == "treatment"]


def _excluded(one: Phase | Order, other: Phase | Order) -> bool:
    """Whether the answer that one needs leaves the other out."""
    return one.decision != "" and one.decision == other.decision and one.if_decided != other.if_decided


def _given_twice(phase: Phase, place: str) -> Fault:
    """Two orders of one drug for the same day would give the dose twice."""
    numbered = list(enumerate(phase.orders))
    for (_, one), (number, other) in combinations(numbered, 2):
        meet = _ranges_meet(one.cycles, other.cycles) and _days_meet(one, other)
        if one.drug == other.drug and not _excluded(one, other) and meet:
            yield f"{place}.orders[{number}]", f"gives {other.drug} on a day on which another order already gives it"


def _spacing(part: Part, phase: Phase, place: str, cycle: int | None, library: Library) -> Fault:
    """Days of the template that lie closer together, or further apart, than the timing of the drug allows."""
    drug = library.drugs.get(dict(part.timing_by_phase).get(phase.id, part.timing_of))
    rules = {rule.phase: rule for rule in drug.timing} if drug is not None else {}
    timing = rules.get(phase.id) or rules.get("")
    days = sorted({day for order in phase.orders if order.role == "treatment" for day in order.days})
    if timing is None or cycle is None or not days:
        return
    gaps = [later - day for day, later in zip(days, [*days[1:], days[0] + cycle], strict=True)]
    if min(gaps) < timing.minimum_days:
        yield place, f"gives two doses {min(gaps)} days apart, and the timing asks for {timing.minimum_days}"
    if timing.maximum_days is not None and max(gaps) > timing.maximum_days:
        yield place, f"gives two doses {max(gaps)} days apart, and the timing allows {timing.maximum_days}"


def _ranges_meet(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    return (one[1] is None or other[0] <= one[1]) and (other[1] is None or one[0] <= other[1])


def _days_meet(one: Order, other: Order) -> bool:
    if one.take is not None and other.take is not None:
        return _ranges_meet((one.take.first, one.take.last), (other.take.first, other.take.last))
    return bool(set(one.days) & set(other.days))


def _longest_cycle(phase: Phase, library: Library) -> int | None:
    """The days that every cycle surely has (the shortest option, a month as 28 days); None for a phase that never repeats."""
    if phase.every is None:
        return None
    if isinstance(phase.every, Interval):
        return _days_of(phase.every)
    decision = library.decisions.get(phase.every)
    intervals = [_interval(option) for option in decision.options] if decision else []
    return min((_days_of(interval) for interval in intervals if interval), default=None)


def _interval(text: str) -> Interval | None:
    try:
        return read_interval(text)
    except ValueError:
        return None


def _days_of(interval: Interval) -> int:
    return interval.count * {"days": 1, "weeks": 7, "months": SHORTEST_MONTH}[interval.unit]
