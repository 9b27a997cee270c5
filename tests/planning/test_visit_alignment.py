"""Shared visits: worked cases are in tests/cases/calc/dates.json; here the search is held against trying everything."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

from mbc_desktop.planning.dates.working_days import OpenDays, open_days
from mbc_desktop.planning.proposals.visit_alignment import (
    AlignedDose,
    AlignedTherapy,
    align_visits,
    even_therapy,
    separate_visits,
)
from tests.alignment_cases import everything, random_case

SAMPLE = 300


def test_search_finds_what_trying_everything_finds() -> None:
    # The same cases as `make prove-alignment`, fewer of them.
    chance = random.Random(5)  # noqa: S311 - chosen, not secret
    for _ in range(SAMPLE):
        therapies, calendar, coming = random_case(chance)
        found = align_visits(therapies, calendar, coming=coming)
        assert (found and (found.visits, found.deviation_days, found.dates)) == everything(therapies, calendar, coming)


def test_window_that_starts_at_zero_is_never_earlier() -> None:
    docetaxel = even_therapy("docetaxel", (date(2026, 9, 9),), window=(0, 3), min_gap=20)
    trastuzumab = even_therapy("trastuzumab", (date(2026, 9, 7),), window=(-3, 3), min_gap=18)
    found = align_visits((docetaxel, trastuzumab), OpenDays())
    assert found is not None
    assert found.dates == ((date(2026, 9, 9),), (date(2026, 9, 9),))
    assert (found.visits, found.deviation_days) == (1, 2)
    assert separate_visits((docetaxel, trastuzumab), OpenDays()) == 2


def test_no_open_day_in_a_window_is_no_alignment() -> None:
    easter_monday = even_therapy("weekly", (date(2026, 4, 5),), window=(-1, 1), min_gap=6)
    assert align_visits((easter_monday,), OpenDays()) is None


def test_nothing_to_align_is_no_visit() -> None:
    found = align_visits((), OpenDays())
    assert found is not None
    assert (found.visits, found.deviation_days, found.dates) == (0, 0, ())


def test_a_year_of_two_therapies_shares_every_visit() -> None:
    start = date(2026, 9, 7)
    fulvestrant = even_therapy(
        "fulvestrant", [start + timedelta(days=28 * number) for number in range(13)], window=(-3, 3), min_gap=25
    )
    denosumab = even_therapy(
        "denosumab", [start + timedelta(days=28 * number + 4) for number in range(13)], window=(-3, 7), min_gap=21
    )
    found = align_visits((fulvestrant, denosumab), OpenDays())
    assert found is not None
    assert found.visits == 13
    assert separate_visits((fulvestrant, denosumab), OpenDays()) == 26


def test_a_depot_is_never_later_than_its_longest_interval() -> None:
    # 7 September to 6 October is 29 days: a depot of 28 days may not go along with the visit of the 6th.
    def depot(longest: int | None) -> AlignedTherapy:
        due = date(2026, 10, 5)
        dose = AlignedDose(nominal=due, first=due - timedelta(days=3), last=due + timedelta(days=3), max_gap=longest)
        return AlignedTherapy(name="goserelin", doses=(dose,), previous=date(2026, 9, 7))

    other = even_therapy("other", (date(2026, 10, 6),), window=(0, 0), min_gap=1)
    assert [found.visits for found in (align_visits((depot(most), other), OpenDays()) for most in (None, 29, 28)) if found] == [
        1,
        1,
        2,
    ]


def test_a_day_on_which_the_patient_comes_anyway_costs_no_visit() -> None:
    # Due on Wednesday 9 September inside three days; the patient comes on Friday 11 for something else.
    one = even_therapy("one", (date(2026, 9, 9),), window=(-3, 3), min_gap=1)
    found = align_visits((one,), OpenDays(), coming=frozenset({date(2026, 9, 11)}))
    assert found is not None
    assert (found.dates, found.visits, found.deviation_days) == (((date(2026, 9, 11),),), 0, 2)


def test_two_years_of_five_therapies_take_less_than_a_tenth_of_a_second() -> None:
    start = date(2026, 3, 2)

    def therapy(name: str, offset: int, every: int, count: int, window: tuple[int, int], min_gap: int) -> AlignedTherapy:
        nominal = [start + timedelta(days=offset + every * number) for number in range(count)]
        return even_therapy(name, nominal, window=window, min_gap=min_gap)

    five = (
        therapy("fulvestrant", 0, 28, 26, (-3, 3), 25),
        therapy("denosumab", 4, 28, 26, (-3, 7), 21),
        therapy("goserelin", 2, 28, 26, (-3, 0), 21),
        therapy("trastuzumab", 1, 21, 35, (-3, 3), 18),
        therapy("paclitaxel", 0, 7, 52, (-1, 1), 6),
    )
    times = []
    for _ in range(3):
        began = time.process_time()
        found = align_visits(five, open_days())
        times.append(time.process_time() - began)
    assert found is not None
    # The machine may be busy: the fastest of three counts.
    assert min(times) < 0.1
