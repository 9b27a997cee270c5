"""Shared visits: worked cases are in tests/cases/calc/dates.json; here the search is held against trying everything."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as some

from mbc_desktop.planning.visit_alignment import AlignedTherapy, align_visits, separate_visits
from mbc_desktop.planning.working_days import OpenDays

Dates = tuple[tuple[date, ...], ...]


@some.composite
def therapies(draw: some.DrawFn) -> AlignedTherapy:
    """A therapy of one or two doses around Easter 2026 with a small window."""
    start = date(2026, 3, 30) + timedelta(days=draw(some.integers(0, 9)))
    every = draw(some.integers(3, 9))
    return AlignedTherapy(
        name="x",
        nominal=tuple(start + timedelta(days=every * number) for number in range(draw(some.integers(1, 2)))),
        window=(-draw(some.integers(0, 2)), draw(some.integers(0, 3))),
        min_gap=draw(some.integers(0, every)),
    )


def everything(given_therapies: tuple[AlignedTherapy, ...], calendar: OpenDays) -> tuple[int, int, Dates] | None:
    """The best of every combination of open days inside the windows."""

    def ways(therapy: AlignedTherapy) -> list[tuple[date, ...]]:
        spans = range(therapy.window[0], therapy.window[1] + 1)
        days = [[day + timedelta(days=step) for step in spans] for day in therapy.nominal]
        open_ways = (way for way in product(*days) if all(calendar.is_open(day) for day in way))
        return [
            way for way in open_ways if all((after - before).days >= max(therapy.min_gap, 1) for before, after in pairwise(way))
        ]

    def price(way: Dates) -> tuple[int, int, Dates]:
        pairs = [
            (day, nominal)
            for dates, therapy in zip(way, given_therapies, strict=True)
            for day, nominal in zip(dates, therapy.nominal, strict=True)
        ]
        return len({day for day, _ in pairs}), sum(abs((day - nominal).days) for day, nominal in pairs), way

    return min((price(way) for way in product(*map(ways, given_therapies))), default=None)


@given(some.lists(therapies(), min_size=1, max_size=3).map(tuple))
def test_search_finds_what_trying_everything_finds(some_therapies: tuple[AlignedTherapy, ...]) -> None:
    found = align_visits(some_therapies, OpenDays())
    expected = everything(some_therapies, OpenDays())
    assert (found and (found.visits, found.deviation_days, found.dates)) == expected


def test_window_that_starts_at_zero_is_never_earlier() -> None:
    docetaxel = AlignedTherapy(name="docetaxel", nominal=(date(2026, 9, 9),), window=(0, 3), min_gap=20)
    trastuzumab = AlignedTherapy(name="trastuzumab", nominal=(date(2026, 9, 7),), window=(-3, 3), min_gap=18)
    found = align_visits((docetaxel, trastuzumab), OpenDays())
    assert found is not None
    assert found.dates == ((date(2026, 9, 9),), (date(2026, 9, 9),))
    assert (found.visits, found.deviation_days) == (1, 2)
    assert separate_visits((docetaxel, trastuzumab), OpenDays()) == 2


def test_no_open_day_in_a_window_is_no_alignment() -> None:
    easter_monday = AlignedTherapy(name="weekly", nominal=(date(2026, 4, 5),), window=(-1, 1), min_gap=6)
    assert align_visits((easter_monday,), OpenDays()) is None


def test_nothing_to_align_is_no_visit() -> None:
    found = align_visits((), OpenDays())
    assert found is not None
    assert (found.visits, found.deviation_days, found.dates) == (0, 0, ())


def test_a_year_of_two_therapies_shares_every_visit() -> None:
    start = date(2026, 9, 7)
    fulvestrant = AlignedTherapy(
        name="fulvestrant", nominal=tuple(start + timedelta(days=28 * number) for number in range(13)), window=(-3, 3), min_gap=25
    )
    denosumab = AlignedTherapy(
        name="denosumab",
        nominal=tuple(start + timedelta(days=28 * number + 4) for number in range(13)),
        window=(-3, 7),
        min_gap=21,
    )
    found = align_visits((fulvestrant, denosumab), OpenDays())
    assert found is not None
    assert found.visits == 13
    assert separate_visits((fulvestrant, denosumab), OpenDays()) == 26
