"""schedules/support.toml is read strictly and held against the rest of the library."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library

CASES = [
    ('risk = "high"', 'risk = "severe"', "emetics[0].risk", "Input should be"),
    ('from_amount = "60"\nunit = "mg/m2"', 'from_amount = "60"', "emetics[2]", "an amount and its unit belong together"),
    ('from_amount = "60"', 'from_amount = "60-75"', "emetics[2].from_amount", "not a number"),
    ('emetic_risk = "high"\nper', "per", "measures[0]", "either by drugs or by an emetic risk"),
    ('emetic_risk = "high"\nper', 'emetic_risk = "high"\ndrugs = ["paclitaxel"]\nper', "measures[0]", "either by drugs or by"),
    ("first = 0\nlast = 3", "first = 3\nlast = 0", "measures[0]", "the last day comes before the first"),
    ("first = 0\nlast = 3\n", "first = 0\n", "measures[0]", "goes on without a last day"),
    ("before_minutes = [30, 60]", "before_minutes = [60, 30]", "measures[4]", "from the least to the most"),
    ('amount = "8", unit = "mg"', 'amount = "8"', "measures[4].parts[0]", "an amount and its unit belong together"),
    ('decision = "g_csf"\nif_decided', "if_decided", "measures[6]", "an answer belongs to a decision"),
    ('if_decided = "pegfilgrastim the day', 'if_decided = "on the day', "measures[6].decision", "is no option of g_csf"),
    ('decision = "antiemetics_high"', 'decision = "antiemetic_high"', "measures[0].decision", "unknown decision"),
    ('drugs = ["everolimus"]', 'drugs = ["everolimos"]', "measures[13]", "unknown drug: everolimos"),
    ('with_drug = "cyclophosphamide"', 'with_drug = "cyclofosfamide"', "emetics[0]", "unknown drug: cyclofosfamide"),
    ('id = "g_csf"', 'id = "antiemetics_low"', "measures[6].id", "is named twice"),
    ('source = "emetogenic_chart"', 'source = "nowhere"', "emetics[0].source", "unknown source"),
    ("as_needed = true", "as_needed = true\nhow = 3", "measures[3].how", "is not a key of this table"),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("support") / "schedules"
    shutil.copytree(find_schedules(), folder)
    return folder


@pytest.mark.parametrize(("old", "new", "place", "reason"), CASES, ids=[f"{place} {reason}" for _, _, place, reason in CASES])
def test_a_slip_is_refused_with_its_place(old: str, new: str, place: str, reason: str, copy: Path) -> None:
    path = copy / "support.toml"
    good = path.read_text(encoding="utf-8")
    assert old in good
    try:
        path.write_text(good.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(LibraryError) as refused:
            load_library(copy)
    finally:
        path.write_text(good, encoding="utf-8")
    assert (refused.value.file, refused.value.place) == ("schedules/support.toml", place)
    assert reason in refused.value.reason


def test_a_library_may_be_without(copy: Path) -> None:
    path = copy / "support.toml"
    good = path.read_text(encoding="utf-8")
    path.unlink()
    try:
        assert load_library(copy).support is None
    finally:
        path.write_text(good, encoding="utf-8")
