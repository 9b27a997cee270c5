"""Entering further events in a treatment file: what else stands in it stays as it is."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from typing import cast

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_text import event_json
from mbc_desktop.planning.request import Event

Json = dict[str, object]


def read_entries(text: str, *, today: date, taken: frozenset[str]) -> tuple[Json, ...]:
    """The events in a text of JSON: one, or a list of them, with the keys of a treatment file. One without an `id` gets the next
    free one (`taken` are those of the file), one without `on` is of today. Raises TreatmentError when it is no such text; whether
    the events make sense is seen when the file with them is read."""
    try:
        content = json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        raise TreatmentError("event", "NOT_JSON", "not valid JSON: write one event, or a list of events") from None
    entries = content if isinstance(content, list) else [content]
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise TreatmentError("event", "BAD_VALUE", "write one event, or a list of events")
    made: list[Json] = []
    names = set(taken) | {str(entry["id"]) for entry in entries if "id" in entry}
    for entry in entries:
        name = entry.get("id") or next(f"e{number}" for number in range(1, len(names) + 2) if f"e{number}" not in names)
        names.add(str(name))
        made.append({"id": name, "on": today.isoformat(), **{key: value for key, value in entry.items() if key != "id"}})
    return tuple(made)


def entries_of(events: tuple[Event, ...]) -> tuple[Json, ...]:
    """The events of a proposal as a file has them."""
    return tuple(event_json(event) for event in events)


def file_with_events(text: str, entries: tuple[Json, ...]) -> str:
    """The text of a treatment file (JSON, or TOML with the same keys) with these events behind its own. Raises TreatmentError for
    a TOML file that writes its events on one line."""
    if text.removeprefix("\ufeff").lstrip().startswith("{"):
        content: Json = json.loads(text.removeprefix("\ufeff"))
        content["events"] = [*cast(list[object], content.get("events", [])), *entries]
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    made = f"{text.rstrip()}\n{''.join(_table(entry) for entry in entries)}"
    try:
        tomllib.loads(made)
    except tomllib.TOMLDecodeError:
        raise TreatmentError("events", "BAD_VALUE", "in TOML each event is a table of its own: [[events]]") from None
    return made


def _table(entry: Json) -> str:
    # A text of JSON is a basic string of TOML, and so is a whole number.
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items())
    return "\n".join(("", "[[events]]", *lines, ""))
