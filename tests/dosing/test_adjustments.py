"""What each kind of row makes of a dose: 75 mg/m2 over 2 m2 are 150 mg, and every row counts from there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mbc_desktop.core.finding import finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.adjustment import Applied, applies
from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose import Dose, DoseAnswer, Step
from mbc_desktop.dosing.dose_work import FULL_DOSE, DoseLevel
from mbc_desktop.dosing.situation import Missing, Number, Situation
from mbc_desktop.patient.facts import Facts, Measurement
from mbc_desktop.regimen.dose_rules import (
    Adjustment,
    Band,
    BandRow,
    BaseDose,
    ByClass,
    ClassRow,
    Condition,
    FixedDose,
    Outcome,
    SurfaceDose,
    Together,
    TogetherRow,
)
from tests.dosing.orders import CHOSEN, drug, form, order, situation, value

KG80, CM180 = value("weight", "80", "kg"), value("height", "180", "cm")
PER_M2 = SurfaceDose(kind="per_m2", amount=Decimal(75), unit="mg/m2")
FIXED = FixedDose(kind="fixed", amount=Decimal(150), unit="mg")
VIALS = (form("100", volume="10"),)


def liver(**outcome: object) -> ByClass:
    """A table over the Child-Pugh class that says something at B."""
    rows = (ClassRow(value="A", outcome=Outcome()), ClassRow(value="B", outcome=Outcome(**outcome)))  # type: ignore[arg-type]
    return ByClass(kind="class", id="liver", by="child_pugh", rows=rows, source="rule_source", grade="secondary")


def who(*more: Measurement, pugh: str | None = "B", **chosen: str) -> Situation:
    known = situation(KG80, CM180, *more, chosen=CHOSEN | chosen)
    return replace(known, facts=Facts(child_pugh=pugh))  # type: ignore[arg-type]


def answer(
    *rules: Adjustment, known: Situation | None = None, dose: BaseDose = PER_M2, level: DoseLevel = FULL_DOSE, **rows: int
) -> DoseAnswer:
    medicine = replace(drug(forms=VIALS), adjust=rules)
    return compute_dose(order(dose), medicine, known or who(), level=level, rows_so_far=rows)


def made(found: DoseAnswer) -> Dose:
    assert found.dose is not None, found.findings
    return found.dose


D = Decimal


@pytest.mark.parametrize(
    ("outcome", "exact", "per"),
    [
        ({"dose": D(100)}, "100", "75"),
        ({"dose": D(150)}, "150", "75"),
        ({"dose": D(200)}, "150", "75"),  # down to it, never up
        ({"lower_to": D(60)}, "120", "60"),
        ({"lower_to": D(80)}, "150", "75"),
        ({"percent": D(50)}, "75", "37.5"),
        ({"percent": D(120)}, "150", "75"),
        ({"percent": D(50), "percent_from": D(75)}, "75", "37.5"),
        ({"percent": D(50), "percent_from": D("75.1")}, "150", "75"),
        ({"part": (2, 3)}, "100", "50"),
        ({"decision": "low"}, "40", "75"),
        ({"dose": D(100), "lower_to": D(40)}, "80", "40"),
        ({"dose": D(70), "lower_to": D(40)}, "70", "40"),
        ({"dose": D(100), "percent": D(50)}, "75", "37.5"),
        ({"dose": D(70), "percent": D(50)}, "70", "37.5"),
        ({"dose": D(100), "if_there_already": D(80)}, "100", "75"),
        ({"dose": D(150), "if_there_already": D(80)}, "80", "75"),
        ({"dose": D(151), "if_there_already": D(80)}, "80", "75"),
    ],
)
def test_what_a_row_leaves_of_the_dose(outcome: dict[str, object], exact: str, per: str) -> None:
    dose = made(answer(liver(**outcome), known=who(low="40 mg")))
    assert (dose.exact, dose.per_measure) == (D(exact), D(per))
    assert made(answer(liver(**outcome), known=who(pugh="A", low="40 mg"))).exact == 150
    assert made(answer(liver(**outcome), known=who(pugh=None, low="40 mg"))).exact == 150


@pytest.mark.parametrize(
    ("outcome", "exact"),
    [({"percent": D(50)}, "75"), ({"part": (1, 3)}, "50"), ({"dose": D(100)}, "100"), ({"lower_to": D(60)}, "150")],
)
def test_what_a_row_leaves_of_a_fixed_dose(outcome: dict[str, object], exact: str) -> None:
    """150 mg for everyone; an amount per m2 says nothing about it."""
    assert made(answer(liver(**outcome), dose=FIXED)).exact == D(exact)


def test_a_row_counts_from_the_standard_dose_and_the_lower_of_level_and_row_holds() -> None:
    """A level of 80 % leaves 120 mg; 75 % of 150 is 112.5; 90 % of 150 is 135, so the level holds."""
    level = DoseLevel(percent=D(80))
    assert made(answer(liver(percent=D(75)), level=level)).exact == D("112.5")
    assert made(answer(liver(percent=D(90)), level=level)).exact == 120
    assert made(answer(liver(lower_to=D(70)), level=level)).per_measure == 60


def test_the_step_of_a_row_whole() -> None:
    dose = made(answer(liver(dose=D(100))))
    assert dose.steps[1] == Step(
        rule="liver", before=Quantity(D(150), "mg"), amount=Quantity(D(100), "mg"), source="rule_source", grade="secondary",
        values=(("value", "B"),),
    )  # fmt: skip
    assert answer(liver(dose=D(100))).rows == (("liver", 1),)
    assert answer(liver(), known=who(pugh=None)).rows == ()


@pytest.mark.parametrize("action", ["not_recommended", "contraindicated", "prescriber_decides", "no_figure"])
def test_a_row_that_forbids_gives_no_dose(action: str) -> None:
    found = answer(liver(action=action))
    code = action.replace("_", "-")
    assert found == DoseAnswer(
        dose=None, findings=(finding(code, "stop", drug="alfa", source="rule_source", rule="liver", value="B"),)
    )


def test_a_row_says_how_it_is_given() -> None:
    changed = made(answer(liver(times=2, every_days=7, infusion_ml=D(500), minutes=90)))
    assert (changed.times, changed.every_days, changed.infusion_ml, changed.minutes) == (2, 7, 500, 90)
    untouched = made(answer(liver(percent=D(50))))
    assert (untouched.times, untouched.every_days, untouched.infusion_ml, untouched.minutes) == (1, 1, None, None)


@pytest.mark.parametrize("severity", ["caution", "info"])
def test_a_row_may_carry_a_remark(severity: str) -> None:
    found = answer(liver(finding="watch-liver", severity=severity))
    assert found.findings == (
        finding("watch-liver", severity, drug="alfa", source="rule_source", value="B", rule="liver"),  # type: ignore[arg-type]
    )


def test_an_unconfirmed_row_says_so_where_it_has_an_effect() -> None:
    doubtful = replace(liver(percent=D(50)), grade="unconfirmed")
    told = finding("unconfirmed-number", "info", drug="alfa", source="rule_source", rule="liver")
    assert answer(doubtful).findings == (told,)
    assert answer(doubtful, known=who(pugh="A")).findings == ()


def kidneys(*, optional: bool = False, rebanding: str = "") -> Band:
    """Full from 60, half above 30, nothing below: over platelets, for they need no formula."""
    rows = (
        BandRow(at_least=D(60), outcome=Outcome()),
        BandRow(above=D(30), outcome=Outcome(percent=D(50))),
        BandRow(at_least=D(0), outcome=Outcome(action="not_recommended")),
    )
    return Band(
        kind="band", id="kidneys", by="platelets", rows=rows, source="band_source", grade="label", optional=optional,
        rebanding=rebanding,
    )  # fmt: skip


def platelets(amount: str) -> Measurement:
    return value("platelets", amount, "10^9/L")


@pytest.mark.parametrize(("amount", "row"), [("61", 0), ("60", 0), ("59.9", 1), ("30.1", 1), ("30", 2), ("0", 2)])
def test_the_row_of_a_value(amount: str, row: int) -> None:
    found = applies(kidneys(), who(platelets(amount)))
    assert isinstance(found, Applied)
    seen = platelets(amount)
    basis = Number(id="platelets", decides=D(amount), exact=D(amount), unit="10^9/L", inputs=(), used=(seen,), source="")
    assert found == Applied(row=row, outcome=kidneys().rows[row].outcome, value=amount, basis=basis, needed=True)
    optional = applies(kidneys(optional=True), who(seen))
    assert optional == replace(found, needed=False)


def test_a_value_that_is_not_known() -> None:
    assert applies(kidneys(), who()) == Missing(("platelets",))
    assert applies(kidneys(optional=True), who()) is None
    found = answer(kidneys())
    assert found.findings == (finding("missing-fact", "stop", drug="alfa", source="band_source", facts="platelets"),)


def test_a_dose_rests_on_the_values_it_needs() -> None:
    seen = platelets("50")
    assert answer(kidneys(), known=who(seen)).used == (KG80, CM180, seen)
    assert answer(kidneys(optional=True), known=who(seen)).used == (KG80, CM180)


@pytest.mark.parametrize(
    ("amount", "so_far", "chosen", "row"),
    [
        ("61", None, "each_dose", 0),
        ("61", 0, "each_dose", 0),
        ("61", 1, "each_dose", 1),  # never up by itself
        ("50", 0, "each_dose", 1),
        ("50", 0, "baseline", 0),  # the row of the first dose is kept
        ("61", 1, "baseline", 1),
        ("50", None, "baseline", 1),
        ("61", 1, "", 1),
    ],
)
def test_a_band_that_is_read_again(amount: str, so_far: int | None, chosen: str, row: int) -> None:
    known = who(platelets(amount), **({"again": chosen} if chosen else {}))
    found = applies(kidneys(rebanding="again"), known, worst_row_so_far=so_far)
    assert isinstance(found, Applied)
    assert (found.row, found.outcome) == (row, kidneys().rows[row].outcome)
    fixed = applies(kidneys(), known, worst_row_so_far=so_far)
    assert isinstance(fixed, Applied)
    assert fixed.row == (0 if amount == "61" else 1)


def test_the_row_so_far_reaches_the_dose() -> None:
    again = kidneys(rebanding="again")
    assert made(answer(again, known=who(platelets("61")))).exact == 150
    found = answer(again, known=who(platelets("61")), kidneys=1)
    assert (made(found).exact, found.rows) == (75, (("kidneys", 1),))


def counts_together(*rows: tuple[dict[str, object], Outcome]) -> Together:
    """Rows over platelets and neutrophils at once."""
    made_rows = tuple(
        TogetherRow(
            conditions=tuple(
                Condition(of=name, **({"at_least": edge} if str(edge).startswith("=") else {"above": edge}))  # type: ignore[arg-type]
                for name, edge in conditions.items()
            ),
            outcome=outcome,
        )
        for conditions, outcome in rows
    )
    return Together(kind="together", id="both", rows=made_rows, source="both_source", grade="label")


HALF, NONE = Outcome(percent=D(50)), Outcome(action="contraindicated")
BOTH = counts_together(({"platelets": D(90), "neutrophils": D(9)}, NONE), ({"platelets": D(50)}, HALF))


def neutrophils(amount: str) -> Measurement:
    return value("neutrophils", amount, "10^9/L")


@pytest.mark.parametrize(
    ("values", "row", "shown"),
    [
        ((platelets("90.1"), neutrophils("9.1")), 0, "90.1 9.1"),
        ((platelets("90"), neutrophils("9.1")), 1, "90"),
        ((platelets("90.1"), neutrophils("9")), 1, "90.1"),
        ((platelets("90.1"),), 1, "90.1"),
        ((platelets("50.126"), neutrophils("9.1")), 1, "50.13"),
        ((platelets("50"), neutrophils("9.1")), None, ""),
        ((neutrophils("9.1"),), None, ""),
    ],
)
def test_conditions_that_must_hold_together(values: tuple[Measurement, ...], row: int | None, shown: str) -> None:
    found = applies(BOTH, who(*values))
    if row is None:
        assert found is None
        return
    assert isinstance(found, Applied)
    looked_at = values[: 1 if row else 2]
    first = looked_at[0].quantity
    inputs = tuple((item.kind, f"{item.quantity.amount.normalize():f}") for item in looked_at)
    basis = Number(
        id="platelets", decides=first.amount, exact=first.amount, unit="10^9/L", inputs=inputs, used=looked_at, source=""
    )
    assert found == Applied(row=row, outcome=BOTH.rows[row].outcome, value=shown, basis=basis, needed=False)


def test_conditions_together_name_their_values_with_four_decimals_and_hold_nothing_back() -> None:
    seen = platelets("50.12345678")
    found = answer(BOTH, known=who(seen))
    assert made(found).steps[1] == Step(
        rule="both", before=Quantity(D(150), "mg"), amount=Quantity(D(75), "mg"), source="both_source", grade="label",
        values=(("value", "50.12"), ("platelets", "50.1235")),
    )  # fmt: skip
    assert found.used == (KG80, CM180)


def test_a_value_that_two_conditions_name_is_used_once() -> None:
    twice = Together(
        kind="together", id="both", source="both_source", grade="label",
        rows=(
            TogetherRow(
                conditions=(Condition(of="platelets", above=D(10)), Condition(of="platelets", at_least=D(20))), outcome=HALF
            ),
        ),
    )  # fmt: skip
    found = applies(twice, who(platelets("20")))
    assert isinstance(found, Applied)
    assert found.basis is not None
    assert found.basis.used == (platelets("20"),)
    assert applies(twice, who(platelets("19.9"))) is None


@pytest.mark.parametrize(
    ("second", "told"),
    [({"percent": D(75)}, True), ({"dose": D(100)}, True), ({"dose": D(150)}, False), ({}, False), ({"percent": D(100)}, False)],
)
def test_two_rows_that_lower_are_not_multiplied_and_a_person_is_told(second: dict[str, object], told: bool) -> None:
    """Half of 150 is 75, lower than what the other row leaves."""
    found = answer(kidneys(), liver(**second), known=who(platelets("50")))
    assert made(found).exact == 75
    said = finding("reductions-not-multiplied", "caution", drug="alfa", rules="kidneys liver")
    assert found.findings == ((said,) if told else ())
