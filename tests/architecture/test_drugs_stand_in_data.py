"""No drug is named in the code: what holds for one drug stands in its file under schedules/, so that it carries a source, is
approved with it, and goes along when a drug is added or changed."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from tests.architecture.rules import modules

EXCEPTIONS = {
    "mbc_desktop/calc_verb": "each formula is called by the name under which it was published, one drug at a time",
    "mbc_desktop/demo.py": "what the example patient takes",
    "mbc_desktop/documents/drawing/syllables.py": "how long words are cut, in four languages",
    "mbc_desktop/planning/findings/self_test.py": "doses worked by hand, kept apart from the data that they check",
    "mbc_desktop/planning/intrathecal.py": "a closed list: no file of data can name a drug that would be fatal there",
}
SALTS_AND_FORMS = {"acetate", "subcutaneous", "liposomal", "pegylated"}


@cache
def library() -> Library:
    return load_library(find_schedules())


@cache
def named() -> re.Pattern[str]:
    """Any word of a drug's id or English name."""
    words = {word for drug in library().drugs.values() for word in re.split(r"[^a-z]+", f"{drug.id} {drug.inn.en}".lower())}
    return re.compile("|".join(sorted(word for word in words if len(word) > 4 and word not in SALTS_AND_FORMS)))


def drugs_in(source: str) -> list[str]:
    """The texts and names of a module that name a drug: what documents it does not count, nor the ids of the hospital's questions
    and of sources, which are read from the data."""
    if not named().search(source.lower()):
        return []
    tree = ast.parse(source)
    documenting = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = []
    for node in ast.walk(tree):
        said = node.value if isinstance(node, ast.Constant) and id(node) not in documenting else None
        texts = [said, *(getattr(node, key, None) for key in ("id", "attr", "name", "arg"))]
        found += [text for text in texts if isinstance(text, str) and named().search(text.lower())]
    return [text for text in found if text not in library().decisions and text not in library().sources]


def excepted(path: str) -> str:
    """The exception that a module belongs to; "" for none."""
    return next((place for place in EXCEPTIONS if path == place or path.startswith(f"{place}/")), "")


def test_no_module_names_a_drug() -> None:
    found = [f"{path}: {text}" for path, source in modules() if not excepted(str(path)) for text in drugs_in(source)]
    assert found == []


@pytest.mark.parametrize("place", EXCEPTIONS)
def test_every_exception_is_still_needed(place: str) -> None:
    assert any(drugs_in(source) for path, source in modules() if excepted(str(path)) == place)


@pytest.mark.parametrize(
    "source",
    ['if drug.id == "tamoxifen": pass', 'code = f"{drug}-with-ribociclib"', "PERTUZUMAB = 1", "def _tamoxifen(): pass"],
)
def test_a_drug_in_code_is_seen(source: str) -> None:
    assert drugs_in(source)


def test_documentation_and_ids_of_the_data_are_none() -> None:
    assert drugs_in('"""Carboplatin."""\nfloor = chosen["carboplatin_gfr"]  # carboplatin\nsource = "perjeta_us"') == []
