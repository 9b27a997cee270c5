"""Which days are closed in Belgium, by the golden number and the epact instead of a table or a library."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tests.second_engine.civil import civil, day_of, weekday


@lru_cache(maxsize=400)
def easter(year: int) -> int:
    """The day number of Easter Sunday: the Sunday after the fourteenth day of the moon of spring (Clavius)."""
    golden = year % 19 + 1
    century = year // 100 + 1
    not_leap = 3 * century // 4 - 12
    moon = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - not_leap - 10
    epact = (11 * golden + 20 + moon - not_leap) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = 44 - epact
    if full_moon < 21:
        full_moon += 30
    return day_of(year, 3, 1) - 1 + full_moon + 7 - (sunday + full_moon) % 7


@lru_cache(maxsize=400)
def holidays(year: int) -> frozenset[int]:
    """The ten legal holidays: seven on fixed days, three counted from Easter."""
    fixed = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
    return frozenset({day_of(year, month, day) for month, day in fixed} | {easter(year) + distance for distance in (1, 39, 50)})


@dataclass(frozen=True)
class Doors:
    """When a unit is open: its own closed days and the extra days on which it works."""

    shut: frozenset[int] = frozenset()
    extra: frozenset[int] = frozenset()

    def open(self, day: int) -> bool:
        """Extra days first, then closures, weekends and holidays."""
        return day in self.extra or not (day in self.shut or weekday(day) >= 5 or day in holidays(civil(day)[0]))
