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

    from mbc_desktop.ui.start import make_window, start

    # As an argument, so that no other style is made first; setStyle would load all of QStyle's enumerations before the paint.
    application = QApplication.instance() or QApplication(["mbc-desktop", "-style", "fusion"])
    window = make_window()
    start(window, Path(arguments[0]) if arguments else None)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
