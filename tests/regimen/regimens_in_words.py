"""A regimen as lines that a pharmacist reads: each clock with its cycles, in them each drug with dose, route, days and times."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.core.interval import Interval
from mbc_desktop.regimen.dose_rules import BaseDose
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Order, Part, Phase, Reload
from tests.regimen.drugs_in_words import Line, check_lines, cycles_in_words, listed, number, unnamed


def part_lines(part: Part, library: Library) -> Iterator[Line]:
    """Every number of one clock of a regimen."""
    if part.timing_of:
        yield Line("moves as", part.timing_of)
    for phase_id, drug in part.timing_by_phase:
        yield Line(f"moves as, phase {phase_id}", drug)
    before = 0
    for phase in part.phases:
        last = None if phase.cycles is None else before + phase.cycles
        yield from _phase(phase, (before + 1, last), library)
        if not phase.decision:
            before = last or 0
    for check in part.checks:
        yield from check_lines(check)
    yield from unnamed(part, frozenset(("phases", "timing_of", "timing_by_phase", "checks")), "part")


def _phase(phase: Phase, cycles: tuple[int, int | None], library: Library) -> Iterator[Line]:
    only = f"if {phase.decision} = {phase.if_decided}, " if phase.decision else ""
    yield Line(f"{only}{cycles_in_words(cycles)}: cycle length", _every(phase.every, library))
    named = [_order_name(order, only, cycles) for order in phase.orders]
    for order, what in zip(phase.orders, named, strict=True):
        yield from _order(order, what if named.count(what) == 1 else f"{what} ({_days(order)})")
    yield from unnamed(phase, frozenset(("every", "cycles", "orders", "decision", "if_decided")), f"{only}{phase.id}")


def _every(every: Interval | str | None, library: Library) -> str:
    if every is None:
        return "none"
    if isinstance(every, str):
        return f"by {library.decisions[every].id}"
    return every.text()


def _order_name(order: Order, only: str, cycles: tuple[int, int | None]) -> str:
    first = max(order.cycles[0], cycles[0])
    ends = [end for end in (order.cycles[1], cycles[1]) if end is not None]
    if order.decision:
        only += f"if {order.decision} = {order.if_decided}, "
    return f"{only}{cycles_in_words((first, min(ends, default=None)))}: {order.drug}"


def _days(order: Order) -> str:
    """The days of an order: "1, 8, 15", "1-14", "1-without end"."""
    take = order.take
    return listed(order.days) if take is None else f"{take.first}-{'without end' if take.last is None else take.last}"


def _order(order: Order, what: str) -> Iterator[Line]:
    said: dict[str, object] = {"dose": _dose(order.dose), "route": order.route, "days": _days(order)}
    if order.take is not None:
        take = order.take
        said["times a day"] = take.times
        said["every"] = None if take.every_days == 1 else f"{take.every_days} d"
    said["minutes"] = order.minutes
    said["observe minutes"] = order.observe_minutes
    said["form"] = order.form or None
    said["role"] = None if order.role == "treatment" else order.role
    said["place in the order"] = order.sequence or None
    said["ends with"] = order.ends_with or None
    said["weekdays"] = f"by {order.take.weekdays}" if order.take is not None and order.take.weekdays else None
    for name, value in said.items():
        if value is not None:
            yield Line(f"{what}: {name}", str(value), order.source, order.grade)
    for reload in order.reload:
        yield from _reload(reload, what)
    known = frozenset(
        (
            "drug", "route", "dose", "days", "take", "cycles", "role", "form", "minutes", "observe_minutes", "sequence",
            "decision", "if_decided", "reload", "ends_with",
        )
    )  # fmt: skip
    yield from unnamed(order, known, what)


def _dose(dose: BaseDose) -> str:
    if dose.kind == "by_decision":
        return f"by {dose.decision}, {dose.unit} ({dose.per})"
    return f"{number(dose.amount)} {dose.unit} ({dose.kind})"


def _reload(reload: Reload, what: str) -> Iterator[Line]:
    only = f"if {reload.decision} = {reload.if_decided}, " if reload.decision else ""
    where = f"{what}: {only}from {reload.from_days} d after the last"
    said = {
        "dose": _dose(reload.dose),
        "minutes": reload.minutes,
        "observe minutes": reload.observe_minutes,
        "form": reload.form or None,
    }
    for name, value in said.items():
        if value is not None:
            yield Line(f"{where}, {name}", str(value), reload.source, reload.grade)
    yield from unnamed(
        reload, frozenset(("from_days", "dose", "minutes", "observe_minutes", "form", "decision", "if_decided")), where
    )
