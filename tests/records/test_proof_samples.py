"""Seeded samples of make prove-records: a few kills, power cuts, failing operations, forgeries and names in every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.backup import back_up
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Key
from tests.records import canaries, crowd, faults, figures, kills, power_cut
from tests.records.wards import founded, growing_plans, open_again

SEED = "2026-11-27"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, data: PlanData) -> tuple[Path, Key, SignedIn]:
    """A closed store with a nurse, one patient, and a backup of it."""
    folder = tmp_path_factory.mktemp("base")
    key, nurse = founded(folder, data)
    store = open_again(folder, key)
    back_up(store, nurse, folder / "backups")
    store.close()
    return folder, key, nurse


Base = tuple[Path, Key, SignedIn]


def _hex(name: str) -> bytes:
    return name.encode().hex().encode()


def test_ten_kills_while_saving_lose_nothing(base: Base, tmp_path: Path, data: PlanData) -> None:
    folder, key, nurse = base
    found = kills.kill_many(folder, tmp_path / "w", key, nurse, data, kills=10, chance=Random(SEED))  # noqa: S311
    assert (found.kills, found.lost, found.mismatches, found.corrupt) == (10, 0, 0, 0)


def test_power_cuts_lose_nothing_and_would_without_syncing(base: Base, tmp_path: Path, data: PlanData) -> None:
    folder, key, nurse = base
    counted: dict[int, Counter[str]] = {}
    for synchronous, states in ((3, 40), (0, 30)):
        made = power_cut.record(folder, tmp_path / "w", key, nurse, data, acts=8, synchronous=synchronous)
        examiner = power_cut.Examiner(made, tmp_path / "s", key)
        counted[synchronous] = Counter(
            examiner.verdict(files, acked).partition(":")[0]
            for files, acked in power_cut.states(made, Random(SEED), states)  # noqa: S311
        )
    assert counted[3] == {"": 40}
    assert counted[0][""] < 20


@pytest.mark.parametrize(
    ("way", "step"),
    [("save", 9), ("draft", 5), ("sign in", 7), ("create", 17), ("back up", 23), ("restore", 11), ("change passphrase", 7)],
)
def test_a_failing_operation_is_one_message_and_no_silent_loss(
    base: Base, tmp_path: Path, data: PlanData, way: str, step: int
) -> None:
    folder, key, nurse = base
    tried = faults.Bench(folder, tmp_path / "w", key, nurse, growing_plans(data, 2)[1], data)
    found = faults.try_way(way, tried, step=step)
    assert found.wrong == []
    assert found.tries >= 8


def test_no_name_is_written_in_the_clear(base: Base, tmp_path: Path, data: PlanData) -> None:
    folder, key, nurse = base
    names = canaries.canary_names(Random(SEED), 5)  # noqa: S311
    found, searched, _ = canaries.leaks(folder, tmp_path / "w", key, nurse, data, names)
    assert found == []
    assert searched > 500_000


@pytest.mark.parametrize("form", [str.encode, lambda name: name.lower().encode(), lambda name: name.encode("utf-16-le"), _hex])
def test_the_search_for_names_would_find_one(form: Callable[[str], bytes]) -> None:
    (name,) = canaries.canary_names(Random(SEED), 1)  # noqa: S311
    assert name.lower() in canaries.spelled(b"\0Qq" + form(name) + b"q")


def test_a_crowd_is_sealed_as_the_program_seals(base: Base, tmp_path: Path, data: PlanData) -> None:
    """The figures themselves are those of make prove-records: a busy machine says nothing about milliseconds."""
    folder, key, nurse = base
    found = figures.crowd_figures(folder, tmp_path / "w", key, nurse, data, 3, Random(SEED))  # noqa: S311
    assert found["faults"] == "0"
    assert found["visits on that day"] in ("0", "1")
    assert crowd.VISITS == 86
