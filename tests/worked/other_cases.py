"""Cases worked by hand that other test modules keep: their parametrized tests, run on another library than the shipped one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from itertools import product
from types import ModuleType
from typing import Any

import pytest

from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.regimen.library import Library
from tests.cases import test_treatments
from tests.patient import test_cross_checks
from tests.planning import (
    test_chemotherapy_rules,
    test_endocrine_regimen_cases,
    test_endocrine_vectors,
    test_navigator,
    test_procedures,
    test_radiotherapy_with_drugs,
    test_regimen_cases,
    test_support,
    test_vinorelbine_escalation,
    treatments,
)

MODULES = (
    test_regimen_cases,
    test_endocrine_regimen_cases,
    test_endocrine_vectors,
    test_chemotherapy_rules,
    test_treatments,
    test_navigator,
    test_procedures,
    test_radiotherapy_with_drugs,
    test_support,
    test_vinorelbine_escalation,
)
"""They all plan with the library of tests/planning/treatments."""

Case = tuple[str, Callable[[], Any]]


def differing_plan(library: Library, modules: tuple[ModuleType, ...] = MODULES) -> str:
    """The first case of these modules that fails with this library, or ""."""
    shipped = treatments.library
    planning = [module for module in (treatments, *modules) if hasattr(module, "library")]
    for module in planning:
        vars(module)["library"] = lambda: library
    try:
        return _first_failing(case for module in modules for case in cases_of(module))
    finally:
        for module in planning:
            vars(module)["library"] = shipped


def differing_field(fields: Fields) -> str:
    """The first case about values held side by side that fails with these limits, or ""."""
    shipped = test_cross_checks.FIELDS, test_cross_checks.CHECKS
    test_cross_checks.FIELDS, test_cross_checks.CHECKS = fields, fields.checks
    try:
        return _first_failing(iter(cases_of(test_cross_checks)))
    finally:
        test_cross_checks.FIELDS, test_cross_checks.CHECKS = shipped


def _first_failing(cases: Iterator[Case]) -> str:
    for name, run in cases:
        try:
            run()
        except (AssertionError, LookupError, TreatmentError, ValueError):
            return name
    return ""


@cache
def cases_of(module: ModuleType) -> tuple[Case, ...]:
    """Every parametrized test of a module with each of its parameters; properties and tests that read shared vectors aside."""
    found: list[Case] = []
    for name, test in vars(module).items():
        marks = [mark for mark in getattr(test, "pytestmark", ()) if mark.name == "parametrize"]
        away = any(mark.name == "skipif" for mark in getattr(test, "pytestmark", ()))
        if not name.startswith("test_") or not marks or away or hasattr(test, "hypothesis"):
            continue
        for values in product(*(_rows(mark) for mark in marks)):
            arguments = {key: value for row in values for key, value in row.items()}
            found.append(
                (
                    f"{module.__name__.rpartition('.')[2]}::{name}",
                    lambda test=test, arguments=arguments: test(**deepcopy(arguments)),
                )
            )
    return tuple(found)


def _rows(mark: pytest.Mark) -> list[dict[str, Any]]:
    names, values = mark.args[:2]
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    return [dict(zip(keys, value if len(keys) > 1 else (value,), strict=True)) for value in values]
