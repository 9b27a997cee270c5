"""The monkey at the seat of a ward: opens its records, signs in, admits, verifies as two persons, is locked out, gets up."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.ui import records_door
from mbc_desktop.ui.main_window import MainWindow
from mbc_desktop.ui.pages.patients_page import PatientsPage
from mbc_desktop.ui.records.form_dialog import FormDialog
from mbc_desktop.ui.records.lock_screen import LockScreen
from mbc_desktop.ui.records.verification_dialog import VerificationDialog
from tests.monkey_answers import EXAMPLE
from tests.monkey_ward import PASSPHRASE, SECRET, make_ward
from tests.records.conftest import TREATMENT

FIRST_OF_TWO = 5
"""The numbers from here on are of patients whose treatment a second person must verify; below, of the example's."""
NUMBERS = 30
"""The ward has no more patients than this, however long the monkey goes on."""
RIGHT = {"weight": "68", "height": "165", "creatinine": "0,85", "cycle": "1", "start": "16/3/2026"}


class Seat:
    """What is done there; each way begins where the hands are (`place` tells it), and leaves what it opened to the monkey."""

    def __init__(self, window: MainWindow, chance: random.Random, place: Callable[[], QWidget], folder: Path) -> None:
        self._window, self._chance, self._place, self._ward = window, chance, place, make_ward(folder)

    def first_visit(self) -> None:
        """The page of the patients stands behind a door while nothing of the records is loaded."""
        with patch.object(records_door, "sys", SimpleNamespace(modules={})):
            self._window.show_page("patients")

    def take(self) -> None:
        """Opens the ward's records, sits down as one of the users, unlocks, gets up, is locked out."""
        place = self._place()
        if isinstance(place, LockScreen):
            place.password.setText(self._chance.choice((SECRET, "fout")))
            place.unlock()
        elif isinstance(place, FormDialog):
            self._fill(place)
        elif isinstance(place, VerificationDialog):
            self._sign(place)
        elif not isinstance(place, QDialog):
            page = self._page()
            if page is None or page.commands.background.busy:
                return
            if page.commands.ward is None:
                page.commands.opening.open(self._ward)
                return
            doing = (page.worklist, page.audit, page.settings, page.verification, page.history, self._admit)
            leaving = (page.commands.sign_out, page.commands.ward.locked.emit)
            ways = (*doing, *doing, *leaving) if page.commands.ward.who is not None else (page.commands.sign_in,)
            self._chance.choice(ways)()

    def patient(self) -> None:
        """Looks a patient up and opens, verifies or reads what was saved."""
        page = self._page() if self._sits() else None
        if page is not None:
            page.search.setText("voorb")
            ways = (page.open_chosen, page.open_chosen, page.verification, page.history, self._window.files.save)
            self._chance.choice(ways)()

    def two_persons(self) -> None:
        """A prescriber writes a treatment and signs it; the pharmacist enters the values blind; then it is released. The monkey
        may come between any two steps."""
        page = self._page() if self._sits() else None
        if page is None or page.commands.ward is None:
            return
        number = f"{self._chance.randrange(FIRST_OF_TWO, NUMBERS):07d}"
        for login in ("arts", "piet"):
            page.commands.sign_out()
            if page.commands._sign_in({"login": login, "password": SECRET}):
                # Somebody typed a wrong password too often: that account has to wait.
                return
            if login == "arts":
                self._enter(TREATMENT, number)
            page.search.setText(number)
            page.verification()
            for _ in range(1 if login == "arts" else 2):
                QApplication.processEvents()
                dialogs = self._window.findChildren(VerificationDialog)
                if not dialogs or self._chance.random() < 0.15:
                    return
                self._sign(dialogs[-1])
            if login == "arts":
                dialogs[-1].reject()

    def leave(self) -> None:
        """Gets up."""
        page = self._window.findChild(PatientsPage)
        if page is not None and page.commands.ward is not None and page.commands.ward.who is not None:
            page.commands.ward.sign_out()

    def _page(self) -> PatientsPage | None:
        self._window.show_page("patients")
        return self._window.findChild(PatientsPage)

    def _sits(self) -> bool:
        page = self._window.findChild(PatientsPage)
        at_seat = page is not None and page.commands.ward is not None and page.commands.ward.who is not None
        return at_seat and not isinstance(self._place(), QDialog)

    def _admit(self) -> None:
        self._enter(EXAMPLE.read_text(encoding="utf-8"), f"{self._chance.randrange(FIRST_OF_TWO):07d}")

    def _enter(self, text: str, number: str) -> None:
        """Saves a treatment in the records, by whoever sits there."""
        session, page = self._window.desk.session, self._window.findChild(PatientsPage)
        if page is not None and session.library is not None:
            page.commands.patients.begin()
            session.recover(read_treatment(text.replace("0012345", number), today=session.today, library=session.library))
            self._window.files.save()

    def _sign(self, dialog: VerificationDialog) -> None:
        """Enters the values, now and then a wrong one, and signs."""
        if dialog.form is not None:
            wrong = self._chance.random() < 0.2
            for name, line in dialog.form.lines.items():
                line.setText("86" if wrong else RIGHT.get(name, "1"))
            if "creatinine" in dialog.form.units:
                dialog.form.units["creatinine"].show_value("mg/dL")
        dialog.password.setText(SECRET)
        dialog.sign.click()

    def _fill(self, form: FormDialog) -> None:
        answers = {
            "login": self._chance.choice(("baas", "ann", "piet", "arts")), "password": SECRET, "passphrase": PASSPHRASE,
            "reason": "geen arts bereikbaar, spoed", "why": "zij vroeg een week uitstel",
        }  # fmt: skip
        for name, field in form.fields.items():
            if isinstance(field, QLineEdit):
                field.setText(answers.get(name, SECRET))
        form.ok.click()
