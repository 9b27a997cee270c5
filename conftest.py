"""What holds for every test: no screen needed, Qt only where it can be loaded, the same examples in every run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).parent
# Everything under these folders needs Qt.
WINDOW_TESTS = (ROOT / "tests" / "ui", ROOT / "tests" / "demo")
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")

try:
    import PySide6.QtWidgets  # noqa: F401
except ImportError as error:
    qt_error = str(error)
    pytest_plugins: list[str] = []
else:
    qt_error = ""
    # Registered here and not by its entry point, which would end the run where Qt cannot be loaded.
    pytest_plugins = ["pytestqt.plugin"]

# The same examples in every run; HYPOTHESIS_PROFILE=deep looks further, at new places every time.
settings.register_profile("ci", derandomize=True, max_examples=50, deadline=None, database=None)
settings.register_profile("deep", max_examples=5000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

skipped_window_tests: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know the settings of pytest-qt also where that plugin is not registered."""
    if qt_error:
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "read by pytest-qt")


def pytest_configure() -> None:
    """Refuse to run without Qt where the result is meant to count."""
    if qt_error and IN_CI:
        raise pytest.UsageError(f"the window tests cannot run: {qt_error}")


def pytest_report_header() -> str | None:
    """Say so when the window tests are left out."""
    return f"WINDOW TESTS LEFT OUT: {qt_error}" if qt_error else None


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the window tests out where Qt cannot be loaded."""
    return True if qt_error and is_window_test(collection_path) else None


def is_window_test(path: Path) -> bool:
    """Tell whether the test file or folder at `path` needs Qt."""
    return any(path.is_relative_to(folder) for folder in WINDOW_TESTS)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the names of the window tests that were skipped."""
    if report.skipped and is_window_test(ROOT / report.nodeid.partition("::")[0]):
        skipped_window_tests.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run in CI when a window test was skipped."""
    if IN_CI and skipped_window_tests:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the skipped window tests."""
    if IN_CI and skipped_window_tests:
        terminalreporter.section("window tests skipped, which fails the run in CI")
        terminalreporter.write_line("\n".join(skipped_window_tests))
