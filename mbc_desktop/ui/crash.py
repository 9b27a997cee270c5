"""When the program itself fails: one dialog, no plan on the screen, the work kept in a file beside the settings."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType

from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk


class CrashHook:
    """Takes every error that nothing caught. A plan computed before an error is not to be trusted after it, so it goes."""

    def __init__(self, desk: Desk, asking: Asking) -> None:
        self._desk, self._asking = desk, asking
        self._talking = False

    def install(self) -> None:
        """Sends uncaught errors here from now on."""
        sys.excepthook = self.take

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Keeps the work, hides the plan, tells the person once."""
        traceback.print_exception(kind, error, trace)
        if self._talking or issubclass(kind, KeyboardInterrupt):
            return
        self._talking = True
        try:
            kept = self._keep()
            self._desk.session.conceal()
            say = self._desk.words.say
            text = say("ui.crash.kept", file=str(kept)) if kept else say("ui.crash.not_kept")
            self._asking.tell(say("ui.crash.title"), f"{say('ui.crash.text')}\n\n{text}", f"{kind.__name__}: {error}")
        finally:
            self._talking = False

    def _keep(self) -> Path | None:
        """The work as it stands, in a file that File > Open reads."""
        from mbc_desktop.ui.recovery import recovery_folder, write_recovery

        path = recovery_folder() / "recovered.mbc.json"
        return path if write_recovery(self._desk.session, path) else None
