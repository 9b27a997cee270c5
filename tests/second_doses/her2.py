"""Loading again after a gap, and the switch from a vein to under the skin; days since the last dose."""

from __future__ import annotations

WEEK_LATE = 28
"""A three-weekly dose at most one week late is maintenance."""
SIX_WEEKS = 42


def trastuzumab_alone(days: int) -> int:
    """mg/kg every three weeks: 6, and 8 again from 29 days."""
    return 6 if days <= WEEK_LATE else 8


def trastuzumab_weekly(days: int) -> int:
    """mg/kg every week: 2, and 4 again from 15 days."""
    return 2 if days <= 14 else 4


def trastuzumab_of_a_pair(days: int, decision: str) -> int:
    """mg/kg beside pertuzumab: 8 again from 42 days; from 29 where the site keeps the rule of trastuzumab (A7)."""
    return trastuzumab_alone(days) if decision == "trastuzumab_rule" else 6 if days < SIX_WEEKS else 8


def pertuzumab(days: int) -> int:
    """mg: 420, and 840 again from 42 days."""
    return 420 if days < SIX_WEEKS else 840


def pair_under_the_skin(days: int) -> str:
    """mg of pertuzumab and trastuzumab, also after a switch from a vein."""
    return "600/600" if days < SIX_WEEKS else "1200/600"
