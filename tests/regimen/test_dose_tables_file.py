"""Strict reading of dose tables: each fault is named with its file and place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.dose_tables import BagTable
from mbc_desktop.regimen.dose_tables_file import FOLDER, read_dose_tables
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library


@pytest.mark.parametrize(
    ("table", "old", "new", "reason"),
    [
        ("nhs_6mgml_v2", 'below = "30.55"', 'below = "30.54"', "ends at 30.54 mg and the next begins at 30.55"),
        ("nhs_6mgml_v2", 'dose = "32.4"', 'dose = "34.4"', "lies outside its own row"),
        ("nhs_6mgml_v2", 'concentration = "6"', 'concentration = "six"', "not a number"),
        ("nhs_6mgml_v2", 'id = "nhs_6mgml_v2"', 'id = "nhs_5mgml_v2"', "file is called nhs_6mgml_v2"),
        ("nhs_6mgml_v2", 'kind = "dose_bands"', 'kind = "bands"', "dose_bands"),
        ("nhs_6mgml_v2", 'grade = "secondary"', 'grade = "sure"', "grade"),
        ("nhs_6mgml_v2", 'grade = "secondary"', 'grade = "secondary"\ncolour = "red"', "is not a key of this table"),
        ("capecitabine_1250_eu", "tablets_500 = 3, tablets_150 = 1", "tablets_500 = 3, tablets_150 = 2", "do not add up to 1650"),
        ("capecitabine_1250_eu", 'at_least = "0"', 'at_least = "0.1"', "begins at 0 m2"),
        ("capecitabine_1250_eu", 'at_least = "1.39"', 'at_least = "1.27"', "rise in surface and dose"),
        ("capecitabine_1250_eu", "tablets_500 = 4, tablets_150 = 0", "tablets_500 = 4.0, tablets_150 = 0", "tablets_500"),
        ("vinorelbine_oral_60", 'at_least = "1.15"', 'at_least = "1.05"', "rise in surface"),
        ("vinorelbine_oral_80", 'dose = "110"', 'dose = "90"', "fall in no dose"),
        ("zoledronic_acid_bag", 'remove_ml = "25"', 'remove_ml = "100"', "no more is taken out"),
        ("zoledronic_acid_bag", "[[history]]", "[[stories]]", "history|stories"),
    ],
)
def test_fault_is_named_with_its_file(tmp_path: Path, table: str, old: str, new: str, reason: str) -> None:
    shutil.copytree(find_schedules() / FOLDER, tmp_path / FOLDER)
    file = tmp_path / FOLDER / f"{table}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LibraryError) as error:
        read_dose_tables(tmp_path)
    assert str(error.value).startswith(f"{FOLDER}/{table}.toml: ")
    assert re.search(reason, str(error.value))


def test_folder_without_tables_holds_none(tmp_path: Path) -> None:
    assert read_dose_tables(tmp_path) == {}


def test_every_table_names_a_known_source_and_drug() -> None:
    library = load_library(find_schedules())
    for table in read_dose_tables(find_schedules()).values():
        assert table.source in library.sources
        assert not isinstance(table, BagTable) or table.drug in library.drugs
