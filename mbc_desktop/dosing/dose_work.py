"""A dose on its way through the pipeline: what is known of it so far, and the stop that ends it."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.dosing.dose import OtherConvention, Step
from mbc_desktop.dosing.situation import Missing, Situation
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.regimen import Order

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseLevel:
    """How far a dose was lowered by a person: whole `steps` down the drug's own ladder, or a `percent` of the standard dose;
    never of the dose before."""

    steps: int = 0
    percent: Decimal | None = None


FULL_DOSE = DoseLevel()


class DoseWork:
    """A dose on its way through the pipeline. `standard` is the order's full dose in its own unit (mg, mg/m2, mg/kg or AUC),
    `at_level` what the dose level left of it and `per` what all steps so far left of it; `measure` is the m2, the kg or the
    filtration + 25 that it is multiplied by (None for a fixed dose), `most` the mg that no rounding may exceed, `percent` the
    lowest percentage of the standard dose that was asked for, `level_rule` the step by which a person lowered the dose ("" = none
    did), `lowered_by` the rules that asked for less than the standard dose."""

    def __init__(self, order: Order, drug: Drug, situation: Situation) -> None:
        take, infusion = order.take, drug.infusion
        self.order, self.drug, self.situation = order, drug, situation
        self.amount = self.exact = self.standard = self.at_level = self.per = Decimal(0)
        self.measure: Decimal | None = None
        self.most: Decimal | None = None
        self.percent = HUNDRED
        self.unit = "mg"
        self.times = take.times if take else 1
        self.every_days = take.every_days if take else 1
        self.infusion_ml: Decimal | None = None
        self.minutes = order.minutes if order.minutes is not None else (infusion.minutes if infusion else None)
        self.steps: list[Step] = []
        self.used: list[Measurement] = []
        self.findings: list[Finding] = []
        self.rows: list[tuple[str, int]] = []
        self.level_rule = ""
        self.lowered_by: list[str] = []
        self.choices: dict[str, str] = {}
        self.others: tuple[OtherConvention, ...] = ()
        self.without_effect: set[str] = set()

    def chosen(self, *keys: str) -> None:
        """Keeps the site's choices that this dose rests on."""
        answers = self.situation.chosen
        self.choices |= {key: answers[key] for key in keys if key in answers}


class NoDoseError(Exception):
    """The pipeline stopped: the findings say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings = findings


def add_step(work: DoseWork, rule: str, source: str, grade: Grade, values: tuple[tuple[str, str], ...] = ()) -> None:
    """Keeps a step with the amounts before and after it."""
    before = work.steps[-1].amount if work.steps else None
    after = Quantity(work.amount, work.unit)
    work.steps.append(Step(rule=rule, before=before, amount=after, source=source, grade=grade, values=values))


def lacking(missing: Missing, drug: Drug, source: str) -> Finding:
    """The finding that names the facts without which there is no dose."""
    return finding("missing-fact", "stop", drug=drug.id, source=source, facts=" ".join(missing.facts))
