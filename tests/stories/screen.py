"""A screen of its own with the program on it, and a hand at its keyboard and mouse."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "xdotool", "pdftotext", "import")
PATIENCE_S = 30.0


class StoryError(AssertionError):
    """Something did not happen; says what was waited for."""


def missing() -> tuple[str, ...]:
    """The programs that this machine lacks for it."""
    return tuple(name for name in NEEDED if shutil.which(name) is None)


class Screen:
    """1366 x 768, no window manager, a home folder of its own."""

    def __init__(self, folder: Path, number: int) -> None:
        self.folder, self.home = folder, folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        self._display, self._asked = f":{number}", 0
        self.keys = 0
        self._server = subprocess.Popen(
            ["Xvfb", self._display, "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._program: subprocess.Popen[bytes] | None = None
        time.sleep(1)

    def start(self, *files: Path) -> None:
        """Starts the program and waits until it can be used."""
        own = {**os.environ, "DISPLAY": self._display, "QT_QPA_PLATFORM": "xcb", "HOME": str(self.home)}
        own |= {name: str(self.home / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")}
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            Path(own[name]).mkdir(mode=0o700, exist_ok=True)
        command = [sys.executable, "-m", "tests.stories.watched", str(self.folder), *map(str, files)]
        log = (self.folder / "program.log").open("ab")
        self._program = subprocess.Popen(command, env=own, cwd=ROOT, stdout=log, stderr=log)
        self.wait("the window", lambda: self.state()["found"])
        self.focus()

    def kill(self) -> None:
        """As a power cut would."""
        if self._program is not None:
            self._program.send_signal(signal.SIGKILL)
            self._program.wait(10)
            self._program = None

    def close(self) -> None:
        """Ends program and screen."""
        self.kill()
        self._server.terminate()
        self._server.wait(10)

    def ask(self, kind: str, name: str = "") -> dict[str, Any]:
        """What the watcher answers."""
        self._asked += 1
        ready = self.folder / "ask.tmp"
        ready.write_text(json.dumps({"n": self._asked, "kind": kind, "name": name}), encoding="utf-8")
        ready.replace(self.folder / "ask.json")
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                found: dict[str, Any] = json.loads((self.folder / "answer.json").read_text(encoding="utf-8"))
            except (OSError, ValueError):
                found = {"n": 0}
            if found["n"] == self._asked:
                return found
            time.sleep(0.01)
        raise StoryError(f"no answer to {kind} {name}")

    def state(self) -> dict[str, Any]:
        """How the treatment stands."""
        return self.ask("state")

    def wait(self, what: str, done: Any) -> None:
        """Waits until something is so. Raises StoryError when it never is."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if done():
                return
            time.sleep(0.05)
        self.picture("failed")
        raise StoryError(f"waited for {what}: {self.state()}")

    @property
    def display(self) -> str:
        """The name of the screen."""
        return self._display

    def wait_for(self, what: str, done: Any) -> None:
        """Waits where there is no program to ask yet. Raises StoryError."""
        deadline = time.monotonic() + PATIENCE_S
        while not done():
            if time.monotonic() > deadline:
                raise StoryError(f"waited for {what}")
            time.sleep(0.05)

    def focus(self) -> None:
        """Gives the keyboard to the window in front, as a window manager would."""
        found = self._xdotool("search", "--onlyvisible", "--name", ".+").split()
        if found:
            self._xdotool("windowfocus", found[-1])
        time.sleep(0.15)

    def key(self, *names: str) -> None:
        """Presses keys one after the other."""
        self.keys += len(names)
        self._xdotool("key", "--clearmodifiers", *names)
        time.sleep(0.12)

    def type(self, text: str) -> None:
        """Types a text."""
        self._xdotool("type", "--delay", "12", text)
        time.sleep(0.1)

    def place(self, kind: str, name: str) -> tuple[int, int]:
        """Where a thing lies, once it does."""
        self.wait(f"{kind} {name}", lambda: self.ask(kind, name)["found"])
        found = self.ask(kind, name)
        return int(found["x"]), int(found["y"])

    def click(self, kind: str, name: str, button: int = 1) -> None:
        """Clicks on a thing."""
        self.keys += 1
        x, y = self.place(kind, name)
        self._xdotool("mousemove", str(x), str(y), "click", str(button))
        time.sleep(0.2)

    def drag(self, item: str, day: str) -> None:
        """Drags an item of the calendar to another day, slowly enough to be a drag."""
        self.keys += 1
        (x, y), (to_x, to_y) = self.place("item", item), self.place("day", day)
        self._xdotool("mousemove", str(x), str(y), "mousedown", "1")
        for step in range(1, 11):
            self._xdotool("mousemove", str(x + (to_x - x) * step // 10), str(y + (to_y - y) * step // 10))
            time.sleep(0.03)
        self._xdotool("mouseup", "1")
        time.sleep(0.3)

    def picture(self, name: str) -> Path:
        """A picture of the screen."""
        path = self.folder / f"{name}.png"
        subprocess.run(["import", "-display", self._display, "-window", "root", str(path)], check=True, capture_output=True)
        return path

    def _xdotool(self, *arguments: str) -> str:
        own = {**os.environ, "DISPLAY": self._display}
        done = subprocess.run(["xdotool", *arguments], env=own, capture_output=True, text=True, check=False)
        return done.stdout
