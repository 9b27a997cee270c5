"""The sheet about one drug: what the plan says on it the calendar says too, the rest comes from the data, a sentence a code."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from mbc_desktop.documents.blocks import Document, plain
from mbc_desktop.documents.calendar.calendar_list import compose_calendar_list
from mbc_desktop.documents.calendar.patient_calendar import compose_patient_calendar
from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.documents.registry import Sheet, first_days, print_set, sheets_of
from mbc_desktop.documents.sheets.instruction_sheet import advice_sentence, compose_instruction_sheet
from mbc_desktop.documents.sheets.radiotherapy_sheet import compose_radiotherapy_sheet
from mbc_desktop.planning.plan import Plan, SupportItem
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.instruction_checks import instruction_faults
from mbc_desktop.regimen.instructions import SECTIONS
from mbc_desktop.texts import complete_languages, load_texts
from tests.documents.example_plan import LETROZOLE_PLAN, LIBRARY, PLAN, SITE
from tests.documents.reading import cell, document_lines
from tests.planning.treatments import course, event, irradiation, library, plan_of, treatment

NL = load_texts("nl")


def sheet(drug: str, plan: Plan, language: Language = "nl", lib: object = None) -> Document:
    return compose_instruction_sheet(
        plan, library() if lib is None else LIBRARY, SITE, load_texts(language), SheetOptions(subject=drug)
    )


def says(document: Document) -> str:
    return " ".join(document_lines(document))


@pytest.mark.parametrize("language", complete_languages())
def test_every_code_has_a_short_sentence_in_every_language(language: Language) -> None:
    texts = load_texts(language)
    for advice in library().instructions.values():
        for item in advice:
            sentence = advice_sentence(item, texts)
            longest = max(len(part.split()) for part in re.split(r"[.?!:;]\s", sentence))
            assert longest <= 24, sentence
            if item.number is not None:
                assert texts.number(item.number) in sentence, sentence


def test_every_sentence_of_the_catalogue_is_used_by_some_drug() -> None:
    used = {f"instruction.{item.section}.{item.code}" for advice in library().instructions.values() for item in advice}
    from mbc_desktop.texts.catalogue import Catalogue, text_folder

    keys = {key for key in Catalogue(text_folder() / "nl", "nl").all() if key.split(".")[:1] == ["instruction"]}
    sections = {key for key in keys if key.split(".")[1] in SECTIONS}
    # One duration in weeks for women stands for all: the others are there for the drug that needs them next.
    spare = {key for key in sections - used if not re.search(r"contraception\.(women|men)_", key)}
    assert spare == set()


def test_advice_agrees_with_what_the_drugs_own_files_say() -> None:
    assert list(instruction_faults(library())) == []
    wrong = dict(library().instructions)
    wrong["alpelisib"] = tuple(
        replace(item, number=None if item.number is None else item.number + 1) for item in wrong["alpelisib"]
    )
    faults = list(instruction_faults(replace(library(), instructions=wrong)))
    assert faults == [("instructions.alpelisib", "does not say what the drug's own file says: missed_within_9_hours")]


def test_tablets_are_told_with_count_strength_total_and_exact_rest() -> None:
    plan = plan_of(treatment(course("ribociclib-letrozole"), days=60))
    text = says(sheet("ribociclib", plan))
    # Day 1 is Monday 2 March 2026: 21 days to 22 March, rest 23 to 29 March; letrozole goes on.
    taken = "Van maandag 2 maart 2026 tot en met zondag 22 maart 2026: 3 tabletten van 200\u00a0mg, samen 600\u00a0mg"
    assert f"{taken}, 1 keer per dag." in text
    assert "Daarna rust: van maandag 23 maart 2026 tot en met zondag 29 maart 2026 neemt u geen ribociclib." in text
    assert "gaan in die dagen gewoon door: letrozol." in text


def test_a_paused_drug_is_told_with_its_days_and_what_follows() -> None:
    hold = event("hold", "2026-03-02", drug="palbociclib", **{"from": "2026-03-10"})
    resume = event("resume", "2026-03-02", "e2", drug="palbociclib", **{"from": "2026-03-24"})
    plan = plan_of(treatment(course("palbociclib-letrozole"), days=60, events=[hold, resume]))
    text = says(sheet("palbociclib", plan))
    paused = (
        "Van dinsdag 10 maart 2026 tot en met zondag 22 maart 2026 is dit geneesmiddel onderbroken: neem het in die dagen NIET."
    )
    assert paused in text
    # The end of the pause lies in the week of rest, 23 to 29 March: the next tablets are those of the next cycle.
    assert "Daarna rust: van maandag 23 maart 2026 tot en met zondag 29 maart 2026" in text
    assert "Van maandag 30 maart 2026" in text


def test_the_sheet_and_the_calendar_tell_the_same_count_on_the_first_day() -> None:
    for id in library().regimens:
        plan = plan_of(treatment(course(id), days=60))
        calendar = compose_patient_calendar(plan, library(), SITE, NL)
        for period in plan.intakes:
            if period.status != "planned" or period.dose is None or period.dose.times != 1:
                continue
            day = period.first
            marks = " ".join(cell(calendar, day.month, day.day))
            pieces = [give.count for give in period.dose.give]
            text = says(sheet(period.drug, plan))
            assert all(f"{NL.number(count)} " in text for count in pieces)
            assert library().drugs[period.drug].inn.nl in marks


def test_a_woman_reads_what_is_for_women_and_a_man_what_is_for_men() -> None:
    plan = plan_of(treatment(course("palbociclib-fulvestrant"), days=60))
    assert "nog 3 weken na de laatste keer" in says(sheet("palbociclib", plan))
    assert "Bent u een man" not in says(sheet("palbociclib", plan))
    man = replace(plan, request=replace(plan.request, patient=replace(plan.request.patient, sex="male")))
    assert "nog 14 weken erna" in says(sheet("palbociclib", man))
    assert "Kunt u zwanger worden" not in says(sheet("palbociclib", man))


def test_methotrexate_is_never_told_as_daily() -> None:
    days = {"methotrexate_weekdays": "Monday and Tuesday"}
    plan = plan_of(treatment(course("cyclophosphamide-methotrexate", choices=days), days=30))
    text = says(sheet("methotrexate-oral", plan))
    assert "Neem het NOOIT elke dag" in text
    assert "ALLEEN op de dagen die op uw kalender staan" in text


def test_one_syringe_is_not_called_two_injections() -> None:
    plan = plan_of(treatment(course("fulvestrant"), days=60))
    assert "U krijgt 2 prikken." in says(sheet("fulvestrant", plan))
    one = tuple(
        replace(item, dose=replace(item.dose, give=(replace(item.dose.give[0], count=item.dose.give[0].count / 2),)))
        for item in plan.administrations
        if item.dose is not None
    )
    assert "2 prikken" not in says(sheet("fulvestrant", replace(plan, administrations=one)))


def test_a_liquid_is_told_in_millilitres() -> None:
    # 500 mg in 5 mL: 500 mg a day is 5 mL, 1,000 mg a day is 10 mL (endocrine reference, A2).
    for dose, volume in (("500", "5"), ("1000", "10")):
        choices = {"mpa_daily_dose": dose, "mpa_form": "suspension"}
        plan = plan_of(treatment(course("medroxyprogesterone-acetate", choices=choices), days=30))
        told = f"{volume}\u00a0mL suspensie om te drinken"
        assert f"daarna verder: {told}" in says(sheet("medroxyprogesterone-acetate", plan))
        assert f"{volume}\u00a0mL medroxyprogesteronacetaat" in cell(compose_patient_calendar(plan, library(), SITE, NL), 3, 3)[0]


def test_a_cycle_without_a_settled_dose_is_told_from_its_first_day_and_nothing_after_it() -> None:
    # Vinorelbine by mouth, weekly: the values are fresh for the first dose only.
    choices = {"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"}
    plan = plan_of(treatment(course("vinorelbine-oral", choices=choices), days=60))
    text = says(sheet("vinorelbine-oral", plan))
    # Monday 2 March, rest from the 3rd to the 8th.
    assert "Daarna rust: van dinsdag 3 maart 2026 tot en met zondag 8 maart 2026" in text
    # The count of the second dose is not known yet; its day is Monday 9 March, or the first that is provisional.
    open_day = next(item.first for item in plan.intakes if item.status == "provisional")
    assert f"Vanaf {NL.long_date(open_day)}: de dosis staat nog niet vast." in text
    assert text.count("staat nog niet vast") == 1


def test_one_day_of_tablets_or_of_a_pause_is_told_as_one_day() -> None:
    hold = event("hold", "2026-03-02", drug="abemaciclib", **{"from": "2026-03-05"})
    resume = event("resume", "2026-03-02", "e2", drug="abemaciclib", **{"from": "2026-03-06"})
    plan = plan_of(treatment(course("abemaciclib-letrozole"), days=60, events=[hold, resume]))
    text = says(sheet("abemaciclib", plan))
    assert "Op donderdag 5 maart 2026 is dit geneesmiddel onderbroken: neem het die dag NIET." in text
    choices = {"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"}
    plan = plan_of(treatment(course("vinorelbine-oral", choices=choices), days=30))
    assert "Op maandag 2 maart 2026: 3 capsules van 30" in says(sheet("vinorelbine-oral", plan))


def test_a_longer_first_infusion_is_told_for_its_day_alone() -> None:
    plan = plan_of(treatment(course("trastuzumab-three-weekly"), days=60))
    text = says(sheet("trastuzumab", plan))
    # 90 minutes the first time, 30 later (chemotherapy reference, 4.7).
    assert "Op maandag 2 maart 2026 duurt het geven minstens 90 minuten." in text
    assert "Het geven duurt minstens" not in text


def test_the_mouth_rinse_has_its_last_day_and_is_spat_out() -> None:
    plan = plan_of(treatment(course("everolimus-exemestane"), days=90))
    text = says(sheet("everolimus", plan))
    # Eight weeks from Monday 2 March are 56 days, to 26 April.
    assert "4 keer per dag, van ma\u00a002/03/2026 tot en met zo\u00a026/04/2026" in text
    assert "Slik het niet door" in text


def test_a_drug_without_sources_invents_nothing_and_says_to_call() -> None:
    plan = plan_of(treatment(course("letrozole"), days=30))
    unread = replace(library(), instructions={})
    text = says(compose_instruction_sheet(plan, unread, SITE, NL, SheetOptions(subject="letrozole")))
    assert "Bel ons voor u iets inneemt" in text
    assert not re.search(r"\b(grapefruit|pompelmoes|weken|uur te laat)\b", text)


def test_every_drug_of_the_library_has_its_sheet_in_every_language() -> None:
    made = set()
    for id, regimen in library().regimens.items():
        for number in range(5):
            plan = plan_of(treatment(course(id, choices=answers(regimen.decisions, number)), days=60))
            new = first_days(plan).keys() - made
            made |= new
            for drug in new:
                for language in complete_languages():
                    assert sheet(drug, plan, language).blocks
    assert set(library().drugs) - made == set()


def answers(decisions: tuple[str, ...], number: int) -> dict[str, str]:
    """The nth answer, as far as there are so many, to each question that a course may answer."""
    asked = (library().decisions[key] for key in decisions)
    return {item.key: item.options[number % len(item.options)] for item in asked if item.options and item.course_may_choose}


def test_the_sheet_about_radiotherapy_lists_every_day() -> None:
    plan = plan_of(treatment(irradiation("5x4", region="bone"), days=30))
    id = plan.request.courses[0].id
    document = compose_radiotherapy_sheet(plan, library(), SITE, NL, SheetOptions(subject=id))
    text = says(document)
    assert "U krijgt 5 bestralingen (bot)." in text
    assert all(NL.long_date(item.date) in text for item in plan.fractions)
    assert "Gy" not in text


def test_no_tablets_is_never_said_on_a_day_with_tablets_beside_the_treatment() -> None:
    """23 March is the first day of rest. With calcium every day the patient must not read that there are no tablets."""
    assert any("geen tabletten" in text for text in cell(compose_patient_calendar(PLAN, LIBRARY, SITE, NL), 3, 24))
    beside = SupportItem(
        course="c1", regimen="x", measure="supplements_other", drug="zoledronic-acid",
        first=date(2026, 3, 2), last=date(2026, 4, 30),
        open=True, place="home", parts=(), as_needed=False, before_minutes=(), own_words="", source="label", grade="label",
    )  # fmt: skip
    calendar = compose_patient_calendar(replace(PLAN, support=(beside,)), LIBRARY, SITE, NL)
    assert not any("geen tabletten" in text for text in cell(calendar, 3, 24))
    assert "calcium en vitamine D" in says(calendar)


def test_the_large_calendar_tells_every_day_in_full_words() -> None:
    document = compose_calendar_list(LETROZOLE_PLAN, LIBRARY, SITE, NL)
    text = says(document)
    assert "geen palbociclib" in text
    assert "letrozol (Femara): wel innemen: 1 tablet" in text
    tables = [block for block in document.blocks if block.kind == "table" and len(block.columns) == 2]
    # Each row is a day or a stretch; the first is the Monday on which everything begins.
    assert plain(tables[0].rows[0].cells[0]) == "maandag 2 maart"


def test_a_print_set_is_the_calendar_and_what_is_new() -> None:
    plan = plan_of(treatment(course("palbociclib-fulvestrant"), days=60))
    documents = [(item.document, item.subject) for item in print_set(plan)]
    assert documents[0] == ("patient_calendar", "")
    assert {subject for _, subject in documents[1:]} == {"palbociclib", "fulvestrant"}
    later = replace(plan, request=replace(plan.request, today=date(2026, 4, 20)))
    assert print_set(later) == (Sheet(document="patient_calendar"),)
    assert set(print_set(plan)) <= set(sheets_of(plan))
