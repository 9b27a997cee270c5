"""The guideline as data: every statement of the printed guideline is there once, with words, and each slip is seen."""

from __future__ import annotations

import shutil
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.guideline import FACT_VALUES, WEIGHED, Guideline
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.texts import complete_languages, load_texts

LINES: dict[str, list[int]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "guideline" / "lines.toml").read_text(encoding="utf-8")
)["lines"]
PRINTED = Path(__file__).parents[3] / "shared" / "seeds" / "guideline_mbc_nl.txt"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_schedules())


@pytest.fixture(scope="module")
def guideline(library: Library) -> Guideline:
    assert library.guideline is not None
    return library.guideline


# ---- whole


def test_every_section_has_the_statements_that_were_counted_on_paper(guideline: Guideline) -> None:
    """Chapter 1: aims, new biopsy, ESR1, endocrine first, and its exception. Chapter 2: three ways of castration, tamoxifen,
    the condition of aromatase inhibitors, three of them, fulvestrant, everolimus, two progestagens. Chapter 3: individual, bone,
    stereotactic, cord, solitary brain, whole brain, lung, other. 4.1: PD-L1, two in the first line, pembrolizumab, later,
    sacituzumab. 4.2: four combinations, later. 4.3: the choice, five anthracyclines, two taxanes, five more, two by another way.
    4.4: two genes. Chapter 5: indication, three agents, antitumour, teeth, less often. Chapter 6: three palliative, the primary,
    two solitary."""
    counted = Counter(statement.section for statement in guideline.statements)
    wanted = {"1": 5, "2": 12, "3": 8, "4.1": 6, "4.2": 5, "4.3": 15, "4.4": 2, "5": 7, "6": 6}
    assert {section: number for section, number in counted.items() if section} == wanted


def test_every_statement_of_the_guideline_serves_lines_of_it(guideline: Guideline) -> None:
    assert {statement.id for statement in guideline.statements if statement.section} | {"print_rule"} == set(LINES)


@pytest.mark.skipif(not PRINTED.exists(), reason="the printed guideline lies beside the project's own checkout only")
def test_every_line_of_the_guideline_is_served() -> None:
    text = PRINTED.read_text(encoding="utf-8").splitlines()
    written = {number for number, line in enumerate(text, 1) if line.strip()}
    assert written == {line for lines in LINES.values() for line in lines}


def test_every_regimen_of_the_library_is_offered_and_every_offer_exists(library: Library, guideline: Guideline) -> None:
    offered = {id for statement in guideline.statements for id in statement.regimens}
    assert offered - set(guideline.coming) == set(library.regimens)


def test_what_is_offered_as_an_addition_says_that_it_is_not_in_the_guideline(library: Library, guideline: Guideline) -> None:
    for statement in guideline.statements:
        for id in statement.regimens:
            if id in library.regimens:
                assert (statement.section == "") == (library.regimens[id].section == ""), id


def test_every_course_of_radiotherapy_is_offered(library: Library, guideline: Guideline) -> None:
    assert {id for statement in guideline.statements for id in statement.radiotherapy} == set(library.radiotherapy)


def test_every_fact_and_every_matter_is_asked_for_somewhere(guideline: Guideline) -> None:
    whens = [item.when for item in (*guideline.sections, *guideline.statements)]
    assert {condition.fact for when in whens for alternative in when for condition in alternative} == set(FACT_VALUES)
    assert {name for statement in guideline.statements for name in statement.weighs} == set(WEIGHED)


def test_a_library_can_be_without_a_guideline(tmp_path: Path) -> None:
    folder = tmp_path / "schedules"
    shutil.copytree(find_schedules(), folder)
    (folder / "guideline.toml").unlink()
    assert load_library(folder).guideline is None


@pytest.mark.parametrize("language", complete_languages())
def test_everything_has_words(language: str, guideline: Guideline) -> None:
    texts = load_texts(language)  # type: ignore[arg-type]
    keys = {f"guideline.statement.{statement.id}" for statement in guideline.statements}
    keys |= {f"guideline.section.{section.id or 'added'}" for section in guideline.sections}
    keys |= {f"guideline.note.{note.code}" for statement in guideline.statements for note in statement.notes}
    keys |= {f"guideline.open.{statement.open}" for statement in guideline.statements if statement.open}
    keys |= {f"guideline.fact.{fact}" for fact in FACT_VALUES} | {f"guideline.matter.{name}" for name in WEIGHED}
    keys |= {f"finding.{code}" for statement in guideline.statements for code in statement.kept_by}
    assert sorted(key for key in keys if not texts.has(key)) == []


# ---- slips

SLIPS = [
    ('fact = "menopause"', 'fact = "menopauze"', "unknown fact"),
    ('any_of = ["premenopausal", "perimenopausal"]', 'any_of = ["pre"]', "menopause is never pre"),
    ('any_of = ["first"]', 'any_of = ["first", "second", "third_or_later"]', "holds always"),
    ('regimens = ["tamoxifen"]', 'regimens = ["tamoxifenn"]', "unknown regimen"),
    ('radiotherapy = ["5x3"]', 'radiotherapy = ["5x2"]', "unknown course"),
    ('weighs = ["er", "pr", "her2"]', 'weighs = ["er", "pr", "her3"]', "unknown matter"),
    ('source = "keytruda_uk"', 'source = "keytruda"', "unknown source"),
    ('id = "megestrol"', 'id = "tamoxifen"', "is named twice"),
    ('section = "4.4"\nitem = 2', 'section = "4.4"\nitem = 3', "next item"),
    ('section = "4.4"\nitem = 2', 'section = "4.5"\nitem = 2', "unknown section"),
    ('regimens = ["megestrol-acetate"]\n', "", "offers something"),
    ('kind = "note"\nwhen = [[{ fact = "esr1"', 'kind = "therapy"\nwhen = [[{ fact = "esr1"', "offers something"),
    ("weighs = ", "weigh = ", "is not a key"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "reason"), SLIPS, ids=[slip[2] + ": " + slip[1][:30] for slip in SLIPS])
def test_a_slip_stops_the_library(old: str, new: str, reason: str, tmp_path: Path) -> None:
    folder = tmp_path / "schedules"
    shutil.copytree(find_schedules(), folder)
    path = folder / "guideline.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LibraryError, match=reason):
        load_library(folder)
