"""The way through the guideline: for a patient as the ward describes her, which statements speak and what they offer. The
expected ids are read from the printed guideline."""

from __future__ import annotations

from typing import Any

import pytest

from mbc_desktop.planning.proposals.navigator import Guidance, navigate
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import NO_SITE, Site
from tests.planning.treatments import TODAY, course, later, library, request_of, treatment, value

POSTMENOPAUSAL = {"menopausal_status": "postmenopausal"}
HORMONAL = POSTMENOPAUSAL | {"er": "positive", "pr": "negative", "her2": "negative", "visceral_crisis": "no", "line": "first"}
TRIPLE_NEGATIVE = POSTMENOPAUSAL | {"er": "negative", "pr": "negative", "her2": "low", "visceral_crisis": "no", "line": "first"}
HER2_POSITIVE = POSTMENOPAUSAL | {
    "er": "negative",
    "pr": "negative",
    "her2": "positive",
    "visceral_crisis": "no",
    "line": "first",
}
PARTNERS = ("palbociclib", "ribociclib", "abemaciclib")


def way(facts: dict[str, Any], site: Site = NO_SITE, **changes: Any) -> dict[str, Guidance]:
    """The statements for a patient with these facts, by id."""
    found = navigate(request_of(treatment(facts=facts, **changes)), library(), site)
    return {item.statement.id: item for item in found}


def holds(found: dict[str, Guidance], *ids: str) -> list[str]:
    """How each of these statements stands: yes, open, or no."""
    return [found[id].holds if id in found else "no" for id in ids]


def offered(found: dict[str, Guidance], id: str) -> list[str]:
    return [item.id for item in found[id].offers]


def in_section(found: dict[str, Guidance], section: str, verdict: str = "yes") -> list[str]:
    return [id for id, item in found.items() if item.statement.section == section and item.holds == verdict]


# ---- receptor positive


def test_receptor_positive_disease_is_treated_with_hormones_first() -> None:
    found = way(HORMONAL)
    assert holds(found, "endocrine_first", "visceral_crisis", "choice_of_chemotherapy") == ["yes", "no", "no"]
    assert offered(found, "letrozole") == [*(f"{partner}-letrozole" for partner in PARTNERS), "letrozole"]
    assert offered(found, "fulvestrant")[-1] == "fulvestrant"
    assert offered(found, "everolimus_exemestane") == ["everolimus-exemestane"]


def test_one_positive_receptor_is_enough() -> None:
    assert holds(way(HORMONAL | {"pr": "positive", "er": "negative"}), "endocrine_first", "tamoxifen") == ["yes", "yes"]


def test_a_negative_receptor_beside_an_unknown_one_decides_nothing() -> None:
    found = way({key: item for key, item in HORMONAL.items() if key != "pr"} | {"er": "negative"})
    assert holds(found, "endocrine_first", "paclitaxel_bevacizumab") == ["open", "open"]
    assert found["endocrine_first"].missing == ("hormone_receptors",)


def test_a_visceral_crisis_turns_it_round() -> None:
    found = way(HORMONAL | {"visceral_crisis": "yes"})
    assert holds(found, "endocrine_first", "visceral_crisis", "tamoxifen") == ["no", "yes", "no"]
    assert len(in_section(found, "4.3")) == 13
    assert holds(found, "intrahepatic", "intrathecal") == ["open", "open"]


def test_a_later_line_opens_chemotherapy_too() -> None:
    found = way(HORMONAL | {"line": "second"})
    assert holds(found, "endocrine_first", "capecitabine") == ["yes", "yes"]


@pytest.mark.parametrize("status", ["premenopausal", "perimenopausal"])
def test_before_the_menopause_castration_is_offered_and_no_aromatase_inhibitor(status: str) -> None:
    found = way(HORMONAL | {"menopausal_status": status})
    assert holds(found, "ovarian_irradiation", "lhrh_analogues", "oophorectomy") == ["yes", "yes", "yes"]
    assert holds(found, "letrozole", "everolimus_exemestane", "tamoxifen") == ["no", "no", "yes"]
    assert offered(found, "ovarian_irradiation") == ["5x3"]
    assert offered(found, "lhrh_analogues") == ["goserelin", "triptorelin", "leuprorelin"]


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": {"oophorectomy_on": "2026-01-05"}},
        {"facts": {"radiocastration_confirmed_on": "2026-01-05"}},
        {"courses": [course("goserelin")]},
        {"history": [{"drug": "goserelin", "since": "2025-01-05"}]},
    ],
)
def test_silent_ovaries_open_the_aromatase_inhibitors(changes: dict[str, Any]) -> None:
    facts = HORMONAL | {"menopausal_status": "premenopausal"} | changes.get("facts", {})
    others = {key: value for key, value in changes.items() if key != "facts"}
    assert holds(way(facts, **others), "letrozole", "exemestane") == ["yes", "yes"]


def test_an_lhrh_analogue_that_was_stopped_suppresses_nothing() -> None:
    history = [{"drug": "goserelin", "since": "2025-01-05", "until": "2025-06-05"}]
    assert holds(way(HORMONAL | {"menopausal_status": "premenopausal"}, history=history), "letrozole") == ["no"]


def test_unknown_menopause_leaves_both_open_and_says_what_to_ask() -> None:
    found = way({key: item for key, item in HORMONAL.items() if key != "menopausal_status"})
    assert holds(found, "ovarian_irradiation", "letrozole", "tamoxifen") == ["open", "open", "yes"]
    assert (found["ovarian_irradiation"].missing, found["letrozole"].missing) == (("menopause",), ("ovaries_silent",))


def test_a_man_needs_no_castration_for_this_question() -> None:
    patient = treatment()["patient"] | {"sex": "male"}
    facts = {key: item for key, item in HORMONAL.items() if key != "menopausal_status"}
    assert holds(way(facts, patient=patient), "ovarian_irradiation", "letrozole") == ["no", "yes"]


def test_esr1_is_asked_for_after_an_aromatase_inhibitor() -> None:
    used = [{"drug": "letrozole", "since": "2022-01-05", "until": "2025-12-05"}]
    other = [{"drug": "tamoxifen", "since": "2022-01-05", "until": "2025-12-05"}]
    id = "esr1_after_aromatase_inhibitor"
    assert holds(way(HORMONAL, history=used), id) == ["yes"]
    assert holds(way(HORMONAL, history=other), id) == ["no"]
    assert holds(way(HORMONAL), id) == ["open"]


# ---- triple negative


def test_triple_negative_first_line() -> None:
    found = way(TRIPLE_NEGATIVE | {"pd_l1_cps": "10"})
    assert in_section(found, "4.1") == ["pd_l1_reading", "paclitaxel_bevacizumab", "tc_weekly", "paclitaxel_pembrolizumab"]
    assert in_section(found, "2") == []
    assert holds(found, "choice_of_chemotherapy") == ["no"]


def test_triple_negative_later_goes_to_the_common_list() -> None:
    second, third = way(TRIPLE_NEGATIVE | {"line": "second"}), way(TRIPLE_NEGATIVE | {"line": "third_or_later"})
    assert in_section(second, "4.1") == ["triple_negative_later"]
    assert in_section(third, "4.1") == ["triple_negative_later", "sacituzumab_govitecan"]
    assert holds(second, "capecitabine", "eribulin") == ["yes", "yes"]
    assert [note.code for note in third["sacituzumab_govitecan"].statement.notes] == ["sacituzumab_by_treatments"]


def reading(answer: str) -> Site:
    """A site that reads PD-L1 so (A26)."""
    return Site(answers=(Answer(key="pd_l1_edges", value=answer, by="Voorbeeld", on=TODAY),))


PERCENT = reading("percent_above_10")


@pytest.mark.parametrize(
    ("site", "facts", "verdict"),
    [
        (NO_SITE, {"pd_l1_cps": "9.9"}, "no"),
        (NO_SITE, {"pd_l1_cps": "10"}, "yes"),
        (NO_SITE, {"pd_l1_percent": "50"}, "open"),
        (NO_SITE, {}, "open"),
        (PERCENT, {"pd_l1_percent": "10"}, "no"),
        (PERCENT, {"pd_l1_percent": "10.1"}, "yes"),
        (PERCENT, {"pd_l1_percent": "1"}, "no"),
        (PERCENT, {"pd_l1_cps": "50"}, "open"),
        (reading("percent_10_or_more"), {"pd_l1_percent": "9.9"}, "no"),
        (reading("percent_10_or_more"), {"pd_l1_percent": "10"}, "yes"),
        (reading("percent_1_or_more"), {"pd_l1_percent": "0.9"}, "no"),
        (reading("percent_1_or_more"), {"pd_l1_percent": "1"}, "yes"),
        (reading("percent_1_or_more"), {"pd_l1_cps": "50"}, "open"),
    ],
)
def test_pembrolizumab_by_the_reading_the_site_chose_and_never_by_the_other(
    site: Site, facts: dict[str, str], verdict: str
) -> None:
    assert holds(way(TRIPLE_NEGATIVE | facts, site), "paclitaxel_pembrolizumab") == [verdict]


# ---- HER2 positive


def test_her2_positive_first_and_later_lines() -> None:
    first, second = way(HER2_POSITIVE), way(HER2_POSITIVE | {"line": "second"})
    drugs = ["trastuzumab_deruxtecan", "trastuzumab_emtansine", "tucatinib_combination"]
    assert in_section(first, "4.2") == ["taxane_trastuzumab_pertuzumab", *drugs]
    assert in_section(second, "4.2") == [*drugs, "her2_later"]
    assert offered(first, "taxane_trastuzumab_pertuzumab")[0] == "docetaxel-trastuzumab-pertuzumab"
    assert [note.code for note in first["trastuzumab_deruxtecan"].statement.notes] == ["deruxtecan_after_her2_treatment"]


def test_her2_low_counts_as_negative() -> None:
    assert in_section(way(TRIPLE_NEGATIVE), "4.2") == []


# ---- sites


def sites(*places: tuple[str, int | None]) -> dict[str, Any]:
    return {"metastases": [{"site": site} | ({"lesions": count} if count else {}) for site, count in places]}


@pytest.mark.parametrize(
    ("count", "verdicts"),
    [(1, ["yes", "yes", "yes"]), (2, ["no", "yes", "no"]), (11, ["no", "yes", "no"]), (None, ["open", "yes", "open"])],
)
def test_brain_metastases_by_number(count: int | None, verdicts: list[str]) -> None:
    found = way(HORMONAL | sites(("brain", count)))
    assert holds(found, "solitary_brain", "whole_brain", "surgery_of_solitary_brain") == verdicts


def test_other_sites_do_not_speak() -> None:
    found = way(HORMONAL | sites(("lung", 1)))
    assert holds(found, "lung_irradiation", "solitary_brain", "bone_irradiation", "denosumab") == ["yes", "no", "no", "no"]


def test_without_any_site_everything_stays_open() -> None:
    assert holds(way(HORMONAL), "lung_irradiation", "solitary_brain", "bone_agent_indication") == ["open", "open", "open"]


@pytest.mark.parametrize(
    ("count", "facts", "verdict"),
    [(2, {}, "yes"), (1, {}, "open"), (1, {"asymptomatic_on": later(TODAY, -3)}, "no"), (None, {}, "open")],
)
def test_a_bone_agent_for_symptoms_or_for_several(count: int | None, facts: dict[str, str], verdict: str) -> None:
    assert holds(way(HORMONAL | sites(("bone", count)) | facts), "bone_agent_indication") == [verdict]


def test_less_often_is_spoken_of_when_a_bisphosphonate_is_given() -> None:
    assert holds(way(HORMONAL, courses=[course("zoledronic-acid")]), "less_often") == ["yes"]
    assert holds(way(HORMONAL, history=[{"drug": "denosumab", "since": "2023-01-05"}]), "less_often") == ["no"]


# ---- additions, what is weighed, what is not there


def test_additions_come_last_and_only_with_their_mutation() -> None:
    found = way(HORMONAL | {"esr1": "mutated", "pik3ca": "not_mutated", "akt1": "not_mutated", "pten": "not_mutated"})
    assert in_section(found, "") == ["addition_elacestrant"]
    assert holds(found, "esr1_resistance") == ["yes"]
    found = way(HORMONAL | {"esr1": "not_mutated", "pik3ca": "not_mutated", "pten": "mutated"})
    assert holds(found, "addition_elacestrant", "addition_alpelisib", "addition_capivasertib") == ["no", "no", "yes"]
    assert list(found)[-1].startswith("addition_")


def test_receptors_are_asked_again_unless_all_come_from_a_metastasis() -> None:
    three = {"er_from": "metastasis", "pr_from": "metastasis", "her2_from": "metastasis"}
    assert holds(way(HORMONAL | three), "receptors_again") == ["no"]
    assert holds(way(HORMONAL | three | {"her2_from": "primary"}), "receptors_again") == ["yes"]
    open_one = way(HORMONAL | {"er_from": "metastasis", "er_on": "2026-01-12"})["receptors_again"]
    assert (open_one.holds, open_one.missing) == ("open", ("receptors_from_metastasis",))
    assert [(item.name, item.value, item.of) for item in open_one.weighs] == [
        ("er", "positive", "metastasis"),
        ("pr", "negative", ""),
        ("her2", "negative", ""),
    ]


def test_what_is_weighed_is_shown_with_its_day() -> None:
    measured = [value("lvef", "61", "%", later(TODAY, -40)), value("lvef", "55", "%", later(TODAY, -10))]
    earlier = [{"drug": "epirubicin", "until": "2021-06-30", "setting": "adjuvant"}]
    facts = HORMONAL | {"visceral_crisis": "yes", "who": "1", "brca": "not_mutated", "preference": "geen haarverlies"}
    facts |= {"metastases": [{"site": "liver", "lesions": 3}]}
    found = way(facts, measurements=measured, history=earlier)
    shown = [(item.name, item.value, item.of, str(item.on or "")) for item in found["choice_of_chemotherapy"].weighs]
    assert shown == [
        ("earlier_drugs", "epirubicin", "adjuvant", "2021-06-30"),
        ("lvef", "55", "%", later(TODAY, -10)),
        ("who", "1", "", ""),
        ("metastases", "3", "liver", ""),
        ("germline", "not_mutated", "brca", ""),
        ("preference", "geen haarverlies", "", ""),
    ]


def test_each_gene_that_was_looked_at_is_shown_and_the_others_as_not_known() -> None:
    shown = [
        (item.value, item.of) for item in way(HORMONAL | {"esr1": "mutated", "pten": "not_mutated"})["pik3ca_hotspot"].weighs
    ]
    assert shown == [("mutated", "esr1"), ("", "pik3ca"), ("", "akt1"), ("not_mutated", "pten"), ("", "brca")]


def test_what_is_written_out_in_full_says_so() -> None:
    found = way({"metastases": [{"site": "leptomeninges"}, {"site": "liver"}], "line": "second", "her2": "positive"})
    assert [found[id].statement.written for id in ("intrathecal", "intrahepatic")] == ["intrathecal", "intrahepatic"]


def test_every_offer_says_whether_the_library_has_it() -> None:
    for item in navigate(request_of(treatment(facts={})), library()):
        for offer in item.offers:
            assert offer.ready == (offer.id in library().regimens or offer.id in library().radiotherapy)


def test_nothing_known_leaves_nothing_out() -> None:
    guideline = library().guideline
    assert guideline is not None
    found = way({})
    assert list(found) == [statement.id for statement in guideline.statements]
    assert all((item.holds == "open") == bool(item.missing) for item in found.values())
