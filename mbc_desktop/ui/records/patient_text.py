"""A patient of the records on one line: the same wherever one is chosen."""

from __future__ import annotations

from mbc_desktop.records.patients import PatientLine
from mbc_desktop.texts import plain_date
from mbc_desktop.ui.widgets.columns_delegate import BETWEEN
from mbc_desktop.ui.words import Words


def patient_text(line: PatientLine, words: Words) -> str:
    """Name, birth date, sex and number."""
    name = f"{line.family_name.upper()} {line.given_name}"
    return BETWEEN.join((name, plain_date(line.birth_date), words.say(f"sex.{line.sex}"), line.number))
