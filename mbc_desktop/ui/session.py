"""The one thing in the program that changes: what is being treated, the plan that follows from it, undo, the file. Only here,
and in the command line, the clock is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.planning.findings.release_state import NO_STORE, ReleaseState
from mbc_desktop.planning.request import Language, Print, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import NO_SITE, Site
from mbc_desktop.ui.entry.draft import Draft, draft_of_request, request_of_draft
from mbc_desktop.ui.entry.history import History

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan

    Planner = Callable[[Request, Library, Site], Plan]

Clock = Callable[[], date]


class ContradictionError(Exception):
    """Entries that cannot be true together; says the place, as a treatment file names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The state that lies on the disk, and where; no path before the first saving."""

    draft: Draft
    path: Path | None = None


class Session(QObject):
    """The treatment in the window. `changed` follows every change, after the plan has been computed anew; `replaced` comes before
    it when every field is to be filled again: another treatment, a step undone or redone, a file written. `planned` comes right
    before `changed` and is for the calendar alone, which is painted before anything else takes time; both in the same event, so
    that nobody can do anything with the one and not the other. `begun` comes first, when it is another treatment, which may be
    somebody else's."""

    planned = Signal()
    changed = Signal()
    replaced = Signal()
    begun = Signal()

    def __init__(self, *, clock: Clock = date.today, language: Language = "nl") -> None:
        super().__init__()
        self._clock = clock
        self._history: History[Draft] = History(Draft(language=language))
        self._saved = Saved(draft=self._history.present)
        self._planner: Planner | None = None
        self.library: Library | None = None
        self.fields: Fields | None = None
        self.site: Site = NO_SITE
        self.contradiction = ""
        self.printing_refused: Callable[[], str] | None = None
        """Why nothing may leave the program now, by a ward's permissions; "" when it may."""
        self.draft_keeper: Callable[[], bool] | None = None
        """Keeps unsaved work in a ward's encrypted records; while it is there, none is written to the disk in the clear."""
        self.plan: Plan | None = None
        self.other_plans: tuple[Plan, ...] = ()
        """The plans that the agenda read last: how full a day is. Of this patient they may hold an older one."""
        self.signed_in = ""
        self.release: ReleaseState = NO_STORE

    @property
    def draft(self) -> Draft:
        """What has been entered."""
        return self._history.present

    @property
    def path(self) -> Path | None:
        """The file of this treatment, or None before the first saving."""
        return self._saved.path

    @property
    def dirty(self) -> bool:
        """Whether something was entered that the file does not hold."""
        return self.draft != self._saved.draft

    @property
    def today(self) -> date:
        """The day it is, by the clock of this computer; never by a file."""
        return self._clock()

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._history.past)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._history.future)

    def use_library(self, library: Library, fields: Fields, planner: Planner) -> None:
        """Lets plans be computed from now on; `fields` are the rules for what is typed."""
        self.library, self.fields = library, fields
        self._planner = planner
        self._recompute()

    def use_site(self, site: Site) -> None:
        """Computes with this hospital's calendar and decisions; empty fields begin in the units of its laboratory."""
        before, self.site = self.site.ranges, site
        if before != site.ranges:
            self.replaced.emit()
        self._recompute()

    def sign_in(self, initials: str) -> None:
        """Remembers who is signed in ("" = nobody): whoever it is signs events and prints, and nothing else is computed."""
        self.signed_in = initials
        if not initials:
            # What somebody was allowed to see of others goes with her.
            self.other_plans = ()
        self.changed.emit()

    def use_release(self, release: ReleaseState) -> None:
        """Takes what a ward's records say about the release of this plan; the banner and the sheets follow."""
        if release != self.release:
            self.release = release
            self.changed.emit()

    def change(self, draft: Draft, *, step: str = "", refill: bool = False) -> None:
        """Makes `draft` the present state and computes the plan; changes that name the same `step` are undone together. `refill`:
        what changed was not typed into the fields, which are to show it."""
        if draft == self.draft:
            return
        self._history.change(draft, step)
        if refill:
            self.replaced.emit()
        self._recompute()

    def close_step(self) -> None:
        """Lets the next change be undone on its own."""
        self._history.close_step()

    def undo(self) -> None:
        """Back to the state before the last step."""
        self._step(self._history.undo)

    def redo(self) -> None:
        """Forward to the state undone last."""
        self._step(self._history.redo)

    def start_new(self, language: Language) -> None:
        """Begins an empty treatment."""
        self._begin(Saved(draft=Draft(language=language)))

    def open(self, request: Request, path: Path | None) -> None:
        """Begins with the treatment of a file."""
        self._begin(Saved(draft=draft_of_request(request), path=path))

    def recover(self, request: Request) -> None:
        """Goes on with work that an earlier run did not save: nothing of it lies in a file of its own yet."""
        self.recover_draft(draft_of_request(request))

    def recover_draft(self, draft: Draft) -> None:
        """The same with all that was typed, also what no file could hold yet."""
        self._saved = Saved(draft=Draft(language=draft.language))
        self._history = History(draft)
        self.begun.emit()
        self.replaced.emit()
        self._recompute()

    def mark_saved(self, path: Path) -> None:
        """Remembers that the present state lies in the file at `path`."""
        self._saved = Saved(draft=self.draft, path=path)
        # What was written down is corrected from now on, not undone.
        self._history = History(self.draft)
        self.replaced.emit()
        self.changed.emit()

    def add_print(self, entry: Print) -> None:
        """Remembers that a sheet left the program. That is no step: it cannot be undone."""
        from mbc_desktop.planning.comparison.prints import with_print

        self._keep_prints(with_print(self.draft.prints, entry))
        self.close_step()
        self._recompute()

    def preview(self, draft: Draft) -> Plan | None:
        """The plan that would follow from another draft; None where there would be none. Nothing changes. Raises
        ContradictionError for entries that cannot be true together."""
        request = request_of_draft(draft, today=self.today)
        if request is None or self.library is None or self._planner is None:
            return None
        return self._planner(request, self.library, self.site)

    def is_saved(self, event: str) -> bool:
        """Whether the file holds the event of that id: from then on it is corrected, never taken back."""
        return any(one.id == event for one in self._saved.draft.events)

    def request(self) -> Request | None:
        """The request of which the plan is computed; None while birth date or sex is unknown."""
        return request_of_draft(self.draft, today=self.today)

    def conceal(self) -> None:
        """Takes the plan away: after an error of the program no plan may be read from the screen."""
        self.plan = None
        self._tell()

    def _step(self, move: Callable[[], bool]) -> None:
        prints = self.draft.prints
        if move():
            self._keep_prints(prints)
            self.replaced.emit()
            self._recompute()

    def _keep_prints(self, prints: tuple[Print, ...]) -> None:
        """Puts into the present state what has left the program, whichever state that is."""
        self._history.present = replace(self.draft, prints=prints)

    def _begin(self, saved: Saved) -> None:
        self._saved = saved
        self._history = History(saved.draft)
        self.begun.emit()
        self.replaced.emit()
        self._recompute()

    def _recompute(self) -> None:
        # The old plan goes first: whatever happens while planning, a plan of another state is never left standing.
        self.plan, self.contradiction, request = None, "", self.request()
        try:
            if request is not None and self.library is not None and self._planner is not None:
                self.plan = self._planner(request, self.library, self.site)
        except ContradictionError as error:
            self.contradiction = str(error)
        finally:
            self._tell()

    def _tell(self) -> None:
        self.planned.emit()
        self.changed.emit()
