"""A moment out of the store as the clock of this computer shows it: the store writes UTC, one or two hours behind Belgium."""

from __future__ import annotations

from datetime import datetime


def moment_text(stamp: str) -> str:
    """Day and minute: "16/03/2026 10:00". `stamp` is as the store writes it, in UTC."""
    return f"{datetime.fromisoformat(stamp).astimezone():%d/%m/%Y %H:%M}"


def clock_text(stamp: str) -> str:
    """Hour and minute alone: "10:00"."""
    return f"{datetime.fromisoformat(stamp).astimezone():%H:%M}"
