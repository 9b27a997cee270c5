"""Who the patient is and what is known about her or him: values with unit and day, facts, and what was given before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.quantity import Quantity

Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who it is about. Sex has no default."""

    family_name: str
    given_name: str
    number: str
    birth_date: date
    sex: Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A value with its unit and its day; the laboratory's range where it gave one; why an unusual or old value was
    confirmed, and by whom."""

    kind: str
    quantity: Quantity
    on: date
    low: Decimal | None = None
    high: Decimal | None = None
    confirmed_reason: str = ""
    confirmed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about the disease and the patient beside measured values; None is "not known"."""

    menopausal_status: Literal["premenopausal", "perimenopausal", "postmenopausal"] | None = None
    er: Literal["positive", "negative"] | None = None
    pr: Literal["positive", "negative"] | None = None
    her2: Literal["positive", "low", "negative"] | None = None
    child_pugh: Literal["A", "B", "C"] | None = None
    dental_check_on: date | None = None
    oophorectomy_on: date | None = None
    radiocastration_confirmed_on: date | None = None
    asymptomatic_on: date | None = None
    dialysis: Literal["yes", "no"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDrug:
    """A drug given before, here or elsewhere: since when, until when, the cumulative dose where it matters."""

    drug: str
    since: date | None = None
    until: date | None = None
    cumulative: Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRadiotherapy:
    """A radiotherapy course given before, by region and, for the spine, level."""

    fractions: int
    dose_gy: Decimal
    region: str
    level: str = ""
    until: date | None = None
