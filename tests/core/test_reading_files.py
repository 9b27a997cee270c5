"""Reading a file without waiting for what never ends, and why one could not be used, as a code with words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from mbc_desktop.core.disk_reason import REASONS, disk_reason
from mbc_desktop.core.files import read_plain_file


def why_not(path: Path) -> str:
    """Why a file of at most ten bytes could not be read; "" when it could."""
    try:
        read_plain_file(path, most=10)
    except OSError as error:
        return disk_reason(error)
    return ""


@pytest.mark.parametrize(("size", "refused"), [(0, False), (9, False), (10, False), (11, True)])
def test_a_file_is_read_up_to_its_most_bytes(tmp_path: Path, size: int, refused: bool) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"x" * size)
    assert why_not(path) == ("too_large" if refused else "")
    assert read_plain_file(path, most=size) == b"x" * size


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert why_not(tmp_path / "pipe") == "no_file"


@pytest.mark.parametrize("name", ["none.json", "a\0b.json"])
def test_a_file_that_is_not_there_is_gone(tmp_path: Path, name: str) -> None:
    assert why_not(Path(f"{tmp_path}/{name}")) == "gone"


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOENT, "gone"), (errno.EISDIR, "no_file"), (errno.EACCES, "no_permission"), (errno.EROFS, "read_only"),
        (errno.ENOSPC, "full"), (errno.EBUSY, "in_use"), (errno.EIO, "out_of_reach"), (errno.ENAMETOOLONG, "name_too_long"),
        (errno.EFBIG, "too_large"), (errno.E2BIG, "other"),
    ],
)  # fmt: skip
def test_what_the_system_says_has_a_reason(number: int, reason: str) -> None:
    assert disk_reason(OSError(number, "x")) == reason
    assert reason in REASONS


def test_an_error_without_a_number_is_another_one() -> None:
    assert disk_reason(OSError("x")) == "other"


def test_a_file_that_another_program_of_windows_holds_is_in_use_and_not_forbidden() -> None:
    held = PermissionError(errno.EACCES, "x")
    assert disk_reason(held) == "no_permission"
    held.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert disk_reason(held) == "in_use"
