"""Which languages are offered, and that an offered one lacks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from mbc_desktop.planning.request import Language
from mbc_desktop.texts import complete_languages, language_name, offered_language
from mbc_desktop.texts.catalogue import Catalogue, text_folder
from mbc_desktop.texts.languages import differences


@pytest.mark.parametrize("language", complete_languages())
def test_an_offered_language_has_every_sentence_with_the_same_places(language: Language) -> None:
    assert differences(language) == ()


def test_the_four_languages_are_offered() -> None:
    assert set(complete_languages()) == {"nl", "fr", "de", "en"}


def test_a_language_in_preparation_gives_way_to_dutch(tmp_path: Path) -> None:
    for language, complete in (("nl", "yes"), ("fr", "no"), ("de", "yes")):
        (tmp_path / language).mkdir()
        (tmp_path / language / "language.toml").write_text(f'[language]\ncomplete = "{complete}"\n', encoding="utf-8")
    assert [offered_language(language, tmp_path) for language in ("nl", "fr", "de")] == ["nl", "nl", "de"]


def test_a_language_names_itself() -> None:
    assert [language_name(language) for language in ("nl", "fr", "de", "en")] == ["Nederlands", "français", "Deutsch", "English"]


@pytest.mark.parametrize("language", complete_languages())
def test_the_one_line_that_a_menu_reads_says_what_the_whole_file_says(language: Language) -> None:
    catalogue = Catalogue(text_folder() / language, language)
    assert language_name(language) == catalogue.find("language.name")
    assert catalogue.find("language.complete") == "yes"


def test_a_difference_names_the_key(tmp_path: Path) -> None:
    for language, lines in (("nl", 'a = "x {n:number}"\nb = "y"\n'), ("en", 'a = "x"\nc = "y"\n')):
        (tmp_path / language).mkdir()
        (tmp_path / language / "t.toml").write_text(f"[t]\n{lines}", encoding="utf-8")
    assert differences("en", tmp_path) == ("missing: t.b", "extra: t.c", "other places: t.a")


@pytest.mark.parametrize("language", ["nl", "en", "fr", "de"])
def test_every_file_can_be_read(language: Language) -> None:
    assert "language.name" in Catalogue(text_folder() / language, language).all()
