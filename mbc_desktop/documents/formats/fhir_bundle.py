"""The plan as a FHIR R4 bundle: the patient, a care plan, what is ordered of each drug with its timing, each radiotherapy course.

Never the internal model, only a way out: a dose is that of one time, how often stands in the timing, every planned day is listed.
A dose that is not released is in no request."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

from mbc_desktop.documents.formats.fhir_parts import Json, dose_json, exact_numbers, quantity, reference, route_json, take_timing
from mbc_desktop.documents.page.vein_only import vein_only
from mbc_desktop.planning.plan import Administration, Dose, Fraction, Plan, TakePeriod
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts import Texts
from mbc_desktop.texts.phrases import drug_with_brand, pieces_phrase, texts_for

_OPEN = ("planned", "given")


def fhir_bundle(plan: Plan, library: Library, texts: Texts) -> bytes:
    """The bundle as JSON (UTF-8), names in the language of `texts`. The same input gives the same bytes; numbers are written as
    exactly as they were computed."""
    made = _Bundle(plan, library, texts_for(library, texts))
    content = {
        "resourceType": "Bundle",
        "id": made.id("bundle"),
        "language": texts.language,
        "identifier": {"system": "urn:mbc-desktop:plan", "value": plan.fingerprint},
        "type": "collection",
        "timestamp": f"{plan.request.today.isoformat()}T00:00:00Z",
        "entry": [{"fullUrl": f"urn:uuid:{entry['id']}", "resource": entry} for entry in made.resources()],
    }
    return exact_numbers(json.dumps(content, ensure_ascii=False, indent=1)).encode() + b"\n"


class _Bundle:
    """The resources of one plan. An id is made from the plan's fingerprint and what it names, so that it stays the same."""

    def __init__(self, plan: Plan, library: Library, texts: Texts) -> None:
        self._plan = plan
        self._library = library
        self._texts = texts
        self._space = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:mbc-desktop:{plan.fingerprint}")

    def id(self, name: str) -> str:
        """The id of a resource of this bundle."""
        return str(uuid.uuid5(self._space, name))

    def resources(self) -> Iterator[Json]:
        """The patient, the care plan, then what it rests on."""
        requests = [*self._medication_requests(), *self._service_requests()]
        yield self._patient()
        yield self._care_plan(requests)
        yield from requests

    def _patient(self) -> Json:
        patient = self._plan.request.patient
        return {
            "resourceType": "Patient",
            "id": self.id("patient"),
            "identifier": [{"system": "urn:mbc-desktop:patient-number", "value": patient.number}],
            "name": [{"family": patient.family_name, "given": [patient.given_name]}],
            "gender": patient.sex,
            "birthDate": patient.birth_date.isoformat(),
        }

    def _care_plan(self, requests: list[Json]) -> Json:
        plan = self._plan
        days = [course.start for course in plan.request.courses]
        stopped = any(finding.severity == "stop" for finding in plan.findings)
        return {
            "resourceType": "CarePlan",
            "id": self.id("care-plan"),
            "identifier": [{"system": "urn:mbc-desktop:code", "value": plan.code}],
            "status": "draft" if stopped else "active",
            "intent": "plan",
            "title": self._texts.word("patient.name"),
            "subject": reference(self.id("patient")),
            "period": {"start": min(days, default=plan.request.today).isoformat(), "end": plan.request.horizon.isoformat()},
            "created": plan.request.today.isoformat(),
            "activity": [{"reference": reference(request["id"])} for request in requests],
            "note": [{"text": self._texts.word("sheet.valid")}],
        }

    def _medication_requests(self) -> Iterator[Json]:
        every: list[Administration | TakePeriod] = [*self._plan.administrations, *self._plan.intakes]
        open_ones = sorted(
            (item for item in every if item.status in _OPEN and item.dose is not None), key=lambda item: (item.course, item.drug)
        )
        for (course, drug), members in groupby(open_ones, key=lambda item: (item.course, item.drug)):
            items = list(members)
            first = items[0]
            yield {
                "resourceType": "MedicationRequest",
                "id": self.id(f"{course}/{drug}"),
                "status": "active",
                "intent": "plan",
                "medicationCodeableConcept": {"text": drug_with_brand(self._library.drugs[drug], self._texts.language)},
                "subject": reference(self.id("patient")),
                "authoredOn": self._plan.request.today.isoformat(),
                "category": [{"text": self._texts.word(f"role.{first.role}")}],
                "dosageInstruction": list(self._dosages(items)),
            }

    def _dosages(self, items: list[Administration | TakePeriod]) -> Iterator[Json]:
        """One instruction for each dose with the days on which it is given, and one for each period of tablets."""
        sequence = 0
        days: dict[Dose, list[Administration]] = {}
        for item in items:
            if isinstance(item, Administration) and item.dose is not None:
                days.setdefault(item.dose, []).append(item)
        for dose, given in days.items():
            sequence += 1
            events = sorted((item.date or item.due).isoformat() for item in given)
            timing: Json = {"event": events}
            only = given[0].route == "IV" and vein_only(self._library.drugs[given[0].drug])
            warned: Json = {"text": self._texts.say("ward.vein_only", drug=given[0].drug)} if only else {}
            yield {"sequence": sequence, **warned, "timing": timing, **route_json(given[0].route), **dose_json(dose)}
        for item in items:
            if isinstance(item, TakePeriod) and item.dose is not None:
                sequence += 1
                text = pieces_phrase(item.dose.give, self._texts)
                said: Json = {"text": text} if text else {}
                yield {"sequence": sequence, **said, "timing": take_timing(item), **route_json("PO"), **dose_json(item.dose)}

    def _service_requests(self) -> Iterator[Json]:
        ordered = sorted(self._plan.fractions, key=lambda item: (item.course, item.number))
        for course, members in groupby(ordered, key=lambda item: item.course):
            yield self._radiotherapy(course, list(members))

    def _radiotherapy(self, course: str, fractions: list[Fraction]) -> Json:
        first = fractions[0]
        total = sum((item.dose.amount for item in fractions), Decimal(0))
        days: list[date] = [item.date for item in fractions]
        each = self._texts.quantity(first.dose)
        return {
            **self._service(course, first),
            "quantityQuantity": quantity(Decimal(len(fractions)), "{fraction}"),
            "occurrenceTiming": {"event": [day.isoformat() for day in days]},
            "note": [{"text": f"{len(fractions)} × {each} = {self._texts.amount(total, first.dose.unit)}"}],
        }

    def _service(self, course: str, first: Fraction) -> Json:
        return {
            "resourceType": "ServiceRequest",
            "id": self.id(course),
            "status": "active",
            "intent": "plan",
            "code": {"text": self._texts.word("patient.radiotherapy")},
            "subject": reference(self.id("patient")),
            "bodySite": [{"text": self._texts.word(f"region.{first.region}")}],
            "authoredOn": self._plan.request.today.isoformat(),
        }
