"""What the program says of itself: what it is and is not, and exactly which versions are at work."""

from __future__ import annotations

import platform

from PySide6 import __version__ as qt_binding

from mbc_desktop import __version__
from mbc_desktop.ui.desk import Desk


def about_text(desk: Desk) -> tuple[str, str]:
    """The statement, and the versions."""
    say, library = desk.words.say, desk.session.library
    lines = [
        say("ui.about.program", version=__version__),
        say("ui.about.runs_on", python=platform.python_version(), qt=qt_binding),
    ]
    if library is not None:
        lines.append(say("ui.about.library", version=library.version, fingerprint=library.fingerprint))
    return say("ui.about.statement"), "\n".join(lines)
