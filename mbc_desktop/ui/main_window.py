"""The main window: patient banner, rail, the pages, the menus."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from mbc_desktop.planning.request import Language
from mbc_desktop.ui.asking import Asking
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.document_commands import DocumentCommands
from mbc_desktop.ui.file_commands import FileCommands
from mbc_desktop.ui.menus import Menus
from mbc_desktop.ui.override import override
from mbc_desktop.ui.pages.plan_page import PlanPage
from mbc_desktop.ui.theme import GRID, THEMES
from mbc_desktop.ui.widgets.banner import Banner
from mbc_desktop.ui.widgets.icons import icon
from mbc_desktop.ui.widgets.rail import Rail

PAGES = ("plan", "documents", "settings")
_Key = QKeySequence.StandardKey


class MainWindow(QMainWindow):
    """One window about one patient. `painted` is sent once, after the first paint; what is slow to load waits for it."""

    painted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.asking = Asking(self, desk.words)
        self.files = FileCommands(desk, self.asking)
        self.documents = DocumentCommands(desk, self.asking, self)
        self.menus = Menus(self, desk)
        self.plan_page = PlanPage(desk)
        self._pages: dict[str, QWidget] = {"plan": self.plan_page}
        self._stack = QStackedWidget()
        self._stack.addWidget(self.plan_page)
        self.rail = Rail(desk, PAGES)
        self._library = QLabel()
        self._has_painted = False
        self._lay_out()
        self._fill_menus()
        self._restore()
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
            self._pages[page] = self._build(page)
            self._stack.addWidget(self._pages[page])
        self._stack.setCurrentWidget(self._pages[page])
        self.rail.show_chosen(page)

    def use_language(self, language: Language) -> None:
        """Changes the language of the window, now and for the next time."""
        self.desk.preferences.language = language
        self.desk.words.switch(language)

    def use_theme(self, theme: str) -> None:
        """Changes the theme, now and for the next time."""
        for known in THEMES:
            if known == theme:
                self.desk.preferences.theme = known
                self.desk.look.use(known)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1366, 728)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self.painted.emit)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.may_leave():
            event.ignore()
            return
        self.plan_page.keep_state()
        self.desk.preferences.keep_state("window", QByteArray(self.saveGeometry()))
        self.desk.preferences.sync()
        event.accept()

    def _lay_out(self) -> None:
        self.setWindowIcon(icon("program", "#000000"))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._stack, 1)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Banner(self.desk))
        column.addLayout(row, 1)
        self.setCentralWidget(middle)
        self.rail.setEnabled(False)
        self.rail.chosen.connect(self.show_page)
        aid = QLabel()
        self.desk.words.put(aid, aid.setText, "ui.status_bar.aid")
        self.statusBar().addWidget(aid)
        self.statusBar().setContentsMargins(GRID, 0, GRID, 0)
        self.statusBar().addPermanentWidget(self._library)
        self.statusBar().setSizeGripEnabled(False)

    def _fill_menus(self) -> None:
        menus, session, month = self.menus, self.desk.session, self.plan_page.calendar.month_view
        menus.add(menus.file, "ui.menu.new", self.files.new, _Key.New)
        menus.add(menus.file, "ui.menu.open", self.files.open, _Key.Open)
        menus.add_recent(menus.file, self.files.open_path)
        menus.add(menus.file, "ui.menu.save", self.files.save, _Key.Save)
        menus.add(menus.file, "ui.menu.save_as", self.files.save_as, "Ctrl+Shift+S")
        menus.file.addSeparator()
        menus.add(menus.file, "ui.menu.export_calendar", lambda: self.documents.export("patient_calendar"), "Ctrl+E")
        menus.add(menus.file, "ui.menu.export_check", lambda: self.documents.export("check_sheet"), "Ctrl+Shift+E")
        menus.add(menus.file, "ui.menu.print", lambda: self.documents.print("patient_calendar"), _Key.Print)
        menus.file.addSeparator()
        menus.add(menus.file, "ui.menu.quit", self.close, "Ctrl+Q")
        undo = menus.add(menus.edit, "ui.menu.undo", session.undo, _Key.Undo)
        redo = menus.add(menus.edit, "ui.menu.redo", session.redo, _Key.Redo)
        session.changed.connect(lambda: undo.setEnabled(session.can_undo))
        session.changed.connect(lambda: redo.setEnabled(session.can_redo))
        for page, key in zip(PAGES, ("Ctrl+1", "Ctrl+2", "Ctrl+3"), strict=True):
            menus.add(menus.view, f"ui.page.{page}", partial(self.show_page, page), key)
        menus.view.addSeparator()
        menus.add(menus.view, "ui.calendar.previous", lambda: month.turn(-1), "Alt+PgUp")
        menus.add(menus.view, "ui.calendar.next", lambda: month.turn(1), "Alt+PgDown")
        menus.add(menus.view, "ui.calendar.today", month.go_today, "Alt+Home")
        menus.view.addSeparator()
        menus.add_languages(menus.view, self.use_language)
        menus.add_themes(menus.view, self.use_theme)
        menus.add(menus.help, "ui.menu.about", self._about)

    def _build(self, page: str) -> QWidget:
        if page == "documents":
            from mbc_desktop.ui.pages.documents_page import DocumentsPage

            return DocumentsPage(self.desk, self.documents)
        from mbc_desktop.ui.pages.settings_page import SettingsPage

        return SettingsPage(self.desk, self.asking, self.use_language, self.use_theme)

    def _restore(self) -> None:
        state = self.desk.preferences.state("window")
        if state is None or not self.restoreGeometry(state):
            self.resize(self.sizeHint())

    def _name_window(self) -> None:
        session, say = self.desk.session, self.desk.words.say
        name = session.path.name if session.path else say("ui.window.untitled")
        self.setWindowTitle(f"{name}[*] - mbc_desktop")
        self.setWindowModified(session.dirty)
        if session.library is not None:
            library = session.library
            self._library.setText(say("ui.status_bar.library", version=library.version, fingerprint=library.fingerprint[:8]))

    def _about(self) -> None:
        from mbc_desktop.ui.about import about_text

        self.asking.tell(self.desk.words.say("ui.menu.about").replace("&", ""), *about_text(self.desk))
