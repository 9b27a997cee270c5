"""The shipped library from a copy that was checked before: a start without reading and checking every file again.

The copy is only believed when it was made from the very same bytes by the very same program; anything else is read and
checked anew."""

from __future__ import annotations

import io
import os
import sys

# The half that is written in C; the other one, with its tables, is only needed to write.
from _pickle import Unpickler, UnpicklingError
from datetime import date
from decimal import Decimal
from importlib.util import source_hash
from pathlib import Path
from types import MappingProxyType

from mbc_desktop import __version__
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.regimen.library import Library

_PLAIN = {("decimal", "Decimal"), ("datetime", "date"), ("builtins", "frozenset"), ("builtins", "set")}


def load_library_quickly(folder: Path, copy: Path) -> tuple[Library, Fields]:
    """The library and the field limits of `folder`, from `copy` when it fits, else read, checked whole and copied for the
    next start.

    Raises LibraryError as `load_library` does. A copy that cannot be read or written costs time, nothing else."""
    key = _key(folder)
    known = _read(copy, key)
    if known is not None:
        return known
    # The strict reading needs pydantic, which a start from the copy does not.
    from mbc_desktop.regimen.fields_file import load_fields
    from mbc_desktop.regimen.loader import load_library

    loaded = (load_library(folder), load_fields(folder))
    _write(copy, key, loaded)
    return loaded


def _key(folder: Path) -> bytes:
    """What a copy must have been made from: every byte of the data, and the program's own files that read and hold them."""
    parts = [f"{__version__} {sys.version}"]
    content = []
    for place, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith(".toml"):
                with open(f"{place}/{name}", "rb") as file:
                    content.append(file.read())
                parts.append(f"{place[len(str(folder)) :]}/{name} {len(content[-1])}")
    package = Path(__file__).resolve().parent.parent
    for part in ("core", "patient", "regimen"):
        with os.scandir(package / part) as files:
            stats = [(file.name, file.stat()) for file in files if file.name.endswith(".py")]
        parts += sorted(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in stats)
    return source_hash(b"".join(("\n".join(parts).encode(), *content)))


def _read(copy: Path, key: bytes) -> tuple[Library, Fields] | None:
    try:
        content = copy.read_bytes()
    except OSError:
        return None
    head, body = content[: 2 * len(key)], content[2 * len(key) :]
    if head != key + source_hash(body):
        return None
    try:
        library, fields = _RecordsOnly(io.BytesIO(body)).load()
    except (UnpicklingError, AttributeError, TypeError, ValueError, EOFError, ImportError):
        return None
    return (library, fields) if isinstance(library, Library) and isinstance(fields, Fields) else None


def _write(copy: Path, key: bytes, loaded: tuple[Library, Fields]) -> None:
    import copyreg
    import pickle

    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = {**copyreg.dispatch_table, MappingProxyType: lambda content: (read_only, (dict(content),))}
    pickler.dump(_with_equal_parts_once(loaded, {}))
    body = buffer.getvalue()
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_file_safely(copy, key + source_hash(body) + body)
    except OSError:
        # A folder that cannot be written only means that the next start is as slow as this one.
        return


def _with_equal_parts_once(thing: object, known: dict[object, object]) -> object:
    """The same content, in which parts that are equal to the letter are one: the copy is read in half the time."""
    if isinstance(thing, str | Decimal | date):
        return known.setdefault((type(thing), str(thing)), thing)
    if isinstance(thing, MappingProxyType):
        pairs = thing.items()
        return MappingProxyType({_with_equal_parts_once(k, known): _with_equal_parts_once(v, known) for k, v in pairs})
    if type(thing) is tuple:
        whole = tuple(_with_equal_parts_once(part, known) for part in thing)
        return known.setdefault((tuple, *map(id, whole)), whole)
    if "__dataclass_fields__" not in vars(type(thing)):
        return thing
    values = [_with_equal_parts_once(getattr(thing, name), known) for name in vars(type(thing))["__slots__"]]
    made = object.__new__(type(thing))
    made.__setstate__(values)  # type: ignore[attr-defined]
    return known.setdefault((type(thing), *map(id, values)), made)


def read_only(content: dict[object, object]) -> MappingProxyType[object, object]:
    """A dictionary that nobody can change, as the library holds them."""
    return MappingProxyType(content)


class _RecordsOnly(Unpickler):
    """Makes the program's own records and plain values; whatever else a copy names is refused."""

    def find_class(self, module: str, name: str) -> object:
        """The class or function of that name, if a copy of the library may hold it."""
        own = module.startswith(("mbc_desktop.core.", "mbc_desktop.patient.", "mbc_desktop.regimen."))
        found = super().find_class(module, name) if own or (module, name) in _PLAIN else None
        if found is read_only or (isinstance(found, type) and ("__dataclass_fields__" in vars(found) or not own)):
            return found
        raise UnpicklingError(f"a copy of the library may not hold {module}.{name}")
