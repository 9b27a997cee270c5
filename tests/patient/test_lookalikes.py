"""Names that a tired eye confuses, and names that it does not."""

from __future__ import annotations

import pytest

from mbc_desktop.patient.lookalikes import _one_slip, folded


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
    ],
)
def test_one_letter_changed_missing_added_or_exchanged(one: str, other: str, same: bool) -> None:
    assert _one_slip(one, other) is same


def test_accents_capitals_and_hyphens_are_the_same_name() -> None:
    assert folded("Vöorbeeld-D'Anna") == folded("voorbeelddanna")
