"""Names of any Latin, Greek or Cyrillic script are printed as they are; what cannot be printed is refused by name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbc_desktop.documents.blocks import Words
from mbc_desktop.documents.fonts import GlyphError, composed
from mbc_desktop.documents.pdf import document_pdf
from mbc_desktop.documents.registry import compose
from mbc_desktop.documents.wrap import wrap
from mbc_desktop.patient.facts import Patient
from mbc_desktop.texts import load_texts
from tests.documents.example_plan import LIBRARY, PATIENT, PLAN, REQUEST, SITE
from tests.documents.reading import page_texts, squeezed

NAMES = (
    "Nguyễn Thị Ánh Dương",
    "Παπαδόπουλος Αλέξανδρος",
    "Каренина-Облонская",
    "Þórðardóttir",
    "Łękawska-Żółć",
    "Şükrü Çağlar İğdır",
    "van 't Groenewoud-d'Hooghe",
    "O'Neill & Zn. <b>vet</b> {naam} 100 %",
    "<Jan>",
    "= SOM(A1)",
    "Straße ẞ",
    "a" * 80,
    "Van-den-Broecke-Vandenbussche-Van-Cauwenberghe-De-Smedt-Vandevelde-Verhaeghe-Wie",
)


def pdf_for(patient: Patient) -> bytes:
    plan = replace(PLAN, request=replace(REQUEST, patient=patient))
    return document_pdf(compose("patient_calendar", plan, LIBRARY, SITE, load_texts("nl")))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_on_every_page_letter_by_letter(name: str) -> None:
    pages = page_texts(pdf_for(replace(PATIENT, family_name="Voorbeeld", given_name=name)))
    assert all(squeezed(f"VOORBEELD {name}") in squeezed(page) for page in pages)


def test_a_letter_with_a_separate_accent_is_printed_as_one_letter() -> None:
    assert composed("Nguye\u0302\u0303n") == "Nguyễn"
    pages = page_texts(pdf_for(replace(PATIENT, given_name="Zoe\u0308")))
    assert all("Zoë" in page for page in pages)


@pytest.mark.parametrize(
    ("character", "code"),
    [("李", "U+674E"), ("\u202e", "U+202E"), ("\x07", "U+0007"), ("😀", "U+1F600"), ("ع", "U+0639"), ("\n", "U+000A")],
)
def test_a_character_without_a_glyph_is_refused_by_name(character: str, code: str) -> None:
    with pytest.raises(GlyphError) as raised:
        pdf_for(replace(PATIENT, given_name=f"Anna{character}"))
    assert raised.value.character == character
    assert raised.value.code == code
    assert code in str(raised.value)


@given(st.text(max_size=60), st.booleans(), st.integers(min_value=30, max_value=500))
@settings(max_examples=300, deadline=None)
def test_wrapping_keeps_every_letter_or_refuses(text: str, bold: bool, width: int) -> None:
    try:
        lines = wrap((Words(text, bold),), 12, width)
    except GlyphError:
        return
    kept = "".join(run.text for line in lines for run in line.runs)
    assert kept.replace(" ", "") == composed(text).replace(" ", "")


@given(
    st.text(alphabet=st.characters(min_codepoint=33, max_codepoint=0x17F, exclude_categories=["C", "Z"]), min_size=1, max_size=80)
)
@settings(max_examples=200, deadline=None)
def test_no_line_is_wider_than_its_room(text: str) -> None:
    try:
        lines = wrap((Words(text),), 12, 100)
    except GlyphError:
        return
    assert all(line.width <= 100.001 or len(line.runs[0].text) == 1 for line in lines)
