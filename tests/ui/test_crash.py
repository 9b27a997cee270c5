"""Whatever fails, wherever: the work is kept, no plan stays on the screen, one dialog says so, in the thread of the window."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mbc_desktop.texts import load_texts
from mbc_desktop.ui.keeping import crash
from mbc_desktop.ui.keeping.crash import CrashHook
from mbc_desktop.ui.keeping.recovery import LONGEST_MS, Recovery
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.override import override
from tests.ui.conftest import Answers
from tests.ui.driving import enter_patient

EXAMPLE = Path("resources/example/voorbeeld.mbc.json")


@pytest.fixture
def hook(window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CrashHook:
    """Of a window with the example, in which something was typed since."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "kept"))
    assert window.files.open_path(EXAMPLE)
    session = window.desk.session
    session.change(replace(session.draft, patient=replace(session.draft.patient, given_name="Annetje")))
    made = CrashHook(window.desk, answers)
    for where in ("sys", "threading"):
        monkeypatch.setattr(f"{where}.excepthook", lambda *_: None)
    made.install()
    return made


def kept(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (folder / "kept").rglob("recovered.mbc.json"))


def assert_told_once(qtbot: QtBot, window: MainWindow, answers: Answers, folder: Path) -> None:
    qtbot.waitUntil(lambda: bool(answers.told), timeout=5000)
    QApplication.processEvents()
    assert len(answers.told) == 1
    assert window.desk.session.plan is None
    assert "Annetje" in kept(folder)
    assert "ZeroDivisionError, test_crash.py:" in answers.told[0][2]
    assert "geheim" not in "".join(answers.told[0])


def fail() -> None:
    raise ZeroDivisionError("geheim")


def test_in_a_thread(qtbot: QtBot, window: MainWindow, answers: Answers, hook: CrashHook, tmp_path: Path) -> None:
    threads: list[threading.Thread] = []
    tell = answers.tell
    answers.tell = lambda *told: (threads.append(threading.current_thread()), tell(*told))  # type: ignore[method-assign]
    threading.Thread(target=fail).start()
    assert_told_once(qtbot, window, answers, tmp_path)
    assert threads == [threading.main_thread()]


def test_in_the_pool_of_qt(qtbot: QtBot, window: MainWindow, answers: Answers, hook: CrashHook, tmp_path: Path) -> None:
    threads: list[threading.Thread] = []
    tell = answers.tell
    answers.tell = lambda *told: (threads.append(threading.current_thread()), tell(*told))  # type: ignore[method-assign]
    with qtbot.captureExceptions():
        QThreadPool.globalInstance().start(lambda: hooked(hook))
        assert_told_once(qtbot, window, answers, tmp_path)
    assert threads == [threading.main_thread()]


def hooked(hook: CrashHook) -> None:
    """Fails, and hands it over as Qt does where no test listens."""
    try:
        fail()
    except ZeroDivisionError as error:
        hook.take(type(error), error, error.__traceback__)


def test_in_the_middle_of_a_painting_it_is_told_afterwards_and_not_with_each_painting(
    qtbot: QtBot, window: MainWindow, answers: Answers, hook: CrashHook, tmp_path: Path
) -> None:
    painting: list[bool] = [False]
    said_while_painting: list[bool] = []

    class Broken(QWidget):
        @override
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
            painting[0] = True
            hooked(hook)
            painting[0] = False

    tell = answers.tell
    answers.tell = lambda *told: (said_while_painting.append(painting[0]), tell(*told))  # type: ignore[method-assign]
    broken = Broken(window)
    broken.resize(40, 40)
    broken.show()
    assert_told_once(qtbot, window, answers, tmp_path)
    for _ in range(3):
        broken.repaint()
        QApplication.processEvents()
    assert said_while_painting == [False]


@pytest.mark.parametrize("also", ["keeping", "hiding", "telling"])
def test_what_fails_while_the_crash_is_handled_stops_nothing_else(
    window: MainWindow, answers: Answers, hook: CrashHook, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, also: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    if also == "keeping":
        monkeypatch.setattr("mbc_desktop.ui.keeping.recovery.write_recovery", broken)
    elif also == "hiding":
        monkeypatch.setattr(window.desk.session, "conceal", broken)
    else:
        answers.tell = broken  # type: ignore[method-assign]
    hooked(hook)
    QApplication.processEvents()
    assert (window.desk.session.plan is None) is (also != "hiding")
    assert ("Annetje" in kept(tmp_path)) is (also != "keeping")
    assert len(answers.told) == (also != "telling")
    if also == "keeping":
        assert "Bewaar uw gegevens" in answers.told[0][1]


def test_at_a_seat_of_the_records_nothing_is_written_in_the_clear(
    window: MainWindow, answers: Answers, hook: CrashHook, tmp_path: Path
) -> None:
    asked: list[bool] = []
    window.desk.session.draft_keeper = lambda: bool(asked.append(True) or True)
    hooked(hook)
    QApplication.processEvents()
    assert asked == [True]
    assert not kept(tmp_path)
    assert "bij de gegevens van de afdeling" in answers.told[0][1]


def test_the_same_error_is_told_again_after_a_while(
    window: MainWindow, answers: Answers, hook: CrashHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash, "AGAIN_S", 0)
    for _ in range(2):
        hooked(hook)
        QApplication.processEvents()
    assert len(answers.told) == 2


def test_every_language_has_the_sentences_of_a_crash() -> None:
    for language in ("nl", "fr", "de", "en"):
        texts = load_texts(language)
        for key in ("title", "text", "not_kept", "kept_in_records"):
            assert texts.say(f"ui.crash.{key}")


def test_whoever_types_without_a_pause_is_kept_too(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """A key every 40 ms, and no pause as long as the one after which work is kept (200 ms here)."""
    monkeypatch.setattr("mbc_desktop.ui.keeping.recovery.DELAY_MS", 200)
    monkeypatch.setattr("mbc_desktop.ui.keeping.recovery.LONGEST_MS", 500)
    assert LONGEST_MS <= 10_000
    recovery = Recovery(window.desk.session, window, tmp_path)
    enter_patient(window)
    for number in range(100):
        session = window.desk.session
        session.change(replace(session.draft, patient=replace(session.draft.patient, given_name="A" * (number + 1))))
        qtbot.wait(40)
        if recovery.path.exists():
            break
    assert recovery.path.exists()
