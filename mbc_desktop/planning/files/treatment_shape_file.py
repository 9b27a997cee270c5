"""The shape of a treatment file: every key it may have, read strictly. The JSON Schema in docs/format is made from these
models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from mbc_desktop.patient.facts import Line, Mutation, Site, Specimen
from mbc_desktop.planning.files.treatment_scalars_file import Choices, Day, Id, Number, Shape, Text, UnitName
from mbc_desktop.planning.intrathecal import IntrathecalDrug
from mbc_desktop.planning.request import EventKind, Print


class PatientShape(Shape):
    """The patient: no default for sex."""

    family_name: Annotated[str, Field(min_length=1, max_length=120)]
    given_name: Annotated[str, Field(max_length=120)]
    number: Annotated[str, Field(min_length=1, max_length=40)]
    birth_date: Day
    sex: Literal["female", "male"]


class ConfirmedShape(Shape):
    """Why an unusual or old value is right, and who says so."""

    reason: Annotated[str, Field(min_length=1, max_length=400)]
    by: Annotated[str, Field(min_length=1, max_length=120)]


class MeasurementShape(Shape):
    """One measured value with its unit and its day."""

    kind: str
    value: Number
    unit: str
    on: Day
    low: Number | None = None
    high: Number | None = None
    confirmed: ConfirmedShape | None = None


class MetastasesShape(Shape):
    """Where the disease has spread to, and how many lesions there are."""

    site: Site
    lesions: Annotated[int, Field(ge=1, le=999)] | None = None


class FactsShape(Shape):
    """Facts that are not measured; a key that is absent is not known."""

    menopausal_status: Literal["premenopausal", "perimenopausal", "postmenopausal"] | None = None
    er: Literal["positive", "negative"] | None = None
    pr: Literal["positive", "negative"] | None = None
    her2: Literal["positive", "low", "negative"] | None = None
    child_pugh: Literal["A", "B", "C"] | None = None
    dental_check_on: Day | None = None
    oophorectomy_on: Day | None = None
    radiocastration_confirmed_on: Day | None = None
    asymptomatic_on: Day | None = None
    port_placed_on: Day | None = None
    dialysis: Literal["yes", "no"] | None = None
    er_from: Specimen | None = None
    er_on: Day | None = None
    pr_from: Specimen | None = None
    pr_on: Day | None = None
    her2_from: Specimen | None = None
    her2_on: Day | None = None
    line: Line | None = None
    visceral_crisis: Literal["yes", "no"] | None = None
    metastases: list[MetastasesShape] = []
    who: Literal["0", "1", "2", "3", "4"] | None = None
    pd_l1_percent: Number | None = None
    pd_l1_cps: Number | None = None
    esr1: Mutation | None = None
    pik3ca: Mutation | None = None
    akt1: Mutation | None = None
    pten: Mutation | None = None
    brca: Mutation | None = None
    preference: Annotated[str, Field(min_length=1, max_length=400)] | None = None
    cyp3a4_inhibitor: Literal["none", "moderate", "strong"] | None = None
    cyp3a4_inducer: Literal["none", "strong"] | None = None
    cyp2d6_inhibitor: Literal["none", "strong"] | None = None
    qt_drug: Literal["yes", "no"] | None = None
    anticoagulant: Literal["yes", "no"] | None = None
    earlier_anthracycline: Literal["none", "given"] | None = None
    cardiac_risk: Literal["yes", "no"] | None = None


class HistoryShape(Shape):
    """A drug given before (`drug`), or radiotherapy given before (`radiotherapy`)."""

    drug: str | None = None
    since: Day | None = None
    until: Day | None = None
    cumulative: Number | None = None
    unit: str | None = None
    setting: Literal["adjuvant", "metastatic"] | None = None
    radiotherapy: str | None = None
    region: str | None = None
    level: str | None = None


class PinShape(Shape):
    """The data file a running treatment was started on."""

    version: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class CourseShape(Shape):
    """A drug course (`regimen`) or a radiotherapy course (`radiotherapy`)."""

    id: Id
    start: Day
    regimen: str | None = None
    cycle: Annotated[int, Field(ge=1, le=200)] | None = None
    phase: str | None = None
    last_given: Day | None = None
    cycles: Annotated[int, Field(ge=1, le=200)] | None = None
    until: Day | None = None
    reference_weight: Number | None = None
    radiotherapy: str | None = None
    fractions: Annotated[int, Field(ge=1, le=40)] | None = None
    dose: Number | None = None
    region: str | None = None
    level: str | None = None
    treatment_time: Annotated[str, Field(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$")] | None = None
    choices: Choices = {}
    pin: PinShape | None = None


class EventShape(Shape):
    """Something that happened or was decided; which keys belong to which kind is checked when it is read."""

    id: Id
    kind: EventKind
    course: str
    on: Day
    by: Annotated[str, Field(min_length=1, max_length=120)]
    drug: str | None = None
    number: Annotated[int, Field(ge=1, le=2000)] | None = None
    date: Day | None = None
    fraction: Annotated[int, Field(ge=1, le=40)] | None = None
    cycle: Annotated[int, Field(ge=1, le=200)] | None = None
    scope: Literal["this", "rest_of_cycle", "rest_of_treatment"] | None = None
    reason: Literal["toxicity", "patient", "organisation", "intercurrent", "prescriber", "progression", "other"] | None = None
    grade: Annotated[int, Field(ge=1, le=5)] | None = None
    note: Text | None = None
    given_on: Day | None = None
    amount: Number | None = None
    unit: str | None = None
    batch: Text | None = None
    days: Annotated[int, Field(ge=1, le=365)] | None = None
    to: Day | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None
    level: str | None = None
    every: str | None = None
    regimen: str | None = None
    what: Text | None = None
    event: str | None = None
    by_event: str | None = None


class ClosureShape(Shape):
    """Closed days of a unit, or of every unit."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day
    unit: UnitName | None = None
    why: Annotated[str, Field(max_length=120)] = ""


class ExtraOpenDayShape(Shape):
    """A day on which a unit works although it would be closed."""

    on: Day
    unit: UnitName | None = None


class AbsenceShape(Shape):
    """Days on which the patient cannot come."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day


class PrintShape(Shape):
    """A sheet that was printed or saved."""

    fingerprint: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    document: str
    on: Day
    by: str
    request: str = ""
    token: Annotated[str, Field(pattern="^([0-9a-f]{32})?$")] = ""
    subject: Annotated[str, Field(max_length=120)] = ""

    def as_print(self) -> Print:
        """The same as the engine keeps it."""
        return Print(
            fingerprint=self.fingerprint,
            document=self.document,
            on=self.on,
            by=self.by,
            request=self.request,
            token=self.token,
            subject=self.subject,
        )


class ConfirmedDoseShape(Shape):
    """Who typed the dose of an intrathecal order again, and when; the dose is typed, never copied."""

    by: Annotated[str, Field(min_length=1, max_length=120)]
    on: Day
    dose: Number


class IntrathecalShape(Shape):
    """An order into the spinal fluid: drug, dose in mg and every day, all typed. A vinca alkaloid cannot be written here."""

    id: Id
    drug: IntrathecalDrug
    dose: Number
    unit: Literal["mg"]
    dates: Annotated[list[Day], Field(min_length=1, max_length=60)]
    confirmed: list[ConfirmedDoseShape] = []
    note: Text = ""


class IntrahepaticShape(Shape):
    """Treatment into the liver: a day and free words."""

    on: Day
    note: Annotated[str, Field(min_length=1, max_length=2000)]


class TreatmentShape(Shape):
    """The whole file."""

    format: Literal[1]
    today: Day | None = None
    language: Literal["nl", "fr", "de", "en"] = "nl"
    horizon: Day | None = None
    patient: PatientShape
    measurements: list[MeasurementShape] = []
    facts: FactsShape = FactsShape()
    history: list[HistoryShape] = []
    courses: list[CourseShape] = []
    events: list[EventShape] = []
    closures: list[ClosureShape] = []
    extra_open_days: list[ExtraOpenDayShape] = []
    absences: list[AbsenceShape] = []
    prints: list[PrintShape] = []
    intrathecal: list[IntrathecalShape] = []
    intrahepatic: list[IntrahepaticShape] = []
