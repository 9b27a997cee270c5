"""No committed text names a package index or a folder of one machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.rules import ROOT

# Written in pieces, so that this file does not break the rule it checks.
HOSTS = tuple(
    "".join(pieces)
    for pieces in (
        ("py", "pi.org"),
        ("python", "hosted.org"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("deb.", "debian.org"),
        ("proxy.", "golang.org"),
        ("crates", ".io"),
    )
)
FOLDERS = ("work", "root", "tmp", "home/[a-z]+", "Users/[A-Za-z]+", "opt/py" + "pi")
FOLDER = r"(?<![\w./*~})-])/(?:" + "|".join(FOLDERS) + r")(?:/|\b)"
FORBIDDEN = re.compile("|".join([*(re.escape(host) for host in HOSTS), FOLDER]))


def committed_files() -> list[Path]:
    """Every file that git keeps, or, where the folder came without git, every file that is not made by a command."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    made = {".venv", "build", "dist", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not made & set(path.relative_to(ROOT).parts)]


def places_named(text: str) -> list[str]:
    """The lines that name a package index or a folder of one machine."""
    return [f"{number}: {line.strip()[:120]}" for number, line in enumerate(text.splitlines(), 1) if FORBIDDEN.search(line)]


def text_of(path: Path) -> str:
    """The content of a text file, nothing for any other file."""
    content = path.read_bytes()
    if b"\0" in content[:8192]:
        return ""
    return content.decode("utf-8")


def test_no_committed_text_names_a_package_index_or_a_folder_of_one_machine() -> None:
    found = [f"{path.relative_to(ROOT)}:{place}" for path in committed_files() for place in places_named(text_of(path))]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://" + HOSTS[0] + "/simple",
        "url = files." + HOSTS[1],
        "cd /" + "work/main",
        'open("/' + 'tmp/plan.json")',
        "see /" + "home/nurse/plans",
    ],
)
def test_the_rule_finds_an_address_and_a_folder(line: str) -> None:
    assert places_named(line)


@pytest.mark.parametrize("line", ["docs/work/plan", "mg/root/day", "300 mg/work", "build/tmp/x", "/var/lib"])
def test_the_rule_lets_other_slashes_pass(line: str) -> None:
    assert places_named(line) == []
