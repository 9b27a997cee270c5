"""Opening a patient of the records: the right one, and with a reason where the role does not open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mbc_desktop.records import patients, people
from mbc_desktop.records.permissions import may
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.ui.records.form_dialog import Line
from mbc_desktop.ui.records.patient_text import patient_text

if TYPE_CHECKING:
    from mbc_desktop.ui.main_window import MainWindow
    from mbc_desktop.ui.records.ward_commands import WardCommands


class WardPatients:
    """The ways to a patient."""

    def __init__(self, window: MainWindow, commands: WardCommands) -> None:
        self._window, self._commands = window, commands

    def open(self, patient: int) -> None:
        """Opens a patient, with emergency access where the role does not open one."""
        ward = self._commands.ward
        if ward is None or ward.who is None or not self._window.files.may_leave():
            return
        if not may(ward.who.role, "view_patient") and not self._has_emergency(patient):
            reason = Line(name="reason", label="records.field.reason")
            hint = self._window.words.say("ui.records.emergency_why")
            take = lambda values: self._emergency(patient, values["reason"])  # noqa: E731 - one line of one dialog
            self._commands.form("ui.records.emergency", (reason,), take, "ui.records.emergency", hint).open()
            return
        if self._is_the_right_one(patient) and self._commands.tell_refusal(lambda: ward.open_patient(patient)):
            self._window.show_page("plan")

    def begin(self) -> None:
        """Begins a patient who is not yet in the records."""
        if self._commands.ward is not None and self._window.files.may_leave():
            self._commands.ward.leave_patient()
            self._window.show_page("plan")
            self._window.plan_page.begin_anew()

    def _is_the_right_one(self, patient: int) -> bool:
        """Where somebody could be mistaken for this patient, who it is has to be said before anything is shown."""
        ward, say = self._commands.ward, self._window.words.say
        if ward is None or not may(ward.seat().role, "search_patients"):
            return True
        try:
            mine, *others = patients.with_lookalikes(ward.store, ward.seat(), patient)
        except StoreError:
            # What is wrong is said when the patient is opened.
            return True
        if not others:
            return True
        lines = [patient_text(one, self._window.words) for one in (mine, *others)]
        text = say("ui.records.which_one", patient=lines[0], others="\n".join(lines[1:]))
        keys = ("ui.records.open_this_one", "act.cancel")
        return self._window.asking.choose(say("ui.records.lookalikes"), text, keys) == keys[0]

    def _emergency(self, patient: int, reason: str) -> str:
        ward = self._commands.ward
        if ward is None:
            return ""
        refused = self._commands.refused(lambda: people.take_emergency_access(ward.store, ward.seat(), patient, reason))
        if not refused and self._commands.tell_refusal(lambda: ward.open_patient(patient)):
            self._window.show_page("plan")
        return refused

    def _has_emergency(self, patient: int) -> bool:
        from mbc_desktop.records.acts import has_emergency

        return (
            self._commands.ward is not None
            and self._commands.ward.who is not None
            and has_emergency(self._commands.ward.store, self._commands.ward.who, patient)
        )
