"""`calc dates`: repeated administrations, cycles, oral cycles, late doses."""

from __future__ import annotations

import re
from typing import get_args

from mbc_desktop.calc_verb.date_inputs import anchor_of, days_of, interval_of, movement_of, times_of
from mbc_desktop.calc_verb.inputs import Inputs
from mbc_desktop.calc_verb.outputs import Answer, Formulas, day_text, day_texts
from mbc_desktop.core.interval import Interval
from mbc_desktop.planning.dates.date_rules import (
    MonthEnd,
    PlacedDay,
    cycle_dates,
    deescalation_dates,
    fixed_interval_dates,
    intervals_between,
    late_after_loading,
    loading_then_maintenance,
    month_dates,
    month_lengths_from,
    next_two,
    oral_cycles,
    placed,
)

_MAINTENANCE = re.compile(
    r"every (?:(?P<days>[1-9][0-9]{0,2}) days|(?P<months>[1-9][0-9]?|) ?calendar months?)( from [a-z0-9 ]+)?(, clamp)?"
)
# Stepping from shifted month to shifted month has no agreed name; the others have one each.
_MONTH_ENDS: dict[str, MonthEnd] = {name: name for name in get_args(MonthEnd)} | {
    "clamp_stepwise": "clamp_from_previous",
    "clamp_iterative": "clamp_from_previous",
}
_POLICIES = ("current_eu", "legacy_previous_schedule")


def _dates(days: tuple[PlacedDay, ...]) -> Answer:
    return {"nominal": [day_text(day.nominal) for day in days], "dates": [day_text(day.date) for day in days]}


def _fixed_interval(inputs: Inputs) -> Answer:
    days = fixed_interval_dates(
        start=inputs.day("start"),
        every_days=days_of(inputs, "interval_days"),
        count=times_of(inputs, "count"),
        anchor=anchor_of(inputs),
        movement=movement_of(inputs),
    )
    between = intervals_between(tuple(day.date for day in days))
    return {**_dates(days), "intervals_between_dates": None if between is None else list(between)}


def _calendar_months(inputs: Inputs) -> Answer:
    nominal = month_dates(
        start=inputs.day("start"),
        every_months=inputs.whole("every_months", least=1, most=120),
        count=times_of(inputs, "count"),
        month_end=_MONTH_ENDS[inputs.option("month_end_policy", _MONTH_ENDS)],
    )
    return _dates(placed(nominal, movement_of(inputs)))


def _compare(inputs: Inputs) -> Answer:
    """What "monthly" and "every three months" can mean, side by side."""
    start, count = inputs.day("start"), times_of(inputs, "count")
    meanings = {
        "every_28_days": Interval(28, "days"),
        "every_calendar_month": Interval(1, "months"),
        "every_84_days": Interval(84, "days"),
        "every_91_days": Interval(91, "days"),
        "every_3_calendar_months": Interval(3, "months"),
    }
    return {name: [day_text(interval.after(start, k)) for k in range(count)] for name, interval in meanings.items()}


def _compare_lengths(inputs: Inputs) -> Answer:
    year = inputs.whole("year", least=1900, most=2199)
    named = (("one_month", 1), ("three_months", 3), ("six_months", 6))
    return {name: list(month_lengths_from(year=year, months=months)) for name, months in named}


def _fulvestrant(inputs: Inputs) -> Answer:
    found = _MAINTENANCE.fullmatch(inputs.text("maintenance"))
    if found is None:
        raise inputs.refuse("maintenance", "not-an-interval", 'must read like "every 28 days" or "every calendar month"')
    maintenance = Interval(int(found["days"]), "days") if found["days"] else Interval(int(found["months"] or 1), "months")
    nominal = loading_then_maintenance(
        start=inputs.day("start"),
        loading_offsets=inputs.wholes("loading_offsets_days", least=0, most=366),
        maintenance=maintenance,
        maintenance_doses=times_of(inputs, "maintenance_doses", least=0),
    )
    return {**_dates(placed(nominal, movement_of(inputs))), "doses_total": len(nominal)}


def _deescalation(inputs: Inputs) -> Answer:
    if inputs.has("cutoff_rule") and "strictly before" not in inputs.text("cutoff_rule"):
        raise inputs.refuse("cutoff_rule", "not-an-option", "the first phase holds the doses strictly before the cut-off")
    found = deescalation_dates(
        start=inputs.day("start"),
        first_interval_days=days_of(inputs, "first_interval_days"),
        after_years=inputs.whole("deescalate_after_years", least=1, most=10),
        second=interval_of(inputs, "second_interval"),
        second_doses=times_of(inputs, "second_phase_doses"),
        movement=movement_of(inputs),
    )
    return {
        "cutoff": day_text(found.cutoff),
        "initial_phase_doses": len(found.first_phase),
        "last_initial_nominal": day_text(found.first_phase[-1]),
        "second_phase_nominal": [day_text(day.nominal) for day in found.second_phase],
        "second_phase_dates": [day_text(day.date) for day in found.second_phase],
        "first_three_nominal": day_texts(found.first_phase[:3]),
    }


def _chemo_cycles(inputs: Inputs) -> Answer:
    pairs = [Inputs({"pair": pair}, inputs.place("omit")).wholes("pair", least=-30, most=520) for pair in inputs.values("omit")]
    if any(len(pair) != 2 for pair in pairs):
        raise inputs.refuse("omit", "not-a-pair", "an omitted administration is written [cycle, day]")
    late = inputs.nested("delay_days_by_cycle")
    delays = {int(key): days_of(late, key, least=0) for key in late.all_keys() if key.isascii() and key.isdigit()}
    if len(delays) < len(late.all_keys()):
        raise inputs.refuse("delay_days_by_cycle", "not-a-whole-number", "a delay is written cycle number to days")
    days = cycle_dates(
        start=inputs.day("start"),
        cycle_days=days_of(inputs, "cycle_days"),
        days=inputs.wholes("administration_days", least=-30, most=366),
        cycles=times_of(inputs, "cycles"),
        anchor=anchor_of(inputs),
        omit=frozenset((pair[0], pair[1]) for pair in pairs),
        delays=delays,
        movement=movement_of(inputs),
    )
    rows = [{"cycle": day.cycle, "day": day.day, "nominal": day_text(day.nominal), "date": day_text(day.date)} for day in days]
    return {"administrations": rows}


def _on_off(inputs: Inputs) -> Answer:
    cycles = oral_cycles(
        start=inputs.day("start"),
        on_days=days_of(inputs, "on_days"),
        off_days=days_of(inputs, "off_days", least=0),
        cycles=times_of(inputs, "cycles"),
    )
    rows = [
        {
            "cycle": cycle.cycle,
            "first_tablet": day_text(cycle.first_tablet),
            "last_tablet": day_text(cycle.last_tablet),
            "rest_from": day_text(cycle.rest[0] if cycle.rest else None),
            "rest_to": day_text(cycle.rest[1] if cycle.rest else None),
        }
        for cycle in cycles
    ]
    return {"cycles": rows}


def _on_off_delay(inputs: Inputs) -> Answer:
    """A cycle may begin later than planned, never earlier; the next one counts from the real start."""
    start = max(inputs.day("planned_start"), inputs.day("recovered_on"))
    on_days, off_days = days_of(inputs, "on_days"), days_of(inputs, "off_days", least=0)
    first, second = oral_cycles(start=start, on_days=on_days, off_days=off_days, cycles=2)
    return {
        "new_start": day_text(first.first_tablet),
        "last_tablet": day_text(first.last_tablet),
        "next_start": day_text(second.first_tablet),
    }


def _trastuzumab_missed(inputs: Inputs) -> Answer:
    late = late_after_loading(
        start=inputs.day("start"),
        every_days=days_of(inputs, "interval_days"),
        number=times_of(inputs, "dose_number"),
        given=inputs.day("given"),
        keep_previous_schedule=inputs.option("policy", _POLICIES) == "legacy_previous_schedule",
    )
    return {
        "planned_dose": day_text(late.planned),
        "days_late": late.days_late,
        "reload": late.reload,
        "next_nominal_dates": day_texts(late.following),
    }


def _pertuzumab_gap(inputs: Inputs) -> Answer:
    """Counted between two given infusions, not from the planned date."""
    previous, limit = inputs.day("previous"), days_of(inputs, "threshold_days")
    gaps = [(day - previous).days for day in inputs.days("given")]
    return {"gap_days": gaps, "reload": [gap >= limit for gap in gaps]}


def _actual_anchor(inputs: Inputs) -> Answer:
    inputs.day("planned")
    return {"next_nominal_dates": day_texts(next_two(inputs.day("given"), days_of(inputs, "interval_days")))}


RULES: Formulas = {
    "fixed_interval": _fixed_interval,
    "calendar_months": _calendar_months,
    "compare": _compare,
    "compare_lengths": _compare_lengths,
    "fulvestrant": _fulvestrant,
    "bone_agent_deescalation": _deescalation,
    "chemo_cycles": _chemo_cycles,
    "trastuzumab_missed": _trastuzumab_missed,
    "pertuzumab_gap": _pertuzumab_gap,
    "actual_anchor_after_late_dose": _actual_anchor,
    "on_off_cycle": _on_off,
    "on_off_cycle_delay": _on_off_delay,
}
