"""The library that is shipped: what it holds, that its tables are total, and that a planted slip is seen."""

from __future__ import annotations

import re
import shutil
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.dose_rules import Band, BandRow, Outcome
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.grading import graded_records
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library, load_site
from mbc_desktop.regimen.regimen import drugs_of

CASES = Path(__file__).parent.parent / "cases" / "library"
PLANTED = tomllib.loads((CASES / "planted.toml").read_text(encoding="utf-8"))["case"]
PACKAGE = Path(__file__).parent.parent.parent / "mbc_desktop"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_schedules())


# ---- what it holds

SINGLE = {
    "fulvestrant", "tamoxifen", "letrozole", "anastrozole", "exemestane", "goserelin", "triptorelin", "leuprorelin",
    "zoledronic-acid", "ibandronic-acid-iv", "ibandronic-acid-oral", "denosumab", "clodronate", "pamidronate",
}  # fmt: skip
COMBINED = {
    f"{partner}-{backbone}"
    for partner in ("palbociclib", "ribociclib", "abemaciclib")
    for backbone in ("fulvestrant", "letrozole", "anastrozole", "exemestane")
}


def test_every_regimen_of_the_foundation_is_there(library: Library) -> None:
    assert set(library.regimens) >= SINGLE | COMBINED | {"docetaxel-trastuzumab-pertuzumab", "paclitaxel-pembrolizumab"}


def test_every_course_of_the_guideline_is_there(library: Library) -> None:
    """Chapter 3 (bone, stereotactic, brain, lung) and the five fractions to the ovaries of chapter 2; the rest is free."""
    courses = {"1x8", "5x4", "8x4", "10x3", "13x3", "5x7", "3x10", "3x9", "5x6", "4x12", "8x7.5", "10x6", "5x3", "free"}
    assert set(library.radiotherapy) == courses


@pytest.mark.parametrize(
    ("id", "total"), [("1x8", 8), ("5x4", 20), ("8x4", 32), ("10x3", 30), ("13x3", 39), ("8x7.5", 60), ("10x6", 60), ("5x3", 15)]
)
def test_fractions_and_dose_give_the_total_of_the_guideline(id: str, total: int, library: Library) -> None:
    scheme = library.radiotherapy[id]
    assert scheme.fractions is not None
    assert scheme.dose_gy is not None
    assert scheme.fractions * scheme.dose_gy == total


def test_every_open_question_of_the_guideline_is_asked(library: Library) -> None:
    asked = {decision.id for decision in library.decisions.values()}
    last = {"A": 30, "E": 10, "S": 7, "L": 8}
    assert asked == {f"{letter}{number}" for letter, end in last.items() for number in range(1, end + 1)}


@pytest.mark.parametrize(
    "key",
    [
        "her2_paclitaxel_doses", "doxorubicin_dose", "docetaxel_dose", "vinorelbine_form", "intrathecal", "mpa_daily_dose",
        "bone_severe_renal",
    ],
)  # fmt: skip
def test_a_question_without_a_suggested_answer_has_none(key: str, library: Library) -> None:
    decision = library.decisions[key]
    assert (decision.state, decision.preselected) == ("needs_choice", "")


def test_tc_weekly_is_locked(library: Library) -> None:
    assert library.decisions["tc_weekly"].state == "locked"
    assert not library.decisions["tc_weekly"].course_may_choose


def test_a_preselected_answer_is_the_first_that_is_named(library: Library) -> None:
    for decision in library.decisions.values():
        if decision.state == "preselected" and decision.options:
            assert decision.preselected == decision.options[0], decision.key


def test_two_clocks_for_every_combination(library: Library) -> None:
    for id in COMBINED | {"paclitaxel-pembrolizumab"}:
        assert len(library.regimens[id].parts) == 2, id


def test_the_name_of_a_combination_is_partner_and_backbone(library: Library) -> None:
    for id in COMBINED:
        assert "-".join(drugs_of(library.regimens[id])) == id


# ---- names, words and sources


def test_every_drug_has_its_name_in_four_languages_as_each_writes_it(library: Library) -> None:
    for drug in library.drugs.values():
        for name in (drug.inn.nl, drug.inn.fr, drug.inn.en):
            assert name
            assert name == name.lower()
        # In German a medicine is a noun; only the words that describe it are small.
        assert any(word[0].isupper() for word in drug.inn.de.split())
        assert drug.inn.de[0].isupper() or drug.inn.de.split()[0] in ("nicht", "pegyliertes")


@pytest.mark.parametrize(
    ("word", "drug"),
    [
        ("Taxotère", "docetaxel"), ("Zolendronaat", "zoledronic-acid"), ("Zometa", "zoledronic-acid"),
        ("Faslodex", "fulvestrant"),
        ("Femara", "letrozole"), ("Arimidex", "anastrozole"), ("Aromasin", "exemestane"), ("Herceptin", "trastuzumab"),
        ("Xgeva", "denosumab"), ("Ibrance", "palbociclib"), ("Kisqali", "ribociclib"), ("Verzenios", "abemaciclib"),
        ("Zoladex", "goserelin"), ("Decapeptyl", "triptorelin"), ("Taxol", "paclitaxel"), ("Keytruda", "pembrolizumab"),
        ("ibandronaat", "ibandronic-acid-oral"), ("Bonefos", "clodronate"), ("Aredia", "pamidronate"),
    ],
)  # fmt: skip
def test_a_word_of_the_guideline_or_a_brand_finds_its_drug(word: str, drug: str, library: Library) -> None:
    words = {text.lower() for text in (*library.drugs[drug].brands, *library.drugs[drug].search)}
    assert word.lower() in words


def test_every_source_is_used_and_none_that_the_program_names_is_missing(library: Library) -> None:
    items = [
        *library.drugs.values(), *library.regimens.values(), *library.radiotherapy.values(), *library.decisions.values(),
        *library.fields.values(), library.guideline, library.support, *library.combinations,
        *library.procedure_holds,
    ]  # fmt: skip
    used = {record.source for item in items for _, record in graded_records(item)}
    used |= {scheme.spacing_source for scheme in library.radiotherapy.values() if scheme.spacing_source}
    used |= {item.source for advice in library.instructions.values() for item in advice}
    for path in (find_schedules() / "dose_tables").glob("*.toml"):
        used.add(tomllib.loads(path.read_text(encoding="utf-8"))["source"])
    named = {f"bsa_{formula}" for formula in library.decisions["bsa_formula"].options}
    for path in PACKAGE.rglob("*.py"):
        named |= set(re.findall(r'\bsource="([a-z0-9_]+)"', path.read_text(encoding="utf-8")))
    assert named | used <= set(library.sources)
    # What a prescriber typed has its own source id in a step of the dose.
    assert set(library.sources) - used - named <= {"prescriber"}


def test_nothing_is_reviewed_until_a_person_reviews_it(library: Library) -> None:
    for item in (*library.drugs.values(), *library.regimens.values(), *library.radiotherapy.values()):
        assert item.status == "draft"


def test_the_windows_are_proposals(library: Library) -> None:
    for drug in library.drugs.values():
        assert {timing.grade for timing in drug.timing} <= {"proposal"}, drug.id


def test_what_no_text_confirms_says_so(library: Library) -> None:
    """The marks U of the references that stand in the path of a dose."""
    found = {
        (id, place)
        for id, drug in library.drugs.items()
        for place, record in graded_records(drug)
        if record.grade == "unconfirmed"
    }
    assert {("ribociclib", "adjust[0]"), ("ibandronic-acid-iv", "adjust[0]"), ("leuprorelin", "forms[0]")} <= found


# ---- tables

# Worked by hand from the labels: each value with the row it falls in. The labels leave 49 to 50 and 39 to 40 open; the lower
# dose is the safe one. `None` = no dose.
ZOLEDRONIC = [
    ("250", "4"), ("61", "4"), ("60.1", "4"), ("60.0", "3.5"), ("59.9", "3.5"), ("50.0", "3.5"), ("49.9", "3.3"), ("49.5", "3.3"),
    ("40.0", "3.3"), ("39.9", "3"), ("30.0", "3"), ("29.9", None), ("0", None),
]  # fmt: skip
IBANDRONATE_IV = [("250", "6"), ("50.0", "6"), ("49.9", "4"), ("30.0", "4"), ("29.9", "2"), ("0", "2")]
CLODRONATE = [("250", "1600"), ("50", "1600"), ("49.9", "1200"), ("30", "1200"), ("29.9", "800"), ("10", "800"), ("9.9", None)]


def row_of(band: Band, value: Decimal) -> BandRow:
    """The one row for a value, found without trusting the order of the rows."""
    rows: list[BandRow] = []
    ceiling: Decimal | None = None
    open_above = False
    for row in band.rows:
        edge = row.above if row.above is not None else row.at_least
        assert edge is not None
        from_below = value > edge if row.above is not None else value >= edge
        to_above = ceiling is None or (value <= ceiling if open_above else value < ceiling)
        if from_below and to_above:
            rows.append(row)
        ceiling, open_above = edge, row.above is not None
    assert len(rows) == 1, (band.id, value)
    return rows[0]


def renal(drug: Drug, id: str = "renal") -> Band:
    return next(rule for rule in drug.adjust if isinstance(rule, Band) and rule.id == id)


def outcome(library: Library, drug: str, clearance: str) -> Outcome:
    return row_of(renal(library.drugs[drug]), Decimal(clearance)).outcome


@pytest.mark.parametrize(
    ("drug", "clearance", "dose"),
    [
        *(("zoledronic-acid", *case) for case in ZOLEDRONIC),
        *(("ibandronic-acid-iv", *case) for case in IBANDRONATE_IV),
        *(("clodronate", *case) for case in CLODRONATE),
    ],
)
def test_clearance_gives_the_dose_of_the_label(drug: str, clearance: str, dose: str | None, library: Library) -> None:
    found = outcome(library, drug, clearance)
    assert found.dose == (None if dose is None else Decimal(dose))
    assert (found.action == "give") == (dose is not None)


@pytest.mark.parametrize(("clearance", "every"), [("250", None), ("50", None), ("49.9", 2), ("30", 2), ("29.9", 7), ("0", 7)])
def test_ibandronate_tablets_come_less_often_as_the_kidneys_fail(clearance: str, every: int | None, library: Library) -> None:
    assert outcome(library, "ibandronic-acid-oral", clearance).every_days == every


@pytest.mark.parametrize(("clearance", "volume", "minutes"), [("50", "100", 15), ("49.9", "500", 60), ("29.9", "500", 60)])
def test_ibandronate_infusion_grows_and_slows(clearance: str, volume: str, minutes: int, library: Library) -> None:
    found = outcome(library, "ibandronic-acid-iv", clearance)
    assert (found.infusion_ml, found.minutes) == (Decimal(volume), minutes)


def test_pamidronate_runs_slower_in_renal_impairment_and_stops_below_30(library: Library) -> None:
    """At most 20 mg an hour: 90 mg / 20 mg per hour = 4.5 h = 270 min."""
    band = renal(library.drugs["pamidronate"], "infusion-time")
    assert row_of(band, Decimal("60.1")).outcome.minutes is None
    assert row_of(band, Decimal("60")).outcome.minutes == 270
    assert outcome(library, "pamidronate", "30").action == "give"
    assert outcome(library, "pamidronate", "29.9").action == "not_recommended"


@pytest.mark.parametrize(
    ("drug", "lowest_given", "action"),
    [
        ("palbociclib", "15.1", "no_figure"),
        ("ribociclib", "30", "prescriber_decides"),
        ("abemaciclib", "30", "no_figure"),
        ("letrozole", "10", "no_figure"),
    ],
)
def test_below_the_last_figure_nothing_is_computed(drug: str, lowest_given: str, action: str, library: Library) -> None:
    assert outcome(library, drug, lowest_given).action == "give"
    assert outcome(library, drug, str(Decimal(lowest_given) - Decimal("0.1"))).action == action
    assert renal(library.drugs[drug]).optional


def test_every_table_has_one_row_for_every_clearance_from_0_to_300(library: Library) -> None:
    for drug in library.drugs.values():
        for rule in drug.adjust:
            if isinstance(rule, Band):
                for tenths in range(3001):
                    row_of(rule, Decimal(tenths) / 10)


def test_no_dose_rises_as_clearance_falls(library: Library) -> None:
    for drug in library.drugs.values():
        for rule in drug.adjust:
            if isinstance(rule, Band):
                doses = [row.outcome.dose for row in rule.rows if row.outcome.dose is not None]
                assert doses == sorted(doses, reverse=True)


@pytest.mark.parametrize(
    ("drug", "levels"),
    [("palbociclib", "125 100 75"), ("ribociclib", "600 400 200"), ("abemaciclib", "150 100 50"), ("docetaxel", "100 75 60")],
)
def test_dose_levels_are_those_of_the_label(drug: str, levels: str, library: Library) -> None:
    found = library.drugs[drug].levels
    assert found is not None
    assert list(found.amounts) == [Decimal(level) for level in levels.split()]


def test_lhrh_depots_are_at_most_28_days_apart(library: Library) -> None:
    for id in ("goserelin", "triptorelin", "leuprorelin"):
        general = next(timing for timing in library.drugs[id].timing if timing.phase == "")
        assert (general.shift, general.anchor, general.maximum_days) == ("earlier", "actual", 28)


def test_only_bisphosphonates_into_a_vein_are_offered_longer_intervals(library: Library) -> None:
    into_a_vein = {id for id, drug in library.drugs.items() if "iv_bisphosphonate" in drug.classes}
    assert into_a_vein == {"zoledronic-acid", "ibandronic-acid-iv", "pamidronate"}


def test_denosumab_has_no_loading_doses(library: Library) -> None:
    (part,) = library.regimens["denosumab"].parts
    assert [order.days for phase in part.phases for order in phase.orders] == [(1,)]


def test_dexamethasone_starts_the_day_before_docetaxel(library: Library) -> None:
    orders = library.regimens["docetaxel-trastuzumab-pertuzumab"].parts[0].phases[0].orders
    take = next(order.take for order in orders if order.drug == "dexamethasone")
    assert take is not None
    assert (take.first, take.last, take.times) == (0, 2, 2)


# ---- the example hospital, and planted slips


def test_the_example_hospital_can_be_read() -> None:
    site = load_site(find_schedules() / "site.toml")
    assert site.name == "Voorbeeldziekenhuis"
    assert [answer.key for answer in site.answers] == ["maintenance_interval", "rounding"]


@pytest.mark.parametrize("case", PLANTED, ids=[f"{case['file']}: {case['new'][:40]}" for case in PLANTED])
def test_a_planted_slip_is_seen(case: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "schedules"
    shutil.copytree(find_schedules(), folder)
    path = folder / case["file"]
    text = path.read_text(encoding="utf-8")
    assert case["old"] in text, "the case no longer fits the file"
    path.write_text(text.replace(case["old"], case["new"], 1), encoding="utf-8")
    with pytest.raises(LibraryError):
        load_library(folder)
