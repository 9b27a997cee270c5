"""What waits for a second person, ready for the list of the day; and indexes for look-alikes and for what asks for a review."""

from __future__ import annotations

import json
from typing import Any

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STEPS = (
    "CREATE TABLE waiting (patient_id INTEGER NOT NULL REFERENCES patient(id), course TEXT NOT NULL, cycle INTEGER NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('computed', 'verified', 'difference')), at TEXT NOT NULL, starts TEXT NOT NULL,"
    " drugs TEXT NOT NULL CHECK (json_valid(drugs)), PRIMARY KEY (patient_id, course, cycle)) STRICT, WITHOUT ROWID",
    "CREATE INDEX patient_folded ON patient (folded)",
    "CREATE INDEX patient_born ON patient (birth_date)",
    "CREATE INDEX audit_notable ON audit (action) WHERE action IN ('take_emergency_access', 'sign_in_refused',"
    " 'manage_accounts', 'change_settings', 'change_passphrase', 'restored', 'export_record', 'schema_changed')",
    "CREATE INDEX audit_given ON audit (seq) WHERE json_extract(entry, '$.details.given_unreleased') IS NOT NULL",
)


def upgrade() -> None:
    """Makes the table and fills it from the signatures that are there."""
    for step in STEPS:
        op.execute(step)
    connection = op.get_bind()
    found: dict[tuple[int, str, int], list[Any]] = {}
    query = "SELECT patient_id, course, cycle, kind, at, content FROM approval ORDER BY id"
    for row in connection.exec_driver_sql(query):
        found.setdefault((row[0], row[1], row[2]), []).append((row[3], row[4], row[5]))
    for key, steps in found.items():
        state = _state([kind for kind, _, _ in steps])
        if state:
            lines = json.loads(next(content for kind, _, content in reversed(steps) if kind != "voided"))["lines"]
            starts = min((line["first"] for line in lines if line["first"]), default="")
            begun = [line["drug"] for line in lines if line["first"]]
            drugs = json.dumps(list(dict.fromkeys(begun or [line["drug"] for line in lines])))
            values = (*key, state, steps[-1][1], starts, drugs)
            connection.exec_driver_sql("INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def _state(kinds: list[str]) -> str:
    """Where a cycle stands, when somebody is waited for; a difference stays one until an entry agrees."""
    weighty = [kind for kind in kinds if kind in ("verified", "difference")]
    if weighty[-1:] == ["difference"]:
        return "difference"
    return kinds[-1] if kinds[-1] in ("computed", "verified") else ""


def downgrade() -> None:
    """Never: a store goes forward, and an older one comes back from its backup."""
    raise RuntimeError("a store is never taken back to an older schema")
