"""Everything the plan objects to, advises or notes, the gravest first; and what is still missing before there can be a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mbc_desktop.core.finding import SEVERITIES, Finding, Severity
from mbc_desktop.core.record import dataclass
from mbc_desktop.texts.phrases import finding_text
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.draft import courses_left_out
from mbc_desktop.ui.entry.look_alikes import confirmed_of, resembling
from mbc_desktop.ui.labels import course_title
from mbc_desktop.ui.look.theme import GRID
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.announce import PAUSE_MS, tell
from mbc_desktop.ui.widgets.severity_label import SEVERITY_ROLE, WORD_ROLE, SeverityDelegate

if TYPE_CHECKING:
    from mbc_desktop.regimen.library import Library

_COURSE_ROLE = int(Qt.ItemDataRole.UserRole) + 3
_FIELD_ROLE = int(Qt.ItemDataRole.UserRole) + 4
_OFFER_ROLE = int(Qt.ItemDataRole.UserRole) + 5

PROPOSALS = frozenset(("radiotherapy", "start", "continue", "absences"))
GUIDELINE, DECISION = "guideline", "decision."
SOLVED = frozenset(
    f"radiotherapy-{what}" for what in ("hold", "pause-on-days", "too-close", "skip", "same-day", "in-rest-week")
)  # fmt: skip
"""What the engine has a proposal for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: what it says, the course or field it leads to, and the drug that it offers another interval for."""

    severity: Severity
    sentence: str
    course: str = ""
    field: str = ""
    offer: str = ""


class FindingsList(QWidget):
    """The list with its heading. `field_wanted` asks for the field that a line is about, `interval_offered` to enter
    the longer interval (course, drug) that a line offers, `proposal_wanted` for what the engine proposes, `guideline_wanted`
    for what may follow, `decision_wanted` for a question that only the hospital answers."""

    field_wanted = Signal(str)
    decision_wanted = Signal(str)
    guideline_wanted = Signal()
    interval_offered = Signal(str, str)
    proposal_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: tuple[Row, ...] = ()
        self._told: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._tell_stops)
        self._heading = QLabel()
        font = self._heading.font()
        font.setBold(True)
        self._heading.setFont(font)
        self.list = QListWidget()
        self.list.setItemDelegate(SeverityDelegate(desk.look, self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setUniformItemSizes(False)
        desk.words.put(self.list, self.list.setAccessibleName, "ui.findings.name")
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addWidget(self._heading)
        column.addWidget(self.list)
        self.list.itemClicked.connect(self._go)
        self.list.itemActivated.connect(self._go)
        desk.session.changed.connect(self._show)
        desk.words.changed.connect(self._show)
        # Asked for when it is needed: the first look at a viewport loads all kinds of widgets that there are.
        desk.look.changed.connect(lambda: self.list.viewport().update())
        self._show()

    @override
    def sizeHint(self) -> QSize:
        return QSize(280, 180)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.list.scheduleDelayedItemsLayout()

    def _show(self) -> None:
        rows = self._make_rows()
        words = self._desk.words
        self._heading.setText(words.say("ui.findings.heading", count=len(rows)) if rows else words.say("ui.findings.none"))
        if rows == self._rows:
            return
        self._rows = rows
        if QAccessible.isActive():
            self._pause.start(PAUSE_MS)
        self.list.clear()
        for row in rows:
            word = words.say(f"severity.{row.severity}")
            item = QListWidgetItem(row.sentence)
            item.setData(SEVERITY_ROLE, row.severity)
            item.setData(WORD_ROLE, word)
            item.setData(_COURSE_ROLE, row.course)
            item.setData(_FIELD_ROLE, row.field)
            item.setData(_OFFER_ROLE, row.offer)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{word}: {row.sentence}")
            self.list.addItem(item)
        # The gravest stands first, wherever somebody had scrolled to among the old ones.
        self.list.scrollToTop()

    def _tell_stops(self) -> None:
        """A stop that was not there before is said wherever the keyboard is, once nothing else came for a moment."""
        stops = tuple(row.sentence for row in self._rows if row.severity == "stop")
        new = [sentence for sentence in stops if sentence not in self._told]
        self._told = stops
        if new:
            tell(self.list, f"{self._desk.words.say('severity.stop')}: {' '.join(new)}")

    def _make_rows(self) -> tuple[Row, ...]:
        session, words, library = self._desk.session, self._desk.words, self._desk.session.library
        if library is None:
            return ()
        rows = []
        if session.plan is None:
            needed = [name for name in session.draft.patient.missing() if name in ("birth_date", "sex")]
            rows += [Row("info", words.say(f"ui.needed.{name}"), field=f"patient.{name}") for name in needed]
        for course in courses_left_out(session.draft):
            title = course_title(words, library, course, brands=False)
            rows.append(Row("caution", words.say("ui.needed.course", course=title), course.id))
        rows += self._look_alikes(library)
        for field in sorted({name.rpartition(".")[0] for name, _ in session.draft.broken if name.startswith("measurement.")}):
            own = f"ui.field.{field.partition('.')[2]}"
            name = words.say(own if words.texts.has(own) else f"fact.{field.partition('.')[2]}")
            rows.append(Row("caution", words.say("ui.needed.field", field=name), field=field))
        if session.contradiction:
            rows.append(Row("stop", words.say("ui.needed.contradiction", place=session.contradiction)))
        findings = session.plan.findings if session.plan else ()
        rows += [
            Row(one.severity, finding_text(one, library, words.texts), one.course, self._field(one), _offer(one))
            for one in findings
        ]
        return tuple(sorted(rows, key=lambda row: SEVERITIES.index(row.severity)))

    def _look_alikes(self, library: Library) -> Iterator[Row]:
        """Courses with a medicine that is taken for another one, of which nobody has typed which one is meant."""
        words = self._desk.words
        for course in self._desk.session.draft.courses:
            if course.kind == "drug" and course.subject in library.regimens:
                confirmed = confirmed_of(course)
                drugs = tuple(drug for drug in resembling(library, course.subject) if drug not in confirmed)
                if drugs:
                    # One line for a course, however many of its drugs resemble another.
                    said = words.say("look.needed", course=words.texts.listing(tuple(map(words.drug_with_brand, drugs))))
                    yield Row("caution", said, course.id, field=f"course.{course.id}.look_alike")

    def _field(self, finding: Finding) -> str:
        """The field of the first fact that a finding says is missing ("decision.x": a question in the settings); "" for one about
        something else."""
        from mbc_desktop.ui.entry.needed_fields import fields_of

        library, key = self._desk.session.library, str(dict(finding.values).get("decision", ""))
        known = library.decisions.get(key) if library is not None and finding.code == "decision-missing" else None
        if known is not None and not known.course_may_choose:
            return f"{DECISION}{key}"
        return next(iter(fields_of(finding, self._desk.session.fields)), "")

    def _go(self, item: QListWidgetItem) -> None:
        course, field = str(item.data(_COURSE_ROLE)), str(item.data(_FIELD_ROLE))
        offer = str(item.data(_OFFER_ROLE))
        if offer == GUIDELINE:
            self.guideline_wanted.emit()
            return
        if offer in PROPOSALS:
            self.proposal_wanted.emit(offer)
            return
        if offer:
            self.interval_offered.emit(course, offer)
            return
        if field.startswith(DECISION):
            self.decision_wanted.emit(field.removeprefix(DECISION))
            return
        if course:
            self._desk.selection.select_course(course)
        if field:
            self.field_wanted.emit(field)


def _offer(finding: Finding) -> str:
    """What a line offers: the drug that may be given less often, or a sort of proposal; "" for nothing."""
    if finding.code == "progression-what-next":
        return GUIDELINE
    if finding.code == "start-day-meets-closed-days":
        return "start"
    if finding.code == "successor-loads-again":
        return "continue"
    if finding.code == "patient-absent":
        return "absences"
    if finding.code in SOLVED:
        return "radiotherapy"
    return finding.drug if finding.code == "deescalation-offered" else ""
