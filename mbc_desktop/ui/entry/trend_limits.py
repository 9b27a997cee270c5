"""The limits that the drugs in use set to a measured value, for drawing beside its course."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.hold_rules import CalciumGate, CreatinineRise, Hold, ThresholdGate
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.regimen.site import Site
from mbc_desktop.ui.entry.draft import Draft

THRESHOLD = "weight_change_threshold"


@dataclass(frozen=True, slots=True)
class Limit:
    """A value that a drug's rule looks at, and the drug's id; "" for a laboratory's own range."""

    value: Decimal
    drug: str


def limits_for(draft: Draft, library: Library, values: tuple[Measurement, ...], *, site: Site) -> tuple[Limit, ...]:
    """The limits for values of one kind, in the unit of the newest one: of the drugs of the courses, then the laboratory's. For a
    weight those from which a dose that rests on an earlier one is computed again."""
    if not values:
        return ()
    ordered = sorted(values, key=lambda one: one.on)
    newest, unit = ordered[-1], ordered[-1].quantity.unit
    baseline = next((one for one in ordered if one.quantity.unit == unit), newest)
    found = [
        Limit(value, drug.id)
        for drug in _drugs(draft, library)
        for hold in drug.holds
        for value in _values(hold, newest, baseline)
    ]
    found += _of_weight(draft, library, site) if newest.kind == "weight" else ()
    found += [Limit(value, "") for value in (newest.low, newest.high) if value is not None]
    return tuple(dict.fromkeys(found))


def _of_weight(draft: Draft, library: Library, site: Site) -> Iterator[Limit]:
    # The replay is not needed before there is a trend to draw.
    from mbc_desktop.planning.replay.decisions import answers_for, decisions_of

    for course in draft.courses:
        regimen, kept = library.regimens.get(course.subject), course.reference_weight
        if regimen is None or kept is None or THRESHOLD not in decisions_of(regimen, library):
            continue
        answers = answers_for(course.id, regimen, dict(course.choices), library=library, site=site)
        per_cent = next((Decimal(one.value.rstrip(" %")) for one in answers.choices if one.key == THRESHOLD), None)
        for part in (Decimal(100) - per_cent, Decimal(100) + per_cent) if per_cent is not None else ():
            value = CONTEXT.divide(CONTEXT.multiply(kept.amount, part), Decimal(100))
            yield Limit(
                value.normalize(CONTEXT) if value != value.to_integral_value() else value.quantize(1), drugs_of(regimen)[0]
            )


def _drugs(draft: Draft, library: Library) -> Iterator[Drug]:
    regimens = dict.fromkeys(course.subject for course in draft.courses if course.subject in library.regimens)
    for drug in dict.fromkeys(drug for regimen in regimens for drug in drugs_of(library.regimens[regimen])):
        yield library.drugs[drug]


def _values(hold: Hold, newest: Measurement, baseline: Measurement) -> Iterator[Decimal]:
    kind, unit = newest.kind, newest.quantity.unit
    match hold:
        case CalciumGate() if kind == "calcium":
            yield hold.ask_from_mmol if unit == "mmol/L" else hold.ask_from_mg
        case CreatinineRise() if kind == "creatinine":
            for limit in hold.limits:
                if limit.unit == unit:
                    normal = baseline.quantity.amount <= limit.normal_up_to
                    yield CONTEXT.add(baseline.quantity.amount, limit.rise_if_normal if normal else limit.rise_if_raised)
        case ThresholdGate() if hold.of == kind and hold.unit == unit:
            yield from (value for value in (hold.at_least, hold.below) if value is not None)
        case _:
            return
