"""What several stories do: the assistant of the first start, a patient by the keyboard, a course, a file in and out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.stories.screen import Screen, StoryError

TODAY = date.today()  # noqa: DTZ011 - the program goes by the clock of this computer, and so does its story
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())


def typed(day: date) -> str:
    """A date as one types it."""
    return f"{day.day}/{day.month}/{day.year}"


def check(true: object, what: str) -> None:
    """Raises StoryError."""
    if not true:
        raise StoryError(what)


def skip_assistant(screen: Screen) -> None:
    """The first start asks about the hospital; a nurse in a hurry does that later."""
    screen.wait("the assistant", lambda: screen.state()["dialog"])
    screen.focus()
    screen.key("Escape")
    screen.wait("the window alone", lambda: not screen.state()["dialog"])
    screen.focus()


def patient(screen: Screen) -> None:
    """Who it is."""
    for text in ("Voorbeeld", "Anna", "0012345", "4/5/1961"):
        screen.type(text)
        screen.key("Tab")
    screen.key("Down")


def course(screen: Screen, search: str, start: date) -> None:
    """Ctrl+F, what is looked for, Enter, the start date."""
    screen.key("ctrl+f")
    screen.type(search)
    before = len(screen.state()["courses"])
    screen.wait("hits", lambda: screen.state()["popup"])
    screen.key("Return")
    screen.wait("the course", lambda: len(screen.state()["courses"]) == before + 1)
    screen.focus()
    screen.type(typed(start))


def save_as(screen: Screen, path: Path) -> None:
    """Ctrl+S and a file name."""
    _name_file(screen, "ctrl+s", path)
    screen.wait("the file", path.exists)
    screen.focus()


def export_calendar(screen: Screen, path: Path) -> None:
    """Ctrl+E and the name of the PDF."""
    _name_file(screen, "ctrl+e", path)
    screen.wait("the PDF", path.exists)
    screen.focus()


def open_file(screen: Screen, path: Path) -> None:
    """Ctrl+O and a file name."""
    _name_file(screen, "ctrl+o", path)
    screen.wait("the treatment", lambda: screen.state()["file"] == str(path))
    screen.focus()


def _name_file(screen: Screen, key: str, path: Path) -> None:
    screen.key(key)
    screen.wait("the file dialog", lambda: screen.state()["dialog"])
    screen.focus()
    screen.key("ctrl+a")
    screen.type(str(path))
    screen.key("Return")
