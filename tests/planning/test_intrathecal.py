"""Treatment into the spinal fluid: typed in full, typed again by two persons, never a vinca alkaloid, never proposed."""

from __future__ import annotations

from typing import Any

import pytest

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_text import write_treatment
from mbc_desktop.planning.plan import Plan
from tests.planning.treatments import TODAY, codes, course, event, irradiation, plan_of, request_of, treatment

BOTH = [{"by": "NV", "on": TODAY, "dose": "12"}, {"by": "PB", "on": TODAY, "dose": "12"}]


def order(**more: Any) -> dict[str, Any]:
    made = {
        "id": "i1",
        "drug": "methotrexate",
        "dose": "12",
        "unit": "mg",
        "dates": ["2026-03-02", "2026-03-06"],
        "confirmed": BOTH,
    }
    return made | more


def planned(*others: dict[str, Any], **more: Any) -> Plan:
    return plan_of(treatment(*others, intrathecal=[order(**more)]))


def days(plan: Plan) -> list[tuple[str, str]]:
    return [(item.date.isoformat(), item.dose.text() if item.dose else "-") for item in plan.intrathecal]


def test_two_persons_who_typed_the_same_dose_release_it() -> None:
    plan = planned()
    assert days(plan) == [("2026-03-02", "12 mg"), ("2026-03-06", "12 mg")]
    assert not codes(plan, "stop", "caution")
    assert [item.confirmed_by for item in plan.intrathecal] == [("NV", "PB"), ("NV", "PB")]


@pytest.mark.parametrize(
    "confirmed",
    [
        [], BOTH[:1], [BOTH[0], BOTH[0]],
        [BOTH[0], {"by": " nv ", "on": TODAY, "dose": "12"}], [BOTH[0], {"by": "N V", "on": TODAY, "dose": "12"}],
    ],
)  # fmt: skip
def test_fewer_than_two_different_persons_leave_no_dose(confirmed: list[dict[str, str]]) -> None:
    plan = planned(confirmed=confirmed)
    assert days(plan) == [("2026-03-02", "-"), ("2026-03-06", "-")]
    assert "intrathecal-not-confirmed" in codes(plan, "stop")


@pytest.mark.parametrize("typed", ["1.2", "120", "11.9", "12.1"])
def test_a_dose_typed_differently_stops(typed: str) -> None:
    plan = planned(confirmed=[BOTH[0], {"by": "PB", "on": TODAY, "dose": typed}])
    assert "intrathecal-doses-differ" in codes(plan, "stop")
    assert {item.dose for item in plan.intrathecal} == {None}


def test_the_same_number_written_otherwise_is_the_same_dose() -> None:
    plan = planned(confirmed=[BOTH[0], {"by": "PB", "on": TODAY, "dose": "12.0"}])
    assert not codes(plan, "stop")


@pytest.mark.parametrize(
    ("drug", "dose", "stopped"),
    [
        ("methotrexate", "14.9", False), ("methotrexate", "15", False), ("methotrexate", "15.1", True),
        ("methotrexate", "150", True),
        ("trastuzumab", "80", False), ("trastuzumab", "80.1", True),
    ],
)  # fmt: skip
def test_above_every_published_dose_nothing_is_planned(drug: str, dose: str, stopped: bool) -> None:
    confirmed = [one | {"dose": dose} for one in BOTH]
    plan = planned(drug=drug, dose=dose, confirmed=confirmed)
    assert ("intrathecal-dose-above-published" in codes(plan, "stop")) == stopped
    assert [item.status for item in plan.intrathecal] == ["withheld" if stopped else "planned"] * 2


def test_where_no_figure_was_found_somebody_is_asked() -> None:
    confirmed = [one | {"dose": "50"} for one in BOTH]
    assert "intrathecal-no-published-dose" in codes(planned(drug="cytarabine", dose="50", confirmed=confirmed), "caution")


@pytest.mark.parametrize("drug", ["vincristine", "vinorelbine", "vinblastine", "vindesine", "eribulin", "pemetrexed", ""])
def test_a_vinca_alkaloid_cannot_be_written(drug: str) -> None:
    with pytest.raises(TreatmentError) as refused:
        request_of(treatment(intrathecal=[order(drug=drug)]))
    assert (refused.value.place, refused.value.code) == ("intrathecal[0].drug", "NOT_ALLOWED")


@pytest.mark.parametrize("key", ["drug", "dose", "unit", "dates"])
def test_nothing_has_a_default(key: str) -> None:
    without = {name: value for name, value in order().items() if name != key}
    with pytest.raises(TreatmentError) as refused:
        request_of(treatment(intrathecal=[without]))
    assert (refused.value.place, refused.value.code) == (f"intrathecal[0].{key}", "MISSING_KEY")


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        ({"dates": []}, "intrathecal[0].dates", "BAD_VALUE"),
        ({"dates": ["2026-03-06", "2026-03-02"]}, "intrathecal[0].dates[1]", "BAD_ORDER"),
        ({"dates": ["2026-03-06", "2026-03-06"]}, "intrathecal[0].dates[1]", "BAD_ORDER"),
        ({"dose": "0"}, "intrathecal[0].dose", "ZERO"),
        ({"dose": 12}, "intrathecal[0].dose", "BAD_VALUE"),
        ({"unit": "g"}, "intrathecal[0].unit", "NOT_ALLOWED"),
        ({"confirmed": [{"by": "NV", "on": "2026-03-03", "dose": "12"}]}, "intrathecal[0].confirmed[0].on", "IN_FUTURE"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_place(change: dict[str, Any], place: str, code: str) -> None:
    with pytest.raises(TreatmentError) as refused:
        request_of(treatment(intrathecal=[order(**change)]))
    assert (refused.value.place, refused.value.code) == (place, code)


def test_an_id_of_a_course_cannot_be_used_again() -> None:
    with pytest.raises(TreatmentError) as refused:
        request_of(treatment(course("letrozole", id="i1"), intrathecal=[order()]))
    assert refused.value.place == "intrathecal[0].id"


# 5 x 4 to the whole brain from Monday 9 to Friday 13 March.
WHOLE_BRAIN = irradiation("5x4", start="2026-03-09", region="whole_brain")


@pytest.mark.parametrize(
    ("dates", "severity"),
    [
        (["2026-03-02", "2026-03-09"], "stop"), (["2026-03-13"], "stop"), (["2026-03-02", "2026-03-30"], "stop"),
        (["2026-03-02", "2026-03-06"], "caution"), (["2026-03-16"], "caution"),
    ],
)  # fmt: skip
def test_methotrexate_never_in_the_period_of_brain_irradiation(dates: list[str], severity: str) -> None:
    found = codes(planned(WHOLE_BRAIN, dates=dates), severity)
    code = "intrathecal-methotrexate-with-brain" if severity == "stop" else "intrathecal-methotrexate-and-brain"
    assert code in found


def test_another_drug_or_another_region_is_not_methotrexate_with_the_brain() -> None:
    spine = irradiation("5x4", start="2026-03-02", region="bone")
    confirmed = [one | {"dose": "80"} for one in BOTH]
    for plan in (planned(spine), planned(WHOLE_BRAIN, drug="trastuzumab", dose="80", confirmed=confirmed)):
        assert not [item for item in plan.findings if "brain" in item.code and item.code.startswith("intrathecal")]


def test_it_is_never_among_what_goes_into_a_vein() -> None:
    plan = planned(course("letrozole"))
    assert plan.administrations == ()
    assert [visit for visit in plan.visits if any("intrathecal" in item for item in visit.items)] == []


def test_the_file_is_written_and_read_unchanged() -> None:
    file = treatment(intrathecal=[order(note="langzaam")], intrahepatic=[{"on": TODAY, "note": "volgens plan van de arts"}])
    request = request_of(file)
    import json

    again = request_of(json.loads(write_treatment(request, with_today=True)))
    assert again == request
    assert plan_of(file).intrahepatic[0].note == "volgens plan van de arts"


def test_a_changed_order_changes_the_fingerprint() -> None:
    confirmed = [one | {"dose": "10"} for one in BOTH]
    assert planned().fingerprint != planned(dose="10", confirmed=confirmed).fingerprint
    assert planned().fingerprint != planned(confirmed=BOTH[:1]).fingerprint


# Vinorelbine weekly from 2 March: 2, 9, 16, 23, 30 March.
VINORELBINE = course("vinorelbine-iv", choices={"vinorelbine_form": "25 mg/m2 weekly into a vein"})


@pytest.mark.parametrize(
    ("dates", "shared"),
    [
        (["2026-03-03", "2026-03-08"], ""),
        (["2026-03-08", "2026-03-10"], ""),
        (["2026-03-09"], "2026-03-09"),
        (["2026-03-05", "2026-03-09", "2026-03-16"], "2026-03-09 2026-03-16"),
    ],
)
def test_on_a_day_with_a_vinca_alkaloid_nothing_goes_into_the_spinal_fluid(dates: list[str], shared: str) -> None:
    plan = planned(VINORELBINE, dates=dates)
    found = [dict(item.values)["dates"] for item in plan.findings if item.code == "intrathecal-on-vinca-day"]
    assert found == ([shared] if shared else [])
    assert {item.status for item in plan.intrathecal} == {"withheld" if shared else "planned"}


def test_a_vinca_alkaloid_that_is_not_given_that_day_blocks_nothing() -> None:
    ceased = event("cease", TODAY, **{"from": "2026-03-09"}, reason="progression")
    plan = plan_of(treatment(VINORELBINE, events=[ceased], intrathecal=[order(dates=["2026-03-09"])]))
    assert "intrathecal-on-vinca-day" not in codes(plan)


def test_capsules_of_a_vinca_alkaloid_are_not_drawn_up() -> None:
    capsules = course("vinorelbine-oral", choices={"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"})
    plan = planned(capsules, dates=["2026-03-09"])
    assert "2026-03-09" in [item.first.isoformat() for item in plan.intakes]
    assert "intrathecal-on-vinca-day" not in codes(plan)
