"""A hospital approves a regimen with the drugs it uses; a file that changes voids it and says in clinical words what changed."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mbc_desktop.cli import main
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.findings.approved_content import approval_of, pin_of, regimen_digest
from mbc_desktop.planning.plan import CourseApproval, Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library, load_site
from tests.planning.treatments import TODAY, course, treatment

Capture = pytest.CaptureFixture[str]
CHOSEN = {"trastuzumab_form": "iv_every_21_days", "docetaxel_dose": "75"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the library that may be changed, and a hospital beside it."""
    shutil.copytree(find_schedules(), tmp_path / "schedules")
    shutil.copy(find_schedules() / "site.toml", tmp_path / "site.toml")
    return tmp_path


def library_of(folder: Path) -> Library:
    return load_library(folder / "schedules")


def verb(folder: Path, *arguments: str) -> int:
    return main(["library", *arguments, "--library", str(folder / "schedules"), "--site", str(folder / "site.toml")])


def planned(folder: Path, *, today: str = TODAY, **more: object) -> Plan:
    library = library_of(folder)
    file = treatment(course("epirubicin-cyclophosphamide", **more), days=30, today=today)
    request = read_treatment(json.dumps(file), today=date.fromisoformat(today), library=library)
    return plan_treatment(request, library, load_site(folder / "site.toml"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "schedules" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def the_one(plan: Plan) -> CourseApproval:
    (state,) = plan.approvals
    return state


def test_nothing_is_approved_until_somebody_does(folder: Path) -> None:
    plan = planned(folder)
    assert (the_one(plan).status, the_one(plan).by) == ("not_approved", "")
    assert not [item for item in plan.findings if item.code.startswith("approval")]


def test_an_approval_names_who_and_when_and_holds(folder: Path, capsys: Capture) -> None:
    assert verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "A. Voorbeeld") == 0
    capsys.readouterr()
    state = the_one(planned(folder))
    assert (state.status, state.by, state.version, state.changes) == ("approved", "A. Voorbeeld", "1", ())
    assert verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "B. Voorbeeld") == 0
    assert "was approved already" in capsys.readouterr().out
    assert (folder / "approvals.toml").read_text(encoding="utf-8").count("[[approvals]]") == 1


def test_a_changed_dose_voids_it_and_says_so_in_clinical_words(folder: Path, capsys: Capture) -> None:
    """75 mg/m2 of epirubicin becomes 100: what a pharmacist must read."""
    verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "A. Voorbeeld")
    change(folder, "regimens/epirubicin-cyclophosphamide.toml", 'amount = "75"', 'amount = "100"')
    state = the_one(planned(folder))
    assert (state.status, state.changes) == ("void", ("epirubicin 75 -> 100 mg/m2",))
    (found,) = [item for item in planned(folder).findings if item.code == "approval-void"]
    assert (found.severity, dict(found.values)["changes"]) == ("caution", "epirubicin 75 -> 100 mg/m2")
    capsys.readouterr()
    assert verb(folder, "diff", "epirubicin-cyclophosphamide") == 0
    assert capsys.readouterr().out == "epirubicin 75 -> 100 mg/m2\n"


def test_a_changed_drug_file_voids_it_too(folder: Path) -> None:
    """The approval covers the drugs that the regimen uses, down to a limit of the day."""
    verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "A. Voorbeeld")
    change(folder, "drugs/epirubicin.toml", 'at_least = "1.5"', 'at_least = "1.0"')
    assert the_one(planned(folder)).changes == ("epirubicin, hold neutrophils at_least: 1.5 -> 1",)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "decisions.toml",
            'options = ["600", "500", "750"]',
            'options = ["600", "500", "700"]',
            "decision ec_cyclophosphamide_dose options: 600 500 750 -> 600 500 700",
        ),
        (
            "support.toml",
            "last = 3\ndecision",
            "last = 2\ndecision",
            "beside the treatment antiemetics_high last: 3 -> 2",
        ),
        (
            "combinations.toml",
            'severity = "advice"\nafter_days = 14',
            'severity = "advice"\nafter_days = 10',
            "with radiotherapy recall-early after_days: 14 -> 10",
        ),
    ],
    ids=["an option", "a measure beside it", "a distance from irradiation"],
)
def test_a_rule_that_the_regimen_rests_on_voids_it_and_is_named(
    folder: Path, file: str, old: str, new: str, told: str, capsys: Capture
) -> None:
    """What a regimen shares with others stands in other files: the signature covers the part that concerns it."""
    verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "A. Voorbeeld")
    verb(folder, "approve", "letrozole", "--by", "A. Voorbeeld")
    change(folder, file, old, new)
    assert (the_one(planned(folder)).status, the_one(planned(folder)).changes) == ("void", (told,))
    capsys.readouterr()
    verb(folder, "approvals", "--json")
    rows = {row["regimen"]: row["status"] for row in json.loads(capsys.readouterr().out)}
    assert (rows["epirubicin-cyclophosphamide"], rows["letrozole"]) == ("void", "approved")


def test_what_is_kept_of_one_library_is_never_told_of_another(folder: Path) -> None:
    """The digests of the last library are kept. The very same regimen in a library with another rule has another digest, and so
    has a changed regimen in the same library; asked in turn, each keeps its own."""
    library = library_of(folder)
    regimen = library.regimens["epirubicin-cyclophosphamide"]
    support = library.support
    assert support is not None
    without = replace(library, support=replace(support, measures=()))
    new_version = replace(regimen, decisions=())
    own = regimen_digest(library, regimen)
    other, changed = regimen_digest(without, regimen), regimen_digest(library, new_version)
    assert len({own, other, changed}) == 3
    again = [regimen_digest(library, regimen), regimen_digest(without, regimen), regimen_digest(library, new_version)]
    assert again == [own, other, changed]
    assert regimen_digest(library_of(folder), library_of(folder).regimens["epirubicin-cyclophosphamide"]) == own


def test_a_drug_that_the_regimen_does_not_use_changes_nothing(folder: Path) -> None:
    verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "A. Voorbeeld")
    change(folder, "drugs/paclitaxel.toml", 'at_least = "1.0"', 'at_least = "1.1"')
    assert the_one(planned(folder)).status == "approved"


def test_a_remark_voids_it_but_no_number_is_said_to_have_changed(folder: Path, capsys: Capture) -> None:
    verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "A. Voorbeeld")
    change(folder, "regimens/epirubicin-cyclophosphamide.toml", 'id = "epi', '# A remark\nid = "epi')
    plan = planned(folder)
    assert (the_one(plan).status, the_one(plan).changes) == ("void", ())
    assert [item.code for item in plan.findings if item.code.startswith("approval")] == ["approval-void-remarks"]
    capsys.readouterr()
    verb(folder, "diff", "epirubicin-cyclophosphamide")
    assert capsys.readouterr().out == "no number and no rule changed: remarks, dates or names only\n"


def test_a_new_version_needs_a_new_approval_and_the_old_one_stays(folder: Path) -> None:
    verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "A. Voorbeeld")
    change(folder, "regimens/epirubicin-cyclophosphamide.toml", 'version = "1"', 'version = "2"')
    assert the_one(planned(folder)).status == "void"
    verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "B. Voorbeeld")
    assert (the_one(planned(folder)).status, the_one(planned(folder)).version) == ("approved", "2")
    site = load_site(folder / "site.toml")
    assert [(item.version, item.by) for item in site.approvals] == [("1", "A. Voorbeeld"), ("2", "B. Voorbeeld")]


def test_what_was_written_is_read_back_the_same(folder: Path) -> None:
    verb(folder, "approve", "docetaxel-trastuzumab-pertuzumab", "--by", 'A. "Voorbeeld" \\ é')
    library = library_of(folder)
    regimen = library.regimens["docetaxel-trastuzumab-pertuzumab"]
    (approval,) = load_site(folder / "site.toml").approvals
    assert (approval.by, approval.sha256) == ('A. "Voorbeeld" \\ é', regimen_digest(library, regimen))
    assert approval_of((approval,), library, regimen)[0] == "approved"


def test_a_bad_approvals_file_is_refused_with_its_place(folder: Path, capsys: Capture) -> None:
    (folder / "approvals.toml").write_text(
        '[[approvals]]\nregimen = "docetaxel"\nversion = "1"\nsha256 = "0"\nby = "A"\n', "utf-8"
    )
    assert verb(folder, "approvals") == 2
    assert capsys.readouterr().err.startswith("approvals.toml: approvals[0].")


def test_the_list_of_approvals_tells_what_still_holds(folder: Path, capsys: Capture) -> None:
    verb(folder, "approve", "letrozole", "--by", "A. Voorbeeld")
    verb(folder, "approve", "epirubicin-cyclophosphamide", "--by", "A. Voorbeeld")
    change(folder, "regimens/epirubicin-cyclophosphamide.toml", 'amount = "75"', 'amount = "90"')
    capsys.readouterr()
    verb(folder, "approvals", "--json")
    rows = {row["regimen"]: row for row in json.loads(capsys.readouterr().out)}
    assert (rows["letrozole"]["status"], rows["docetaxel"]["status"]) == ("approved", "not_approved")
    assert (rows["epirubicin-cyclophosphamide"]["status"], rows["epirubicin-cyclophosphamide"]["changes"]) == (
        "void", "epirubicin 75 -> 90 mg/m2",
    )  # fmt: skip


# ---- a running treatment


def pinned(folder: Path) -> dict[str, str]:
    library = library_of(folder)
    pin = pin_of(library.regimens["epirubicin-cyclophosphamide"], library)
    return {"version": pin.version, "sha256": pin.sha256}


def test_a_pin_covers_the_drugs_that_the_regimen_uses(folder: Path) -> None:
    pin = pinned(folder)
    assert "library-changed" not in {item.code for item in planned(folder, pin=pin).findings}
    change(folder, "drugs/cyclophosphamide.toml", 'status = "draft"', 'status = "reviewed"')
    assert "library-changed" in {item.code for item in planned(folder, pin=pin).findings}


def test_an_option_that_becomes_the_preselected_one_stops_a_pinned_treatment(folder: Path) -> None:
    """A treatment that runs on a preselected answer must not get another dose because a file changed."""
    pin = pinned(folder)
    change(
        folder, "decisions.toml", 'preselected = "600"\nsource = "nccn_2015_57"', 'preselected = "500"\nsource = "nccn_2015_57"'
    )
    assert "library-changed" in {item.code for item in planned(folder, pin=pin).findings}
