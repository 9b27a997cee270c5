"""A hospital written as a file and read again is the same hospital."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import Closure, Direction, ExtraOpenDay, LabRange, Site, Stocked
from mbc_desktop.regimen.site_file import read_site
from mbc_desktop.regimen.site_text import write_site

HOSPITAL = Site(
    name='Ziekenhuis "Voorbeeld"\x7f\\',
    telephone_day="02 000 00 00",
    closures=(
        Closure(first=date(2026, 4, 7), last=date(2026, 4, 8), unit="day_hospital", why="bridge days"),
        Closure(first=date(2026, 5, 1), last=date(2026, 5, 1), unit=None, why="works"),
    ),
    extra_open_days=(ExtraOpenDay(on=date(2026, 4, 11), unit="radiotherapy"), ExtraOpenDay(on=date(2026, 4, 12), unit=None)),
    answers=(
        Answer(key="bsa_cap", value="2", by="", on=""),
        Answer(key="bsa_decimals", value="2", by="Pharmacy", on=""),
        Answer(key="bsa_formula", value="mosteller", by="Pharmacy", on="2026-01-05"),
    ),
    ranges=(LabRange(kind="calcium", unit="mmol/L", low="2.15", high="2.60"),),
    accepted_unconfirmed=("alfa/renal",),
    directions=(Direction(language="nl", text="Neem uw medicijnlijst mee"),),
    formulary=(
        Stocked(drug="docetaxel", products=("vial-80mg",), rounding="down", packs=(("vial-80mg", 1), ("vial-20mg", 5))),
        Stocked(drug="paclitaxel", rounding="step"),
        Stocked(drug="epirubicin", products=("vial-50mg",)),
    ),
    chair_minutes_a_day=2400,
)


@pytest.mark.parametrize("site", [Site(), HOSPITAL, replace(HOSPITAL, answers=(), formulary=())])
def test_what_is_written_is_read_back(site: Site) -> None:
    assert read_site(tomllib.loads(write_site(site)), file="site.toml") == site


def test_a_yes_is_written_as_toml_writes_it() -> None:
    assert "name = true" in write_site(replace(Site(), name=True))  # type: ignore[arg-type]


def test_the_packs_of_a_drug() -> None:
    assert HOSPITAL.packs_of("docetaxel") == {"vial-80mg": 1, "vial-20mg": 5}
    assert HOSPITAL.packs_of("paclitaxel") == HOSPITAL.packs_of("alfa") == {}


def test_what_a_site_file_has_no_form_for_is_refused() -> None:
    with pytest.raises(TypeError, match="closures is no record of a site file"):
        write_site(replace(Site(), closures=({},)))  # type: ignore[arg-type]
    odd = Closure(first=date(2026, 5, 1), last=date(2026, 5, 1), unit=None, why=1.5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no form for float"):
        write_site(replace(Site(), closures=(odd,)))
