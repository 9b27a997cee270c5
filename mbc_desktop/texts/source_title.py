"""What a source is called: what has no title of its own in print is named in the language of the reader."""

from __future__ import annotations

from mbc_desktop.core.source import Source
from mbc_desktop.texts.texts import Texts

OWN = frozenset(
    {
        "guideline_mbc", "proposal", "safety_input_policy", "endocrine_input_limits", "ward_record", "prescriber",
        "tc_west_flanders", "leuprorelin_practice",
    }
)  # fmt: skip
"""The sources that are no publication: the hospital's own, this project's own, what a person ordered or wrote down."""


def source_title(source: Source, texts: Texts) -> str:
    """The title as published, or what a source without one is called in this language."""
    return texts.word(f"source.{source.id}") if source.id in OWN else source.title
