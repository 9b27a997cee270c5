"""How much one administration may be at most: fixed milligrams, or per kg or m2 of the patient as measured last."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.dosing.situation import Missing, Situation, number
from mbc_desktop.regimen.dose_rules import Ceiling, Limit, SingleLimit
from mbc_desktop.regimen.drug import Drug


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A limit with the milligrams it means for this patient."""

    rule: Limit
    most: Decimal

    def values(self) -> dict[str, str]:
        """For a step or a finding: the milligrams, and the limit as it is written."""
        return {"limit": decimal_text(self.most), "at_most": decimal_text(self.rule.at_most), "limit_unit": self.rule.unit}


def bounds_of(drug: Drug, situation: Situation, *, standard: Decimal) -> tuple[Bound, ...] | Missing:
    """The limits that hold for an order of `standard` (mg, mg/m2 or mg/kg, after the dose level), or the facts they lack.

    A ceiling looks at the newest weight, never at the reference weight that a course keeps while weight stays near it: a
    patient who lost weight would else get more than the label's ceiling."""
    found: list[Bound] = []
    for rule in drug.limits:
        match rule:
            case SingleLimit():
                if rule.for_dose is None or rule.for_dose == standard:
                    found.append(Bound(rule=rule, most=rule.at_most))
            case Ceiling():
                most = _most(rule, situation)
                if isinstance(most, Missing):
                    return most
                found.append(Bound(rule=rule, most=most))
            case _:
                assert_never(rule)
    return tuple(found)


def rounds_down(drug: Drug) -> bool:
    """Whether a ceiling forbids rounding this drug's dose up."""
    return any(isinstance(rule, Ceiling) and rule.round_down for rule in drug.limits)


def _most(rule: Ceiling, situation: Situation) -> Decimal | Missing:
    measured = number("weight" if rule.unit == "mg/kg" else "bsa", situation)
    return measured if isinstance(measured, Missing) else CONTEXT.multiply(rule.at_most, measured.decides)
