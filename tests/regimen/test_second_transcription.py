"""Two people read the references; what they wrote down is compared number by number, with grades and addresses.

What differed, and which side was wrong, stands in docs/proofs/second_transcription.md."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library
from tests.regimen.planted_faults import Fault, all_faults
from tests.regimen.transcription import Second, differences, not_transcribed, second_transcription

SECOND = second_transcription()
SEED = 20261123
GRADES = {"label", "protocol", "secondary", "proposal", "unconfirmed", ""}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_schedules())


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted") / "schedules"
    shutil.copytree(find_schedules(), folder)
    return folder


def test_both_transcriptions_say_the_same(library: Library) -> None:
    found = differences(library, SECOND)
    assert not found, "\n".join(["read the reference, mend the side that is wrong:", *found])


def test_a_file_leaves_draft_only_when_it_has_been_transcribed_twice(library: Library) -> None:
    status = {f"drug {id}": drug.status for id, drug in library.drugs.items()}
    status |= {f"regimen {id}": regimen.status for id, regimen in library.regimens.items()}
    status |= {f"radiotherapy {id}": scheme.status for id, scheme in library.radiotherapy.items()}
    status |= {f"table {id}": table.status for id, table in library.dose_tables.items()}
    assert [name for name in not_transcribed(library, SECOND) if status.get(name, "draft") != "draft"] == []


def test_no_number_stands_in_schedules_that_was_written_down_once_only(library: Library) -> None:
    assert not_transcribed(library, SECOND) == []


def test_the_second_transcription_names_where_each_number_stands() -> None:
    for kind, table in SECOND.tables.items():
        for subject, lines in table.items():
            for what, (_, where, mark, grade, address) in lines.items():
                place = f"{kind} {subject}: {what}"
                assert where, place
                assert mark, place
                assert set(grade.split("|")) <= GRADES, place
                assert not address or set(address.split("|")) <= set(SECOND.addresses), place
    assert all(len(line) == 6 and all(line) for line in SECOND.elsewhere)


def test_every_address_is_used() -> None:
    used = {
        key
        for table in SECOND.tables.values()
        for lines in table.values()
        for line in lines.values()
        for key in line[4].split("|")
    }
    assert set(SECOND.addresses) <= used


def seen(fault: Fault, folder: Path, second: Second, before: list[str]) -> str:
    """Who sees a planted fault: the loader, the comparison (something differs that did not differ `before`), or nobody (""). The
    file is put back afterwards."""
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    path.write_text(fault.planted(text), encoding="utf-8")
    try:
        return "" if differences(load_library(folder), second) == before else "comparison"
    except LibraryError:
        return "loader"
    finally:
        path.write_text(text, encoding="utf-8")


BESIDE = ("support.toml", "combinations.toml", "procedures.toml", "instructions.toml")


def sample(count: int, files: tuple[str, ...] = ()) -> list[Fault]:
    """Faults drawn with the seed, evenly over the kinds that there are; only those of `files` where any is named."""
    dice = random.Random(SEED)  # noqa: S311 - a repeatable draw, no secret
    by_kind: dict[str, list[Fault]] = {}
    for fault in all_faults(find_schedules(), SECOND, dice):
        if files and fault.file not in files:
            continue
        by_kind.setdefault(fault.kind, []).append(fault)
    drawn = {kind: dice.sample(faults, len(faults)) for kind, faults in sorted(by_kind.items())}
    turns = [drawn[kind][turn] for turn in range(count) for kind in drawn if turn < len(drawn[kind])]
    return turns[:count]


def test_a_fault_is_drawn_from_every_kind() -> None:
    assert set(Counter(fault.kind for fault in sample(20))) == {"dose", "unit", "day", "route", "frequency", "edge", "sign"}


@pytest.mark.parametrize(
    "fault",
    [*sample(20), *sample(10, BESIDE)],
    ids=lambda fault: f"{fault.file}:{fault.line + 1} {fault.old} to {fault.new}",
)
def test_a_planted_fault_is_seen(fault: Fault, copy: Path, library: Library) -> None:
    assert seen(fault, copy, SECOND, differences(library, SECOND))
