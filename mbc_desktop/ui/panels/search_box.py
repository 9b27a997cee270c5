"""The box in which a regimen, or several at once, is looked for: what fits stands in a list below while one types, Enter takes
it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import drugs_of
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.regimen_search import Choosable, choosables_of, search, with_title
from mbc_desktop.ui.labels import regimen_title, scheme_title
from mbc_desktop.ui.look.theme import scaled
from mbc_desktop.ui.override import override
from mbc_desktop.ui.panels.window_keys import leave_keys_to_window
from mbc_desktop.ui.widgets.announce import announce_in_pause
from mbc_desktop.ui.widgets.icons import icon

if TYPE_CHECKING:
    from mbc_desktop.ui.entry.several_regimens import Together

POPUP_WIDTH, MOST_SHOWN = 560, 12


class SearchBox(QLineEdit):
    """`found` carries the regimen or scheme that was chosen, `several_found` those that were chosen together (only with
    `together`)."""

    found = Signal(object)
    several_found = Signal(object)

    def __init__(self, desk: Desk, *, radiotherapy: bool = True, together: bool = False) -> None:
        super().__init__()
        self._desk, self._radiotherapy, self._together = desk, radiotherapy, together
        self._all: tuple[Choosable, ...] = ()
        self._hits: tuple[Together, ...] = ()
        self._list = QStringListModel(self)
        completer = QCompleter(self._list, self)
        # The list is already filtered, by a better rule than the completer's own.
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(MOST_SHOWN)
        self.popup = QListView()
        # The name of a drug is never cut off.
        self.popup.setWordWrap(True)
        self.popup.setTextElideMode(Qt.TextElideMode.ElideNone)
        completer.setPopup(self.popup)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        # Not setCompleter: the line would then write the title found over what was typed.
        completer.setWidget(self)
        self._completer = completer
        leave_keys_to_window(self)
        self.setClearButtonEnabled(True)
        self._picture = self.addAction(
            icon("search", desk.look.colours.muted), QLineEdit.ActionPosition.LeadingPosition
        )  # fmt: skip
        self.textEdited.connect(self._look)
        self.returnPressed.connect(self._take_first)
        clear = self.findChild(QAction, "_q_qlineeditclearaction")
        for action, key in ((self._picture, "ui.course.search_name"), (clear, "course.clear_search")):
            if isinstance(action, QAction):
                desk.words.put(action, action.setText, key)
        desk.words.put(self, self.setPlaceholderText, "ui.course.search")
        for part in (self, self.popup):
            desk.words.put(part, part.setAccessibleName, "ui.course.search_name")
        if together:
            desk.words.put(self, self.setToolTip, "ui.course.search_tip")
        desk.words.changed.connect(self._forget)
        desk.look.changed.connect(self._paint)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text():
            self._look(self.text())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        taken = bool(self.text().strip()) and not self.popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        super().keyPressEvent(event)
        if taken:
            # Enter has chosen; nobody further out is to go on with it.
            event.accept()

    def _paint(self) -> None:
        self._picture.setIcon(icon("search", self._desk.look.colours.muted))

    def _forget(self) -> None:
        """The titles by which regimens are found are those of the language of the moment."""
        self._all = ()

    def _look(self, text: str) -> None:
        library = self._desk.session.library
        if not self._all and library is not None:
            # Folding some two thousand words takes longer than building the box: done at the first letter, not in the start.
            wanted = (one for one in choosables_of(library) if self._radiotherapy or one.kind == "drug")
            self._all = tuple(with_title(one, self._title(one, library)) for one in wanted)
        self._hits = self._found_by(text)
        titles = [self._titles(hit, library) for hit in self._hits] if library else []
        words = self._desk.words
        said = words.say("ui.course.nothing_found", text=text) if text.strip() and not titles else ""
        self._list.setStringList(titles or ([said] if said else []))
        if text.strip():
            self._completer.complete(QRect(0, 0, max(self.width(), scaled(POPUP_WIDTH)), self.height()))
            self._fit_popup()
            self.popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        else:
            self.popup.hide()
        # One hit alone is said by the list, where it is chosen already.
        announce_in_pause(self, said or ("; ".join(titles[:3]) if len(titles) > 1 else ""))

    def _found_by(self, text: str) -> tuple[Together, ...]:
        """Single regimens before several; without a comma or a plus several only where no single one fits."""
        from mbc_desktop.ui.entry.several_regimens import is_list, search_together

        hits = tuple((one,) for one in search(self._all, text))
        several = search_together(self._all, text) if self._together and (is_list(text) or not hits) else ()
        return (*hits, *several)[:MOST_SHOWN]

    def _fit_popup(self) -> None:
        """As high as its lines are: the completer counts with a first line that is not wrapped yet."""
        self.popup.doItemsLayout()
        rows = range(min(self.popup.model().rowCount(), MOST_SHOWN))
        height = sum(self.popup.sizeHintForRow(row) for row in rows) + 2 * self.popup.frameWidth()
        if height > self.popup.height():
            self.popup.resize(self.popup.width(), height)

    def _titles(self, hit: Together, library: Library) -> str:
        if len(hit) == 1:
            return self._title(hit[0], library)
        lines = [f"\u2022 {self._title(one, library)}" for one in hit]
        return "\n".join((self._desk.words.say("ui.course.together", count=len(hit)), *lines))

    def _title(self, hit: Choosable, library: Library) -> str:
        words = self._desk.words
        if hit.kind == "radiotherapy":
            regions = [words.say(f"region.{rule.region}") for rule in library.radiotherapy[hit.id].regions]
            return words.texts.labelled(scheme_title(words, library, hit.id), ", ".join(regions))
        # What it is taken for is named once it is chosen, and asked about: among the hits those names would be read for hits.
        return regimen_title(words, library, hit.id)

    def _take(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._hits):
            self._choose(self._hits[index.row()])

    def _take_first(self) -> None:
        if self._hits and not self.popup.isVisible():
            self._choose(self._hits[0])

    def _choose(self, hit: Together) -> None:
        self._hits = ()
        self.clear()
        if len(hit) == 1:
            self.found.emit(hit[0])
        else:
            self.several_found.emit(hit)


def look_alikes(library: Library, regimen: str) -> tuple[str, ...]:
    """The drugs that this regimen's drugs are taken for, those of the regimen itself aside."""
    own = drugs_of(library.regimens[regimen])
    others = (other for drug in own for other in library.drugs[drug].look_alikes)
    return tuple(dict.fromkeys(other for other in others if other not in own and other in library.drugs))
