"""A regimen is found as people type it."""

from __future__ import annotations

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.ui.panels.search_box import look_alikes
from mbc_desktop.ui.regimen_search import Choosable, choosables_of, fold, search


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_schedules())


@pytest.fixture(scope="module")
def everything(library: Library) -> tuple[Choosable, ...]:
    return choosables_of(library)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("fulvestrant", "fulvestrant"),
        ("Faslodex", "fulvestrant"),
        ("faslodx", "fulvestrant"),
        ("fulvestrnat", "fulvestrant"),
        ("Zolendronaat", "zoledronic-acid"),
        ("zoledroninezuur", "zoledronic-acid"),
        ("acide zolédronique", "zoledronic-acid"),
        ("Zometa", "zoledronic-acid"),
        ("Taxotère Herceptin", "docetaxel-trastuzumab-pertuzumab"),
        ("taxotere herceptin", "docetaxel-trastuzumab-pertuzumab"),
        ("palbo fulv", "palbociclib-fulvestrant"),
        ("Ibrance Faslodex", "palbociclib-fulvestrant"),
        ("10x3", "10x3"),
        ("10 x 3 Gy", "10x3"),
        ("xgeva", "denosumab"),
    ],
)
def test_it_is_the_first_hit(everything: tuple[Choosable, ...], typed: str, found: str) -> None:
    assert search(everything, typed)[0].id == found


@pytest.mark.parametrize("typed", ["", "   ", "qqqq", "aspirine", "palbociclib warfarine"])
def test_nothing_is_guessed(everything: tuple[Choosable, ...], typed: str) -> None:
    assert search(everything, typed) == ()


def test_a_drug_alone_comes_before_its_combinations(everything: tuple[Choosable, ...]) -> None:
    hits = [hit.id for hit in search(everything, "letrozol")]
    assert hits[0] == "letrozole"
    assert "palbociclib-letrozole" in hits


def test_accents_and_strokes_do_not_matter() -> None:
    assert fold("Oöphorectomie Ø Łódź") == "oophorectomie o lodz"


def test_a_look_alike_is_named(library: Library) -> None:
    assert "paclitaxel" in look_alikes(library, "docetaxel-trastuzumab-pertuzumab")
