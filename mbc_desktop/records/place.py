"""Whether a folder lies on this computer. The locks of network shares cannot be trusted, so a store on one is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from mbc_desktop.records.store_error import StoreError

NETWORK_KINDS = frozenset(
    {
        "9p", "afpfs", "afs", "autofs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.curlftpfs", "fuse.davfs2",
        "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "gfs2", "glusterfs",
        "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb2", "smb3", "smbfs", "virtiofs", "vboxsf", "webdav",
    }
)  # fmt: skip
"""Names under which Linux and macOS mount what lies on another computer."""

_DRIVE_REMOTE = 4
_MOUNTINFO = Path("/proc/self/mountinfo")
_MAC_MOUNT = re.compile(r".* on (?P<place>.+) \((?P<kind>[^,)]+)")


def refuse_network(path: Path) -> None:
    """Raises StoreError (network_place) when the file would lie on a network share."""
    if is_remote(path):
        raise StoreError("network_place", file=str(path))


def is_remote(path: Path) -> bool:
    """Whether the path lies on another computer, as far as this system tells."""
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        return _windows_drive(path) == _DRIVE_REMOTE
    return mount_kind(path.resolve(), _mounts()) in NETWORK_KINDS


def mount_kind(path: Path, mounts: tuple[tuple[str, str], ...]) -> str:
    """The kind of the file system that holds the path: of the last of the longest mount points above it; "" for none known."""
    best, kind = -1, ""
    for place, found in mounts:
        if path.is_relative_to(place) and len(place) >= best:
            best, kind = len(place), found
    return kind


def linux_mounts(text: str) -> tuple[tuple[str, str], ...]:
    """(place, kind) of every line of /proc/self/mountinfo."""
    found = []
    for line in text.splitlines():
        before, mark, after = line.partition(" - ")
        fields = before.split()
        if mark and len(fields) > 4:
            place = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4])
            found.append((place, after.split()[0]))
    return tuple(found)


def mac_mounts(text: str) -> tuple[tuple[str, str], ...]:
    """(place, kind) of every line that the command mount prints on macOS."""
    lines = (_MAC_MOUNT.fullmatch(line.rpartition(")")[0]) or _MAC_MOUNT.match(line) for line in text.splitlines())
    return tuple((line["place"], line["kind"]) for line in lines if line)


def _mounts() -> tuple[tuple[str, str], ...]:
    if sys.platform == "darwin":
        made = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False)
        return mac_mounts(made.stdout)
    try:
        return linux_mounts(_MOUNTINFO.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return ()


def _windows_drive(path: Path) -> int:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    return int(kernel.GetDriveTypeW(path.resolve().anchor))
