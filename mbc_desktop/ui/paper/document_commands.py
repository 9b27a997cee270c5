"""Documents out of the window: as PDF, to a printer, to the preview. Always made from the plan of this very moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.planning.plan import Plan
from mbc_desktop.texts import load_texts, offered_language
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.beside import result_of
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import courses_left_out

if TYPE_CHECKING:
    from mbc_desktop.documents.blocks import Document
    from mbc_desktop.documents.registry import Sheet


class DocumentCommands:
    """Makes, writes and prints the documents of the registry."""

    def __init__(self, desk: Desk, asking: Asking, window: QWidget) -> None:
        self._desk, self._asking, self._window = desk, asking, window

    def sheets(self) -> tuple[Sheet, ...]:
        """Every sheet that can be made of the present plan."""
        from mbc_desktop.documents.registry import sheets_of

        plan = self._desk.session.plan
        return sheets_of(plan) if plan is not None and plan.request.courses else ()

    def print_set(self) -> tuple[Sheet, ...]:
        """What the patient is handed today."""
        from mbc_desktop.documents.registry import print_set

        plan = self._desk.session.plan
        return print_set(plan) if plan is not None and plan.request.courses else ()

    def name(self, sheet: Sheet) -> str:
        """What a list calls a sheet."""
        from mbc_desktop.documents.registry import sheet_name

        session = self._desk.session
        if session.plan is None or session.library is None:
            return ""
        return sheet_name(sheet, session.plan, session.library, self._desk.words.texts)

    def making(self, sheet: Sheet | str) -> Callable[[], Document] | None:
        """What composes the sheet of the present plan, in any thread: all that it reads is taken now and never changes. None when
        there is no plan."""
        from mbc_desktop.documents.page.sheet_options import SheetOptions
        from mbc_desktop.documents.registry import KINDS, Sheet, sheet_document

        session = self._desk.session
        if session.plan is None or session.library is None:
            return None
        one = Sheet(document=sheet) if isinstance(sheet, str) else sheet
        # What is for the patient speaks her language; what is for the staff that of the person who prints it.
        for_patient = KINDS[one.document].audience == "patient"
        language = offered_language(session.draft.language) if for_patient else self._desk.words.language
        options = SheetOptions(release=session.release)
        return partial(sheet_document, one, session.plan, session.library, session.site, load_texts(language), options)

    def composed(self, sheet: Sheet | str) -> Document | None:
        """The sheet of the present plan as it will be drawn; None when there is no plan."""
        making = self.making(sheet)
        return None if making is None else making()

    def pdf(self, sheet: Sheet | str) -> bytes | None:
        """The sheet of the present plan; None when there is none, or when a character has no glyph (it says so)."""
        made = self._made((sheet,))
        return made[0] if made else None

    def tell_failed(self, error: Exception) -> None:
        """Says why a sheet cannot be drawn. Raises what is not about a sheet."""
        from mbc_desktop.documents.drawing.fonts import GlyphError

        if not isinstance(error, GlyphError):
            raise error
        say = self._desk.words.say
        self._asking.tell(say("ui.document.failed_title"), say("ui.document.failed"), str(error))

    def _made(self, sheets: Sequence[Sheet | str]) -> tuple[bytes, ...]:
        """The sheets of the present plan, made beside the main thread; none when there is no plan, or when one cannot be made (it
        says so)."""
        from mbc_desktop.documents.drawing.pdf import document_pdf

        makings = [making for sheet in sheets if (making := self.making(sheet)) is not None]
        try:
            return result_of(lambda: tuple(document_pdf(making()) for making in makings), self._window)
        except Exception as error:
            self.tell_failed(error)
            return ()

    def plain_text(self, sheet: Sheet) -> str:
        """The sheet as plain text, to be pasted elsewhere; "" where it may not leave the program."""
        from mbc_desktop.documents.formats.plain_text import document_text

        document = self.composed(sheet) if self._may_leave(self._desk.session.plan) else None
        return "" if document is None else document_text(document)

    def export(self, sheet: Sheet | str) -> bool:
        """Asks where, and writes the PDF; False when nothing was written."""
        say, plan = self._desk.words.say, self._desk.session.plan
        content = self.pdf(sheet) if self._may_leave(plan) else None
        if content is None or plan is None:
            return False
        path = self._asking.file_to_write(
            say("ui.document.export_title"), say("ui.document.pattern"), self._proposal(_file_name(sheet), ".pdf"), ".pdf"
        )
        return path is not None and self._write(path, content, sheet, plan)

    def export_calendar_file(self) -> bool:
        """Asks where, and writes the patient's calendar for calendar programs; False when nothing was written."""
        from mbc_desktop.documents.formats.calendar_file import DOCUMENT_ID, calendar_file, new_token
        from mbc_desktop.planning.comparison.prints import known_token
        from mbc_desktop.planning.comparison.sheet_check import earlier_plans

        session, say = self._desk.session, self._desk.words.say
        plan, library = session.plan, session.library
        if not self._may_leave(plan) or plan is None or library is None:
            return False
        earlier = earlier_plans(plan.request, DOCUMENT_ID, plan.fingerprint, library, session.site)
        # Without its token the entries of two patients would share their names.
        token = known_token(plan.request.prints) or new_token()
        content = calendar_file(plan, library, load_texts(offered_language(session.draft.language)), earlier, token=token)
        proposal = self._proposal(DOCUMENT_ID, ".ics")
        path = self._asking.file_to_write(say("ui.document.ics_title"), say("ui.document.ics_pattern"), proposal, ".ics")
        return path is not None and self._write(path, content, DOCUMENT_ID, plan, token=token)

    def print(self, *sheets: Sheet | str) -> bool:
        """Asks for a printer once, and prints the pages of these sheets; False when not all of them were printed."""
        from mbc_desktop.ui.paper.printing import PrinterGoneError, ask_and_print

        plan = self._desk.session.plan
        contents = self._made(sheets) if self._may_leave(plan) else ()
        if plan is None or not contents:
            return False
        try:
            printed = ask_and_print(contents, self._window, self._desk.words)
        except PrinterGoneError as error:
            self._tell_incomplete(error.printed, error.of)
            return False
        if printed is None or printed.number < printed.of:
            if printed is not None:
                self._tell_incomplete(printed.number, printed.of)
            return False
        for sheet in sheets:
            self._remember(sheet, plan)
        return True

    def _tell_incomplete(self, printed: int, of: int) -> None:
        """Nobody is left with half a calendar that looks like a whole one."""
        say = self._desk.words.say
        text = say("sheets.print_incomplete", number=printed, of=of) if printed else say("sheets.printer_gone")
        self._asking.tell(say("ui.document.failed_title"), text)

    def check_sheet(self) -> None:
        """Opens the dialog that holds a sheet on paper against the present plan."""
        from mbc_desktop.ui.paper.sheet_check import SheetCheck

        say = self._desk.words.say
        if self._desk.session.plan is None or not self._desk.session.draft.courses:
            self._asking.tell(say("ui.document.no_plan_title"), say("ui.sheet_check.no_plan"))
            return
        SheetCheck(self._desk, self._window).open()

    def _may_leave(self, plan: Plan | None) -> bool:
        """Whether there is a plan of an identified patient; asks when part of what was entered is not in it."""
        say, draft = self._desk.words.say, self._desk.session.draft
        refused = self._desk.session.printing_refused() if self._desk.session.printing_refused is not None else ""
        if refused:
            self._asking.tell(say("ui.document.failed_title"), refused)
            return False
        if plan is None or not draft.courses:
            self._asking.tell(say("ui.document.no_plan_title"), say("ui.document.no_plan"))
            return False
        missing = draft.patient.missing()
        if missing:
            names = self._desk.words.texts.listing(tuple(say(f"ui.field.{name}").lower() for name in missing))
            self._asking.tell(say("ui.document.no_plan_title"), say("ui.document.identity_missing", names=names))
            return False
        if draft.broken or courses_left_out(draft):
            keys = ("ui.button.export_without", "ui.button.stay")
            return self._asking.choose(say("ui.document.left_out_title"), say("ui.document.left_out"), keys) == keys[0]
        return True

    def _remember(self, sheet: Sheet | str, plan: Plan, *, token: str = "") -> None:
        """Notes in the treatment what left the program, so that a sheet can later be held against the plan."""
        from mbc_desktop.planning.comparison.prints import print_of

        by = self._desk.session.signed_in or self._desk.preferences.user
        document, subject = (sheet, "") if isinstance(sheet, str) else (sheet.document, sheet.subject)
        self._desk.session.add_print(print_of(plan, document, by=by, token=token, subject=subject))

    def _write(self, path: Path, content: bytes, sheet: Sheet | str, plan: Plan, *, token: str = "") -> bool:
        """Writes the file and notes it; says so when it cannot be written."""
        say = self._desk.words.say
        try:
            write_file_safely(path, content)
        except OSError as error:
            text = say("ui.document.cannot_write", file=path.name)
            self._asking.tell(say("ui.document.failed_title"), text, say(f"disk.{disk_reason(error)}"))
            return False
        self._remember(sheet, plan, token=token)
        return True

    def _proposal(self, document: str, ending: str) -> Path:
        """A file name that tells nothing about the patient but the number."""
        return self._folder() / f"{self._desk.session.draft.patient.number}-{document.replace('_', '-')}{ending}"

    def _folder(self) -> Path:
        path = self._desk.session.path
        return path.parent if path else Path()


def _file_name(sheet: Sheet | str) -> str:
    return sheet if isinstance(sheet, str) else "-".join(filter(None, (sheet.document, sheet.subject)))
