"""A dose on its way through the pipeline: what is known of it so far, and the stop that ends it."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.source import Grade
from mbc_desktop.dosing.dose import Step
from mbc_desktop.dosing.situation import Missing
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.regimen import Order


class DoseWork:
    """A dose on its way through the pipeline. `standard` is the order's dose in its own unit after the dose level (mg, mg/m2,
    mg/kg or AUC), `measure` the m2 or kg that it was multiplied by (None where it was not), `percent`
    the lowest percentage that an adjustment asked for."""

    def __init__(self, order: Order, drug: Drug) -> None:
        take, infusion = order.take, drug.infusion
        self.amount = self.exact = self.standard = Decimal(0)
        self.measure: Decimal | None = None
        self.percent = Decimal(100)
        self.unit = "mg"
        self.times = take.times if take else 1
        self.every_days = take.every_days if take else 1
        self.infusion_ml = infusion.volume_ml if infusion else None
        self.minutes = order.minutes if order.minutes is not None else (infusion.minutes if infusion else None)
        self.steps: list[Step] = []
        self.used: list[Measurement] = []
        self.findings: list[Finding] = []
        self.rows: list[tuple[str, int]] = []
        self.without_effect: set[str] = set()


class NoDoseError(Exception):
    """The pipeline stopped: the findings say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings = findings


def add_step(work: DoseWork, rule: str, source: str, grade: Grade, values: tuple[tuple[str, str], ...] = ()) -> None:
    """Keeps a step with the amount after it."""
    work.steps.append(Step(rule=rule, amount=Quantity(work.amount, work.unit), source=source, grade=grade, values=values))


def lacking(missing: Missing, drug: Drug, source: str) -> Finding:
    """The finding that names the facts without which there is no dose."""
    return finding("missing-fact", "stop", drug=drug.id, source=source, facts=" ".join(missing.facts))
