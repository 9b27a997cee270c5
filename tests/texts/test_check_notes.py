"""What a check's rule adds is read by people: words in every language, in the plan and on the check sheet."""

from __future__ import annotations

import pytest

from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.request import Language
from mbc_desktop.texts.texts import load_texts
from tests.planning.treatments import course, library, plan_of, treatment


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_note_has_words(language: Language) -> None:
    texts = load_texts(language)
    notes = {check.note for drug in library().drugs.values() for check in drug.checks if check.note}
    assert notes
    for note in notes:
        assert texts.word(f"check_note.{note}")


def test_the_ecg_of_day_14_says_that_it_goes_with_the_blood_count_of_day_15() -> None:
    plan = plan_of(treatment(course("ribociclib-letrozole"), days=60))
    found = {(item.kind, item.nominal.isoformat()): item.note for item in plan.checks}
    assert found["ecg", "2026-03-15"] == "with_blood_count_of_day_15"
    assert found["ecg", "2026-03-02"] == ""
    checks = plan_json(plan)["checks"]
    assert [item["note"] for item in checks if item["kind"] == "ecg" and item["nominal"] == "2026-03-15"] == [
        "with_blood_count_of_day_15"
    ]
    assert all("note" not in item for item in checks if item["nominal"] == "2026-03-02" and item["kind"] == "ecg")


def test_from_the_third_cycle_palbociclib_says_when_fewer_counts_are_enough() -> None:
    """Days 1 and 15 of two cycles, day 1 of the third: 27 April."""
    plan = plan_of(treatment(course("palbociclib-letrozole"), days=60))
    notes = {item.nominal.isoformat(): item.note for item in plan.checks if item.kind == "blood_count"}
    assert notes == {
        "2026-03-02": "", "2026-03-16": "", "2026-03-30": "", "2026-04-13": "",
        "2026-04-27": "every_3_months_if_never_above_grade_2",
    }  # fmt: skip
