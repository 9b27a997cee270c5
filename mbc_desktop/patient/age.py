"""Age in completed years."""

from __future__ import annotations

from datetime import date


def completed_years(birth: date, on: date) -> int:
    """Whole years lived on the day `on`. Someone born on 29 February turns a year older on 1 March of a common year.

    Raises ValueError when `on` lies before the birth."""
    if on < birth:
        raise ValueError(f"{on.isoformat()} lies before the birth on {birth.isoformat()}")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
