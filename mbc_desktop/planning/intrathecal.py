"""Treatment into the spinal fluid, written out in full each time: no drug, dose or day is ever proposed. Two different persons
type the dose and it must be the same; a vinca alkaloid cannot be written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, assert_never

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass

IntrathecalDrug = Literal["methotrexate", "cytarabine", "trastuzumab"]
"""What may be written: only drugs with published use into the spinal fluid. Vinca alkaloids are fatal there and have no name
here."""

METHOTREXATE_MG = Decimal(15)
TRASTUZUMAB_MG = Decimal(80)
"""The highest published dose of one time; above it nothing is planned. For cytarabine that is not liposomal no figure was
found."""

BRAIN = ("brain", "whole_brain")
PERSONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """A person who typed the dose (mg) again, on which day."""

    by: str
    on: date
    dose_mg: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class IntrathecalOrder:
    """One order as the prescriber typed it: drug, dose (mg), every day by date, and who confirmed the dose."""

    id: str
    drug: IntrathecalDrug
    dose_mg: Decimal
    dates: tuple[date, ...]
    confirmed: tuple[Confirmation, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntrahepaticNote:
    """Treatment into the liver: a day and the prescriber's own words. The program computes nothing for it."""

    on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntrathecalDay:
    """One day of an order. Without two confirmations of the same dose it is withheld and has none. It is printed on a sheet of
    its own, never on one with anything that goes into a vein."""

    order: str
    drug: IntrathecalDrug
    number: int
    of: int
    date: date
    dose: Quantity | None
    status: Literal["planned", "withheld"]
    confirmed_by: tuple[str, ...]
    note: str = ""

    @property
    def id(self) -> str:
        """order/intrathecal/number, unique in the plan."""
        return f"{self.order}/intrathecal/{self.number}"


def plan_intrathecal(
    orders: tuple[IntrathecalOrder, ...],
    irradiated: tuple[tuple[str, date], ...],
    vinca: tuple[tuple[str, date], ...] = (),
) -> tuple[tuple[IntrathecalDay, ...], tuple[Finding, ...]]:
    """Every day of every order, by date, and the objections. `irradiated` = region and day of each planned fraction,
    `vinca` = drug and day of each vinca alkaloid that goes into a vein."""
    days: list[IntrathecalDay] = []
    found: list[Finding] = []
    for order in orders:
        objections = [*_confirmations(order), *_dose(order), *_with_radiotherapy(order, irradiated), *_with_vinca(order, vinca)]
        found += objections
        stopped = any(item.severity == "stop" for item in objections)
        days += (
            IntrathecalDay(
                order=order.id,
                drug=order.drug,
                number=number,
                of=len(order.dates),
                date=day,
                dose=None if stopped else Quantity(order.dose_mg, "mg"),
                status="withheld" if stopped else "planned",
                confirmed_by=tuple(item.by for item in order.confirmed),
                note=order.note,
            )
            for number, day in enumerate(order.dates, 1)
        )
    return tuple(sorted(days, key=lambda item: (item.date, item.order))), tuple(found)


def _confirmations(order: IntrathecalOrder) -> Iterator[Finding]:
    persons = {"".join(item.by.split()).casefold() for item in order.confirmed}
    if len(persons) < PERSONS:
        values = {"persons": str(len(persons)), "order": order.id}
        yield finding("intrathecal-not-confirmed", "stop", source="intrathecal_table", **values)
    for item in order.confirmed:
        if item.dose_mg != order.dose_mg:
            values = {"dose": decimal_text(order.dose_mg), "typed": decimal_text(item.dose_mg), "by": item.by, "order": order.id}
            yield finding("intrathecal-doses-differ", "stop", source="intrathecal_table", **values)


def _dose(order: IntrathecalOrder) -> Iterator[Finding]:
    match order.drug:
        case "methotrexate":
            yield from _above(order, METHOTREXATE_MG, source="intrathecal_table")
        case "trastuzumab":
            yield from _above(order, TRASTUZUMAB_MG, source="intrathecal_us_trial")
        case "cytarabine":
            values = {"dose": decimal_text(order.dose_mg), "order": order.id}
            yield finding("intrathecal-no-published-dose", "caution", source="intrathecal_table", **values)
        case _:
            assert_never(order.drug)


def _above(order: IntrathecalOrder, highest: Decimal, *, source: str) -> Iterator[Finding]:
    if order.dose_mg > highest:
        values = {"dose": decimal_text(order.dose_mg), "limit": decimal_text(highest), "order": order.id}
        yield finding("intrathecal-dose-above-published", "stop", source=source, **values)


def _with_radiotherapy(order: IntrathecalOrder, irradiated: tuple[tuple[str, date], ...]) -> Iterator[Finding]:
    """Methotrexate into the spinal fluid with irradiation of the brain: fatal encephalopathy has been described. In the same
    period it stops; one after the other both specialties have to agree."""
    days = [day for region, day in irradiated if region in BRAIN]
    if order.drug != "methotrexate" or not days:
        return
    first, last = min(days).isoformat(), max(days).isoformat()
    if max(order.dates) >= min(days) and min(order.dates) <= max(days):
        yield finding(
            "intrathecal-methotrexate-with-brain", "stop", source="methotrexate_brain", order=order.id, first=first, last=last
        )
    else:
        yield finding(
            "intrathecal-methotrexate-and-brain", "caution", source="methotrexate_brain", order=order.id, first=first, last=last
        )


def _with_vinca(order: IntrathecalOrder, vinca: tuple[tuple[str, date], ...]) -> Iterator[Finding]:
    """Never on one day with a vinca alkaloid: in the spinal fluid it is fatal, and two drugs of one day get mixed up."""
    for drug in dict.fromkeys(drug for drug, _ in vinca):
        shared = sorted({day for name, day in vinca if name == drug} & set(order.dates))
        if shared:
            dates = " ".join(day.isoformat() for day in shared)
            yield finding("intrathecal-on-vinca-day", "stop", drug=drug, source="vinca_imsn", order=order.id, dates=dates)
