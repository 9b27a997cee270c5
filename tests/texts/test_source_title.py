"""What is no publication is named in the language of the reader; a publication keeps its title."""

from __future__ import annotations

from typing import get_args

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.source_title import source_title

OWN = {
    "guideline_mbc", "proposal", "safety_input_policy", "endocrine_input_limits", "ward_record", "prescriber",
    "tc_west_flanders", "leuprorelin_practice",
}  # fmt: skip
"""The hospital's own, this project's own, what a person ordered or wrote down."""


@pytest.mark.parametrize("language", get_args(Language))
def test_a_source_without_a_title_in_print_is_named_in_the_language(language: Language) -> None:
    sources, texts = load_library(find_schedules()).sources, load_texts(language)
    own = {id for id in sources if texts.has(f"source.{id}")}
    assert own == OWN
    titles = {source_title(sources[id], texts) for id in own}
    assert len(titles) == len(OWN)
    assert all(titles)
    assert source_title(sources["reduse"], texts) == sources["reduse"].title


def test_german_names_the_guideline_in_german() -> None:
    source = load_library(find_schedules()).sources["guideline_mbc"]
    assert source_title(source, load_texts("de")) == "Leitlinie des Krankenhauses zum metastasierten Brustkrebs, vier Seiten"
