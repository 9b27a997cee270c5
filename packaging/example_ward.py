"""A ward of example patients for the pictures: the same treatments as files in a folder, and in records with a pharmacist."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.records import people, store, verification
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import Cost
from mbc_desktop.records.plans import save_plan
from mbc_desktop.records.signatures import Cycle
from mbc_desktop.ui.agenda.agenda_reader import ENDING

if TYPE_CHECKING:
    from mbc_desktop.records.acts import SignedIn
    from mbc_desktop.records.permissions import Role
    from mbc_desktop.records.store import Store
    from mbc_desktop.regimen.library import Library

EXAMPLE = Path(__file__).resolve().parent.parent / "resources" / "example" / "voorbeeld.mbc.json"
LOGIN, PASSWORD = "apotheker", "wachtwoord van de afbeelding"
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
"""The records live for one picture: nothing has to be kept from anybody."""

PATIENTS = (
    ("Anna", "0012345", "1961-05-04", (("palbociclib-fulvestrant", "2026-03-02"), ("zoledronic-acid", "2026-03-02"))),
    ("Bea", "0023456", "1957-11-23", (("trastuzumab-emtansine", "2026-03-19"),)),
    ("Cato", "0034567", "1969-02-17", (("trastuzumab-deruxtecan", "2026-03-18"),)),
    ("Dora", "0045678", "1949-08-30", (("letrozole", "2025-12-01"), ("denosumab", "2025-12-18"))),
    ("Elsa", "0056789", "1978-06-12", (("paclitaxel-weekly", "2026-03-05"),)),
    ("Fien", "0067890", "1964-01-09", (("eribulin", "2026-03-20"),)),
    ("Greet", "0078901", "1953-10-01", (("trastuzumab-three-weekly", "2026-02-24"), ("zoledronic-acid", "2026-02-24"))),
)
"""Given name, number, birth date, courses with their start."""

BY_WEIGHT = ("trastuzumab-deruxtecan", "trastuzumab-emtansine", "paclitaxel", "eribulin")
"""Whose first cycle waits for a second person."""


@cache
def treatments() -> tuple[str, ...]:
    """A treatment file for each of them, with the values of the example patient."""
    example: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    texts = []
    for name, number, born, courses in PATIENTS:
        patient = example["patient"] | {"given_name": name, "number": number, "birth_date": born}
        values = [{**value, "on": "2026-03-13"} for value in example["measurements"]]
        planned = [{"id": f"c{place}", "regimen": one, "start": on} for place, (one, on) in enumerate(courses, start=1)]
        texts.append(json.dumps({**example, "patient": patient, "measurements": values, "courses": planned}))
    return tuple(texts)


def fill_folder(folder: Path) -> Path:
    """Writes the treatment files; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(treatments()):
        (folder / f"{number}{ENDING.removeprefix('*')}").write_text(text, encoding="utf-8")
    return folder


def make_records(path: Path, library: Library, today: date) -> Store:
    """New records with all of them saved and the first cycles given to the pharmacist."""
    made = store.create_store(path, "een zin die niemand hoeft te weten", cost=CHEAP)
    _hire(made, None, "administrator", "beheerder")
    boss = people.sign_in(made, "beheerder", PASSWORD)
    for role, login in (("prescriber", "arts"), ("pharmacist", LOGIN)):
        _hire(made, boss, role, login)
        people.change_password(made, people.sign_in(made, login, PASSWORD), PASSWORD, PASSWORD, cost=CHEAP)
    doctor, data = people.sign_in(made, "arts", PASSWORD), PlanData(library=library, folder=find_schedules())
    for text in treatments():
        plan = plan_treatment(read_treatment(text, today=today, library=library, obey_today=False), library, data.site)
        saved = save_plan(made, doctor, plan, data)
        first = next((given for given in plan.administrations if given.status == "planned"), None)
        if first is not None and first.drug in BY_WEIGHT:
            cycle = Cycle(patient=saved.patient, course=first.course, cycle=first.cycle)
            verification.submit(made, doctor, plan, cycle, password=PASSWORD)
    people.sign_out(made, doctor)
    return made


def _hire(made: Store, boss: SignedIn | None, role: Role, login: str) -> None:
    new = people.NewAccount(staff_number=login, name=f"Voorbeeld {login}", login=login, role=role, password=PASSWORD)
    if boss is None:
        people.first_account(made, new, cost=CHEAP)
    else:
        people.add_account(made, boss, new, cost=CHEAP)
