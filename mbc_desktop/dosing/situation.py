"""What is known about the patient on one day, and what a number computed from it looks like."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.dose import Derived
from mbc_desktop.patient.facts import Facts, Measurement, Patient
from mbc_desktop.regimen.site import LabRange

_SHOWN = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number computed from measured values: `decides` is the one shown and compared with limits, `exact` the unrounded
    one, `used` the measurements it rests on."""

    id: str
    decides: Decimal
    exact: Decimal
    unit: str
    inputs: tuple[tuple[str, str], ...]
    used: tuple[Measurement, ...]
    source: str

    def derived(self) -> Derived:
        """The number as the plan shows it; the exact value with four decimals, cut off."""
        return Derived(
            id=self.id,
            value=_shown(self.decides),
            exact=decimal_text(self.exact.quantize(_SHOWN, rounding=ROUND_FLOOR)),
            unit=self.unit,
            inputs=self.inputs,
            source=self.source,
            on=min((measurement.on for measurement in self.used), default=None),
        )


def _shown(value: Decimal) -> str:
    """At most four decimals: an unrounded square root would fill a line."""
    short = CONTEXT.quantize(value, _SHOWN)
    return decimal_text(value if value == short else short)


@dataclass(frozen=True, slots=True)
class Missing:
    """The names of the facts that are not known: a type of its own, so that no number can be made from it."""

    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The patient on one day. `measurements` run from old to new and hold nothing dated after that day; `chosen` are the
    answers to the site decisions by key (a key that is absent is undecided); `reference_weight_kg` is kept while weight
    stays near it; `ranges` are the site's laboratory limits for results that carry none."""

    patient: Patient
    facts: Facts
    measurements: tuple[Measurement, ...]
    chosen: Mapping[str, str]
    reference_weight_kg: Decimal | None = None
    ranges: tuple[LabRange, ...] = ()

    def latest(self, kind: str) -> Measurement | None:
        """The newest value of a kind; of two on one day the one entered last."""
        for measurement in reversed(self.measurements):
            if measurement.kind == kind:
                return measurement
        return None


def situation_on(
    day: date,
    *,
    patient: Patient,
    facts: Facts,
    measurements: tuple[Measurement, ...],
    chosen: Mapping[str, str],
    reference_weight_kg: Decimal | None = None,
    ranges: tuple[LabRange, ...] = (),
) -> Situation:
    """The situation with what was known on that day; `measurements` in any order."""
    known = sorted((measurement for measurement in measurements if measurement.on <= day), key=lambda measurement: measurement.on)
    return Situation(
        patient=patient,
        facts=facts,
        measurements=tuple(known),
        chosen=chosen,
        reference_weight_kg=reference_weight_kg,
        ranges=ranges,
    )
