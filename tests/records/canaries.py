"""Names that must appear nowhere: every byte the store ever gave to the disk, and every file it left, is searched for them."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random
from unittest.mock import patch

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.records.acts import SignedIn
from mbc_desktop.records.backup import back_up
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.drafts import keep_draft
from mbc_desktop.records.header import Key
from mbc_desktop.records.patients import agenda, search_patients
from mbc_desktop.records.plans import open_plan, request_text, save_plan
from tests.records.conftest import TODAY, TREATMENT
from tests.records.disk import DISK
from tests.records.wards import copied, open_again

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def canary_names(chance: Random, count: int) -> list[str]:
    """Names of twelve letters that no text of the program holds."""
    return ["Q" + "".join(chance.choice(LETTERS) for _ in range(11)) for _ in range(count)]


def leaks(base: Path, folder: Path, key: Key, nurse: SignedIn, data: PlanData, names: list[str]) -> tuple[list[str], int, int]:
    """Saves, opens, searches, drafts and backs up a patient of each name. Gives the names found in the clear, how many bytes were
    searched, and how many files."""
    copied(base, folder)
    temporary = folder / "temporary"
    temporary.mkdir()
    with patch.object(tempfile, "tempdir", str(temporary)), DISK.watched() as watch:
        watch.recording = True
        store = open_again(folder, key)
        for number, name in enumerate(names):
            request = read_treatment(TREATMENT, today=TODAY, library=data.library)
            patient = replace(request.patient, family_name=name, number=f"9{number:06}")
            request = replace(request, patient=patient)
            nurse.seen = store.now()
            saved = save_plan(store, nurse, plan_treatment(request, data.library), data, why=f"reden {name}")
            keep_draft(store, nurse, saved.patient, request_text(request))
            open_plan(store, nurse, saved.patient, today=TODAY, library=data.library)
            if number % 50 == 0:
                search_patients(store, nurse, name)
                agenda(store, nurse, TODAY, TODAY)
        back_up(store, nurse, folder / "backups")
        store.close()
        written = [operation[3] for operation in watch.seen if operation[0] == "write"]
    files = [path for path in folder.rglob("*") if path.is_file()]
    everything = b"\0".join([*written, *(path.read_bytes() for path in files), *(str(path).encode() for path in files)])
    seen = spelled(everything)
    return [name for name in names if name.lower() in seen], len(everything), len(files)


def spelled(content: bytes) -> set[str]:
    """Everything in it that looks like a canary name, small or large, in UTF-8, UTF-16 or hexadecimal; in small letters."""
    found = {match[1].decode().lower() for match in re.finditer(rb"(?=([Qq][a-z]{11}))", content)}
    found |= {match[1].decode("utf-16-le").lower() for match in re.finditer(rb"(?=([Qq]\0(?:[a-z]\0){11}))", content)}
    digits = re.finditer(rb"(?=([57]1(?:6[1-9a-fA-F]|7[0-9aA]){11}))", content)
    return found | {bytes.fromhex(match[1].decode()).decode().lower() for match in digits}
