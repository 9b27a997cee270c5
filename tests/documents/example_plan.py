"""A plan made by hand for the sheets: fulvestrant + palbociclib + zoledronic acid + 10 x 3 Gy over Easter 2026.

The dates, worked by hand. Monday 2 March 2026 is day 1.
fulvestrant: days 1, 15, 29 = 2, 16, 30 March; then every 28 days: 27 April.
palbociclib: 21 days of tablets, 7 of rest: 2-22 March, rest 23-29 March; 30 March-19 April, rest 20-26 April; 27 April-17 May.
zoledronic acid: every 28 days = 2 March, 30 March, 27 April.
radiotherapy from 30 March on working days: 30, 31 March, 1, 2, 3 April; 4, 5 are a weekend, 6 is Easter Monday; 7, 8, 9, 10;
11 and 12 are a weekend; 13 April: ten fractions.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from mbc_desktop.core.finding import finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.core.source import Source
from mbc_desktop.dosing.dose import Derived, Dose, Give, Step
from mbc_desktop.planning.plan import Administration, CheckUp, Choice, ClosedDay, Fraction, Plan, TakePeriod, Visit
from mbc_desktop.planning.request import DrugCourse, Facts, Measurement, Patient, RadiotherapyCourse, Request
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.drug import Drug, Names
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site

TODAY = date(2026, 3, 2)
HORIZON = date(2026, 4, 30)

FULVESTRANT_DATES = (date(2026, 3, 2), date(2026, 3, 16), date(2026, 3, 30), date(2026, 4, 27))
ZOLEDRONIC_DATES = (date(2026, 3, 2), date(2026, 3, 30), date(2026, 4, 27))
FRACTION_DATES = (
    date(2026, 3, 30),
    date(2026, 3, 31),
    date(2026, 4, 1),
    date(2026, 4, 2),
    date(2026, 4, 3),
    date(2026, 4, 7),
    date(2026, 4, 8),
    date(2026, 4, 9),
    date(2026, 4, 10),
    date(2026, 4, 13),
)

SITE = Site(
    name="Voorbeeldziekenhuis",
    unit_name="Oncologisch dagziekenhuis",
    telephone_day="000 00 00 00",
    telephone_night="000 00 00 01",
    fever_limit="38",
)


def drug(id: str, nl: str, en: str, brand: str, *, place: str = "day_hospital", routes: tuple[str, ...] = ("IV",)) -> Drug:
    """A drug with its names and nothing else."""
    return Drug(
        id=id,
        version="1",
        valid_from=TODAY,
        reviewed_on=TODAY,
        status="draft",
        inn=Names(nl=nl, fr=nl, de=nl, en=en),
        brands=(brand,),
        classes=(),
        routes=routes,
        place=place,
        forms=(),
        history=(),  # type: ignore[arg-type]
    )


def source(id: str, title: str) -> Source:
    """A source of the example."""
    return Source(
        id=id, title=title, holder="Voorbeeld", address=f"https://example.org/{id}", edition="2026", consulted_on=date(2026, 1, 5)
    )


LIBRARY = Library(
    version="0.1",
    fingerprint="0" * 64,
    hashes={},
    sources={
        item.id: item for item in (source("guideline", "Richtlijn"), source("label", "Bijsluiter"), source("cg", "Formule"))
    },
    fields={},
    drugs={
        item.id: item
        for item in (
            drug("fulvestrant", "fulvestrant", "fulvestrant", "Faslodex", routes=("IM",)),
            drug("palbociclib", "palbociclib", "palbociclib", "Ibrance", place="home", routes=("PO",)),
            drug("letrozole", "letrozol", "letrozole", "Femara", place="home", routes=("PO",)),
            drug("zoledronic-acid", "zoledroninezuur", "zoledronic acid", "Zometa"),
        )
    },
    regimens={},
    radiotherapy={},
    decisions={
        "maintenance_interval": Decision(
            id="E1",
            key="maintenance_interval",
            options=("28 days", "1 month"),
            state="preselected",
            preselected="28 days",
            source="guideline",
            grade="protocol",
        ),
    },
)

PATIENT = Patient(family_name="Voorbeeld", given_name="Anna", number="0012345", birth_date=date(1961, 5, 4), sex="female")

REQUEST = Request(
    today=TODAY,
    language="nl",
    horizon=HORIZON,
    patient=PATIENT,
    measurements=(
        Measurement(kind="weight", quantity=Quantity(Decimal("68"), "kg"), on=date(2026, 3, 1)),
        Measurement(kind="height", quantity=Quantity(Decimal("165"), "cm"), on=date(2026, 3, 1)),
        Measurement(kind="creatinine", quantity=Quantity(Decimal("0.85"), "mg/dL"), on=date(2026, 2, 27)),
    ),
    facts=Facts(menopausal_status="postmenopausal", er="positive", her2="negative", dental_check_on=date(2026, 2, 10)),
    courses=(
        DrugCourse(id="c1", regimen="palbociclib-fulvestrant", start=TODAY),
        DrugCourse(id="c2", regimen="zoledronic-acid", start=TODAY),
        RadiotherapyCourse(id="c3", scheme="10x3", start=date(2026, 3, 30), region="bone"),
    ),
)

FULVESTRANT_DOSE = Dose(
    amount=Quantity(Decimal("500"), "mg"),
    exact=Decimal("500"),
    give=(Give(count=Decimal(2), form="syringe", strength=Decimal("250"), unit="mg", volume_ml=Decimal("5")),),
    steps=(Step(rule="fixed", amount=Quantity(Decimal("500"), "mg"), source="label", grade="label"),),
)
PALBOCICLIB_DOSE = Dose(
    amount=Quantity(Decimal("125"), "mg"),
    exact=Decimal("125"),
    give=(Give(count=Decimal(1), form="tablet", strength=Decimal("125"), unit="mg"),),
    steps=(Step(rule="fixed", amount=Quantity(Decimal("125"), "mg"), source="label", grade="label"),),
)
LETROZOLE_DOSE = Dose(
    amount=Quantity(Decimal("2.5"), "mg"),
    exact=Decimal("2.5"),
    give=(Give(count=Decimal(1), form="tablet", strength=Decimal("2.5"), unit="mg"),),
    steps=(Step(rule="fixed", amount=Quantity(Decimal("2.5"), "mg"), source="label", grade="label"),),
)
# (140 - 64) x 68 x 0.85 / (72 x 0.85) = 76 x 68 / 72 = 71.7777...: the row above 60 mL/min, 4 mg; 4 mg / (4 mg / 5 mL) = 5 mL.
ZOLEDRONIC_DOSE = Dose(
    amount=Quantity(Decimal("4"), "mg"),
    exact=Decimal("4"),
    give=(Give(count=Decimal(1), form="concentrate", strength=Decimal("4"), unit="mg", volume_ml=Decimal("5")),),
    steps=(
        Step(rule="fixed", amount=Quantity(Decimal("4"), "mg"), source="label", grade="label"),
        Step(
            rule="renal",
            amount=Quantity(Decimal("4"), "mg"),
            source="label",
            grade="label",
            values=(("value", "71.7"), ("age_years", "64"), ("weight_kg", "68"), ("creatinine_mg_dl", "0.85"), ("sex", "female")),
        ),
    ),
    infusion_ml=Decimal("100"),
    minutes=15,
    values_on=date(2026, 2, 27),
)


def _administration(drug: str, course: str, route: str, number: int, day: date, dose: Dose, **changes: object) -> Administration:
    made = Administration(
        course=course,
        regimen=course,
        drug=drug,
        route=route,
        part=drug,
        phase="loading",
        cycle=number,
        day=1,
        number=number,
        nominal=day,
        due=day,
        date=day,
        window=(day - timedelta(days=3), day + timedelta(days=3)),
        status="planned",
        dose=dose,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


ADMINISTRATIONS = (
    *(_administration("fulvestrant", "c1", "IM", n, day, FULVESTRANT_DOSE) for n, day in enumerate(FULVESTRANT_DATES, 1)),
    # The first dose is released today; the later ones rest on a creatinine that will be old by then.
    _administration("zoledronic-acid", "c2", "IV", 1, ZOLEDRONIC_DATES[0], ZOLEDRONIC_DOSE),
    _administration("zoledronic-acid", "c2", "IV", 2, ZOLEDRONIC_DATES[1], ZOLEDRONIC_DOSE, status="provisional"),
    _administration("zoledronic-acid", "c2", "IV", 3, ZOLEDRONIC_DATES[2], ZOLEDRONIC_DOSE, status="provisional"),
)


def _palbociclib(cycle: int, first: date, last: date, rest: tuple[date, date] | None, *, open: bool = False) -> TakePeriod:
    units = Decimal((last - first).days + 1)
    return TakePeriod(
        course="c1",
        regimen="palbociclib-fulvestrant",
        drug="palbociclib",
        part="palbociclib",
        cycle=cycle,
        first=first,
        last=last,
        rest=rest,
        dose=PALBOCICLIB_DOSE,
        units=units,
        open=open,
        status="planned",
    )


INTAKES = (
    _palbociclib(1, date(2026, 3, 2), date(2026, 3, 22), (date(2026, 3, 23), date(2026, 3, 29))),
    _palbociclib(2, date(2026, 3, 30), date(2026, 4, 19), (date(2026, 4, 20), date(2026, 4, 26))),
    _palbociclib(3, date(2026, 4, 27), date(2026, 5, 17), (date(2026, 5, 18), date(2026, 5, 24))),
)
LETROZOLE = TakePeriod(
    course="c1",
    regimen="palbociclib-letrozole",
    drug="letrozole",
    part="letrozole",
    cycle=1,
    first=TODAY,
    last=HORIZON,
    rest=None,
    dose=LETROZOLE_DOSE,
    units=Decimal(60),
    open=True,
    status="planned",
)

FRACTIONS = tuple(
    Fraction(course="c3", scheme="10x3", region="bone", number=number, of=10, date=day, dose=Quantity(Decimal("3"), "Gy"))
    for number, day in enumerate(FRACTION_DATES, 1)
)

CHECKS = tuple(
    CheckUp(kind=kind, nominal=day, date=day, course=course, drug=drug, source="label", grade="label")
    for kind, day, course, drug in (
        ("blood_count", date(2026, 3, 2), "c1", "palbociclib"),
        ("creatinine", date(2026, 3, 2), "c2", "zoledronic-acid"),
        ("blood_count", date(2026, 3, 16), "c1", "palbociclib"),
        ("blood_count", date(2026, 3, 30), "c1", "palbociclib"),
        ("creatinine", date(2026, 3, 30), "c2", "zoledronic-acid"),
        ("creatinine", date(2026, 4, 27), "c2", "zoledronic-acid"),
    )
)


def _visits() -> tuple[Visit, ...]:
    hospital = sorted({item.date for item in ADMINISTRATIONS if item.date} | {item.date for item in CHECKS})
    made = [
        Visit(
            date=day,
            unit="day_hospital",
            items=tuple(item.id for item in (*ADMINISTRATIONS, *CHECKS) if item.date == day),
        )
        for day in hospital
    ]
    made += [Visit(date=item.date, unit="radiotherapy", items=(item.id,)) for item in FRACTIONS]
    return tuple(sorted(made, key=lambda visit: (visit.date, visit.unit)))


EASTER_MONDAY = tuple(
    ClosedDay(date=date(2026, 4, 6), unit=unit, why="easter_monday", holiday=True)  # type: ignore[arg-type]
    for unit in ("day_hospital", "radiotherapy", "laboratory", "pharmacy")
)

PLAN = Plan(
    request=REQUEST,
    fingerprint="1" * 64,
    code="7K3QX-9M2TA-C",
    library_version="0.1",
    library_fingerprint="0" * 64,
    derived=(
        Derived(
            id="crcl_cockcroft_gault",
            value="71.7",
            exact="71.7777",
            unit="mL/min",
            source="cg",
            on=date(2026, 2, 27),
            inputs=(("age_years", "64"), ("weight_kg", "68"), ("creatinine_mg_dl", "0.85"), ("sex", "female")),
        ),
    ),
    administrations=tuple(sorted(ADMINISTRATIONS, key=lambda item: (item.date or item.due, item.course))),
    intakes=INTAKES,
    fractions=FRACTIONS,
    checks=CHECKS,
    visits=_visits(),
    choices=(Choice(course="c1", id="E1", key="maintenance_interval", value="28 days", given_by="preselected"),),
    closed_days=(*EASTER_MONDAY, ClosedDay(date=date(2026, 4, 7), unit="day_hospital", why="brugdag", holiday=False)),
    findings=(finding("look-alike", "info", course="c1", drug="fulvestrant", others="letrozole"),),
)

LETROZOLE_PLAN = replace(
    PLAN,
    administrations=tuple(item for item in PLAN.administrations if item.drug == "zoledronic-acid"),
    intakes=tuple(sorted((*INTAKES, LETROZOLE), key=lambda item: item.first)),
)
"""Palbociclib with letrozole: in the rest week letrozole goes on."""
