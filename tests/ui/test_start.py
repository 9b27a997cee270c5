"""Starting: the bad pair of versions is refused, the first paint waits for nothing heavy; a failure hides the plan and keeps the
work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.ui.app import main, refusal
from mbc_desktop.ui.keeping.crash import CrashHook
from mbc_desktop.ui.main_window import MainWindow
from tests.ui.conftest import Answers
from tests.ui.driving import add_course, enter_patient, field, retype

HEAVY = (
    "pydantic",
    "reportlab",
    "pypdfium2",
    "pypdfium2_raw",
    "babel",
    "sqlalchemy",
    "sqlcipher3",
    "mbc_desktop.records",
    "mbc_desktop.regimen.library",
    "mbc_desktop.planning.plan_treatment",
)
FOR_A_PLAN = (
    "mbc_desktop.planning.plan",
    "mbc_desktop.planning.plan_treatment",
    "mbc_desktop.dosing.dose",
    "mbc_desktop.ui.paper.document_commands",
    "mbc_desktop.ui.panels.course_card",
    "mbc_desktop.ui.panels.item_sheets",
)


@pytest.mark.parametrize(
    ("binding", "python", "refused"),
    [("6.12.0", (3, 11), True), ("6.12.0", (3, 12), False), ("6.11.3", (3, 11), False), ("6.12.1", (3, 11), False)],
)
def test_only_the_pair_that_aborts_is_refused(binding: str, python: tuple[int, int], refused: bool) -> None:
    assert bool(refusal(binding, python)) is refused


def test_the_refusal_is_one_sentence_and_exit_two(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("PySide6.__version__", "6.12.0")
    monkeypatch.setattr(sys, "version_info", (3, 11, 2))
    assert main([]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_digests_are_the_same_without_openssl() -> None:
    script = """
import sys
import mbc_desktop.ui.app
import hashlib, hmac
print(hashlib.sha256(b"abc").hexdigest())
print(hmac.new(b"Jefe", b"what do ya want for nothing?", hashlib.sha256).hexdigest())
print(sys.modules["_hashlib"])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    # FIPS 180-2, appendix B.1; RFC 4231, test case 2.
    assert done.stdout.split() == [
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "None",
    ]


def test_the_first_paint_waits_for_nothing_heavy() -> None:
    script = f"""
import enum, linecache, sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from pathlib import Path
from mbc_desktop.ui.preferences import Preferences
from mbc_desktop.ui.starting.start import make_window
window = make_window(Preferences(Path(sys.argv[1])))
window.painted.connect(application.quit)
window.show()
application.exec()
print([name for name in {HEAVY!r} if name in sys.modules])
print([kind.__qualname__ for kind in enum.Enum.__subclasses__() if kind.__qualname__.startswith("Qt.")])
print([name for name in linecache.cache if "mbc_desktop" in name and "spelling" not in name])
"""
    command = [sys.executable, "-c", script, "preferences.ini"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    # The second list: the enumerations of the namespace Qt come all together, for a tenth of the time to the first paint. The
    # third: PySide reads the source of each module that is imported after it, unless it is told that this is of no use.
    assert done.stdout.split("\n")[:3] == ["[]", "[]", "[]"]


def test_a_window_without_a_treatment_loads_nothing_that_only_a_plan_needs(tmp_path: Path) -> None:
    script = f"""
import gc, sys
from PySide6.QtWidgets import QApplication
application = QApplication([])
from pathlib import Path
from mbc_desktop.ui.starting import start
from mbc_desktop.ui.preferences import Preferences
window = start.make_window(Preferences(Path(sys.argv[1])))
really_finish = start.finish
def finish_and_tell(*given, **named):
    really_finish(*given, **named)
    print([name for name in {FOR_A_PLAN!r} if name in sys.modules], window.desk.session.library is not None)
    start.QTimer.singleShot(0, application.quit)
start.finish = finish_and_tell
start.start(window)
window.show()
application.exec()
from mbc_desktop.ui.collector import Collector
print(gc.isenabled(), len(window.findChildren(Collector)))
"""
    command = [sys.executable, "-c", script, str(tmp_path / "preferences.ini")]
    own = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=own)
    # Garbage is collected by the window itself, and by nobody else.
    assert done.stdout.split("\n")[:2] == ["[] True", "False 1"]


def test_a_failure_of_the_engine_shows_no_plan_and_keeps_every_entry(
    qtbot: QtBot, window: MainWindow, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    enter_patient(window)
    add_course(qtbot, window, "faslodex", "16/3/2026")
    session = window.desk.session
    assert session.plan is not None

    def broken(request: Request, library: Library, site: Site) -> Plan:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(session, "_planner", broken)
    with qtbot.captureExceptions() as caught:
        retype(field(window, "patient.given_name"), "A")
    assert session.plan is None
    kind, error, trace = caught[0]
    hook = CrashHook(window.desk, answers)
    hook.take(kind, error, trace)
    QApplication.processEvents()
    assert len(answers.told) == 1
    # The words of an error could hold a dose or a name.
    assert answers.told[0][2].startswith("ZeroDivisionError, test_start.py:")
    assert session.draft.patient.given_name == "A"
    assert session.draft.courses
    kept = list(tmp_path.rglob("*.mbc.json"))
    assert len(kept) == 1
    assert window.plan_page.calendar.month_view.cells.days == {}


def test_a_failure_while_the_dialog_speaks_does_not_open_another(window: MainWindow, answers: Answers) -> None:
    hook = CrashHook(window.desk, answers)
    said: list[str] = []

    def tell(*told: str) -> None:
        said.append(told[2])
        hook.take(KeyError, KeyError("again"), None)
        QApplication.processEvents()

    answers.tell = tell  # type: ignore[method-assign]
    hook.take(ValueError, ValueError("planted"), None)
    QApplication.processEvents()
    QApplication.processEvents()
    assert said == ["ValueError"]


def test_a_library_that_is_not_sound_is_said_and_nothing_is_computed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mbc_desktop.ui.preferences import Preferences
    from mbc_desktop.ui.starting.start import finish, make_window

    told: list[str] = []
    monkeypatch.setattr("mbc_desktop.ui.starting.loading.find_schedules", lambda: tmp_path)
    monkeypatch.setattr("mbc_desktop.ui.asking.Asking.tell", lambda _, title, text, details="": told.append(details))
    window = make_window(Preferences(tmp_path / "preferences.ini"))
    qtbot.addWidget(window)
    finish(window)
    assert window.desk.session.library is None
    assert len(told) == 1
