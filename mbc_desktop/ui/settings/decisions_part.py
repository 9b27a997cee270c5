"""What the guideline leaves to the hospital: each question with its options, what holds without an answer, and why it matters."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from mbc_desktop.planning.replay.decisions import decisions_of
from mbc_desktop.regimen.decision import Answer, Decision
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts.source_title import source_title
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.keeping.site_editing import SiteEditing
from mbc_desktop.ui.labels import regimen_title
from mbc_desktop.ui.look.theme import GRID, larger, scaled, smaller
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.line_edit import LineEdit

MOST_NAMED = 3
BESIDE_TEXT = 44
"""What a list takes beside its text."""


class DecisionsPart(QScrollArea):
    """One block for each question. An answer is written with who gave it and when."""

    def __init__(self, desk: Desk, editing: SiteEditing, library: Library) -> None:
        super().__init__()
        self._desk, self._editing, self._library = desk, editing, library
        self.boxes: dict[str, ChoiceBox] = {}
        self.lines: dict[str, QLineEdit] = {}
        self._notes: dict[str, QLabel] = {}
        self._regimens: dict[str, list[str]] = {}
        for regimen in library.regimens.values():
            for key in decisions_of(regimen, library):
                self._regimens.setdefault(key, []).append(regimen.id)
        inside = QWidget()
        inside.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        for decision in library.decisions.values():
            column.addWidget(self._block(decision))
        column.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        for changed in (editing.changed, desk.words.changed):
            changed.connect(self._show)
        self._show()

    def show_question(self, key: str) -> None:
        """Brings a question into sight, with the keyboard in its answer."""
        field = self.boxes.get(key) or self.lines.get(key)
        if field is not None:
            field.setFocus()
            QTimer.singleShot(0, field, lambda: self.ensureWidgetVisible(field, 0, field.height() * 3))

    def _block(self, decision: Decision) -> QWidget:
        words = self._desk.words
        block, name, note = QWidget(), QLabel(), QLabel()
        name.setWordWrap(True)
        words.put(name, lambda text: name.setText(f"{decision.id}  {text[0].upper()}{text[1:]}"), f"decision.{decision.key}")
        note.setWordWrap(True)
        note.setFont(smaller(note.font(), 1.5))
        self._notes[decision.key] = note
        field: QWidget
        if decision.options:
            box = field = self.boxes[decision.key] = ChoiceBox(words)
            box.chosen.connect(partial(self._answer, decision.key))
        else:
            line = field = self.lines[decision.key] = LineEdit()
            line.editingFinished.connect(lambda: self._answer(decision.key, line.text().strip()))
        words.put(field, field.setAccessibleName, f"decision.{decision.key}")
        name.setBuddy(field)
        name.setFont(larger(name.font(), 0))
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(name)
        column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(note)
        return block

    def _answer(self, key: str, value: str) -> None:
        others = tuple(answer for answer in self._editing.site.answers if answer.key != key)
        given = Answer(key=key, value=value, by=self._desk.preferences.user, on=self._desk.session.today.isoformat())
        self._editing.change(replace(self._editing.site, answers=(*others, *((given,) if value else ()))))

    def _show(self) -> None:
        texts = self._desk.words.texts
        given = {answer.key: answer for answer in self._editing.site.answers}
        for key, box in self.boxes.items():
            decision = self._library.decisions[key]
            box.offer_texts([("", self._without(decision)), *((option, texts.option(option)) for option in decision.options)])
            box.show_value(given[key].value if key in given else "")
        for key, line in self.lines.items():
            line.setText(given[key].value if key in given else "")
        # All as wide as the longest answer: none is cut off.
        widest = max(
            box.fontMetrics().horizontalAdvance(box.itemText(n)) for box in self.boxes.values() for n in range(box.count())
        )
        for field in (*self.boxes.values(), *self.lines.values()):
            field.setMinimumWidth(widest + scaled(BESIDE_TEXT))
        for key, note in self._notes.items():
            reason = self._desk.words.say(f"decision_reason.{key}")
            note.setText("\n".join((reason, " · ".join(self._explanation(self._library.decisions[key], given.get(key))))))

    def _without(self, decision: Decision) -> str:
        say = self._desk.words.say
        if decision.state == "preselected" and decision.preselected:
            return say("ui.course.preselected", value=self._desk.words.texts.option(decision.preselected))
        return say("setup.no_dose_without")

    def _explanation(self, decision: Decision, answer: Answer | None) -> list[str]:
        """Who answered, which regimens depend on it, where the preselection comes from, who may deviate."""
        words, parts = self._desk.words, []
        if answer is not None and answer.by:
            parts.append(words.say("setup.answered", by=answer.by, on=answer.on))
        regimens = self._regimens.get(decision.key, [])
        if regimens:
            titles = [regimen_title(words, self._library, one, brands=False) for one in regimens[:MOST_NAMED]]
            more = len(regimens) - len(titles)
            parts.append(words.say("setup.concerns", regimens=", ".join(titles)))
            parts += [words.say("setup.and_more", count=more)] if more else []
        source = self._library.sources.get(decision.source)
        title = source_title(source, words.texts) if source else decision.source
        parts.append(words.say("setup.source", source=title, grade=words.say(f"grade.{decision.grade}")))
        parts.append(words.say("setup.prescriber_may" if decision.course_may_choose else "setup.site_only"))
        return parts
