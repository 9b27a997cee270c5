"""How the vectors of radiotherapy and the calendar are put to the program: each that a treatment file can say, through one.

Radiotherapy is planned on the unit's own closed days. A bone agent stands for "every n days, later, planned anchor":
its window reaches seven days forward. Other anchors, shifts and windows than those of the library cannot be said in a treatment
file; the command `calc` answers them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.planning.treatments import (
    course,
    dates,
    day,
    event,
    irradiation,
    later,
    nominal,
    plan_of,
    taken,
    texts,
    treatment,
)

Answer = dict[str, Any]


def closed_days(given_: Answer, unit: str) -> Answer:
    """The vector's local closures and extra open days as the file has them."""
    calendar = given_["calendar"]
    return {
        "closures": [{"from": on, "until": on, "unit": unit, "why": "local"} for on in calendar["local_closures"]],
        "extra_open_days": [{"on": on, "unit": unit} for on in calendar["extra_open_days"]],
    }


def dose_text(given_: Answer) -> str:
    """Gy per fraction as text: "7.5", "3"."""
    return f"{given_['dose_per_fraction_gy']:g}"


def radiotherapy(given_: Answer) -> Answer:
    """Fraction dates, overall time and total dose of a free course with the vector's pattern."""
    choices: dict[str, str] = {}
    if given_["rule"] == "rt_spaced":
        choices["min_gap_days"] = str(given_["min_gap_days"])
        if given_["allowed_weekdays"] is not None:
            choices["days"] = " ".join(given_["allowed_weekdays"])
        if given_["max_fractions_per_iso_week"] is not None:
            choices["per_week"] = str(given_["max_fractions_per_iso_week"])
        if "holiday" in given_:
            choices["holiday"] = given_["holiday"]
    elif given_["emergency_first_fraction"]:
        choices["emergency"] = "yes"
    line = irradiation("free", given_["start"], fractions=given_["fractions"], dose=dose_text(given_), choices=choices)
    plan = plan_of(treatment(line, today=given_["start"], **closed_days(given_, "radiotherapy")))
    time = next((dict(item.values)["days"] for item in plan.notes if item.code == "overall-treatment-time"), "1")
    total = sum(item.dose.amount for item in plan.fractions)
    return {
        "dates": texts(item.date for item in plan.fractions),
        "overall_treatment_time_days": int(time),
        "total_dose_gy": total,
    }


def fixed_interval(given_: Answer) -> Answer:
    """Denosumab every 28 days: nominal and real days."""
    line = course("denosumab", given_["start"], cycles=given_["count"])
    file = treatment(line, today=given_["start"], days=28 * given_["count"], **closed_days(given_, "day_hospital"))
    plan = plan_of(file)
    days = [day(text) for text in dates(plan, "denosumab") if text]
    between = [(after - before).days for before, after in pairwise(days)]
    return {"nominal": nominal(plan, "denosumab"), "dates": dates(plan, "denosumab"), "intervals_between_dates": between}


def fulvestrant(given_: Answer) -> Answer:
    """Nominal and real days of loading and maintenance every 28 days, moved inside three days."""
    count = len(given_["loading_offsets_days"]) + given_["maintenance_doses"]
    line = course("fulvestrant", given_["start"], choices={"maintenance_interval": "28 days"})
    file = treatment(line, today=given_["start"], days=28 * count, **closed_days(given_, "day_hospital"))
    plan = plan_of(file)
    return {"nominal": nominal(plan, "fulvestrant")[:count], "dates": dates(plan, "fulvestrant")[:count], "doses_total": count}


def deescalation(given_: Answer) -> Answer:
    """A bone agent whose interval is changed at the first dose after two years; the doses before it are counted by hand from the
    vector's own rule: those strictly before start + 24 months."""
    first = given_["first_interval_days"]
    cutoff = day(given_["start"]).replace(year=day(given_["start"]).year + given_["deescalate_after_years"])
    before = -(-(cutoff - day(given_["start"])).days // first)
    every = next(f"{count} {unit}" for unit, count in given_["second_interval"].items())
    last = later(given_["start"], first * (before - 1))
    changed = event("interval", last, drug="zoledronic-acid", number=before + 1, every=every)
    line = course(
        "zoledronic-acid",
        given_["start"],
        choices={"zoledronic_interval": f"{first} days"},
        cycles=before + given_["second_phase_doses"],
    )
    file = treatment(line, today=last, days=1200, events=[changed], **closed_days(given_, "day_hospital"))
    plan = plan_of(file)
    planned = nominal(plan, "zoledronic-acid")
    return {
        "cutoff": cutoff.isoformat(),
        "initial_phase_doses": before,
        "last_initial_nominal": planned[before - 1],
        "second_phase_nominal": planned[before:],
        "second_phase_dates": dates(plan, "zoledronic-acid")[before:],
        "first_three_nominal": planned[:3],
    }


def on_off_cycles(given_: Answer) -> Answer:
    """Tablets three weeks out of four, with the rest days of each cycle."""
    line = course("palbociclib-letrozole", given_["start"], cycles=given_["cycles"])
    plan = plan_of(treatment(line, today=given_["start"], days=28 * given_["cycles"]))
    return {
        "cycles": [
            {
                "cycle": item.cycle,
                "first_tablet": item.first.isoformat(),
                "last_tablet": item.last.isoformat(),
                "rest_from": item.rest[0].isoformat() if item.rest else None,
                "rest_to": item.rest[1].isoformat() if item.rest else None,
            }
            for item in taken(plan, "palbociclib")
        ]
    }


def on_off_delay(given_: Answer) -> Answer:
    """The second cycle begins late: when it starts, ends, and when the third follows."""
    planned, recovered = given_["planned_start"], given_["recovered_on"]
    days = (day(recovered) - day(planned)).days
    delayed = event("delay", planned, drug="palbociclib", number=2, days=days, scope="rest_of_treatment", reason="toxicity")
    line = course("palbociclib-letrozole", later(planned, -28))
    second, third = taken(plan_of(treatment(line, today=planned, events=[delayed], days=100)), "palbociclib")[1:3]
    return {"new_start": second.first.isoformat(), "last_tablet": second.last.isoformat(), "next_start": third.first.isoformat()}


RULES = {
    "rt_daily": radiotherapy,
    "rt_spaced": radiotherapy,
    "fixed_interval": fixed_interval,
    "fulvestrant": fulvestrant,
    "bone_agent_deescalation": deescalation,
    "on_off_cycle": on_off_cycles,
    "on_off_cycle_delay": on_off_delay,
}


def can_be_said(given_: Answer) -> bool:
    """Whether a treatment file can say the vector: the library's own interval, shift, anchor and window."""
    match given_["rule"]:
        case "fixed_interval":
            return (given_["interval_days"], given_["shift"], given_["anchor"]) == (28, "later", "planned")
        case "fulvestrant":
            return bool(given_["maintenance"] == "every 28 days from day 29" and given_["shift"] != "none")
        case "on_off_cycle":
            return (given_["on_days"], given_["off_days"]) == (21, 7)
        case rule:
            return rule in RULES


def differences(given_: Answer, expected: Answer) -> list[str]:
    """Every expected key whose value the plan does not give."""
    found = RULES[given_["rule"]](given_)
    return [f"{key}: {found.get(key)} is not {wanted}" for key, wanted in expected.items() if found.get(key) != wanted]


def scheme_dates(given_: Answer) -> list[str]:
    """The dates of the same course when it is chosen by its own name in the library."""
    emergency = given_["emergency_first_fraction"]
    line = irradiation(
        f"{given_['fractions']}x{dose_text(given_)}",
        given_["start"],
        region="cord_compression" if emergency else "bone",
        choices={"emergency": "yes"} if emergency else {},
    )
    plan = plan_of(treatment(line, today=given_["start"], **closed_days(given_, "radiotherapy")))
    return texts(item.date for item in plan.fractions)
