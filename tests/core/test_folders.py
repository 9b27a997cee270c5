"""The data that travel with the program are found in a checkout and in an installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from mbc_desktop.core import folders


def test_a_checkout_has_them_beside_the_package() -> None:
    assert (folders.find_schedules() / "library.toml").is_file()
    assert folders.find_resources().is_dir()


def test_an_installed_package_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "mbc_desktop"
    (package / "schedules").mkdir(parents=True)
    (tmp_path / "schedules").mkdir()
    monkeypatch.setattr(folders, "_PACKAGE", package)
    assert folders.find_schedules() == package / "schedules"


def test_an_installation_without_them_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_PACKAGE", tmp_path / "mbc_desktop")
    with pytest.raises(FileNotFoundError, match="the folder resources is missing"):
        folders.find_resources()


@pytest.mark.parametrize(
    ("platform", "name", "folder", "expected"),
    [
        ("win32", "LOCALAPPDATA", "local", "local"),
        ("win32", "LOCALAPPDATA", "", "home/AppData/Local"),
        ("darwin", "XDG_CACHE_HOME", "elsewhere", "home/Library/Caches"),
        ("linux", "XDG_CACHE_HOME", "elsewhere", "elsewhere"),
        ("linux", "XDG_CACHE_HOME", "", "home/.cache"),
    ],
)
def test_what_can_be_made_again_is_kept_where_each_system_keeps_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, name: str, folder: str, expected: str
) -> None:
    monkeypatch.setattr(folders.sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("home"))
    monkeypatch.setenv(name, folder)
    assert folders.cache_folder() == Path(expected) / "mbc_desktop"
