"""The drugs, regimens and hospital files that plans were computed with, kept once each, so that an old plan can be computed again
with the data of its day."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from mbc_desktop.records.acts import Act
from mbc_desktop.records.store import Store
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import DATA_COPY
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import NO_SITE, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    """What plans are computed with today, and where it came from: the folder of the library, the text of the hospital's file."""

    library: Library
    folder: Path
    own_folders: tuple[Path, ...] = ()
    site: Site = NO_SITE
    site_text: str = ""

    @property
    def site_fingerprint(self) -> str:
        """The SHA-256 of the hospital's file; "" without one."""
        return hashlib.sha256(self.site_text.encode()).hexdigest() if self.site_text else ""


def keep_copies(store: Store, made: Act, data: PlanData) -> None:
    """Puts today's data into the store, when they are not there yet."""
    known = {(row.kind, row.fingerprint) for row in store.connection.execute(_KNOWN)}
    if ("library", data.library.fingerprint) not in known:
        made.insert(DATA_COPY, kind="library", fingerprint=data.library.fingerprint, content=_packed(data))
    if data.site_text and ("site", data.site_fingerprint) not in known:
        content = zlib.compress(data.site_text.encode())
        made.insert(DATA_COPY, kind="site", fingerprint=data.site_fingerprint, content=content)


def data_of(store: Store, library: str, site: str, today: PlanData) -> PlanData:
    """The data with these fingerprints: today's where they are the same, else from the copies. Raises StoreError (data_missing)
    for a copy that is not there or can no longer be read."""
    from mbc_desktop.regimen.library_error import LibraryError
    from mbc_desktop.regimen.loader import load_library, load_site

    if (library, site) == (today.library.fingerprint, today.site_fingerprint):
        return today
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            same = library == today.library.fingerprint
            if not same:
                _unpack(_content(store, "library", library), folder)
            own = tuple(sorted(folder.glob("own-*")))
            loaded = today.library if same else load_library(folder / "shipped", extra=own)
            text = zlib.decompress(_content(store, "site", site)).decode() if site else ""
            (folder / "site.toml").write_text(text, encoding="utf-8")
            found = load_site(folder / "site.toml") if site else NO_SITE
            return PlanData(library=loaded, folder=today.folder, site=found, site_text=text)
    except (LibraryError, OSError, zlib.error, ValueError) as error:
        raise StoreError("data_missing", fingerprint=(library or site)[:12]) from error


_KNOWN = select(DATA_COPY.c.kind, DATA_COPY.c.fingerprint)


def _content(store: Store, kind: str, fingerprint: str) -> bytes:
    row = store.first(select(DATA_COPY.c.content).where(DATA_COPY.c.kind == kind, DATA_COPY.c.fingerprint == fingerprint))
    if row is None:
        raise StoreError("data_missing", fingerprint=fingerprint[:12])
    return bytes(row.content)


def _packed(data: PlanData) -> bytes:
    folders = {"shipped": data.folder, **{f"own-{number:03}": own for number, own in enumerate(data.own_folders, 1)}}
    texts = {
        f"{name}/{path.relative_to(folder).as_posix()}": path.read_text(encoding="utf-8")
        for name, folder in folders.items()
        for path in sorted(folder.rglob("*.toml"))
    }
    return zlib.compress(json.dumps(texts, ensure_ascii=False).encode(), 9)


def _unpack(content: bytes, folder: Path) -> None:
    for name, text in json.loads(zlib.decompress(content)).items():
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise ValueError(f"a copy names a place outside its folder: {name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
