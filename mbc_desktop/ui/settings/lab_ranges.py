"""The unit in which this laboratory reports a value, with its own reference range: new values begin in that unit, and the range
holds for a result that carries none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.patient.plausibility import FieldPolicy, Fields
from mbc_desktop.regimen.site import LabRange, Site
from mbc_desktop.ui.panels.measurement_section import GROUPS, other_kinds
from mbc_desktop.ui.panels.record_list import RecordKind
from mbc_desktop.ui.widgets.field_set import Field, Values
from mbc_desktop.ui.words import Words


def lab_ranges(words: Words, limits: Fields) -> RecordKind[Site, LabRange]:
    """The values of the laboratory, each in one unit."""
    kinds = (*GROUPS["laboratory"][1], *other_kinds(tuple(limits.numbers.values())))
    reported = {one.id: one for kind in kinds for one in limits.numbers.values() if one.kind == kind}

    def fields() -> tuple[Field, ...]:
        names = tuple((id, f"{_name(words, one.kind)}, {words.texts.unit(one.unit)}") for id, one in reported.items())
        number = replace(
            limits.numbers["prior_anthracycline"],
            unit="",
            spellings=(),
            hard=(Decimal(0), Decimal(10_000)),
            soft=None,
            decimals=2,
        )
        return (
            Field(name="reported", kind="choice", label="setup.lab_value", options=names),
            Field(name="low", kind="quantity", label="ui.field.low", policy=number),
            Field(name="high", kind="quantity", label="ui.field.high", policy=number),
        )

    def describe(item: LabRange) -> str:
        low, high = (words.texts.number(Decimal(limit)) for limit in (item.low, item.high))
        return f"{_name(words, item.kind)}: {low} \u2013 {high} {words.texts.unit(item.unit)}"

    return RecordKind(
        add="setup.add_lab_range",
        fields=fields,
        read=lambda site: site.ranges,
        write=lambda site, items: replace(site, ranges=items),
        describe=describe,
        values=lambda item: {
            "reported": _id_of(reported, item), "low": Decimal(item.low), "high": Decimal(item.high),
        },
        complete=lambda entered: _amount(entered, "low") < _amount(entered, "high"),
        make=lambda entered: _made(reported[str(entered["reported"])], entered),
    )  # fmt: skip


def _made(policy: FieldPolicy, entered: Values) -> LabRange:
    low, high = (decimal_text(_amount(entered, name)) for name in ("low", "high"))
    return LabRange(kind=policy.kind, unit=policy.unit, low=low, high=high)


def _id_of(reported: dict[str, FieldPolicy], item: LabRange) -> str:
    return next((id for id, one in reported.items() if (one.kind, one.unit) == (item.kind, item.unit)), "")


def _name(words: Words, kind: str) -> str:
    own = f"ui.field.{kind}"
    return words.say(own if words.texts.has(own) else f"fact.{kind}")


def _amount(entered: Values, name: str) -> Decimal:
    """A number that the form was not complete without. Raises TypeError when it is none."""
    value = entered[name]
    if not isinstance(value, Decimal):
        raise TypeError(name)
    return value
