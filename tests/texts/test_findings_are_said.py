"""Findings of real plans become sentences in every language, without an error and without a code left in them."""

from __future__ import annotations

import re
from functools import cache

import pytest

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.request import Language
from mbc_desktop.texts import complete_languages, load_texts
from mbc_desktop.texts.phrases import derived_inputs, derived_name, finding_text, input_text, step_text
from tests.planning.treatments import (
    TODAY,
    File,
    course,
    event,
    healthy_values,
    irradiation,
    later,
    library,
    plan_of,
    treatment,
    value,
)

LOW, HIGH, OLD = later(TODAY, -40), later(TODAY, -3), later(TODAY, -100)


def values(*changed: File) -> list[File]:
    """Healthy values with some kinds replaced."""
    kinds = {item["kind"] for item in changed}
    return [*(item for item in healthy_values(TODAY) if item["kind"] not in kinds), *changed]


TREATMENTS: dict[str, File] = {
    "nothing known": treatment(course("palbociclib-letrozole"), course("zoledronic-acid", id="c2"), measurements=[], facts={}),
    "premenopausal": treatment(course("letrozole"), facts={"menopausal_status": "premenopausal"}),
    "ovaries irradiated": treatment(
        course("letrozole", start=later(TODAY, 30)),
        irradiation("5x3", region="ovary"),
        facts={"menopausal_status": "premenopausal"},
    ),
    "receptors negative": treatment(
        course("fulvestrant"),
        course("docetaxel-trastuzumab-pertuzumab", id="c2"),
        facts={"menopausal_status": "postmenopausal", "er": "negative", "pr": "negative", "her2": "negative"},
    ),
    "no mutation": treatment(course("elacestrant"), facts={"menopausal_status": "postmenopausal", "esr1": "not_mutated"}),
    "too much together": treatment(
        course("zoledronic-acid"),
        course("denosumab", id="c2"),
        course("goserelin", id="c3"),
        course("triptorelin", id="c4"),
        course("ribociclib-letrozole", id="c5"),
        course("palbociclib-fulvestrant", id="c6"),
        course("tamoxifen", id="c7"),
        course("letrozole", id="c8"),
    ),
    "liver C": treatment(
        course("palbociclib-fulvestrant"),
        course("letrozole", id="c2"),
        facts={"menopausal_status": "postmenopausal", "child_pugh": "C"},
    ),
    "liver B": treatment(course("fulvestrant"), facts={"menopausal_status": "postmenopausal", "child_pugh": "B"}),
    "kidney low": treatment(
        course("zoledronic-acid"),
        course("denosumab", id="c2"),
        course("abemaciclib-fulvestrant", id="c3"),
        course("ribociclib-letrozole", id="c4"),
        measurements=values(value("creatinine", "4.5", "mg/dL", TODAY)),
    ),
    "kidney low, confirmed": treatment(
        course("denosumab", choices={"bone_severe_renal": "give_after_confirmation"}),
        course("clodronate", id="c2"),
        measurements=values(value("creatinine", "4.5", "mg/dL", TODAY)),
    ),
    "creatinine risen": treatment(
        course("zoledronic-acid", start=later(TODAY, -56)),
        measurements=[
            *values(value("creatinine", "0.8", "mg/dL", later(TODAY, -60))),
            value("creatinine", "1.4", "mg/dL", TODAY),
        ],
    ),
    "calcium low": treatment(
        course("zoledronic-acid"), measurements=values(value("calcium", "2.00", "mmol/L", TODAY, low="2.15", high="2.55"))
    ),
    "calcium high": treatment(
        course("zoledronic-acid"), measurements=values(value("calcium", "3.20", "mmol/L", TODAY, low="2.15", high="2.55"))
    ),
    "calcium without range": treatment(course("zoledronic-acid"), measurements=values(value("calcium", "2.30", "mmol/L", TODAY))),
    "old values": treatment(course("zoledronic-acid"), measurements=healthy_values(LOW), facts={}),
    "counts": treatment(
        course("palbociclib-letrozole"),
        course("ribociclib-letrozole", id="c2"),
        measurements=[
            *healthy_values(TODAY),
            value("neutrophils", "0.8", "10^9/L", TODAY),
            value("platelets", "60", "10^9/L", TODAY),
            value("qtcf", "480", "ms", TODAY),
        ],
    ),
    "long on a bone agent": treatment(
        course("zoledronic-acid"),
        course("denosumab", id="c2"),
        history=[{"drug": "zoledronic-acid", "since": "2023-01-02"}],
    ),
    "long and without symptoms": treatment(
        course("zoledronic-acid", last_given="2026-02-02", cycle=30),
        history=[{"drug": "zoledronic-acid", "since": "2023-01-02"}],
        facts={"menopausal_status": "postmenopausal", "asymptomatic_on": TODAY},
    ),
    "interval changed too early": treatment(
        course("zoledronic-acid", start=later(TODAY, -100)),
        course("denosumab", id="c2"),
        events=[
            event("interval", later(TODAY, -50), every="84 days"),
            event("interval", TODAY, id="e2", course="c2", every="84 days"),
        ],
    ),
    "radiotherapy": treatment(
        irradiation("8x4", region="spine"),
        irradiation("5x7", id="r2", region="bone", start=later(TODAY, -1)),
        irradiation("free", id="r3", fractions=6, dose="9"),
        irradiation("free", id="r4", fractions=20, dose="5", region="cord_compression"),
        irradiation("10x3", id="r5", start=later(TODAY, 5), choices={"nailing_on": TODAY}),
        irradiation("5x4", id="r6", region="whole_brain"),
        irradiation("3x9", id="r7", region="brain"),
        irradiation("10x6", id="r8", region="bone"),
        history=[{"radiotherapy": "10x3", "region": "spine", "level": "T7-T9", "until": "2025-01-30"}],
    ),
    "away": treatment(
        course("fulvestrant"),
        absences=[{"from": later(TODAY, 10), "until": later(TODAY, 20)}],
        closures=[{"from": later(TODAY, 20), "until": later(TODAY, 45), "unit": "day_hospital", "why": "Voorbeeld"}],
    ),
    "delayed": treatment(
        course("fulvestrant"), events=[event("delay", TODAY, drug="fulvestrant", number=2, days=20, scope="this")]
    ),
    "undecided": treatment(course("triptorelin")),
    "unusual": treatment(course("letrozole"), measurements=values(value("weight", "190", "kg", TODAY))),
}


@cache
def findings() -> dict[str, tuple[Finding, ...]]:
    return {name: plan_of(file).findings for name, file in TREATMENTS.items()}


@pytest.mark.parametrize("language", complete_languages())
@pytest.mark.parametrize("name", TREATMENTS)
def test_a_finding_is_a_whole_sentence(name: str, language: Language) -> None:
    texts = load_texts(language)
    for item in findings()[name]:
        sentence = finding_text(item, library(), texts)
        assert sentence[0] == sentence[0].upper()
        assert sentence[-1] in ".?"
        assert not re.search(r"[a-z]_[a-z]|\{|\}|None|\d\.\d{5,}", sentence), sentence


def test_the_treatments_bring_up_most_of_the_findings() -> None:
    assert len({item.code for found in findings().values() for item in found}) >= 45


@pytest.mark.parametrize("language", complete_languages())
@pytest.mark.parametrize("name", TREATMENTS)
def test_steps_and_computed_values_are_said(name: str, language: Language) -> None:
    texts = load_texts(language)
    plan = plan_of(TREATMENTS[name])
    doses = {item.dose for item in (*plan.administrations, *plan.intakes) if item.dose}
    for step in {step for dose in doses for step in dose.steps}:
        assert step_text(step, library(), texts).endswith(".")
    for derived in plan.derived:
        assert derived_name(derived, texts)
        assert derived_inputs(derived, texts)


def test_an_input_is_named_with_its_unit() -> None:
    assert input_text("creatinine_mg_dl", "0.85", load_texts("nl")) == "creatinine 0,85\u00a0mg/dL"
