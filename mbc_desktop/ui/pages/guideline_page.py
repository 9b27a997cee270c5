"""The guideline page: its chapters as a tree, what holds for this patient (or for facts looked at), a regimen started from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mbc_desktop.patient.facts import Patient
from mbc_desktop.planning.proposals.navigator import Guidance, navigate
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.guideline import Guideline, Statement
from mbc_desktop.texts.guideline_words import matter, place, sentence, verdict
from mbc_desktop.texts.phrases import texts_for
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.regimen_search import Choosable
from mbc_desktop.ui.labels import regimen_title, scheme_title
from mbc_desktop.ui.look.rich_text import RichText
from mbc_desktop.ui.look.theme import GRID, larger, scaled
from mbc_desktop.ui.override import override
from mbc_desktop.ui.widgets.choice_box import ChoiceBox
from mbc_desktop.ui.widgets.surface import Surface

SIDE, READ = 336, 1000
FILTERS: dict[str, tuple[str, ...]] = {
    "er": ("positive", "negative"),
    "pr": ("positive", "negative"),
    "her2": ("positive", "low", "negative"),
    "menopausal_status": ("premenopausal", "perimenopausal", "postmenopausal"),
    "line": ("first", "second", "third_or_later"),
    "visceral_crisis": ("yes", "no"),
}


class GuidelinePage(QWidget):
    """`wanted` carries the regimen or scheme to start. It never chooses, and hides nothing because something is not known."""

    wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._desk = desk
        self.tree, self.text = QTreeWidget(), QTextBrowser()
        self.everything, self.reset = QCheckBox(), QPushButton()
        self.filters = {name: ChoiceBox(desk.words) for name in FILTERS}
        self._lay_out()
        for box in self.filters.values():
            box.chosen.connect(lambda _: self.show_guideline())
        self.everything.toggled.connect(lambda _: self.show_guideline())
        self.reset.clicked.connect(self.take_patient)
        self.tree.currentItemChanged.connect(lambda *_: self._show_section())
        self.text.anchorClicked.connect(self._start)
        for changed in (desk.words.changed, desk.look.changed):
            changed.connect(self.show_guideline)
        self.take_patient()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_patient()

    def take_patient(self) -> None:
        """Looks with the facts of the patient again."""
        facts = self._desk.session.draft.facts
        for name, box in self.filters.items():
            value = getattr(facts, name)
            box.show_value(value if isinstance(value, str) else None)
        self.show_guideline()

    def show_guideline(self) -> None:
        """Weighs every statement against the facts looked at."""
        library, session, texts = self._desk.session.library, self._desk.session, self._desk.words.texts
        guideline = library.guideline if library else None
        if library is None or guideline is None:
            self.text.setPlainText(self._desk.words.say("chapters.no_guideline"))
            return
        self._found = {one.statement.id: one for one in navigate(self._request(), library, session.site)}
        shown = Counter(one.section for one in guideline.statements if one.id in self._found or self.everything.isChecked())
        chosen = self._section()
        self.tree.blockSignals(True)
        self.tree.clear()
        parents: dict[str, QTreeWidgetItem] = {}
        for section in guideline.sections:
            name = texts.word(f"guideline.section.{section.id or 'added'}")
            item = QTreeWidgetItem([self._desk.words.say("chapters.count", section=name, count=shown[section.id])])
            item.setData(0, Qt.ItemDataRole.UserRole, section.id)
            item.setToolTip(0, name)
            depth = 2 if "." in section.id else 1
            item.setSizeHint(0, self._room(item.text(0), depth))
            above = parents.get(section.id.rpartition(".")[0]) if "." in section.id else None
            self.tree.addTopLevelItem(item) if above is None else above.addChild(item)
            parents[section.id] = item
        self.tree.expandAll()
        self.tree.setCurrentItem(next(iter(parents.values())) if chosen is None else parents[chosen])
        self.tree.blockSignals(False)
        self._show_section()

    def _room(self, text: str, depth: int) -> QSize:
        """As many lines as a name needs: none is cut off."""
        width = scaled(SIDE) - 5 * GRID - depth * GRID
        lines = self.tree.fontMetrics().boundingRect(QRect(0, 0, width, SIDE), int(Qt.TextFlag.TextWordWrap), text)
        return QSize(width, lines.height() + GRID // 2)

    def _request(self) -> Request:
        """What is known with the facts looked at in the place of the patient's own."""
        session = self._desk.session
        day = session.today
        own = session.request() or Request(
            today=day, language="nl", horizon=day, facts=session.draft.facts, patient=_nobody(session.draft.patient.sex, day)
        )  # fmt: skip
        looked_at = {name: box.value() or None for name, box in self.filters.items()}
        # The values offered are exactly those of the fields' types.
        return replace(own, facts=replace(own.facts, **looked_at))  # type: ignore[arg-type]

    def _section(self) -> str | None:
        """The chapter chosen in the tree; None while there is none."""
        item = self.tree.currentItem()
        return None if item is None else str(item.data(0, Qt.ItemDataRole.UserRole))

    def _show_section(self) -> None:
        library = self._desk.session.library
        section = self._section()
        if library is None or library.guideline is None or section is None:
            return
        texts = texts_for(library, self._desk.words.texts)
        text = RichText(self._desk.look.colours)
        text.title(texts.word(f"guideline.section.{section or 'added'}"))
        text.line(texts.word("guideline.never_chooses"), muted=True)
        shown = self._statements(library.guideline, section)
        for statement, guidance in shown:
            self._write(text, statement, guidance)
        if not shown:
            text.line(self._desk.words.say("chapters.nothing"), muted=True)
        self.text.setHtml(text.html())

    def _statements(self, guideline: Guideline, section: str) -> list[tuple[Statement, Guidance | None]]:
        own = [(one, self._found.get(one.id)) for one in guideline.statements if one.section == section]
        return [(one, found) for one, found in own if found is not None or self.everything.isChecked()]

    def _write(self, text: RichText, statement: Statement, guidance: Guidance | None) -> None:
        texts, words, library = self._desk.words.texts, self._desk.words, self._desk.session.library
        state = verdict(guidance, texts) if guidance else words.say("chapters.not_applicable")
        text.heading(f"{place(statement, texts)} · {state}")
        text.line(sentence(statement, texts), muted=guidance is None)
        for note in statement.notes:
            text.line(texts.say("guideline.label", note=texts.word(f"guideline.note.{note.code}")), muted=True)
        if statement.written:
            text.line(texts.say("guideline.written", how=texts.word(f"guideline.written_out.{statement.written}")), muted=True)
        if statement.open:
            text.line(texts.say("guideline.still_open", reason=texts.word(f"guideline.open.{statement.open}")), muted=True)
        if guidance and guidance.weighs:
            weighed = " · ".join(dict.fromkeys(matter(one, texts) for one in guidance.weighs))
            text.line(texts.say("guideline.weigh", matter=weighed), muted=True)
        if library is None:
            return
        for id in statement.regimens:
            known = id in library.regimens
            title = regimen_title(words, library, id) if known else id
            if known:
                text.link(f"drug:{id}", words.say("chapters.start", title=title))
            else:
                text.line(words.say("chapters.not_ready", id=id), muted=True)
        for id in statement.radiotherapy:
            text.link(f"radiotherapy:{id}", words.say("chapters.start", title=scheme_title(words, library, id)))

    def _start(self, url: QUrl) -> None:
        kind, _, id = url.toString().partition(":")
        chosen = Choosable(kind="radiotherapy" if kind == "radiotherapy" else "drug", id=id, size=1, words=())
        self.wanted.emit(chosen)

    def _lay_out(self) -> None:
        words, side = self._desk.words, Surface()
        side.setFixedWidth(scaled(SIDE))
        side.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        side.column.setSpacing(GRID // 2)
        heading, filters, hint = QLabel(), QLabel(), QLabel()
        heading.setFont(larger(self.font(), 4))
        hint.setWordWrap(True)
        for label, key in ((heading, "heading"), (filters, "filter"), (hint, "hint")):
            words.put(label, label.setText, f"chapters.{key}")
        self.tree.setHeaderHidden(True)
        self.tree.setWordWrap(True)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.tree.setIndentation(GRID)
        self.tree.setFrameShape(QTreeWidget.Shape.NoFrame)
        words.put(self.tree, self.tree.setAccessibleName, "chapters.heading")
        words.put(self.text, self.text.setAccessibleName, "chapters.text")
        words.put(self.everything, self.everything.setText, "chapters.everything")
        words.put(self.reset, self.reset.setText, "chapters.as_patient")
        side.column.addWidget(heading)
        side.column.addWidget(self.tree, 1)
        side.column.addWidget(filters)
        self._lay_out_filters(side.column)
        for part in (self.reset, self.everything, hint):
            side.column.addWidget(part)
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(2 * GRID)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        # No line longer than one reads, however wide the screen.
        self.text.setMaximumWidth(scaled(READ))
        row.addWidget(self.text, 4)
        row.addStretch(0)

    def _lay_out_filters(self, column: QVBoxLayout) -> None:
        words = self._desk.words
        for name, box in self.filters.items():
            key = f"ui.field.{name}" if words.texts.has(f"ui.field.{name}") else f"facts.field.{name}"
            table = "ui.fact" if words.texts.has(f"ui.fact.{FILTERS[name][0]}") else "facts.value"
            box.offer((("", "ui.fact.unknown"), *((value, f"{table}.{value}") for value in FILTERS[name])))
            row, label = QHBoxLayout(), QLabel()
            label.setBuddy(box)
            label.setFixedWidth(scaled(13 * GRID))
            label.setWordWrap(True)
            words.put(label, label.setText, key)
            words.put(box, box.setAccessibleName, key)
            row.addWidget(label)
            row.addWidget(box, 1)
            column.addLayout(row)


def _nobody(sex: object, day: date) -> Patient:
    """A person of whom nothing is known; nothing is computed for her or him."""
    return Patient(family_name="", given_name="", number="", birth_date=day, sex="male" if sex == "male" else "female")
