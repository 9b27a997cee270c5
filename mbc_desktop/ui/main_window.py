"""The main window: patient banner, rail, pages, menus. It stands as a shell first and is furnished after its first paint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from mbc_desktop.ui.desk import Desk, Look
from mbc_desktop.ui.look.small_screen import PageStack
from mbc_desktop.ui.look.theme import GRID, THEMES
from mbc_desktop.ui.override import override
from mbc_desktop.ui.pressing_window import PressingWindow
from mbc_desktop.ui.widgets.banner import Banner
from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.planning.request import Language
    from mbc_desktop.ui.asking import Asking
    from mbc_desktop.ui.entry.regimen_search import Choosable
    from mbc_desktop.ui.keeping.file_commands import FileCommands
    from mbc_desktop.ui.menus import Menus
    from mbc_desktop.ui.pages.plan_page import PlanPage
    from mbc_desktop.ui.paper.document_commands import DocumentCommands
    from mbc_desktop.ui.preferences import Preferences
    from mbc_desktop.ui.widgets.rail import Rail

PAGES = ("patients", "agenda", "plan", "documents", "guideline", "settings")
"""The rail from top to bottom; all but the plan, where the window begins, are made by page_builders."""
OF_MANY = ("agenda", "patients")


class MainWindow(PressingWindow):
    """One window about one patient. `painted` is sent once, after the first paint; what is slow to load waits for it.

    The names below are there once the window has been furnished."""

    painted = Signal()
    closing = Signal()
    desk: Desk
    asking: Asking
    files: FileCommands
    menus: Menus
    plan_page: PlanPage
    rail: Rail

    def __init__(self, look: Look, words: Words, preferences: Preferences) -> None:
        super().__init__()
        self.look, self.words, self.preferences = look, words, preferences
        self._pages: dict[str, QWidget] = {}
        self._stack = PageStack()
        self._banner = Banner(look, words)
        self._side = QVBoxLayout()
        self._documents: DocumentCommands | None = None
        self._library = QLabel()
        self._has_painted = False
        # An object of its own: the shorter way loads all of Qt's enumerations, and the first paint would wait for them.
        self._after_paint = QTimer(self)
        self._after_paint.setSingleShot(True)
        self._after_paint.timeout.connect(self.painted)
        self._bar = (self._menu("file"), self._menu("edit"), self._menu("view"), self._menu("help"))
        self._lay_out()
        state = preferences.state("window")
        if state is None or not self.restoreGeometry(state):
            self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        return next((name for name, page in self._pages.items() if page is self._stack.currentWidget()), "plan")

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of the pages, in the order of the rail."""
        return PAGES

    @property
    def documents(self) -> DocumentCommands:
        """The commands for sheets, made when the first one is given: there is nothing to print while the window starts."""
        if self._documents is None:
            from mbc_desktop.ui.paper.document_commands import DocumentCommands

            self._documents = DocumentCommands(self.desk, self.asking, self)
        return self._documents

    def furnish(self, desk: Desk) -> None:
        """Builds the plan page, the commands and the menus."""
        from mbc_desktop.ui.asking import Asking
        from mbc_desktop.ui.commands import fill_menus
        from mbc_desktop.ui.keeping.file_commands import FileCommands
        from mbc_desktop.ui.menus import Menus
        from mbc_desktop.ui.pages.plan_page import PlanPage
        from mbc_desktop.ui.qt_words import QtWords
        from mbc_desktop.ui.widgets.icons import icon
        from mbc_desktop.ui.widgets.rail import Rail
        from mbc_desktop.ui.window_title import WindowTitle

        self.desk = desk
        self.rail = Rail(self.look, self.words, PAGES)
        self.rail.show_chosen("plan")
        self.rail.setEnabled(False)
        self.rail.chosen.connect(self.show_page)
        self._side.addWidget(self.rail)
        self.asking = Asking(self, desk.words)
        self.files = FileCommands(desk, self.asking)
        self.plan_page = PlanPage(desk)
        self._pages["plan"] = self.plan_page
        self._stack.addWidget(self.plan_page)
        self.menus = Menus(self, desk, self._bar)
        fill_menus(self)
        self._banner.follow(desk.session)
        QtWords(desk.words, self)
        self.setWindowIcon(icon("program", "#000000"))
        WindowTitle(desk, self)
        for changed in (desk.session.changed, desk.words.changed):
            changed.connect(self._name_window)
        self._name_window()

    def finish(self) -> None:
        """Builds what needs the library; the window can be used from now on."""
        self.plan_page.finish()
        self.menus.enable()
        self.rail.setEnabled(True)
        self._name_window()

    def show_page(self, page: str) -> None:
        """Shows a page, built when it is first visited."""
        if page not in self._pages:
            from mbc_desktop.ui.page_builders import BUILDERS

            self._pages[page] = BUILDERS[page](self)
            self._stack.addWidget(self._pages[page])
        self._stack.show_page(self._pages[page])
        # Never a banner of one patient over a page about several.
        self._banner.setVisible(page not in OF_MANY)
        self.rail.show_chosen(page)
        self._stack.setAccessibleName(self.words.say(f"shell.page.{page}"))

    def page_of(self, page: str) -> QWidget | None:
        """The page of that name, once it has been visited."""
        return self._pages.get(page)

    def begin_course(self, chosen: Choosable) -> None:
        """Adds a regimen that was chosen on another page, and goes to its start date."""
        self.show_page("plan")
        self.plan_page.begin_course(chosen)

    def open_file(self, path: Path) -> None:
        """Opens a treatment file and shows it on the plan page."""
        if self.files.open_path(path):
            self.show_page("plan")

    def use_language(self, language: Language) -> None:
        """Changes the language of the window, now and for the next time."""
        self.preferences.language = language
        self.words.switch(language)

    def use_theme(self, theme: str) -> None:
        """Changes the theme, now and for the next time."""
        self.preferences.theme = known = next(one for one in THEMES if one == theme)
        self.look.use(known)

    def use_size(self, percent: int) -> None:
        """Draws everything in another size, now and for the next time."""
        self.preferences.scale_percent = percent
        self.look.use_size(percent, self)
        self._stack.fit()

    @override
    def sizeHint(self) -> QSize:
        return QSize(1366, 728)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            self._after_paint.start(0)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if "plan" not in self._pages:
            event.accept()
            return
        if not self.files.may_leave():
            event.ignore()
            return
        self.plan_page.keep_state()
        self.preferences.keep_state("window", QByteArray(self.saveGeometry()))
        self.preferences.sync()
        self.closing.emit()
        event.accept()

    def _menu(self, name: str) -> QMenu:
        menu = self.menuBar().addMenu("")
        self.words.put(menu, menu.setTitle, f"shell.menu.{name}")
        return menu

    def _lay_out(self) -> None:
        # The place of the rail is kept free, so that nothing jumps when it comes; and it stands beside the banner, so that it
        # stays where it is on pages that have none.
        self._side.addStrut(9 * GRID)
        self._stack.place()
        middle = QWidget()
        row, column = QHBoxLayout(middle), QVBoxLayout()
        for part in (row, column):
            part.setContentsMargins(0, 0, 0, 0)
            part.setSpacing(0)
        column.addWidget(self._banner)
        column.addLayout(self._stack.row, 1)
        row.addLayout(self._side)
        row.addLayout(column, 1)
        self.setCentralWidget(middle)
        aid = QLabel()
        self.words.put(aid, aid.setText, "shell.aid")
        self.statusBar().addWidget(aid)
        self.statusBar().setContentsMargins(GRID, 0, GRID, 0)
        self.statusBar().addPermanentWidget(self._library)
        self.statusBar().setSizeGripEnabled(False)
        self.setWindowTitle(self.words.say("shell.loading"))

    def _name_window(self) -> None:
        session, say = self.desk.session, self.words.say
        self._stack.setAccessibleName(say(f"shell.page.{self.page}"))
        if (library := session.library) is not None:
            self._library.setText(say("ui.status_bar.library", version=library.version, fingerprint=library.fingerprint[:8]))
