"""docs/guideline-coverage.md has every statement of the guideline, names only what exists, and is what its script makes."""

from __future__ import annotations

import importlib.util
import re
import sys
import tomllib
from types import ModuleType

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.guideline import Guideline
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.texts import load_texts
from tests.architecture.rules import ROOT
from tests.texts.engine_codes import finding_calls

LINES: dict[str, list[int]] = tomllib.loads((ROOT / "tests/cases/guideline/lines.toml").read_text(encoding="utf-8"))["lines"]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """packaging/write_coverage.py as a module."""
    spec = importlib.util.spec_from_file_location("write_coverage", ROOT / "packaging" / "write_coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_schedules())


@pytest.fixture(scope="module")
def guideline(library: Library) -> Guideline:
    assert library.guideline is not None
    return library.guideline


def test_the_page_is_what_its_script_makes(script: ModuleType, guideline: Guideline) -> None:
    made = script.page(guideline, load_texts("en"))
    assert script.PAGE.read_text(encoding="utf-8") == made, "run packaging/write_coverage.py"


def test_every_statement_is_served_by_files_that_exist(script: ModuleType, guideline: Guideline) -> None:
    for statement in guideline.statements:
        served = list(script.files(statement, guideline))
        assert served, statement.id
        assert [name for name in served if not (find_schedules() / name).is_file()] == [], statement.id


def test_what_nothing_serves_is_called_open(script: ModuleType, guideline: Guideline) -> None:
    texts = load_texts("en")
    gaps = {statement.id for statement in guideline.statements if list(script.gaps(statement, guideline, texts))}
    without = {
        item.id
        for item in guideline.statements
        if item.kind == "therapy" and not (item.regimens or item.radiotherapy or item.written)
    }
    coming = {item.id for item in guideline.statements if set(item.regimens) & set(guideline.coming)}
    assert gaps == without | coming


def test_nothing_of_the_guideline_is_open(script: ModuleType, guideline: Guideline) -> None:
    texts = load_texts("en")
    assert [item.id for item in guideline.statements if list(script.gaps(item, guideline, texts))] == []


def test_every_line_of_the_print_has_a_file_and_a_screen(script: ModuleType, guideline: Guideline) -> None:
    rows = [row for row in script.line_rows(guideline, load_texts("en")) if row.startswith("| ") and row[2].isdigit()]
    assert len(rows) == len({line for lines in LINES.values() for line in lines})
    for row in rows:
        number, statement, file, screen = (cell.strip() for cell in row.strip().strip("|").split("|"))
        assert number.isdigit()
        assert statement
        assert file.startswith("`")
        assert screen


def test_every_finding_that_a_plan_is_said_to_keep_to_exists(library: Library, guideline: Guideline) -> None:
    codes = {code for call in finding_calls() for code in call.codes}
    notes = [*(item.advice for item in library.drugs.values()), *(item.advice for item in library.regimens.values())]
    for scheme in library.radiotherapy.values():
        notes += [scheme.advice, *(rule.advice for rule in scheme.regions)]
    codes |= {rule.finding for drug in library.drugs.values() for rule in (*drug.cautions, *drug.not_with)}
    codes |= {code.replace("_", "-") for advice in notes for code in advice}
    codes |= {
        row.outcome.action.replace("_", "-") for drug in library.drugs.values() for rule in drug.adjust for row in rule.rows
    }
    assert {code for statement in guideline.statements for code in statement.kept_by} - codes == set()


def test_the_footer_of_every_page_says_that_a_print_must_match() -> None:
    assert re.search("(?m)^valid = ", (ROOT / "resources" / "text" / "en" / "sheet.toml").read_text(encoding="utf-8"))
