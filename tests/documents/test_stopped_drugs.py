"""What a patient reads about a drug that has ended, and about every day with several drugs at home: never silence where a box is
still in the cupboard, never "no tablets" where one is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mbc_desktop.documents.blocks import Document, LegendEntry
from mbc_desktop.documents.calendar.calendar_entries import calendar_entries
from mbc_desktop.documents.calendar.calendar_list import compose_calendar_list
from mbc_desktop.documents.calendar.patient_calendar import compose_patient_calendar
from mbc_desktop.documents.page.day_marks import PatientWords, marks_by_day
from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.documents.sheets.instruction_sheet import compose_instruction_sheet
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts import complete_languages, load_texts
from mbc_desktop.texts.phrases import texts_for
from tests.documents.reading import cell, document_lines, months
from tests.planning.treatments import course, event, library, plan_of, treatment

PROGRESSION = plan_of(
    treatment(
        course("palbociclib-letrozole", "2026-02-02"),
        course("denosumab", id="c2"),
        events=[event("cease", "2026-03-02", **{"from": "2026-03-16"}, reason="progression")],
        days=90,
    )
)


def calendar(plan: Plan, language: Language = "nl") -> Document:
    return compose_patient_calendar(plan, library(), NO_SITE, load_texts(language))


def legend(document: Document, month: int) -> tuple[LegendEntry, ...]:
    return months(document)[month].legend


def test_a_drug_that_has_ended_is_named_in_the_cells_of_its_first_week() -> None:
    document = calendar(PROGRESSION)
    assert cell(document, 3, 15) == ["1 letrozol", "1 palbociclib", "calcium"]
    assert cell(document, 3, 16) == [
        "bloedafname",
        "STOP letrozol niet meer innemen",
        "STOP palbociclib niet meer innemen",
        "calcium",
    ]
    assert cell(document, 3, 22) == ["geen letrozol", "geen palbociclib", "calcium"]
    assert cell(document, 3, 23) == ["calcium"]


def test_the_legend_of_every_later_month_says_from_which_day_it_is_not_taken() -> None:
    document = calendar(PROGRESSION)
    for month in range(len(months(document))):
        ended = [(entry.name, entry.text) for entry in legend(document, month) if entry.shape == "stop"]
        assert ended == [
            ("STOP letrozol (Femara)", "niet meer innemen vanaf ma\u00a016/03/2026"),
            ("STOP palbociclib (Ibrance)", "niet meer innemen vanaf ma\u00a016/03/2026"),
        ]


@pytest.mark.parametrize("language", complete_languages())
def test_list_large_print_sheet_and_calendar_file_say_it_too(language: Language) -> None:
    texts = texts_for(library(), load_texts(language))
    words = PatientWords(plan=PROGRESSION, library=library(), texts=texts)
    ends = texts.say("patient.no_longer_from", first=date(2026, 3, 16))
    large = compose_calendar_list(PROGRESSION, library(), NO_SITE, load_texts(language))
    sheet = compose_instruction_sheet(PROGRESSION, library(), NO_SITE, load_texts(language), SheetOptions(subject="letrozole"))
    said = [line for line in document_lines(calendar(PROGRESSION, language)) if "Femara" in line]
    assert f"{texts.word('patient.stop')} {texts.drug('letrozole')} (Femara): {ends}" in said
    assert any(ends in line for line in document_lines(large) if "Femara" in line)
    assert texts.say("instruction.ceased", first=date(2026, 3, 16)) in document_lines(sheet)
    (entry,) = (entry for entry in calendar_entries(words) if entry.key == "letrozole/stop/1")
    assert (entry.first, entry.last, entry.state) == (date(2026, 3, 16), date(2026, 3, 16), "confirmed")


def test_no_stretch_of_days_in_large_print_promises_that_an_ended_drug_comes_back() -> None:
    large = compose_calendar_list(PROGRESSION, library(), NO_SITE, load_texts("nl"))
    text = "\n".join(document_lines(large))
    assert text.count("STOP letrozol") == 2
    assert "van dinsdag 17 maart\ntot en met zondag 29 maart\ncalcium" in text


def test_an_end_before_this_month_is_in_the_list_only() -> None:
    plan = plan_of(
        treatment(
            course("letrozole", "2026-01-05"),
            course("exemestane", "2026-02-02", id="c2"),
            events=[event("cease", "2026-02-02", **{"from": "2026-02-02"}, reason="progression")],
            days=60,
        )
    )
    document = calendar(plan)
    assert not [entry for entry in legend(document, 0) if entry.shape == "stop"]
    assert "van maandag 2 februari 2026, en daarna verder" in document_lines(document)


def test_a_calcium_supplement_has_its_place_in_every_cell_and_its_amount_in_the_legend() -> None:
    document = calendar(PROGRESSION)
    assert cell(document, 4, 11) == ["calcium"]
    (entry,) = (entry for entry in legend(document, 1) if entry.name == "calcium")
    assert entry.text.startswith("calcium 500\u00a0mg, 1 keer per dag")


def test_the_calendar_file_says_no_tablets_only_where_no_supplement_is_due() -> None:
    """Palbociclib from 2 to 22 March, rest from 23 to 29 March; with denosumab there is calcium every day."""
    texts = texts_for(library(), load_texts("nl"))
    for others, nothing in (((), True), ((course("denosumab", id="c2"),), False)):
        plan = plan_of(treatment(course("palbociclib-fulvestrant"), *others, days=40))
        entries = calendar_entries(PatientWords(plan=plan, library=library(), texts=texts))
        (rest,) = (entry for entry in entries if entry.first == date(2026, 3, 23) and "geen palbociclib" in entry.summary)
        assert ("geen tabletten" in rest.summary) is nothing
        assert rest.last == date(2026, 3, 29)


def test_french_puts_no_full_article_before_a_vowel() -> None:
    held = event("hold", "2026-03-02", drug="everolimus", **{"from": "2026-03-10"}, reason="toxicity")
    document = calendar(plan_of(treatment(course("everolimus-exemestane"), events=[held], days=30)), "fr")
    assert cell(document, 3, 10) == ["pas d'évérolimus interrompu", "1 exémestane continuer", "bain de bouche"]


EVENTS = {
    "nothing": [],
    "hold": [event("hold", "2026-03-02", **{"from": "2026-03-12"}, reason="toxicity"),
             event("resume", "2026-03-02", id="e2", **{"from": "2026-04-02"})],
    "cease": [event("cease", "2026-03-02", **{"from": "2026-04-01"}, reason="progression")],
    "until": [],
}  # fmt: skip
CAPECITABINE = {"capecitabine_pattern": "14 on 7 off", "capecitabine_first_dose": "morning of day 1"}
TOGETHER = (
    ("palbociclib-letrozole", "denosumab"),
    ("palbociclib-fulvestrant", "zoledronic-acid"),
    ("ribociclib-letrozole", "cyclophosphamide-methotrexate"),
    ("everolimus-exemestane", "denosumab"),
    ("tucatinib-capecitabine-trastuzumab", "letrozole", "denosumab"),
    ("lapatinib-capecitabine", "letrozole"),
    ("capecitabine", "letrozole", "clodronate"),
    ("vinorelbine-oral", "letrozole"),
    ("docetaxel", "letrozole", "denosumab"),
)


@pytest.mark.parametrize("regimens", TOGETHER, ids="+".join)
@pytest.mark.parametrize("what", EVENTS)
def test_every_day_of_several_drugs_at_home(regimens: tuple[str, ...], what: str) -> None:
    """Worked out anew from the periods of the plan: what is due is named, what pauses or has ended is never counted, "no tablets"
    stands only where nothing at all is due."""
    until = {"until": "2026-04-10"} if what == "until" else {}
    first, *others = regimens
    answers = {"choices": CAPECITABINE} if "capecitabine" in first else {}
    courses = [course(first, **until, **answers)]
    courses += [course(other, id=f"d{number}") for number, other in enumerate(others)]
    plan = plan_of(treatment(*courses, events=EVENTS[what], days=70))
    texts = texts_for(library(), load_texts("nl"))
    marks = marks_by_day(PatientWords(plan=plan, library=library(), texts=texts))
    assert plan.intakes or what == "until" or "vinorelbine-oral" in regimens
    day = plan.request.today
    while day <= plan.request.horizon:
        _is_right(day, [(mark.shape, mark.name, mark.lead, mark.detail) for mark in marks.get(day, ())], plan)
        day += timedelta(days=1)


def _is_right(day: date, said: list[tuple[str, str, str, str]], plan: Plan) -> None:
    texts = texts_for(library(), load_texts("nl"))
    due = {
        texts.drug(item.drug)
        for item in plan.intakes
        if item.first <= day <= item.last
        and item.status not in ("held", "ceased")
        and (day - item.first).days % (item.dose.every_days if item.dose else 1) == 0
    }
    tablets = {name for shape, name, *_ in said if shape == "tablet"}
    without = {name for shape, name, *_ in said if shape in ("rest", "stop")}
    beside = any(item.place == "home" and item.first <= day <= item.last for item in plan.support)
    assert due <= tablets, (day, said)
    assert not due & without, (day, said)
    if any("geen tabletten" in detail for *_, detail in said):
        assert not due, (day, said)
        assert not beside, (day, said)
        assert not tablets, (day, said)
    pausing = {name for shape, name, *_ in said if shape in ("rest", "stop")} & {texts.drug(item.drug) for item in plan.intakes}
    if pausing:
        assert all("wel innemen" in detail for shape, name, _, detail in said if shape == "tablet" and name in due), (day, said)
    taken_before = {texts.drug(item.drug) for item in plan.intakes if item.first < day and item.role == "treatment"}
    ends = {texts.drug(item.drug): max(other.last for other in plan.intakes if other.drug == item.drug) for item in plan.intakes}
    for name in taken_before - due:
        # The day after the last tablet of all: the patient is told.
        if ends[name] + timedelta(days=1) == day:
            assert name in without, (day, said)
