"""Changing the hospital's own file: every change is computed with at once and written at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.site import NO_SITE, Site
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk


class SiteEditing(QObject):
    """The hospital of the session. `changed` follows every change of it, also of which file it stands in."""

    changed = Signal()

    def __init__(self, desk: Desk, asking: Asking) -> None:
        super().__init__()
        self._desk, self._asking = desk, asking

    @property
    def site(self) -> Site:
        """The hospital as it stands."""
        return self._desk.session.site

    @property
    def path(self) -> Path:
        """The file it is written to; beside the settings where nobody chose one."""
        own = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)) / "site.toml"
        return self._desk.preferences.site_file or own

    def change(self, site: Site) -> None:
        """Computes with a changed hospital and writes it down. One that the program could not read again is refused, with the
        reason; one that cannot be written holds until the window closes."""
        from mbc_desktop.regimen.site_text import write_site

        if site == self.site:
            return
        path, say = self.path, self._desk.words.say
        refused = self._fault(site)
        if refused:
            self._asking.tell(say("ui.settings.site_title"), say("setup.refused"), refused)
            # The fields show again what holds.
            self.changed.emit()
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file_safely(path, write_site(site).encode())
        except OSError as error:
            self._asking.tell(
                say("ui.settings.site_title"), say("setup.not_written", file=path.name), say(f"disk.{disk_reason(error)}")
            )
        else:
            self._desk.preferences.site_file = path
        self._desk.session.use_site(site)
        self.changed.emit()

    def _fault(self, site: Site) -> str:
        """Why a changed hospital could not be read back as it is; "" when it could."""
        from mbc_desktop.regimen.library_checks import site_faults
        from mbc_desktop.regimen.site_file import read_site
        from mbc_desktop.regimen.site_text import write_site
        from mbc_desktop.regimen.toml_text import parse_toml

        name, library = self.path.name, self._desk.session.library
        try:
            again = read_site(parse_toml(write_site(site).encode(), name=name), file=name)
        except LibraryError as error:
            return str(error)
        if library is not None:
            known = set(site_faults(self.site, library))
            new = next((fault for fault in site_faults(site, library) if fault not in known), None)
            if new is not None:
                return ": ".join(new)
        return "" if replace(again, approvals=site.approvals) == site else name

    def choose(self) -> None:
        """Asks for another file and computes with it."""
        from mbc_desktop.ui.starting.loading import load_site_file

        say = self._desk.words.say
        path = self._asking.file_to_open(say("ui.settings.site_title"), say("ui.settings.site_pattern"), None)
        if path is None:
            return
        try:
            load_site_file(self._desk.session, path)
        except (LibraryError, OSError) as error:
            self._asking.tell(say("ui.settings.site_title"), say("ui.library.site_broken"), str(error))
            return
        self._desk.preferences.site_file = path
        self.changed.emit()

    def clear(self) -> None:
        """Computes without a hospital; the file stays where it is."""
        self._desk.preferences.site_file = None
        self._desk.session.use_site(NO_SITE)
        self.changed.emit()
