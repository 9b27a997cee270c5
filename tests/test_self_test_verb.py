"""`self-test` and the start of the window: a vector that does not come out is named, and nothing goes on."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from mbc_desktop import self_test_verb
from mbc_desktop.cli import main
from mbc_desktop.planning.findings import self_test
from mbc_desktop.planning.findings.self_test import Difference
from mbc_desktop.regimen.library import Library

WRONG = (Difference(name="calvert", expected="575", computed="576"),)


def damaged(library: Library) -> tuple[Difference, ...]:
    return WRONG


def test_a_sound_installation_says_how_many_vectors_came_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["self-test"]) == 0
    assert f"{len(self_test.VECTORS)} of {len(self_test.VECTORS)}" in capsys.readouterr().out


def test_a_difference_is_named_and_is_no_success(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(self_test_verb, "self_test", damaged)
    assert main(["self-test"]) == 1
    told = capsys.readouterr()
    assert "calvert gives 576 instead of 575" in told.err
    assert told.out == ""


def test_a_difference_stops_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    start = pytest.importorskip("mbc_desktop.ui.starting.start")
    told: list[tuple[str, ...]] = []
    exits: list[int] = []
    window = SimpleNamespace(
        words=SimpleNamespace(say=lambda key: key), asking=SimpleNamespace(tell=lambda *texts: told.append(texts))
    )
    monkeypatch.setattr(start.QApplication, "exit", exits.append)
    monkeypatch.setattr(self_test, "self_test", damaged)
    start._prove(window, None)
    assert exits == [1]
    assert told == [("ui.self_test.title", "ui.self_test.stop", "calvert: 576 / 575")]
    monkeypatch.setattr(self_test, "self_test", lambda library: ())
    start._prove(window, None)
    assert exits == [1], "a sound installation goes on"
