"""The number, date and text fields, by real key presses, paste and drop, in four locales: what is stored is what was meant, or
nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QLocale, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.core.typed_text import read_name, read_patient_number
from mbc_desktop.regimen.fields_file import load_fields
from mbc_desktop.ui.desk import Look
from mbc_desktop.ui.widgets.confirmation import TYPED_AGAIN, Confirmation
from mbc_desktop.ui.widgets.date_edit import DateEdit
from mbc_desktop.ui.widgets.quantity_edit import QuantityEdit
from mbc_desktop.ui.widgets.reading_text import objection_text
from mbc_desktop.ui.widgets.text_edit import TextEdit
from mbc_desktop.ui.widgets.typed_edit import TypedEdit
from mbc_desktop.ui.words import Words
from tests.typed_cases import LOCALES, TODAY, TypedCase, typed_cases

# A window without a screen has no window manager to tell its sizes to.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FIELDS = load_fields(find_schedules())
NUMBER_CASES = tuple(case for case in typed_cases() if case.field in FIELDS.numbers and case.field != "dose_override_mg")
DATE_CASES = tuple(case for case in typed_cases() if case.field in FIELDS.dates)
LABEL = "input.confirm.heading"
Route = Callable[[TypedEdit, str], None]


@pytest.fixture
def words() -> Words:
    return Words("nl")


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look("light")


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


def edit_of(field: str, words: Words, look: Look, qtbot: QtBot) -> TypedEdit:
    if field in FIELDS.numbers:
        edit: TypedEdit = QuantityEdit(FIELDS.numbers[field], words, look, label=LABEL)
    else:
        edit = DateEdit(FIELDS.dates[field], words, look, label=LABEL, today=lambda: TODAY)
    qtbot.addWidget(edit)
    edit.show()
    return edit


def press(edit: TypedEdit, text: str) -> None:
    """One key press and release for each character, as a keyboard of any layout sends them."""
    for character in text:
        key = Qt.Key.Key_Return if character in "\r\n" else Qt.Key(0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(edit.line, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character))


def paste(edit: TypedEdit, text: str) -> None:
    QApplication.clipboard().setText(text)
    edit.line.paste()


def drop(edit: TypedEdit, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    place = edit.line.rect().center()
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(edit.line, QDragEnterEvent(place, *how))
    QApplication.sendEvent(edit.line, QDropEvent(QPointF(place), *how))


def stored(edit: TypedEdit) -> str | None:
    value = edit.reading().value
    return None if value is None else format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def without_controls(text: str) -> str:
    """What a line shows of a text when its control characters do nothing: no key writes them, Enter and Tab act."""
    return "".join(character for character in text if unicodedata.category(character) != "Cc" and character != "\ufeff")


def difference(case: TypedCase, edit: TypedEdit) -> str:
    """Nothing when the field came to the verdict of the case. Where a control character cannot be entered by that route, what the
    line shows is what counts: it is stored as it is seen, or refused."""
    reading = edit.reading()
    if edit.text() == case.text:
        right = (reading.verdict, stored(edit), reading.reason) == (case.verdict, case.value, case.reason)
    else:
        seen = edit.text().strip().replace(",", ".")
        right = edit.text() == without_controls(case.text) and (reading.value is None or stored(edit) in (seen, case.value))
    return "" if right else f"{case}: {case.verdict} {case.value} {case.reason}, not {reading} from {edit.text()!a}"


@pytest.mark.parametrize("route", [press, paste, drop], ids=["keys", "paste", "drop"])
def test_no_case_is_misread_in_any_locale(route: Route, locale: str, words: Words, look: Look, qtbot: QtBot) -> None:
    edits: dict[str, TypedEdit] = {}
    found, seen_otherwise = [], 0
    for case in (*NUMBER_CASES, *DATE_CASES):
        edit = edits.get(case.field) or edit_of(case.field, words, look, qtbot)
        edits[case.field] = edit
        edit.line.clear()
        route(edit, case.text)
        seen_otherwise += edit.text() != case.text
        found.append(difference(case, edit))
    assert [difference for difference in found if difference] == []
    assert len(found) > 600
    assert seen_otherwise < 10


def test_key_clicks_of_a_numeric_keypad(locale: str, words: Words, look: Look, qtbot: QtBot) -> None:
    for typed in ("70.5", "70,5"):
        edit = edit_of("weight", words, look, qtbot)
        qtbot.keyClicks(edit.line, typed)
        assert edit.text() == typed
        assert edit.reading().value == Decimal("70.5")


def quantity(field: str, words: Words, look: Look, qtbot: QtBot) -> QuantityEdit:
    edit = QuantityEdit(FIELDS.numbers[field], words, look, label=LABEL)
    qtbot.addWidget(edit)
    edit.show()
    return edit


def test_what_was_understood_is_echoed_with_its_unit_in_the_language(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("weight", words, look, qtbot)
    edit.show_text("70.50")
    assert edit.echo.text() == "= 70,5\u00a0kg"
    words.switch("en")
    assert edit.echo.text() == "= 70.5\u00a0kg"
    assert edit.text() == "70.50"


def test_a_refused_text_stays_and_gives_no_value(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("creatinine_mg_dl", words, look, qtbot)
    qtbot.keyClicks(edit.line, "75")
    assert (edit.text(), edit.value(), edit.may_be_stored()) == ("75", None, False)
    assert edit.message.text() == "Bedoelt u 75\u00a0µmol/L? Dit veld is in mg/dL."
    assert not edit.confirmation.isVisible()


def test_a_field_that_asks_nothing_has_no_row_for_reasons(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("weight", words, look, qtbot)
    for text in ("70,5", "7", ""):
        edit.show_text(text)
    assert edit.findChildren(Confirmation) == []


def test_nobody_is_scolded_in_the_middle_of_a_number(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("height", words, look, qtbot)
    edit.activateWindow()
    edit.line.setFocus()
    qtbot.waitUntil(edit.line.hasFocus)
    for typed in ("1", "6"):
        qtbot.keyClicks(edit.line, typed)
        assert edit.reading().verdict == "reject"
        assert not edit.message.isVisible()
    qtbot.keyClick(edit.line, Qt.Key.Key_Return)
    assert edit.message.isVisible()
    qtbot.keyClicks(edit.line, "5")
    assert not edit.message.isVisible()
    qtbot.keyClicks(edit.line, ",555")
    assert edit.message.isVisible()


def test_an_unusual_value_stands_only_with_a_reason(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("weight", words, look, qtbot)
    edit.show_text("135")
    assert (edit.may_be_stored(), edit.value()) == (False, None)
    assert edit.confirmation.isVisible()
    with qtbot.waitSignal(edit.confirmed) as sent:
        edit.confirmation.choice.setFocus()
        qtbot.keyClick(edit.confirmation.choice, Qt.Key.Key_Down)
    assert sent.args == ["measured_again"]
    assert edit.value() == Decimal(135)
    qtbot.keyClicks(edit.line, "1")
    assert edit.text() == "1351"
    edit.line.backspace()
    assert edit.reason_given() == ""
    assert edit.value() is None


def test_calcium_that_is_possible_in_both_units_is_typed_again_with_its_unit(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("calcium_total_mmol_l", words, look, qtbot)
    edit.show_text("4,5")
    assert edit.reading().reason == "UNIT_OVERLAP_REENTER"
    assert edit.confirmation.again.isVisible()
    assert not edit.confirmation.choice.isVisible()
    for typed in ("4,5", "4,5 mg/dL", "4,4 mmol/L"):
        edit.confirmation.again.clear()
        qtbot.keyClicks(edit.confirmation.again, typed)
        assert edit.value() is None, typed
    edit.confirmation.again.clear()
    qtbot.keyClicks(edit.confirmation.again, "4.5 mmol/l")
    assert (edit.reason_given(), edit.value()) == (TYPED_AGAIN, Decimal("4.5"))


def test_another_unit_reads_the_same_text_anew(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("creatinine_mg_dl", words, look, qtbot)
    edit.show_text("0,85")
    with qtbot.waitSignal(edit.changed) as sent:
        edit.use_policy(FIELDS.numbers["creatinine_umol_l"])
    reading = sent.args[0]
    assert (reading.reason, reading.also) == ("TOO_MANY_DECIMALS", ("UNIT_SUSPECT_MG_DL",))
    assert edit.message.text().startswith("Bedoelt u 0,85\u00a0mg/dL? Dit veld is in µmol/L.")
    assert (edit.text(), edit.value(), edit.unit.text()) == ("0,85", None, "µmol/L")


def test_a_field_waits_for_its_limits_and_keeps_what_was_confirmed(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = QuantityEdit(None, words, look, label=LABEL)
    qtbot.addWidget(edit)
    edit.show_text("135", confirmed="measured_again")
    assert (edit.isEnabled(), edit.value()) == (False, None)
    with qtbot.assertNotEmitted(edit.changed):
        edit.use_policy(FIELDS.numbers["weight"])
    assert (edit.isEnabled(), edit.value()) == (True, Decimal(135))


def test_showing_a_text_of_the_session_tells_nobody(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("weight", words, look, qtbot)
    with qtbot.assertNotEmitted(edit.changed):
        edit.show_text("70,5")
    assert edit.value() == Decimal("70.5")


def test_an_empty_field_is_an_error_only_where_it_is_required(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("weight", words, look, qtbot)
    assert edit.message.text() == ""
    edit.require()
    assert edit.message.text() == "Vul dit veld in."


def test_the_wheel_changes_nothing(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("weight", words, look, qtbot)
    edit.show_text("135", confirmed="measured_again")
    for widget in (edit.line, edit.confirmation.choice):
        middle = QPointF(widget.rect().center())
        QApplication.sendEvent(
            widget,
            QWheelEvent(
                middle, middle, QPoint(0, 120), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip
    assert (edit.text(), edit.reason_given()) == ("135", "measured_again")


def test_typed_markup_is_shown_to_the_letter(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("weight", words, look, qtbot)
    edit.show_text("70 <b>")
    assert edit.message.textFormat() == Qt.TextFormat.PlainText


def test_a_screen_reader_hears_name_unit_and_objection(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = quantity("weight", words, look, qtbot)
    edit.show_text("7")
    spoken = QAccessible.queryAccessibleInterface(edit.line)
    assert spoken.text(QAccessible.Text.Name) == "Reden, kg"
    assert spoken.text(QAccessible.Text.Description) == edit.message.text() != ""


def test_a_date_is_echoed_with_its_weekday(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = DateEdit(FIELDS.dates["start_date"], words, look, label=LABEL, today=lambda: TODAY)
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit.line, "4/3/2026")
    assert edit.echo.text() == "= woensdag 4 maart 2026"
    assert edit.value() == date(2026, 3, 4)


def test_a_start_in_a_weekend_stands_only_with_a_reason(words: Words, look: Look, qtbot: QtBot) -> None:
    edit = DateEdit(FIELDS.dates["start_date"], words, look, label=LABEL, today=lambda: TODAY)
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit.line, "7/3/2026")
    assert edit.value() is None
    assert edit.message.text().startswith("zaterdag 7 maart 2026 valt in het weekend.")
    edit.show_text("7/3/2026", confirmed="agreed_with_prescriber")
    assert edit.value() == date(2026, 3, 7)


def test_a_name_and_a_number_say_what_they_take(words: Words, look: Look, qtbot: QtBot) -> None:
    name = TextEdit(read_name, words, look, label=LABEL, kind="name")
    number = TextEdit(read_patient_number, words, look, label=LABEL, kind="patient_number")
    for edit in (name, number):
        qtbot.addWidget(edit)
        edit.show_text("<Jan>")
        assert edit.value() is None
    assert "apostroffen" in name.message.text()
    assert "3 tot 20" in number.message.text()
    name.show_text("Voorbeeld")
    assert name.value() == "Voorbeeld"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_objection_of_every_case_has_its_sentence(language: str, look: Look, qtbot: QtBot) -> None:
    spoken = Words("nl" if language == "nl" else "en")
    cases = (*NUMBER_CASES, *DATE_CASES)
    edits = {field: edit_of(field, spoken, look, qtbot) for field in {case.field for case in cases}}
    for case in cases:
        edit = edits[case.field]
        edit.show_text(case.text)
        said = objection_text(spoken.texts, edit.reading())
        assert bool(said) == (case.reason is not None), case
        assert "{" not in said.replace("{{", "")
