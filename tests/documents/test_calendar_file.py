"""The calendar file, read back by the library that wrote it: days, words, what is stable and what is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from icalendar import Calendar

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.documents.formats.calendar_file import DOCUMENT_ID, calendar_file, event_uid
from mbc_desktop.planning.comparison.prints import print_of, times_changed
from mbc_desktop.planning.comparison.sheet_check import earlier_plans
from mbc_desktop.planning.plan import Fraction, Plan
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts import load_texts
from tests.planning.treatments import TODAY, File, course, event, irradiation, library, plan_of, request_of, treatment


def written(plan: Plan, language: Language = "nl", *earlier: Plan) -> bytes:
    return calendar_file(plan, library(), load_texts(language), earlier)


def events(plan: Plan, language: Language = "nl", *earlier: Plan) -> list[dict[str, Any]]:
    """The events of the file as it is read back; dates as dates, words as text."""
    found = Calendar.from_ical(written(plan, language, *earlier)).walk("VEVENT")
    return [
        {
            "uid": str(one["uid"]),
            "from": one["dtstart"].dt,
            "until": one["dtend"].dt - timedelta(days=1),
            "summary": str(one["summary"]),
            "description": str(one["description"]),
            "status": str(one["status"]),
            "sequence": int(one["sequence"]),
        }
        for one in found
    ]


def summaries(plan: Plan, on: date, *earlier: Plan) -> list[str]:
    """What the file says for one day."""
    return [one["summary"] for one in events(plan, "nl", *earlier) if one["from"] <= on <= one["until"]]


def combined(**more: Any) -> File:
    return treatment(
        course("palbociclib-fulvestrant"), course("zoledronic-acid", id="c2"), irradiation("10x3", "2026-03-30"), days=60, **more
    )


def test_what_is_read_back_is_the_plan_day_by_day() -> None:
    plan = plan_of(combined())
    expected = {(item.date, event_uid(item.id)) for item in (*plan.administrations, *plan.fractions)}
    found = {(one["from"], one["uid"]) for one in events(plan) if one["from"] == one["until"]}
    assert expected <= found
    others = [one for one in events(plan) if (one["from"], one["uid"]) not in expected]
    # Beside them the samples, each day once, and each period of tablets with its rest.
    samples = {check.date for check in plan.checks if check.kind != "dental"}
    assert sorted(one["from"] for one in others if one["summary"] == "bloedafname") == sorted(samples)
    spans = [(one["from"], one["until"]) for one in others if "palbociclib" in one["summary"]]
    rests = [item.rest for item in plan.intakes if item.rest]
    assert sorted(spans) == sorted([*((item.first, item.last) for item in plan.intakes), *rests])


def test_every_event_is_of_whole_days_and_ends_the_day_after() -> None:
    """R25 of the regressions of peers: an event of one day over the changes of the clock in Europe/Brussels."""
    # Sunday 29 March and Sunday 25 October 2026; hospital days beside them, and tablets across them.
    plan = plan_of(
        treatment(course("palbociclib-letrozole", "2026-03-27"), course("fulvestrant", "2026-10-26", id="c2"), days=250)
    )
    text = written(plan).decode()
    assert "TZID" not in text
    assert "VTIMEZONE" not in text
    starts = [line for line in text.splitlines() if line.startswith(("DTSTART", "DTEND"))]
    assert starts
    assert all(line.split(":")[0].endswith(";VALUE=DATE") for line in starts)
    day = events(plan_of(treatment(irradiation("1x8", "2026-03-30"), days=60)))[0]
    assert (day["from"], day["until"]) == (date(2026, 3, 30), date(2026, 3, 30))
    assert "DTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261027" in text


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert written(plan_of(combined())) == written(plan_of(combined()))


def test_the_patient_is_not_in_it() -> None:
    plan = plan_of(combined())
    text = written(plan).decode()
    for word in ("Voorbeeld", "Anna", "0012345", "1961"):
        assert word not in text
    other = replace(plan, request=replace(plan.request, patient=replace(plan.request.patient, number="999")))
    assert [one["uid"] for one in events(other)] == [one["uid"] for one in events(plan)]


def test_a_rest_week_names_what_goes_on() -> None:
    alone = plan_of(treatment(course("palbociclib-fulvestrant"), days=40))
    beside = plan_of(treatment(course("palbociclib-letrozole"), days=40))
    # 21 days from 2 March, rest from 23 to 29 March.
    assert "geen palbociclib, geen tabletten" in summaries(alone, date(2026, 3, 23))
    assert summaries(beside, date(2026, 3, 29)) == ["letrozol innemen", "geen palbociclib, letrozol wel innemen"]


def test_only_what_is_released_shows_a_dose() -> None:
    plan = plan_of(treatment(course("zoledronic-acid"), course("palbociclib-fulvestrant", id="c2"), days=40, measurements=[]))
    assert {item.status for item in plan.administrations if item.drug == "zoledronic-acid"} == {"withheld"}
    said = [one["description"] for one in events(plan) if "zoledron" in one["summary"]]
    assert said
    assert all("dosis\u00a0volgt" in text and "mg" not in text for text in said)


def test_a_provisional_dose_is_not_shown() -> None:
    # The second zoledronic acid is due on 30 March, more than a week after today: its dose is provisional.
    plan = plan_of(treatment(course("zoledronic-acid"), days=40))
    texts = {item.status: one["description"] for item, one in zip(plan.administrations, _of(plan, "zoledron"), strict=True)}
    assert "4\u00a0mg" in texts["planned"]
    assert "mg" not in texts["provisional"]


def _of(plan: Plan, word: str) -> list[dict[str, Any]]:
    return [one for one in events(plan) if word in one["summary"]]


def test_a_stop_makes_every_entry_tentative_and_says_so() -> None:
    stopped = plan_of(treatment(course("letrozole"), facts={}, days=40))
    assert any(item.severity == "stop" for item in stopped.findings)
    assert {one["status"] for one in events(stopped)} == {"TENTATIVE"}
    assert all("VOORLOPIG" in one["description"] for one in events(stopped))


def test_an_omitted_administration_is_cancelled_under_its_own_name() -> None:
    missed = event("omit", TODAY, drug="fulvestrant", number=2, scope="this", reason="patient")
    before, after = (
        plan_of(treatment(course("fulvestrant"), days=40)),
        plan_of(treatment(course("fulvestrant"), days=40, events=[missed])),
    )
    (gone,) = [one for one in events(after) if one["status"] == "CANCELLED"]
    assert gone["uid"] in {one["uid"] for one in events(before)}
    assert gone["summary"] == "geen fulvestrant: overgeslagen"


def test_a_moved_day_keeps_its_uid_and_what_went_is_cancelled() -> None:
    older = plan_of(combined())
    later = event("delay", TODAY, drug="fulvestrant", number=2, days=3, scope="this", reason="patient")
    file = treatment(course("palbociclib-fulvestrant"), days=60, events=[later])
    request = replace(request_of(file), prints=(print_of(older, DOCUMENT_ID, by="NV"),))
    newer = replace(plan_of(file), request=request)
    earlier = earlier_plans(request, DOCUMENT_ID, newer.fingerprint, library(), NO_SITE)
    found = {one["uid"]: one for one in events(newer, "nl", *earlier)}
    assert found[event_uid("c1/fulvestrant/2")]["from"] == date(2026, 3, 19)
    tenth = found[event_uid("r1/fraction/10")]
    assert (tenth["status"], tenth["summary"]) == ("CANCELLED", "GEANNULEERD: bestraling 10 van 10")
    assert {one["sequence"] for one in found.values()} == {1}
    assert len(found) == len(events(newer, "nl", *earlier))


def test_the_sequence_grows_with_every_other_plan_that_left() -> None:
    one, two = plan_of(treatment(course("fulvestrant"))), plan_of(treatment(course("zoledronic-acid")))
    first, second = print_of(one, DOCUMENT_ID, by="NV"), print_of(two, DOCUMENT_ID, by="NV")
    assert times_changed((), DOCUMENT_ID, one.fingerprint) == 0
    assert times_changed((first,), DOCUMENT_ID, one.fingerprint) == 0
    assert times_changed((first,), DOCUMENT_ID, two.fingerprint) == 1
    assert times_changed((first, second), DOCUMENT_ID, one.fingerprint) == 2
    assert times_changed((first, second, first), DOCUMENT_ID, one.fingerprint) == 2
    assert times_changed((print_of(two, "patient_calendar", by="NV"),), DOCUMENT_ID, one.fingerprint) == 0


def test_a_held_stretch_says_that_the_tablets_are_interrupted() -> None:
    held = event("hold", TODAY, drug="palbociclib", reason="toxicity", **{"from": "2026-03-10"})
    again = event("resume", TODAY, id="e2", drug="palbociclib", reason="toxicity", **{"from": "2026-03-14"})
    plan = plan_of(treatment(course("palbociclib-letrozole"), days=27, events=[held, again]))
    assert summaries(plan, date(2026, 3, 11)) == ["letrozol innemen", "geen palbociclib (onderbroken), letrozol wel innemen"]
    assert "palbociclib innemen" in summaries(plan, date(2026, 3, 14))


def test_what_is_not_taken_daily_has_a_day_for_each_intake() -> None:
    plan = plan_of(treatment(course("palbociclib-fulvestrant"), days=27))
    (period,) = plan.intakes
    assert period.dose is not None
    weekly = replace(plan, intakes=(replace(period, dose=replace(period.dose, every_days=7)),))
    # 2, 9 and 16 March; the next would be the 23rd, after the last day.
    days = [(one["from"].day, one["until"].day) for one in events(weekly) if one["summary"] == "palbociclib innemen"]
    assert days == [(2, 2), (9, 9), (16, 16)]


def test_the_words_are_in_the_language_of_the_patient() -> None:
    plan = plan_of(combined())
    english = [one["summary"] for one in events(plan, "en")]
    assert {"take palbociclib", "blood test", "radiotherapy 1 of 10", "no palbociclib, no tablets"} <= set(english)


def test_hostile_text_stays_text() -> None:
    """H62: a line break in a name must not begin a new line of the file."""
    plan = plan_of(combined())
    hostile = "a,b;c\\d\r\nBEGIN:VEVENT\nSUMMARY:x"
    drug = library().drugs["fulvestrant"]
    other = replace(library(), drugs={**library().drugs, "fulvestrant": replace(drug, inn=replace(drug.inn, nl=hostile))})
    text = calendar_file(plan, other, load_texts("nl"))
    assert len(Calendar.from_ical(text).walk("VEVENT")) == len(events(plan))
    assert text.decode().count("\r\nBEGIN:VEVENT") == len(events(plan))


def test_no_line_is_longer_than_the_format_allows() -> None:
    assert all(len(line) <= 75 for line in written(plan_of(combined())).split(b"\r\n"))


@pytest.mark.parametrize("count", [10_000])
def test_ten_thousand_entries_come_back_whole(count: int) -> None:
    plan = plan_of(treatment(irradiation("1x8", "2026-03-30"), days=60))
    start = date(2026, 1, 1)
    many = tuple(
        Fraction(course="r1", scheme="1x8", region="bone", number=number, of=count, date=start + timedelta(days=number),
                 dose=Quantity(Decimal(2), "Gy"))
        for number in range(1, count + 1)
    )  # fmt: skip
    found = events(replace(plan, fractions=many, administrations=(), intakes=(), checks=()))
    assert {(one["from"], one["uid"]) for one in found} == {(item.date, event_uid(item.id)) for item in many}
    assert len(found) == count
