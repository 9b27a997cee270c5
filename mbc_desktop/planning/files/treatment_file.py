"""Reading a treatment file: text in, checked request out; one clear fault when something is wrong."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mbc_desktop.core.interval import add_months
from mbc_desktop.core.quantity import UNITS, Quantity
from mbc_desktop.core.typed_text import hidden_character
from mbc_desktop.patient.facts import EarlierDrug, EarlierRadiotherapy, Facts, Measurement, Metastases, Patient
from mbc_desktop.planning.files.intrathecal_file import check_intrathecal, intrahepatic_note, intrathecal_order
from mbc_desktop.planning.files.treatment_checks import check_request
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.request import (
    Absence,
    Course,
    DrugCourse,
    Event,
    Pin,
    RadiotherapyCourse,
    Request,
    Target,
)  # fmt: skip
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Closure, ExtraOpenDay

if TYPE_CHECKING:
    from mbc_desktop.planning.files import treatment_shape_file as shape

MOST_BYTES = 1024 * 1024
DEEPEST = 20
LONGEST_WHOLE_NUMBER = 20
_SCHEME = re.compile(r"([1-9][0-9]?)x([1-9][0-9]?(?:\.[0-9]{1,2})?|0\.[0-9]?[1-9])")


def read_treatment(text: str, *, today: date, library: Library, obey_today: bool = True) -> Request:
    """The request in a treatment file (JSON, or TOML with the same keys).

    `today` is the system date; the file's own `today` replaces it unless `obey_today` is false (the window). Raises
    TreatmentError with the place in the file and the reason."""
    content = _parsed(text.removeprefix("\ufeff"))
    _refuse_hidden(content, "")
    return _request(_validated(content), today, library, obey_today=obey_today)


def _parsed(text: str) -> object:
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise TreatmentError("", "FILE_TOO_LARGE", "the file is larger than 1 MiB")
    if not text.lstrip().startswith("{"):
        return _parsed_toml(text)
    if _depth(text) > DEEPEST:
        raise TreatmentError("", "NESTING_TOO_DEEP", f"the file is nested deeper than {DEEPEST} levels")
    try:
        return json.loads(
            text, object_pairs_hook=_no_duplicates, parse_constant=_no_constant, parse_float=_no_float, parse_int=_short_int
        )
    except json.JSONDecodeError as error:
        raise TreatmentError(f"line {error.lineno}", "NOT_JSON", f"not valid JSON ({error.msg}, column {error.colno})") from None


def _parsed_toml(text: str) -> object:
    try:
        return tomllib.loads(text, parse_float=_no_float)
    except tomllib.TOMLDecodeError as error:
        raise TreatmentError("", "NOT_TOML", f"neither JSON nor valid TOML ({error})") from None
    except RecursionError:
        raise TreatmentError("", "NESTING_TOO_DEEP", f"the file is nested deeper than {DEEPEST} levels") from None
    except ValueError:
        # Python refuses to read whole numbers of thousands of digits.
        raise TreatmentError("", "NOT_A_NUMBER", "a whole number is far too long") from None


def _depth(text: str) -> int:
    deepest = depth = 0
    for mark in re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text):
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


def _no_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made: dict[str, object] = {}
    for key, value in pairs:
        if key in made:
            raise TreatmentError(key, "DUPLICATE_KEY", f'the key "{key}" stands twice in the same place')
        made[key] = value
    return made


def _no_constant(name: str) -> object:
    raise TreatmentError("", "NOT_A_NUMBER", f"{name} is not a number")


def _no_float(text: str) -> object:
    raise TreatmentError("", "NUMBER_NOT_TEXT", f'write a clinical number as text, so that no digit is lost: "{text}"')


def _short_int(text: str) -> int:
    if len(text) > LONGEST_WHOLE_NUMBER:
        raise TreatmentError("", "NOT_A_NUMBER", "a whole number is far too long")
    return int(text)


def _refuse_hidden(value: object, place: str) -> None:
    """Control, bidi and zero-width characters make one text look like another."""
    if isinstance(value, dict):
        for key, item in value.items():
            if hidden_character(key):
                raise TreatmentError(place, "CONTROL_CHAR", "a key holds a character that cannot be seen")
            _refuse_hidden(item, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            _refuse_hidden(item, f"{place}[{number}]")
    elif isinstance(value, str) and hidden_character(value, allowed="\t\r\n"):
        raise TreatmentError(place, "CONTROL_CHAR", "holds a character that cannot be seen")


def _validated(content: object) -> shape.TreatmentShape:
    from pydantic import ValidationError

    from mbc_desktop.planning.files.treatment_shape_file import TreatmentShape

    try:
        return TreatmentShape.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"]).lstrip(".")
        codes = {
            "extra_forbidden": "UNKNOWN_KEY",
            "missing": "MISSING_KEY",
            "value_error": "BAD_VALUE",
            "literal_error": "NOT_ALLOWED",
        }
        texts = {"extra_forbidden": "this key does not exist in a treatment file", "missing": "this key is missing"}
        reason = texts.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise TreatmentError(place, codes.get(first["type"], "BAD_VALUE"), reason) from None


def _request(file: shape.TreatmentShape, today: date, library: Library, *, obey_today: bool) -> Request:
    now = file.today if file.today is not None and obey_today else today
    request = Request(
        today=now,
        language=file.language,
        horizon=file.horizon or add_months(now, 12),
        patient=Patient(
            family_name=file.patient.family_name,
            given_name=file.patient.given_name,
            number=file.patient.number,
            birth_date=file.patient.birth_date,
            sex=file.patient.sex,
        ),
        measurements=tuple(_measurement(item, number) for number, item in enumerate(file.measurements)),
        facts=_facts(file.facts),
        history=tuple(_earlier(item, number) for number, item in enumerate(file.history)),
        courses=tuple(_course(item, number) for number, item in enumerate(file.courses)),
        events=tuple(_event(item, number) for number, item in enumerate(file.events)),
        closures=tuple(Closure(first=item.from_, last=item.until, unit=item.unit, why=item.why) for item in file.closures),
        extra_open_days=tuple(ExtraOpenDay(on=item.on, unit=item.unit) for item in file.extra_open_days),
        absences=tuple(Absence(first=item.from_, last=item.until) for item in file.absences),
        prints=tuple(item.as_print() for item in file.prints),
        intrathecal=tuple(intrathecal_order(item) for item in file.intrathecal),
        intrahepatic=tuple(intrahepatic_note(item) for item in file.intrahepatic),
    )
    check_request(request, library)
    check_intrathecal(request)
    return request


def _facts(item: shape.FactsShape) -> Facts:
    plain = {name: getattr(item, name) for name in type(item).model_fields if name != "metastases"}
    return Facts(**plain, metastases=tuple(Metastases(site=place.site, lesions=place.lesions) for place in item.metastases))


def _quantity(amount: Decimal, unit: str | None, place: str) -> Quantity:
    if unit is None:
        raise TreatmentError(place, "MISSING_KEY", "an amount needs its unit")
    if unit not in UNITS:
        reason = f'"{unit}" is not a unit of this program, which knows {", ".join(sorted(UNITS))}'
        raise TreatmentError(f"{place}.unit", "UNKNOWN_UNIT", reason)
    return Quantity(amount, unit)


def _measurement(item: shape.MeasurementShape, number: int) -> Measurement:
    return Measurement(
        kind=item.kind,
        quantity=_quantity(item.value, item.unit, f"measurements[{number}]"),
        on=item.on,
        low=item.low,
        high=item.high,
        confirmed_reason=item.confirmed.reason if item.confirmed else "",
        confirmed_by=item.confirmed.by if item.confirmed else "",
    )


def _earlier(item: shape.HistoryShape, number: int) -> EarlierDrug | EarlierRadiotherapy:
    place = f"history[{number}]"
    if (item.drug is None) == (item.radiotherapy is None):
        raise TreatmentError(place, "BAD_VALUE", 'needs either "drug" or "radiotherapy"')
    if item.drug is not None:
        cumulative = _quantity(item.cumulative, item.unit, place) if item.cumulative is not None else None
        return EarlierDrug(drug=item.drug, since=item.since, until=item.until, cumulative=cumulative, setting=item.setting or "")
    scheme = _SCHEME.fullmatch(item.radiotherapy or "")
    if scheme is None:
        raise TreatmentError(f"{place}.radiotherapy", "BAD_VALUE", 'write fractions x dose in Gy, as in "10x3"')
    if item.region is None:
        raise TreatmentError(f"{place}.region", "MISSING_KEY", "earlier radiotherapy needs its region")
    return EarlierRadiotherapy(
        fractions=int(scheme[1]), dose_gy=Decimal(scheme[2]), region=item.region, level=item.level or "", until=item.until
    )


def _course(item: shape.CourseShape, number: int) -> Course:
    place = f"courses[{number}]"
    if (item.regimen is None) == (item.radiotherapy is None):
        raise TreatmentError(place, "BAD_VALUE", 'needs either "regimen" or "radiotherapy"')
    pin = Pin(version=item.pin.version, sha256=item.pin.sha256) if item.pin else None
    choices = tuple(item.choices.items())
    if item.regimen is not None:
        _refuse(item, place, "radiotherapy", "fractions", "dose", "region", "level")
        weight = Quantity(item.reference_weight, "kg") if item.reference_weight is not None else None
        return DrugCourse(
            id=item.id,
            regimen=item.regimen,
            start=item.start,
            cycle=item.cycle,
            phase=item.phase or "",
            last_given=item.last_given,
            cycles=item.cycles,
            until=item.until,
            reference_weight=weight,
            choices=choices,
            pin=pin,
        )
    _refuse(item, place, "cycle", "phase", "last_given", "cycles", "until", "reference_weight")
    if item.region is None:
        raise TreatmentError(f"{place}.region", "MISSING_KEY", "a radiotherapy course needs its region")
    return RadiotherapyCourse(
        id=item.id,
        scheme=item.radiotherapy or "",
        start=item.start,
        region=item.region,
        level=item.level or "",
        fractions=item.fractions,
        dose_gy=item.dose,
        treatment_time=item.treatment_time or "",
        choices=choices,
        pin=pin,
    )


def _refuse(item: shape.CourseShape, place: str, *keys: str) -> None:
    for key in keys:
        if getattr(item, key) is not None:
            raise TreatmentError(f"{place}.{key}", "UNKNOWN_KEY", "this key does not belong to this kind of course")


def _event(item: shape.EventShape, number: int) -> Event:
    amount = _quantity(item.amount, item.unit, f"events[{number}]") if item.amount is not None else None
    return Event(
        id=item.id,
        kind=item.kind,
        course=item.course,
        on=item.on,
        by=item.by,
        target=Target(drug=item.drug or "", number=item.number, on=item.date, fraction=item.fraction, cycle=item.cycle),
        scope=item.scope or "this",
        reason=item.reason,
        grade=item.grade,
        note=item.note or "",
        given_on=item.given_on,
        amount=amount,
        batch=item.batch or "",
        days=item.days,
        to=item.to,
        day=item.from_,
        level=item.level or "",
        every=item.every or "",
        regimen=item.regimen or "",
        what=item.what or "",
        event=item.event or "",
        by_event=item.by_event or "",
    )
