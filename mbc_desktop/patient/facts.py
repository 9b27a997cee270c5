"""Who the patient is and what is known about her or him: values with unit and day, facts, and what was given before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.record import dataclass

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


Specimen = Literal["primary", "metastasis"]
Site = Literal["bone", "brain", "lung", "liver", "leptomeninges", "chest_wall", "lymph_nodes", "skin", "other"]
Line = Literal["first", "second", "third_or_later"]
Mutation = Literal["mutated", "not_mutated"]
EarlierSetting = Literal["", "adjuvant", "metastatic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metastases:
    """Where the disease has spread to, and the number of lesions there (None = not counted)."""

    site: Site
    lesions: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about the disease and the patient beside measured values; None is "not known". `er_from` and `er_on` (and
    so for pr and her2) say in which tissue, taken on which day, the receptor was determined. PD-L1 is kept as it was reported:
    a percentage of cells, or the combined positive score (CPS); one is never made from the other. `who` is the performance
    score, `line` the line of treatment that is now chosen, `brca` the germline test, `preference` the patient's own words.
    `cyp3a4_inhibitor` to `anticoagulant` say what else the patient takes, the strongest of its kind. `earlier_anthracycline`:
    whether any was given before the courses of this file (its amounts stand in the history); `cardiac_risk`: earlier
    radiotherapy of the heart or another drug that harms it."""

    menopausal_status: Literal["premenopausal", "perimenopausal", "postmenopausal"] | None = None
    er: Literal["positive", "negative"] | None = None
    pr: Literal["positive", "negative"] | None = None
    her2: Literal["positive", "low", "negative"] | None = None
    child_pugh: Literal["A", "B", "C"] | None = None
    dental_check_on: date | None = None
    oophorectomy_on: date | None = None
    radiocastration_confirmed_on: date | None = None
    asymptomatic_on: date | None = None
    port_placed_on: date | None = None
    dialysis: Literal["yes", "no"] | None = None
    er_from: Specimen | None = None
    er_on: date | None = None
    pr_from: Specimen | None = None
    pr_on: date | None = None
    her2_from: Specimen | None = None
    her2_on: date | None = None
    line: Line | None = None
    visceral_crisis: Literal["yes", "no"] | None = None
    metastases: tuple[Metastases, ...] = ()
    who: Literal["0", "1", "2", "3", "4"] | None = None
    pd_l1_percent: Decimal | None = None
    pd_l1_cps: Decimal | None = None
    esr1: Mutation | None = None
    pik3ca: Mutation | None = None
    akt1: Mutation | None = None
    pten: Mutation | None = None
    brca: Mutation | None = None
    preference: str | None = None
    cyp3a4_inhibitor: Literal["none", "moderate", "strong"] | None = None
    cyp3a4_inducer: Literal["none", "strong"] | None = None
    cyp2d6_inhibitor: Literal["none", "strong"] | None = None
    qt_drug: Literal["yes", "no"] | None = None
    anticoagulant: Literal["yes", "no"] | None = None
    earlier_anthracycline: Literal["none", "given"] | None = None
    cardiac_risk: Literal["yes", "no"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierDrug:
    """A drug given before, here or elsewhere: since when, until when, the cumulative dose where it matters, and whether it was
    adjuvant (or neoadjuvant) or for metastatic disease ("" = not known)."""

    drug: str
    since: date | None = None
    until: date | None = None
    cumulative: Quantity | None = None
    setting: EarlierSetting = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRadiotherapy:
    """A radiotherapy course given before, by region and, for the spine, level."""

    fractions: int
    dose_gy: Decimal
    region: str
    level: str = ""
    until: date | None = None
