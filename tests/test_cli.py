"""The command line as a program of its own: exit codes, streams, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mbc_desktop import cli
from tests.planning.treatments import course, treatment

ROOT = Path(__file__).parents[1]
SOUND = json.dumps(treatment(course("fulvestrant"), days=60))


def run(*arguments: str, lines: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mbc_desktop.cli", *arguments],
        input=lines,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, **environment},
    )


def test_a_stream_from_end_to_end() -> None:
    done = run("plan", "-", lines=SOUND.encode() + b"\n\xff\n")
    assert done.returncode == 2
    assert [next(iter(json.loads(line))) for line in done.stdout.splitlines()] == ["format", "error"]
    assert done.stderr == b""


def test_answers_are_utf_8_whatever_the_machine_speaks(tmp_path: Path) -> None:
    path = tmp_path / "name.mbc.json"
    path.write_text(SOUND.replace('"language": "nl"', '"language": "fr"').replace("Voorbeeld", "Vo\u00f6rbeeld"), "utf-8")
    done = run("plan", str(path), "--jsonl", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    missing = run("plan", str(tmp_path / "na\u00efef.json"), PYTHONIOENCODING="ascii")
    assert missing.returncode == 2
    assert "na\u00efef.json" in missing.stderr.decode("utf-8")


def test_a_reader_who_stops_reading_gets_no_complaint() -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "mbc_desktop.cli", "plan", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert program.stdout is not None
    assert program.stdin is not None
    assert program.stderr is not None
    program.stdin.write((SOUND + "\n").encode())
    program.stdin.flush()
    assert program.stdout.readline()
    program.stdout.close()
    program.stdin.write((SOUND + "\n").encode() * 20)
    program.stdin.close()
    assert program.wait(60) == 0
    assert program.stderr.read() == b""
    program.stderr.close()


def test_wrong_use_is_explained_in_lines_of_usage() -> None:
    done = run("plan")
    assert done.returncode == 2
    assert b"usage" in done.stderr
    assert b"Traceback" not in done.stderr


def test_an_error_of_the_program_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def defective(arguments: object) -> int:
        raise RuntimeError("first\nsecond")

    monkeypatch.setattr(cli, "_run", defective)
    assert cli.main(["plan", "x"]) == cli.DEFECT
    assert capsys.readouterr().err == (
        "mbc-desktop: a defect of the program, nothing was computed (RuntimeError: first second)\n"
    )


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupted)
    assert cli.main(["plan", "x"]) == 130
    assert capsys.readouterr().err == ""


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("mbc-desktop ")
