"""What holds for every plan, whatever the patient, the courses, the closed days and the events."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.files.treatment_text import write_treatment
from mbc_desktop.planning.plan import Administration, Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.regimen.dose_rules import Timing
from tests.planning import treatments as file_of
from tests.planning.some_treatments import DRUG_OF, TABLETS, open_every_day, shifted, treatments
from tests.planning.treatments import TODAY, File, course, event, irradiation, library, plan_of, request_of, treatment

Line = tuple[object, ...]
SPACED = {id for id, scheme in library().radiotherapy.items() if scheme.pattern == "spaced"}


def lines(plan: Plan, days: int = 0) -> list[Line]:
    """Everything that has a day, with its dose; the days a number of days earlier."""
    back = timedelta(days=days)

    def at(day: date | None) -> str:
        return (day - back).isoformat() if day else ""

    return sorted(
        [
            *(
                ("give", item.id, at(item.nominal), at(item.due), at(item.date), item.status, file_of.amount(item) or "")
                for item in plan.administrations
            ),
            *(
                ("take", item.course, item.drug, at(item.first), at(item.last), item.status, file_of.amount(item) or "")
                for item in plan.intakes
            ),
            *(("beam", item.id, at(item.date), item.status) for item in plan.fractions),
            *(("check", item.course, item.kind, at(item.nominal), at(item.date)) for item in plan.checks),
        ]
    )


@given(file=treatments(), days=some.integers(min_value=1, max_value=40))
def test_a_later_start_is_the_same_plan_later_when_nothing_closes(file: File, days: int) -> None:
    # The cap of fractions in a week counts ISO weeks: such a course keeps its shape only over whole weeks.
    if any(course.get("radiotherapy") in SPACED for course in file["courses"]):
        days = -(-days // 7) * 7
    if any("radiotherapy" in line and library().radiotherapy[line["radiotherapy"]].per_week for line in file["courses"]):
        # So many fractions a week: a week begins on Monday, whatever the day of the start.
        days *= 7
    always_open = open_every_day(file, 900)
    moved = shifted(file, days) | {"closures": [], "extra_open_days": always_open["extra_open_days"]}
    assert lines(plan_of(always_open)) == lines(plan_of(moved), days)


@given(file=treatments(), seed=some.randoms(use_true_random=False))
def test_the_order_of_courses_and_measurements_does_not_matter(file: File, seed: object) -> None:
    mixed = {**file, "courses": list(file["courses"]), "measurements": list(file["measurements"])}
    seed.shuffle(mixed["courses"])  # type: ignore[attr-defined]
    seed.shuffle(mixed["measurements"])  # type: ignore[attr-defined]
    one, other = plan_of(file), plan_of(mixed)
    assert one.fingerprint == other.fingerprint
    assert (lines(one), one.findings, one.notes, one.visits, one.choices) == (
        lines(other),
        other.findings,
        other.notes,
        other.visits,
        other.choices,
    )


@given(file=treatments(days=330), shorter=some.integers(min_value=60, max_value=329))
def test_a_shorter_horizon_gives_the_first_part_of_the_same_plan(file: File, shorter: int) -> None:
    horizon = date.fromisoformat(TODAY) + timedelta(days=shorter)
    long, short = plan_of(file), plan_of(file | {"horizon": horizon.isoformat()})
    # Premedication of the evening before comes with its visit, also when that evening is the last day of the shorter plan.
    everything = {item.id: (item.due, item.date, item.status) for item in long.administrations if item.role == "treatment"}
    first_part = {item.id: (item.due, item.date, item.status) for item in short.administrations if item.role == "treatment"}
    assert first_part == {id: line for id, line in everything.items() if line[0] <= horizon or line[2] == "given"}
    periods = {item.id: item for item in long.intakes if item.first <= horizon and item.role == "treatment"}
    assert {item.id for item in short.intakes if item.role == "treatment"} == set(periods)
    for item in short.intakes:
        if item.role != "treatment":
            continue
        assert item.last == (min(periods[item.id].last, horizon) if periods[item.id].open else periods[item.id].last)
    assert short.fractions == long.fractions


@given(file=treatments())
def test_writing_and_reading_gives_the_same_request(file: File) -> None:
    request = request_of(file)
    text = write_treatment(request, with_today=True)
    assert read_treatment(text, today=date(2026, 1, 1), library=library()) == request
    assert write_treatment(request_of(json.loads(text)), with_today=True) == text


@given(file=treatments())
def test_the_same_request_gives_the_same_plan(file: File) -> None:
    assert plan_of(file) == plan_of(file)


def timing_of(item: Administration) -> Timing:
    """The timing rule by which an administration moves."""
    regimen = library().regimens[item.regimen]
    part = next(part for part in regimen.parts if part.id == item.part)
    rules = library().drugs[dict(part.timing_by_phase).get(item.phase, part.timing_of)].timing
    return next((rule for rule in rules if rule.phase == item.phase), next(rule for rule in rules if rule.phase == ""))


@given(file=treatments())
def test_every_real_interval_keeps_its_minimum_or_a_finding_says_so(file: File) -> None:
    plan = plan_of(file)
    said = {(item.course, item.drug, dict(item.values)["number"]) for item in plan.findings if item.code == "interval-short"}
    for course_id, drug in {(item.course, item.drug) for item in plan.administrations if item.role == "treatment"}:
        coming = [item for item in file_of.given(plan, drug, course_id) if item.date and item.status not in NOT_COMING]
        for before, after in pairwise(coming):
            assert before.date
            assert after.date
            short = (after.date - before.date).days < timing_of(after).minimum_days
            assert short == ((course_id, drug, str(after.number)) in said)


@given(file=treatments())
def test_a_planned_day_is_open_inside_its_window_and_not_before_the_start(file: File) -> None:
    plan = plan_of(file)
    starts = {item["id"]: date.fromisoformat(item["start"]) for item in file["courses"]}
    moved = {(item["course"], item.get("drug")) for item in file["events"] if item["kind"] == "move"}
    shut = {item.date for item in plan.closed_days if item.unit == "day_hospital"}
    for item in plan.administrations:
        if item.date is None or (item.course, item.drug) in moved or item.role != "treatment":
            continue
        assert item.date not in shut
        assert item.date.weekday() < 5
        assert item.date >= starts[item.course]
        if item.number > 1:
            assert item.window[0] <= item.date <= item.window[1]


@given(file=treatments(with_events=False), number=some.integers(min_value=1, max_value=6))
def test_omitting_one_changes_nothing_else(file: File, number: int) -> None:
    lined = next((line for line in file["courses"] if line.get("regimen") in DRUG_OF), None)
    assume(lined is not None)
    assert lined is not None
    drug = DRUG_OF[lined["regimen"]]
    before = plan_of(file)
    assume(number <= len(file_of.given(before, drug, lined["id"])))
    after = plan_of(file | {"events": [event("omit", TODAY, course=lined["id"], drug=drug, number=number)]})
    target = f"{lined['id']}/{drug}/{number}"
    # The tablets that prepare a dose are left out with it, and nothing else.
    prepares = [line for line in lines(before) if line[:3] == ("take", lined["id"], "dexamethasone")]
    left_out = [line for line in prepares if line not in lines(after)]
    assert len(left_out) <= 1
    kept = [line for line in lines(before) if line[1] != target and line not in left_out]
    assert kept == [line for line in lines(after) if line[1] != target]
    omitted = next(item for item in after.administrations if item.id == target)
    assert (omitted.status, omitted.dose) == ("omitted", None)


@given(
    regimen=some.sampled_from(sorted(DRUG_OF) + sorted(TABLETS)),
    number=some.integers(min_value=1, max_value=4),
    first=some.integers(min_value=1, max_value=20),
    second=some.integers(min_value=1, max_value=20),
    scope=some.sampled_from(("rest_of_cycle", "rest_of_treatment")),
)
def test_two_delays_are_one_delay_of_their_sum(regimen: str, number: int, first: int, second: int, scope: str) -> None:
    drug = DRUG_OF.get(regimen) or TABLETS[regimen]
    target = {"drug": drug, "number": number, "scope": scope}
    apart = [event("delay", TODAY, "e1", days=first, **target), event("delay", TODAY, "e2", days=second, **target)]
    together = [event("delay", TODAY, "e1", days=first + second, **target)]
    file = treatment(course(regimen), days=200)
    assert lines(plan_of(file | {"events": apart})) == lines(plan_of(file | {"events": together}))


@given(
    regimen=some.sampled_from(sorted(DRUG_OF)),
    number=some.integers(min_value=1, max_value=3),
    days=some.integers(min_value=1, max_value=21),
)
def test_a_lasting_delay_moves_all_later_ones_by_its_days_and_no_earlier_one(regimen: str, number: int, days: int) -> None:
    drug = DRUG_OF[regimen]
    file = open_every_day(treatment(course(regimen), days=250), 700)
    delayed = event("delay", TODAY, drug=drug, number=number, days=days, scope="rest_of_treatment")
    before, after = file_of.given(plan_of(file), drug), file_of.given(plan_of(file | {"events": [delayed]}), drug)
    for old, new in zip(before, after, strict=False):
        assert (new.due - old.due).days == (days if old.number >= number else 0)
        assert new.nominal == old.nominal


@given(file=treatments(), number=some.integers(min_value=1, max_value=3), late=some.integers(min_value=0, max_value=9))
def test_what_was_given_is_locked(file: File, number: int, late: int) -> None:
    lined = next((line for line in file["courses"] if line.get("regimen") in DRUG_OF), None)
    assume(lined is not None)
    assert lined is not None
    drug = DRUG_OF[lined["regimen"]]
    given_on = min(file_of.later(lined["start"], late), TODAY)
    assume(given_on >= lined["start"])
    done = event("given", TODAY, "done", lined["id"], drug=drug, number=number, given_on=given_on)
    plan = plan_of(file | {"events": [*file["events"], done]})
    locked = [item for item in file_of.given(plan, drug, lined["id"]) if item.number == number]
    assert [(item.status, item.date) for item in locked] == [("given", date.fromisoformat(given_on))]


@given(
    start=some.integers(min_value=-60, max_value=60), regimen=some.sampled_from(("palbociclib-letrozole", "ribociclib-letrozole"))
)
def test_any_28_days_of_an_undisturbed_plan_hold_exactly_21_tablet_days(start: int, regimen: str) -> None:
    drug = TABLETS[regimen]
    plan = plan_of(treatment(course(regimen, file_of.later(TODAY, start)), days=300))
    periods = file_of.taken(plan, drug)
    days = {
        period.first + timedelta(days=number) for period in periods for number in range((period.last - period.first).days + 1)
    }
    for offset in range(0, 170, 7):
        first = periods[0].first + timedelta(days=offset)
        assert sum(first + timedelta(days=number) in days for number in range(28)) == 21
    pieces = {"palbociclib": 1, "ribociclib": 3}[drug]
    assert {period.units for period in periods} == {Decimal(21 * pieces)}
    for before, after in pairwise(periods):
        assert before.rest == (before.last + timedelta(days=1), after.first - timedelta(days=1))


@given(
    scheme=some.sampled_from(("10x3", "5x4", "13x3", "1x8", "5x7", "3x9", "4x12")),
    start=some.integers(min_value=0, max_value=400),
    closed=some.lists(some.integers(min_value=0, max_value=440), max_size=15, unique=True),
)
def test_radiotherapy_is_n_fractions_on_n_different_open_days(scheme: str, start: int, closed: list[int]) -> None:
    shut = [{"from": file_of.later(TODAY, item), "until": file_of.later(TODAY, item), "unit": "radiotherapy"} for item in closed]
    plan = plan_of(treatment(irradiation(scheme, file_of.later(TODAY, start)), closures=shut))
    count, dose = scheme.split("x")
    days = [item.date for item in plan.fractions]
    assert len(days) == len(set(days)) == int(count)
    assert sum(item.dose.amount for item in plan.fractions) == int(count) * Decimal(dose)
    assert days == sorted(days)
    assert not {day.isoformat() for day in days} & {item["from"] for item in shut}
    gap = library().radiotherapy[scheme].min_gap_days
    assert all((after - before).days >= gap for before, after in pairwise(days))


@given(
    weight=some.decimals(min_value=35, max_value=120, places=1),
    creatinine=some.decimals(min_value=Decimal("0.4"), max_value=6, places=2),
    calcium=some.decimals(min_value=Decimal("2.20"), max_value=Decimal("2.50"), places=2),
    albumin=some.integers(min_value=30, max_value=50),
    regimen=some.sampled_from(("zoledronic-acid", "denosumab", "ibandronic-acid-iv", "pamidronate")),
)
def test_the_unit_of_a_value_changes_no_dose(
    weight: Decimal, creatinine: Decimal, calcium: Decimal, albumin: int, regimen: str
) -> None:
    def values(*measured: File) -> File:
        return treatment(course(regimen), measurements=[file_of.value("weight", str(weight), "kg", TODAY), *measured])

    one = values(
        file_of.value("creatinine", str(creatinine), "mg/dL", TODAY),
        file_of.value("calcium", str(calcium), "mmol/L", TODAY, low="2.00"),
        file_of.value("albumin", str(albumin), "g/L", TODAY),
    )
    other = values(
        file_of.value("creatinine", str(creatinine * Decimal("88.4")), "umol/L", TODAY),
        file_of.value("calcium", str(calcium * Decimal("4.0078")), "mg/dL", TODAY, low="8.0156"),
        file_of.value("albumin", str(Decimal(albumin) / 10), "g/dL", TODAY),
    )
    assert lines(plan_of(one)) == lines(plan_of(other))


@given(
    creatinine=some.decimals(min_value=Decimal("0.4"), max_value=8, places=2),
    worse=some.decimals(min_value=0, max_value=4, places=2),
    regimen=some.sampled_from(("zoledronic-acid", "ibandronic-acid-iv", "clodronate", "pamidronate")),
)
def test_a_dose_never_rises_when_clearance_falls(creatinine: Decimal, worse: Decimal, regimen: str) -> None:
    def dose(value: Decimal) -> Decimal:
        measured = [file_of.value("weight", "68", "kg", TODAY), file_of.value("creatinine", str(value), "mg/dL", TODAY)]
        plan = plan_of(treatment(course(regimen), measurements=measured, days=20))
        first = (*plan.administrations, *plan.intakes)[0]
        return first.dose.amount.amount if first.dose else Decimal(0)

    assert dose(creatinine + worse) <= dose(creatinine)


@given(file=treatments(), other=treatments())
def test_the_fingerprint_changes_with_any_date_or_dose_and_with_nothing_else(file: File, other: File) -> None:
    def content(plan: Plan) -> object:
        on_paper = [
            (item.course, item.drug, item.number, item.date, item.dose and item.dose.amount, item.status in NOT_COMING)
            for item in plan.administrations
        ]
        taken = [
            (item.course, item.drug, item.first, item.last, item.dose and item.dose.amount, item.status == "held", item.rest)
            for item in plan.intakes
        ]
        beams = [(item.course, item.number, item.date, item.dose) for item in plan.fractions]
        used = sorted(
            (item["id"], item.get("regimen") or item.get("radiotherapy"))
            for item in json.loads(write_treatment(plan.request))["courses"]
        )
        return on_paper, taken, beams, [(item.course, item.kind, item.date) for item in plan.checks], used

    one, two = plan_of(file), plan_of(other)
    assert (one.fingerprint == two.fingerprint) == (content(one) == content(two))


@given(file=treatments(), days=some.integers(min_value=1, max_value=5))
@settings(max_examples=20)
def test_looking_again_in_another_language_or_a_few_days_later_is_the_same_sheet(file: File, days: int) -> None:
    request = request_of(file)
    again = replace(request, language="en", today=request.today + timedelta(days=days))
    one, two = plan_treatment(request, library()), plan_treatment(again, library())
    # What falls due in the meantime may now be asked for fresh values: then there is one dose less, and another sheet.
    assume([item.dose for item in one.administrations] == [item.dose for item in two.administrations])
    assume([item.dose for item in one.intakes] == [item.dose for item in two.intakes])
    assert one.code == two.code
