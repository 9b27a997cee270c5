"""Names, patient numbers, notes and file names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mbc_desktop.core.reading import text_key
from mbc_desktop.core.typed_text import hidden_character, read_file_name, read_name, read_note, read_patient_number

ODD_CHARACTERS = st.text(alphabet="aZé'\u2019- .1<\u0435\u05d0\u202e\u200b\t\n\u0301\ud800", max_size=12) | st.text()


def test_a_decomposed_name_is_composed() -> None:
    assert read_name("Zoe\u0308").value == "Zo\u00eb"


def test_a_name_of_two_scripts_in_two_words_is_no_mixed_word() -> None:
    assert read_name("Иванов Peeters").verdict == "accept"
    assert read_name("Ивaнов").reason == "MIXED_SCRIPT"  # a Latin a among Cyrillic letters


def test_an_invisible_letter_is_a_hidden_character() -> None:
    assert unicodedata.category("\u3164") == "Lo"
    assert read_name("\u3164").reason == "CONTROL_CHAR"


@pytest.mark.parametrize(("length", "code"), [(79, None), (80, None), (81, "TOO_LONG")])
def test_the_longest_name(length: int, code: str | None) -> None:
    assert read_name("a" * length).reason == code


@pytest.mark.parametrize(("length", "code"), [(1999, None), (2000, None), (2001, "TOO_LONG")])
def test_the_longest_note(length: int, code: str | None) -> None:
    assert read_note("a" * length).reason == code


@pytest.mark.parametrize(("length", "code"), [(2, "CHAR_NOT_ALLOWED"), (3, None), (20, None), (21, "CHAR_NOT_ALLOWED")])
def test_the_length_of_a_patient_number(length: int, code: str | None) -> None:
    assert read_patient_number("7" * length).reason == code


@given(ODD_CHARACTERS)
def test_an_accepted_name_is_visible_has_a_letter_and_reads_the_same_again(text: str) -> None:
    name = read_name(text).value
    if name is not None:
        assert not hidden_character(name)
        assert any(c.isalpha() for c in name)
        assert not any(c.isdigit() or c in '<>&"=;' for c in name)
        assert read_name(name).value == name


@given(ODD_CHARACTERS)
def test_a_note_is_kept_to_the_letter_or_refused(text: str) -> None:
    assert read_note(text).value in (text, None)


@given(ODD_CHARACTERS)
def test_an_accepted_file_name_names_no_folder_and_no_device(text: str) -> None:
    name = read_file_name(text).value
    if name is not None:
        assert not set(name) & set('/\\:*?"<>|')
        assert name.strip(".")
        assert name == read_file_name(name).value


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("NOT_A_NUMBER", "not_a_number"),
        ("STALE_OVER_7_DAYS", "stale_over_days"),
        ("AGE_ABOVE_115", "age_above"),
        ("MORE_THAN_60_DAYS_AHEAD", "more_than_days_ahead"),
        ("ABOVE_110_PCT_OF_CALCULATED", "above_pct_of_calculated"),
        ("BMI_ABOVE_80_SWAPPED", "bmi_above_swapped"),
        ("SCHEME_NOT_IN_GUIDELINE_80GY", "scheme_not_in_guideline_gy"),
        ("UNIT_SUSPECT_PER_UL", "unit_suspect"),
    ],
)
def test_the_key_of_a_sentence_holds_no_figure_of_the_data(code: str, key: str) -> None:
    assert text_key(code) == key
