"""The first schema."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_DAY = "GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'"


def _decimal(name: str) -> str:
    """Digits with at most one point inside: never a sign, a comma, an exponent or a word."""
    return f"({name} GLOB '[0-9]*' AND {name} NOT GLOB '*[^0-9.]*' AND {name} NOT GLOB '*.*.*' AND {name} NOT GLOB '*.')"


STEPS = (
    "CREATE TABLE setting (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT",
    "CREATE TABLE person (id INTEGER PRIMARY KEY, staff_number TEXT NOT NULL UNIQUE CHECK (staff_number <> ''),"
    " name TEXT NOT NULL CHECK (name <> '')) STRICT",
    "CREATE TABLE account (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person(id),"
    " login TEXT NOT NULL UNIQUE CHECK (login <> ''), role TEXT NOT NULL CHECK (role IN"
    " ('nurse', 'pharmacist', 'prescriber', 'radiotherapy', 'read_only', 'administrator')),"
    " password_hash TEXT NOT NULL CHECK (password_hash LIKE '$argon2id$%'),"
    " password_by INTEGER NOT NULL REFERENCES person(id), must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),"
    " active INTEGER NOT NULL CHECK (active IN (0, 1)), failures INTEGER NOT NULL CHECK (failures >= 0), wait_until TEXT) STRICT",
    "CREATE TABLE patient (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE CHECK (number <> ''),"
    " family_name TEXT NOT NULL CHECK (family_name <> ''), given_name TEXT NOT NULL CHECK (given_name <> ''),"
    f" birth_date TEXT NOT NULL CHECK (birth_date {_DAY}), sex TEXT NOT NULL CHECK (sex IN ('female', 'male')),"
    " folded TEXT NOT NULL, version INTEGER NOT NULL CHECK (version >= 0)) STRICT",
    "CREATE TABLE base (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient(id),"
    " content TEXT NOT NULL CHECK (json_valid(content))) STRICT",
    "CREATE INDEX base_patient ON base (patient_id)",
    "CREATE TABLE version (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient(id),"
    " number INTEGER NOT NULL CHECK (number > 0), base_id INTEGER NOT NULL REFERENCES base(id),"
    f" day TEXT NOT NULL CHECK (day {_DAY}), saved_at TEXT NOT NULL,"
    " saved_by INTEGER NOT NULL REFERENCES account(id), why TEXT NOT NULL, fingerprint TEXT NOT NULL, library TEXT NOT NULL,"
    " site TEXT NOT NULL, program TEXT NOT NULL, UNIQUE (patient_id, number)) STRICT",
    "CREATE TABLE measurement (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient(id),"
    " since INTEGER NOT NULL, until INTEGER CHECK (until > since), position INTEGER NOT NULL, kind TEXT NOT NULL,"
    f" value TEXT NOT NULL CHECK {_decimal('value')}, unit TEXT NOT NULL CHECK (unit <> ''),"
    f" measured_on TEXT NOT NULL CHECK (measured_on {_DAY}), low TEXT CHECK {_decimal('low')}, "
    f" high TEXT CHECK {_decimal('high')},"
    " confirmed_reason TEXT, confirmed_by TEXT) STRICT",
    "CREATE INDEX measurement_patient ON measurement (patient_id, position)",
    "CREATE TABLE event (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient(id), since INTEGER NOT NULL,"
    " until INTEGER CHECK (until > since), position INTEGER NOT NULL, event TEXT NOT NULL, kind TEXT NOT NULL,"
    f" course TEXT NOT NULL, happened_on TEXT NOT NULL CHECK (happened_on {_DAY}),"
    " content TEXT NOT NULL CHECK (json_valid(content))) STRICT",
    "CREATE INDEX event_patient ON event (patient_id, position)",
    "CREATE TABLE print (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient(id), version INTEGER NOT NULL,"
    f" fingerprint TEXT NOT NULL, document TEXT NOT NULL, made_on TEXT NOT NULL CHECK (made_on {_DAY}), made_by TEXT NOT NULL,"
    " request TEXT NOT NULL) STRICT",
    "CREATE INDEX print_patient ON print (patient_id)",
    "CREATE TABLE approval (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient(id), course TEXT NOT NULL,"
    " cycle INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('computed', 'verified', 'difference', 'released', 'voided')),"
    " at TEXT NOT NULL, account_id INTEGER REFERENCES account(id), person_id INTEGER REFERENCES person(id),"
    " version INTEGER NOT NULL, content TEXT NOT NULL CHECK (json_valid(content)), "
    " entries TEXT NOT NULL CHECK (json_valid(entries)),"
    " CHECK (kind = 'voided' OR (account_id IS NOT NULL AND person_id IS NOT NULL))) STRICT",
    "CREATE INDEX approval_patient ON approval (patient_id)",
    "CREATE TABLE emergency (id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account(id),"
    " patient_id INTEGER NOT NULL REFERENCES patient(id), reason TEXT NOT NULL CHECK (length(reason) >= 10),"
    " since TEXT NOT NULL, until TEXT NOT NULL) STRICT",
    "CREATE TABLE data_copy (id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('library', 'site')),"
    " fingerprint TEXT NOT NULL, content BLOB NOT NULL, UNIQUE (kind, fingerprint)) STRICT",
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL CHECK (json_valid(entry)),"
    " hash TEXT NOT NULL CHECK (length(hash) = 64),"
    " patient_id INTEGER GENERATED ALWAYS AS (json_extract(entry, '$.patient')) VIRTUAL,"
    " action TEXT GENERATED ALWAYS AS (json_extract(entry, '$.action')) VIRTUAL) STRICT",
    "CREATE INDEX audit_patient ON audit (patient_id) WHERE patient_id IS NOT NULL",
    # Against accidents only: whoever owns the file can drop a trigger. The chain is what shows it.
    "CREATE TRIGGER audit_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never changed'); END",
    "CREATE TRIGGER audit_never_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never shortened'); END",
    f"CREATE TABLE visit (on_day TEXT NOT NULL CHECK (on_day {_DAY}), unit TEXT NOT NULL,"
    " patient_id INTEGER NOT NULL REFERENCES patient(id), listed TEXT NOT NULL CHECK (json_valid(listed)),"
    " PRIMARY KEY (on_day, unit, patient_id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX visit_patient ON visit (patient_id)",
    "CREATE TABLE draft (account_id INTEGER NOT NULL REFERENCES account(id), patient_id INTEGER NOT NULL,"
    " content TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (account_id, patient_id)) STRICT, WITHOUT ROWID",
)


def upgrade() -> None:
    """Makes every table."""
    for step in STEPS:
        op.execute(step)


def downgrade() -> None:
    """Never: a store goes forward, and an older one comes back from its backup."""
    raise RuntimeError("a store is never taken back to an older schema")
