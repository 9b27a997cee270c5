"""A hospital's own file: who it is, when it is closed, what it has decided."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.library_checks import site_faults
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library, load_site
from mbc_desktop.regimen.site import NO_SITE, Closure, ExtraOpenDay, LabRange, Site


def read(tmp_path: Path, text: str) -> Site:
    path = tmp_path / "site.toml"
    path.write_text(text, encoding="utf-8")
    return load_site(path)


def refusal_of(tmp_path: Path, text: str) -> LibraryError:
    with pytest.raises(LibraryError) as refused:
        read(tmp_path, text)
    return refused.value


def test_an_empty_file_is_a_hospital_that_has_decided_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "") == NO_SITE


def test_a_closure_of_one_unit_and_one_of_all(tmp_path: Path) -> None:
    text = """
    [[closures]]
    from = 2026-04-07
    until = 2026-04-08
    unit = "day_hospital"
    why = "bridge"
    [[closures]]
    from = "2026-12-24"
    until = "2026-12-24"
    why = "closed"
    """
    assert read(tmp_path, text).closures == (
        Closure(first=date(2026, 4, 7), last=date(2026, 4, 8), unit="day_hospital", why="bridge"),
        Closure(first=date(2026, 12, 24), last=date(2026, 12, 24), unit=None, why="closed"),
    )


def test_an_extra_open_day(tmp_path: Path) -> None:
    site = read(tmp_path, '[[extra_open_days]]\non = 2026-04-11\nunit = "radiotherapy"\n')
    assert site.extra_open_days == (ExtraOpenDay(on=date(2026, 4, 11), unit="radiotherapy"),)


def test_an_answer_as_a_text_and_as_a_table(tmp_path: Path) -> None:
    text = """
    [decisions]
    rounding = "none"
    maintenance_interval = { value = "1 month", by = "pharmacy", on = 2026-11-23 }
    """
    answers = {answer.key: (answer.value, answer.by, answer.on) for answer in read(tmp_path, text).answers}
    assert answers == {"rounding": ("none", "", ""), "maintenance_interval": ("1 month", "pharmacy", "2026-11-23")}


def test_a_range_of_the_laboratory_keeps_its_digits(tmp_path: Path) -> None:
    site = read(tmp_path, '[[ranges]]\nkind = "calcium"\nunit = "mmol/L"\nlow = "2.10"\nhigh = "2.55"\n')
    assert site.ranges == (LabRange(kind="calcium", unit="mmol/L", low="2.10", high="2.55"),)


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ('nome = "x"', "nome", "is not a key of this table"),
        ('[[closures]]\nfrom = 2026-04-08\nuntil = 2026-04-07\nwhy = "x"', "closures[0]", "ends before it begins"),
        ('[[closures]]\nfrom = 2026-04-08\nwhy = "x"', "closures[0].until", "is missing"),
        ('[[closures]]\nfrom = "08/04/2026"\nuntil = 2026-04-08\nwhy = "x"', "closures[0].from", "a date is written 2026-11-23"),
        ('[[closures]]\nfrom = "2026-02-30"\nuntil = 2026-04-08\nwhy = "x"', "closures[0].from", "day is out of range"),
        ('[[closures]]\nfrom = 2026-04-08\nuntil = 2026-04-08\nunit = "ward"\nwhy = "x"', "closures[0].unit", "day_hospital"),
        ('[[ranges]]\nkind = "calcium"\nunit = "mmol/L"\nlow = "2.55"\nhigh = "2.15"', "ranges[0]", "is not above the lower one"),
        ('[[ranges]]\nkind = "calcium"\nunit = "mmol/L"\nlow = "2,15"\nhigh = "2.55"', "ranges[0].low", "not a number"),
        ("[decisions]\nrounding = 5", "decisions.rounding", "valid string"),
    ],
)
def test_a_bad_hospital_file_is_refused_with_its_place(text: str, place: str, reason: str, tmp_path: Path) -> None:
    refused = refusal_of(tmp_path, text)
    assert (refused.file, refused.place) == ("site.toml", place)
    assert reason in refused.reason


def test_an_answer_to_an_unknown_question_is_a_fault(tmp_path: Path) -> None:
    library = load_library(find_schedules())
    site = read(tmp_path, '[decisions]\nmaintenance_intervall = "28 days"\n')
    assert list(site_faults(site, library)) == [("decisions.maintenance_intervall", "unknown decision")]


def test_an_answer_that_is_no_option_is_a_fault(tmp_path: Path) -> None:
    library = load_library(find_schedules())
    site = read(tmp_path, '[decisions]\nmaintenance_interval = "30 days"\n')
    assert list(site_faults(site, library)) == [("decisions.maintenance_interval", "30 days is none of: 28 days, 1 month")]
