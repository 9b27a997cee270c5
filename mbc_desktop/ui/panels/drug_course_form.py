"""The fields of a regimen: start, the questions that the guideline leaves to the prescriber, taking over a running treatment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QCheckBox, QWidget

from mbc_desktop.planning.replay.decisions import answers_for, decisions_of
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.course_draft import CourseDraft
from mbc_desktop.ui.entry.typed_state import number_text
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.course_form import CourseForm
from mbc_desktop.ui.panels.look_alike_rows import LookAlikeRows
from mbc_desktop.ui.panels.more_course_fields import MoreCourseFields
from mbc_desktop.ui.widgets.choice_box import ChoiceBox


class DrugCourseForm(CourseForm):
    """The form of a regimen that the library knows."""

    def __init__(self, desk: Desk, course: CourseDraft, library: Library) -> None:
        super().__init__(desk, course)
        self._library, self._regimen = library, library.regimens[course.subject]
        self.look_alikes = LookAlikeRows(self, desk, library, course.subject)
        self.take_over = QCheckBox()
        desk.words.put(self.take_over, self.take_over.setText, "ui.course.take_over")
        self._choices: dict[str, ChoiceBox] = {}
        for decision in self._open_questions():
            self._choices[decision.key] = self.choice(f"decision.{decision.key}", decision.key)
        self._column.addWidget(self.take_over)
        self.cycle = self.number_field("cycle_number", "ui.course.cycle", "cycle", _with_cycle)
        self.last_given = self.date_field("earlier_day", "ui.course.last_given", "last_given", _with_last_given)
        self.phase = self._add_phase()
        self.more = MoreCourseFields(self, desk, self._regimen)
        self._running: tuple[QWidget, ...] = tuple(
            part for field in (self.cycle, self.phase, self.last_given) for part in (self.name_of(field), field)
        )
        self.take_over.toggled.connect(self._show_running)
        self.take_over.clicked.connect(self._go_to_cycle)
        desk.words.changed.connect(self._offer)
        self._show_running(False)
        self.show_course()

    @override
    def show_course(self) -> None:
        super().show_course()
        course = self.course()
        self._offer()
        typed = self.typed("cycle")
        self.cycle.show_text(number_text(self._desk.words, course.cycle) if typed is None else typed)
        self.show_date(self.last_given, "last_given", course.last_given)
        self.phase.show_value(course.phase)
        self.take_over.setChecked(bool(self.cycle.text() or self.last_given.text() or course.phase))
        self.more.show_course()

    @override
    def parts(self) -> dict[str, QWidget]:
        asked = self.look_alikes.first_open()
        own = {"cycle": self.cycle, "last_given": self.last_given, **({"look_alike": asked} if asked is not None else {})}
        return super().parts() | own | self._choices

    def _add_phase(self) -> ChoiceBox:
        words = self._desk.words
        box = ChoiceBox(words)
        # Alternatives that a decision chooses between are no place to begin at: only loading and maintenance have a name.
        every = dict.fromkeys(phase.id for part in self._regimen.parts for phase in part.phases)
        named = [phase for phase in every if words.texts.has(f"course.phase.{phase}")]
        box.offer((("", "ui.course.not_chosen"), *((phase, f"course.phase.{phase}") for phase in named)))
        words.put(box, box.setAccessibleName, "course.phase_label")
        box.chosen.connect(lambda phase: self.store(replace(self.course(), phase=phase), "phase", None))
        self.add("course.phase_label", box)
        return box

    def _open_questions(self) -> tuple[Decision, ...]:
        keys = decisions_of(self._regimen, self._library)
        known = (self._library.decisions[key] for key in keys if key in self._library.decisions)
        return tuple(decision for decision in known if decision.course_may_choose and decision.options)

    def _offer(self) -> None:
        """Each question with what holds when nobody chooses here, and the options."""
        words, session = self._desk.words, self._desk.session
        answers = answers_for(self._id, self._regimen, {}, library=self._library, site=session.site)
        given = {choice.key: choice for choice in answers.choices}
        chosen = dict(self.course().choices)
        for key, box in self._choices.items():
            answer = given.get(key)
            if answer is None:
                otherwise = words.say("ui.course.not_chosen")
            else:
                by = "ui.course.by_site" if answer.given_by == "site" else "ui.course.preselected"
                otherwise = words.say(by, value=words.texts.option(answer.value))
            options = options_for(self._regimen, self._library.decisions[key])
            box.offer_texts([("", otherwise), *((option, words.texts.option(option)) for option in options)])
            box.show_value(chosen.get(key))
        self.look_alikes.show_course()

    def _go_to_cycle(self, taken_over: bool) -> None:
        if taken_over:
            self.cycle.setFocus()

    def _show_running(self, shown: bool) -> None:
        for part in self._running:
            part.setVisible(shown)


def options_for(regimen: Regimen, decision: Decision) -> tuple[str, ...]:
    """The answers that a regimen can take. Where its phases ask for some of them only, an answer that would leave none of them
    is not offered: a form that the regimen does not have."""
    phases = (phase for part in regimen.parts for phase in part.phases)
    taken = {phase.if_decided for phase in phases if phase.decision == decision.key}
    return tuple(option for option in decision.options if option in taken) if taken else decision.options


def _with_cycle(course: CourseDraft, number: Decimal | None) -> CourseDraft:
    return replace(course, cycle=None if number is None else int(number))


def _with_last_given(course: CourseDraft, day: date | None) -> CourseDraft:
    return replace(course, last_given=day)
