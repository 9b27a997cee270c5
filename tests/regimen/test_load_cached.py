"""A start from the copy of the library gives the very library that reading the files gives, or reads them."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from importlib.util import source_hash
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen import load_cached
from mbc_desktop.regimen.fields_file import load_fields
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.load_cached import load_library_quickly
from mbc_desktop.regimen.loader import load_library


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find_schedules(), tmp_path / "schedules"))


def test_the_second_start_gives_the_same_library(shipped: Path, tmp_path: Path) -> None:
    copy = tmp_path / "cache" / "library"
    first = load_library_quickly(shipped, copy)
    assert copy.exists()
    second = load_library_quickly(shipped, copy)
    assert first == second == (load_library(shipped), load_fields(shipped))
    # To the letter: 1.0 and 1.00 are equal, and printed differently.
    assert repr(second) == repr(first)


def test_a_start_from_the_copy_does_not_load_pydantic(shipped: Path, tmp_path: Path) -> None:
    copy = tmp_path / "library"
    load_library_quickly(shipped, copy)
    code = (
        "import sys; from pathlib import Path; from mbc_desktop.regimen.load_cached import load_library_quickly; "
        f"load_library_quickly(Path({str(shipped)!r}), Path({str(copy)!r})); sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_one_changed_byte_of_the_data_is_read_anew(shipped: Path, tmp_path: Path) -> None:
    copy = tmp_path / "library"
    load_library_quickly(shipped, copy)
    file = shipped / "drugs" / "fulvestrant.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("hepatic-caution", "hepatic-question", 1), encoding="utf-8")
    library, _ = load_library_quickly(shipped, copy)
    assert library == load_library(shipped)


def test_a_broken_file_is_refused_although_a_copy_of_the_sound_one_exists(shipped: Path, tmp_path: Path) -> None:
    copy = tmp_path / "library"
    load_library_quickly(shipped, copy)
    (shipped / "drugs" / "fulvestrant.toml").write_text("id = 1", encoding="utf-8")
    with pytest.raises(LibraryError):
        load_library_quickly(shipped, copy)


@pytest.mark.parametrize("position", [0, 31, 32, 63, 64, 1000, -1])
def test_a_damaged_copy_is_made_anew(shipped: Path, tmp_path: Path, position: int) -> None:
    copy = tmp_path / "library"
    sound = load_library_quickly(shipped, copy)
    content = bytearray(copy.read_bytes())
    content[position] ^= 1
    copy.write_bytes(content)
    assert load_library_quickly(shipped, copy) == sound
    assert load_library_quickly(shipped, copy) == sound


@pytest.mark.parametrize("body", [pickle.dumps(os.getcwd), pickle.dumps(("a", "b")), pickle.dumps(Path("x")), b"no pickle"])
def test_a_copy_with_the_right_sum_that_holds_something_else_is_made_anew(shipped: Path, tmp_path: Path, body: bytes) -> None:
    copy = tmp_path / "library"
    key = load_cached._key(shipped)
    copy.write_bytes(key + source_hash(body) + body)
    assert load_cached._read(copy, key) is None


def test_only_data_files_count_for_a_copy(shipped: Path) -> None:
    before = load_cached._key(shipped)
    (shipped / "notes.txt").write_text("a remark", encoding="utf-8")
    assert load_cached._key(shipped) == before


@pytest.mark.parametrize("content", [b"", b"short"])
def test_a_copy_that_was_cut_off_is_made_anew(shipped: Path, tmp_path: Path, content: bytes) -> None:
    copy = tmp_path / "library"
    copy.write_bytes(content)
    assert load_library_quickly(shipped, copy)[0] == load_library(shipped)


def test_a_copy_can_hold_nothing_but_records(shipped: Path, tmp_path: Path) -> None:
    """Somebody who writes the copy, with the right head and a right digest, still cannot make the program run anything."""
    import hashlib

    body = pickle.dumps((os.getcwd, ()))
    copy = tmp_path / "library"
    copy.write_bytes(load_cached._key(shipped) + hashlib.sha256(body).digest() + body)
    assert load_library_quickly(shipped, copy)[0] == load_library(shipped)


def test_a_folder_that_cannot_be_written_only_costs_time(shipped: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("", encoding="utf-8")
    assert load_library_quickly(shipped, in_the_way / "library")[0] == load_library(shipped)
