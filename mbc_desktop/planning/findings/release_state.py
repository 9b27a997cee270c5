"""What a second person's check says about a plan at the moment a sheet is made from it. The store of a ward knows; without a
store nobody does."""

from __future__ import annotations

from typing import Literal

from mbc_desktop.core.record import dataclass

Standing = Literal["no_store", "not_needed", "not_released", "released"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseState:
    """`waiting` are the cycles (course, number) that are not yet released, `verified_by` who verified the others; `audit_head` is
    the head of the store's audit chain, which every sheet carries as a witness outside the store ("" without one)."""

    standing: Standing
    waiting: tuple[tuple[str, int], ...] = ()
    verified_by: tuple[str, ...] = ()
    audit_head: str = ""


NO_STORE = ReleaseState(standing="no_store")
