"""What a fresh process has loaded after importing the engine: neither Qt nor ReportLab nor a database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rules import ENGINE, PACKAGE, ROOT

HEAVY = ("PySide6", "shiboken6", "reportlab", "sqlalchemy", "pypdfium2", "pypdfium2_raw")

IMPORT_ALL = """
import importlib, pkgutil, sys
for name in {names!r}:
    module = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
        if not found.name.endswith(".__main__"):
            importlib.import_module(found.name)
print(sorted(library for library in {libraries!r} if library in sys.modules))
"""


def loaded_after_importing(names: tuple[str, ...], libraries: tuple[str, ...], folder: Path) -> list[str]:
    """Which of the libraries a fresh process has loaded after importing the named packages with all their modules."""
    code = IMPORT_ALL.format(names=names, libraries=libraries)
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    result: list[str] = eval(done.stdout)  # noqa: S307 - a list printed by the line above
    return result


def rooms(*names: str) -> tuple[str, ...]:
    """Full names of the rooms that exist."""
    folder = ROOT / PACKAGE
    return tuple(f"{PACKAGE}.{name}" for name in names if (folder / name).is_dir() or (folder / f"{name}.py").is_file())


@pytest.mark.parametrize("last", ["texts", "cli"])
def test_engine_texts_and_command_line_load_neither_qt_nor_reportlab(last: str, tmp_path: Path) -> None:
    assert loaded_after_importing(rooms(*ENGINE, last), HEAVY, tmp_path) == []


def test_documents_load_no_qt(tmp_path: Path) -> None:
    assert loaded_after_importing(rooms("documents"), ("PySide6", "shiboken6", "sqlalchemy"), tmp_path) == []


def test_the_first_paint_of_the_window_waits_for_no_heavy_library(tmp_path: Path) -> None:
    assert (
        loaded_after_importing(
            (f"{PACKAGE}.ui.app",), ("pydantic", "reportlab", "sqlalchemy", "pypdfium2", "pypdfium2_raw"), tmp_path
        )
        == []
    )


def test_the_question_can_be_answered_with_yes(tmp_path: Path) -> None:
    assert loaded_after_importing(("reportlab.pdfgen",), HEAVY, tmp_path) == ["reportlab"]
