"""Which medicine is meant, typed by a person: names that resemble each other have been confused with deaths."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.look_alikes import answer_to, confirmed_of, others_of, resembling, with_confirmed
from mbc_desktop.ui.labels import drug_titles
from mbc_desktop.ui.look.theme import smaller
from mbc_desktop.ui.widgets.announce import announce
from mbc_desktop.ui.widgets.line_edit import LineEdit

if TYPE_CHECKING:
    from mbc_desktop.ui.panels.course_form import CourseForm

LONGEST = 60


class LookAlikeRows:
    """One line for each such medicine of a course. The word is never shown, offered or filled in."""

    def __init__(self, form: CourseForm, desk: Desk, library: Library, regimen: str) -> None:
        self._form, self._desk, self._library = form, desk, library
        self.lines: dict[str, QLineEdit] = {}
        self._said: dict[str, QLabel] = {}
        self.objected: Callable[[QWidget], object] = lambda _: None
        """Called with the line under which something has just been said, which may lie out of sight."""
        for drug in resembling(library, regimen):
            self._add(drug)

    def first_open(self) -> QLineEdit | None:
        """The first line in which the word is still missing."""
        confirmed = confirmed_of(self._form.course())
        return next((line for drug, line in self.lines.items() if drug not in confirmed), None)

    def show_course(self) -> None:
        """Says of each medicine whether it has been confirmed; a confirmed one asks nothing more."""
        confirmed = confirmed_of(self._form.course())
        for drug, line in self.lines.items():
            # Which of several is asked about is said by what it is taken for, never by its own name.
            question = self._desk.words.say("look.question", others=self._others(drug))
            self._form.name_of(line).setText(question)
            line.setAccessibleName(question)
            line.setVisible(drug not in confirmed)
            self._form.name_of(line).setText(self._question(drug))
            self._said[drug].setText(self._desk.words.say("look.confirmed", drug=self._name(drug)) if drug in confirmed else "")
            self._form.name_of(line).setVisible(drug not in confirmed)
            self._said[drug].setVisible(bool(self._said[drug].text()))

    def _add(self, drug: str) -> None:
        line, said = LineEdit(), QLabel()
        line.setMaxLength(LONGEST)
        said.setWordWrap(True)
        said.setFont(smaller(said.font(), 0.5))
        self.lines[drug], self._said[drug] = line, said
        self._form.add("look.question_short", line)
        line.setAccessibleName(self._question(drug))
        self._form.add_plain(said)
        line.editingFinished.connect(partial(self._judge, drug))

    def _judge(self, drug: str) -> None:
        line, words = self.lines[drug], self._desk.words
        typed = line.text().strip()
        if not typed or drug in confirmed_of(self._form.course()):
            return
        answer, meant = answer_to(typed, drug, self._library)
        if answer == "right":
            line.clear()
            self._form.store(with_confirmed(self._form.course(), drug), "look_alike", None)
            self.show_course()
            announce(line, self._said[drug].text())
            return
        key = "look.other" if answer == "other" else "look.unclear"
        names = {"drug": self._name(drug), "other": self._name(meant) if meant else "", "others": self._others(drug)}
        self._said[drug].setText(words.say(key, typed=typed, **names))
        self._said[drug].show()
        self.objected(line)
        announce(line, self._said[drug].text())

    def _question(self, drug: str) -> str:
        return self._desk.words.say("look.question", others=self._others(drug))

    def _others(self, drug: str) -> str:
        names = tuple(self._name(other) for other in others_of(self._library, drug))
        return self._desk.words.texts.listing(names)

    def _name(self, drug: str) -> str:
        return drug_titles(self._desk.words, self._library)[drug]
