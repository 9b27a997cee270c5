"""Moments of the records as the clock of a Belgian ward shows them; the store writes UTC."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from mbc_desktop.ui.records.moment_text import clock_text, moment_text


@pytest.fixture
def brussels(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Brussels")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("brussels")
@pytest.mark.parametrize(
    ("stamp", "moment"),
    [
        # Winter: one hour later than UTC. Summer time begins on Sunday 29 March 2026 at 01:00 UTC: two hours.
        ("2026-03-16T09:00:00.123Z", "16/03/2026 10:00"),
        ("2026-03-29T00:59:59.999Z", "29/03/2026 01:59"),
        ("2026-03-29T01:00:00.000Z", "29/03/2026 03:00"),
        # Past midnight it is the next day.
        ("2026-07-21T22:30:00.000Z", "22/07/2026 00:30"),
    ],
)
def test_a_moment_is_that_of_the_clock_on_the_wall(stamp: str, moment: str) -> None:
    assert moment_text(stamp) == moment
    assert clock_text(stamp) == moment[-5:]
