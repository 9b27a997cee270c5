"""What liver tests, the test for DPD deficiency and other medicines do to a dose: sections 4, 8 and 9 of
clinical/chemotherapy.md, tables A4 to A6 of clinical/endocrine_bone_renal.md. Everything here lowers; nothing is multiplied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from tests.second_doses.medicines import AS_IT_WAS, NO_DOSE, Row

MICROMOL_OF_BILIRUBIN = Fraction("17.1")
"""umol/L for 1 mg/dL."""


@dataclass(frozen=True)
class Liver:
    """Bilirubin in mg/dL, and tests in multiples of the laboratory's upper limit; `transaminases` the higher of AST and ALT."""

    bilirubin: Fraction | None = None
    bilirubin_x: Fraction | None = None
    ast_x: Fraction | None = None
    transaminases_x: Fraction | None = None
    alp_x: Fraction | None = None


def over(value: Fraction | None, limit: str) -> bool:
    """Whether a value is known and above a limit."""
    return value is not None and value > Fraction(limit)


def part(text: str) -> Row:
    """A percentage of the standard dose."""
    return Row(percent=Fraction(text) * 100)


def _halves(liver: Liver, middle: str, high: str) -> Row:
    if over(liver.bilirubin, "3"):
        return part(high)
    return part(middle) if liver.bilirubin is not None and liver.bilirubin >= Fraction("1.2") else AS_IT_WAS


def _epirubicin(liver: Liver) -> Row:
    """The page that section 8 cites (EPI_DRUGS) has "or AST" beside both steps of bilirubin: 2 to 4 and above 4 times normal."""
    if over(liver.bilirubin, "3") or over(liver.ast_x, "4"):
        return part("1/4")
    raised = liver.ast_x is not None and liver.ast_x >= 2
    return part("1/2") if raised else _halves(liver, "1/2", "1/4")


def _myocet(liver: Liver) -> Row:
    if liver.bilirubin is not None and liver.bilirubin * MICROMOL_OF_BILIRUBIN > 50:
        return part("1/4")
    if over(liver.bilirubin_x, "1"):
        return part("1/2")
    return part("3/4") if over(liver.ast_x, "1") else AS_IT_WAS


def _docetaxel(liver: Liver) -> Row:
    if over(liver.bilirubin_x, "1") or (over(liver.transaminases_x, "3.5") and over(liver.alp_x, "6")):
        return NO_DOSE
    both = over(liver.transaminases_x, "1.5") and over(liver.alp_x, "2.5")
    return Row(per_unit=Fraction(75)) if both else AS_IT_WAS


def _vinorelbine(liver: Liver) -> Row:
    return part("2/3") if over(liver.bilirubin_x, "2") and over(liver.transaminases_x, "5") else AS_IT_WAS


BY_LIVER_TESTS: dict[str, Callable[[Liver], Row]] = {
    "epirubicin": _epirubicin,
    "doxorubicin": lambda liver: _halves(liver, "1/2", "1/4"),
    "pegylated-liposomal-doxorubicin": lambda liver: _halves(liver, "3/4", "1/2"),
    "liposomal-doxorubicin": _myocet,
    "docetaxel": _docetaxel,
    "vinorelbine": _vinorelbine,
}

BY_CYP3A4_INHIBITOR: dict[str, dict[str, str]] = {
    "palbociclib": {"strong": "75"},
    "ribociclib": {"strong": "400"},
    "abemaciclib": {"strong": "100"},
    "capivasertib": {"moderate": "320", "strong": "320"},
    "elacestrant": {"moderate": "172", "strong": "86"},
    "everolimus": {"moderate": "5", "strong": ""},
}
"""Milligrams at most; "" is no dose."""


def by_inhibitor(drug: str, inhibitor: str | None, now: Fraction) -> Row:
    """What a CYP3A4 inhibitor leaves of a dose of `now` milligrams; abemaciclib that was at 100 already goes to 50."""
    most = BY_CYP3A4_INHIBITOR.get(drug, {}).get(inhibitor or "none")
    if most is None:
        return AS_IT_WAS
    if drug == "abemaciclib" and now <= 100:
        most = "50"
    return Row(milligrams=Fraction(most)) if most else NO_DOSE


def by_dpd(score: Fraction | None, uracil: Fraction | None) -> Row:
    """Capecitabine: DPWG, activity score 2 whole, 1.5 and 1 half, below none; uracil (ng/mL) from 16 half, from 150 none."""
    rows = [AS_IT_WAS if score is None or score >= 2 else part("1/2") if score >= 1 else NO_DOSE]
    rows.append(AS_IT_WAS if uracil is None or uracil < 16 else part("1/2") if uracil < 150 else NO_DOSE)
    return NO_DOSE if NO_DOSE in rows else next((row for row in rows if row.percent), AS_IT_WAS)
