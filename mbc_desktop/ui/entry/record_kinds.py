"""The kinds of record that a treatment lists: what was given before, absences, closed and open days, where it has spread."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.facts import EarlierDrug, EarlierRadiotherapy, EarlierSetting, Metastases
from mbc_desktop.patient.facts import Site as MetastasisSite
from mbc_desktop.patient.plausibility import Fields
from mbc_desktop.planning.request import Absence
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import UNITS, Closure, ExtraOpenDay, Site, Unit
from mbc_desktop.ui.entry.draft import Draft
from mbc_desktop.ui.labels import drug_titles
from mbc_desktop.ui.panels.record_list import RecordKind
from mbc_desktop.ui.widgets.field_set import Field, Values
from mbc_desktop.ui.words import Words

REGIONS = ("bone", "spine", "cord_compression", "brain", "whole_brain", "lung", "ovary", "fungating", "svcs", "other")
Earlier = EarlierDrug | EarlierRadiotherapy


def earlier_drugs(words: Words, library: Library, limits: Fields) -> RecordKind[Draft, EarlierDrug]:
    """Drugs given before."""

    def fields() -> tuple[Field, ...]:
        drugs = sorted(drug_titles(words, library).items(), key=lambda pair: pair[1].casefold())
        day = limits.dates["earlier_day"]
        dose = limits.numbers["prior_anthracycline"]
        return (
            Field(name="drug", kind="choice", label="facts.field.drug", options=tuple(drugs), needed=False),
            Field(name="other", kind="text", label="facts.field.other_drug", needed=False),
            Field(name="since", kind="date", label="facts.field.since", policy=day, needed=False),
            Field(name="until", kind="date", label="facts.field.until", policy=day, needed=False),
            Field(name="cumulative", kind="quantity", label="facts.field.cumulative", policy=dose, needed=False),
            Field(name="unit", kind="choice", label="facts.field.other_unit", options=(("mg", "mg"),), needed=False),
            Field(name="setting", kind="choice", label="facts.field.setting", needed=False,
                  options=tuple((one, words.say(f"facts.value.{one}")) for one in get_args(EarlierSetting) if one)),
        )  # fmt: skip

    def describe(item: EarlierDrug) -> str:
        name = words.texts.drug_names.get(item.drug, item.drug)
        days = [words.say(f"facts.{key}", on=day) for key, day in (("since", item.since), ("until", item.until)) if day]
        dose = [words.texts.quantity(item.cumulative)] if item.cumulative else []
        setting = [words.say(f"facts.value.{item.setting}")] if item.setting else []
        return ", ".join((name, *days, *dose, *setting))

    return RecordKind(
        add="facts.add_drug",
        fields=fields,
        read=lambda draft: tuple(item for item in draft.history if isinstance(item, EarlierDrug)),
        write=lambda draft, items: _with_history(draft, EarlierDrug, items),
        describe=describe,
        values=lambda item: {name: getattr(item, name) for name in EarlierDrug.__slots__} | _named_otherwise(item, library),
        complete=lambda entered: ("drug" in entered) != ("other" in entered),
        make=lambda entered: EarlierDrug(
            drug=str(entered.get("drug") or entered["other"]), since=_day(entered, "since"), until=_day(entered, "until"),
            cumulative=_cumulative(entered),
            setting=next((one for one in get_args(EarlierSetting) if one == entered.get("setting")), ""),
        ),
    )  # fmt: skip


def earlier_radiotherapy(words: Words, limits: Fields) -> RecordKind[Draft, EarlierRadiotherapy]:
    """Radiotherapy given before, by region."""

    def fields() -> tuple[Field, ...]:
        numbers = limits.numbers
        regions = tuple((region, words.say(f"region.{region}")) for region in REGIONS)
        return (
            Field(name="fractions", kind="whole", label="facts.field.fractions", policy=numbers["rt_fractions"]),
            Field(name="dose", kind="quantity", label="facts.field.dose", policy=numbers["rt_dose_per_fraction"]),
            Field(name="region", kind="choice", label="facts.field.region", options=regions),
            Field(name="level", kind="text", label="facts.field.level", needed=False),
            Field(name="until", kind="date", label="facts.field.until", policy=limits.dates["earlier_day"], needed=False),
        )

    def describe(item: EarlierRadiotherapy) -> str:
        scheme = words.say("ui.course.scheme", fractions=item.fractions, dose=words.texts.number(item.dose_gy))
        place = " ".join(part for part in (words.say(f"region.{item.region}"), item.level) if part)
        return ", ".join((scheme, place, *([words.say("facts.until", on=item.until)] if item.until else [])))

    return RecordKind(
        add="facts.add_radiotherapy",
        fields=fields,
        read=lambda draft: tuple(item for item in draft.history if isinstance(item, EarlierRadiotherapy)),
        write=lambda draft, items: _with_history(draft, EarlierRadiotherapy, items),
        describe=describe,
        values=lambda item: {
            "fractions": item.fractions, "dose": item.dose_gy, "region": item.region, "level": item.level, "until": item.until,
        },
        make=lambda entered: EarlierRadiotherapy(
            fractions=_whole(entered, "fractions"), dose_gy=_amount(entered, "dose"), region=str(entered["region"]),
            level=str(entered.get("level", "")), until=_day(entered, "until"),
        ),
    )  # fmt: skip


def absences(words: Words, limits: Fields) -> RecordKind[Draft, Absence]:
    """Days on which the patient cannot come."""
    return RecordKind(
        add="facts.add_absence",
        fields=lambda: _span_fields(limits),
        read=lambda draft: draft.absences,
        write=lambda draft, items: replace(draft, absences=items),
        describe=lambda item: words.say("facts.span", first=item.first, last=item.last),
        values=lambda item: {"first": item.first, "last": item.last},
        make=lambda entered: Absence(first=_first(entered), last=_last(entered)),
    )


def closures(words: Words, limits: Fields) -> RecordKind[Draft, Closure]:
    """Closed days of this treatment only; those of the hospital stand in its own file."""
    return RecordKind(
        add="facts.add_closure",
        fields=lambda: _closure_fields(words, limits),
        read=lambda draft: draft.closures,
        write=lambda draft, items: replace(draft, closures=items),
        describe=lambda item: closure_text(words, item),
        values=_closure_values,
        make=_closure,
    )


def site_closures(words: Words, limits: Fields) -> RecordKind[Site, Closure]:
    """Closed days of the hospital."""
    return RecordKind(
        add="setup.add_closure",
        fields=lambda: _closure_fields(words, limits),
        read=lambda site: site.closures,
        write=lambda site, items: replace(site, closures=items),
        describe=lambda item: closure_text(words, item),
        values=_closure_values,
        make=_closure,
    )


def extra_open_days(words: Words, limits: Fields) -> RecordKind[Draft, ExtraOpenDay]:
    """Days on which a unit works although it would be closed, for this treatment."""
    return RecordKind(
        add="facts.add_open_day",
        fields=lambda: _open_day_fields(words, limits),
        read=lambda draft: draft.extra_open_days,
        write=lambda draft, items: replace(draft, extra_open_days=items),
        describe=lambda item: _open_day_text(words, item),
        values=lambda item: {"on": item.on, "unit": item.unit},
        make=_open_day,
    )


def site_open_days(words: Words, limits: Fields) -> RecordKind[Site, ExtraOpenDay]:
    """Days on which a unit of the hospital works although it would be closed."""
    return RecordKind(
        add="facts.add_open_day",
        fields=lambda: _open_day_fields(words, limits),
        read=lambda site: site.extra_open_days,
        write=lambda site, items: replace(site, extra_open_days=items),
        describe=lambda item: _open_day_text(words, item),
        values=lambda item: {"on": item.on, "unit": item.unit},
        make=_open_day,
    )


def metastases(words: Words, limits: Fields) -> RecordKind[Draft, Metastases]:
    """Where the disease has spread to, with the number of lesions where it was counted."""
    lesions = replace(limits.numbers["cycle_number"], id="lesions", hard=(Decimal(1), Decimal(999)), soft=None)

    def describe(item: Metastases) -> str:
        name = words.say(f"guideline.site.{item.site}")
        return words.say("facts.lesions", site=name, count=item.lesions) if item.lesions is not None else name

    return RecordKind(
        add="facts.add_metastasis",
        fields=lambda: (
            Field(name="site", kind="choice", label="facts.field.site",
                  options=tuple((site, words.say(f"guideline.site.{site}")) for site in get_args(MetastasisSite))),
            Field(name="lesions", kind="whole", label="facts.field.lesions", policy=lesions, needed=False),
        ),
        read=lambda draft: draft.facts.metastases,
        write=lambda draft, items: replace(draft, facts=replace(draft.facts, metastases=items)),
        describe=describe,
        values=lambda item: {"site": item.site, "lesions": item.lesions},
        make=lambda entered: Metastases(
            site=next(site for site in get_args(MetastasisSite) if site == entered["site"]),
            lesions=_whole(entered, "lesions") if "lesions" in entered else None,
        ),
    )  # fmt: skip


def _named_otherwise(item: EarlierDrug, library: Library) -> dict[str, object]:
    """A drug that the library does not have stands in words; an amount in another unit than the field's own says which."""
    other: dict[str, object] = {} if item.drug in library.drugs else {"drug": "", "other": item.drug}
    return other | ({"unit": item.cumulative.unit} if item.cumulative is not None else {})


def _cumulative(entered: Values) -> Quantity | None:
    amount, unit = _quantity(entered, "cumulative"), entered.get("unit")
    return Quantity(amount.amount, str(unit)) if amount is not None and unit else amount


def _with_history(draft: Draft, kind: type[Earlier], items: tuple[Earlier, ...]) -> Draft:
    others = tuple(item for item in draft.history if not isinstance(item, kind))
    return replace(draft, history=(*others, *items))


def closure_text(words: Words, item: Closure) -> str:
    """A closure as a line: its days, the unit, why."""
    unit = words.say(f"place.{item.unit}") if item.unit else words.say("facts.every_unit")
    days = words.texts.short_date(item.first)
    if item.last != item.first:
        days = words.say("facts.span", first=item.first, last=item.last)
    return ", ".join(part for part in (days, unit, item.why) if part)


def _closure_fields(words: Words, limits: Fields) -> tuple[Field, ...]:
    return (*_span_fields(limits), *_unit_fields(words), Field(name="why", kind="text", label="facts.field.why"))


def _closure_values(item: Closure) -> Values:
    return {"first": item.first, "last": item.last, "unit": item.unit, "why": item.why}


def _closure(entered: Values) -> Closure:
    return Closure(first=_first(entered), last=_last(entered), unit=_unit(entered), why=str(entered.get("why", "")))


def _open_day_fields(words: Words, limits: Fields) -> tuple[Field, ...]:
    day = limits.dates["calendar_day"]
    return (Field(name="on", kind="date", label="facts.field.on", policy=day), *_unit_fields(words))


def _open_day_text(words: Words, item: ExtraOpenDay) -> str:
    unit = words.say(f"place.{item.unit}") if item.unit else words.say("facts.every_unit")
    return f"{words.texts.short_date(item.on)}, {unit}"


def _open_day(entered: Values) -> ExtraOpenDay:
    return ExtraOpenDay(on=certain_day(entered, "on"), unit=_unit(entered))


def _span_fields(limits: Fields) -> tuple[Field, ...]:
    day = limits.dates["calendar_day"]
    return (
        Field(name="first", kind="date", label="facts.field.first", policy=day),
        Field(name="last", kind="date", label="facts.field.last", policy=day, needed=False),
    )


def _unit_fields(words: Words) -> tuple[Field, ...]:
    units = tuple((unit, words.say(f"place.{unit}")) for unit in UNITS)
    return (Field(name="unit", kind="choice", label="facts.field.unit", options=units, needed=False),)


def _unit(entered: Values) -> Unit | None:
    return next((unit for unit in UNITS if unit == entered.get("unit")), None)


def certain_day(entered: Values, name: str) -> date:
    """A date that the form was not complete without. Raises TypeError when it is none."""
    value = entered[name]
    if not isinstance(value, date):
        raise TypeError(name)
    return value


def _first(entered: Values) -> date:
    return certain_day(entered, "first")


def _last(entered: Values) -> date:
    """One day where no last one was named; a span typed the wrong way round is the same days."""
    return max(certain_day(entered, "first"), _day(entered, "last") or certain_day(entered, "first"))


def _day(entered: Values, name: str) -> date | None:
    value = entered.get(name)
    return value if isinstance(value, date) else None


def _quantity(entered: Values, name: str) -> Quantity | None:
    value = entered.get(name)
    return value if isinstance(value, Quantity) else None


def _amount(entered: Values, name: str) -> Decimal:
    value = entered[name]
    if not isinstance(value, Quantity):
        raise TypeError(name)
    return value.amount


def _whole(entered: Values, name: str) -> int:
    value = entered[name]
    if not isinstance(value, int):
        raise TypeError(name)
    return value
