"""Ways to what a monkey hardly finds by chance: the assistant, orders for the spinal fluid, a quiet day, the menu of an item."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from mbc_desktop.ui.entry.spinal_orders import with_new_order
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.panels.spinal_section import SpinalSection
from mbc_desktop.ui.starting.first_run import FirstRun


class Rare:
    """Each way begins where the hands are (`place` tells it), and leaves what it opened to the monkey."""

    def __init__(self, window: MainWindow, chance: random.Random, place: Callable[[], QWidget]) -> None:
        self._window, self._chance, self._place = window, chance, place

    def open_one(self) -> None:
        """Opens one of them."""
        if not isinstance(self._place(), QDialog):
            self._chance.choice((self._assistant, self._spinal, self._quiet_day))()

    def menu(self) -> None:
        """Chooses from the menu of something in the calendar."""
        if isinstance(self._place(), QDialog) or not self._select():
            return
        self._window.plan_page.commands.pop_up(QPoint(300, 300))
        shown = QApplication.activePopupWidget()
        if isinstance(shown, QMenu):
            chosen = self._chance.choice([one for one in shown.actions() if not one.isSeparator()])
            shown.close()
            chosen.trigger()

    def _select(self) -> bool:
        plan = self._window.desk.session.plan
        if plan is None or not plan.administrations:
            return False
        item = self._chance.choice(plan.administrations)
        self._window.show_page("plan")
        self._window.desk.selection.select_item(item.id, item.course, item.due)
        return True

    def _assistant(self) -> None:
        window = self._window
        FirstRun(window.desk, window.asking, window, window.use_language, window.use_theme, window.use_size).open()

    def _spinal(self) -> None:
        session, section = self._window.desk.session, self._window.findChild(SpinalSection)
        if section is None or session.plan is None:
            return
        self._window.show_page("plan")
        day = session.today + timedelta(self._chance.randrange(10))
        dose = Decimal(self._chance.choice(("12", "15", "0.5")))
        session.change(with_new_order(session.draft, drug="methotrexate", dose_mg=dose, dates=(day,), note=""))
        section.unfold_for("intrathecal")
        if section.orders.confirm_buttons:
            self._chance.choice(section.orders.confirm_buttons).click()

    def _quiet_day(self) -> None:
        if self._select():
            self._window.plan_page.commands.find_quiet_day()
