"""One is one: "1 dag", not "1 dagen"."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.planning.request import Language
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.proposal_text import days_off_text


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("nl", "1 dag", "2 dagen"), ("fr", "1 jour", "2 jours"), ("de", "1 Tag", "2 Tage"), ("en", "1 day", "2 days")],
)
def test_one_day_and_two_days(language: Language, one: str, two: str) -> None:
    texts = load_texts(language)
    assert texts.amount(Decimal(1), "days").replace("\u00a0", " ") == one
    assert texts.amount(Decimal(2), "days").replace("\u00a0", " ") == two
    assert one in days_off_text(1, texts)
    assert two in days_off_text(2, texts)
    assert "0" not in days_off_text(0, texts)
