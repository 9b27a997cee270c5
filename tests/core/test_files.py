"""A file is replaced whole or not at all, whichever step of the writing fails."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.core import files
from mbc_desktop.core.files import write_file_safely

OLD, NEW = b"the old plan", b"het nieuwe plan: 3,5 mg"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A treatment file that is already there."""
    made = tmp_path / "voorbeeld.mbc.json"
    made.write_bytes(OLD)
    return made


class FullDisk:
    """A file whose writing fails, as on a disk without room."""

    def __init__(self, handle: int, mode: str) -> None:
        self._file = open(handle, mode)  # noqa: SIM115 - closed by __exit__, as the real one

    def __enter__(self) -> FullDisk:
        return self

    def __exit__(self, *raised: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> None:
        self._file.write(content[: len(content) // 2])
        self._file.flush()
        raise OSError(errno.ENOSPC, "No space left on device")


def fail(*given: Any, **named: Any) -> None:
    raise OSError(errno.EIO, "Input/output error")


def test_the_new_content_is_in_the_place_of_the_old(path: Path) -> None:
    write_file_safely(path, NEW)
    assert path.read_bytes() == NEW
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_was_not_there_is_made(tmp_path: Path) -> None:
    write_file_safely(tmp_path / "new.mbc.json", NEW)
    assert (tmp_path / "new.mbc.json").read_bytes() == NEW


@pytest.mark.parametrize("step", ["mkstemp", "fdopen", "fsync", "replace"])
def test_any_step_that_fails_leaves_the_old_file_and_nothing_else(path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    place = files.tempfile if step == "mkstemp" else os
    monkeypatch.setattr(place, step, FullDisk if step == "fdopen" else fail)
    with pytest.raises(OSError, match="No space" if step == "fdopen" else "Input/output"):
        write_file_safely(path, NEW)
    monkeypatch.undo()
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


def test_an_interruption_leaves_the_old_file_and_nothing_else(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*given: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_file_safely(path, NEW)
    monkeypatch.undo()
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


def test_the_content_reaches_the_disk_before_the_file_takes_its_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    for step in ("fsync", "replace"):
        really = getattr(os, step)
        monkeypatch.setattr(os, step, lambda *given, name=step, call=really: (done.append(name), call(*given)))
    write_file_safely(path, NEW)
    # The last one is that of the folder, which keeps the new name.
    assert done == ["fsync", "replace", "fsync"]


def test_a_folder_that_is_not_there_is_an_error_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_file_safely(tmp_path / "gone" / "plan.pdf", NEW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["open", "fsync"])
def test_a_system_that_cannot_flush_a_folder_still_has_the_new_file(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    really = getattr(os, step)
    closed: list[int] = []
    flushed: list[object] = []

    def refuse_folders(what: Any, *more: Any) -> Any:
        # The file itself is flushed first; the second fsync is that of the folder.
        flushed.append(what)
        if step == "open" or len(flushed) == 2:
            raise OSError(errno.EINVAL, "Invalid argument")
        return really(what, *more)

    close = os.close
    monkeypatch.setattr(files.os, step, refuse_folders)
    monkeypatch.setattr(files.os, "close", lambda handle: (closed.append(handle), close(handle)))
    files._flush_folder(path.parent) if step == "open" else write_file_safely(path, NEW)
    monkeypatch.undo()
    assert path.read_bytes() == (OLD if step == "open" else NEW)
    assert len(closed) == (0 if step == "open" else 1)
