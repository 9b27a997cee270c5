"""From the fields of one measurement to the measurements that are kept. A value with a new date is added, one with the same date
replaces; clearing a field deletes nothing, but nothing is computed from that kind of value until it is filled again."""

from __future__ import annotations

from datetime import date

from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.facts import Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the fields of one kind say: the measurement, or the unreadable texts by field ("value", "on", "low", "high")."""

    measurement: Measurement | None
    broken: dict[str, str]


@dataclass(frozen=True, slots=True)
class GroupDate:
    """The day of a group, None while it cannot be read; `stale` when it is old and nobody confirmed that, `reason` when somebody
    did."""

    day: date | None = None
    stale: bool = False
    reason: str = ""


def group_day(group: GroupDate, shown: Measurement | None, *, untouched: bool) -> GroupDate:
    """The day of a value that has none of its own: that of its group. A saved value that nobody typed again keeps the day on
    which it was measured: the day of one new value, typed above them, must not make new ones of all the old values."""
    if shown is None or not untouched or group.day in (None, shown.on):
        return group
    return GroupDate(shown.on, reason=shown.confirmed_reason)


def latest(measurements: tuple[Measurement, ...]) -> Measurement | None:
    """The youngest measurement; of two on one day the one listed last."""
    return max(measurements, key=lambda one: one.on, default=None)


def previous(measurements: tuple[Measurement, ...], shown: Measurement | None) -> Measurement | None:
    """The youngest measurement before the one shown."""
    before = tuple(one for one in measurements if shown is None or one.on < shown.on)
    return latest(before)


def kept(base: tuple[Measurement, ...], entry: Entry) -> tuple[Measurement, ...]:
    """The measurements of one kind after an entry, the oldest first; an unreadable entry changes nothing."""
    typed = entry.measurement
    if typed is None:
        return base
    others = tuple(one for one in base if one.on != typed.on)
    return tuple(sorted((*others, typed), key=lambda one: one.on))


def shared_date(measurements: tuple[Measurement, ...]) -> date | None:
    """The date that most of these share, the youngest of equally frequent ones."""
    days = [one.on for one in measurements]
    return max(set(days), key=lambda day: (days.count(day), day)) if days else None
