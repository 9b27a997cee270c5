"""Saving a treatment in the records: what has to be said first is asked first, and nothing is saved unasked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mbc_desktop.planning.request import Request, Target
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text
from mbc_desktop.ui.entry.draft import request_of_draft
from mbc_desktop.ui.entry.event_text import subject_text
from mbc_desktop.ui.records.form_dialog import Line

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward_commands import WardCommands

WHY = Line(name="why", label="ui.records.why_saved")


class WardSaving:
    """File > Save while somebody is signed in, and saving with a reason."""

    def __init__(self, window: MainWindow, commands: WardCommands) -> None:
        self._window, self._commands = window, commands

    def keep(self, request: Request) -> bool:
        """Saves the treatment in the records; False when nothing was saved. Asks why first where it ends a signature."""
        ward = self._commands.ward
        if ward is None:
            return False
        try:
            touched = ward.touched(request)
        except StoreError as error:
            self._refuse(error)
            return False
        if touched:
            self._ask_why(request, self._window.words.say("ui.records.will_void", cycles=self._named(touched)))
            return False
        return self._save(request)

    def with_reason(self) -> None:
        """Asks why, and saves."""
        session = self._window.desk.session
        request = request_of_draft(session.draft, today=session.today, readable_only=False)
        if request is not None and session.plan is not None:
            self._ask_why(request, "")

    def _ask_why(self, request: Request, hint: str) -> None:
        def take(values: Mapping[str, str]) -> str:
            why = values["why"].strip()
            if not why:
                return self._window.words.say("ui.records.why_missing")
            return self._commands.refused(lambda: self._saved(request, why))

        self._commands.form("ui.records.save_with_reason", (WHY,), take, "ui.button.save", hint).open()

    def _save(self, request: Request) -> bool:
        """Saves at once; asks about look-alikes, and why something was given that nobody had released."""
        try:
            self._saved(request, "")
        except StoreError as error:
            if error.code == "given_unreleased":
                self._ask_why(request, error_text(error, self._window.words.texts))
            else:
                self._refuse(error)
            return False
        return True

    def _saved(self, request: Request, why: str) -> None:
        """Saves. Raises StoreError."""
        ward, say = self._commands.ward, self._window.words.say
        if ward is None:
            return
        try:
            saved = ward.save(request, why)
        except StoreError as error:
            if error.code != "lookalikes" or not self._is_another(error):
                raise
            saved = ward.save(request, why, unlike=ward.alike(request))
        if saved.voided and not why:
            # Whoever wrote why has been told already.
            self._window.asking.tell(say("ui.records.verification"), say("ui.records.voided", cycles=self._named(saved.voided)))
        self._window.statusBar().showMessage(say("ui.records.saved", number=ward.version), 8000)

    def _is_another(self, error: StoreError) -> bool:
        say, keys = self._window.words.say, ("ui.records.somebody_else", "act.cancel")
        text = error_text(error, self._window.words.texts)
        return self._window.asking.choose(say("ui.records.lookalikes"), text, keys) == keys[0]

    def _named(self, cycles: Sequence[tuple[str, int]]) -> str:
        """The cycles by what they give: "paclitaxel, cyclus 1"."""
        session, words = self._window.desk.session, self._window.words
        if session.library is None:
            return ""
        library, draft = session.library, session.draft
        return "; ".join(subject_text(words, library, draft, course, Target(cycle=cycle)) for course, cycle in cycles)

    def _refuse(self, error: StoreError) -> None:
        self._window.asking.tell(self._window.words.say("ui.records.failed"), error_text(error, self._window.words.texts))
