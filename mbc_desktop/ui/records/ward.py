"""The open records of a ward in the window: who is signed in, which patient is open, the lock of an idle seat, drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.findings.release_state import NO_STORE
from mbc_desktop.planning.request import Request
from mbc_desktop.records import acts, drafts, patients, people, plans, release, voiding
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.permissions import may
from mbc_desktop.records.store import Store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.keeping.recovery_text import recovery_text
from mbc_desktop.ui.override import override
from mbc_desktop.ui.records.moment_text import clock_text

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan
    from mbc_desktop.ui.entry.draft import Draft

SECOND_MS = 1000
DRAFT_MS = 5000
HANDS = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})


class Ward(QObject):
    """One store, at most one person at the seat, at most one patient open. `changed` follows each of these; `locked` when the
    seat has locked itself."""

    changed = Signal()
    locked = Signal()

    def __init__(self, desk: Desk, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.store = desk, store
        self.who: SignedIn | None = None
        self.patient: int | None = None
        self.version = 0
        self.emergency = ""
        self._prints = 0
        self._begins = False
        self._seconds = QTimer(self)
        self._seconds.timeout.connect(self._look_at_the_clock)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAFT_MS)
        self._soon.timeout.connect(self.keep_draft)
        desk.session.begun.connect(self._let_go)
        desk.session.changed.connect(self._follow)

    @property
    def data(self) -> PlanData:
        """What plans are computed with now."""
        session = self.desk.session
        if session.library is None:
            raise RuntimeError("no plan without a library")
        path = self.desk.preferences.site_file
        try:
            text = path.read_text(encoding="utf-8") if path is not None else ""
        except OSError:
            text = ""
        return PlanData(library=session.library, folder=find_schedules(), site=session.site, site_text=text)

    def sign_in(self, login: str, password: str) -> None:
        """Somebody takes the seat. Raises StoreError."""
        self.who = people.sign_in(self.store, login, password)
        self.desk.session.sign_in(_initials(self.who.name))
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._seconds.start(SECOND_MS)
        self.changed.emit()

    def sign_out(self) -> None:
        """Leaves the seat, and takes the patient off the screen."""
        if self.who is not None:
            # A store that cannot be written must not keep anybody signed in.
            with suppress(StoreError):
                people.sign_out(self.store, self.who)
        self.who = None
        self._seconds.stop()
        self.desk.session.sign_in("")
        self.leave_patient()

    def close(self) -> None:
        """Closes the store."""
        if self.who is not None:
            self.sign_out()
        self.desk.session.begun.disconnect(self._let_go)
        self.desk.session.changed.disconnect(self._follow)
        self.store.close()
        # The window owns it, and every key of the program would go on passing through it.
        self.deleteLater()

    def seat(self) -> SignedIn:
        """Who is signed in. Raises StoreError (locked) when nobody is."""
        if self.who is None:
            raise StoreError("locked", name="?")
        return self.who

    def open_patient(self, patient: int) -> None:
        """Opens a patient on the plan page. Raises StoreError, TreatmentError."""
        session = self.desk.session
        opened = plans.open_plan(self.store, self.seat(), patient, today=session.today, library=self.data.library)
        self.emergency = self._emergency(patient)
        self._take(opened.patient, opened.version, len(opened.request.prints), lambda: session.open(opened.request, None))

    def recover(self, draft: Draft) -> None:
        """Goes on with what was being entered for the patient who is open, or for a new one."""
        self._take(self.patient, self.version, self._prints, lambda: self.desk.session.recover_draft(draft))

    def leave_patient(self) -> None:
        """Empties the plan page."""
        self.emergency = ""
        self._take(None, 0, 0, lambda: self.desk.session.start_new(self.desk.words.language))

    def save(self, request: Request, why: str = "", unlike: Sequence[int] = ()) -> plans.Saved:
        """Saves the treatment as the next version. Raises StoreError."""
        plan, who = self._plan(request), self.seat()
        saved = plans.save_plan(
            self.store, who, plan, self.data, patient=self.patient, version=self.version, why=why, unlike=unlike
        )
        drafts.drop_draft(self.store, self.seat(), saved.patient)
        drafts.drop_draft(self.store, self.seat(), drafts.NEW_PATIENT)
        self._take(saved.patient, saved.version, len(request.prints), lambda: self.desk.session.open(request, None))
        return saved

    def touched(self, request: Request) -> tuple[tuple[str, int], ...]:
        """The cycles (course, number) whose signatures end when this is saved. Raises StoreError."""
        self.seat()
        return voiding.touched_cycles(self.store, self._plan(request), self.patient) if self.patient is not None else ()

    def alike(self, request: Request) -> tuple[int, ...]:
        """The patients for whom this one could be mistaken. Raises StoreError."""
        return tuple(one.id for one in patients.alike(self.store, self.seat(), request.patient, but=self.patient))

    def plan_of(self, patient: int) -> Plan:
        """The plan of a patient as it is saved, without showing the patient. Raises StoreError, TreatmentError."""
        today = self.desk.session.today
        opened = plans.open_plan(self.store, self.seat(), patient, today=today, library=self.data.library, blind=True)
        return self._plan(opened.request)

    def agenda(self, first: date, last: date) -> tuple[patients.AgendaLine, ...]:
        """The visits of these days over all patients. Raises StoreError."""
        return patients.agenda(self.store, self.seat(), first, last)

    def refresh(self) -> None:
        """Tells the session what the store says about the release of the present plan."""
        session = self.desk.session
        plan = session.plan
        if plan is None or session.library is None or self.who is None:
            session.use_release(NO_STORE)
            return
        try:
            session.use_release(release.release_state(self.store, plan, self.patient, session.library))
        except StoreError:
            session.use_release(NO_STORE)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.who is not None and event.type() in HANDS:
            self.who.touch(self.store.now())
        return False

    def _take(self, patient: int | None, version: int, prints: int, begin: Callable[[], object]) -> None:
        """Begins a treatment of which it is known whose it is."""
        self.patient, self.version, self._prints = patient, version, prints
        self._begins = True
        try:
            begin()
        finally:
            self._begins = False
        self.changed.emit()

    def _let_go(self) -> None:
        """A file was opened, or a new treatment begun: it is not that of the patient who was open, and is never saved as his."""
        if not self._begins and self.patient is not None:
            self.patient, self.version, self.emergency, self._prints = None, 0, "", 0
            self.changed.emit()

    def _plan(self, request: Request) -> Plan:
        from mbc_desktop.planning.plan_treatment import plan_treatment

        return plan_treatment(request, self.data.library, self.desk.session.site)

    def _emergency(self, patient: int) -> str:
        who = self.seat()
        if may(who.role, "view_patient"):
            return ""
        until, reason = people.emergency_of(self.store, who, patient) or ("", "")
        return self.desk.words.say("ui.records.emergency_banner", until=clock_text(until), reason=reason) if until else ""

    def _follow(self) -> None:
        self._note_prints()
        self.refresh()
        # Not begun anew by each key: whoever types on without a pause loses no more than that either.
        if self.who is not None and self.desk.session.dirty and not self._soon.isActive():
            self._soon.start()

    def _note_prints(self) -> None:
        """What has just left the program is noted at once; of a patient who was never saved, with the first saving."""
        prints = self.desk.session.draft.prints
        if self.who is None or self.patient is None or len(prints) <= self._prints:
            return
        fresh, self._prints = prints[self._prints :], len(prints)
        with suppress(StoreError):
            for entry in fresh:
                plans.note_print(self.store, self.who, self.patient, self.version, entry)

    def keep_draft(self) -> bool:
        """Keeps what is being entered in the store, encrypted, also what no treatment could hold yet; whether it is kept."""
        session = self.desk.session
        if self.who is None or not session.dirty:
            return False
        try:
            text = recovery_text(session.draft, today=session.today)
            drafts.keep_draft(self.store, self.who, self.patient or drafts.NEW_PATIENT, text)
        except StoreError:
            # The work is still on the screen, and saving it will say what is wrong.
            return False
        return True

    def _look_at_the_clock(self) -> None:
        if self.who is not None and not self.who.locked and acts.lock_when_idle(self.store, self.who):
            self.locked.emit()


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word)[:12].upper()
