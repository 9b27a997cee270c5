"""The facts about the disease in a treatment file: read, kept word for word when written again, refused when they cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mbc_desktop.patient.facts import Metastases
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.files.treatment_text import write_treatment
from tests.planning.treatments import TODAY, course, later, library, plan_of, request_of, treatment

DISEASE: dict[str, Any] = {
    "menopausal_status": "postmenopausal",
    "er": "positive",
    "er_from": "metastasis",
    "er_on": "2026-01-12",
    "pr": "negative",
    "pr_from": "primary",
    "pr_on": "2019-05-20",
    "her2": "low",
    "her2_from": "metastasis",
    "her2_on": "2026-01-12",
    "line": "second",
    "visceral_crisis": "no",
    "who": "1",
    "metastases": [{"site": "bone"}, {"site": "brain", "lesions": 1}],
    "pd_l1_percent": "0.5",
    "pd_l1_cps": "10",
    "esr1": "mutated",
    "pik3ca": "not_mutated",
    "akt1": "not_mutated",
    "pten": "mutated",
}


def with_facts(**facts: Any) -> dict[str, Any]:
    return treatment(course("letrozole"), facts=DISEASE | facts)


def test_every_fact_is_read_as_it_is_written() -> None:
    facts = request_of(with_facts()).facts
    assert (facts.er_from, facts.er_on, facts.pr_on) == ("metastasis", date(2026, 1, 12), date(2019, 5, 20))
    assert facts.metastases == (Metastases(site="bone"), Metastases(site="brain", lesions=1))
    assert (facts.pd_l1_percent, facts.pd_l1_cps) == (Decimal("0.5"), Decimal(10))
    assert (facts.line, facts.who, facts.visceral_crisis) == ("second", "1", "no")


def test_a_written_file_gives_the_same_request() -> None:
    request = request_of(with_facts())
    again = read_treatment(write_treatment(request, with_today=True), today=request.today, library=library())
    assert again == request


def test_a_file_without_these_facts_is_as_it_was() -> None:
    request = request_of(treatment(course("letrozole")))
    assert "metastases" not in write_treatment(request)
    assert request.facts.metastases == ()


def test_facts_for_the_navigator_change_no_plan() -> None:
    plain = {"menopausal_status": "postmenopausal", "er": "positive", "pr": "negative", "her2": "low"}
    assert plan_of(with_facts()).fingerprint == plan_of(treatment(course("letrozole"), facts=plain)).fingerprint


@pytest.mark.parametrize("score", ["0", "100"])
def test_pd_l1_lies_between_0_and_100(score: str) -> None:
    assert request_of(with_facts(pd_l1_percent=score, pd_l1_cps=score)).facts.pd_l1_cps == Decimal(score)


@pytest.mark.parametrize(
    ("facts", "place", "code"),
    [
        ({"pd_l1_percent": "100.1"}, "facts.pd_l1_percent", "ABOVE_HARD_LIMIT"),
        ({"pd_l1_cps": "101"}, "facts.pd_l1_cps", "ABOVE_HARD_LIMIT"),
        ({"pd_l1_cps": "-1"}, "facts.pd_l1_cps", "BAD_VALUE"),
        ({"pd_l1_cps": 10}, "facts.pd_l1_cps", "BAD_VALUE"),
        ({"line": "fourth"}, "facts.line", "NOT_ALLOWED"),
        ({"who": "5"}, "facts.who", "NOT_ALLOWED"),
        ({"esr1": "positive"}, "facts.esr1", "NOT_ALLOWED"),
        ({"metastases": [{"site": "toe"}]}, "facts.metastases[0].site", "NOT_ALLOWED"),
        ({"metastases": [{"site": "bone", "lesions": 0}]}, "facts.metastases[0].lesions", "BAD_VALUE"),
        ({"metastases": [{"site": "bone"}, {"site": "bone"}]}, "facts.metastases[1].site", "DUPLICATE_ID"),
        ({"er_on": later(TODAY, 1)}, "facts.er_on", "IN_FUTURE"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(facts: dict[str, Any], place: str, code: str) -> None:
    with pytest.raises(TreatmentError) as refused:
        request_of(with_facts(**facts))
    assert (refused.value.place, refused.value.code) == (place, code)
