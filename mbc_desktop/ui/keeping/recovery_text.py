"""Unsaved work as text: everything entered, also what no treatment file could hold yet (a name with a slip in it, no birth date,
a treatment without its first day)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.entry.course_draft import CourseDraft
from mbc_desktop.ui.entry.draft import Draft, PatientDraft, draft_of_request, request_of_draft

KEY = "recovery"
# Stands in the treatment while it is written and read, never in the draft: no treatment file can do without a patient.
_NOBODY = PatientDraft(family_name="Voorbeeld", given_name="Anna", number="0", birth_date=date(1961, 1, 1), sex="female")
_COURSE_TEXTS = ("id", "kind", "subject", "phase", "region", "level", "treatment_time")


def recovery_text(draft: Draft, *, today: date) -> str:
    """What has been entered, as JSON. Prints are not among it: they were made from what was saved."""
    from mbc_desktop.planning.files.treatment_text import write_treatment

    complete = replace(draft, patient=_NOBODY, prints=())
    request = request_of_draft(complete, today=today, readable_only=False)
    patient = draft.patient
    waiting = [course for course in draft.courses if course.course() is None]
    content = {
        KEY: 1,
        "treatment": json.loads(write_treatment(request)) if request is not None else {},
        "horizon": draft.horizon is not None,
        "patient": {
            "family_name": patient.family_name,
            "given_name": patient.given_name,
            "number": patient.number,
            "birth_date": patient.birth_date.isoformat() if patient.birth_date else "",
            "sex": patient.sex or "",
        },
        "broken": dict(draft.broken),
        "waiting": [{**{name: getattr(one, name) for name in _COURSE_TEXTS}, "choices": dict(one.choices)} for one in waiting],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def is_recovery(text: str) -> bool:
    """Whether a text is unsaved work and no treatment file."""
    return text.lstrip().startswith("{") and f'"{KEY}": 1' in text[:40]


def read_recovery(text: str, *, today: date, library: Library) -> Draft:
    """The work that was entered. Raises TreatmentError for a text that is damaged."""
    from mbc_desktop.planning.files.treatment_file import read_treatment

    if not is_recovery(text):
        # As an earlier version kept it.
        return draft_of_request(read_treatment(text, today=today, library=library, obey_today=False))
    try:
        content = json.loads(text)
        treatment, patient = content["treatment"], content["patient"]
        waiting = tuple(_course(one) for one in content["waiting"])
        broken = tuple(sorted((str(name), str(typed)) for name, typed in content["broken"].items()))
        born = date.fromisoformat(patient["birth_date"]) if patient["birth_date"] else None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TreatmentError("", "NOT_JSON", "is damaged") from error
    request = read_treatment(json.dumps(treatment), today=today, library=library, obey_today=False)
    draft = draft_of_request(request)
    who = PatientDraft(
        family_name=str(patient["family_name"]),
        given_name=str(patient["given_name"]),
        number=str(patient["number"]),
        birth_date=born,
        sex="female" if patient["sex"] == "female" else "male" if patient["sex"] == "male" else None,
    )
    horizon = draft.horizon if content.get("horizon") else None
    return replace(draft, patient=who, broken=broken, courses=(*draft.courses, *waiting), horizon=horizon)


def _course(item: Mapping[str, object]) -> CourseDraft:
    choices = item["choices"]
    if not isinstance(choices, dict):
        raise TypeError("choices")
    return CourseDraft(
        id=str(item["id"]),
        kind="radiotherapy" if item["kind"] == "radiotherapy" else "drug",
        subject=str(item["subject"]),
        choices=tuple((str(name), str(answer)) for name, answer in choices.items()),
        phase=str(item["phase"]),
        region=str(item["region"]),
        level=str(item["level"]),
        treatment_time=str(item["treatment_time"]),
    )
