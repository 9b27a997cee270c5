"""The disk under the encrypted store, watched: a layer between SQLCipher and the operating system that notes every write, sync,
truncation and deletion, and can make any one of them fail.

The layer is the library's own VFS with five of its functions taken over, so that everything else is as in the program."""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

C = ctypes
IOERR_WRITE, IOERR_FSYNC, IOERR_TRUNCATE, IOERR_DELETE, FULL = 10 | 3 << 8, 10 | 4 << 8, 10 | 6 << 8, 10 | 10 << 8, 13
CANNOT_OPEN = 14
OPEN_CREATE = 0x4

Operation = tuple[Any, ...]
"""("create", name), ("write", name, offset, bytes), ("truncate", name, size), ("sync", name), ("delete", name, folder synced),
and ("ack", text), which the watched program's user puts there."""


class _Methods(C.Structure):
    _fields_ = [
        ("version", C.c_int),
        *((name, C.c_void_p) for name in ("close", "read", "write", "truncate", "sync", "size", "lock", "unlock", "reserved")),
        *((name, C.c_void_p) for name in ("control", "sector", "device", "shm_map", "shm_lock", "shm_barrier", "shm_unmap")),
        *((name, C.c_void_p) for name in ("fetch", "unfetch")),
    ]


class _File(C.Structure):
    _fields_ = [("methods", C.POINTER(_Methods))]


class _Vfs(C.Structure):
    _fields_ = [
        ("version", C.c_int),
        ("file_size", C.c_int),
        ("longest_path", C.c_int),
        ("next", C.c_void_p),
        ("name", C.c_char_p),
        ("data", C.c_void_p),
        *((name, C.c_void_p) for name in ("open", "delete", "access", "full_path", "dl_open", "dl_error", "dl_sym", "dl_close")),
        *(
            (name, C.c_void_p)
            for name in ("randomness", "sleep", "time", "last_error", "time64", "set_call", "get_call", "next_call")
        ),
    ]


_OPEN = C.CFUNCTYPE(C.c_int, C.c_void_p, C.c_void_p, C.POINTER(_File), C.c_int, C.POINTER(C.c_int))
_DELETE = C.CFUNCTYPE(C.c_int, C.c_void_p, C.c_char_p, C.c_int)
_CLOSE = C.CFUNCTYPE(C.c_int, C.c_void_p)
_WRITE = C.CFUNCTYPE(C.c_int, C.c_void_p, C.c_void_p, C.c_int, C.c_int64)
_TRUNCATE = C.CFUNCTYPE(C.c_int, C.c_void_p, C.c_int64)
_SYNC = C.CFUNCTYPE(C.c_int, C.c_void_p, C.c_int)


@dataclass(slots=True)
class Watch:
    """What was seen, and what is to fail: the operation with this number (counted from 1), once or from then on."""

    seen: list[Operation] = field(default_factory=list)
    recording: bool = False
    fail_at: int = 0
    for_ever: bool = False
    code: int = 0
    count: int = 0
    failed: int = 0

    def fails(self, own: int) -> int:
        """The error this operation ends with; 0 for none."""
        self.count += 1
        if self.fail_at and (self.count == self.fail_at or (self.for_ever and self.count > self.fail_at)):
            self.failed += 1
            return self.code or own
        return 0

    def note(self, *operation: Any) -> None:
        if self.recording:
            self.seen.append(operation)


class WatchedDisk:
    """The watching layer, registered with the library once for the life of the process."""

    def __init__(self) -> None:
        module = importlib.import_module("sqlcipher3._sqlite3")
        self._library = C.CDLL(str(module.__file__))
        self._library.sqlite3_vfs_find.restype = C.POINTER(_Vfs)
        self._library.sqlite3_vfs_find.argtypes = [C.c_char_p]
        self._library.sqlite3_initialize()
        self.watch = Watch()
        self._names: dict[int, str] = {}
        self._tables: dict[int, _Methods] = {}
        self._under = self._library.sqlite3_vfs_find(None)
        self._vfs = _Vfs.from_buffer_copy(self._under.contents)
        self._vfs.name, self._vfs.next = b"watched", None
        self._opened, self._deleted = _OPEN(self._open), _DELETE(self._delete)
        self._vfs.open, self._vfs.delete = (C.cast(one, C.c_void_p).value for one in (self._opened, self._deleted))
        self._kept: list[Any] = []

    @contextmanager
    def watched(self) -> Iterator[Watch]:
        """Puts the layer under every file that is opened until the block ends."""
        self.watch = Watch()
        self._library.sqlite3_vfs_register(C.byref(self._vfs), 1)
        try:
            yield self.watch
        finally:
            self._library.sqlite3_vfs_unregister(C.byref(self._vfs))
            self._library.sqlite3_vfs_register(self._under, 1)

    def _open(self, _: int, name: int | None, file: Any, flags: int, given: Any) -> int:
        path = C.string_at(name).decode() if name else ""
        fresh = bool(flags & OPEN_CREATE) and not Path(path).exists()
        if fresh and (error := self.watch.fails(CANNOT_OPEN)):
            file.contents.methods = None
            return error
        code = _OPEN(self._under.contents.open)(C.cast(self._under, C.c_void_p).value, name, file, flags, given)
        if code == 0 and file.contents.methods:
            self._names[C.addressof(file.contents)] = Path(path).name
            file.contents.methods = C.pointer(self._table(file.contents.methods))
            if fresh:
                self.watch.note("create", Path(path).name)
        return code

    def _delete(self, _: int, name: bytes, sync_folder: int) -> int:
        if error := self.watch.fails(IOERR_DELETE):
            return error
        code = _DELETE(self._under.contents.delete)(C.cast(self._under, C.c_void_p).value, name, sync_folder)
        if code == 0:
            self.watch.note("delete", Path(name.decode()).name, bool(sync_folder))
        return code

    def _table(self, under: Any) -> _Methods:
        """The library's table of file functions with ours in place of four of them."""
        place = C.addressof(under.contents)
        if place not in self._tables:
            table = _Methods.from_buffer_copy(under.contents)
            write, truncate = _WRITE(table.write), _TRUNCATE(table.truncate)
            sync, close = _SYNC(table.sync), _CLOSE(table.close)
            ours = (
                _WRITE(lambda file, data, size, offset: self._write(write, file, data, size, offset)),
                _TRUNCATE(lambda file, size: self._told(truncate, IOERR_TRUNCATE, "truncate", file, size)),
                _SYNC(lambda file, flags: self._told(sync, IOERR_FSYNC, "sync", file, flags)),
                _CLOSE(lambda file: self._close(close, file)),
            )
            table.write, table.truncate, table.sync, table.close = (C.cast(one, C.c_void_p).value for one in ours)
            self._kept += [ours, write, truncate, sync, close]
            self._tables[place] = table
        return self._tables[place]

    def _write(self, under: Any, file: int, data: int, size: int, offset: int) -> int:
        if error := self.watch.fails(IOERR_WRITE):
            return error
        self.watch.note("write", self._names[file], offset, C.string_at(data, size))
        return int(under(file, data, size, offset))

    def _told(self, under: Any, own: int, kind: str, file: int, value: int) -> int:
        if error := self.watch.fails(own):
            return error
        code = int(under(file, value))
        if code == 0:
            self.watch.note(kind, self._names[file], value)
        return code

    def _close(self, under: Any, file: int) -> int:
        self._names.pop(file, None)
        return int(under(file))


DISK = WatchedDisk()
