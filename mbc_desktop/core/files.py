"""Writing a file so that a crash or a full disk leaves either the old file or the new one, never half of one; reading one without
waiting for what never ends."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path


def write_file_safely(path: Path, content: bytes) -> None:
    """Writes `content` to a new file in the same folder, flushes it to the disk and renames it over `path`.

    Raises OSError when the folder cannot be written; the old file is then untouched and nothing half-written remains.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def read_plain_file(path: Path, *, most: int) -> bytes:
    """The content of a file of at most `most` bytes. Nothing is read from a pipe or a device: they may never end, and a window
    that waits for them stands still. Raises OSError: EINVAL for what is no plain file, EFBIG for one that is too large."""
    if "\0" in str(path):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    # Opening a pipe would wait for whoever writes into it; asking what was opened leaves no moment to put another in its place.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return content


def _flush_folder(folder: Path) -> None:
    """Makes the rename itself durable where the system allows it (not on Windows)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
