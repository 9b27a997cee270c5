"""What the documents page shows is the plan of this moment, in the language of the patient."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mbc_desktop.ui.entry.draft import without_course
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.documents_page import DocumentsPage
from mbc_desktop.ui.paper.pdf_pages import page_images
from mbc_desktop.ui.paper.printing import Printed, print_pages
from mbc_desktop.ui.widgets.page_picture import PagePicture, _unpacked
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, field, key, retype


def page_of(window: MainWindow) -> DocumentsPage:
    window.show_page("documents")
    page = window.findChild(DocumentsPage)
    assert page is not None
    QApplication.processEvents()
    QApplication.processEvents()
    return page


def pictures(page: DocumentsPage) -> list[QImage]:
    return [picture.image() for picture in page.findChildren(PagePicture) if not picture.blank]


def test_without_a_plan_the_page_says_what_to_do(window: MainWindow) -> None:
    page = page_of(window)
    assert pictures(page) == []
    assert any("nog geen plan" in label.text() for label in page.findChildren(QLabel))


def test_the_preview_follows_every_change_of_the_plan(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "faslodex", "16/3/2026")
    page = page_of(window)
    qtbot.waitUntil(lambda: bool(pictures(page)))
    before = pictures(page)
    form = window.plan_page.courses.card(course).form
    assert form is not None
    retype(form.start, "17/3/2026")
    qtbot.waitUntil(lambda: pictures(page)[:1] != before[:1])


def test_a_page_that_nobody_sees_any_more_takes_no_memory(qtbot: QtBot, window: MainWindow) -> None:
    """At three times the size one is forty megabytes, and it stayed until another page was looked at."""
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    page = page_of(window)
    qtbot.waitUntil(lambda: bool(pictures(page)))
    assert _unpacked.cache_info().currsize
    window.show_page("plan")
    assert _unpacked.cache_info().currsize == 0


def test_the_calendar_speaks_the_language_of_the_patient(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    dutch = window.documents.pdf("patient_calendar")
    window.use_language("en")
    assert window.documents.pdf("patient_calendar") == dutch
    page = page_of(window)
    page.language.setCurrentIndex(page.language.findData("en"))
    page.language.activated.emit(page.language.currentIndex())
    assert window.desk.session.draft.language == "en"
    assert window.documents.pdf("patient_calendar") != dutch


def test_a_preview_of_an_older_plan_cannot_be_exported(qtbot: QtBot, window: MainWindow) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    page_of(window)
    old = window.documents.pdf("patient_calendar")
    retype(field(window, "patient.given_name"), "Maria")
    assert window.documents.pdf("patient_calendar") != old


def test_every_page_comes_out_of_the_printer(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    pdf = window.documents.pdf("check_sheet")
    assert pdf is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFullPage(True)
    assert list(print_pages([pdf], printer))[-1] == Printed(3, 3)
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert len(list(page_images(printed, dpi=20))) == len(list(page_images(pdf, dpi=20)))


def test_the_calendar_goes_out_as_a_file_and_the_next_one_cancels_what_went(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    enter_patient(window)
    course = add_course(qtbot, window, "faslodex", "16/3/2026")
    other = add_course(qtbot, window, "1x8", "30/3/2026")
    assert other != course
    key(Qt.Key.Key_Tab)
    key(Qt.Key.Key_Down)
    answers.path = tmp_path / "a.ics"
    (export,) = [action for action in window.menus.file.actions() if "ICS" in action.text()]
    export.trigger()
    first = answers.path.read_text(encoding="utf-8")
    assert "DTSTART;VALUE=DATE:20260330" in first
    assert "Voorbeeld" not in first
    session = window.desk.session
    assert [one.document for one in session.draft.prints] == ["calendar_file"]
    session.change(without_course(session.draft, other))
    assert window.documents.export_calendar_file()
    second = answers.path.read_text(encoding="utf-8")
    assert second.count("STATUS:CANCELLED") == 1
    assert "GEANNULEERD: bestraling 1 van 1" in second


def test_a_calendar_file_that_cannot_be_written_is_said_and_not_noted(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    assert not window.documents.export_calendar_file()
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    answers.path = tmp_path / "no such folder" / "a.ics"
    assert not window.documents.export_calendar_file()
    assert len(answers.told) == 2
    assert window.desk.session.draft.prints == ()


def test_a_copied_sheet_does_not_stay_on_the_clipboard(qtbot: QtBot, window: MainWindow, answers: Answers) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    page, clipboard = page_of(window), QGuiApplication.clipboard()
    page.side.copy.click()
    assert "VOORBEELD" in clipboard.text()
    page.copied.take_away()
    assert clipboard.text() == ""
    page.side.copy.click()
    clipboard.setText("iets anders")
    page.copied.take_away()
    assert clipboard.text() == "iets anders"
    page.side.copy.click()
    window.closing.emit()
    assert clipboard.text() == ""
    assert 60_000 <= page.copied._soon.interval() <= 300_000


def test_whoever_may_print_nothing_copies_nothing(qtbot: QtBot, window: MainWindow, answers: Answers) -> None:
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    page, clipboard = page_of(window), QGuiApplication.clipboard()
    clipboard.clear()
    window.desk.session.printing_refused = lambda: "Uw rol drukt niets af."
    page.side.copy.click()
    assert clipboard.text() == ""
    assert answers.told[-1][1] == "Uw rol drukt niets af."
