"""Five ways to forge the chain by hand in an open file, each undone afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

KINDS = ("change", "delete", "insert", "swap", "cut")


def without_guards(raw: Any) -> None:
    """Takes the triggers away, as whoever owns the file can."""
    for name in ("audit_never_changed", "audit_never_shortened"):
        raw.execute(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def tampered(raw: Any, kind: str, seq: int, last: int) -> Iterator[None]:
    """The file with one forgery at this link, until the block ends."""
    raw.execute("BEGIN")
    try:
        _forge(raw, kind, seq, last)
        yield
    finally:
        raw.execute("ROLLBACK")


def _forge(raw: Any, kind: str, seq: int, last: int) -> None:
    match kind:
        case "change":
            entry = raw.execute("SELECT entry FROM audit WHERE seq = ?", (seq,)).fetchone()[0]
            year = entry.index("2026-")
            raw.execute("UPDATE audit SET entry = ? WHERE seq = ?", (entry[:year] + "2025-" + entry[year + 5 :], seq))
        case "delete":
            raw.execute("DELETE FROM audit WHERE seq = ?", (seq,))
            raw.execute("UPDATE audit SET seq = -(seq - 1) WHERE seq > ?", (seq,))
            raw.execute("UPDATE audit SET seq = -seq WHERE seq < 0")
        case "insert":
            raw.execute("UPDATE audit SET seq = -(seq + 1) WHERE seq >= ?", (seq,))
            raw.execute("UPDATE audit SET seq = -seq WHERE seq < 0")
            raw.execute("INSERT INTO audit (seq, entry, hash) SELECT ?, entry, hash FROM audit WHERE seq = ?", (seq, seq + 1))
        case "swap":
            other = seq + 1 if seq < last else seq - 1
            raw.execute("UPDATE audit SET seq = -1 WHERE seq = ?", (seq,))
            raw.execute("UPDATE audit SET seq = ? WHERE seq = ?", (seq, other))
            raw.execute("UPDATE audit SET seq = ? WHERE seq = -1", (other,))
        case "cut":
            raw.execute("DELETE FROM audit WHERE seq >= ?", (seq,))
        case _:
            raise ValueError(kind)
