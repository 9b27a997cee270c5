"""Regimens of one's own: a template with comments, and a check that explains every fault in one line."""

from __future__ import annotations

from pathlib import Path

from mbc_desktop.core.folders import find_resources, find_schedules
from mbc_desktop.library_verb.answer import Answer
from mbc_desktop.regimen.check_files import library_faults
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import is_whole_library, load_library_at

BAD_INPUT = 2
COUNTED = ("drugs", "regimens", "radiotherapy", "decisions", "sources", "fields")


def template() -> Answer:
    """A regimen with comments, for `regimens/my-regimen.toml` of a folder of one's own."""
    text = (find_resources() / "template" / "my-regimen.toml").read_text(encoding="utf-8")
    return Answer(lines=text.splitlines(), data={"file": "regimens/my-regimen.toml", "text": text})


def checked(folder: Path | None) -> Answer:
    """Either that all files are good, or every fault with its file, place and reason, one a line."""
    own = folder is not None and folder.is_dir() and not is_whole_library(folder)
    shipped = find_schedules() if own or folder is None else folder
    faults = library_faults(shipped, own=folder if own else None)
    if faults:
        data = [{"file": item.file, "place": item.place, "reason": item.reason} for item in faults]
        return Answer(lines=[str(item) for item in faults], data=data, code=BAD_INPUT)
    return _good(load_library_at(folder))


def _good(library: Library) -> Answer:
    counts = {kind: len(getattr(library, kind)) for kind in COUNTED}
    words = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    data = {"version": library.version, "fingerprint": library.fingerprint, "counts": counts, "files": dict(library.hashes)}
    lines = [f"version {library.version}: {len(library.hashes)} files are good", words, f"fingerprint {library.fingerprint}"]
    return Answer(lines=lines, data=data)
