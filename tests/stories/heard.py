"""From a new patient to the printed calendar by somebody who only hears: a client of the accessibility bus takes down what a
screen reader is told. Skipped where this machine has no such bus."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tests.stories.screen import ROOT, Screen
from tests.stories.steps import MONDAY, TODAY, check, course, export_calendar, patient, skip_assistant, typed

EARS = ROOT / "tests" / "stories" / "ears.py"
SYSTEM_PYTHON = "/usr/bin/python3"
PAGES = ("Patiënten", "Agenda", "Plan", "Documenten", "Leidraad", "Instellingen")


def lacking() -> str:
    """What this machine has not got for it, as one sentence; "" when all is there."""
    if shutil.which("dbus-daemon") is None or shutil.which(SYSTEM_PYTHON) is None:
        return "skipped: no message bus (Debian: dbus)"
    found = subprocess.run([SYSTEM_PYTHON, "-c", "import pyatspi"], capture_output=True, check=False)
    return "" if found.returncode == 0 else "skipped: no accessibility bus (Debian: at-spi2-core python3-pyatspi)"


class Ears:
    """What was heard so far."""

    def __init__(self, path: Path, screen: Screen) -> None:
        self._path, self._screen, self._from = path, screen, 0

    def lines(self) -> list[dict[str, str]]:
        """Everything heard since the last `forget`."""
        text = self._path.read_text(encoding="utf-8").replace("\u00a0", " ")
        return [json.loads(line) for line in text.splitlines()][self._from :]

    def forget(self) -> None:
        """What comes now is heard afresh."""
        self._from += len(self.lines())

    def hears(self, kind: str, words: str) -> None:
        """Waits until something of this kind was said with these words. Raises StoryError when it never is."""
        self._screen.wait(f"to hear {kind} {words}", lambda: any(self._fits(line, kind, words) for line in self.lines()))

    @staticmethod
    def _fits(line: dict[str, str], kind: str, words: str) -> bool:
        said = " ".join((line["said"], line.get("name", ""), *line.get("labels", ()), line.get("description", "")))
        return line["kind"] == kind and words in said


@contextmanager
def listening(screen: Screen) -> Iterator[Ears]:
    """A message bus of its own, with a listener on it; the program is to be started inside."""
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "DISPLAY": screen.display},
    )  # fmt: skip
    assert bus.stdout is not None
    own = {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(), "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    path = screen.folder / "heard.jsonl"
    ears = subprocess.Popen([SYSTEM_PYTHON, str(EARS), "listen", str(path)], stderr=subprocess.DEVNULL)
    try:
        screen.wait_for("the listener", path.exists)
        yield Ears(path, screen)
    finally:
        ears.terminate()
        bus.terminate()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def nameless() -> tuple[int, list[str]]:
    """How much the keyboard reaches at this moment, and what of it has no name."""
    done = subprocess.run([SYSTEM_PYTHON, str(EARS), "walk"], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    return int(found["reached"]), list(found["nameless"])


def new_patient_heard(screen: Screen) -> str:
    """Every name, value and slip is heard; so are the stop, the days, and what an event would move."""
    if absent := lacking():
        return absent
    with listening(screen) as ears:
        screen.start()
        skip_assistant(screen)
        _facts(screen, ears)
        _treatment(screen, ears)
        _calendar(screen, ears)
        path = screen.folder / "kalender.pdf"
        export_calendar(screen, path)
        reached = _pages(screen, ears)
    return f"heard from the name to the PDF; {reached} places for the keyboard on six pages, each with a name"


def _facts(screen: Screen, ears: Ears) -> None:
    patient(screen)
    for name in ("Voornaam", "Patiëntnummer", "Geboortedatum", "Geslacht"):
        ears.hears("focused", name)
    ears.hears("description", "donderdag 4 mei 1961")
    screen.key("Tab")
    screen.type(typed(TODAY))
    screen.key("Tab")
    ears.hears("focused", "Gewicht, kg")
    screen.type("680")
    ears.hears("description", "de hoogste waarde is 300")
    screen.key("ctrl+a")
    screen.type("68")
    ears.hears("description", "68 kg")
    halves = [line for line in ears.lines() if line["kind"] == "description" and line["said"] == "6 kg"]
    check(not halves, "half a number is not read out")


def _treatment(screen: Screen, ears: Ears) -> None:
    course(screen, "faslodex", MONDAY)
    ears.hears("focused", "fulvestrant")
    ears.hears("focused", "Start")
    ears.hears("description", "maandag")
    course(screen, "xeloda", MONDAY)
    ears.hears("announcement", "STOP")


def _calendar(screen: Screen, ears: Ears) -> None:
    screen.click("day", MONDAY.isoformat())
    ears.hears("focused", "Kalender")
    ears.forget()
    screen.key("Right")
    ears.hears("description", "dinsdag")
    screen.key("Left", "ctrl+Down")
    ears.hears("description", ", maandag")
    screen.key("Return")
    ears.hears("focused", "Berekening lezen")
    screen.key("Escape")
    screen.focus()
    screen.click("item", "c1/fulvestrant/1")
    screen.click("widget", "Verplaatsen")
    screen.wait("the dialog", lambda: screen.state()["dialog"])
    screen.focus()
    ears.forget()
    screen.key("ctrl+a")
    screen.type(typed(MONDAY + timedelta(days=1)))
    ears.hears("description", f"{MONDAY + timedelta(days=1):%d/%m/%Y}")
    screen.key("Escape")
    screen.wait("the window alone", lambda: not screen.state()["dialog"])
    screen.focus()


def _pages(screen: Screen, ears: Ears) -> int:
    total = 0
    for number, page in enumerate(PAGES, 1):
        screen.key(f"ctrl+{number}")
        if page != "Plan":
            ears.hears("name", page)
        reached, without = nameless()
        check(reached > 3, f"{page} has something to do")
        check(not without, f"without a name on {page} {without}")
        total += reached
    return total
