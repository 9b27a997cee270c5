"""The loader: a whole good folder gives one frozen library; a bad file stops the reading with file, place and reason."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import FrozenInstanceError
from decimal import Decimal
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.core.interval import Interval
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library

CASES = Path(__file__).parent.parent / "cases" / "library"
REFUSALS = tomllib.loads((CASES / "refusals.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A small library of its own, with the field limits that are shipped."""
    folder = tmp_path / "good"
    shutil.copytree(CASES / "good", folder)
    shutil.copy(find_schedules() / "fields.toml", folder)
    return folder


def refusal_of(folder: Path, *, extra: tuple[Path, ...] = ()) -> LibraryError:
    with pytest.raises(LibraryError) as refused:
        load_library(folder, extra=extra)
    assert "\n" not in str(refused.value)
    return refused.value


# ---- what a good folder gives


def test_everything_in_a_good_folder_is_read(good: Path) -> None:
    library = load_library(good)
    assert library.version == "1.2"
    assert list(library.drugs) == ["alfa", "beta", "gamma"]
    assert list(library.regimens) == ["alfa-gamma"]
    assert list(library.radiotherapy) == ["2x8", "3x9.5", "free"]
    assert list(library.decisions) == ["interval", "half_dose", "second_ecg", "any_words"]
    assert library.sources["label_text"].holder == "A company"
    assert library.fields["weight"].unit == "kg"


def test_numbers_are_exact_and_lists_cannot_change(good: Path) -> None:
    alfa = load_library(good).drugs["alfa"]
    band = alfa.adjust[0]
    assert band.kind == "band"
    assert [row.above for row in band.rows] == [Decimal(60), None, None]
    assert [row.at_least for row in band.rows] == [None, Decimal(30), Decimal(0)]
    assert band.rows[1].outcome.infusion_ml == Decimal(500)
    with pytest.raises(FrozenInstanceError):
        alfa.version = "2"  # type: ignore[misc]


def test_cycles_intervals_and_keys_are_understood(good: Path) -> None:
    part = load_library(good).regimens["alfa-gamma"].parts[0]
    assert [phase.every for phase in part.phases] == [
        "interval",
        Interval(1, "weeks"),
        Interval(1, "months"),
        Interval(28, "days"),
    ]
    assert [order.cycles for order in part.phases[1].orders] == [(2, 2), (3, 4), (5, 5)]
    assert part.phases[0].orders[0].cycles == (1, None)
    assert part.timing_by_phase == (("weekly", "beta"),)


def test_a_library_cannot_be_changed(good: Path) -> None:
    library = load_library(good)
    with pytest.raises(TypeError):
        library.drugs["delta"] = library.drugs["alfa"]  # type: ignore[index]


def test_every_file_but_the_example_hospital_has_its_hash(good: Path) -> None:
    (good / "site.toml").write_text("", encoding="utf-8")
    library = load_library(good)
    content = (good / "drugs" / "alfa.toml").read_bytes()
    assert library.hashes["drugs/alfa.toml"] == hashlib.sha256(content).hexdigest()
    expected = {path.relative_to(good).as_posix() for path in good.rglob("*.toml")} - {"site.toml"}
    assert set(library.hashes) == expected


def test_the_fingerprint_follows_every_byte_and_nothing_else(good: Path, tmp_path: Path) -> None:
    before = load_library(good).fingerprint
    moved = tmp_path / "elsewhere"
    shutil.copytree(good, moved)
    assert load_library(moved).fingerprint == before
    with (moved / "drugs" / "alfa.toml").open("a", encoding="utf-8") as file:
        file.write("\n# a remark\n")
    assert load_library(moved).fingerprint != before


def test_files_of_the_system_are_left_alone(good: Path) -> None:
    before = load_library(good).fingerprint
    (good / ".DS_Store").write_bytes(b"\x00")
    (good / "drugs" / ".alfa.toml.swp").write_bytes(b"\x00")
    assert load_library(good).fingerprint == before


def test_reading_the_loader_does_not_wait_for_pydantic() -> None:
    program = "import sys; import mbc_desktop.regimen.loader; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# ---- what is refused


@pytest.mark.parametrize("case", REFUSALS, ids=[case["name"] for case in REFUSALS])
def test_one_wrong_text_is_refused_with_its_place(case: dict[str, str], good: Path) -> None:
    path = good / case["file"]
    text = path.read_text(encoding="utf-8")
    assert case["old"] in text, "the case no longer fits the good library"
    path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")
    refused = refusal_of(good)
    assert refused.file == f"good/{case.get('file_named', case['file'])}"
    assert refused.place == case["place"]
    assert case["reason"] in refused.reason


def test_every_refusal_has_a_name_of_its_own() -> None:
    names = [case["name"] for case in REFUSALS]
    assert len(names) == len(set(names))


def test_the_first_fault_also_says_how_many_more_there_are(good: Path) -> None:
    path = good / "drugs" / "alfa.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('status = "draft"', 'status = "done"').replace('place = "day_hospital"', 'place = "street"'),
        encoding="utf-8",
    )
    refused = refusal_of(good)
    assert refused.place == "status"
    assert refused.reason.endswith("(and 1 more)")


@pytest.mark.parametrize("missing", ["library.toml", "sources.toml", "decisions.toml", "fields.toml"])
def test_a_library_without_one_of_its_files_is_refused(missing: str, good: Path) -> None:
    (good / missing).unlink()
    refused = refusal_of(good)
    assert (refused.file, refused.reason) == (f"good/{missing}", "is missing")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "nowhere").reason == "is not a folder"


@pytest.mark.parametrize("stray", ["notes.txt", "drugs/alfa.toml~", "drugs/alfa.yaml", "regimen/x.toml", "drug.toml"])
def test_a_file_that_nobody_would_read_is_refused(stray: str, good: Path) -> None:
    path = good / stray
    path.parent.mkdir(exist_ok=True)
    path.write_text("", encoding="utf-8")
    assert refusal_of(good).file == f"good/{stray if path.parent.name in ('drugs', 'good') else 'regimen'}"


def test_a_file_of_exactly_one_mebibyte_is_read_and_one_byte_more_is_refused(good: Path) -> None:
    path = good / "drugs" / "alfa.toml"
    content = path.read_bytes()
    filler = b"\n#" + b"x" * (1024 * 1024 - len(content) - 2)
    path.write_bytes(content + filler)
    assert load_library(good).drugs["alfa"].id == "alfa"
    path.write_bytes(content + filler + b"x")
    assert refusal_of(good).reason == "is larger than 1 MiB"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_another_encoding_is_refused(encoding: str, good: Path) -> None:
    path = good / "drugs" / "alfa.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    refused = refusal_of(good)
    assert "UTF-8" in refused.reason or "U+FEFF" in refused.reason


def test_a_byte_that_is_not_utf8_is_refused(good: Path) -> None:
    path = good / "drugs" / "alfa.toml"
    path.write_bytes(path.read_bytes().replace(b"Alfabrand", b"Alfa\xffbrand"))
    assert refusal_of(good).reason == f"is not UTF-8 (byte {path.read_bytes().index(0xFF)})"


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 100_000, "x = " + "[" * 50 + "]" * 50, "[" + ".".join("abcdefghijklmnop") + "]\n"]
)
def test_a_file_nested_too_deep_is_refused(text: str, good: Path) -> None:
    (good / "drugs" / "alfa.toml").write_text(text, encoding="utf-8")
    assert refusal_of(good).reason == "is nested too deep"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
def test_a_link_that_leaves_the_folder_is_refused(good: Path, tmp_path: Path) -> None:
    outside = tmp_path / "alfa.toml"
    (good / "drugs" / "alfa.toml").rename(outside)
    (good / "drugs" / "alfa.toml").symlink_to(outside)
    refused = refusal_of(good)
    assert (refused.file, refused.reason) == ("good/drugs/alfa.toml", "is a link to a file outside the folder")


def test_a_link_to_nothing_is_refused(good: Path) -> None:
    (good / "drugs" / "delta.toml").symlink_to(good / "drugs" / "nothing.toml")
    assert "cannot be read" in refusal_of(good).reason


def test_the_error_is_one_line_with_file_place_and_reason() -> None:
    assert str(LibraryError("schedules/drugs/x.toml", "adjust[0].rows[2].dose", "is missing")) == (
        "schedules/drugs/x.toml: adjust[0].rows[2].dose: is missing"
    )
    assert str(LibraryError("schedules/drugs/x.toml", "", "is not TOML")) == "schedules/drugs/x.toml: is not TOML"


# ---- a folder of the user's own


@pytest.fixture
def own(good: Path, tmp_path: Path) -> Path:
    """A folder of the user with one regimen more."""
    folder = tmp_path / "own"
    (folder / "regimens").mkdir(parents=True)
    text = (good / "regimens" / "alfa-gamma.toml").read_text(encoding="utf-8")
    (folder / "regimens" / "own-regimen.toml").write_text(
        text.replace('id = "alfa-gamma"', 'id = "own-regimen"'), encoding="utf-8"
    )
    return folder


def test_a_regimen_of_the_users_own_is_added(good: Path, own: Path) -> None:
    library = load_library(good, extra=(own,))
    assert list(library.regimens) == ["alfa-gamma", "own-regimen"]
    assert "extra-1/regimens/own-regimen.toml" in library.hashes
    assert library.fingerprint != load_library(good).fingerprint


def test_a_regimen_of_the_users_own_never_replaces_a_shipped_one(good: Path, own: Path) -> None:
    shutil.copy(good / "regimens" / "alfa-gamma.toml", own / "regimens")
    refused = refusal_of(good, extra=(own,))
    assert (refused.file, refused.place) == ("own/regimens/alfa-gamma.toml", "id")
    assert refused.reason == "is already in use by good/regimens/alfa-gamma.toml"


def test_a_regimen_of_the_users_own_obeys_the_same_checks(good: Path, own: Path) -> None:
    path = own / "regimens" / "own-regimen.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"IV"', '"IM"', 1), encoding="utf-8")
    refused = refusal_of(good, extra=(own,))
    assert (refused.file, refused.reason) == ("own/regimens/own-regimen.toml", "alfa is not given IM")


@pytest.mark.parametrize("inner", ["library.toml", "fields.toml", "site.toml", "guideline.toml"])
def test_a_file_that_only_the_shipped_library_has_is_refused_in_a_folder_of_the_users_own(
    inner: str, good: Path, own: Path
) -> None:
    (own / inner).write_text("", encoding="utf-8")
    refused = refusal_of(good, extra=(own,))
    assert (refused.file, refused.reason) == (f"own/{inner}", "has no place in a folder of your own")


def test_a_bad_dose_table_stops_the_reading(good: Path) -> None:
    shutil.copytree(find_schedules() / "dose_tables", good / "dose_tables")
    path = good / "dose_tables" / "zoledronic_acid_bag.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('remove_ml = "12"', 'remove_ml = "12,0"'), encoding="utf-8")
    refused = refusal_of(good)
    assert (refused.file, refused.place) == ("good/dose_tables/zoledronic_acid_bag.toml", "rows[1].remove_ml")


def test_a_source_of_the_users_own_is_added_but_never_replaces_one(good: Path, own: Path) -> None:
    text = (good / "sources.toml").read_text(encoding="utf-8").replace('id = "', 'id = "own_')
    (own / "sources.toml").write_text(text, encoding="utf-8")
    assert "own_label_text" in load_library(good, extra=(own,)).sources
    shutil.copy(good / "sources.toml", own)
    assert refusal_of(good, extra=(own,)).file == "own/sources.toml"
