"""Values questioned beside one another, co-medication, two of a class; and the vectors that every start computes again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mbc_desktop.planning.findings import self_test
from tests.planning.treatments import TODAY, codes, course, given, healthy_values, later, library, plan_of, treatment, value

TRASTUZUMAB = course("trastuzumab-three-weekly")


def weighed(*weights: tuple[str, int], height: str = "165", **more: object) -> dict[str, object]:
    others = [item for item in healthy_values(TODAY) if item["kind"] not in ("weight", "height")]
    values = [value("weight", kilograms, "kg", later(TODAY, -ago), **more) for kilograms, ago in weights]
    file = treatment(TRASTUZUMAB, days=10, facts={"her2": "positive"})
    return file | {"measurements": [*others, *values, value("height", height, "cm", TODAY)]}


@pytest.mark.parametrize(
    ("before", "now", "code"),
    # 60 x 2.2046 = 132.28; three per cent around it: 128.31 to 136.24. A quarter of 60 is 15.
    [
        ("60", "132", "weight-like-pounds"),
        ("132", "60", "weight-like-pounds"),
        ("60", "75", "weight-changed-much"),
        ("60", "74.9", ""),
    ],
)
def test_a_weight_in_pounds_is_questioned_and_no_dose_rests_on_it(before: str, now: str, code: str) -> None:
    plan = plan_of(weighed((before, 20), (now, 0)))
    assert {item for item in codes(plan, "stop") if item.startswith("weight")} == ({code} if code else set())
    assert (given(plan, "trastuzumab")[0].dose is None) == bool(code)


def test_a_confirmed_weight_is_used() -> None:
    plan = plan_of(weighed(("60", 20), ("75", 0), confirmed={"reason": "ascites", "by": "NV"}))
    assert given(plan, "trastuzumab")[0].dose is not None


def test_weight_and_height_exchanged_are_questioned() -> None:
    """165 kg and 100 cm: 165 x 10000 / 100^2 = 165 kg/m2, above 80."""
    plan = plan_of(weighed(("165", 0), height="100"))
    assert "weight-and-height-exchanged" in codes(plan, "stop")
    assert given(plan, "trastuzumab")[0].dose is None


@pytest.mark.parametrize(
    ("regimen", "fact", "answer", "code"),
    [
        ("palbociclib-letrozole", "cyp3a4_inhibitor", "strong", "avoid-with-cyp3a4-inhibitor"),
        ("ribociclib-letrozole", "qt_drug", "yes", "ribociclib-with-qt-drug"),
        ("fulvestrant", "anticoagulant", "yes", "injection-with-anticoagulant"),
        ("tamoxifen", "cyp2d6_inhibitor", "strong", "avoid-with-cyp2d6-inhibitor"),
        ("everolimus-exemestane", "cyp3a4_inducer", "strong", "everolimus-with-inducer"),
        ("everolimus-exemestane", "cyp3a4_inducer", "strong", "exemestane-with-inducer"),
        ("trastuzumab-emtansine", "anticoagulant", "yes", "bleeding-with-anticoagulant"),
        ("lapatinib-trastuzumab", "cyp3a4_inhibitor", "strong", "avoid-strong-inhibitor"),
        ("lapatinib-trastuzumab", "cyp3a4_inducer", "strong", "avoid-inducer"),
        ("palbociclib-letrozole", "cyp3a4_inducer", "strong", "avoid-inducer"),
        ("ribociclib-letrozole", "cyp3a4_inducer", "strong", "avoid-inducer"),
        ("abemaciclib-letrozole", "cyp3a4_inducer", "strong", "avoid-inducer"),
        ("elacestrant", "cyp3a4_inducer", "strong", "avoid-inducer"),
    ],
)
def test_what_else_the_patient_takes_is_said(regimen: str, fact: str, answer: str, code: str) -> None:
    facts = {"menopausal_status": "postmenopausal"}
    assert code not in codes(plan_of(treatment(course(regimen), days=5, facts=facts)))
    assert code in codes(plan_of(treatment(course(regimen), days=5, facts=facts | {fact: answer})), "caution")


def test_two_taxanes_in_two_courses_are_asked_about() -> None:
    two = treatment(course("docetaxel", choices={"docetaxel_dose": "75"}), course("paclitaxel-weekly", id="c2"), days=10)
    assert {"two-of-one-class", "look-alikes-together"} & codes(plan_of(two), "caution")


@pytest.mark.parametrize(
    ("one", "other", "drug_class"),
    [
        ("lapatinib-trastuzumab", "tucatinib-capecitabine-trastuzumab", "her2_kinase_inhibitor"),
        ("trastuzumab-emtansine", "sacituzumab-govitecan", "antibody_drug_conjugate"),
    ],
)
def test_two_drugs_of_one_class_in_two_courses_are_asked_about_by_the_name_of_the_class(
    one: str, other: str, drug_class: str
) -> None:
    two = plan_of(treatment(course(one), course(other, id="c2"), days=10))
    shared = {dict(item.values)["drug_class"] for item in two.findings if item.code == "two-of-one-class"}
    assert shared == {drug_class}
    ended = course(one, "2026-01-05", until="2026-03-01")
    assert "two-of-one-class" not in codes(plan_of(treatment(ended, course(other, id="c2"), days=10)))


def test_every_vector_of_the_start_comes_out() -> None:
    assert self_test.self_test(library()) == ()


def test_a_damaged_table_is_named() -> None:
    damaged = replace(library(), dose_tables={**library().dose_tables, "nhs_6mgml_v2": library().dose_tables["nhs_20mgml_v7"]})
    names = {item.name for item in self_test.self_test(damaged)}
    # 137.86 is 132 in both tables, 137.87 is 144 in one of them only.
    assert names == {"nhs_6mgml_from"}


def test_a_missing_drug_is_a_difference_and_no_error() -> None:
    without = replace(library(), drugs={id: drug for id, drug in library().drugs.items() if id != "docetaxel"})
    found = self_test.self_test(without)
    assert [(item.name, item.expected) for item in found] == [("docetaxel_75", "132 mg")]
    assert found[0].computed.startswith("KeyError")
