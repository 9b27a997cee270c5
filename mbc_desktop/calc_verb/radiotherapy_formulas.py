"""`calc dates`: radiotherapy courses, and drugs around them."""

from __future__ import annotations

from datetime import date

from mbc_desktop.calc_verb.date_inputs import calendar_of, days_of, times_of, weekdays_of
from mbc_desktop.calc_verb.inputs import Inputs
from mbc_desktop.calc_verb.outputs import Answer, Formulas, day_text, day_texts, plain
from mbc_desktop.planning.radiotherapy.biological_dose import total_dose
from mbc_desktop.planning.radiotherapy.fraction_dates import daily_fractions, overall_treatment_time, spaced_fractions
from mbc_desktop.planning.radiotherapy.radiotherapy_gaps import free_days_beside, gap_around, hold_around, skip_cycles


def _course(inputs: Inputs, fractions: int, dates: tuple[date, ...]) -> Answer:
    if len(dates) < fractions:
        raise inputs.refuse("calendar", "no-open-day", f"only {len(dates)} of {fractions} fractions find a day within a year")
    total = total_dose(fractions=fractions, dose_gy=inputs.number("dose_per_fraction_gy"))
    return {
        "dates": day_texts(dates),
        "overall_treatment_time_days": overall_treatment_time(dates),
        "total_dose_gy": plain(total),
    }


def _daily(inputs: Inputs) -> Answer:
    fractions = inputs.whole("fractions", least=1, most=200)
    dates = daily_fractions(
        start=inputs.day("start"),
        fractions=fractions,
        open_days=calendar_of(inputs),
        emergency=inputs.flag("emergency_first_fraction"),
    )
    return _course(inputs, fractions, dates)


def _spaced(inputs: Inputs) -> Answer:
    fractions = inputs.whole("fractions", least=1, most=200)
    per_week = inputs.whole("max_fractions_per_iso_week", least=1, most=7) if inputs.has("max_fractions_per_iso_week") else None
    dates = spaced_fractions(
        start=inputs.day("start"),
        fractions=fractions,
        open_days=calendar_of(inputs),
        min_gap_days=inputs.whole("min_gap_days", least=1, most=60),
        weekdays=weekdays_of(inputs, "allowed_weekdays"),
        per_week=per_week,
        holiday=inputs.option("holiday", ("drop", "substitute")) if inputs.has("holiday") else "drop",
    )
    return _course(inputs, fractions, dates)


def _around(inputs: Inputs) -> tuple[date, date]:
    """The first and the last fraction."""
    first, last = inputs.day("rt_first"), inputs.day("rt_last")
    if last < first:
        raise inputs.refuse("rt_last", "out-of-range", "the last fraction comes before the first")
    return first, last


def _hold(inputs: Inputs) -> Answer:
    if inputs.has("definition") and "on or before" not in inputs.text("definition"):
        raise inputs.refuse(
            "definition", "not-an-option", "a hold counts from the last dose on or before the first fraction minus the days"
        )
    first, last = _around(inputs)
    hold = hold_around(
        first_fraction=first,
        last_fraction=last,
        before_days=days_of(inputs, "hold_before_days", least=0),
        after_days=days_of(inputs, "hold_after_days", least=0),
    )
    return {
        "last_dose_on_or_before": day_text(hold.last_dose),
        "resume_on_or_after": day_text(hold.resume),
        "dose_free_days": hold.dose_free_days,
    }


def _gap(inputs: Inputs) -> Answer:
    first, last = _around(inputs)
    more_than = days_of(inputs, "gap_days_strictly_greater_than", least=0)
    gap = gap_around(first_fraction=first, last_fraction=last, more_than_days=more_than, calendar=calendar_of(inputs))
    return {
        "latest_date_before": day_text(gap.latest_before),
        "earliest_date_after": day_text(gap.earliest_after),
        "latest_open_before": day_text(gap.latest_open_before),
        "earliest_open_after": day_text(gap.earliest_open_after),
    }


def _skip_cycles(inputs: Inputs) -> Answer:
    first, last = _around(inputs)
    skipped = skip_cycles(
        planned=tuple(sorted(inputs.days("doses_planned"))),
        first_fraction=first,
        last_fraction=last,
        before_days=days_of(inputs, "min_days_before", least=0),
        least_skipped=times_of(inputs, "min_cycles_skipped", least=0),
        after_days=days_of(inputs, "min_days_after", least=0),
    )
    return {
        "last_dose_before": day_text(skipped.last_dose),
        "skipped": day_texts(skipped.skipped),
        "earliest_resume": day_text(skipped.earliest_resume),
        "next_planned_dose_allowed": day_text(skipped.next_allowed),
    }


def _not_same_day(inputs: Inputs) -> Answer:
    day, fractions = inputs.day("drug_date"), frozenset(inputs.days("rt_dates"))
    free = free_days_beside(day=day, fractions=fractions, calendar=calendar_of(inputs))
    return {"conflict": day in fractions, "nearest_free_open_days": day_texts(free)}


RULES: Formulas = {
    "rt_daily": _daily,
    "rt_spaced": _spaced,
    "drug_hold_around_rt": _hold,
    "min_gap_to_rt": _gap,
    "skip_cycle_before_sbrt": _skip_cycles,
    "not_same_day": _not_same_day,
}
