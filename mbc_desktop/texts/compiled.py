"""All entries of a language in one file, for a start that parses nothing.

A copy is only believed when it was made of the very same bytes by the very same program; anything else counts as no copy."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Mapping
from importlib.util import source_hash
from pathlib import Path

from mbc_desktop import __version__

Entry = str | tuple[str, ...] | dict[str, str]


def read_copy(copy: Path, files: Mapping[str, bytes]) -> dict[str, Entry] | None:
    """The entries that were made of these files, or None. `files` is the content of each file by its name."""
    try:
        content = copy.read_bytes()
    except OSError:
        return None
    head = _key(files)
    body = content[2 * len(head) :]
    if content[: 2 * len(head)] != head + source_hash(body):
        return None
    entries = marshal.loads(body)  # noqa: S302 - written by this program and unchanged since, as the .pyc files of Python are
    return entries if isinstance(entries, dict) else None


def write_copy(copy: Path, files: Mapping[str, bytes], entries: Mapping[str, Entry]) -> None:
    """Writes what was made of these files. A folder that cannot be written is no error."""
    from mbc_desktop.core.files import write_file_safely

    body = marshal.dumps(dict(entries))
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_file_safely(copy, _key(files) + source_hash(body) + body)
    except OSError:
        return


def _key(files: Mapping[str, bytes]) -> bytes:
    made_by = Path(__file__).with_name("catalogue.py").stat()
    head = f"{__version__} {sys.version} {made_by.st_size} {made_by.st_mtime_ns}"
    return source_hash(b"".join((head.encode(), *(b"\0%s\0%d\0%s" % (n.encode(), len(c), c) for n, c in files.items()))))
