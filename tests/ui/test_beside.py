"""Long work beside the main thread: sheets for the screen, pages for the printer. The window answers, and can give it up."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mbc_desktop.documents.drawing.fonts import GlyphError
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.ui.beside import Beside, Steps, result_of
from mbc_desktop.ui.collector import EVERY_MS
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.documents_page import DocumentsPage
from mbc_desktop.ui.paper.pdf_pages import page_images
from mbc_desktop.ui.paper.print_progress import PrintProgress
from mbc_desktop.ui.paper.printing import ALIKE, BANDS, PRINT_DPI, Printed, PrinterGoneError, draw_page, seams
from mbc_desktop.ui.widgets.page_picture import PagePicture
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, retype


def numbers(count: int, *, after: Callable[[], object] = lambda: None) -> Steps:
    for number in range(count):
        yield number
        after()


def test_pieces_come_in_order_and_then_the_end(qtbot: QtBot, qapp: QApplication) -> None:
    heard: list[object] = []
    beside = Beside(qapp)
    beside.came.connect(heard.append)
    beside.ended.connect(lambda: heard.append("end"))
    beside.run(lambda: numbers(30))
    assert heard == []
    qtbot.waitUntil(lambda: "end" in heard)
    assert heard == [*range(30), "end"]
    assert not beside.busy


def test_what_was_dropped_is_never_heard(qtbot: QtBot, qapp: QApplication) -> None:
    heard: list[object] = []
    gate = threading.Event()
    beside = Beside(qapp)
    beside.came.connect(heard.append)
    beside.ended.connect(lambda: heard.append("end"))

    def old() -> Steps:
        yield "old"
        gate.wait(5)
        yield "older"

    beside.run(old)
    qtbot.waitUntil(lambda: heard == ["old"])
    beside.run(lambda: numbers(2))
    gate.set()
    qtbot.waitUntil(lambda: "end" in heard)
    qtbot.wait(50)
    assert heard == ["old", 0, 1, "end"]


def test_what_is_stopped_closes_its_work_and_then_says_so(qtbot: QtBot, qapp: QApplication) -> None:
    closed: list[str] = []
    beside = Beside(qapp)

    def endless() -> Steps:
        try:
            while True:
                yield "more"
        finally:
            closed.append("closed")

    beside.ended.connect(lambda: closed.append("told"))
    beside.came.connect(lambda _: beside.stop())
    beside.run(endless)
    qtbot.waitUntil(lambda: "told" in closed)
    assert closed == ["closed", "told"]


def test_work_ends_with_the_window_it_is_for(qtbot: QtBot) -> None:
    owner, closed = QObject(), threading.Event()
    beside = Beside(owner)

    def endless() -> Steps:
        try:
            while True:
                yield "more"
        finally:
            closed.set()

    beside.run(endless)
    owner.deleteLater()
    del owner, beside
    qtbot.waitUntil(closed.is_set)


def test_a_result_or_an_error_comes_back_while_the_window_lives(qtbot: QtBot, qapp: QApplication) -> None:
    ticks: list[float] = []
    timer = QTimer(qapp)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(2)
    assert result_of(lambda: time.sleep(0.3) or "made", qapp) == "made"
    timer.stop()
    assert len(ticks) > 20
    assert QApplication.overrideCursor() is None
    with pytest.raises(ZeroDivisionError):
        result_of(lambda: 1 // 0, qapp)


@pytest.fixture
def planned(qtbot: QtBot, window: MainWindow) -> MainWindow:
    enter_patient(window)
    add_course(qtbot, window, "palbociclib faslodex", "16/3/2026")
    return window


def test_two_threads_draw_the_same_sheet_in_the_same_bytes(planned: MainWindow) -> None:
    making = planned.documents.making("patient_calendar")
    assert making is not None
    expected = document_pdf(making())
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(document_pdf(making()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [expected] * 4


def documents_page(window: MainWindow) -> DocumentsPage:
    window.show_page("documents")
    page = window.findChild(DocumentsPage)
    assert page is not None
    return page


def pages(page: DocumentsPage) -> list[PagePicture]:
    return [picture for picture in page.findChildren(PagePicture) if not picture.isHidden()]


def test_the_first_sheet_is_made_beside_the_main_thread(
    qtbot: QtBot, planned: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[threading.Thread] = []

    def watched(*given: object, **named: object) -> bytes:
        where.append(threading.current_thread())
        return document_pdf(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("mbc_desktop.documents.drawing.pdf.document_pdf", watched)
    page = documents_page(planned)
    qtbot.waitUntil(lambda: bool(pages(page)) and not any(one.blank for one in pages(page)))
    assert planned.documents.pdf("patient_calendar") is not None
    assert len(where) == 2
    assert threading.main_thread() not in where


def test_pages_of_another_plan_turn_blank_at_once_and_nothing_moves(qtbot: QtBot, planned: MainWindow) -> None:
    page = documents_page(planned)
    qtbot.waitUntil(lambda: bool(pages(page)) and not any(one.blank for one in pages(page)))
    before = [(one.geometry(), one.image()) for one in pages(page)]
    form = planned.plan_page.courses.card("c1").form
    assert form is not None
    retype(form.start, "17/3/2026")
    # No event has been handled since the key: no old dose is to be seen any more.
    assert all(one.blank for one in pages(page))
    qtbot.waitUntil(lambda: not any(one.blank for one in pages(page)))
    assert [one.geometry() for one in pages(page)] == [geometry for geometry, _ in before]
    assert [one.image() for one in pages(page)] != [image for _, image in before]


def test_the_paper_lies_where_the_page_will_stand(qtbot: QtBot, planned: MainWindow) -> None:
    page = documents_page(planned)
    seen: set[tuple[int, int]] = set()
    timer = QTimer(page)
    timer.timeout.connect(lambda: seen.update((one.x(), one.width()) for one in pages(page) if one.isVisible() and one.y()))
    timer.start(1)
    qtbot.waitUntil(lambda: bool(pages(page)) and not any(one.blank for one in pages(page)))
    assert len(pages(page)) > 3
    assert seen == {(pages(page)[0].x(), pages(page)[0].width())}


def test_a_larger_page_is_to_be_seen_while_it_is_drawn(qtbot: QtBot, planned: MainWindow) -> None:
    page = documents_page(planned)
    qtbot.waitUntil(lambda: bool(pages(page)) and not any(one.blank for one in pages(page)))
    width = pages(page)[0].width()
    page.strip.zoom(1)
    seen = []
    page._renderer.laid_out.connect(lambda _: seen.append([one.blank for one in pages(page)]))
    qtbot.waitUntil(lambda: pages(page)[0].width() > width)
    assert not any(one.blank for one in pages(page))
    qtbot.waitUntil(lambda: pages(page)[0].image().width() > width)


def test_a_character_without_a_glyph_is_told_and_nothing_may_leave(
    qtbot: QtBot, planned: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> bytes:
        raise GlyphError("\u2603", "sneeuw \u2603")

    monkeypatch.setattr("mbc_desktop.documents.drawing.pdf.document_pdf", refused)
    page = documents_page(planned)
    qtbot.waitUntil(lambda: bool(answers.told))
    assert "U+2603" in answers.told[0][2]
    assert pages(page) == []
    assert not page.side.print.isEnabled()
    assert any("kan niet gemaakt worden" in label.text() for label in page.findChildren(QLabel))
    assert not planned.documents.print("patient_calendar")
    assert len(answers.told) == 2


def a_printer(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setFullPage(True)
    return printer


@pytest.fixture
def calendar(planned: MainWindow) -> bytes:
    """Few pages: each takes the printer a tenth of a second."""
    planned.desk.session.change(replace(planned.desk.session.draft, horizon=date(2026, 7, 1)))
    pdf = planned.documents.pdf("patient_calendar")
    assert pdf is not None
    return pdf


def test_the_window_answers_while_pages_go_to_the_printer(planned: MainWindow, calendar: bytes, tmp_path: Path) -> None:
    ticks: list[str] = []
    dialog = PrintProgress(planned.words, planned)
    timer = QTimer(dialog)
    timer.timeout.connect(lambda: ticks.append(dialog.findChildren(QLabel)[0].text()))
    timer.start(5)
    printed = dialog.print([calendar], a_printer(tmp_path / "a.pdf"))
    assert printed is not None
    assert printed.number == printed.of == len(list(page_images(calendar, width=50)))
    assert len(list(page_images((tmp_path / "a.pdf").read_bytes(), width=50))) == printed.of
    # A page takes a tenth of a second at least: the window answered during each, and said which it was.
    for number in range(1, printed.of + 1):
        assert sum(f"Bladzijde {number} van {printed.of} " in said for said in ticks) >= 3


class Watched:
    """A painter that remembers what it is given."""

    def __init__(self) -> None:
        self.drawn: list[tuple[QRectF, QImage]] = []

    def drawImage(self, target: QRectF, image: QImage) -> None:  # noqa: N802 - Qt's own name
        self.drawn.append((target, image))


def test_the_bands_of_a_page_are_the_page_each_right_below_the_other(planned: MainWindow, tmp_path: Path) -> None:
    sheet = planned.documents.pdf("check_sheet")
    assert sheet is not None
    page, painter, printer = next(page_images(sheet, dpi=PRINT_DPI)), Watched(), a_printer(tmp_path / "a.pdf")
    draw_page(painter, printer, page)  # type: ignore[arg-type]
    assert len(painter.drawn) > BANDS // 2
    assert b"".join(bytes(image.constBits()) for _, image in painter.drawn) == bytes(page.constBits())
    edges = [0.0, *(target.bottom() for target, _ in painter.drawn)]
    # On whole dots of the printer, and as high as the page is wide in its own proportion: 1200 dots an inch for 300.
    assert all(target.top() == above for above, (target, _) in zip(edges, painter.drawn, strict=False))
    assert all(edge == int(edge) for edge in edges)
    assert edges[-1] == pytest.approx(4 * page.height(), abs=20)


def test_a_page_is_cut_where_rows_are_alike_and_nowhere_else() -> None:
    page = QImage(40, 320, QImage.Format.Format_RGBX8888)
    for row in range(320):
        # Pairs of blank rows stand among rows that all differ, but for thirty alike ones from 100 on.
        colour = QColor(200, 200, 200) if 100 <= row < 130 else QColor(row % 256, row // 256, 7)
        for dot in range(40):
            page.setPixelColor(dot, row, colour)
    cuts = seams(page)
    assert cuts[0] == 0
    assert cuts[-1] == 320
    assert len(cuts) > 2
    assert all(100 + ALIKE <= cut <= 130 - ALIKE for cut in cuts[1:-1])


@pytest.mark.parametrize("by", ["button", "escape"])
def test_a_print_that_is_given_up_leaves_no_half_file(planned: MainWindow, calendar: bytes, tmp_path: Path, by: str) -> None:
    dialog = PrintProgress(planned.words, planned)

    def give_up() -> None:
        if by == "button":
            dialog.give_up.click()
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

    dialog._beside.came.connect(lambda step: give_up() if step.number == 2 else None)
    begun = a_printer(tmp_path / "a.pdf")
    assert dialog.print([calendar], begun) is None
    assert not (tmp_path / "a.pdf").exists()
    assert not dialog.isVisible()


def test_a_print_that_is_given_up_after_the_last_page_is_whole(planned: MainWindow, tmp_path: Path) -> None:
    sheet = planned.documents.pdf("check_sheet")
    assert sheet is not None
    dialog = PrintProgress(planned.words, planned)
    dialog._beside.came.connect(lambda step: dialog.give_up.click() if step.number == step.of else None)
    printed = dialog.print([sheet], a_printer(tmp_path / "a.pdf"))
    assert printed is not None
    assert printed.number == printed.of
    assert (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("how", ["given up", "gone"])
def test_whoever_holds_half_a_print_is_told_and_it_is_not_noted(
    planned: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    def half(*_: object) -> Printed:
        if how == "gone":
            raise PrinterGoneError(2, 9)
        return Printed(2, 9)

    monkeypatch.setattr("mbc_desktop.ui.paper.printing.ask_and_print", half)
    assert not planned.documents.print("patient_calendar")
    ((_, text, _),) = answers.told
    assert "bladzijde 2 van 9" in text
    assert "Gooi weg" in text
    assert planned.desk.session.draft.prints == ()


@pytest.mark.qt_log_ignore("QPainter::begin", "This plugin does not support", extend=True)
def test_a_printer_that_takes_nothing_is_told_in_one_sentence(
    planned: MainWindow, answers: Answers, calendar: bytes, tmp_path: Path
) -> None:
    with pytest.raises(PrinterGoneError) as caught:
        PrintProgress(planned.words, planned).print([calendar], a_printer(tmp_path / "no folder" / "a.pdf"))
    assert caught.value.printed == 0
    planned.documents._tell_incomplete(caught.value.printed, caught.value.of)
    assert [text for _, text, _ in answers.told] == [planned.words.say("sheets.printer_gone")]


class Waits:
    """Something in a ring, as a dialog with its own slots is: only the collector ends it, and it says in which thread."""

    def __init__(self, ended: list[threading.Thread]) -> None:
        self.itself, self._ended = self, ended

    def __del__(self) -> None:
        self._ended.append(threading.current_thread())


def test_what_waits_to_be_collected_never_ends_in_another_thread(qtbot: QtBot, window: MainWindow, qapp: QApplication) -> None:
    ended: list[threading.Thread] = []
    Waits(ended)

    def rings() -> Steps:
        # Twenty times as many as make Python's own collector run, each to be collected.
        for _ in range(20 * gc.get_threshold()[0]):
            ring: list[object] = []
            ring.append(ring)
        yield len(ended)

    heard: list[object] = []
    beside = Beside(qapp)
    beside.came.connect(heard.append)
    beside.run(rings)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [0]
    qtbot.waitUntil(lambda: bool(ended), timeout=3 * EVERY_MS)
    assert ended == [threading.main_thread()]
