"""Why a file or folder could not be used, as a code that every language has words for: "disk.full"."""

from __future__ import annotations

import errno
from typing import Literal, get_args

DiskReason = Literal[
    "gone", "no_file", "no_permission", "read_only", "full", "in_use", "out_of_reach", "name_too_long", "too_large", "other"
]
REASONS: tuple[DiskReason, ...] = get_args(DiskReason)

_SHARING_VIOLATION = 32
"""Of Windows, which calls it a lack of permission: another program holds the file."""
_CODES: dict[DiskReason, tuple[str, ...]] = {
    "gone": ("ENOENT", "ENOTDIR", "ELOOP"),
    "no_file": ("EISDIR", "EINVAL", "ESPIPE", "ENXIO", "ENODEV"),
    "no_permission": ("EACCES", "EPERM"),
    "read_only": ("EROFS",),
    "full": ("ENOSPC", "EDQUOT"),
    "in_use": ("EBUSY", "ETXTBSY", "EDEADLK", "EAGAIN"),
    "out_of_reach": (
        "EIO", "ESTALE", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ETIMEDOUT", "ENOTCONN", "ECONNRESET",
    ),
    "name_too_long": ("ENAMETOOLONG",),
    "too_large": ("EFBIG",),
}  # fmt: skip


def disk_reason(error: OSError) -> DiskReason:
    """The code for what the system says; "other" for what has no words of its own."""
    if getattr(error, "winerror", None) == _SHARING_VIOLATION:
        return "in_use"
    names = {getattr(errno, name, None): reason for reason, several in _CODES.items() for name in several}
    return names.get(error.errno, "other") if error.errno is not None else "other"
