"""The inspector as a derivation that one reads: other conventions beside the own number, the interval, what goes with a drug."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.facts import Measurement
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.request import Language
from mbc_desktop.ui.look.palettes import LIGHT
from mbc_desktop.ui.look.rich_text import RichText
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.words import Words


def open_example(window: MainWindow) -> None:
    session, library = window.desk.session, window.desk.session.library
    assert library is not None
    text = Path("resources/example/voorbeeld.mbc.json").read_text(encoding="utf-8")
    session.open(read_treatment(text, today=session.today, library=library, obey_today=False), None)


def test_the_numbers_stand_beside_those_of_other_formulas(window: MainWindow) -> None:
    open_example(window)
    said = window.plan_page.inspector.toPlainText()
    # 68 kg, 165 cm. Du Bois: 0.007184 x 68^0.425 x 165^0.725 = 0.007184 x 6.0094 x 40.5150 = 1.7491.
    assert "1,749" in said
    # Ideal weight (Devine): 45.5 + 2.3 x (165 / 2.54 - 60) = 45.5 + 2.3 x 4.9606 = 56.9094 kg; (140 - 64) x 56.9094 / 72 = 60.07.
    assert "60 mL/min" in said.replace("\u00a0", " ")


def test_an_administration_says_how_long_after_the_one_before(window: MainWindow) -> None:
    open_example(window)
    window.desk.selection.select_item("c1/fulvestrant/3", "c1", date(2026, 3, 30))
    # From Monday 16 March to Monday 30 March.
    assert "14 dagen na ma 16/03/2026" in window.plan_page.inspector.toPlainText().replace("\u00a0", " ")
    window.desk.selection.select_item("c1/fulvestrant/1", "c1", date(2026, 3, 2))
    assert "Tussentijd" not in window.plan_page.inspector.toPlainText()


def test_what_goes_beside_a_drug_stands_with_it(window: MainWindow) -> None:
    open_example(window)
    window.desk.selection.select_item("c2/zoledronic-acid/1", "c2", date(2026, 3, 2))
    assert "calcium" in window.plan_page.inspector.toPlainText()


def test_a_creatinine_in_micromoles_is_compared_as_well(window: MainWindow) -> None:
    session = window.desk.session
    open_example(window)
    others = tuple(one for one in session.draft.measurements if one.kind != "creatinine")
    # 75.14 umol/L / 88.4 = 0.85 mg/dL: the same 60 mL/min by the ideal weight.
    micromoles = Measurement(kind="creatinine", quantity=Quantity(Decimal("75.1"), "umol/L"), on=date(2026, 3, 12))
    session.change(replace(session.draft, measurements=(*others, micromoles)), refill=True)
    assert session.draft.broken == ()
    assert [one for one in session.draft.measurements if one.kind == "creatinine"] == [micromoles]
    assert "60" in window.plan_page.inspector.toPlainText()
    assert "EKFC" in window.plan_page.inspector.toPlainText()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_no_number_of_a_dose_is_broken_over_two_lines(language: Language) -> None:
    """Qt reads the narrow space between thousands as any space: "2 times a day 1" stood above "500 mg"."""
    words = Words(language)
    amount = words.texts.amount(Decimal(1500), "mg")
    text = RichText(LIGHT)
    text.figure(words.say("ui.dose.times", amount=amount, count=2))
    document = QTextDocument()
    document.setHtml(text.html())
    shown = document.toRawText()
    assert "1\u00a0500\u00a0mg" in shown
    # Room for the number and not for the sentence: one line holds it whole.
    document.setTextWidth(130)
    assert document.size().height() > 0
    block = document.begin()
    layout = block.layout()
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    parts = [block.text()[line.textStart() : line.textStart() + line.textLength()] for line in lines]
    assert any("1\u00a0500\u00a0mg" in part for part in parts)
