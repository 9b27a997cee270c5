"""The program works where it is installed: a wheel, a clean environment with the locked packages, any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.architecture.rules import ROOT

pytestmark = pytest.mark.slow
MINUTES = 60


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without anything of this checkout in its way."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=10 * MINUTES)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as hatchling builds it from this folder."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with the commands of a clean environment in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    for arguments in (["--require-hashes", "-r", ROOT / "requirements.txt"], ["--no-deps", wheel]):
        done = run(
            commands / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments, folder=folder
        )
        assert done.returncode == 0, done.stdout + done.stderr
    yield commands
    # Half a gigabyte that nobody will look at again.
    shutil.rmtree(folder)


def test_data_and_fonts_travel_inside_the_wheel(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    for folder in ("schedules", "resources"):
        kept = {path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        assert kept
        assert {f"mbc_desktop/{path.relative_to(ROOT).as_posix()}" for path in kept} <= names
    assert not [name for name in names if name.startswith(("tests/", "schedules/", "resources/"))]


def test_the_installed_library_is_whole_from_another_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "python", "-m", "mbc_desktop.cli", "library", "check", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_command_plans_the_example_patient(installed: Path, tmp_path: Path) -> None:
    (example,) = sorted((ROOT / "resources" / "example").glob("*.mbc.json"))[:1]
    done = run(installed / "mbc-desktop", "plan", example, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"administrations"' in done.stdout


def test_the_installed_window_module_is_found(installed: Path, tmp_path: Path) -> None:
    code = "import mbc_desktop.ui.app as app; print(app.__file__); assert callable(app.main)"
    done = run(installed / "python", "-c", code, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(ROOT) not in done.stdout
