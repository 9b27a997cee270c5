"""What can be done with a ward's records from the window: make and open them, sign in, save, back up, restore, export, users."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QLabel

from mbc_desktop.records import people
from mbc_desktop.records.permissions import may
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.told import error_text
from mbc_desktop.ui.records.background import Background, Result
from mbc_desktop.ui.records.form_dialog import FormDialog, Line
from mbc_desktop.ui.records.ward import Ward
from mbc_desktop.ui.records.ward_opening import LOGIN, PASSWORD, WardOpening
from mbc_desktop.ui.records.ward_patients import WardPatients
from mbc_desktop.ui.records.ward_restoring import WardRestoring
from mbc_desktop.ui.records.ward_saving import WardSaving
from mbc_desktop.ui.records.ward_upkeep import WardUpkeep, back_up_when_due

if TYPE_CHECKING:
    from mbc_desktop.records.store import Store
    from mbc_desktop.ui.main_window import MainWindow

PLACE = "ward_file"
BACKUP_MS = 10 * 60 * 1000


class WardCommands:
    """The commands. `ward` is None while no records are open; `changed` is called when that changes."""

    def __init__(self, window: MainWindow, changed: Callable[[], object]) -> None:
        self._window, self._changed = window, changed
        self.ward: Ward | None = None
        self.opening, self.upkeep, self.saving = WardOpening(window, self), WardUpkeep(window, self), WardSaving(window, self)
        self.patients, self.restoring = WardPatients(window, self), WardRestoring(window, self)
        self.background = Background(window)
        self.background.changed.connect(self.tell_changed)
        self._notice = QLabel()
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        window.statusBar().addPermanentWidget(self._notice)
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._back_up_when_due)
        window.closing.connect(self.close)

    def refused(self, work: Callable[[], object]) -> str:
        """Does it; gives the sentence of a refusal, or ""."""
        try:
            work()
        except StoreError as error:
            return error_text(error, self._window.words.texts)
        return ""

    def tell_refusal(self, work: Callable[[], object]) -> bool:
        """Does it, and says why when it was refused; whether it was done."""
        refused = self.refused(work)
        if refused:
            self._window.asking.tell(self._window.words.say("ui.records.failed"), refused)
        return not refused

    def remembered(self) -> Path | None:
        """The records that were open last. When they are gone, opening them says so: nobody is invited to begin new ones."""
        state = self._window.preferences.state(PLACE)
        return Path(bytes(state.data()).decode("utf-8", "replace")) if state else None

    def sign_in(self) -> None:
        """Asks who it is."""
        self.form("ui.records.sign_in", (LOGIN, PASSWORD), self._sign_in, "ui.records.sign_in").open()

    def sign_out(self) -> None:
        """Leaves the seat, after asking about unsaved work."""
        if self.ward is not None and self._window.files.may_leave():
            self.ward.sign_out()
            self._changed()

    def tell_changed(self) -> None:
        """Lets the page follow, and says on every page that this is emergency access."""
        self._notice.setText(self.ward.emergency if self.ward is not None else "")
        self._changed()

    def close(self) -> None:
        """Closes the records with the window."""
        if self.ward is not None:
            self.ward.close()
            self.ward = None

    def form(
        self, title: str, lines: tuple[Line, ...], take: Callable[[Mapping[str, str]], str], button: str, hint: str = ""
    ) -> FormDialog:
        """A form over the window; `take` gives the sentence of a refusal, or ""."""
        return FormDialog(self._window.words, self._window, title=title, lines=lines, take=take, button=button, hint=hint)

    def in_background(self, said: str, work: Callable[[], Result], then: Callable[[Result], object]) -> None:
        """Does it beside the window; what is refused is told."""
        self.background.run(said, work, then, self.tell_error)

    def tell_error(self, error: StoreError) -> None:
        """Says why it was refused."""
        self._window.asking.tell(self._window.words.say("ui.records.failed"), error_text(error, self._window.words.texts))

    def use(self, store: Store) -> None:
        """Works with this store from now on, and asks who it is."""
        if self.ward is not None:
            self.ward.close()
        self.ward = Ward(self._window.desk, store, self._window)
        self.ward.changed.connect(self.tell_changed)
        self.ward.locked.connect(self._lock)
        self._window.files.keeper = None
        self._window.preferences.keep_state(PLACE, QByteArray(str(store.path).encode()))
        self._changed()
        self.sign_in()

    def close_store(self) -> None:
        """Closes the store before another one is opened: one at a time."""
        if self.ward is not None:
            self.ward.close()
            self.ward = None
            self.tell_changed()

    def _sign_in(self, values: Mapping[str, str]) -> str:
        ward = self.ward
        if ward is None:
            return ""
        refused = self.refused(lambda: ward.sign_in(values["login"], values["password"]))
        if refused:
            return refused
        self._window.files.keeper = self.saving.keep
        self._window.desk.session.draft_keeper = ward.keep_draft
        self._window.desk.session.printing_refused = self._printing_refused
        self._timer.start(BACKUP_MS)
        self._changed()
        if ward.who is not None and ward.who.must_change:
            self._change_password(values["password"])
        else:
            # After the form is closed, not over it.
            QTimer.singleShot(0, self._offer_draft)
        return ""

    def _offer_draft(self) -> None:
        """What this person was entering when the program stopped: goes on with it, or lets it go."""
        from mbc_desktop.planning.files.treatment_error import TreatmentError
        from mbc_desktop.records.drafts import NEW_PATIENT, drafts_of, drop_draft
        from mbc_desktop.ui.keeping.recovery_text import read_recovery

        ward, say = self.ward, self._window.words.say
        if ward is None or ward.who is None or not may(ward.who.role, "save_plan"):
            return
        for kept in drafts_of(ward.store, ward.seat())[:1]:
            keys = ("safety.recover", "safety.drop")
            wanted = self._window.asking.choose(say("safety.title"), say("safety.text"), keys) == keys[0]
            try:
                if wanted:
                    if kept.patient != NEW_PATIENT:
                        ward.open_patient(kept.patient)
                    today = self._window.desk.session.today
                    ward.recover(read_recovery(kept.content, today=today, library=ward.data.library))
                    self._window.show_page("plan")
                drop_draft(ward.store, ward.seat(), kept.patient)
            except StoreError as error:
                self.tell_error(error)
            except TreatmentError:
                # A draft that the data of today cannot read is left where it is.
                self._window.asking.tell(say("safety.title"), say("safety.unreadable"))

    def _printing_refused(self) -> str:
        ward = self.ward
        if ward is None or ward.who is None or may(ward.who.role, "print_document") or ward.emergency:
            return ""
        return error_text(StoreError("not_allowed", action="print_document", role=ward.who.role), self._window.words.texts)

    def own_password(self) -> None:
        """Another password for who is signed in."""
        ward = self.ward
        lines = (
            PASSWORD,
            Line(name="new", label="records.field.new_password", kind="secret"),
            Line(name="again", label="ui.records.repeat", kind="secret"),
        )

        def take(values: Mapping[str, str]) -> str:
            if values["new"] != values["again"] or ward is None:
                return self._window.words.say("ui.records.not_equal")
            return self.refused(lambda: people.change_password(ward.store, ward.seat(), values["password"], values["new"]))

        self.form("ui.records.change_password", lines, take, "ui.records.change_password").open()

    def _change_password(self, old: str) -> None:
        ward = self.ward
        new = Line(name="new", label="records.field.new_password", kind="secret")
        again = Line(name="again", label="ui.records.repeat", kind="secret")

        def take(values: Mapping[str, str]) -> str:
            if values["new"] != values["again"] or ward is None:
                return self._window.words.say("ui.records.not_equal")
            refused = self.refused(lambda: people.change_password(ward.store, ward.seat(), old, values["new"]))
            self._changed()
            return refused

        hint = self._window.words.say("ui.records.choose_own", word=people.SHORTEST_PASSWORD)
        self.form("ui.records.change_password", (new, again), take, "ui.records.change_password", hint).open()

    def _lock(self) -> None:
        from mbc_desktop.ui.records.lock_screen import LockScreen

        if self.ward is not None:
            LockScreen(self._window, self.ward, self).open()

    def _back_up_when_due(self) -> None:
        if self.ward is not None:
            back_up_when_due(self.ward)
