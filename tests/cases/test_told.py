"""Every number that a patient is told has a worked case: one that was added without reading its leaflet again is named here."""

from __future__ import annotations

import tomllib

from tests.planning.treatments import library
from tests.worked.treatment import CASES


def test_every_number_of_the_instructions_has_a_case() -> None:
    cases = tomllib.loads((CASES / "told.toml").read_text(encoding="utf-8"))["told"]
    worked = {(case["drug"], row) for case in cases for row in case["rows"]}
    told = {
        (drug, f"{line.section} {line.code} {line.number}")
        for drug, lines in library().instructions.items()
        for line in lines
        if line.number
    }
    assert told - worked == set()
