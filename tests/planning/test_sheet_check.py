"""Whether a sheet still holds: current, replaced with what changed, or unknown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from mbc_desktop.planning.comparison.prints import print_of, with_print
from mbc_desktop.planning.comparison.sheet_check import SheetAnswer, check_sheet, earlier_plans
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Print, Request
from mbc_desktop.regimen.site import NO_SITE, Closure, Site
from tests.planning.treatments import TODAY, File, course, event, library, plan_of, request_of, treatment

FULVESTRANT = course("fulvestrant")


def after_printing(older: File, newer: File) -> tuple[Plan, Request]:
    """The plan of the sheet, and the request of today that remembers it."""
    sheet = plan_of(older)
    return sheet, replace(request_of(newer), prints=(print_of(sheet, "patient_calendar", by="NV"),))


def answer(older: File, newer: File, site: Site = NO_SITE) -> SheetAnswer:
    sheet, request = after_printing(older, newer)
    return check_sheet(sheet.code, request, library(), site)


def delayed(**more: object) -> File:
    """Day 15 falls on 16 March; three days later is 19 March."""
    late = event("delay", "2026-03-10", drug="fulvestrant", number=2, days=3, scope="this", reason="patient")
    return treatment(FULVESTRANT, events=[late], **more)  # type: ignore[arg-type]


def test_a_sheet_of_the_plan_as_it_is_holds() -> None:
    found = answer(treatment(FULVESTRANT), treatment(FULVESTRANT))
    assert (found.verdict, found.changes, found.limit) == ("current", (), "none")


def test_a_sheet_of_the_present_plan_holds_even_when_nobody_noted_it() -> None:
    request = request_of(treatment(FULVESTRANT))
    assert check_sheet(plan_of(treatment(FULVESTRANT)).code, request, library(), NO_SITE).verdict == "current"


def test_an_old_print_after_a_delay_is_replaced_and_says_which_date_moved() -> None:
    """R34 of the regressions of peers: an old print that still looked valid."""
    found = answer(treatment(FULVESTRANT, days=60), delayed(today="2026-03-10", horizon="2026-05-01"))
    assert found.verdict == "replaced"
    moved = [(one.kind, one.number, one.before, one.after) for one in found.changes]
    assert moved == [("date_moved", 2, date(2026, 3, 16), date(2026, 3, 19))]
    assert found.limit == "none"


def test_every_sheet_before_a_stop_is_replaced() -> None:
    end = event("cease", "2026-03-10", drug="fulvestrant", reason="progression", **{"from": "2026-03-10"})
    stopped = treatment(FULVESTRANT, today="2026-03-10", horizon="2026-05-01", events=[end])
    earlier = [plan_of(treatment(course("fulvestrant", start), days=60)) for start in ("2026-03-02", "2026-03-03", "2026-03-04")]
    request = request_of(stopped)
    for sheet in earlier:
        request = replace(request, prints=with_print(request.prints, print_of(sheet, "patient_calendar", by="NV")))
    verdicts = [check_sheet(sheet.code, request, library(), NO_SITE).verdict for sheet in earlier]
    assert verdicts == ["replaced", "replaced", "replaced"]


def test_a_plan_that_was_only_carried_on_leaves_its_sheets_right() -> None:
    # The sheet of 2 March ends on 1 May; looked at on 4 March the plan goes on until 30 June, and nothing before has changed.
    older = treatment(FULVESTRANT, days=60)
    assert answer(older, treatment(FULVESTRANT, today="2026-03-04", horizon="2026-06-30")).verdict == "current"


def test_a_plan_that_now_ends_earlier_is_another_plan() -> None:
    found = answer(treatment(FULVESTRANT, days=60), treatment(FULVESTRANT, days=30))
    assert found.verdict == "replaced"
    # Days 1, 15, 29 = 2, 16, 30 March; the fourth, 28 days later on 27 April, lies after 1 April.
    assert [(one.kind, one.number) for one in found.changes] == [("removed", 4)]


def test_the_older_plan_is_computed_on_the_day_of_its_own_sheet() -> None:
    # Values of 2 March release zoledronic acid of 2 March; on 20 April they are too old for what is due that week (27 April).
    older = treatment(course("zoledronic-acid"), days=60)
    newer = older | {"today": "2026-04-21"}
    found = answer(older, newer)
    assert (found.verdict, found.limit) == ("replaced", "none")
    assert {one.kind for one in found.changes} == {"withheld"}


def test_a_code_of_another_treatment_is_unknown() -> None:
    other = plan_of(treatment(course("zoledronic-acid")))
    found = check_sheet(other.code, request_of(treatment(FULVESTRANT)), library(), NO_SITE)
    assert (found.verdict, found.changes) == ("unknown", ())


def kept_as(text: str, newer: File) -> SheetAnswer:
    sheet, request = after_printing(treatment(FULVESTRANT, days=60), newer)
    return check_sheet(sheet.code, replace(request, prints=(replace(request.prints[0], request=text),)), library(), NO_SITE)


def test_a_sheet_of_which_the_request_was_dropped_is_replaced_without_its_changes() -> None:
    found = kept_as("", delayed(today="2026-03-10"))
    assert (found.verdict, found.limit, found.changes) == ("replaced", "not_kept", ())


def test_a_sheet_that_the_library_cannot_read_any_more_says_so() -> None:
    unreadable = json.dumps(treatment(course("a-regimen-of-the-past")))
    found = kept_as(unreadable, delayed(today="2026-03-10"))
    assert (found.verdict, found.limit) == ("replaced", "unreadable")


def test_data_that_changed_as_well_are_named() -> None:
    # The day hospital closes on 16 March in the hospital's own file: the older plan cannot be computed as it was printed.
    closed = Site(closures=(Closure(first=date(2026, 3, 16), last=date(2026, 3, 16), unit="day_hospital", why="verhuis"),))
    found = answer(treatment(FULVESTRANT, days=60), treatment(FULVESTRANT, days=60), closed)
    assert (found.verdict, found.limit) == ("replaced", "data_changed")


def test_a_name_put_right_replaces_the_sheet() -> None:
    file = treatment(FULVESTRANT)
    found = answer(file, file | {"patient": file["patient"] | {"given_name": "Anne"}})
    assert [one.kind for one in found.changes] == ["patient_changed"]


def test_two_documents_with_one_code_are_both_named() -> None:
    sheet = plan_of(treatment(FULVESTRANT))
    prints: tuple[Print, ...] = ()
    for document in ("patient_calendar", "check_sheet"):
        prints = with_print(prints, print_of(sheet, document, by="NV"))
    request = replace(request_of(treatment(FULVESTRANT)), prints=prints)
    assert [one.document for one in check_sheet(sheet.code, request, library(), NO_SITE).prints] == [
        "patient_calendar",
        "check_sheet",
    ]


def test_today_is_what_the_treatment_files_say() -> None:
    assert plan_of(treatment(FULVESTRANT)).request.today == date.fromisoformat(TODAY)


def test_the_earlier_plans_of_a_document_are_those_it_left_the_program_with() -> None:
    """Printed twice as it was, once as it is now, and once as another sheet: of the calendar one earlier plan is left."""
    older, now = plan_of(treatment(FULVESTRANT, days=60)), plan_of(delayed(today="2026-03-10", horizon="2026-05-01"))
    noted = [(older, "patient_calendar"), (older, "patient_calendar"), (older, "check_sheet"), (now, "patient_calendar")]
    prints = tuple(print_of(plan, document, by="NV") for plan, document in noted)
    request = replace(now.request, prints=prints)
    (found,) = earlier_plans(request, "patient_calendar", now.fingerprint, library(), NO_SITE)
    assert (found.fingerprint, found.request.today) == (older.fingerprint, date(2026, 3, 2))
    assert [str(item.date) for item in found.administrations][:2] == ["2026-03-02", "2026-03-16"]
    assert earlier_plans(request, "check_sheet", older.fingerprint, library(), NO_SITE) == ()


def test_an_earlier_plan_that_cannot_be_read_any_more_is_left_out_and_the_others_stay() -> None:
    """A sheet whose request was dropped, one that names a regimen which is gone, and one that is sound."""
    older, now = plan_of(treatment(FULVESTRANT, days=60)), plan_of(delayed(today="2026-03-10", horizon="2026-05-01"))
    sound = print_of(older, "patient_calendar", by="NV")
    gone = replace(sound, fingerprint="1" * 64, request=sound.request.replace('"fulvestrant"', '"forgotten"'))
    prints = (replace(sound, fingerprint="2" * 64, request=""), gone, sound)
    found = earlier_plans(replace(now.request, prints=prints), "patient_calendar", now.fingerprint, library(), NO_SITE)
    assert [plan.fingerprint for plan in found] == [older.fingerprint]
