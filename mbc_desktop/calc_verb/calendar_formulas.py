"""`calc dates`: open days, holidays, lead times, hours, weeks, shared visits, and how dates are written."""

from __future__ import annotations

from math import prod

from mbc_desktop.calc_verb.date_inputs import calendar_of, weekdays_of
from mbc_desktop.calc_verb.inputs import Inputs
from mbc_desktop.calc_verb.outputs import Answer, Formulas, day_text, day_texts, plain
from mbc_desktop.planning.dates.bridge_days import bridge_candidates, replacement_days
from mbc_desktop.planning.dates.local_time import ZONE, clock_hours, draw_days, elapsed_hours
from mbc_desktop.planning.dates.working_days import open_days_before
from mbc_desktop.planning.proposals.visit_alignment import AlignedTherapy, align_visits, even_therapy, separate_visits

_WIDEST = 20_000
"""Combinations of days in one set of windows up to which a search takes seconds at most."""
_LOCALES = ("nl_BE", "fr_BE", "de_BE", "en_BE")


def _is_open(inputs: Inputs) -> Answer:
    calendar = calendar_of(inputs)
    return {"open": [calendar.is_open(day) for day in inputs.days("dates")]}


def _replacement_and_bridge(inputs: Inputs) -> Answer:
    year = inputs.whole("year", least=1900, most=2199)
    replaced = replacement_days(year=year, inactivity_days=weekdays_of(inputs, "inactivity_days") or frozenset())
    return {
        "default_replacement": {holiday.isoformat(): day.isoformat() for holiday, day in replaced.items()},
        "bridge_candidates": day_texts(bridge_candidates(year)),
    }


def _order_day(inputs: Inputs) -> Answer:
    before = inputs.whole("open_days_before", least=0, most=30)
    return {"order_day": day_text(open_days_before(inputs.day("treatment"), before, calendar_of(inputs)))}


def _lab_draw_days(inputs: Inputs) -> Answer:
    hours = inputs.wholes("lab_hours", least=0, most=23)
    if len(hours) != 2 or hours[0] >= hours[1]:
        raise inputs.refuse("lab_hours", "not-opening-hours", "opening hours are written [opens, closes], like [8, 17]")
    days = draw_days(
        treatment=inputs.minute("treatment_local"),
        valid_hours=inputs.whole("result_valid_hours", least=1, most=24 * 366),
        opens=hours[0],
        closes=hours[1],
        calendar=calendar_of(inputs),
    )
    return {"possible_draw_days": day_texts(days)}


def _elapsed(inputs: Inputs) -> Answer:
    """Real hours decide; what the clock would have said stands beside them."""
    inputs.option("zone", (ZONE,))
    start, end = inputs.minute("start_local"), inputs.minute("end_local")
    limit = inputs.number("limit_hours", zero=True)
    least = inputs.option("limit_kind", ("min", "max")) == "min"
    real, clock = elapsed_hours(start, end), clock_hours(start, end)
    return {
        "elapsed_hours": plain(real),
        "wall_clock_hours": plain(clock),
        "limit_met": real >= limit if least else real <= limit,
        "naive_answer": clock >= limit if least else clock <= limit,
    }


def _iso_week(inputs: Inputs) -> Answer:
    weeks = (day.isocalendar() for day in inputs.days("dates"))
    return {"weeks": [f"{week.year}-W{week.week:02d}-{week.weekday}" for week in weeks]}


def _therapy(given: Inputs) -> AlignedTherapy:
    window = given.wholes("window", least=-14, most=14)
    if len(window) != 2 or not window[0] <= 0 <= window[1]:
        raise given.refuse("window", "not-a-window", "a window is written [days before, days after], like [-3, 3]")
    nominal, least = sorted(given.days("nominal")), given.whole("min_gap", least=0, most=366)
    return even_therapy(given.text("name"), nominal, window=(window[0], window[1]), min_gap=least)


def _width(therapy: AlignedTherapy) -> int:
    return max(((dose.last - dose.first).days + 1 for dose in therapy.doses), default=1)


def _minimise_visits(inputs: Inputs) -> Answer:
    if inputs.has("objective") and "fewest distinct visit days" not in inputs.text("objective"):
        raise inputs.refuse("objective", "not-an-option", "the objective is the fewest distinct visit days first")
    therapies = tuple(_therapy(given) for given in inputs.nested_list("therapies"))
    names = [therapy.name for therapy in therapies]
    if not 1 <= len(names) <= 5 or len(set(names)) < len(names):
        raise inputs.refuse("therapies", "out-of-range", "from one to five therapies, each with its own name")
    if prod(_width(therapy) for therapy in therapies) > _WIDEST:
        raise inputs.refuse("therapies", "out-of-range", "the windows together leave too many combinations")
    calendar = calendar_of(inputs)
    found = align_visits(therapies, calendar)
    return {
        "distinct_visits": None if found is None else found.visits,
        "sum_abs_deviation_days": None if found is None else found.deviation_days,
        "assignment": None if found is None else {name: day_texts(days) for name, days in zip(names, found.dates, strict=True)},
        "visits_if_each_shifted_later_separately": separate_visits(therapies, calendar),
    }


def _format_short(inputs: Inputs) -> Answer:
    """The product's own format, with what each locale would print: one has no leading zeros, three have two-digit years."""
    from babel.dates import format_date

    day = inputs.day("date")
    named = [name for name in inputs.values("locales") if name in _LOCALES] if inputs.has("locales") else list(_LOCALES)
    if inputs.has("locales") and len(named) < len(inputs.values("locales")):
        raise inputs.refuse("locales", "not-an-option", f"locales are {', '.join(_LOCALES)}")
    return {
        "cldr_short": {str(name): format_date(day, "short", locale=str(name)) for name in named},
        "required_product_format": day.strftime("%d/%m/%Y"),
    }


def _format_full(inputs: Inputs) -> Answer:
    from babel.dates import format_date

    day = inputs.day("date")
    return {locale[:2]: format_date(day, "full", locale=locale) for locale in _LOCALES}


RULES: Formulas = {
    "is_open": _is_open,
    "be_replacement_and_bridge": _replacement_and_bridge,
    "order_day": _order_day,
    "lab_draw_days": _lab_draw_days,
    "elapsed_hours": _elapsed,
    "iso_week": _iso_week,
    "minimise_visits": _minimise_visits,
    "format_short": _format_short,
    "format_full": _format_full,
}
