"""The fourth step of a dose: caps. What the surface and the filtration may count for, and how much one administration may be at
most: fixed milligrams, or per kg or m2 of the patient as measured last."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.dose_work import DoseWork, NoDoseError, add_step, lacking
from mbc_desktop.dosing.filtration import filtration_cap
from mbc_desktop.dosing.patient_numbers import number
from mbc_desktop.dosing.situation import Missing, Situation
from mbc_desktop.regimen.dose_rules import Ceiling, Limit, SingleLimit
from mbc_desktop.regimen.drug import Drug

_PLUS = Decimal(25)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A limit with the milligrams it means for this patient."""

    rule: Limit
    most: Decimal

    def values(self) -> dict[str, str]:
        """For a step or a finding: the milligrams, and the limit as it is written."""
        return {"limit": decimal_text(self.most), "at_most": decimal_text(self.rule.at_most), "limit_unit": self.rule.unit}


def apply_caps(work: DoseWork) -> None:
    """Brings a computed dose down to every cap: the site's cap on body surface, its cap on filtration, then the drug's own
    limits. Applied once or twice, the dose is the same; and no rounding goes beyond the drug's limits afterwards."""
    _cap_surface(work)
    _cap_filtration(work)
    bounds = bounds_for(work)
    for bound in bounds:
        if work.amount > bound.most:
            work.amount = bound.most
            rule = "single-limit" if bound.rule.kind == "single" else "ceiling"
            add_step(work, rule, bound.rule.source, bound.rule.grade, tuple(bound.values().items()))
    work.most = min((bound.most for bound in bounds), default=None)


def bounds_for(work: DoseWork) -> tuple[Bound, ...]:
    """The drug's own limits for the order at its level. Raises NoDoseError for the facts they lack."""
    bounds = bounds_of(work.drug, work.situation, standard=work.at_level)
    if isinstance(bounds, Missing):
        raise NoDoseError(lacking(bounds, work.drug, work.drug.limits[0].source))
    return bounds


def bounds_of(drug: Drug, situation: Situation, *, standard: Decimal) -> tuple[Bound, ...] | Missing:
    """The limits that hold for an order of `standard` (mg, mg/m2 or mg/kg, after the dose level), or the facts they lack.

    A ceiling looks at the newest weight, never at the reference weight that a course keeps while weight stays near it: a
    patient who lost weight would else get more than the label's ceiling."""
    found: list[Bound] = []
    own = _for_dose(drug, standard)
    for rule in drug.limits:
        match rule:
            case SingleLimit():
                if rule.for_dose in (None, own):
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
    """Whether a ceiling forbids rounding this drug's dose up, at any level."""
    return any(isinstance(rule, Ceiling) and rule.round_down for rule in drug.limits)


def _for_dose(drug: Drug, standard: Decimal) -> Decimal | None:
    """The ordered dose whose limit holds for `standard`: the next higher one that has a limit, else the highest; 72 mg/m2 of oral
    vinorelbine have the limit of 80."""
    doses = sorted(rule.for_dose for rule in drug.limits if isinstance(rule, SingleLimit) and rule.for_dose is not None)
    return next((dose for dose in doses if dose >= standard), doses[-1] if doses else None)


def _most(rule: Ceiling, situation: Situation) -> Decimal | Missing:
    measured = number("weight" if rule.unit == "mg/kg" else "bsa", situation)
    if isinstance(measured, Missing):
        return measured
    cap = situation.chosen.get("bsa_cap", "none")
    counted = measured.decides if rule.unit == "mg/kg" or cap == "none" else min(measured.decides, Decimal(cap))
    return CONTEXT.multiply(rule.at_most, counted)


def _cap_surface(work: DoseWork) -> None:
    cap = work.situation.chosen.get("bsa_cap", "none")
    if cap != "none" and work.order.dose.unit == "mg/m2" and _lowers(work, Decimal(cap)):
        values = (("cap_m2", cap), ("limit", decimal_text(CONTEXT.multiply(work.per, Decimal(cap)))))
        add_step(work, "bsa-cap", "proposal", "proposal", values)


def _cap_filtration(work: DoseWork) -> None:
    cap = filtration_cap(work.situation) if work.order.dose.kind == "auc" else None
    if cap is not None and _lowers(work, CONTEXT.add(cap, _PLUS)):
        most = CONTEXT.multiply(work.per, CONTEXT.add(cap, _PLUS))
        values = (("cap_ml_min", decimal_text(cap)), ("limit", decimal_text(most)))
        add_step(work, "gfr-cap", "calvert_nccn", "protocol", values)


def _lowers(work: DoseWork, cap: Decimal) -> bool:
    """Counts the measure for no more than `cap`; whether that changed anything."""
    if work.measure is None or work.measure <= cap:
        return False
    work.measure = cap
    work.amount = min(work.amount, CONTEXT.multiply(work.per, cap))
    return True
