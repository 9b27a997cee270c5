"""Starting the window. It is painted first; engine, library and forms are loaded right after, so that nobody waits before a
blank screen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import PySide6

# PySide6 6.12.0 loses a reference to None on nearly every call; where None can still die (before Python 3.12) it soon aborts.
BROKEN = "6.12.0"
REFUSAL = "mbc-desktop would abort with PySide6 6.12.0 on Python before 3.12: install PySide6-Essentials below 6.12."


def refusal(qt_binding: str, python: tuple[int, ...]) -> str:
    """The sentence with which a pair of versions is refused; "" for a pair that works."""
    return REFUSAL if qt_binding == BROKEN and python < (3, 12) else ""


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the window, with the treatment file named in `argv` if there is one; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    refused = refusal(PySide6.__version__, tuple(sys.version_info[:2]))
    if refused:
        print(refused, file=sys.stderr)  # noqa: T201
        return 2
    from PySide6.QtWidgets import QApplication

    from mbc_desktop.ui.preferences import Preferences
    from mbc_desktop.ui.starting.first_place import take_first_place
    from mbc_desktop.ui.starting.start import make_window, name_application, start

    preferences = Preferences()
    # As an argument, so that no other style is made first; setStyle would load all of QStyle's enumerations before the paint.
    application = QApplication.instance() or QApplication(["mbc-desktop", "-style", "fusion"])
    name_application()
    path, place = (Path(arguments[0]) if arguments else None), take_first_place()
    if place is None and _handed_over(path):
        return 0
    window = make_window(preferences)
    start(window, path)
    window.show()
    return application.exec()


def _handed_over(path: Path | None) -> bool:
    """Whether the window that is open already took over; one that does not answer is no reason not to open another."""
    from mbc_desktop.ui.starting.one_window import hand_over

    return hand_over(path)


if __name__ == "__main__":
    sys.exit(main())
