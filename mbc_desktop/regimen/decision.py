"""What the guideline leaves open: each question once, with its options and whether one of them is preselected."""

from __future__ import annotations

from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade

State = Literal["preselected", "needs_choice", "locked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimenState:
    """Where one regimen differs from the decision's general state."""

    regimen: str
    state: State
    preselected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One site decision. `id` is its number in the references (A1 to A26, E1 to E10), `key` the word in `choices` and in
    site.toml. `options` are the allowed answers; empty = any text. `course_may_choose` = a prescriber's choice that a course may
    override."""

    id: str
    key: str
    options: tuple[str, ...]
    state: State
    source: str
    grade: Grade
    preselected: str = ""
    course_may_choose: bool = True
    per_regimen: tuple[RegimenState, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A site's answer to a decision: the option, who gave it and when."""

    key: str
    value: str
    by: str
    on: str
