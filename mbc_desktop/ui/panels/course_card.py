"""One course in the list: what it is and since when; unfolded, its fields."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from mbc_desktop.regimen.library import Library
from mbc_desktop.ui.calendar.day_items import Therapy
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.course_draft import CourseDraft
from mbc_desktop.ui.labels import course_title, drug_titles
from mbc_desktop.ui.look.theme import GRID, small_picture
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.course_form import CourseForm
from mbc_desktop.ui.panels.drug_course_form import DrugCourseForm
from mbc_desktop.ui.panels.radiotherapy_form import RadiotherapyForm
from mbc_desktop.ui.panels.search_box import look_alikes
from mbc_desktop.ui.panels.start_together import StartTogether
from mbc_desktop.ui.panels.window_keys import leave_keys_to_window
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.marks import draw_mark

MARK = 11
LOOK_ALIKE = "look_alike"


class CourseCard(QFrame):
    """`toggled` asks to unfold or fold the card, `removed` to take the course out, `event_wanted` to enter an event about it."""

    toggled = Signal(str)
    removed = Signal(str)
    event_wanted = Signal(str)

    def __init__(self, desk: Desk, course: CourseDraft, library: Library) -> None:
        super().__init__()
        self.id, self.subject = course.id, course.subject
        self._desk, self._library = desk, library
        self.form: CourseForm | None = None
        self.shown: Callable[[QWidget], object] = lambda _: None
        """Brings a part of the card into sight."""
        self._therapies: tuple[Therapy, ...] = ()
        self._said: object = None
        self._arrow, self._remove = QToolButton(), QToolButton()
        self._title, self._summary, self._warning = _label(), _label(), _label()
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._lay_out()
        self._arrow.clicked.connect(lambda: self.toggled.emit(self.id))
        self._remove.clicked.connect(lambda: self.removed.emit(self.id))
        desk.words.changed.connect(self.tell)
        desk.look.changed.connect(self.tell)
        self.unfold(False)
        self.tell()

    def unfold(self, unfolded: bool) -> None:
        """Shows or hides the fields; they are built when they are first shown."""
        if unfolded and self.form is None:
            self.form = self._make_form()
            if self.form is not None:
                if isinstance(self.form, DrugCourseForm):
                    self.form.look_alikes.objected = self.shown
                leave_keys_to_window(self.form)
                self._column.addWidget(self.form)
                happened = QPushButton()
                self._desk.words.put(happened, lambda text: happened.setText(f"{text}…"), "act.title")
                happened.clicked.connect(lambda: self.event_wanted.emit(self.id))
                self.form.add_plain(happened)
        if self.form is not None:
            # The start may have moved with that of another course.
            self.form.show_start()
            self.form.setVisible(unfolded)
        self._warn()
        self._arrow.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)

    def focus_start(self) -> None:
        """Puts the keyboard into the start date."""
        if self.form is not None:
            self.form.start.setFocus()

    def begin_with(self, others: tuple[str, ...]) -> None:
        """Lets the start date hold for the courses that were added with this one."""
        if self.form is not None and others:
            self.form.begin_with(StartTogether(self._desk, self._library, self.id, others))

    def focus_part(self, part: str) -> None:
        """Puts the keyboard into a field of the form: "start", "region", "look_alike" ..."""
        field = self.form.parts().get(part) if self.form is not None else None
        if field is not None:
            field.setFocus()

    def part_of(self, widget: QWidget) -> str:
        """Which field of the form a widget belongs to; of what is no part of its own, the last before the questions."""
        parts = self.form.parts().items() if self.form is not None else ()
        return next((name for name, field in parts if field is widget or field.isAncestorOf(widget)), LOOK_ALIKE)

    def start_line(self) -> QWidget | None:
        """The line of the start date, once the card has been unfolded."""
        return self.form.start.line if self.form is not None else None

    def refill(self) -> None:
        """Fills the fields again from the session."""
        if self.form is not None:
            self.form.show_course()

    def show_therapies(self, therapies: tuple[Therapy, ...]) -> None:
        """Takes the shapes and colours that this course has in the calendar."""
        own = tuple(therapy for therapy in therapies if therapy.course == self.id)
        if own != self._therapies:
            self._therapies = own
            self.update()

    def tell(self) -> None:
        """Says again what the course is and since when."""
        course = next((one for one in self._desk.session.draft.courses if one.id == self.id), None)
        if self.form is not None and self.form.together is not None:
            self.form.together.tell()
        said = (course, self._desk.words.texts, self._desk.look.colours)
        if course is None or said == self._said:
            self._warn()
            return
        self._said = said
        words, colours = self._desk.words, self._desk.look.colours
        title = course_title(words, self._library, course)
        start = words.texts.short_date(course.start) if course.start else words.say("ui.course.no_start")
        region = f", {words.say(f'region.{course.region}')}" if course.region else ""
        self._title.setText(title)
        self._summary.setText(f"{start}{region}")
        known = course.kind == "drug" and course.subject in self._library.regimens
        others = look_alikes(self._library, course.subject) if known else ()
        called = drug_titles(words, self._library) if others else {}
        names = ", ".join(called[other] for other in others)
        self._warning.setText(words.say("ui.course.look_alike", drugs=names) if others else "")
        self._warn()
        self._remove.setIcon(icon("remove", colours.muted))
        remove = words.say("ui.course.remove", course=title)
        self._remove.setAccessibleName(remove)
        self._remove.setToolTip(remove)
        self._arrow.setAccessibleName(f"{title}, {start}")

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        # The whole head of the card unfolds it, not only the small arrow.
        if event.position().y() <= self._summary.geometry().bottom():
            self.toggled.emit(self.id)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._desk.look.colours
        painter.fillRect(self.rect(), QColor(colours.sunken))
        for number, therapy in enumerate(self._therapies[:4]):
            edge = QColor(colours.therapies[therapy.tone % len(colours.therapies)].edge)
            top = self._title.geometry().top() + 3 + number * (MARK + 4)
            draw_mark(painter, therapy.mark, QRectF(GRID / 2, top, MARK, MARK), edge)
        painter.end()

    def _warn(self) -> None:
        """Names what the drugs are taken for, unless the fields are just asking about it in the same words."""
        asked = isinstance(self.form, DrugCourseForm) and not self.form.isHidden() and self.form.look_alikes.first_open()
        self._warning.setVisible(bool(self._warning.text()) and not asked)

    def _make_form(self) -> CourseForm | None:
        course = next((one for one in self._desk.session.draft.courses if one.id == self.id), None)
        if course is None:
            return None
        if course.kind == "drug":
            return DrugCourseForm(self._desk, course, self._library) if course.subject in self._library.regimens else None
        return RadiotherapyForm(self._desk, course, self._library) if course.subject in self._library.radiotherapy else None

    def _lay_out(self) -> None:
        for button in (self._arrow, self._remove):
            button.setAutoRaise(True)
            button.setIconSize(small_picture())
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self._title)
        text.addWidget(self._summary)
        head = QHBoxLayout()
        head.setSpacing(2)
        head.addLayout(text, 1)
        head.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GRID + MARK, GRID // 2, GRID // 2, GRID // 2)
        self._column.setSpacing(2)
        self._column.addLayout(head)
        self._column.addWidget(self._warning)


def _label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
