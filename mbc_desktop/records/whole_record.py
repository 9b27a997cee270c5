"""The whole record of one patient as plain data: every version, value, event, print, approval and link of the chain."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from mbc_desktop.records.acts import SignedIn, act, require
from mbc_desktop.records.audit_chain import head_code
from mbc_desktop.records.history import all_versions, entered_by
from mbc_desktop.records.plans import pieces_of
from mbc_desktop.records.release import approvals_json
from mbc_desktop.records.reports import audit_of
from mbc_desktop.records.store import Store, stamp
from mbc_desktop.records.store_error import StoreError
from mbc_desktop.records.tables import PATIENT, PRINT
from mbc_desktop.records.treatment_rows import joined

Json = dict[str, Any]


def whole_record(store: Store, who: SignedIn, patient: int) -> Json:
    """Everything the store knows about a patient; that it was exported is part of the chain, and of the export. Raises StoreError
    (no_patient)."""
    require(store, who, "export_record", patient=patient)
    row = store.first(select(PATIENT).where(PATIENT.c.id == patient))
    if row is None:
        raise StoreError("no_patient", patient=str(patient))
    with act(store, who, "export_record", patient=patient):
        pass
    known = all_versions(store, patient)
    prints = store.rows(select(PRINT).where(PRINT.c.patient_id == patient).order_by(PRINT.c.id))
    return {
        "format": 1,
        "exported_at": stamp(store.now()),
        "exported_by": who.name,
        "store": store.header.id,
        "audit_head": head_code(store.head()),
        "patient": {name: row._mapping[name] for name in ("number", "family_name", "given_name", "birth_date", "sex")},
        "treatment": json.loads(joined(pieces_of(store, patient, row.version))) if row.version else {},
        "versions": [
            asdict(one) | {"day": one.day.isoformat(), "entered": asdict(entered_by(store, patient, one.number))} for one in known
        ],
        "prints": [
            {
                "fingerprint": one.fingerprint,
                "document": one.document,
                "on": one.made_on,
                "by": one.made_by,
                "version": one.version,
            }
            for one in prints
        ],
        "approvals": approvals_json(store, patient),
        "audit": [asdict(line) for line in audit_of(store, patient)],
    }
