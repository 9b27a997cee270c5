"""Whether a window of this user is open already: a lock in the folder of the settings, which dies with its process. Cheap, for it
stands before the first paint; the network is only asked when the place is taken."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QStandardPaths


def take_first_place(folder: Path | None = None) -> QLockFile | None:
    """The lock, to be kept as long as the window lives; None when another window has it. A folder that cannot be written to is no
    reason not to start: an unlocked lock comes back then."""
    place = folder or Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(place / "window.lock"))
    lock.setStaleLockTime(0)
    taken = not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError
    return None if taken else lock
