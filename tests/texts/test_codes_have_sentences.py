"""Whatever the engine or the data can say has words in every offered language."""

from __future__ import annotations

from functools import cache
from string import Formatter
from typing import get_args

import pytest

from mbc_desktop.core.finding import SEVERITIES
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.core.source import Grade
from mbc_desktop.planning.dates.working_days import HOLIDAY_CODES
from mbc_desktop.planning.plan import AdministrationStatus
from mbc_desktop.planning.request import EventKind, Language, Reason, Scope
from mbc_desktop.regimen.dose_rules import Action
from mbc_desktop.regimen.hold_rules import ThresholdGate
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.site import UNITS
from mbc_desktop.texts import Texts, complete_languages, load_texts
from tests.texts.engine_codes import finding_calls, step_rules

EVERY_LANGUAGE = pytest.mark.parametrize("language", complete_languages())
# finding_text fills these in for every finding.
ALWAYS = {"drug", "course", "options"}


@cache
def library() -> Library:
    return load_library(find_schedules())


def missing(language: Language, keys: set[str]) -> list[str]:
    texts = load_texts(language)
    return sorted(key for key in keys if not texts.has(key))


def places(texts: Texts, key: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(texts.word(key)) if name}


@EVERY_LANGUAGE
def test_every_finding_has_a_sentence(language: Language) -> None:
    assert missing(language, {f"finding.{code}" for call in finding_calls() for code in call.codes}) == []


def test_the_scan_sees_what_it_should() -> None:
    codes = {code for call in finding_calls() for code in call.codes}
    assert {"missing-fact", "castration-not-confirmed", "value-too-old", "decision-missing"} <= codes
    assert {"fixed", "per-m2", "given"} <= step_rules()


@EVERY_LANGUAGE
def test_every_place_of_a_finding_has_a_value(language: Language) -> None:
    texts = load_texts(language)
    wanting = [
        (call.place, code, name)
        for call in finding_calls()
        if not call.open_ended
        for code in call.codes
        for name in places(texts, f"finding.{code}") - call.values - ALWAYS
    ]
    assert wanting == []


@EVERY_LANGUAGE
def test_every_note_and_outcome_of_the_data_has_a_sentence(language: Language) -> None:
    data = library()
    codes = {code for drug in data.drugs.values() for code in drug.advice}
    codes |= {code for regimen in data.regimens.values() for code in regimen.advice}
    for scheme in data.radiotherapy.values():
        codes |= {*scheme.advice, *(code for rule in scheme.regions for code in rule.advice)}
    outcomes = [row.outcome for drug in data.drugs.values() for rule in drug.adjust for row in rule.rows]
    codes |= {outcome.finding for outcome in outcomes if outcome.finding}
    codes |= set(get_args(Action)) - {"give"}
    codes |= {rule.finding for drug in data.drugs.values() for rule in (*drug.cautions, *drug.not_with)}
    assert missing(language, {f"finding.{code.replace('_', '-')}" for code in codes}) == []


@EVERY_LANGUAGE
def test_what_the_data_say_about_facts_and_other_drugs_names_no_value_but_the_drug(language: Language) -> None:
    texts = load_texts(language)
    codes = {rule.finding for drug in library().drugs.values() for rule in (*drug.cautions, *drug.not_with)}
    assert {name for code in codes for name in places(texts, f"finding.{code}")} <= ALWAYS


@EVERY_LANGUAGE
def test_every_rule_and_step_has_a_name(language: Language) -> None:
    rules = {rule.id for drug in library().drugs.values() for rule in drug.adjust}
    assert missing(language, {f"rule.{rule}" for rule in rules | step_rules()}) == []
    assert missing(language, {f"step.{rule}" for rule in rules | step_rules()}) == []


@EVERY_LANGUAGE
def test_every_check_is_named_for_staff_and_for_patients(language: Language) -> None:
    data = library()
    kinds = {check.kind for drug in data.drugs.values() for check in drug.checks}
    kinds |= {check.kind for regimen in data.regimens.values() for check in regimen.checks}
    assert missing(language, {f"check.{kind}" for kind in kinds} | {f"patient.check.{kind}" for kind in kinds}) == []


@EVERY_LANGUAGE
def test_every_form_route_and_region_has_a_name(language: Language) -> None:
    data = library()
    keys = {f"form.{form.form}" for drug in data.drugs.values() for form in drug.forms}
    keys |= {f"route.{route}" for drug in data.drugs.values() for route in drug.routes}
    keys |= {f"region.{rule.region}" for scheme in data.radiotherapy.values() for rule in scheme.regions}
    assert missing(language, keys) == []


@EVERY_LANGUAGE
def test_every_kind_and_scope_of_an_event_has_a_word(language: Language) -> None:
    keys = {f"event.{kind}" for kind in get_args(EventKind)} | {f"scope.{scope}" for scope in get_args(Scope)}
    assert missing(language, keys) == []


@EVERY_LANGUAGE
def test_every_decision_and_every_option_in_words_has_a_sentence(language: Language) -> None:
    decisions = library().decisions.values()
    keys = {f"decision.{decision.key}" for decision in decisions}
    options = {option for decision in decisions for option in (*decision.options, decision.preselected) if option}
    keys |= {f"option.{option}" for option in options if not option.replace(".", "").isdigit()}
    assert missing(language, keys) == []


@EVERY_LANGUAGE
def test_every_measured_value_has_a_name(language: Language) -> None:
    data = library()
    kinds = {hold.of for drug in data.drugs.values() for hold in drug.holds if isinstance(hold, ThresholdGate)}
    kinds |= {
        "weight",
        "height",
        "creatinine",
        "calcium",
        "calcium_ionised",
        "albumin",
        "neutrophils",
        "platelets",
        "haemoglobin",
    }
    kinds |= {field.kind for field in data.fields.values() if field.fresh_days is not None}
    assert missing(language, {f"fact.{kind}" for kind in kinds}) == []


@EVERY_LANGUAGE
def test_every_code_of_the_plan_has_a_word(language: Language) -> None:
    keys = {f"severity.{severity}" for severity in SEVERITIES} | {f"grade.{grade}" for grade in get_args(Grade)}
    keys |= {f"status.{status}" for status in get_args(AdministrationStatus)} | {f"place.{unit}" for unit in UNITS}
    keys |= {f"reason.{reason}" for reason in get_args(Reason)} | {f"holiday.{code}" for code in HOLIDAY_CODES}
    assert missing(language, keys) == []
