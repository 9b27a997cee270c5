"""Nothing entered is lost: autosave, recovery after a kill, one window for each user, disks that refuse."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mbc_desktop.core import files
from mbc_desktop.ui.entry.draft import Draft
from mbc_desktop.ui.keeping.recovery import NAME, UNREADABLE
from mbc_desktop.ui.keeping.recovery_text import is_recovery, recovery_text
from mbc_desktop.ui.keeping.safety import DROP, RECOVER, keep_safe
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.starting.first_place import take_first_place
from mbc_desktop.ui.starting.one_window import OneWindow, hand_over
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, field, retype


def channel(tmp_path: Path) -> str:
    return f"mbc-test-{tmp_path.name}-{os.getpid()}"


def test_unsaved_work_is_kept_and_offered_again(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    recovery = keep_safe(window, folder=tmp_path, channel=channel(tmp_path))
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    recovery.keep()
    assert (tmp_path / NAME).is_file()
    draft = window.desk.session.draft
    window.desk.session.start_new("nl")
    recovery.path.write_bytes(recovery.path.read_bytes() if recovery.path.exists() else b"")
    # The next start finds what a crash would have left.
    retype(field(window, "patient.family_name"), "Ander")
    window.desk.session.start_new("nl")
    assert not recovery.left_behind()
    window.desk.session.change(draft)
    recovery.keep()
    window.desk.session._history.present = window.desk.session._saved.draft
    answers.answer = RECOVER
    again = keep_safe(window, folder=tmp_path, channel=channel(tmp_path) + "b")
    assert again.left_behind()
    assert window.desk.session.draft.patient == draft.patient
    assert window.desk.session.draft.courses == draft.courses
    # It lies in no file of its own yet.
    assert window.desk.session.dirty
    assert window.desk.session.path is None


@pytest.mark.parametrize("left_empty", ["patient.family_name", "patient.number", "patient.birth_date"])
def test_work_without_a_whole_patient_comes_back_as_well(
    qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path, left_empty: str
) -> None:
    """A slip in the name, or no birth date yet: a treatment file could not hold it, the recovery does."""
    recovery = keep_safe(window, folder=tmp_path, channel=channel(tmp_path))
    enter_patient(window)
    retype(field(window, "measurement.weight"), "68")
    add_course(qtbot, window, "faslodex", "16/3/2026")
    add_course(qtbot, window, "kadcyla", "")
    retype(field(window, left_empty), "4/5/" if left_empty.endswith("date") else "")
    retype(field(window, "patient.given_name"), "Anna 7")
    draft = window.desk.session.draft
    assert draft.broken
    recovery.keep()
    window.desk.session._saved = replace(window.desk.session._saved, draft=draft)
    window.desk.session._begin(replace(window.desk.session._saved, draft=Draft()))
    recovery.path.write_text(recovery_text(draft, today=window.desk.session.today), encoding="utf-8")
    answers.answer = RECOVER
    keep_safe(window, folder=tmp_path, channel=channel(tmp_path) + "b")
    assert answers.told == []
    assert window.desk.session.draft == draft
    assert [line.text() for line in (window.plan_page.facts.field("patient.given_name").line,)] == ["Anna 7"]


def test_a_recovery_that_cannot_be_read_is_kept_aside(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{\n "recovery": 1, "treatment": 7}', encoding="utf-8")
    answers.answer = RECOVER
    recovery = keep_safe(window, folder=tmp_path, channel=channel(tmp_path))
    assert len(answers.told) == 1
    enter_patient(window)
    recovery.keep()
    assert "treatment" in (tmp_path / UNREADABLE).read_text(encoding="utf-8")
    assert "Voorbeeld" in (tmp_path / NAME).read_text(encoding="utf-8")


def test_a_treatment_file_is_no_recovery() -> None:
    assert not is_recovery(Path("resources/example/voorbeeld.mbc.json").read_text(encoding="utf-8"))
    assert is_recovery(recovery_text(Draft(), today=date(2026, 3, 16)))


def test_work_that_is_thrown_away_is_not_offered_again(window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("{}", encoding="utf-8")
    answers.answer = DROP
    keep_safe(window, folder=tmp_path, channel=channel(tmp_path))
    assert not (tmp_path / NAME).exists()
    assert answers.told == []


def test_a_recovery_file_that_cannot_be_read_is_said_in_one_sentence(
    window: MainWindow, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_text("{broken", encoding="utf-8")
    answers.answer = RECOVER
    keep_safe(window, folder=tmp_path, channel=channel(tmp_path))
    assert len(answers.told) == 1
    assert window.desk.session.draft.patient.family_name == ""


def test_saving_takes_the_recovery_file_away(qtbot: QtBot, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
    recovery = keep_safe(window, folder=tmp_path / "kept", channel=channel(tmp_path))
    enter_patient(window)
    recovery.keep()
    assert recovery.left_behind()
    answers.path = tmp_path / "voorbeeld.mbc.json"
    assert window.files.save()
    assert not recovery.left_behind()


def test_a_full_disk_loses_nothing_and_is_said_once(
    window: MainWindow, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recovery = keep_safe(window, folder=tmp_path / "kept", channel=channel(tmp_path))
    enter_patient(window)

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mbc_desktop.ui.keeping.recovery.write_file_safely", full)
    monkeypatch.setattr("mbc_desktop.ui.keeping.file_commands.write_file_safely", full)
    recovery.keep()
    foot = [one for one in window.statusBar().findChildren(QLabel) if "tussentijds" in one.text()]
    assert len(foot) == 1
    answers.path = tmp_path / "voorbeeld.mbc.json"
    assert not window.files.save()
    assert len(answers.told) == 1
    assert window.desk.session.draft.patient.family_name == "Voorbeeld"
    assert window.desk.session.dirty
    assert files.write_file_safely is not full
    monkeypatch.undo()
    recovery.keep()
    assert foot[0].text() == ""
    assert recovery.left_behind()


def test_a_second_start_hands_its_file_to_the_first_window(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    name, called = channel(tmp_path), []
    first = OneWindow(window, name)
    first.called.connect(called.append)
    script = "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication; a = QCoreApplication([])\n"
    script += "from mbc_desktop.ui.starting.one_window import hand_over; print(hand_over(Path(sys.argv[1]), sys.argv[2]))"
    second = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "a.mbc.json"), name], stdout=subprocess.PIPE)
    qtbot.waitUntil(lambda: bool(called), timeout=10000)
    assert second.communicate(timeout=20)[0].strip() == b"True"
    assert called == [tmp_path / "a.mbc.json"]


def test_without_a_first_window_nobody_answers(window: MainWindow, tmp_path: Path) -> None:
    assert not hand_over(None, channel(tmp_path))


def test_the_first_place_is_taken_once_and_free_again_after_a_kill(tmp_path: Path) -> None:
    script = "import sys, time; from pathlib import Path; from mbc_desktop.ui.starting.first_place import take_first_place\n"
    script += "lock = take_first_place(Path(sys.argv[1])); print(lock is not None, flush=True); time.sleep(60)"
    other = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline().strip() == b"True"
    assert take_first_place(tmp_path) is None
    other.send_signal(signal.SIGKILL)
    other.communicate(timeout=10)
    deadline = time.monotonic() + 5
    while (lock := take_first_place(tmp_path)) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert lock is not None


def test_work_survives_a_kill_of_the_whole_program(tmp_path: Path) -> None:
    """A process of its own enters a patient and is killed; the next one finds it."""
    script = """
import sys, time
from datetime import date
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from mbc_desktop.ui.preferences import Preferences
from mbc_desktop.ui.keeping.safety import keep_safe
from mbc_desktop.ui.starting.start import finish, make_window
window = make_window(Preferences(Path(sys.argv[1]) / "p.ini"))
finish(window)
keep_safe(window, folder=Path(sys.argv[1]), channel=sys.argv[2])
from dataclasses import replace
from mbc_desktop.ui.entry.draft import PatientDraft
patient = PatientDraft(family_name="Voorbeeld", number="1", birth_date=date(1961, 5, 4), sex="female")
window.desk.session.change(replace(window.desk.session.draft, patient=patient))
print("entered", flush=True)
application.exec()
"""
    own = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", script, str(tmp_path), channel(tmp_path)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=own)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == b"entered"
    deadline = time.monotonic() + 20
    while not (tmp_path / NAME).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.communicate(timeout=10)
    assert "Voorbeeld" in (tmp_path / NAME).read_text(encoding="utf-8")
