"""The patient's calendar as text: what stands on which day, worked by hand in example_plan.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from mbc_desktop.core.finding import finding
from mbc_desktop.documents.blocks import Document, Table, plain
from mbc_desktop.documents.calendar.patient_calendar import compose_patient_calendar
from mbc_desktop.planning.plan import Dose, Plan
from mbc_desktop.planning.request import Absence, Language
from mbc_desktop.regimen.site import NO_SITE, Site
from mbc_desktop.texts import load_texts
from tests.documents.example_plan import FRACTION_DATES, INTAKES, LETROZOLE_PLAN, LIBRARY, PALBOCICLIB_DOSE, PLAN, SITE
from tests.documents.reading import cell, document_lines, months, note


def calendar(plan: Plan = PLAN, language: Language = "nl", site: Site = SITE) -> Document:
    return compose_patient_calendar(plan, LIBRARY, site, load_texts(language))


def tables(document: Document) -> list[list[list[str]]]:
    """The rows of each table; a cell's lines are joined with a slash."""
    found = [block for block in document.blocks if isinstance(block, Table)]
    return [
        [[plain(item).replace("\n", " / ").replace("\u00a0", " ") for item in row.cells] for row in table.rows] for table in found
    ]


def with_doses(plan: Plan, **changes: object) -> Plan:
    return replace(plan, intakes=tuple(replace(item, **changes) for item in plan.intakes))  # type: ignore[arg-type]


def test_the_months_of_the_plan_and_no_others() -> None:
    assert [month.title for month in months(calendar())] == ["Maart 2026", "April 2026"]


def test_weeks_begin_on_monday_and_have_their_iso_number() -> None:
    march = months(calendar())[0]
    # 1 March 2026 is a Sunday: it closes week 9, and March has six rows.
    assert [week.label for week in march.weeks] == ["9", "10", "11", "12", "13", "14"]
    assert [day.date.day if day else None for day in march.weeks[0].days] == [None] * 6 + [1]
    assert march.weekdays[0] == "maandag"


def test_the_first_day_holds_blood_test_injection_infusion_and_tablets() -> None:
    assert cell(calendar(), 3, 2) == ["bloedafname", "fulvestrant", "zoledroninezuur", "1 palbociclib"]


def test_two_tests_on_one_sample_are_one_blood_test() -> None:
    assert cell(calendar(), 3, 30).count("bloedafname") == 1


def test_each_fraction_stands_on_its_day_over_easter() -> None:
    document = calendar()
    found = {
        day: [text for text in cell(document, day.month, day.day) if text.startswith("bestraling")] for day in FRACTION_DATES
    }
    assert found == {day: [f"bestraling {number} van 10"] for number, day in enumerate(FRACTION_DATES, 1)}
    assert not any(text.startswith("bestraling") for text in cell(document, 4, 6))


def test_easter_monday_is_named_and_shaded() -> None:
    document = calendar()
    assert note(document, 4, 6) == "paasmaandag"
    april = months(document)[1]
    assert [day.date.day for week in april.weeks for day in week.days if day and day.closed] == [6, 7]


def test_a_unit_that_closes_is_named_in_plain_words() -> None:
    assert note(calendar(), 4, 7) == "dagziekenhuis gesloten"


def test_a_rest_week_without_other_tablets_says_no_tablets_on_each_day() -> None:
    document = calendar()
    assert [cell(document, 3, day) for day in range(23, 30)] == [["geen palbociclib geen tabletten"]] * 7


def test_a_rest_week_says_on_each_day_that_letrozole_goes_on() -> None:
    document = calendar(LETROZOLE_PLAN)
    assert [cell(document, 3, day) for day in range(23, 30)] == [["geen palbociclib", "1 letrozol wel innemen"]] * 7
    assert not any("geen tabletten" in line for line in document_lines(document))


def test_a_capsule_swallowed_in_the_day_hospital_forbids_the_words_no_tablets() -> None:
    """26 March lies in the rest week; whatever its drug, an administration by mouth on it is something to swallow."""
    by_mouth = replace(PLAN.administrations[-1], route="PO", date=date(2026, 3, 26), status="planned")
    document = calendar(replace(PLAN, administrations=(*PLAN.administrations, by_mouth)))
    assert cell(document, 3, 25) == ["geen palbociclib geen tabletten"]
    assert not any("geen tabletten" in line for line in cell(document, 3, 26))
    omitted = replace(by_mouth, status="omitted")
    document = calendar(replace(PLAN, administrations=(*PLAN.administrations, omitted)))
    assert "geen palbociclib geen tabletten" in cell(document, 3, 26)


def test_outside_the_rest_week_the_count_is_enough() -> None:
    assert cell(calendar(LETROZOLE_PLAN), 3, 10) == ["1 palbociclib", "1 letrozol"]


def test_tablets_stand_in_the_same_order_on_every_day() -> None:
    document = calendar(LETROZOLE_PLAN)
    both = [cell(document, 3, day)[-2:] for day in (2, 16, 30, 31)]
    assert both == [["1 palbociclib", "1 letrozol"]] * 4


def test_a_withheld_or_provisional_tablet_has_a_date_but_no_number() -> None:
    for changes in ({"status": "withheld", "dose": None}, {"status": "provisional"}):
        document = calendar(with_doses(PLAN, **changes))
        assert cell(document, 3, 10) == ["palbociclib dosis volgt"]
        assert not any("125" in line for line in document_lines(document))


def test_in_a_rest_week_a_drug_without_released_dose_is_still_named_as_going_on() -> None:
    letrozole = tuple(
        replace(item, status="withheld", dose=None) if item.drug == "letrozole" else item for item in LETROZOLE_PLAN.intakes
    )
    document = calendar(replace(LETROZOLE_PLAN, intakes=letrozole))
    assert cell(document, 3, 25) == ["geen palbociclib", "letrozol wel innemen, dosis volgt"]


def test_a_drug_on_hold_is_not_called_resting() -> None:
    held = replace(INTAKES[0], status="held", dose=None, rest=None)
    document = calendar(replace(LETROZOLE_PLAN, intakes=(held, *LETROZOLE_PLAN.intakes[1:])))
    assert cell(document, 3, 10) == ["geen palbociclib onderbroken", "1 letrozol wel innemen"]


def test_twice_a_day_is_written_as_times_and_count() -> None:
    twice: Dose = replace(PALBOCICLIB_DOSE, times=2)
    assert cell(calendar(with_doses(PLAN, dose=twice)), 3, 10) == ["2\u202f×\u202f1 palbociclib"]


def test_tablets_every_second_day_leave_the_days_between_empty() -> None:
    every_second = replace(PALBOCICLIB_DOSE, every_days=2)
    document = calendar(with_doses(PLAN, dose=every_second))
    assert [cell(document, 3, day) for day in (3, 4, 5)] == [[], ["1 palbociclib"], []]


def test_several_tablets_are_counted_by_strength_and_total() -> None:
    give = replace(PALBOCICLIB_DOSE.give[0], count=Decimal(3), strength=Decimal(200))
    document = calendar(with_doses(PLAN, dose=replace(PALBOCICLIB_DOSE, give=(give,))))
    assert cell(document, 3, 10) == ["3 palbociclib"]
    wanted = "3 tabletten van 200\u00a0mg, samen 600\u00a0mg, 1 keer per dag"
    assert wanted in [entry.text for entry in months(document)[0].legend]


def test_every_therapy_of_the_month_is_in_its_legend() -> None:
    march, april = months(calendar())
    assert [(entry.shape, entry.name.replace("\u00a0", " ")) for entry in march.legend] == [
        ("blood", "bloedafname"),
        ("injection", "fulvestrant (Faslodex)"),
        ("infusion", "zoledroninezuur (Zometa)"),
        ("radiotherapy", "bestraling"),
        ("tablet", "palbociclib (Ibrance)"),
        ("rest", "geen palbociclib"),
        ("rest", "geen tabletten"),
        ("tablet", ""),
    ]
    assert "rust van ma\u00a023/03/2026 tot en met zo\u00a029/03/2026" in [entry.text for entry in march.legend]
    assert "rust van ma\u00a020/04/2026 tot en met zo\u00a026/04/2026" in [entry.text for entry in april.legend]


def test_the_appointments_are_listed_with_long_dates_and_released_doses_only() -> None:
    rows = tables(calendar())[0]
    assert [row[0] for row in rows[:2]] == ["maandag 2 maart 2026", "maandag 16 maart 2026"]
    assert rows[0][1] == "bloedafname / fulvestrant (Faslodex) 500 mg, injectie / zoledroninezuur (Zometa) 4 mg, infuus"
    (thirtieth,) = (row for row in rows if row[0] == "maandag 30 maart 2026" and row[2] == "dagziekenhuis")
    assert thirtieth[1] == "bloedafname / fulvestrant (Faslodex) 500 mg, injectie / zoledroninezuur (Zometa) dosis volgt, infuus"
    assert [row[4] for row in rows] == ["☐"] * len(rows)


def test_the_list_of_medicines_has_the_exact_days_of_rest() -> None:
    rows = tables(calendar(LETROZOLE_PLAN))[1]
    assert rows[0] == [
        "palbociclib (Ibrance)",
        "1 tablet van 125 mg / 1 keer per dag",
        "van maandag 2 maart 2026 / tot en met zondag 22 maart 2026",
        "van maandag 23 maart 2026 / tot en met zondag 29 maart 2026",
        "21",
    ]
    assert rows[1] == [
        "letrozol (Femara)",
        "1 tablet van 2,5 mg / 1 keer per dag",
        "van maandag 2 maart 2026, en daarna verder",
        "geen rust: gewoon verder innemen",
        "",
    ]


def test_english_for_an_english_speaking_patient() -> None:
    document = calendar(LETROZOLE_PLAN, "en")
    assert cell(document, 3, 25) == ["no palbociclib", "1 letrozole do take it"]
    assert cell(document, 4, 1) == ["radiotherapy 3 of 10", "1 palbociclib", "1 letrozole"]
    assert [month.title for month in months(document)] == ["March 2026", "April 2026"]


def test_every_date_and_therapy_of_the_plan_is_on_the_calendar_and_nothing_else() -> None:
    for plan in (PLAN, LETROZOLE_PLAN):
        assert on_paper(calendar(plan)) == in_plan(plan)


def on_paper(document: Document) -> set[tuple[date, str]]:
    marks = {
        (day.date, mark) for month in months(document) for week in month.weeks for day in week.days if day for mark in day.marks
    }
    return {(day, mark.therapy if mark.shape != "blood" else "blood") for day, mark in marks}


def in_plan(plan: Plan) -> set[tuple[date, str]]:
    """Written anew from the plan, without the code of the calendar; tablets and rest up to the end of the last month."""
    end = date(2026, 4, 30)
    expected = {(item.date, item.id) for item in plan.administrations if item.date is not None}
    expected |= {(item.date, item.id) for item in plan.fractions}
    expected |= {(item.date, "blood") for item in plan.checks}
    for period in plan.intakes:
        last = period.rest[1] if period.rest else period.last
        expected |= {(period.first + timedelta(days=n), period.id) for n in range((min(last, end) - period.first).days + 1)}
    return expected


def test_omitted_postponed_and_given_are_said_as_such() -> None:
    first, second, third, *rest = (item for item in PLAN.administrations if item.drug == "fulvestrant")
    changed = (replace(first, status="given"), replace(second, status="omitted"), replace(third, status="held"), *rest)
    document = calendar(replace(PLAN, administrations=changed))
    assert "fulvestrant gekregen" in cell(document, 3, 2)
    assert "geen fulvestrant overgeslagen" in cell(document, 3, 16)
    assert "geen fulvestrant uitgesteld" in cell(document, 3, 30)


def test_an_administration_without_an_open_day_keeps_its_place_with_date_to_follow() -> None:
    fulvestrant = next(item for item in PLAN.administrations if item.drug == "fulvestrant")
    document = calendar(replace(PLAN, administrations=(replace(fulvestrant, date=None),)))
    assert "fulvestrant datum volgt" in cell(document, 3, 2)
    assert tables(document)[0][0][1].endswith("fulvestrant (Faslodex) 500 mg, injectie, datum volgt")


def test_days_away_are_noted() -> None:
    away = replace(PLAN, request=replace(PLAN.request, absences=(Absence(first=date(2026, 3, 10), last=date(2026, 3, 11)),)))
    assert [note(calendar(away), 3, day) for day in (9, 10, 11, 12)] == ["", "u bent afwezig", "u bent afwezig", ""]


def test_the_end_of_the_plan_is_marked_inside_a_month() -> None:
    short = replace(PLAN, request=replace(PLAN.request, horizon=date(2026, 4, 19)))
    assert note(calendar(short), 4, 20) == "Hier stopt deze kalender."


def test_the_fever_line_has_the_numbers_of_the_hospital() -> None:
    assert calendar().frame.calls == (
        "Koorts vanaf 38 °C of rillingen? Bel meteen. Overdag: 000\u00a000\u00a000\u00a000. 's Nachts en in het weekend: "
        "000\u00a000\u00a000\u00a001.",
    )
    one_number = replace(SITE, telephone_night=SITE.telephone_day, fever_limit="38.5")
    assert calendar(site=one_number).frame.calls == (
        "Koorts vanaf 38,5 °C of rillingen? Bel meteen, dag en nacht: 000\u00a000\u00a000\u00a000.",
    )


def test_without_a_hospital_the_fever_line_is_left_to_fill_in() -> None:
    (call,) = calendar(site=NO_SITE).frame.calls
    assert call.count("______") >= 3
    assert "°C" in call


def test_a_plan_with_a_stop_says_that_it_is_not_released() -> None:
    stopped = replace(PLAN, findings=(finding("two-bone-agents", "stop"),))
    assert calendar(stopped).frame.status.startswith("VOORLOPIG: nog niet vrijgegeven.")


def test_patients_read_no_surface_clearance_or_gray() -> None:
    words = " ".join(document_lines(calendar()))
    assert not any(word in words for word in ("Gy", "klaring", "m²", "mL/min", "creatinine"))


def test_an_empty_plan_has_no_month() -> None:
    empty = replace(PLAN, administrations=(), intakes=(), fractions=(), checks=(), visits=())
    assert calendar(empty).blocks == ()
