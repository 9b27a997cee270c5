"""The steps on the printed check sheet, read back from the PDF: their printed numbers lead to the printed dose, every regimen."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from random import Random

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.registry import compose
from mbc_desktop.planning.plan import Administration, Plan, TakePeriod
from mbc_desktop.regimen.loader import load_site
from mbc_desktop.texts import complete_languages, load_texts
from tests.documents.printed_steps import MILLIONTH, PrintedDose, PrintedStep, doses_on, plain, rounded, sentences, values
from tests.documents.reading import page_texts
from tests.dose_comparison import plan_drawn
from tests.planning.test_dose_properties import drawn_for
from tests.planning.test_vinorelbine_escalation import after_doses
from tests.planning.treatments import library, plan_of
from tests.second_doses import tablets
from tests.second_doses.random_orders import REGIMEN_IDS, random_order

# Printed numbers have six decimals, so that a product of 1250 mg and a surface is known to a thousandth.
WITHIN = Decimal("0.001")
DRAWN = 8
"""So many treatments of each regimen are drawn, and the one with the most steps is printed."""


def after(step: PrintedStep, before: Decimal | None, language: str) -> Decimal | None:
    """What the sentence makes of the amount before it; None when the sentence has no arithmetic of its own."""
    rule, found = next(
        (rule, found)
        for rule in sentences(language, "computing")["step"]
        if (found := values(language, rule, step.sentence)) is not None
    )
    match rule:
        case "per-m2":
            return found["per_m2"] * found["bsa_m2"]
        case "per-kg":
            return found["per_kg"] * found["weight_kg"]
        case "calvert":
            return found["auc"] * (found["filtration_ml_min"] + 25)
        case "round-to-drawable":
            return rounded(found["exact"], found["step"])
        case "round-down-to-drawable":
            return (found["exact"] / found["step"]).to_integral_value(ROUND_FLOOR) * found["step"]
        case "round-to-band":
            assert abs((found["band"] / found["exact"] - 1) * 100 - found["deviation"]) <= Decimal("0.05")
            return found["band"]
        case "round-to-vials":
            return step.amount if abs(step.amount / found["exact"] - 1) * 100 <= found["limit"] else None
        case "tablets-by-table":
            return Decimal(_printed_table(found, step.amount))
        case "capsules-by-table":
            return Decimal(int(tablets.by_capsule_table(Fraction(found["per_m2"]), Fraction(found["bsa_m2"])) or 0))
        case "round-to-pieces":
            # The nearest that pieces make lies at most half of the smallest tablet, or of 500 mg alone, away.
            return step.amount if abs(step.amount - found["exact"]) <= 250 else None
    return None if before is None else _lowered(rule, found, before)


def _lowered(rule: str, found: dict[str, Decimal], before: Decimal) -> Decimal | None:
    """What a level, a percentage of the standard dose or a limit makes of the amount before it."""
    match rule:
        case "single-limit" | "ceiling" | "bsa-cap" | "gfr-cap":
            return min(before, found["limit"])
        case "dose-level" | "kept-low":
            return before * found["now"] / found["standard"]
        case "dose-percent":
            return before * found["percent"] / 100
    return None


def _printed_table(found: dict[str, Decimal], printed: Decimal) -> int:
    """The dose of the label's table for the printed surface and column, of the two tables the one that prints it."""
    rows = [tablets.by_label(per_m2, int(found["percent"]), Fraction(found["bsa_m2"])) for per_m2 in (1250, 1000)]
    return int(next(row for row in rows if row == printed))


LANGUAGES = complete_languages()
# Every regimen in the first language and in one of the others, which take turns.
SHEETS = [
    (regimen, language)
    for number, regimen in enumerate(REGIMEN_IDS)
    for language in (LANGUAGES[0], LANGUAGES[1:][number % (len(LANGUAGES) - 1)])
]


def pages_of(regimen: str, language: str) -> tuple[Plan, list[str]]:
    """The plan of a patient whose numbers are round in no formula, and the words on each page of its check sheet."""
    plan = plan_drawn(drawn_for(regimen, 7, weight=("71.3", "kg"), height=("167", "cm"), creatinine=("0.83", "mg/dL")))
    return plan, pages_with(plan, language)


def pages_with(plan: Plan, language: str) -> list[str]:
    """The words on each page of a plan's check sheet."""
    site = load_site(find_schedules() / "site.toml")
    return page_texts(document_pdf(compose("check_sheet", plan, library(), site, load_texts(language))))


def misfits(dose: PrintedDose, language: str) -> list[str]:
    """The steps whose printed amount is not what the sentence makes of the printed numbers."""
    found: list[str] = []
    before: Decimal | None = None
    for step in dose.steps:
        computed = after(step, before, language)
        if computed is not None and abs(computed - step.amount) > WITHIN:
            found.append(f"{step.sentence} is {computed}, not {step.amount}")
        if computed is None and before is not None and step.amount > before:
            found.append(f"{step.sentence} raises the dose")
        before = step.amount
    if before is None or abs(before - dose.amount) > MILLIONTH:
        found.append(f"the last step gives {before}, not {dose.amount}")
    return found


@pytest.mark.parametrize(("regimen", "language"), SHEETS)
def test_the_printed_steps_lead_to_the_printed_dose(regimen: str, language: str) -> None:
    plan, pages = pages_of(regimen, language)
    printed = [dose for page in pages for dose in doses_on(page, language)]
    different = {item.dose for item in (*plan.administrations, *plan.intakes) if item.dose}
    assert len(printed) >= len({(dose.amount, dose.steps) for dose in different})
    assert [text for dose in printed for text in misfits(dose, language)] == []


def test_one_digit_that_is_printed_wrong_is_seen() -> None:
    _, pages = pages_of("trastuzumab-emtansine", "en")
    # 3.6 mg/kg x 71.3 kg = 256.68 mg, downward 256 mg.
    text = plain(" ".join(pages))
    assert "3.6 mg per kg × 71.3 kg. 256.68 mg" in text
    for right, wrong in (("256.68 mg [", "256.86 mg ["), ("3.6 mg per kg", "3.0 mg per kg"), (" 256 mg [", " 257 mg [")):
        dose = next(iter(doses_on(text.replace(right, wrong), "en")))
        assert misfits(dose, "en"), wrong


def lowered(regimen: str) -> Plan:
    """A plan of a patient whose doses pass through as many steps as a few drawn treatments have: a level or a percentage, liver
    tests, an inhibitor, caps, every way of rounding."""
    drawn = (plan_drawn(random_order(Random(f"sheet/{number}"), regimen)) for number in range(DRAWN))  # noqa: S311
    return max(drawn, key=lambda plan: max((len(item.dose.steps) for item in doses_of(plan) if item.dose), default=0))


def doses_of(plan: Plan) -> list[Administration | TakePeriod]:
    return [*plan.administrations, *plan.intakes]


@pytest.mark.parametrize("regimen", REGIMEN_IDS)
def test_the_printed_steps_of_a_lowered_dose_lead_to_it_too(regimen: str) -> None:
    plan = lowered(regimen)
    pages = pages_with(plan, LANGUAGES[0])
    printed = [dose for page in pages for dose in doses_on(page, LANGUAGES[0])]
    different = {item.dose for item in doses_of(plan) if item.dose}
    assert len(printed) >= len({(dose.amount, dose.steps) for dose in different})
    assert [text for dose in printed for text in misfits(dose, LANGUAGES[0])] == []


def test_the_lower_dose_after_deep_counts_is_recomputed_from_paper() -> None:
    """80 x 1.765408 = 141.23264, then 60 of 80 of it, 105.92448 mg; the printed row has 110 mg."""
    plan = plan_of(after_doses("1.8", "0.4", "1.2"))
    printed = [dose for page in pages_with(plan, "en") for dose in doses_on(page, "en")]
    kept = next(dose for dose in printed if any("instead of 80" in step.sentence for step in dose.steps))
    assert misfits(kept, "en") == []
    assert kept.amount == 110
