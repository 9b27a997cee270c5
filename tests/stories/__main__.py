"""Tells every story and writes docs/proofs/stories.md.

usage: python -m tests.stories [NAME...]"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.stories.screen import ROOT, Screen, StoryError, missing
from tests.stories.tell import STORIES

REPORT = ROOT / "docs" / "proofs" / "stories.md"
PICTURES = ROOT / "build" / "stories"
"""How the screen stood when a story failed."""
FIRST_DISPLAY = 90


def main(wanted: list[str]) -> int:
    """0 when every story came to its end."""
    lacking = missing()
    if lacking:
        print(f"missing: {', '.join(lacking)} (Debian: xvfb xdotool poppler-utils imagemagick)")
        return 2
    rows, failed = [], 0
    for number, (name, story) in enumerate(STORIES.items()):
        if wanted and not any(word in name for word in wanted):
            continue
        with TemporaryDirectory() as folder:
            screen = Screen(Path(folder), FIRST_DISPLAY + number)
            begun = time.monotonic()
            try:
                outcome = story(screen)
            except StoryError as error:
                outcome, failed = f"FAILED: {str(error).partition(chr(58))[0]}", failed + 1
                PICTURES.mkdir(parents=True, exist_ok=True)
                (PICTURES / f"{name.replace(' ', '-')}.png").write_bytes(screen.picture("end").read_bytes())
            finally:
                screen.close()
            log = (Path(folder) / "program.log").read_text(encoding="utf-8")
            if "Traceback" in log or "QtWarning" in log:
                outcome, failed = f"FAILED: the program complained: {log[-600:]}", failed + 1
        rows.append(f"| {name} | {outcome} | {time.monotonic() - begun:.0f} s |")
        print(rows[-1], flush=True)
    if not wanted:
        _report(rows, failed)
    return 1 if failed else 0


def _report(rows: list[str], failed: int) -> None:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [
        "# Stories in a real window",
        "",
        "`make prove-stories`: the program is started as users start it, on a screen of 1366 x 768 (Xvfb), and driven by keys",
        "and a mouse from outside (xdotool). Where a thing lies is asked; nothing is done from inside.",
        "",
        f"Commit {commit.stdout.strip()}; {len(rows)} stories, {failed} failed.",
        "",
        "| story | outcome | time |",
        "|---|---|---|",
        *rows,
        "",
    ]
    REPORT.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
