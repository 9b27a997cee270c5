"""The pipeline of one dose, in one declared order. This is the only place where that order stands:

1. base dose: mg/m2, mg/kg, AUC, fixed, or mg of one intake
2. dose level: down the drug's ladder, or a percentage of the standard dose; at most the lower dose at which counts keep a drug
3. adjustments: kidneys, liver, interactions, gene tests; the lowest dose that any of them allows
4. caps: body surface, filtration, single dose, label's ceiling
5. one rounding, or the amount that the prescriber typed
6. what is given: vials, tablets, mL"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.adjustment import apply_adjustments
from mbc_desktop.dosing.base_dose import base_dose
from mbc_desktop.dosing.concentration import bag_for
from mbc_desktop.dosing.dispense import VIAL_DECISIONS, dispense, is_drawn, shelf, wasted
from mbc_desktop.dosing.dose import Dose, DoseAnswer, Give, Origin
from mbc_desktop.dosing.dose_level import keep_low, lower_by_level, others_at_level
from mbc_desktop.dosing.dose_work import FULL_DOSE, DoseLevel, DoseWork, NoDoseError
from mbc_desktop.dosing.escalation import KeptLow
from mbc_desktop.dosing.limits import apply_caps
from mbc_desktop.dosing.rounding import order_instead, round_once
from mbc_desktop.dosing.situation import Situation
from mbc_desktop.patient.cross_checks import DoseOverrideLimits
from mbc_desktop.regimen.dose_tables import DoseTable
from mbc_desktop.regimen.drug import Drug, Form
from mbc_desktop.regimen.regimen import Order
from mbc_desktop.regimen.site import NO_SITE, Site

_UNIT_OF_MEASURE = {"mg/m2": "m2", "mg/kg": "kg"}


def compute_dose(
    order: Order,
    drug: Drug,
    situation: Situation,
    *,
    level: DoseLevel = FULL_DOSE,
    kept: KeptLow | None = None,
    ordered: Quantity | None = None,
    rows_so_far: Mapping[str, int] | None = None,
    override: DoseOverrideLimits | None = None,
    tables: Mapping[str, DoseTable] | None = None,
    site: Site = NO_SITE,
) -> DoseAnswer:
    """The dose of one order for one patient on one day.

    `kept` is the lower dose at which counts keep the drug; `ordered` is an amount that the prescriber typed over the computed
    one, `override` how far it may differ; `tables` are the library's printed tables by id; `rows_so_far` are the lowest rows of
    adjustment tables used at earlier administrations; `site` says what the pharmacy stocks and how it rounds. A missing fact, an
    undecided question, or a row that says "do not give" yields no dose and the finding that names it: never a default, never
    zero."""
    origin = Origin(order=order, drug=drug, level=level, kept=kept, rows_so_far=tuple((rows_so_far or {}).items()))
    work = DoseWork(order, drug, situation)
    forms = shelf(drug, order.form, site.products_of(drug.id))
    try:
        _before_rounding(work, origin)
        if ordered is None:
            round_once(work, forms, tables or {}, _policy(drug, situation, site))
        else:
            order_instead(work, ordered, override)
        return _given(work, forms, origin)
    except NoDoseError as stopped:
        return DoseAnswer(dose=None, findings=stopped.findings)


def exact_amount(origin: Origin, situation: Situation) -> Decimal | None:
    """The amount before rounding (in the unit of the dose) that the same order would have in another situation; None where it
    would have no dose."""
    work = DoseWork(origin.order, origin.drug, situation)
    try:
        _before_rounding(work, origin)
    except NoDoseError:
        return None
    return work.amount


def _before_rounding(work: DoseWork, origin: Origin) -> None:
    """The first four stages. Raises NoDoseError with the findings that say why there is no dose."""
    base_dose(work)
    lower_by_level(work, origin.level)
    keep_low(work, origin.kept)
    apply_adjustments(work, dict(origin.rows_so_far))
    apply_caps(work)


def _policy(drug: Drug, situation: Situation, site: Site) -> str:
    return site.rounding_of(drug.id) or situation.chosen.get("rounding", "step")


def _infusion_ml(work: DoseWork) -> Decimal | None:
    """The mL that the dose is diluted in: as an adjustment says, else as the drug's own rule for so many mg."""
    infusion = work.drug.infusion
    return work.infusion_ml if work.infusion_ml is not None or infusion is None else infusion.volume_for(work.amount)


def _observed(work: DoseWork) -> int | None:
    """How long the patient stays after an infusion of this length, where the site asks for it."""
    for row in work.drug.observations:
        work.chosen(row.decision)
        if row.minutes == work.minutes and work.situation.chosen.get(row.decision) == row.if_decided:
            return row.observe_minutes
    return None


def _from_the_shelf(work: DoseWork, forms: tuple[Form, ...]) -> tuple[Give, ...]:
    """Pieces, syringes or vials, opened as the site decided. Raises NoDoseError where the amount cannot be made of them."""
    if forms and is_drawn(forms):
        work.chosen(*VIAL_DECISIONS)
    fewest = work.situation.chosen.get("vial_choice", "fewest_vials") == "fewest_vials"
    give = dispense(work.amount, forms, fewest_vials=fewest) if forms and work.unit == forms[0].unit else ()
    if give is None or work.amount <= 0:
        amount = decimal_text(work.amount)
        raise NoDoseError(finding("not-dispensable", "stop", drug=work.drug.id, amount=amount, unit=work.unit))
    return give


def _given(work: DoseWork, forms: tuple[Form, ...], origin: Origin) -> DoseAnswer:
    """What is taken from the shelf, and the dose as it explains itself."""
    drug, order = work.drug, work.order
    shared = work.situation.chosen.get("vial_sharing") == "yes"
    give = _from_the_shelf(work, forms)
    infusion_ml = _infusion_ml(work)
    bag, too_strong = bag_for(work.amount, drug, volume_ml=infusion_ml)
    unconfirmed = tuple(
        finding("unconfirmed-number", "info", drug=drug.id, source=taken.source, rule=taken.rule)
        for taken in work.steps
        if taken.grade == "unconfirmed" and taken.rule not in work.without_effect
    )
    unit = _UNIT_OF_MEASURE.get(order.dose.unit)
    dose = Dose(
        amount=Quantity(work.amount, work.unit),
        exact=work.exact,
        give=give,
        steps=tuple(work.steps),
        infusion_ml=infusion_ml,
        minutes=work.minutes,
        observe_minutes=order.observe_minutes or _observed(work),
        times=work.times,
        every_days=work.every_days,
        values_on=min((measurement.on for measurement in work.used), default=None),
        choices=tuple(work.choices.items()),
        others=others_at_level(work),
        per_measure=work.per if unit is not None else None,
        measure=Quantity(work.measure, unit) if unit is not None and work.measure is not None else None,
        waste=wasted(work.amount, forms, give) if work.unit == "mg" and not shared else None,
        bag=bag,
        origin=origin,
    )
    return DoseAnswer(
        dose=dose, findings=(*work.findings, *too_strong, *unconfirmed), rows=tuple(work.rows), used=tuple(work.used)
    )
