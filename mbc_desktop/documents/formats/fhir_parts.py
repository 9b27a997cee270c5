"""Small parts of FHIR resources: references, exact quantities, routes, the timing of tablets."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.planning.plan import Dose, TakePeriod

Json = dict[str, Any]
"""A resource as it stands in JSON."""

UCUM = "http://unitsofmeasure.org"
_CODES = {"IU": "[iU]"}
_NUMBER = re.compile(r'"\\u001f(-?[0-9]+(?:\.[0-9]+)?)"')
# SNOMED CT, as the value set of routes of FHIR R4 names them.
_ROUTES = {
    "PO": ("26643006", "Oral route"),
    "IV": ("47625008", "Intravenous route"),
    "IM": ("78421000", "Intramuscular route"),
    "SC": ("34206005", "Subcutaneous route"),
}


def reference(id: str) -> Json:
    """A reference to another resource of the same bundle."""
    return {"reference": f"urn:uuid:{id}"}


def number(value: Decimal) -> str:
    """A number for JSON, marked so that exact_numbers writes its digits as they are: binary fractions never touch it."""
    return f"\x1f{decimal_text(value)}"


def exact_numbers(text: str) -> str:
    """The JSON text with every marked number as a number."""
    return _NUMBER.sub(r"\1", text)


def quantity(value: Decimal, unit: str) -> Json:
    """A quantity with its unit as UCUM writes it."""
    return {"value": number(value), "unit": unit.strip("{}"), "system": UCUM, "code": _CODES.get(unit, unit)}


def dose_json(dose: Dose) -> Json:
    """The dose of one time; how often it is taken stands in the timing."""
    return {"doseAndRate": [{"doseQuantity": quantity(dose.amount.amount, dose.amount.unit)}]}


def route_json(route: str) -> Json:
    """The route with its code where it has one."""
    if route not in _ROUTES:
        return {}
    code, display = _ROUTES[route]
    return {"route": {"coding": [{"system": "http://snomed.info/sct", "code": code, "display": display}]}}


def take_timing(period: TakePeriod) -> Json:
    """How often from when to when; tablets without end have no end in the timing either."""
    bounds: Json = {"start": period.first.isoformat()} | ({} if period.open else {"end": period.last.isoformat()})
    dose = period.dose
    times, every = (dose.times, dose.every_days) if dose else (1, 1)
    repeat: Json = {"boundsPeriod": bounds, "frequency": times, "period": number(Decimal(every)), "periodUnit": "d"}
    return {"repeat": repeat}
