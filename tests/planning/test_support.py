"""What goes beside the treatment, on real dates: worked by hand from the days of the visits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.comparison.plan_difference import plan_difference
from mbc_desktop.planning.comparison.support_difference import support_changes
from mbc_desktop.planning.plan import Plan, SupportItem
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import Site
from mbc_desktop.regimen.support import GivenDose, emetic_risk
from mbc_desktop.texts import load_texts
from mbc_desktop.texts.phrases import texts_for
from mbc_desktop.texts.support_words import support_line
from tests.planning.treatments import course, event, every_day_open, library, plan_of, treatment


def items(plan: Plan, measure: str) -> list[SupportItem]:
    return [item for item in plan.support if item.measure == measure]


def days(plan: Plan, measure: str) -> list[str]:
    return [f"{item.first}/{'' if item.open else item.last}" for item in items(plan, measure)]


def planned(regimen: str, *events: dict[str, object], days: int = 60, site: Site | None = None, **more: object) -> Plan:
    file = treatment(course(regimen, **more), days=days, extra_open_days=every_day_open("2026-03-02", days), events=list(events))
    return plan_of(file, site or Site())


def test_high_emetic_risk_is_covered_on_days_1_to_4_of_each_cycle() -> None:
    """EC75: epirubicin with cyclophosphamide is high. 2 March and 23 March, each with the three days after it."""
    plan = planned("epirubicin-cyclophosphamide", days=40)
    assert days(plan, "antiemetics_high") == ["2026-03-02/2026-03-05", "2026-03-23/2026-03-26"]
    assert days(plan, "antiemetics_moderate") == []
    parts = [part.what for part in items(plan, "antiemetics_high")[0].parts]
    assert parts == ["nk1_antagonist", "setron", "dexamethasone", "olanzapine"]
    assert {part.amount for part in items(plan, "antiemetics_high")[0].parts} == {None}


def test_the_hospitals_own_words_stand_beside_the_classes() -> None:
    answer = Answer(key="antiemetics_high", value="Schema A van het Voorbeeldziekenhuis", by="NV", on="2026-03-01")
    plan = planned("epirubicin-cyclophosphamide", days=10, site=Site(answers=(answer,)))
    assert items(plan, "antiemetics_high")[0].own_words == "Schema A van het Voorbeeldziekenhuis"
    assert items(planned("epirubicin-cyclophosphamide", days=10), "antiemetics_high")[0].own_words == ""


@pytest.mark.parametrize(
    ("given", "risk"),
    [
        ([("doxorubicin", "60")], "high"), ([("doxorubicin", "59.9")], "moderate"), ([("doxorubicin", "20")], "moderate"),
        ([("doxorubicin", "")], "high"), ([("epirubicin", "75")], "moderate"),
        ([("epirubicin", "75"), ("cyclophosphamide", "600")], "high"), ([("cyclophosphamide", "600")], "moderate"),
        ([("paclitaxel", "80"), ("bevacizumab", "10")], "low"),
        ([("bevacizumab", "10")], "minimal"), ([("goserelin", "3.6")], None),
    ],
)  # fmt: skip
def test_the_risk_of_a_day_is_its_highest(given: list[tuple[str, str]], risk: str | None) -> None:
    support = library().support
    assert support is not None
    doses = [GivenDose(drug=drug, per_unit=((("mg/m2", Decimal(amount)),) if amount else ())) for drug, amount in given]
    assert emetic_risk(support, doses) == risk


@pytest.mark.parametrize(("auc", "risk"), [("2", "moderate"), ("3.9", "moderate"), ("4", "high"), ("5", "high")])
def test_carboplatin_is_high_from_auc_4(auc: str, risk: str) -> None:
    support = library().support
    assert support is not None
    assert emetic_risk(support, [GivenDose(drug="carboplatin", per_unit=(("mg/mL.min", Decimal(auc)),))]) == risk


def test_weekly_doxorubicin_is_moderate_and_three_weekly_high() -> None:
    weekly = planned("doxorubicin-weekly", days=8)
    assert days(weekly, "antiemetics_moderate") == ["2026-03-02/2026-03-04", "2026-03-09/2026-03-10"]
    three = planned("doxorubicin-three-weekly", days=8, choices={"doxorubicin_dose": "60"})
    assert days(three, "antiemetics_high") == ["2026-03-02/2026-03-05"]


def test_paclitaxel_has_its_premedication_at_each_visit_and_an_omitted_dose_has_none() -> None:
    """Days 1, 8 and 15 of 28; the second is omitted."""
    left_out = event("omit", "2026-03-02", drug="paclitaxel", number=2, scope="this", reason="patient")
    plan = planned("paclitaxel-weekly", left_out, days=20)
    assert days(plan, "paclitaxel_premedication") == ["2026-03-02/2026-03-02", "2026-03-16/2026-03-16"]
    first = items(plan, "paclitaxel_premedication")[0]
    assert (first.place, first.before_minutes) == ("day_hospital", (30, 60))
    assert [(part.what, part.amount) for part in first.parts] == [
        ("dexamethasone", Decimal(8)), ("h1_antagonist", None), ("h2_antagonist", None),
    ]  # fmt: skip


def test_a_delay_takes_the_support_along() -> None:
    late = event("delay", "2026-03-02", drug="epirubicin", number=2, days=7, scope="rest_of_treatment", reason="toxicity")
    plan = planned("epirubicin-cyclophosphamide", late, days=40)
    assert days(plan, "antiemetics_high") == ["2026-03-02/2026-03-05", "2026-03-30/2026-04-02"]


def test_supplements_go_on_while_the_bone_agent_does() -> None:
    plan = planned("zoledronic-acid")
    assert days(plan, "supplements_zoledronic") == ["2026-03-02/"]
    parts = [(part.what, part.amount, part.unit, part.times) for part in items(plan, "supplements_zoledronic")[0].parts]
    assert parts == [("calcium", Decimal(500), "mg", 1), ("vitamin_d", Decimal(400), "IU", 1)]
    ended = event("cease", "2026-03-02", **{"from": "2026-04-01"}, reason="prescriber")
    assert days(planned("denosumab", ended), "supplements_denosumab") == ["2026-03-02/2026-03-31"]
    assert days(planned("denosumab", until="2026-04-15"), "supplements_denosumab") == ["2026-03-02/2026-04-15"]


def test_the_mouth_rinse_ends_after_eight_weeks_and_is_not_begun_again_in_a_treatment_taken_over() -> None:
    """2 March and 55 days: 26 April, the 56th day."""
    assert days(planned("everolimus-exemestane", days=90), "dexamethasone_mouth_rinse") == ["2026-03-02/2026-04-26"]
    taken_over = planned("everolimus-exemestane", days=90, last_given="2026-03-01")
    assert days(taken_over, "dexamethasone_mouth_rinse") == []


def test_loperamide_is_in_the_house_and_taken_when_needed() -> None:
    plan = planned("abemaciclib-letrozole")
    (loperamide,) = items(plan, "loperamide_abemaciclib")
    assert (loperamide.as_needed, loperamide.open, loperamide.drug) == (True, True, "abemaciclib")


def test_g_csf_only_by_choice_and_the_day_after_the_cycle() -> None:
    """Docetaxel on 2, 23 March and 13 April: the day after each; 20 days lie between it and the next."""
    dose = {"docetaxel_dose": "75"}
    assert days(planned("docetaxel", days=45, choices=dose), "g_csf") == []
    chosen = dose | {"g_csf": "pegfilgrastim the day after each cycle"}
    plan = planned("docetaxel", days=45, choices=chosen)
    assert days(plan, "g_csf") == ["2026-03-03/2026-03-03", "2026-03-24/2026-03-24", "2026-04-14/2026-04-14"]


def test_g_csf_never_within_14_days_before_the_next_chemotherapy() -> None:
    """Every week: 6 days lie between the day after and the next one, also where the next one lies beyond the plan (a plan to 1
    April, the last dose on 30 March). After the last of five, on 30 March, nothing follows."""
    chosen = {"g_csf": "pegfilgrastim the day after each cycle"}
    assert days(planned("doxorubicin-weekly", days=30, choices=chosen), "g_csf") == []
    assert days(planned("doxorubicin-weekly", days=3, choices=chosen), "g_csf") == []
    assert days(planned("doxorubicin-weekly", days=60, cycles=5, choices=chosen), "g_csf") == ["2026-03-31/2026-03-31"]


def test_support_belongs_to_the_fingerprint_and_to_the_plans_data() -> None:
    answer = Answer(key="antiemetics_high", value="Schema A", by="NV", on="2026-03-01")
    without = planned("epirubicin-cyclophosphamide", days=10)
    named = planned("epirubicin-cyclophosphamide", days=10, site=Site(answers=(answer,)))
    assert without.fingerprint != named.fingerprint
    data = plan_json(named)["support"]
    assert isinstance(data, list)
    assert data[0]["own_words"] == "Schema A"


def test_what_changed_beside_the_treatment_is_told() -> None:
    """A later start of the second cycle moves its measure; the hospital's own scheme changes the first."""
    late = event("delay", "2026-03-02", drug="epirubicin", number=2, days=7, scope="rest_of_treatment", reason="toxicity")
    answer = Answer(key="antiemetics_high", value="Schema A", by="NV", on="2026-03-01")
    older = planned("epirubicin-cyclophosphamide", days=40)
    newer = planned("epirubicin-cyclophosphamide", late, days=40, site=Site(answers=(answer,)))
    found = [(item.kind, item.on.isoformat()) for item in plan_difference(older, newer) if item.subject == "support"]
    assert found == [("support_changed", "2026-03-02"), ("support_moved", "2026-03-30"), ("support_changed", "2026-03-30")]


@pytest.mark.parametrize(
    ("regimen", "measure", "line"),
    [
        ("zoledronic-acid", "supplements_zoledronic",
         "Supplements, unless calcium is too high: calcium 500\u00a0mg, once a day and vitamin D 400\u00a0units, once a day"),
        ("paclitaxel-weekly", "paclitaxel_premedication",
         "Premedication: dexamethasone 8\u00a0mg, an H1 antagonist and an H2 antagonist, 30 to 60 minutes before paclitaxel."
         " Dose: by the hospital's own scheme"),
        ("abemaciclib-letrozole", "loperamide_abemaciclib",
         "Against diarrhoea, at the first loose stool: loperamide, when needed. Dose: by the hospital's own scheme"),
        ("everolimus-exemestane", "dexamethasone_mouth_rinse",
         "Mouth rinse without alcohol: dexamethasone 0.5\u00a0mg per\u00a05\u00a0mL, 4 times a day"),
    ],
)  # fmt: skip
def test_a_measure_in_words(regimen: str, measure: str, line: str) -> None:
    texts = texts_for(library(), load_texts("en"))
    assert support_line(items(planned(regimen), measure)[0], texts) == line


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_measure_and_part_has_words_in_every_language(language: Language) -> None:
    support = library().support
    assert support is not None
    texts = load_texts(language)
    for measure in support.measures:
        assert texts.has(f"support.purpose.{measure.id}"), measure.id
        for part in measure.parts:
            assert texts.has(f"support.what.{part.what}"), part.what


def test_what_falls_away_beside_an_omitted_dose_falls_away_on_its_own_day() -> None:
    """Weekly paclitaxel from Monday 2 March, 3 of 4 weeks: the second dose is that of 9 March; no other day changes."""
    before = treatment(course("paclitaxel-weekly"), days=60)
    omit = event("omit", "2026-03-02", drug="paclitaxel", number=2, scope="this")
    after = treatment(course("paclitaxel-weekly"), days=60, events=[omit])
    changes = tuple(support_changes(plan_of(before).support, plan_of(after).support))
    assert {(item.kind, item.on.isoformat()) for item in changes if item.on.isoformat() < "2026-04-25"} == {
        ("removed", "2026-03-09")
    }
