"""The agenda out of a ward's records: who has a visit in some days, each planned in turn so that the window stays alive; stopped
when asked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from mbc_desktop.ui.agenda.agenda_reader import PlannedFile

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Plan
    from mbc_desktop.records.patients import PatientLine
    from mbc_desktop.ui.records.ward import Ward


class WardAgenda(QObject):
    """`finished` carries the planned treatments, `progressed` how many are done and of how many, `refused` why nothing is shown.

    The store is used by one thread only, so reading goes patient by patient in the main one."""

    finished = Signal(object)
    progressed = Signal(int, int)
    refused = Signal(str)

    def __init__(self, ward: Ward, parent: QObject) -> None:
        super().__init__(parent)
        self._ward = ward
        self._waiting: list[PatientLine] = []
        self._found: dict[int, PlannedFile] = {}
        self._wanted = 0
        self._step = QTimer(self)
        self._step.setInterval(0)
        self._step.timeout.connect(self._read_one)

    def read(self, first: date, last: date) -> None:
        """Begins with everybody who has a visit from the first to the last day. The looking is noted once, as one."""
        from mbc_desktop.records.store_error import StoreError
        from mbc_desktop.records.told import error_text

        self.stop()
        try:
            lines = self._ward.agenda(first, last)
        except StoreError as error:
            self.refused.emit(error_text(error, self._ward.desk.words.texts))
            return
        self._found = {}
        self._waiting = list({line.patient.id: line.patient for line in lines}.values())
        self._wanted = len(self._waiting)
        self._step.start()

    def stop(self) -> None:
        """Reads nothing more."""
        self._step.stop()
        self._waiting = []

    def _read_one(self) -> None:
        if not self._waiting:
            self._step.stop()
            self.finished.emit(tuple(self._found.values()))
            return
        line = self._waiting.pop(0)
        self._found[line.id] = PlannedFile(path=None, patient=line.id, plan=self._plan(line.id))
        self.progressed.emit(len(self._found), self._wanted)

    def _plan(self, patient: int) -> Plan | None:
        from mbc_desktop.planning.files.treatment_error import TreatmentError
        from mbc_desktop.planning.plan_treatment import plan_treatment
        from mbc_desktop.records.plans import request_for_agenda
        from mbc_desktop.records.store_error import StoreError

        ward, session = self._ward, self._ward.desk.session
        if session.library is None:
            return None
        try:
            request = request_for_agenda(ward.store, ward.seat(), patient, today=session.today, library=session.library)
        except (StoreError, TreatmentError):
            return None
        return plan_treatment(request, session.library, session.site)
