"""The program itself, started as users start it, with somebody who can be asked where on the screen a thing lies. Nothing is ever
done from here: every key and every click comes from outside.

usage: python -m tests.stories.watched FOLDER [FILE]"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMenu, QTabBar, QTextEdit, QWidget

from mbc_desktop.ui import app
from mbc_desktop.ui.main_window import MainWindow

EVERY_MS = 15
Answer = dict[str, object]


class Watcher:
    """Answers what stands in `ask.json` into `answer.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._last = folder, 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(EVERY_MS)

    def _look(self) -> None:
        try:
            asked = json.loads((self._folder / "ask.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        if asked["n"] == self._last:
            return
        self._last = asked["n"]
        found: Answer = {"n": asked["n"], "found": False}
        window = next((one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)), None)
        if window is not None and hasattr(window, "plan_page"):
            found |= answer(window, asked["kind"], asked["name"])
        ready = self._folder / "answer.tmp"
        ready.write_text(json.dumps(found), encoding="utf-8")
        ready.replace(self._folder / "answer.json")


def answer(window: MainWindow, kind: str, name: str) -> Answer:
    """Where a thing lies on the screen, or how the treatment stands."""
    match kind:
        case "widget":
            return _place_of_widget(name)
        case "row":
            return _place_of_row(name)
        case "tab":
            return _place_of_tab(name)
        case "action":
            return _place_of_action(name)
        case "item":
            month = window.plan_page.calendar.month_view
            return _place(month, month.cells.place_of(name)) if window.plan_page.isVisible() else {}
        case "day":
            month = window.plan_page.calendar.month_view
            return _place(month, month.cells.grid.cell(date.fromisoformat(name)))
        case "state":
            return _state(window)
        case _:
            return {}


def _place_of_widget(name: str) -> Answer:
    """A widget by the name that a screen reader says, or by the words on it; the dialog in front first."""
    front = QApplication.activeModalWidget() or QApplication.activePopupWidget()
    roots = [*([front] if front is not None else []), *QApplication.topLevelWidgets()]
    for root in roots:
        for widget in root.findChildren(QWidget):
            if widget.isVisible() and widget.isEnabled() and name in _names(widget) and not isinstance(widget, QLabel):
                return _place(widget, widget.rect())
    return {}


def _names(widget: QWidget) -> tuple[str, ...]:
    text = widget.property("text")
    plain = text.replace("&", "").removesuffix("…") if isinstance(text, str) else ""
    return widget.accessibleName().removesuffix("…"), plain


def _place_of_row(words: str) -> Answer:
    for widgets in (QApplication.topLevelWidgets(),):
        for root in widgets:
            for rows in root.findChildren(QListWidget):
                for row in range(rows.count() if rows.isVisible() else 0):
                    if words in rows.item(row).text():
                        rows.scrollToItem(rows.item(row))
                        return _place(rows.viewport(), rows.visualItemRect(rows.item(row)))
    return {}


def _place_of_tab(words: str) -> Answer:
    for root in QApplication.topLevelWidgets():
        for tabs in root.findChildren(QTabBar):
            for number in range(tabs.count() if tabs.isVisible() else 0):
                if tabs.tabText(number).replace("&", "") == words:
                    return _place(tabs, tabs.tabRect(number))
    return {}


def _place_of_action(words: str) -> Answer:
    """An entry of the menu that stands open."""
    menu = QApplication.activePopupWidget()
    for action in menu.actions() if isinstance(menu, QMenu) else ():
        if action.text().replace("&", "").removesuffix("…") == words:
            return _place(menu, menu.actionGeometry(action))
    return {}


def _said() -> str:
    """What can be read in the dialog in front, without what is typed."""
    front = QApplication.activeModalWidget()
    if front is None:
        return ""
    labels = [one.text() for one in front.findChildren(QLabel) if one.isVisible()]
    sheets = [one.toPlainText() for one in front.findChildren(QTextEdit) if one.isVisible()]
    return "\n".join([*labels, *sheets]).replace("\u00a0", " ")


def _place(widget: QWidget, inside: QRect) -> Answer:
    point: QPoint = widget.mapToGlobal(inside.center())
    return {"found": not inside.isEmpty(), "x": point.x(), "y": point.y()}


def _state(window: MainWindow) -> Answer:
    session = window.desk.session
    plan = session.plan
    given = plan.administrations if plan is not None else ()
    return {
        "found": True,
        "page": window.page,
        "language": window.words.language,
        "name": session.draft.patient.family_name,
        "courses": [one.subject for one in session.draft.courses],
        "events": [one.kind for one in session.draft.events],
        "dirty": session.dirty,
        "dates": {one.id: (one.date or one.due).isoformat() for one in given},
        "statuses": {one.id: one.status for one in given},
        "findings": [one.code for one in plan.findings] if plan is not None else [],
        "day": window.desk.selection.day.isoformat(),
        "item": window.desk.selection.item,
        "file": str(session.path or ""),
        "dialog": front.windowTitle() if (front := QApplication.activeModalWidget()) is not None else "",
        "said": _said(),
        "release": session.release.standing,
        "popup": QApplication.activePopupWidget() is not None,
    }


def main() -> int:
    """Starts the program."""
    folder, *files = sys.argv[1:]
    application = QApplication(["mbc-desktop", "-style", "fusion"])
    watcher = Watcher(Path(folder))
    application.setProperty("watcher", watcher)
    return app.main(files)


if __name__ == "__main__":
    sys.exit(main())
