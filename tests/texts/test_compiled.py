"""A copy of all texts is believed only when it was made of the very same files, and says the same as the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from mbc_desktop.texts.catalogue import Catalogue, TextError, text_folder

TEXT = '[shell]\nloading = "Even geduld"\ndays = { one = "{count} dag", other = "{count} dagen" }\nweek = ["ma", "di"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "nl"
    place.mkdir()
    (place / "shell.toml").write_text(TEXT, encoding="utf-8")
    return place


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "texts-nl"


def test_the_copy_says_what_the_files_say(folder: Path, copy: Path) -> None:
    Catalogue(folder, "nl", copy).keep_copy()
    content = copy.read_bytes()
    again = Catalogue(folder, "nl", copy)
    assert again.all() == Catalogue(folder, "nl").all()
    assert again.find("shell.days") == {"one": "{count} dag", "other": "{count} dagen"}
    assert again.find("shell.week") == ("ma", "di")
    assert again.find("shell.nothing") is None
    again.keep_copy()
    assert copy.read_bytes() == content


def test_another_byte_in_a_file_makes_the_copy_worthless(folder: Path, copy: Path) -> None:
    Catalogue(folder, "nl", copy).keep_copy()
    (folder / "shell.toml").write_text(TEXT.replace("Even", "Heel"), encoding="utf-8")
    changed = Catalogue(folder, "nl", copy)
    assert changed.find("shell.loading") == "Heel geduld"
    changed.keep_copy()
    assert Catalogue(folder, "nl", copy).find("shell.loading") == "Heel geduld"


def test_a_file_more_or_less_or_renamed_makes_the_copy_worthless(folder: Path, copy: Path) -> None:
    Catalogue(folder, "nl", copy).keep_copy()
    (folder / "shell.toml").rename(folder / "other.toml")
    (folder / "more.toml").write_text('[more]\nword = "meer"\n', encoding="utf-8")
    assert Catalogue(folder, "nl", copy).find("more.word") == "meer"
    (folder / "more.toml").unlink()
    (folder / "other.toml").rename(folder / "shell.toml")
    assert Catalogue(folder, "nl", copy).find("more.word") is None


@pytest.mark.parametrize("damage", ["shorter", "a bit", "empty"])
def test_a_damaged_copy_counts_as_none(folder: Path, copy: Path, damage: str) -> None:
    Catalogue(folder, "nl", copy).keep_copy()
    content = copy.read_bytes()
    broken = {"shorter": content[:-3], "a bit": content[:-3] + bytes([content[-3] ^ 1]) + content[-2:], "empty": b""}[damage]
    copy.write_bytes(broken)
    assert Catalogue(folder, "nl", copy).find("shell.loading") == "Even geduld"


def test_a_folder_that_cannot_be_written_is_no_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")
    catalogue = Catalogue(folder, "nl", tmp_path / "cache" / "texts-nl")
    catalogue.keep_copy()
    assert catalogue.find("shell.loading") == "Even geduld"


def test_files_that_contradict_one_another_leave_no_copy(folder: Path, copy: Path) -> None:
    (folder / "twice.toml").write_text('[shell]\nloading = "Nog eens"\n', encoding="utf-8")
    with pytest.raises(TextError, match="given twice"):
        Catalogue(folder, "nl", copy).keep_copy()
    assert not copy.exists()


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_the_shipped_texts_come_back_from_a_copy(language: str, copy: Path) -> None:
    Catalogue(text_folder() / language, language, copy).keep_copy()
    assert Catalogue(text_folder() / language, language, copy).all() == Catalogue(text_folder() / language, language).all()
