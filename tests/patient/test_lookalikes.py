"""Names that a tired eye confuses, and names that it does not."""

from __future__ import annotations

from datetime import date

import pytest

from mbc_desktop.patient.lookalikes import Identity, folded, lookalikes, one_slip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("voorbeeld", "voorbeeld", True),
        ("voorbeeld", "voorbeld", True),
        ("voorbeld", "voorbeeld", True),
        ("voorbeeld", "voorbaeld", True),
        ("voorbeeld", "voorbeedl", True),
        ("voorbeeld", "voorbld", False),
        ("voorbeeld", "vorbeedl", False),
        ("anna", "anno", True),
        ("anna", "nnaa", False),
        ("anna", "annabe", False),
        ("abcd", "bacd", True),
        ("abcd", "bace", False),
        ("abcd", "abdc", True),
        ("abcd", "badc", False),
        ("abc", "cab", False),
        ("abca", "acba", True),
        ("abc", "cba", False),
    ],
)
def test_one_letter_changed_missing_added_or_exchanged(one: str, other: str, same: bool) -> None:
    assert one_slip(one, other) is same


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("Weiß", "weiss"),
        ("Læra", "laera"),
        ("Cœur", "coeur"),
        ("Bjørn", "bjorn"),
        ("Đorđe", "dorde"),
        ("Guðrun", "gudrun"),
        ("Łukasz", "lukasz"),
        ("Işık", "isik"),
        ("Þora", "thora"),
    ],
)
def test_letters_that_are_typed_as_plain_ones(typed: str, searched: str) -> None:
    assert folded(typed) == searched


def test_family_and_given_name_may_be_exchanged_and_slipped() -> None:
    patient = Identity(family_name="Peeters", given_name="Anna", birth_date=date(1958, 3, 14))
    slipped = Identity(family_name="Ana", given_name="Peeters", birth_date=date(1958, 3, 14))
    exchanged = Identity(family_name="Anna", given_name="Peeters", birth_date=date(1990, 1, 1))
    other = Identity(family_name="Ana", given_name="Janssens", birth_date=date(1958, 3, 14))
    assert lookalikes(patient, (slipped, exchanged, other)) == (slipped, exchanged)


def test_accents_capitals_and_hyphens_are_the_same_name() -> None:
    assert folded("Vöorbeeld-D'Anna") == folded("voorbeelddanna")
