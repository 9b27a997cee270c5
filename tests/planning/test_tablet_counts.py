"""How many tablets and packs a cycle takes: by the hospital's formulary, else by the packs that the label names."""

from __future__ import annotations

from mbc_desktop.planning.beside.tablet_counts import TabletCount, tablet_counts
from mbc_desktop.regimen.site import Site, Stocked
from tests.planning.test_regimen_cases import site_of
from tests.planning.treatments import TODAY, File, course, event, library, plan_of, taken, treatment

CAPECITABINE = {"capecitabine_first_dose": "morning of day 1", "capecitabine_pattern": "14 on 7 off"}
POSTMENOPAUSAL = {"menopausal_status": "postmenopausal", "her2": "negative", "er": "positive"}


def counted(file: File, drug: str, *, stocked: tuple[Stocked, ...] = ()) -> dict[str, TabletCount]:
    """The counts of the first cycle of a drug, by strength."""
    plan = plan_of(file, site_of({"capecitabine_tablets": "label table"}))
    counts = tablet_counts(taken(plan, drug)[0], library(), Site(formulary=stocked))
    return {str(item.strength): item for item in counts}


def test_capecitabine_of_both_strengths() -> None:
    """1000 mg/m2 x 1.765408 m2: the label's row is 1750 mg, 2 x 500 and 5 x 150, twice a day for 14 days: 4 and 10 a day, 56 and
    140 in all; a pack holds 120 and 60: one pack with 64 left over, three with 40."""
    found = counted(treatment(course("capecitabine", choices=CAPECITABINE | {"capecitabine_dose_alone": "1000"})), "capecitabine")
    large, small = found["500"], found["150"]
    assert (large.at_once, large.per_day, large.total) == (2, 4, 56)
    assert (small.at_once, small.per_day, small.total) == (5, 10, 140)
    assert (large.pack, large.packs, large.left_over, large.pack_by) == (120, 1, 64, "label")
    assert (small.pack, small.packs, small.left_over, small.pack_by) == (60, 3, 40, "label")


def test_of_several_packs_the_one_with_least_left_over_and_of_those_the_largest() -> None:
    """Ribociclib 600 mg, 3 x 200 for 21 days: 63. Packs of 21, 42 and 63: three of 21 or one of 63 leave nothing: one of 63."""
    file = treatment(course("ribociclib-letrozole"), facts=POSTMENOPAUSAL)
    found = counted(file, "ribociclib")["200"]
    assert (found.total, found.pack, found.packs, found.left_over, found.pack_by) == (63, 63, 1, 0, "label")


def test_the_formulary_of_the_hospital_goes_first() -> None:
    file = treatment(course("ribociclib-letrozole"), facts=POSTMENOPAUSAL)
    found = counted(file, "ribociclib", stocked=(Stocked(drug="ribociclib", packs=(("tablet-200mg", 21),)),))["200"]
    assert (found.pack, found.packs, found.left_over, found.pack_by) == (21, 3, 0, "formulary")


def test_a_pack_that_nobody_names_is_not_guessed() -> None:
    """No text that could be read names the packs of palbociclib tablets."""
    file = treatment(course("palbociclib-letrozole"), facts=POSTMENOPAUSAL)
    found = counted(file, "palbociclib")["125"]
    assert (found.total, found.pack, found.packs, found.left_over, found.pack_by) == (21, None, None, None, "")


def test_what_is_not_released_is_not_counted_and_what_is_on_hold_neither() -> None:
    """Palbociclib from 2 March on hold from the 9th: 7 tablets up to then, none after; an unreleased drug has no dose."""
    held = event("hold", TODAY, drug="palbociclib", **{"from": "2026-03-09"})
    plan = plan_of(treatment(course("palbociclib-letrozole"), facts=POSTMENOPAUSAL, events=[held]))
    first, paused = taken(plan, "palbociclib")[:2]
    assert [item.total for item in tablet_counts(first, library())] == [7]
    assert (paused.status, tablet_counts(paused, library())) == ("held", ())
    withheld = taken(plan_of(treatment(course("capecitabine", choices=CAPECITABINE))), "capecitabine")[0]
    assert (withheld.status, tablet_counts(withheld, library())) == ("withheld", ())
