"""Digests without OpenSSL."""

from __future__ import annotations

import sys
from importlib.util import find_spec

OWN = ("_md5", "_sha1", "_sha3", "_blake2")


def keep_own_digests() -> None:
    """Has `hashlib` take Python's own code, as it does wherever there is no OpenSSL: the same digests, three megabytes less. The
    window asks the network for nothing, and its records are sealed by libraries of their own."""
    if all(find_spec(name) for name in OWN):
        # A name that stands for nothing cannot be imported. What is loaded already stays.
        sys.modules.setdefault("_hashlib", None)  # type: ignore[arg-type]
