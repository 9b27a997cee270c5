"""New, open, save: the treatment file in and out. What goes wrong with a file is said in one sentence, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.core.files import read_plain_file, write_file_safely
from mbc_desktop.planning.request import Request
from mbc_desktop.ui.asking import ENDING, Asking
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import Draft, request_of_draft

LARGEST_FILE = 8 * 1024 * 1024
SAVE, DISCARD, STAY = "ui.button.save", "ui.button.discard", "ui.button.stay"


class FileCommands:
    """The commands of the File menu that are about the treatment file."""

    def __init__(self, desk: Desk, asking: Asking) -> None:
        self._desk, self._asking = desk, asking
        self.keeper: Callable[[Request], bool] | None = None
        """Keeps a treatment that came from a ward's records; None for one that lies in a file. Returns whether it is kept."""

    def new(self) -> bool:
        """Begins an empty treatment, after asking about unsaved work."""
        if not self.may_leave():
            return False
        self._desk.session.start_new(self._desk.words.language)
        return True

    def open(self) -> bool:
        """Asks for a file and opens it; False when none was."""
        say = self._desk.words.say
        if not self.may_leave():
            return False
        path = self._asking.file_to_open(say("ui.file.open_title"), say("ui.file.pattern"), self._folder())
        return path is not None and self._read(path)

    def open_path(self, path: Path) -> bool:
        """Opens a file, after asking about unsaved work; False when it could not be read."""
        return self.may_leave() and self._read(path)

    def save(self) -> bool:
        """Writes to the file of the treatment, or asks for one; False when nothing was written."""
        session, keeper = self._desk.session, self.keeper
        if keeper is not None:
            request = request_of_draft(session.draft, today=session.today, readable_only=False)
            return self._can_save() and request is not None and keeper(request)
        return self.save_as() if session.path is None else self._can_save() and self._write(session.path)

    def save_as(self) -> bool:
        """Asks for a file and writes to it; refused for whoever may let nothing leave the records of a ward."""
        say, session = self._desk.words.say, self._desk.session
        if refused := session.printing_refused() if session.printing_refused is not None else "":
            self._asking.tell(say("ui.file.not_saved_title"), refused)
            return False
        if not self._can_save():
            return False
        proposal = session.path or (self._folder() or Path()) / self._proposal()
        path = self._asking.file_to_write(say("ui.file.save_title"), say("ui.file.pattern"), proposal, ENDING)
        return path is not None and self._write(path)

    def recover(self, path: Path) -> bool:
        """Goes on with the unsaved work in a recovery file; False when it cannot be read."""
        return self._read(path, unsaved=True)

    def may_leave(self) -> bool:
        """Whether the present treatment may be left: it is saved, or the person let it go."""
        say = self._desk.words.say
        if not self._desk.session.dirty:
            return True
        answer = self._asking.choose(say("ui.file.unsaved_title"), say("ui.file.unsaved"), (SAVE, DISCARD, STAY))
        return answer == DISCARD or (answer == SAVE and self.save())

    def _read(self, path: Path, *, unsaved: bool = False) -> bool:
        from mbc_desktop.planning.files.treatment_error import TreatmentError
        from mbc_desktop.planning.files.treatment_file import read_treatment
        from mbc_desktop.ui.keeping.file_particulars import particulars
        from mbc_desktop.ui.keeping.recovery_text import is_recovery, read_recovery

        session, say = self._desk.session, self._desk.words.say
        if session.library is None:
            return False
        try:
            text = read_plain_file(path, most=LARGEST_FILE).decode("utf-8")
            if not text.strip():
                return self._refuse(path, say("ui.file.empty"))
            if unsaved or is_recovery(text):
                session.recover_draft(read_recovery(text, today=session.today, library=session.library))
                return True
            request = read_treatment(text, today=session.today, library=session.library, obey_today=False)
        except TreatmentError as error:
            place = say("ui.file.place", place=error.place) if error.place else ""
            # A fault that has no sentence of its own in the language of the window is told as the engine words it.
            key = f"ui.reason.{error.code}"
            known = self._desk.words.texts.has(key)
            said = (say(key), particulars(self._desk.words, error.text)) if known else (error.text,)
            return self._refuse(path, "\n".join(part for part in (place, *said) if part))
        except UnicodeDecodeError:
            return self._refuse(path, say("ui.file.not_text"))
        except OSError as error:
            self._desk.preferences.drop_recent(path)
            return self._refuse(path, say(f"disk.{disk_reason(error)}"))
        session.open(request, path)
        self._desk.preferences.add_recent(path)
        if session.plan is not None:
            from mbc_desktop.ui.calendar.lanes import day_to_show

            # A treatment that is over would open on an empty month.
            self._desk.selection.select_day(day_to_show(session.plan, session.today))
        return True

    def _refuse(self, path: Path, reason: str) -> bool:
        say = self._desk.words.say
        self._asking.tell(say("ui.file.cannot_open_title"), say("ui.file.cannot_open", file=path.name), reason)
        return False

    def _can_save(self) -> bool:
        """Says what a file cannot do without, and asks about fields that cannot be read."""
        draft, say = self._desk.session.draft, self._desk.words.say
        missing = draft.patient.missing()
        if missing:
            names = self._desk.words.texts.listing(tuple(say(f"ui.field.{name}").lower() for name in missing))
            self._asking.tell(say("ui.file.not_saved_title"), say("ui.file.identity_missing", names=names))
            return False
        incomplete = [course for course in draft.courses if course.course() is None]
        if draft.broken or incomplete:
            answer = self._asking.choose(
                say("ui.file.unreadable_title"), say("ui.file.unreadable"), ("ui.button.save_without", STAY)
            )
            return answer == "ui.button.save_without"
        return True

    def _write(self, path: Path) -> bool:
        session, say = self._desk.session, self._desk.words.say
        request = request_of_draft(session.draft, today=session.today, readable_only=False)
        if request is None:
            return False
        try:
            write_file_safely(path, treatment_text(request, session.draft).encode())
        except OSError as error:
            text = say("ui.file.cannot_write", file=path.name)
            self._asking.tell(say("ui.file.not_saved_title"), text, say(f"disk.{disk_reason(error)}"))
            return False
        session.mark_saved(path)
        self._desk.preferences.add_recent(path)
        return True

    def _proposal(self) -> str:
        """A file name that tells nothing about the patient but the number."""
        return f"{self._desk.session.draft.patient.number}{ENDING}"

    def _folder(self) -> Path | None:
        recent = self._desk.preferences.recent
        return recent[0].parent if recent else None


def treatment_text(request: Request, draft: Draft) -> str:
    """The text of the file; without the horizon when nobody chose one, so that the plan keeps looking a year ahead."""
    from mbc_desktop.planning.files.treatment_text import write_treatment

    content = json.loads(write_treatment(request))
    if draft.horizon is None:
        del content["horizon"]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
