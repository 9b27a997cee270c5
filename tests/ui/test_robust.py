"""Bad files of every kind, disks that refuse, a second start in the middle of something: one sentence, nothing lost."""

from __future__ import annotations

import errno
import os
import resource
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from mbc_desktop.core.disk_reason import REASONS, disk_reason
from mbc_desktop.core.files import read_plain_file
from mbc_desktop.texts import load_texts
from mbc_desktop.ui.agenda import agenda_reader
from mbc_desktop.ui.agenda.agenda_reader import AgendaReader
from mbc_desktop.ui.asking import Asking, _documents
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.starting.come_forward import come_forward
from tests.ui.conftest import TODAY, Answers
from tests.ui.driving import enter_patient

EXAMPLE = Path("resources/example/voorbeeld.mbc.json")
Make = Callable[[Path], object]


def text(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


GOOD = EXAMPLE.read_bytes()
BAD: dict[str, tuple[Make, str]] = {
    "empty": (text(b""), "Het bestand is leeg."),
    "blank": (text(b" \r\n"), "Het bestand is leeg."),
    "binary": (text(bytes(range(256)) * 40), "Het bestand is geen tekst in UTF-8."),
    "UTF-16": (text(GOOD.decode().encode("utf-16")), "Het bestand is geen tekst in UTF-8."),
    "Latin-1": (text(GOOD.replace(b"Anna", b"Zo\xe9")), "Het bestand is geen tekst in UTF-8."),
    "cut off": (text(GOOD[:500]), "Dit is geen geldig behandelbestand."),
    "deep": (text(b'{"a":' * 5000), "Het bestand is te diep genest."),
    "invisible character": (text(GOOD.replace(b"Anna", "An\u202ena".encode())), "Hier staat een teken dat men niet ziet."),
    "too large": (text(b" " * (8 * 1024 * 1024 + 1)), "Het bestand is te groot."),
    "another program's": (text(b"\x89PNG\r\n\x1a\n"), "Het bestand is geen tekst in UTF-8."),
    "gone": (lambda path: None, "Het bestand of de map is er niet (meer)."),
    "a folder": (Path.mkdir, "Dit is geen gewoon bestand."),
    "a pipe that nobody writes into": (os.mkfifo, "Dit is geen gewoon bestand."),
    "a device without end": (lambda path: path.symlink_to("/dev/zero"), "Dit is geen gewoon bestand."),
    "a link to itself": (lambda path: path.symlink_to(path), "Het bestand of de map is er niet (meer)."),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_one_sentence_and_the_work_stays(window: MainWindow, answers: Answers, tmp_path: Path, kind: str) -> None:
    make, sentence = BAD[kind]
    path = tmp_path / "slecht.mbc.json"
    make(path)
    enter_patient(window)
    before = window.desk.session.draft
    answers.answer = "ui.button.discard"
    assert not window.files.open_path(path)
    assert window.desk.session.draft == before
    ((_, told, why),) = answers.told
    assert told == "slecht.mbc.json kan niet gelezen worden."
    assert sentence in why.split("\n")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "no_permission"),
        (errno.EROFS, "read_only"),
        (errno.ENOSPC, "full"),
        (errno.EBUSY, "in_use"),
        (errno.ESTALE, "out_of_reach"),
        (errno.ETIMEDOUT, "out_of_reach"),
        (errno.ENAMETOOLONG, "name_too_long"),
        (errno.EDOM, "other"),
    ],
)
def test_what_the_system_says_is_said_in_the_language_of_the_window(
    window: MainWindow, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("mbc_desktop.ui.keeping.file_commands.read_plain_file", refuse)
    monkeypatch.setattr("mbc_desktop.ui.keeping.file_commands.write_file_safely", refuse)
    monkeypatch.setattr("mbc_desktop.ui.paper.document_commands.write_file_safely", refuse)
    assert window.files.open_path(EXAMPLE) is False
    monkeypatch.undo()
    assert window.files.open_path(EXAMPLE)
    monkeypatch.setattr("mbc_desktop.ui.keeping.file_commands.write_file_safely", refuse)
    monkeypatch.setattr("mbc_desktop.ui.paper.document_commands.write_file_safely", refuse)
    draft = window.desk.session.draft
    for language in ("fr", "de", "en", "nl"):
        window.use_language(language)  # type: ignore[arg-type]
        answers.path = tmp_path / "x"
        assert not window.files.save_as()
        assert not window.documents.export("patient_calendar")
        said = window.words.say(f"disk.{reason}")
        assert [one[2] for one in answers.told[-2:]] == [said, said]
    # A sheet that was not written is not noted either.
    assert window.desk.session.draft == draft


def test_every_reason_has_its_sentence_in_every_language() -> None:
    for language in ("nl", "fr", "de", "en"):
        said = [load_texts(language).word(f"disk.{reason}") for reason in REASONS]
        assert len(set(said)) == len(REASONS)
        assert all(one.endswith(".") for one in said)


def test_a_file_that_another_program_of_windows_holds() -> None:
    held = PermissionError(errno.EACCES, "")
    held.winerror = 32  # type: ignore[attr-defined]
    assert disk_reason(held) == "in_use"
    assert disk_reason(PermissionError(errno.EACCES, "")) == "no_permission"
    assert disk_reason(OSError("without a number")) == "other"


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"12345")
    assert read_plain_file(path, most=5) == b"12345"
    with pytest.raises(OSError, match="large"):
        read_plain_file(path, most=4)
    with pytest.raises(FileNotFoundError):
        read_plain_file(tmp_path / "a\0b", most=4)


def test_a_pipe_among_the_files_of_the_agenda_holds_nobody_up(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mbc.json")
    (tmp_path / "b.mbc.json").write_bytes(GOOD)
    session = window.desk.session
    assert session.library is not None
    reader = AgendaReader(session.library, window)
    with qtbot.waitSignal(reader.finished, timeout=10000) as found:
        reader.read(tmp_path, session.site, session.today)
    assert [one.plan is not None for one in found.args[0]] == [False, True]


def test_a_defect_beside_the_window_is_raised_in_the_window(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(agenda_reader, "planned", broken)
    (tmp_path / "b.mbc.json").write_bytes(GOOD)
    session = window.desk.session
    assert session.library is not None
    reader = AgendaReader(session.library, window)
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(reader.finished, timeout=10000):
        reader.read(tmp_path, session.site, session.today)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_a_second_start_opens_nothing_under_a_dialog_about_another_patient(window: MainWindow, tmp_path: Path) -> None:
    assert window.files.open_path(EXAMPLE)
    plan = window.desk.session.plan
    assert plan is not None
    item = next(one for one in plan.administrations if one.due > TODAY)
    window.desk.selection.select_item(item.id, item.course, item.due)
    window.plan_page.commands.begin("move", values={"to": item.due + timedelta(days=1)})
    dialog = window.plan_page.commands.dialog
    other = tmp_path / "ander.mbc.json"
    other.write_bytes(GOOD.replace(b"0012345", b"0054321"))
    come_forward(window, other)
    QApplication.processEvents()
    assert dialog.isVisible()
    assert window.desk.session.draft.patient.number == "0012345"
    dialog.reject()
    QApplication.processEvents()
    QApplication.processEvents()
    assert window.desk.session.draft.patient.number == "0054321"
    assert window.page == "plan"


def test_a_second_start_waits_for_a_question_as_well(window: MainWindow, tmp_path: Path) -> None:
    other = tmp_path / "ander.mbc.json"
    other.write_bytes(GOOD)
    seen: list[str] = []

    def second_start() -> None:
        come_forward(window, other)
        seen.append(window.desk.session.draft.patient.number)
        next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)).accept()

    QTimer.singleShot(0, second_start)
    Asking(window, window.words).tell("Titel", "Zin.")
    QApplication.processEvents()
    QApplication.processEvents()
    assert seen == [""]
    assert window.desk.session.draft.patient.number == "0012345"


def test_a_full_disk_leaves_the_old_file_whole(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    """By the quota of the process, which stands for the disk: the file grows to its limit and no further."""
    path = tmp_path / "a.mbc.json"
    path.write_bytes(GOOD)
    assert window.files.open_path(path)
    session = window.desk.session
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        assert not window.files.save()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    assert path.read_bytes() == GOOD
    assert os.listdir(tmp_path).count("a.mbc.json") == 1
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".a.mbc")]
    assert session.draft.patient.number == "0012345"
    assert answers.told[-1][2] == "Het bestand is te groot."


@pytest.mark.parametrize(
    ("keys", "entered"),
    [
        (("ui.records.somebody_else", "act.cancel"), "act.cancel"),
        (("ui.button.save", "ui.button.discard", "ui.button.stay"), "ui.button.save"),
    ],
)
def test_enter_by_habit_never_goes_on_past_a_warning(
    qtbot: QtBot, window: MainWindow, keys: tuple[str, ...], entered: str
) -> None:
    """A patient who resembles another one was saved a second time by Enter."""
    asking = Asking(window, window.words)

    def press() -> None:
        box = next(one for one in window.findChildren(QMessageBox) if one.isVisible())
        QTest.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(0, press)
    assert asking.choose("", "", keys) == entered


@pytest.mark.parametrize("there", [True, False])
def test_files_are_looked_for_among_the_documents_or_at_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    documents = tmp_path / "Documenten"
    if there:
        documents.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(documents))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert _documents() == (documents if there else tmp_path)
