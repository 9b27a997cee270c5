"""The tables of the store as the newest migration leaves them. A test compares them with what the migrations make."""

from __future__ import annotations

from sqlalchemy import Column, Computed, ForeignKey, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

METADATA = MetaData()


def _text(name: str, *, nullable: bool = False, unique: bool | None = None) -> Column[str]:
    return Column(name, Text, nullable=nullable, unique=unique)


def _number(name: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=nullable)


def _key() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _to(name: str, table: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=nullable)


SETTING = Table("setting", METADATA, _key(), _text("name", unique=True), _text("value"))

PERSON = Table("person", METADATA, _key(), _text("staff_number", unique=True), _text("name"))

ACCOUNT = Table(
    "account",
    METADATA,
    _key(),
    _to("person_id", "person"),
    _text("login", unique=True),
    _text("role"),
    _text("password_hash"),
    _to("password_by", "person"),
    _number("must_change"),
    _number("active"),
    _number("failures"),
    _text("wait_until", nullable=True),
)

PATIENT = Table(
    "patient",
    METADATA,
    _key(),
    _text("number", unique=True),
    _text("family_name"),
    _text("given_name"),
    _text("birth_date"),
    _text("sex"),
    _text("folded"),
    _number("version"),
)

BASE = Table("base", METADATA, _key(), _to("patient_id", "patient"), _text("content"))

VERSION = Table(
    "version",
    METADATA,
    _key(),
    _to("patient_id", "patient"),
    _number("number"),
    _to("base_id", "base"),
    _text("day"),
    _text("saved_at"),
    _to("saved_by", "account"),
    _text("why"),
    _text("fingerprint"),
    _text("library"),
    _text("site"),
    _text("program"),
    UniqueConstraint("patient_id", "number"),
)

MEASUREMENT = Table(
    "measurement",
    METADATA,
    _key(),
    _to("patient_id", "patient"),
    _number("since"),
    _number("until", nullable=True),
    _number("position"),
    _text("kind"),
    _text("value"),
    _text("unit"),
    _text("measured_on"),
    _text("low", nullable=True),
    _text("high", nullable=True),
    _text("confirmed_reason", nullable=True),
    _text("confirmed_by", nullable=True),
)

EVENT = Table(
    "event",
    METADATA,
    _key(),
    _to("patient_id", "patient"),
    _number("since"),
    _number("until", nullable=True),
    _number("position"),
    _text("event"),
    _text("kind"),
    _text("course"),
    _text("happened_on"),
    _text("content"),
)

PRINT = Table(
    "print",
    METADATA,
    _key(),
    _to("patient_id", "patient"),
    _number("version"),
    _text("fingerprint"),
    _text("document"),
    _text("made_on"),
    _text("made_by"),
    _text("request"),
)

APPROVAL = Table(
    "approval",
    METADATA,
    _key(),
    _to("patient_id", "patient"),
    _text("course"),
    _number("cycle"),
    _text("kind"),
    _text("at"),
    _to("account_id", "account", nullable=True),
    _to("person_id", "person", nullable=True),
    _number("version"),
    _text("content"),
    _text("entries"),
)

EMERGENCY = Table(
    "emergency",
    METADATA,
    _key(),
    _to("account_id", "account"),
    _to("patient_id", "patient"),
    _text("reason"),
    _text("since"),
    _text("until"),
)

DATA_COPY = Table(
    "data_copy", METADATA, _key(), _text("kind"), _text("fingerprint"), Column("content", LargeBinary, nullable=False)
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", Integer, primary_key=True),
    _text("entry"),
    _text("hash"),
    Column("patient_id", Integer, Computed("json_extract(entry, '$.patient')", persisted=False)),
    Column("action", Text, Computed("json_extract(entry, '$.action')", persisted=False)),
)

# What follows from the other tables or is not yet an act; the chain says nothing about it.
VISIT = Table(
    "visit",
    METADATA,
    Column("on_day", Text, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("patient_id", Integer, ForeignKey("patient.id"), primary_key=True),
    _text("listed"),
)

WAITING = Table(
    "waiting",
    METADATA,
    Column("patient_id", Integer, ForeignKey("patient.id"), primary_key=True),
    Column("course", Text, primary_key=True),
    Column("cycle", Integer, primary_key=True),
    _text("state"),
    _text("at"),
    _text("starts"),
    _text("drugs"),
)

DRAFT = Table(
    "draft",
    METADATA,
    Column("account_id", Integer, ForeignKey("account.id"), primary_key=True),
    Column("patient_id", Integer, primary_key=True),
    _text("content"),
    _text("at"),
)

SEALED = (SETTING, PERSON, ACCOUNT, PATIENT, BASE, VERSION, MEASUREMENT, EVENT, PRINT, APPROVAL, EMERGENCY, DATA_COPY)
"""The tables whose every row is sealed by the audit chain."""
