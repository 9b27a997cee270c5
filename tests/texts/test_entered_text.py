"""What one saving entered, in words, with why."""

from __future__ import annotations

import json

import pytest

from mbc_desktop.texts import load_texts
from mbc_desktop.texts.entered_text import entered_text, part_text


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"kind": "weight", "value": "67.5", "unit": "kg", "measured_on": "2026-03-14"},
            "gewicht 67,5\u00a0kg (za\u00a014/03/2026)",
        ),
        (
            {
                "kind": "delay",
                "happened_on": "2026-03-16",
                "content": json.dumps({"drug": "docetaxel", "reason": "toxicity", "note": "graad 3"}),
            },
            "uitgesteld, docetaxel, bijwerkingen, graad 3 (ma\u00a016/03/2026)",
        ),
        ({"kind": "hold", "happened_on": "2026-03-16", "content": "{}"}, "onderbroken (ma\u00a016/03/2026)"),
    ],
)
def test_a_row_is_said_with_its_day_and_its_reason(row: dict[str, str], said: str) -> None:
    assert entered_text(row, load_texts("nl").with_drug_names({"docetaxel": "docetaxel"})) == said


def test_a_part_has_its_word_and_an_unknown_one_stays() -> None:
    texts = load_texts("nl")
    assert part_text("courses", texts) == "behandelingen"
    assert part_text("later", texts) == "later"
