"""What a plan says, in the words of the worked cases: one line for a day, a dose, a period of tablets, a check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from mbc_desktop.dosing.dispense import dispense, shelf
from mbc_desktop.dosing.dose import Dose, Give
from mbc_desktop.planning.plan import Administration, Plan, SupportItem, TakePeriod
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.support import SupportPart

CYCLES = 4
"""As many cycles as a case writes down, unless it says otherwise."""


def plain(amount: Decimal) -> str:
    """A number without trailing zeros."""
    return format(amount.normalize(), "f")


def administrations(plan: Plan, drug: str, cycles: int = CYCLES) -> list[Administration]:
    """The administrations of a drug in the first cycles, by day."""
    items = [item for item in plan.administrations if item.drug == drug and item.cycle <= cycles]
    return sorted(items, key=lambda item: (item.due, item.number))


def given_line(item: Administration) -> str:
    """Day, dose, minutes of infusion and of observation: "2026-03-02 840 mg 60+60"; "none" where there is no day or no dose."""
    words = [item.date.isoformat() if item.date else "none", item.dose.amount.text() if item.dose else "none"]
    if item.dose is not None and item.dose.minutes is not None:
        observe = item.dose.observe_minutes
        words.append(f"{item.dose.minutes}" if observe is None else f"{item.dose.minutes}+{observe}")
    if item.status not in ("planned", "provisional", "withheld"):
        words.append(item.status)
    return " ".join(words)


def taken_line(item: TakePeriod) -> str:
    """First and last day, dose at a time and times a day, pieces in all, rest: "2026-03-02/2026-03-15 2150 mg x2, 168 pieces,
    rest 2026-03-16/2026-03-22". Without end the last day is left out."""
    last = "" if item.open else item.last.isoformat()
    words = f"{item.first}/{last} {item.dose.amount.text() if item.dose else 'none'}"
    if item.dose is not None:
        words += f" x{item.dose.times}"
        words += f" every {item.dose.every_days} d" if item.dose.every_days != 1 else ""
    if item.units is not None:
        words += f", {plain(item.units)} pieces"
    return words + (f", rest {item.rest[0]}/{item.rest[1]}" if item.rest else "")


def pieces(dose: Dose | None) -> str:
    """What is taken for a dose: "1 x 3 mg/4 mL"; the volume is what is drawn up."""
    return "none" if dose is None else _counted(dose.give)


def from_shelf(drug: Drug, form: str, amount: str, products: tuple[str, ...] = ()) -> str:
    """What is taken for this amount of a drug, of the forms that stand beside `form` ("" = the first one), or of the `products`
    that a formulary names."""
    found = dispense(Decimal(amount), shelf(drug, form, products))
    return "none" if found is None else _counted(found)


def _counted(parts: tuple[Give, ...]) -> str:
    return " + ".join(
        f"{plain(part.count)} x {plain(part.strength)} {part.unit}"
        + ("" if part.volume_ml is None else f"/{plain(part.volume_ml)} mL")
        for part in parts
    )


def window(item: Administration) -> str:
    """The days that an administration may move: "-3/+7"."""
    first, last = item.window
    return f"{(first - item.due).days:+d}/{(last - item.due).days:+d}"


def days_of(days: list[date]) -> list[str]:
    """Each day once, in order."""
    return [day.isoformat() for day in sorted(set(days))]


def codes(plan: Plan, *severities: str) -> set[str]:
    """The codes of findings and notes of these severities (none given: all)."""
    return {item.code for item in (*plan.findings, *plan.notes) if not severities or item.severity in severities}


def _intakes(plan: Plan, drug: str, cycles: int) -> list[TakePeriod]:
    return [item for item in plan.intakes if item.drug == drug and item.cycle <= cycles]


def _first_dose(plan: Plan, drug: str) -> Dose | None:
    found = [item.dose for item in (*plan.administrations, *plan.intakes) if item.drug == drug]
    return found[0] if found else None


def support_line(item: SupportItem) -> str:
    """First and last day of what goes beside the treatment, and its parts: "2026-03-02/2026-03-02 dexamethasone 8 mg,
    h1_antagonist (30-60 min before)"."""
    parts = ", ".join(_part(part) for part in item.parts)
    before = f" ({'-'.join(map(str, item.before_minutes))} min before)" if item.before_minutes else ""
    last = "" if item.open else item.last.isoformat()
    return f"{item.first}/{last} {parts}{before}{' as needed' if item.as_needed else ''}"


def _part(part: SupportPart) -> str:
    amount = "" if part.amount is None else f" {plain(part.amount)} {part.unit}"
    return f"{part.what}{amount}{'' if part.times is None else f' x{part.times}'}"


BY_NAME: dict[str, Callable[[Plan, str, int], Any]] = {
    "given": lambda plan, drug, cycles: [given_line(item) for item in administrations(plan, drug, cycles)],
    "taken": lambda plan, drug, cycles: [taken_line(item) for item in _intakes(plan, drug, cycles)],
    "windows": lambda plan, drug, cycles: [window(item) for item in administrations(plan, drug, cycles)],
    "give": lambda plan, drug, cycles: pieces(_first_dose(plan, drug)),
    "order": lambda plan, day, cycles: [item.drug for item in plan.administrations if str(item.date) == day],
    "support": lambda plan, measure, cycles: [support_line(item) for item in plan.support if item.measure == measure],
    "noted": lambda plan, kind, cycles: [
        f"{item.nominal} {item.note}" for item in plan.checks if item.kind == kind and item.note
    ],
    "sampled": lambda plan, kind, cycles: days_of([item.date for item in plan.checks if item.kind == kind and item.date]),
    "tasks": lambda plan, kind, cycles: days_of([item.date for item in plan.tasks if item.kind == kind]),
    "checks": lambda plan, kind, cycles: days_of([item.nominal for item in plan.checks if item.kind == kind]),
}
"""What a case may say about a drug (of a check: its kind; of an order: its day), each compared whole."""

ABOUT_ALL: dict[str, Callable[[Plan], Any]] = {
    "fractions": lambda plan: [f"{item.date} {plain(item.dose.amount)} {item.dose.unit}" for item in plan.fractions],
    "stops": lambda plan: sorted(codes(plan, "stop")),
    "cautions": lambda plan: sorted(codes(plan, "caution")),
}


def item_of(plan: Plan, drug: str, number: int) -> Administration | TakePeriod | None:
    """The nth administration of a drug, or its nth period of tablets."""
    given = sorted((item for item in plan.administrations if item.drug == drug), key=lambda item: item.number)
    found: list[Administration | TakePeriod] = [*given, *(item for item in plan.intakes if item.drug == drug)]
    return found[number - 1] if len(found) >= number else None


def _dilution(dose: Dose | None) -> str:
    """The millilitres between which the concentration stays within its limits: "118-470", "179-"."""
    if dose is None or dose.bag is None:
        return "none"
    ends = (dose.bag.least_ml, dose.bag.most_ml)
    return "-".join("" if end is None else plain(end) for end in ends)


ABOUT_ONE: dict[str, Callable[[Administration | TakePeriod], Any]] = {
    "dose": lambda item: item.dose.amount.text() if item.dose else "none",
    "give": lambda item: pieces(item.dose),
    "minutes": lambda item: item.dose.minutes if item.dose else None,
    "observe": lambda item: item.dose.observe_minutes if item.dose else None,
    "bag": lambda item: plain(item.dose.infusion_ml) if item.dose and item.dose.infusion_ml is not None else "none",
    "dilution": lambda item: _dilution(item.dose),
    "rounded": lambda item: item.dose.steps[-1].rule if item.dose else "none",
    "times": lambda item: item.dose.times if item.dose else None,
    "every": lambda item: item.dose.every_days if item.dose else None,
}
"""What a row of a table may say about one dose."""
