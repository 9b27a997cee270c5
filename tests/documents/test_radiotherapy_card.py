"""The card of the planners: sums for the spinal cord, and what drugs and this irradiation do to each other."""

from __future__ import annotations

import pytest

from mbc_desktop.documents.page.sheet_options import SheetOptions
from mbc_desktop.documents.sheets.check_sheet import compose_check_sheet
from mbc_desktop.documents.sheets.radiotherapy_card import compose_radiotherapy_card
from mbc_desktop.planning.request import Language
from mbc_desktop.texts import complete_languages, load_texts
from tests.documents.example_plan import SITE
from tests.documents.reading import document_lines
from tests.planning.treatments import course, library, plan_of, treatment

AGAIN = treatment(
    {"id": "r1", "radiotherapy": "13x3", "start": "2026-03-02", "region": "spine", "level": "L1-L3"},
    days=40,
    history=[{"radiotherapy": "10x3", "region": "spine", "level": "L2", "until": "2025-01-02"}],
)


@pytest.mark.parametrize("language", complete_languages())
def test_a_spine_that_was_irradiated_before_has_its_sums_on_card_and_check_sheet(language: Language) -> None:
    # alpha/beta 2: 13 x 3 x (1 + 3/2) = 97.5 and 10 x 3 x 2.5 = 75, together 172.5; EQD2 is half of each BED: 86.25.
    texts = load_texts(language)
    for document in (
        compose_radiotherapy_card(plan_of(AGAIN), library(), SITE, texts, SheetOptions(subject="r1")),
        compose_check_sheet(plan_of(AGAIN), library(), SITE, texts, SheetOptions()),
    ):
        text = " ".join(document_lines(document)).replace(",", ".")
        assert "172.5" in text
        assert "86.25" in text


def test_a_drug_that_stands_too_close_is_told_on_the_card() -> None:
    rays = {"id": "r1", "radiotherapy": "5x7", "start": "2026-03-30", "region": "bone"}
    plan = plan_of(treatment(course("paclitaxel-bevacizumab"), rays, days=60))
    text = " ".join(
        document_lines(compose_radiotherapy_card(plan, library(), SITE, load_texts("nl"), SheetOptions(subject="r1")))
    )
    # Day 29 of paclitaxel and bevacizumab is Monday 30 March, the day of the first fraction.
    assert "Bevacizumab op ma\u00a030/03/2026" in text
