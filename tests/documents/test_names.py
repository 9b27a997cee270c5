"""Names of any Latin, Greek or Cyrillic script are printed as they are; what cannot be printed is refused by name."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mbc_desktop.documents.blocks import Words
from mbc_desktop.documents.drawing.fonts import GlyphError, composed
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.drawing.wrap import wrap
from mbc_desktop.documents.formats.plain_text import document_text
from mbc_desktop.documents.registry import compose, sheet_document, sheets_of
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


SCRIPTS = {
    "latin": "aàâäæåçéèêëíìîïñóòôöøœßúùûüýÿ",
    "latin extended": "ąćčďđęěğīįłľńňőřśşšťţůűźżžħĸŋŧ",
    "vietnamese": "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "greek": "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώ",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюяёђѓєїјљњћќџ",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "chinese": "李王张刘陈杨黄赵吴周徐孙马朱胡",
}
PRINTED = ("latin", "latin extended", "vietnamese", "greek", "cyrillic")


def two_thousand_names() -> list[tuple[str, str]]:
    """250 names in each of eight scripts, always the same ones."""
    chance = Random(20261127)  # noqa: S311 - names, no secrets
    names = []
    for script, letters in SCRIPTS.items():
        for _ in range(250):
            parts = ("".join(chance.choices(letters, k=chance.randint(2, 12))) for _ in range(chance.randint(1, 3)))
            names.append((script, chance.choice((" ", "-", "'", " ")).join(parts)))
    return names


def test_two_thousand_names_in_eight_scripts_are_printed_or_refused_by_name() -> None:
    """Every name goes through the lines of the frame, where names stand; none raises anything but a refusal by name."""
    printed, refused = 0, 0
    named: list[tuple[str, str, str]] = []
    for script, name in two_thousand_names():
        try:
            lines = wrap((Words(f"VOORBEELD {name}", True),), 12, 300)
        except GlyphError as error:
            refused += 1
            named.append((script, name, error.character))
            continue
        printed += 1
        assert script in PRINTED, name
        kept = "".join(run.text for line in lines for run in line.runs).replace(" ", "")
        assert kept == composed(f"VOORBEELD {name}").replace(" ", "")
    assert (printed, refused) == (1250, 750)
    assert all(script not in PRINTED and character in composed(name) for script, name, character in named)


@pytest.mark.parametrize("script", PRINTED)
def test_a_name_of_each_script_is_on_every_page_of_every_sheet(script: str) -> None:
    name = next(name for known, name in two_thousand_names() if known == script)
    plan = replace(PLAN, request=replace(REQUEST, patient=replace(PATIENT, given_name=name)))
    for sheet in sheets_of(plan):
        pages = page_texts(document_pdf(sheet_document(sheet, plan, LIBRARY, SITE, load_texts("nl"))))
        assert all(squeezed(f"VOORBEELD {composed(name)}") in squeezed(page) for page in pages)


@pytest.mark.parametrize("text", ["<b>", "&amp; &lt;", "=1+1", "{naam} %s", "</para>", "\u202eabc", "\u200bx", "a\x00b"])
def test_hostile_text_is_printed_as_it_stands_or_refused(text: str) -> None:
    plan = replace(PLAN, request=replace(REQUEST, patient=replace(PATIENT, given_name=text)))
    refusals: list[str] = []
    for sheet in sheets_of(plan):
        document = sheet_document(sheet, plan, LIBRARY, SITE, load_texts("nl"))
        assert text in document_text(document)
        try:
            pages = page_texts(document_pdf(document))
        except GlyphError as error:
            refusals.append(error.character)
            continue
        assert all(squeezed(f"VOORBEELD {text}") in squeezed(page) for page in pages)
    assert all(character in text for character in refusals)
