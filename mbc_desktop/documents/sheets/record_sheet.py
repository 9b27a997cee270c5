"""The whole record of a patient on paper: what was saved, signed, printed and seen, by whom and when. Composed from plain data,
as the store exports them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mbc_desktop.documents.blocks import Block, Column, Document, Frame, Heading, Row, Table, phrase, strong
from mbc_desktop.texts import Texts, Value
from mbc_desktop.texts.entered_text import entered_text, part_text

DOCUMENT_ID = "record"

Json = Mapping[str, Any]


def compose_record(record: Json, texts: Texts) -> Document:
    """The record as a staff document in the language of `texts`."""
    return Document(
        id=DOCUMENT_ID,
        name=_say(texts, "name"),
        language=texts.language,
        audience="staff",
        landscape=True,
        frame=_frame(record, texts),
        blocks=tuple(_blocks(record, texts)),
    )


def _say(texts: Texts, key: str, **values: Value) -> str:
    return texts.say(f"records.sheet.{key}", **values)


def _frame(record: Json, texts: Texts) -> Frame:
    patient = record["patient"]
    return Frame(
        identity=(
            f"{patient['family_name'].upper()} {patient['given_name']}",
            _say(texts, "born", day=patient["birth_date"]),
            _say(texts, "number", number=patient["number"]),
        ),
        place="",
        name=_say(texts, "name"),
        page=texts.word("sheet.page"),
        calls=(),
        rules=(),
        marks=(
            _say(texts, "made", at=_moment(record["exported_at"]), by=record["exported_by"]),
            _say(texts, "head", code=record["audit_head"]),
        ),
        code="",
    )


def _blocks(record: Json, texts: Texts) -> Iterator[Block]:
    yield from _table(
        texts, "versions", ("when", "who", "why", "entered", "taken_away"), [_version(one, texts) for one in record["versions"]]
    )
    yield from _table(
        texts, "approvals", ("when", "who", "what", "course", "cycle"), [_approval(one, texts) for one in record["approvals"]]
    )
    yield from _table(texts, "prints", ("when", "who", "what", "code"), [_print(one, texts) for one in record["prints"]])
    yield from _table(texts, "audit", ("when", "who", "what", "why"), [_link(one, texts) for one in record["audit"]])


_SHARES = {"when": 16, "who": 22, "why": 40, "what": 34, "entered": 50, "taken_away": 30, "course": 20, "cycle": 10, "code": 60}


def _table(texts: Texts, title: str, columns: Sequence[str], rows: list[tuple[str, ...]]) -> Iterator[Block]:
    if not rows:
        return
    yield Heading(text=_say(texts, title))
    yield Table(
        columns=tuple(Column(title=_say(texts, name), share=_SHARES[name]) for name in columns),
        rows=tuple(Row(cells=(strong(first), *(phrase(cell) for cell in rest))) for first, *rest in rows),
    )


def _version(one: Json, texts: Texts) -> tuple[str, ...]:
    entered = one["entered"]
    added = [*(entered_text(row, texts) for row in entered["added"]), *(part_text(part, texts) for part in entered["parts"])]
    return (
        _moment(one["saved_at"]),
        _who(one["by"], one["role"], texts),
        one["why"],
        "; ".join(added),
        _listed(entered["removed"], texts),
    )


def _listed(rows: Sequence[Json], texts: Texts) -> str:
    return "; ".join(entered_text(row, texts) for row in rows)


def _approval(one: Json, texts: Texts) -> tuple[str, ...]:
    return (_moment(one["at"]), one["by"], texts.word(f"records.state.{one['kind']}"), one["course"], str(one["cycle"]))


def _print(one: Json, texts: Texts) -> tuple[str, ...]:
    key = f"sheet_check.document.{one['document']}"
    return (
        texts.short_date(date.fromisoformat(one["on"])),
        one["by"],
        texts.word(key) if texts.has(key) else one["document"],
        one["fingerprint"][:32],
    )


def _link(one: Json, texts: Texts) -> tuple[str, ...]:
    what = texts.word(f"records.action.{one['action']}")
    if one["emergency"]:
        what = f"{what} ({_say(texts, 'emergency')})"
    return (_moment(one["at"]), _who(one["by"], one["role"], texts), what, str(dict(one["details"]).get("why", "")))


def _who(name: str, role: str, texts: Texts) -> str:
    return f"{name}, {texts.word(f'records.role.{role}')}" if role else name


def _moment(text: str) -> str:
    """2026-03-16T09:00:00.123Z as day and minute; the sheet says that it is UTC."""
    return f"{text[8:10]}/{text[5:7]}/{text[:4]} {text[11:16]}"
