"""Which drugs of a regimen are given together, and which in the place of one another."""

from __future__ import annotations

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.alternatives import choices_of
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.phrases import regimen_name, texts_for


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_schedules())


@pytest.mark.parametrize(
    ("regimen", "choices"),
    [
        ("palbociclib-fulvestrant", ((("palbociclib",),), (("fulvestrant",),))),
        ("tc-weekly", ((("paclitaxel", "carboplatin"), ("docetaxel", "cyclophosphamide")),)),
        # Capecitabine stands under every answer about its pattern: it is always given.
        ("trastuzumab-capecitabine", ((("capecitabine",),), (("trastuzumab",), ("trastuzumab-sc",)))),
        ("tucatinib-capecitabine-trastuzumab", ((("capecitabine",),), (("tucatinib",),), (("trastuzumab",),))),
    ],
)
def test_what_the_hospital_chooses_between_is_one_choice(library: Library, regimen: str, choices: object) -> None:
    assert choices_of(library.regimens[regimen]) == choices


def test_no_drug_of_any_regimen_is_lost_or_told_twice(library: Library) -> None:
    for regimen in library.regimens.values():
        told = [drug for choice in choices_of(regimen) for one in choice for drug in one]
        assert sorted(told) == sorted(drugs_of(regimen)), regimen.id


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("nl", "eribuline + trastuzumab of trastuzumab onderhuids"),
        ("de", "Eribulin + Trastuzumab oder Trastuzumab subkutan"),
        ("en", "eribulin + trastuzumab or subcutaneous trastuzumab"),
    ],
)
def test_two_products_of_one_antibody_never_read_as_given_together(library: Library, language: Language, name: str) -> None:
    texts = texts_for(library, load_texts(language))
    assert regimen_name(library.regimens["trastuzumab-eribulin"], texts, texts.drug) == name
