"""What a source is called: what has no title of its own in print is named in the language of the reader."""

from __future__ import annotations

from mbc_desktop.core.source import Source
from mbc_desktop.texts.texts import Texts


def source_title(source: Source, texts: Texts) -> str:
    """The title as published, or what a source without one is called in this language."""
    key = f"source.{source.id}"
    return texts.word(key) if texts.has(key) else source.title
