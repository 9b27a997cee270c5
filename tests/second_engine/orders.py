"""What is known of each regimen, from the references: days, lengths, windows, doses."""

from __future__ import annotations

from tests.second_engine.visits import Length, Rule, Template

LENGTHS: dict[str, Length] = {
    "21 days": (21, "days"),
    "28 days": (28, "days"),
    "84 days": (84, "days"),
    "12 weeks": (84, "days"),
    "1 month": (1, "months"),
    "3 months": (3, "months"),
    "6 months": (6, "months"),
}

LOADING = Rule((-3, 3), "nearest", False, 11)
MAINTENANCE = Rule((-3, 3), "nearest", False, 25)
BONE_AGENT = Rule((-3, 7), "later", False, 21)
DEPOT = Rule((-3, 0), "earlier", True, 21)
DOCETAXEL = Rule((0, 3), "later", True, 21)
ANTIBODIES = Rule((-3, 3), "nearest", False, 18)


def template(regimen: str, length: Length) -> Template:
    """The visits of a regimen."""
    match regimen:
        case "fulvestrant" | "palbociclib-fulvestrant":
            # Day 1 and 15, then day 1 of every cycle; the first three are loading doses.
            return Template((0, 14), (0,), length, lambda cycle: LOADING if cycle <= 2 else MAINTENANCE)
        case "zoledronic-acid" | "denosumab":
            return Template((0,), (0,), length, lambda cycle: BONE_AGENT)
        case "goserelin":
            return Template((0,), (0,), length, lambda cycle: DEPOT)
        case "docetaxel-trastuzumab-pertuzumab":
            # Six cycles with docetaxel, whose rule leads; then the antibodies alone.
            return Template((0,), (0,), length, lambda cycle: DOCETAXEL if cycle <= 6 else ANTIBODIES)
    raise ValueError(regimen)
