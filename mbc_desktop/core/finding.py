"""What the engine has to say about a plan: data with a code, never a sentence and never an exception."""

from __future__ import annotations

from typing import Literal

from mbc_desktop.core.record import dataclass

Severity = Literal["stop", "caution", "advice", "info"]
SEVERITIES: tuple[Severity, ...] = ("stop", "caution", "advice", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One objection, advice or note. `course` and `drug` name what it is about ("" for the whole plan);
    `values` are named texts (numbers as plain decimals, dates as ISO) for the sentence; `source` is a source id or ""."""

    code: str
    severity: Severity
    course: str = ""
    drug: str = ""
    values: tuple[tuple[str, str], ...] = ()
    source: str = ""


def finding(code: str, severity: Severity, *, course: str = "", drug: str = "", source: str = "", **values: str) -> Finding:
    """A finding with its values given by name."""
    return Finding(code=code, severity=severity, course=course, drug=drug, source=source, values=tuple(values.items()))
