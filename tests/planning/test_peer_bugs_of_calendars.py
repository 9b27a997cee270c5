"""Faults that other programs shipped, the ones about calendars, locks and sheets; numbered as in the list of the references. The
others are in test_peer_bugs."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from icalendar import Calendar

from mbc_desktop.documents.formats.calendar_file import calendar_file
from mbc_desktop.planning.comparison.prints import print_of
from mbc_desktop.planning.comparison.sheet_check import check_sheet
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.regimen.site import NO_SITE, Answer, Site
from mbc_desktop.texts import load_texts
from tests.planning.treatments import TODAY, course, event, given, library, plan_of, request_of, taken, treatment

ROOT = Path(__file__).parents[2]


def test_r17_what_is_taken_in_a_day_adds_up_from_its_pieces() -> None:
    site = Site(answers=(Answer(key="capecitabine_tablets", value="500 mg only", by="NV", on="2026-03-01"),))
    choices = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
    periods = taken(plan_of(treatment(course("capecitabine", choices=choices), days=60), site), "capecitabine")
    assert periods
    for period in periods:
        assert period.dose is not None
        # Morning and evening are the same dose by the model: there is no second amount that could differ from it.
        assert sum(item.count * item.strength for item in period.dose.give) == period.dose.amount.amount
        days = (period.last - period.first).days + 1
        assert period.units == sum(item.count for item in period.dose.give) * period.dose.times * days


@pytest.mark.parametrize("on", ["2026-03-29", "2026-10-25"])
def test_r25_a_day_of_the_calendar_file_is_a_whole_day_also_when_the_clock_changes(on: str) -> None:
    # Both Sundays have a clock change; a Sunday is opened for it.
    file = treatment(course("denosumab", on), today=on, days=5, extra_open_days=[{"on": on}])
    calendar = Calendar.from_ical(calendar_file(plan_of(file), library(), load_texts("nl")))
    days = {(entry["DTSTART"].dt, entry["DTEND"].dt) for entry in calendar.walk("VEVENT")}
    start = date.fromisoformat(on)
    assert (start, start + timedelta(days=1)) in days
    assert all(type(day) is date for pair in days for day in pair)


def test_r26_the_clock_of_the_machine_changes_nothing_where_the_file_has_its_day() -> None:
    text = json.dumps(treatment(course("fulvestrant"), days=60))
    read = [read_treatment(text, today=today, library=library()) for today in (date(2020, 1, 1), date(2040, 1, 1))]
    assert read[0] == read[1]


def test_r29_two_caps_at_once_are_never_more_than_either_and_never_fall_as_the_patient_grows() -> None:
    # Vinorelbine 25 mg/m2, never more than 60 mg: 25 x 2.4 = 60. With the surface capped at 2 m2 by the site it is 50 mg from
    # there on.
    capped = Site(answers=(Answer(key="bsa_cap", value="2.0", by="NV", on="2026-03-01"),))
    found: list[list[Decimal]] = []
    for site in (NO_SITE, capped):
        doses = []
        for weight in range(40, 180, 10):
            file = treatment(course("vinorelbine-iv", choices={"vinorelbine_form": "25 mg/m2 weekly into a vein"}), days=3)
            file["measurements"] = [
                item
                | (
                    {"value": str(weight), "confirmed": {"reason": "measured twice", "by": "NV"}}
                    if item["kind"] == "weight"
                    else {}
                )
                for item in file["measurements"]
            ]
            dose = given(plan_of(file, site), "vinorelbine")[0].dose
            assert dose is not None
            doses.append(dose.amount.amount)
        assert doses == sorted(doses)
        found.append(doses)
    assert all(both <= one <= 60 for one, both in zip(*found, strict=True))
    assert max(found[0]) == 60


def test_r31_limits_hold_without_assertions_too() -> None:
    words = (
        "from tests.planning.treatments import *\n"
        "from mbc_desktop.planning.files.treatment_error import TreatmentError\n"
        "plan_of(treatment(course('denosumab'), days=3))\n"
        "file = treatment(course('denosumab'), days=3)\n"
        "for item in file['measurements']:\n    item['value'] = '16.5' if item['kind'] == 'height' else item['value']\n"
        "try:\n    plan_of(file)\n    print('accepted')\nexcept TreatmentError:\n    print('refused')\n"
    )
    run = subprocess.run([sys.executable, "-O", "-c", words], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (run.stdout, run.stderr) == ("refused\n", "")


def test_r20_a_day_that_moves_after_day_1_was_given_keeps_day_1_and_the_event() -> None:
    # Gemcitabine and carboplatin on days 1 and 8: day 8 moves to day 9.
    done = event("given", TODAY, "e1", drug="gemcitabine", number=1, given_on=TODAY)
    moved = event("move", TODAY, "e2", drug="gemcitabine", number=2, to="2026-03-10")
    plan = plan_of(treatment(course("carboplatin-gemcitabine"), days=15, events=[done, moved]))
    assert [(item.status, item.date) for item in given(plan, "gemcitabine")] == [
        ("given", date(2026, 3, 2)),
        ("provisional", date(2026, 3, 10)),
    ]
    assert [item.id for item in plan.request.events] == ["e1", "e2"]


def test_r33_a_dose_that_was_given_is_locked_whatever_is_entered_later() -> None:
    done = event("given", TODAY, "e1", drug="fulvestrant", number=1, given_on=TODAY)
    for kind, more in (("move", {"to": "2026-03-05"}), ("omit", {}), ("delay", {"days": 3})):
        plan = plan_of(
            treatment(
                course("fulvestrant"), days=30, events=[done, event(kind, TODAY, "e2", drug="fulvestrant", number=1, **more)]
            )
        )
        first = given(plan, "fulvestrant")[0]
        assert (first.status, first.date) == ("given", date(2026, 3, 2))


def test_r34_a_sheet_that_is_older_than_the_plan_is_replaced_by_it() -> None:
    file = treatment(course("fulvestrant"), days=60)
    plan = plan_of(file)
    printed = replace(plan.request, prints=(print_of(plan, "patient_calendar", by="NV"),))
    (delay,) = request_of(
        file | {"events": [event("delay", TODAY, drug="fulvestrant", number=2, days=7, scope="rest_of_treatment")]}
    ).events
    answer = check_sheet(plan.code, replace(printed, events=(delay,)), library(), NO_SITE)
    assert (answer.verdict, answer.now != plan.code) == ("replaced", True)
    # 16/03, 30/03, 27/04 become 23/03, 07/04 (after Easter Monday) and, behind the horizon, gone.
    assert [change.kind for change in answer.changes if change.subject == "administration"][:2] == ["date_moved", "date_moved"]
