"""Every step of a dose whole: rule, amount before and after, the values that it prints, source and grade; and the whole finding
where there is no dose. 80 kg and 180 cm are sqrt(180 x 80 / 3600) = 2 m2 exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.compute_dose import compute_dose
from mbc_desktop.dosing.dose import Bag, Dose, DoseAnswer, Give, Step
from mbc_desktop.dosing.dose_work import FULL_DOSE, DoseLevel
from mbc_desktop.dosing.situation import Situation
from mbc_desktop.patient.cross_checks import DoseOverrideLimits
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.dose_rules import (
    BaseDose,
    Ceiling,
    ExposureDose,
    FixedDose,
    Limit,
    SingleLimit,
    SurfaceDose,
    UndecidedDose,
    WeightDose,
)
from mbc_desktop.regimen.dose_tables import DoseBand, DoseBandTable, DoseTable
from mbc_desktop.regimen.drug import Concentration, Drug, Infusion, Levels, Observation, Practice
from mbc_desktop.regimen.regimen import Order, TakeDays
from mbc_desktop.regimen.site import Site, Stocked
from tests.dosing.gate_days import ago
from tests.dosing.orders import CHOSEN, TODAY, drug, form, situation, value

KG80, CM180 = value("weight", "80", "kg"), value("height", "180", "cm")
SURFACE_VALUES = (("bsa_m2", "2"), ("formula", "mosteller"), ("weight_kg", "80"), ("height_cm", "180"))
SURFACE_CHOICES = (
    ("bsa_formula", "mosteller"),
    ("bsa_decimals", "unrounded"),
    ("bsa_cap", "none"),
    ("weight_basis", "actual"),
    ("weight_change_threshold", "10"),
)
WEIGHT_CHOICES = (("weight_basis", "actual"), ("weight_change_threshold", "10"))
OVERRIDE = DoseOverrideLimits(
    lowest_percent=Decimal(25), highest_percent=Decimal(110), ask_percent=Decimal(5), source="policy", grade="proposal"
)


def m2(amount: str) -> SurfaceDose:
    return SurfaceDose(kind="per_m2", amount=Decimal(amount), unit="mg/m2")


def kg(amount: str) -> WeightDose:
    return WeightDose(kind="per_kg", amount=Decimal(amount), unit="mg/kg")


def fixed(amount: str) -> FixedDose:
    return FixedDose(kind="fixed", amount=Decimal(amount), unit="mg")


AUC5 = ExposureDose(kind="auc", amount=Decimal(5), unit="mg/mL.min")


def who(*more: Measurement, **chosen: str) -> Situation:
    return situation(KG80, CM180, *more, chosen=CHOSEN | chosen)


def answer(
    dose: BaseDose,
    medicine: Drug,
    known: Situation,
    *,
    level: DoseLevel = FULL_DOSE,
    ordered: str = "",
    override: DoseOverrideLimits | None = None,
    tables: Mapping[str, DoseTable] | None = None,
    rounding: str = "",
) -> DoseAnswer:
    order = Order(drug="alfa", route="IV", dose=dose, source="order_source", grade="protocol", days=(1,))
    site = Site(formulary=(Stocked(drug="alfa", rounding=rounding),)) if rounding else Site()
    typed = Quantity(Decimal(ordered), "mg") if ordered else None
    return compute_dose(order, medicine, known, level=level, ordered=typed, override=override, tables=tables, site=site)


def made(found: DoseAnswer) -> Dose:
    assert found.dose is not None, found.findings
    return found.dose


def step(rule: str, before: str | None, after: str, source: str, grade: str, *values: tuple[str, str]) -> Step:
    was = None if before is None else Quantity(Decimal(before), "mg")
    amount = Quantity(Decimal(after), "mg")
    return Step(rule=rule, before=was, amount=amount, source=source, grade=grade, values=values)  # type: ignore[arg-type]


def refusal(found: DoseAnswer) -> Finding:
    assert found.dose is None
    assert len(found.findings) == 1
    return found.findings[0]


VIAL = drug(forms=(form("100", volume="10"),))
"""10 mg/mL, drawn up by 0.1 mL: steps of 1 mg."""
PER_M2 = step("per-m2", None, "151", "order_source", "protocol", ("per_m2", "75.5"), *SURFACE_VALUES)
ROUNDED = step("round-to-drawable", "151", "151", "label_text", "proposal", ("step", "1"), ("exact", "151"))


def test_a_dose_by_surface_whole() -> None:
    """75.5 x 2 = 151 mg; two vials of 100 mg, the second drawn up to 5.1 mL: 49 mg stay behind."""
    older = ago(3, "weight", "80", "kg")
    found = answer(m2("75.5"), VIAL, situation(older, CM180))
    assert found == DoseAnswer(
        dose=Dose(
            amount=Quantity(Decimal(151), "mg"),
            exact=Decimal(151),
            give=(
                Give(count=Decimal(1), form="vial", strength=Decimal(100), unit="mg", volume_ml=Decimal(10)),
                Give(count=Decimal(1), form="vial", strength=Decimal(100), unit="mg", volume_ml=Decimal("5.1")),
            ),
            steps=(PER_M2, ROUNDED),
            values_on=older.on,
            choices=(*SURFACE_CHOICES, ("rounding", "step")),
            per_measure=Decimal("75.5"),
            measure=Quantity(Decimal(2), "m2"),
            waste=Decimal(49),
        ),
        used=(older, CM180),
    )


def test_a_dose_by_weight_whole() -> None:
    """3.6 x 80 = 288 mg; a powder without a volume is rounded to whole milligrams; three vials of 100 mg leave 12 mg."""
    found = answer(kg("3.6"), drug(forms=(form("100"),)), who())
    per_kg = step("per-kg", None, "288", "order_source", "protocol", ("per_kg", "3.6"), ("weight_kg", "80"))
    rounded = step("round-to-drawable", "288", "288", "label_text", "proposal", ("step", "1"), ("exact", "288"))
    assert found == DoseAnswer(
        dose=Dose(
            amount=Quantity(Decimal(288), "mg"),
            exact=Decimal(288),
            give=(
                Give(count=Decimal(2), form="vial", strength=Decimal(100), unit="mg"),
                Give(count=Decimal(1), form="vial", strength=Decimal(100), unit="mg"),
            ),
            steps=(per_kg, rounded),
            values_on=TODAY,
            choices=(*WEIGHT_CHOICES, ("rounding", "step")),
            per_measure=Decimal("3.6"),
            measure=Quantity(Decimal(80), "kg"),
            waste=Decimal(12),
        ),
        used=(KG80,),
    )


def test_a_fixed_dose_whole() -> None:
    """500 mg for everyone: no measured value, no choice, no rounding; two syringes of 250 mg."""
    found = answer(fixed("500"), drug(forms=(form("250", kind="syringe"),)), situation())
    assert found == DoseAnswer(
        dose=Dose(
            amount=Quantity(Decimal(500), "mg"),
            exact=Decimal(500),
            give=(Give(count=Decimal(2), form="syringe", strength=Decimal(250), unit="mg"),),
            steps=(step("fixed", None, "500", "order_source", "protocol"),),
        )
    )


@pytest.mark.parametrize(
    ("per", "unit", "amount", "values", "choices"),
    [
        ("fixed", "mg", "60", (), ()),
        ("per_m2", "mg/m2", "120", (("per_m2", "60"), *SURFACE_VALUES), (*SURFACE_CHOICES, ("rounding", "step"))),
        ("per_kg", "mg/kg", "4800", (("per_kg", "60"), ("weight_kg", "80")), (*WEIGHT_CHOICES, ("rounding", "step"))),
    ],
)
def test_a_dose_that_a_decision_gives(
    per: str, unit: str, amount: str, values: tuple[tuple[str, str], ...], choices: tuple[tuple[str, str], ...]
) -> None:
    undecided = UndecidedDose(kind="by_decision", decision="alfa_dose", per=per, unit=unit)  # type: ignore[arg-type]
    dose = made(answer(undecided, drug(), who(alfa_dose="60 mg weekly")))
    rule = per.replace("_", "-")
    assert dose.steps[0] == step(rule, None, amount, "order_source", "protocol", *values, ("decision", "alfa_dose"))
    assert dose.choices == (("alfa_dose", "60 mg weekly"), *choices)
    missing = finding("decision-missing", "stop", drug="alfa", decision="alfa_dose")
    assert refusal(answer(undecided, drug(), who())) == missing
    wrong = finding("decision-not-a-dose", "stop", drug="alfa", decision="alfa_dose", value="as usual")
    assert refusal(answer(undecided, drug(), who(alfa_dose="as usual"))) == wrong


@pytest.mark.parametrize(("dose", "facts"), [(m2("75"), "weight height"), (kg("3.6"), "weight"), (AUC5, "weight creatinine")])
def test_what_a_dose_lacks_is_named_with_its_source(dose: BaseDose, facts: str) -> None:
    assert refusal(answer(dose, VIAL, situation())) == finding(
        "missing-fact", "stop", drug="alfa", source="order_source", facts=facts
    )


def test_a_weight_basis_without_a_height_gives_no_dose_per_kilogram() -> None:
    known = situation(KG80, chosen=CHOSEN | {"weight_basis": "adjusted"})
    assert dict(refusal(answer(kg("3.6"), VIAL, known)).values)["facts"] == "height"


def test_an_exposure_whole() -> None:
    """5 x (60 + 25) = 425 mg by a measured filtration."""
    gfr = value("measured_gfr", "60", "mL/min")
    found = answer(AUC5, VIAL, situation(gfr, chosen=CHOSEN | {"carboplatin_gfr": "measured"}))
    dose = made(found)
    values = (("auc", "5"), ("filtration_ml_min", "60"), ("method", "measured"))
    assert dose.steps[0] == step("calvert", None, "425", "order_source", "protocol", *values)
    assert (dose.per_measure, dose.measure, found.used) == (None, None, (gfr,))
    assert dose.choices == (
        ("carboplatin_gfr", "measured"),
        ("carboplatin_creatinine_floor", "none"),
        ("carboplatin_gfr_cap", "125"),
        ("rounding", "step"),
    )


def test_an_exposure_with_a_low_creatinine_says_both_doses() -> None:
    """(140 - 65) x 80 x 0.85 / (72 x 0.68) = 104.1667 + 25, x 5 = 645.83; with 0.7: 101.1905 + 25, x 5 = 630.95."""
    found = answer(AUC5, VIAL, who(value("creatinine", "0.68", "mg/dL")))
    inputs = (("age_years", "65"), ("weight_kg", "80"), ("creatinine_mg_dl", "0.68"), ("sex", "female"))
    assert dict(made(found).steps[0].values).items() >= dict(inputs).items()
    said = found.findings[0]
    assert (said.code, said.severity, said.drug, said.source) == (
        "exposure-by-low-creatinine", "caution", "alfa", "calvert_nccn",
    )  # fmt: skip
    assert dict(said.values) == {"amount": "645.8", "with_floor": "631"}


LADDER = Levels(amounts=(Decimal(100), Decimal(75), Decimal(60)), unit="mg/m2", source="ladder", grade="label")


@pytest.mark.parametrize(
    ("standard", "steps", "per", "amount"),
    [("100", 1, "75", "150"), ("100", 2, "60", "120"), ("75", 1, "60", "120"), ("90", 1, "75", "150")],
)
def test_a_level_of_the_ladder_whole(standard: str, steps: int, per: str, amount: str) -> None:
    dose = made(answer(m2(standard), replace(VIAL, levels=LADDER), who(), level=DoseLevel(steps=steps)))
    before = str(Decimal(standard) * 2)
    values = (("level", f"-{steps}"), ("standard", standard), ("now", per), ("unit", "mg/m2"))
    assert dose.steps[1] == step("dose-level", before, amount, "ladder", "label", *values)
    assert dose.per_measure == Decimal(per)


@pytest.mark.parametrize(
    ("ladder", "standard", "steps"),
    [(LADDER, "100", 3), (LADDER, "75", 2), (LADDER, "60", 1), (None, "100", 1), (replace(LADDER, unit="mg/kg"), "100", 1)],
)
def test_below_the_ladder_there_is_no_dose(ladder: Levels | None, standard: str, steps: int) -> None:
    found = answer(m2(standard), replace(VIAL, levels=ladder), who(), level=DoseLevel(steps=steps))
    assert refusal(found) == finding("no-such-dose-level", "stop", drug="alfa", level=f"-{steps}")


def test_a_percentage_whole() -> None:
    """80 % of 75 is 60 mg/m2, x 2 = 120; of a fixed dose of 500 mg: 400."""
    dose = made(answer(m2("75"), VIAL, who(), level=DoseLevel(percent=Decimal(80))))
    values = (("percent", "80"), ("standard", "75"), ("unit", "mg/m2"))
    assert dose.steps[1] == step("dose-percent", "150", "120", "prescriber", "protocol", *values)
    assert dose.per_measure == 60
    assert made(answer(fixed("500"), VIAL, who(), level=DoseLevel(percent=Decimal(80)))).amount.amount == 400


def single(at_most: str) -> SingleLimit:
    return SingleLimit(kind="single", id="most", at_most=Decimal(at_most), unit="mg", source="most_source", grade="label")


def ceiling(at_most: str, unit: str) -> Ceiling:
    return Ceiling(kind="ceiling", id="top", at_most=Decimal(at_most), unit=unit, source="top_source", grade="label")


@pytest.mark.parametrize(
    ("limit", "rule", "values"),
    [
        (single("60"), "single-limit", (("limit", "60"), ("at_most", "60"), ("limit_unit", "mg"))),
        (ceiling("30", "mg/m2"), "ceiling", (("limit", "60"), ("at_most", "30"), ("limit_unit", "mg/m2"))),
        (ceiling("0.75", "mg/kg"), "ceiling", (("limit", "60"), ("at_most", "0.75"), ("limit_unit", "mg/kg"))),
    ],
)
def test_a_limit_whole(limit: Limit, rule: str, values: tuple[tuple[str, str], ...]) -> None:
    """35 x 2 = 70 mg; at most 60: as milligrams, as 30 x 2 m2, as 0.75 x 80 kg."""
    medicine = replace(VIAL, limits=(limit,))
    dose = made(answer(m2("35"), medicine, who()))
    assert dose.steps[1] == step(rule, "70", "60", limit.source, "label", *values)
    typed = answer(m2("35"), medicine, who(), ordered="60.1")
    shown = (("amount", "60.1"), *values)
    assert refusal(typed) == Finding(code="above-limit", severity="stop", drug="alfa", source=limit.source, values=shown)


def test_the_lowest_of_two_limits_holds() -> None:
    medicine = replace(VIAL, limits=(single("65"), single("60")))
    dose = made(answer(m2("35"), medicine, who()))
    assert [item.amount.amount for item in dose.steps] == [70, 65, 60, 60]


def test_no_rounding_passes_the_lowest_of_two_limits() -> None:
    """60.6 would round to 61 mg, above it: 60."""
    for limits in ((single("65"), single("60.6")), (single("60.6"), single("65"))):
        assert made(answer(m2("35"), replace(VIAL, limits=limits), who())).amount.amount == 60


def test_without_an_answer_there_is_no_cap_on_surface() -> None:
    without = {key: text for key, text in CHOSEN.items() if key != "bsa_cap"}
    known = situation(KG80, CM180, chosen=without)
    assert made(answer(m2("75.5"), VIAL, known)).steps[1:-1] == ()
    assert made(answer(m2("35"), replace(VIAL, limits=(ceiling("30", "mg/m2"),)), known)).amount.amount == 60


def test_a_ceiling_by_surface_counts_the_surface_up_to_the_cap() -> None:
    """Surface capped at 1.9: 35 x 1.9 = 66.5, and the ceiling of 30 mg/m2 is 57."""
    dose = made(answer(m2("35"), replace(VIAL, limits=(ceiling("30", "mg/m2"),)), who(bsa_cap="1.9")))
    assert [item.amount.amount for item in dose.steps] == [70, Decimal("66.5"), 57, 57]
    by_weight = made(answer(m2("35"), replace(VIAL, limits=(ceiling("0.75", "mg/kg"),)), who(bsa_cap="1.9")))
    assert [item.amount.amount for item in by_weight.steps] == [70, Decimal("66.5"), 60, 60]


@pytest.mark.parametrize(("cap", "capped"), [("1.9", True), ("2", False), ("none", False)])
def test_the_cap_on_surface_whole(cap: str, capped: bool) -> None:
    dose = made(answer(m2("75"), VIAL, who(bsa_cap=cap)))
    expected = step("bsa-cap", "150", "142.5", "proposal", "proposal", ("cap_m2", "1.9"), ("limit", "142.5"))
    assert dose.steps[1:-1] == ((expected,) if capped else ())
    assert dose.measure == Quantity(Decimal("1.9" if capped else "2"), "m2")
    by_weight = made(answer(kg("3.6"), VIAL, who(bsa_cap="1.9")))
    assert by_weight.amount.amount == 288, "a cap on surface is none on weight"


@pytest.mark.parametrize(("gfr", "cap", "capped"), [("126", "125", True), ("125", "125", False), ("126", "none", False)])
def test_the_cap_on_filtration_whole(gfr: str, cap: str, capped: bool) -> None:
    """5 x (126 + 25) = 755; counted up to 125: 5 x 150 = 750."""
    chosen = CHOSEN | {"carboplatin_gfr": "measured", "carboplatin_gfr_cap": cap}
    dose = made(answer(AUC5, VIAL, situation(value("measured_gfr", gfr, "mL/min"), chosen=chosen)))
    expected = step("gfr-cap", "755", "750", "calvert_nccn", "protocol", ("cap_ml_min", "125"), ("limit", "750"))
    assert dose.steps[1:-1] == ((expected,) if capped else ())


@pytest.mark.parametrize(
    ("policy", "rule", "amount"),
    # 75.3 x 2 = 150.6 mg in steps of 1 mg
    [("step", "round-to-drawable", "151"), ("down", "round-down-to-drawable", "150"), ("", "round-to-drawable", "151")],
)
def test_rounding_whole(policy: str, rule: str, amount: str) -> None:
    dose = made(answer(m2("75.3"), VIAL, who(), rounding=policy))
    values = (("step", "1"), ("exact", "150.6"))
    assert dose.steps[-1] == step(rule, "150.6", amount, "label_text", "proposal", *values)
    assert dict(dose.choices)["rounding"] == (policy or "step")
    of_the_site = made(answer(m2("75.3"), VIAL, who(rounding="down")))
    assert of_the_site.amount.amount == 150


def test_without_a_form_the_order_is_the_source_of_the_rounding() -> None:
    dose = made(answer(m2("75.3"), drug(), who()))
    assert dose.steps[-1] == step(
        "round-to-drawable", "150.6", "151", "order_source", "proposal", ("step", "1"), ("exact", "150.6")
    )
    assert (dose.give, dose.waste) == ((), None)


def test_pieces_whole() -> None:
    """27 x 2 = 54 mg in capsules of 20 and 30: 50."""
    capsules = drug(forms=(form("20", kind="capsule"), replace(form("30", kind="capsule"), source="other")))
    dose = made(answer(m2("27"), capsules, who()))
    assert dose.steps[-1] == step("round-to-pieces", "54", "50", "label_text", "proposal", ("exact", "54"))
    assert ("rounding" in dict(dose.choices), dose.waste) == (False, None)


@pytest.mark.parametrize(("per_m2", "given"), [("9.75", "19"), ("9.8", "20"), ("10", "20"), ("10.1", None), ("15", None)])
def test_more_than_twenty_pieces_are_no_dose(per_m2: str, given: str | None) -> None:
    """Tablets of 1 mg: 19.5 lies halfway, so 19; 19.6 is 20; 20.2 would be 21 pieces; 30 are first held to 25."""
    found = answer(m2(per_m2), replace(drug(forms=(form("1", kind="tablet"),)), limits=(single("25"),)), who())
    if given is None:
        shown = "20.2" if per_m2 == "10.1" else "25"
        assert refusal(found) == finding("not-dispensable", "stop", drug="alfa", amount=shown, unit="mg")
    else:
        assert made(found).amount.amount == Decimal(given)


def test_a_limit_below_the_smallest_piece_leaves_no_dose() -> None:
    capsules = replace(drug(forms=(form("20", kind="capsule"),)), limits=(single("15"),))
    assert dict(refusal(answer(m2("20"), capsules, who())).values)["amount"] == "15"


BANDS = DoseBandTable(
    kind="dose_bands", id="bands", version="1", valid_from=TODAY, reviewed_on=TODAY, status="draft", concentration=Decimal(10),
    rows=(
        DoseBand(at_least=Decimal(100), below=Decimal(150), dose=Decimal(120)),
        DoseBand(at_least=Decimal(150), below=Decimal(170), dose=Decimal(160)),
    ),
    source="band_source", grade="secondary", history=(),
)  # fmt: skip
BANDED = replace(VIAL, band_tables=("other", "bands"))


def banded(per_m2: str, limit: str = "6", medicine: Drug = BANDED, policy: str = "nhs_band") -> DoseAnswer:
    chosen = {"band_deviation_limit": limit} if limit else {}
    return answer(m2(per_m2), medicine, who(**chosen), tables={"bands": BANDS}, rounding=policy)


def test_a_band_whole() -> None:
    """76 x 2 = 152; the band of 160 is 8 / 152 = 5.26 % more."""
    dose = made(banded("76"))
    values = (("exact", "152"), ("band", "160"), ("deviation", "5.26"), ("limit", "6"))
    assert dose.steps[-1] == step("round-to-band", "152", "160", "band_source", "secondary", *values)
    assert dose.choices[-2:] == (("rounding", "nhs_band"), ("band_deviation_limit", "6"))


@pytest.mark.parametrize(
    ("per_m2", "limit", "refused"),
    # 150 -> 160: 6.666 %; 75.5 x 2 = 151 -> 160: 5.96 %; 64 x 2 = 128 -> 120: -6.25 %; 62.5 x 2 = 125 -> 120: -4 %
    [
        ("75", "6", "6.67"),
        ("75", "6.67", None),
        ("75.5", "6", None),
        ("64", "6", "-6.25"),
        ("62.5", "6", None),
        ("62.5", "4", None),
        ("76", "", "5.26"),
    ],
)
def test_a_band_further_away_than_the_site_allows_is_refused(per_m2: str, limit: str, refused: str | None) -> None:
    found = banded(per_m2, limit)
    if refused is None:
        assert made(found).steps[-1].rule == "round-to-band"
    else:
        exact = str((Decimal(per_m2) * 2).normalize().quantize(Decimal(1)))
        band = "160" if Decimal(per_m2) >= 75 else "120"
        shown = {"exact": exact, "band": band, "deviation": refused, "limit": limit}
        expected = finding("band-deviation-too-large", "stop", drug="alfa", source="band_source", **shown)
        assert refusal(found) == expected


@pytest.mark.parametrize(
    ("per_m2", "limits", "amount"),
    [
        ("49.9", (), "100"),  # 99.8 lies under the first band
        ("85", (), "170"),  # the last one ends below 170
        ("76", (single("159"),), "152"),  # the band would break the limit
        ("76", (single("160"),), "160"),
        (
            "76",
            (Ceiling(kind="ceiling", id="top", at_most=Decimal(90), unit="mg/m2", source="s", grade="label", round_down=True),),
            "152",
        ),
        (
            "80",
            (Ceiling(kind="ceiling", id="top", at_most=Decimal(90), unit="mg/m2", source="s", grade="label", round_down=True),),
            "160",
        ),
    ],
)
def test_where_no_band_holds_the_drawable_step_does(per_m2: str, limits: tuple[Limit, ...], amount: str) -> None:
    assert made(banded(per_m2, medicine=replace(BANDED, limits=limits))).amount.amount == Decimal(amount)
    without = answer(m2("76"), BANDED, who(band_deviation_limit="6"), rounding="nhs_band")
    assert made(without).amount.amount == 152, "no table, no band"


def test_a_band_or_a_vial_of_exactly_the_dose_breaks_no_ceiling() -> None:
    """80 x 2 = 160 is the band itself, 100 x 2 = 200 two vials, under a ceiling that forbids rounding up."""
    down = Ceiling(kind="ceiling", id="top", at_most=Decimal(200), unit="mg/m2", source="s", grade="label", round_down=True)
    assert made(banded("80", medicine=replace(BANDED, limits=(down,)))).steps[-1].rule == "round-to-band"
    assert vials("100", "vial_5_percent", down).steps[-1].rule == "round-to-vials"
    assert vials("96", "vial_5_percent", down).steps[-1].rule == "round-down-to-drawable"


def vials(per_m2: str, policy: str, *limits: Limit) -> Dose:
    return made(answer(m2(per_m2), replace(VIAL, limits=limits), who(), rounding=policy))


def test_whole_vials_whole() -> None:
    """96 x 2 = 192; two vials of 100 mg are 8 / 192 = 4.17 % more."""
    dose = vials("96", "vial_5_percent")
    values = (("exact", "192"), ("deviation", "4.17"), ("limit", "5"))
    assert dose.steps[-1] == step("round-to-vials", "192", "200", "hopa_rounding", "protocol", *values)
    assert dict(dose.choices)["rounding"] == "vial_5_percent"
    assert dose.waste == 0


@pytest.mark.parametrize(
    ("per_m2", "policy", "amount"),
    [
        ("104", "vial_5_percent", "200"),  # 208: 3.85 % less
        ("80", "vial_10_percent", "160"),  # 40 / 160 = 25 % more
        ("95.2", "vial_5_percent", "190"),  # 9.6 / 190.4 = 5.04 %
        ("100", "vial_5_percent", "200"),
        ("75", "vial_50_percent", "100"),  # 150 lies halfway: the lower sum
        ("125", "vial_20_percent", "200"),  # 250: 200 is exactly 20 % less
    ],
)
def test_whole_vials_where_they_lie_near_enough(per_m2: str, policy: str, amount: str) -> None:
    assert vials(per_m2, policy).amount.amount == Decimal(amount)


def test_whole_vials_never_break_a_limit() -> None:
    assert vials("96", "vial_5_percent", single("200")).amount.amount == 200
    assert vials("96", "vial_5_percent", single("199")).amount.amount == 192
    nothing = made(answer(m2("96"), drug(), who(), rounding="vial_5_percent"))
    assert nothing.amount.amount == 192


def typed(amount: str, override: DoseOverrideLimits | None = OVERRIDE, dose: BaseDose | None = None) -> DoseAnswer:
    return answer(dose or m2("75"), VIAL, who(), ordered=amount, override=override)


def test_a_typed_dose_whole() -> None:
    """155 instead of 150 mg over 2 m2 is 77.5 mg/m2: 3.33 % more, not asked about."""
    found = typed("155")
    dose = made(found)
    assert dose.steps[-1] == step("ordered", "150", "155", "prescriber", "protocol")
    assert (dose.exact, dose.per_measure, found.findings) == (155, Decimal("77.5"), ())


@pytest.mark.parametrize(
    ("amount", "code"),
    # of 150 mg: 25 % = 37.5; 95 % = 142.5; 105 % = 157.5; 110 % = 165
    [
        ("37.4", "ordered-dose-refused"), ("37.5", "ordered-dose-differs"), ("142.4", "ordered-dose-differs"), ("142.5", ""),
        ("157.5", ""), ("157.6", "ordered-dose-differs"), ("165", "ordered-dose-differs"), ("165.1", "ordered-dose-refused"),
    ],
)  # fmt: skip
def test_a_typed_dose_against_the_computed_one(amount: str, code: str) -> None:
    found = typed(amount)
    shown = {"ordered": amount, "computed": "150", "unit": "mg"}
    severity = "stop" if code == "ordered-dose-refused" else "advice"
    expected = (finding(code, severity, drug="alfa", source="policy", **shown),) if code else ()  # type: ignore[arg-type]
    assert found.findings == expected
    assert (found.dose is None) == (severity == "stop")
    assert made(typed(amount, override=None)).amount.amount == Decimal(amount)


@pytest.mark.parametrize(("amount", "unit"), [("0", "mg"), ("-1", "mg"), ("150", "mL")])
def test_a_typed_dose_of_nothing_or_in_another_unit_is_refused(amount: str, unit: str) -> None:
    order = Order(drug="alfa", route="IV", dose=m2("75"), source="order_source", grade="protocol", days=(1,))
    found = compute_dose(order, VIAL, who(), ordered=Quantity(Decimal(amount), unit), override=OVERRIDE)
    assert refusal(found) == finding("not-dispensable", "stop", drug="alfa", amount=amount, unit=unit)


def test_a_typed_dose_of_one_milligram_is_a_dose() -> None:
    assert made(answer(fixed("1"), VIAL, who(), ordered="0.9", override=OVERRIDE)).amount.amount == Decimal("0.9")


@pytest.mark.parametrize(
    ("amount", "most", "unit", "per"),
    # over 2 m2: 160 mg are 80 mg/m2; 160.25 are 80.125, said as 80.13
    [("160", "80", "mg/m2", None), ("160.25", "80", "mg/m2", "80.13"), ("160.25", "80", "mg/kg", None)],
)
def test_published_practice_whole(amount: str, most: str, unit: str, per: str | None) -> None:
    practice = Practice(most=Decimal(most), unit=unit, source="practice_source", grade="secondary")
    found = answer(m2("75"), replace(VIAL, practice=practice), who(), ordered=amount)
    said = finding(
        "above-published-practice", "caution", drug="alfa", source="practice_source", per=per or "", most="80", unit="mg/m2"
    )
    assert found.findings == ((said,) if per else ())


@pytest.mark.parametrize(
    ("given", "exact", "deviation"),
    [
        ("151", "150.6", "0.27"),
        ("150", "150.6", "-0.40"),
        ("151", "151", "0.00"),
        ("120", "150", "-20.00"),
    ],
)
def test_by_how_much_the_amount_differs_from_the_exact_one(given: str, exact: str, deviation: str) -> None:
    # 0.4 / 150.6 = 0.2656 %; -0.6 / 150.6 = -0.3984 %
    dose = replace(made(answer(m2("75.5"), VIAL, who())), amount=Quantity(Decimal(given), "mg"), exact=Decimal(exact))
    assert str(dose.deviation_percent()) == deviation


def test_a_level_that_says_nothing_leaves_the_dose() -> None:
    assert made(answer(m2("75.5"), replace(VIAL, levels=LADDER), who(), level=DoseLevel())).amount.amount == 151


def test_a_limit_holds_for_doses_up_to_its_own() -> None:
    """160 mg for 80 mg/m2, 120 for 60, over 2.5 m2: 60.1 mg/m2 has the limit of the next higher dose, 90 that of the highest."""
    limits = (replace(single("160"), for_dose=Decimal(80)), replace(single("120"), for_dose=Decimal(60)))
    heavy = situation(value("weight", "125", "kg"), CM180)
    amounts = {
        per: made(answer(m2(per), replace(VIAL, limits=limits), heavy)).amount.amount for per in ("59", "60", "60.1", "80", "90")
    }
    assert amounts == {"59": 120, "60": 120, "60.1": 150, "80": 160, "90": 160}


def test_what_nobody_can_make_gives_no_dose() -> None:
    """12 mg cannot be counted in tablets of 5 mg; a dose of 0.4 mg rounds to no milligram at all."""
    tablets = drug(forms=(form("5", kind="tablet"),))
    expected = finding("not-dispensable", "stop", drug="alfa", amount="12", unit="mg")
    assert refusal(answer(fixed("12"), tablets, who())) == expected
    assert dict(refusal(answer(m2("0.2"), drug(), who())).values)["amount"] == "0"
    assert made(answer(fixed("1"), drug(), who())).amount.amount == 1


@pytest.mark.parametrize(("chosen", "waste"), [({}, 30), ({"vial_sharing": "yes"}, None), ({"vial_sharing": "no"}, 30)])
def test_what_stays_behind_in_the_vials(chosen: dict[str, str], waste: int | None) -> None:
    """520 mg: 300 + 250 waste 30, two of 300 waste 80; what is shared is no waste."""
    dose = made(answer(fixed("520"), drug(forms=(form("300"), form("250"))), who(**chosen)))
    assert ([(int(item.count), int(item.strength)) for item in dose.give], dose.waste) == ([(1, 300), (1, 250)], waste)


def test_fewest_vials_or_least_waste() -> None:
    """260 mg from vials of 300 and 130: one vial wastes 40, two waste nothing."""
    medicine = drug(forms=(form("300"), form("130")))
    fewest, least = (made(answer(fixed("260"), medicine, who(vial_choice=how))) for how in ("fewest_vials", "least_waste"))
    assert (fewest.waste, least.waste) == (40, 0)
    assert made(answer(fixed("260"), medicine, who())).waste == 40


def test_how_it_is_given_comes_from_the_drug_and_the_order() -> None:
    infusion = Infusion(source="label_text", grade="label", volume_ml=Decimal(250), minutes=60)
    limits = Concentration(source="bag_source", grade="label", lowest=Decimal("0.3"), highest=Decimal("1.2"))
    medicine = replace(VIAL, infusion=infusion, concentration=limits)
    found = answer(m2("75"), medicine, who())
    dose = made(found)
    assert (dose.infusion_ml, dose.minutes, dose.observe_minutes, dose.times, dose.every_days) == (250, 60, None, 1, 1)
    # 150 / 1.2 = 125 mL at least, 150 / 0.3 = 500 mL at most
    assert dose.bag == Bag(
        least_ml=Decimal(125),
        most_ml=Decimal(500),
        lowest=Decimal("0.3"),
        highest=Decimal("1.2"),
        source="bag_source",
        grade="label",
    )
    strong = answer(m2("75"), replace(medicine, infusion=replace(infusion, volume_ml=Decimal(100))), who())
    assert strong.findings == (
        finding("concentration-outside-limits", "caution", drug="alfa", source="bag_source", concentration="1.5", volume="100"),
    )
    order = Order(
        drug="alfa", route="PO", dose=fixed("100"), source="order_source", grade="protocol", days=(1,), minutes=30,
        observe_minutes=15, take=TakeDays(first=1, last=21, times=2, every_days=3),
    )  # fmt: skip
    other = made(compute_dose(order, medicine, who()))
    assert (other.minutes, other.observe_minutes, other.times, other.every_days) == (30, 15, 2, 3)
    bare = made(answer(m2("75"), VIAL, who()))
    assert (bare.infusion_ml, bare.minutes, bare.bag) == (None, None, None)


@pytest.mark.parametrize(
    ("minutes", "decided", "watched"),
    [
        # Two rows by one answer: 270 minutes after an infusion of 90, 90 after one of 30. Another length or another answer: none.
        (90, "long", 270),
        (30, "long", 90),
        (60, "long", None),
        (90, "short", None),
        (30, "short", None),
    ],
)
def test_how_long_a_patient_is_watched_is_asked_of_the_hospital(minutes: int, decided: str, watched: int | None) -> None:
    rows = tuple(
        Observation(
            minutes=length, observe_minutes=after, decision="watching", if_decided="long", source="label_text", grade="label"
        )
        for length, after in ((90, 270), (30, 90))
    )
    medicine = replace(VIAL, infusion=Infusion(source="label_text", grade="label", minutes=minutes), observations=rows)
    dose = made(answer(m2("75"), medicine, who(watching=decided)))
    assert (dose.minutes, dose.observe_minutes) == (minutes, watched)
    assert dict(dose.choices)["watching"] == decided
    own = Order(
        drug="alfa", route="IV", dose=m2("75"), source="order_source", grade="protocol", days=(1,), minutes=minutes,
        observe_minutes=15,
    )  # fmt: skip
    assert made(compute_dose(own, medicine, who(watching=decided))).observe_minutes == 15


def test_a_dose_prints_the_same_wherever_it_was_computed() -> None:
    """Two that are equal read the same: what it came from is no part of it."""
    one, other = (made(answer(m2("75"), VIAL, who())) for _ in range(2))
    other = replace(other, origin=None)
    assert (one == other, repr(one)) == (True, repr(other))
    assert one.origin is not None


def test_a_weight_that_was_worked_out_is_shown_with_four_decimals() -> None:
    """90 kg and 150 cm, a woman: 45.5 + 2.3 x (150 / 2.54 - 60) = 43.326772 kg ideal, + 0.4 x 46.673228 = 61.996063 kg. The dose
    is of all digits: 2 x 61.996063 = 123.992126 mg; the surface sqrt(150 x 61.996063 / 3600) = 1.607224 m2."""
    patient = situation(value("weight", "90", "kg"), value("height", "150", "cm"), chosen=CHOSEN | {"weight_basis": "adjusted"})
    by_weight, by_surface = made(answer(kg("2"), VIAL, patient)), made(answer(m2("75"), VIAL, patient))
    assert dict(by_weight.steps[0].values)["weight_kg"] == "61.9961"
    assert dict(by_surface.steps[0].values)["weight_kg"] == "61.9961"
    assert round(by_weight.exact, 6) == Decimal("123.992126")


@pytest.mark.parametrize(("percent", "said"), [("99", True), ("100", False)])
def test_a_percentage_of_a_fixed_dose_without_a_ladder_is_questioned_whole(percent: str, said: bool) -> None:
    found = answer(fixed("500"), VIAL, who(), level=DoseLevel(percent=Decimal(percent)))
    questioned = finding("no-lower-dose-published", "caution", drug="alfa", percent=percent)
    assert [item for item in found.findings if item.code == questioned.code] == ([questioned] if said else [])
