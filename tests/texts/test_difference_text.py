"""Differences between two plans in words, and the line that counts them by plural."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dose import Dose, Give
from mbc_desktop.planning.comparison.plan_difference import Change, ChangeKind, Side, Span
from mbc_desktop.planning.request import Language
from mbc_desktop.texts import complete_languages, load_texts
from mbc_desktop.texts.difference_text import GROUPS, change_text, summary_text
from tests.planning.treatments import library

MARCH_12 = date(2026, 3, 12)


def change(kind: ChangeKind, before: Side = None, after: Side = None, *, tablets: bool = False) -> Change:
    subject, drug = ("intake", "palbociclib") if tablets else ("administration", "fulvestrant")
    return Change(
        kind=kind, subject=subject, on=date(2026, 3, 23), course="c1", drug=drug, number=2, before=before, after=after  # type: ignore[arg-type]
    )  # fmt: skip


def dose(amount: str, count: str = "1", strength: str = "125") -> Dose:
    give = (Give(count=Decimal(count), form="capsule", strength=Decimal(strength), unit="mg"),)
    return Dose(amount=Quantity(Decimal(amount), "mg"), exact=Decimal(amount), give=give, steps=())


def said(one: Change, language: Language = "nl") -> str:
    return change_text(one, library(), load_texts(language)).replace("\u00a0", " ")


def summary(*kinds: ChangeKind, language: Language = "nl") -> str:
    return summary_text(tuple(change(kind) for kind in kinds), MARCH_12, load_texts(language))


def test_a_moved_date_names_both_days() -> None:
    moved = change("date_moved", date(2026, 3, 16), date(2026, 3, 23))
    assert said(moved) == "Fulvestrant, toediening 2: ma 23/03/2026 in plaats van ma 16/03/2026"
    assert said(moved, "en") == "Fulvestrant, administration 2: Mon 23/03/2026 instead of Mon 16/03/2026"


def test_a_changed_dose_of_tablets_says_how_often() -> None:
    lower = change("dose_changed", dose("125"), dose("100"), tablets=True)
    assert said(lower) == (
        "Palbociclib, tabletten van cyclus 2, ma 23/03/2026: dosis 100 mg, 1 keer per dag in plaats van 125 mg, 1 keer per dag"
    )


def test_the_same_dose_in_other_pieces_says_the_pieces() -> None:
    other = change("tablets_changed", dose("125"), dose("125", "5", "25"), tablets=True)
    assert "5 capsules van 25 mg, samen 125 mg" in said(other)


def test_a_period_that_goes_on_has_no_last_day() -> None:
    opened = change(
        "tablets_moved",
        Span(first=date(2026, 3, 2), last=MARCH_12),
        Span(first=date(2026, 3, 2), last=date(2027, 3, 2), open=True),
        tablets=True,
    )
    assert "2027" not in said(opened)


def test_the_count_has_a_singular_and_a_plural() -> None:
    assert summary("date_moved", "fraction_moved", "check_moved", "dose_changed") == (
        "3 datums en 1 dosis veranderd sinds donderdag 12 maart 2026"
    )
    assert summary("date_moved", "dose_changed", "withheld", "added", "removed", language="en") == (
        "1 date and 2 doses changed, 1 added, 1 removed since Thursday 12 March 2026"
    )


def test_only_what_stopped_needs_no_word_for_changed() -> None:
    assert summary("held", "ceased") == "2 overgeslagen, onderbroken of gestopt sinds donderdag 12 maart 2026"


def test_no_difference_is_said_as_such() -> None:
    assert summary() == "Geen verschil sinds donderdag 12 maart 2026"


@pytest.mark.parametrize("language", complete_languages())
@pytest.mark.parametrize("kind", get_args(ChangeKind))
def test_every_kind_of_change_has_a_sentence_and_is_counted(language: Language, kind: ChangeKind) -> None:
    assert kind in GROUPS
    assert said(change(kind), language)
    assert summary(kind, language=language)
