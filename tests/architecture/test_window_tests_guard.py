"""Where Qt cannot be loaded the other tests still run; in CI a window test that did not run fails the run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rules import ROOT

WINDOW_TEST = "def test_window(qtbot):\n    assert qtbot\n"
SKIPPED_TEST = "import pytest\n\n\ndef test_window():\n    pytest.skip('no screen')\n"
WARNING_TEST = "from PySide6.QtCore import qWarning\n\n\ndef test_window(qtbot):\n    qWarning('timer in another thread')\n"
ENGINE_TEST = "def test_engine():\n    assert 1 + 1 == 2\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with this one's test settings, one engine test and one window test."""
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name, text in {"core/test_engine.py": ENGINE_TEST, "ui/test_window.py": WINDOW_TEST}.items():
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return tmp_path


def run_tests(project: Path, *, ci: bool, with_qt: bool) -> subprocess.CompletedProcess[str]:
    """Run the tests of the small project in a process of their own."""
    environment = {**os.environ, "CI": "true" if ci else ""}
    if not with_qt:
        broken = project / "without_qt" / "PySide6"
        broken.mkdir(parents=True)
        (broken / "__init__.py").write_text("raise ImportError('libGL.so.1: cannot open shared object file')\n")
        environment["PYTHONPATH"] = str(broken.parent)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=120)


def test_with_qt_both_run(project: Path) -> None:
    done = run_tests(project, ci=True, with_qt=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_without_qt_the_engine_test_runs_and_the_header_says_why(project: Path) -> None:
    done = run_tests(project, ci=False, with_qt=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout
    assert "WINDOW TESTS LEFT OUT: libGL.so.1" in done.stdout


def test_without_qt_the_run_fails_in_ci(project: Path) -> None:
    done = run_tests(project, ci=True, with_qt=False)
    assert done.returncode != 0
    assert "libGL.so.1" in done.stderr


def test_a_skipped_window_test_fails_the_run_in_ci_only(project: Path) -> None:
    (project / "tests" / "ui" / "test_window.py").write_text(SKIPPED_TEST)
    assert run_tests(project, ci=False, with_qt=True).returncode == 0
    assert run_tests(project, ci=True, with_qt=True).returncode == 1


def test_a_warning_of_qt_fails_the_test(project: Path) -> None:
    (project / "tests" / "ui" / "test_window.py").write_text(WARNING_TEST)
    assert run_tests(project, ci=False, with_qt=True).returncode == 1
