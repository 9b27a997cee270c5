"""docs/hazards.md has every hazard, names only tests that exist, and is what its script makes."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from tests.architecture.rules import ROOT

THIS = "tests/architecture/test_hazards.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """packaging/write_hazards.py as a module."""
    spec = importlib.util.spec_from_file_location("write_hazards", ROOT / "packaging" / "write_hazards.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # A dataclass looks its own module up while it is made.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def hazards(script: ModuleType) -> tuple[Any, ...]:
    """The rows of docs/hazards.toml."""
    rows: tuple[Any, ...] = script.read_hazards(script.DATA.read_text(encoding="utf-8"))
    return rows


def test_all_82_hazards_are_listed_with_a_test_or_a_reason(script: ModuleType, hazards: tuple[Any, ...]) -> None:
    # 26 + 12 + 8 + 11 + 11 + 14: the numbers of the log have gaps (27-29, 42-44, 52-54, 66-69, 81-84).
    assert [len(ids) for ids in script.GROUPS.values()] == [26, 12, 8, 11, 11, 14]
    assert len(set(script.IDS)) == 82
    assert list(script.faults(hazards)) == [], "see docs/hazards.toml"


def test_the_page_is_what_the_script_makes(script: ModuleType, hazards: tuple[Any, ...]) -> None:
    assert script.PAGE.read_text(encoding="utf-8") == script.page(hazards), "run: packaging/write_hazards.py"


def test_what_is_wrong_is_found(script: ModuleType, hazards: tuple[Any, ...]) -> None:
    first, *rest = hazards
    for wrong, fault in (
        (rest, "H01: is missing"),
        ((replace(first, id="H27"), *rest), "H27: is no hazard of the list"),
        ((first, first, *rest), "H01: stands more than once"),
        ((rest[0], first, *rest[1:]), "the rows are not in the order of the list"),
        (
            (replace(first, tests=("tests/core/test_nothing.py::test_x",)), *rest),
            "H01: there is no test tests/core/test_nothing.py::test_x",
        ),
        ((replace(first, tests=(f"{THIS}::test_x",)), *rest), f"H01: there is no test {THIS}::test_x"),
        ((replace(first, where=("mbc_desktop/nothing.py",)), *rest), "H01: there is no mbc_desktop/nothing.py"),
        (
            (replace(first, absent=("fulvestrant",)), *rest),
            "H01: was written without fulvestrant, which has come: write the row anew",
        ),
        ((replace(first, tests=(), open="", later=""), *rest), "H01: has neither a test nor a reason why it is open"),
        ((replace(first, open="something", later="some day"), *rest), "H01: unknown later work: some day"),
    ):
        assert fault in list(script.faults(tuple(wrong)))


def test_the_state_follows_from_tests_and_what_is_open(script: ModuleType, hazards: tuple[Any, ...]) -> None:
    row = replace(hazards[0], tests=(f"{THIS}::test_x",), open="")
    assert row.state == "closed"
    assert replace(row, open="a part").state == "partly closed"
    assert replace(row, tests=()).state == "open"
