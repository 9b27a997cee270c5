"""Tablets that belong to two fixed days of the week: a period that begins on another day is not given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.planning.plan import TakePeriod
from mbc_desktop.regimen.regimen import WEEKDAY_PAIRS, Order


def on_fixed_weekdays(
    order: Order, due: date, periods: list[TakePeriod], chosen: Mapping[str, str]
) -> tuple[list[TakePeriod], tuple[Finding, ...]]:
    """The periods of an order that begins on `due`, without a dose where that is not the first of its two weekdays.

    A start or a delay by anything but whole weeks would move weekly tablets to other days, and two patterns on the ward are how
    weekly tablets come to be taken daily."""
    if order.take is None or not order.take.weekdays:
        return periods, ()
    named = chosen.get(order.take.weekdays)
    if named is None:
        said = finding("decision-missing", "stop", drug=order.drug, source=order.source, decision=order.take.weekdays)
    elif due.weekday() != WEEKDAY_PAIRS.index(named):
        said = finding("not-on-fixed-weekdays", "stop", drug=order.drug, source=order.source, weekdays=named)
    else:
        return periods, ()
    return [replace(item, dose=None, units=None, status="withheld") for item in periods], (said,)
