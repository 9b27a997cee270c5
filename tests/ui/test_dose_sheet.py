"""What stands with a dose in the inspector: lifetime, tablets and packs, what had to hold, other conventions, the bag."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QObject

from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.site import NO_SITE, Site, Stocked
from mbc_desktop.ui.look.palettes import LIGHT
from mbc_desktop.ui.panels.item_sheets import ItemSheets
from mbc_desktop.ui.words import Words
from tests.planning.test_regimen_cases import site_of
from tests.planning.treatments import TODAY, File, course, given, later, library, plan_of, taken, treatment, value

pytestmark = pytest.mark.usefixtures("qapp")


def sheet(plan: Plan, item: str, site: Site = NO_SITE) -> str:
    """The sheet without its markup, as one reads it."""
    words = Words("nl")
    words.name_drugs(library().drugs)
    assert isinstance(words, QObject)
    html = ItemSheets(plan, library(), site, words, LIGHT).of(item)
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html)).replace("\u00a0", " ").replace("\u202f", " ")


def doxorubicin(**more: object) -> File:
    line = course("doxorubicin-three-weekly", choices={"doxorubicin_dose": "60"})
    return treatment(line, days=30, facts={"her2": "negative", "cardiac_risk": "no"}, **more)


def test_what_a_lifetime_has_added_up_to_stands_with_each_dose() -> None:
    """300 of epirubicin count for 240; with 60 now 300 of 550, 310 left before it, five doses of 60."""
    history = [{"drug": "epirubicin", "until": "2021-06-30", "cumulative": "300", "unit": "mg/m2"}]
    plan = plan_of(doxorubicin(history=history))
    said = sheet(plan, given(plan, "doxorubicin")[0].id)
    assert "Ervoor 240 Deze 60 Erna 300 Grens 550 Nog over (ervoor) 310" in said
    assert "Nog 5 zulke doses" in said


def test_a_drug_that_does_not_add_up_has_no_lifetime() -> None:
    plan = plan_of(treatment(course("fulvestrant"), days=60))
    assert "hele leven" not in sheet(plan, given(plan, "fulvestrant")[0].id)


@pytest.mark.parametrize(
    ("site", "packs"),
    [
        (NO_SITE, "1 verpakking van 63, 0 over (pak van de bijsluiter)"),
        (Site(formulary=(Stocked(drug="ribociclib", packs=(("tablet-200mg", 63),)),)), "1 verpakking van 63, 0 over"),
        (Site(formulary=(Stocked(drug="ribociclib", packs=(("tablet-200mg", 21),)),)), "3 verpakkingen van 21, 0 over"),
        (Site(formulary=(Stocked(drug="ribociclib", packs=(("tablet-200mg", 42),)),)), "2 verpakkingen van 42, 21 over"),
    ],
)
def test_tablets_are_counted_a_time_a_day_and_in_packs(site: Site, packs: str) -> None:
    """600 mg are 3 tablets of 200 mg, once a day for 21 days: 63."""
    file = treatment(course("ribociclib-fulvestrant"), days=40)
    file["measurements"].append(value("qtcf", "410", "ms", TODAY))
    plan = plan_of(file, site)
    said = sheet(plan, taken(plan, "ribociclib")[0].id, site)
    assert "200 mg Per keer 3 Per dag 3 In deze periode 63" in said
    assert packs in said


def test_what_had_to_hold_says_value_age_limit_verdict_and_source() -> None:
    """Neutrophils of four days ago: 1.8 is enough for docetaxel, 1.4 is not (limit 1.5); 96 hours are four days, 24 are not."""
    for hours, count, word in (
        ("96", "1.8", "in orde"),
        ("24", "1.8", "VRAGEN"),
        ("96", "1.4", "WACHTEN"),
        ("24", "1.4", "WACHTEN"),
    ):
        file = treatment(course("docetaxel", choices={"docetaxel_dose": "100"}), days=3)
        file["measurements"] += [
            value("neutrophils", count, "10^9/L", later(TODAY, -4)),
            value("platelets", "200", "10^9/L", TODAY),
        ]
        plan = plan_of(file, site_of({"blood_count_validity": f"{hours} hours"}))
        said = sheet(plan, given(plan, "docetaxel")[0].id)
        assert "Wat moet kloppen voor deze dosis" in said
        assert f"{word} neutrofielen: {count.replace('.', ',')}" in said
        assert "4 dagen oud, grens ≥ 1,5" in said


def test_every_dose_by_surface_says_what_other_conventions_give() -> None:
    """68 kg, 165 cm: Mosteller 1.7654 m2, Du Bois 1.7491 m2: 100 mg/m2 are 174.9 mg."""
    file = treatment(course("docetaxel", choices={"docetaxel_dose": "100"}), days=3)
    file["measurements"] += [value("neutrophils", "3", "10^9/L", TODAY), value("platelets", "200", "10^9/L", TODAY)]
    plan = plan_of(file)
    said = sheet(plan, given(plan, "docetaxel")[0].id)
    assert "Volgens andere formules, ter vergelijking" in said
    assert "174,9 mg" in said


def test_the_bag_has_the_volumes_that_keep_the_concentration() -> None:
    """80 mg/m2 x 1.7654 m2 = 141.2 mg of paclitaxel, 0.3 to 1.2 mg/mL: between 141 / 1.2 and 141 / 0.3 mL."""
    file = treatment(course("paclitaxel-weekly"), days=3)
    file["measurements"] += [value("neutrophils", "3", "10^9/L", TODAY), value("platelets", "200", "10^9/L", TODAY)]
    plan = plan_of(file)
    dose = given(plan, "paclitaxel")[0].dose
    assert dose is not None
    assert dose.bag is not None
    said = sheet(plan, given(plan, "paclitaxel")[0].id)
    found = re.search(r"Volume van de zak (\S+) mL tot (\S+) mL", said)
    assert found is not None, said
    least, most = (float(number.replace(",", ".")) for number in found.groups())
    amount = float(dose.amount.amount)
    assert (least, most) == pytest.approx((amount / 1.2, amount / 0.3), abs=1)


def test_an_unrounded_amount_is_no_line_of_thirty_digits() -> None:
    """60 mg/m2 x 1.765408 m2 = 105.9245 mg before rounding: the inspector is 288 pixels wide."""
    plan = plan_of(doxorubicin())
    said = sheet(plan, given(plan, "doxorubicin")[0].id)
    assert "105,924501 mg" in said
    assert re.search(r"\d{12}", said.replace(",", "")) is None
