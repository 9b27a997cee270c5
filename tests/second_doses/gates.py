"""The day's limits of section 6: at which counts a drug waits. Values are 10^9/L."""

from __future__ import annotations

from fractions import Fraction

NEUTROPHILS = {
    ("sacituzumab-govitecan", 1): "1.5", ("sacituzumab-govitecan", 8): "1.0", ("eribulin", 1): "1.0", ("eribulin", 8): "1.0",
    ("docetaxel", 1): "1.5", ("carboplatin", 1): "2.0", ("capecitabine", 1): "1.5", ("vinorelbine-oral", 1): "1.5",
    ("vinorelbine", 1): "1.5", ("epirubicin", 1): "1.5", ("doxorubicin", 1): "1.0", ("trastuzumab-deruxtecan", 1): "1.0",
    ("cyclophosphamide", 1): "1.5",
}  # fmt: skip
PLATELETS = {
    ("eribulin", 1): "75", ("eribulin", 8): "75", ("carboplatin", 1): "100", ("capecitabine", 1): "100",
    ("vinorelbine-oral", 1): "100", ("epirubicin", 1): "100", ("doxorubicin", 1): "100", ("trastuzumab-emtansine", 1): "75",
    ("trastuzumab-deruxtecan", 1): "50", ("cyclophosphamide", 1): "100",
}  # fmt: skip
"""By drug and day of the cycle; each value is the least at which the drug is given."""


LIVER = {"trastuzumab-emtansine": ("5", "3"), "tucatinib": ("5", "1.5")}
"""Multiples of the upper limit of transaminases and of bilirubin up to which a dose is given."""


def held_by_liver(drug: str, *, transaminases: Fraction | None, bilirubin: Fraction | None) -> bool:
    """Whether a dose that is due waits for the liver."""
    if drug not in LIVER:
        return False
    over = zip((transaminases, bilirubin), LIVER[drug], strict=True)
    return any(value is not None and value > Fraction(limit) for value, limit in over)


def may_be_given(drug: str, day: int, *, neutrophils: Fraction | None, platelets: Fraction | None) -> bool:
    """Whether both counts that are known reach the drug's limit of that day."""
    least, fewest = NEUTROPHILS.get((drug, day)), PLATELETS.get((drug, day))
    enough = least is None or neutrophils is None or neutrophils >= Fraction(least)
    return enough and (fewest is None or platelets is None or platelets >= Fraction(fewest))
