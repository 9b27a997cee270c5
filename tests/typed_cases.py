"""The cases of typed texts: what a field makes of them, on Monday 2 March 2026.

tests/cases/typed_fields.json holds the corpus of bad input, typed_fields_more.json our own cases: both sides of every limit,
every reason of the grammar, dates counted by hand (2 March 2026 minus 7, 28, 90, 180 days is 23 February, 2 February, 2 December
2025 and 3 September 2025; minus 3653 days is 1 March 2016; plus 60, 366 and 1096 days is 1 May 2026, 3 March 2027 and 2
March 2029)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TODAY = date(2026, 3, 2)
LOCALES = ("nl_BE", "fr_BE", "de_DE", "en_GB")
CASES = Path(__file__).parent / "cases"
# The corpus itself, where it lies beside the checkout.
SHARED = CASES.parents[2] / "shared" / "vectors" / "bad_inputs.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCase:
    """One text in one field and what must come of it."""

    field: str
    text: str
    verdict: str
    value: str | None
    reason: str | None
    context: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.field}:{self.text[:24]!a}"


def typed_cases() -> tuple[TypedCase, ...]:
    """Both files of cases."""
    rows = [row for name in ("typed_fields", "typed_fields_more") for row in json.loads((CASES / f"{name}.json").read_bytes())]
    return tuple(_case(row) for row in rows)


def shared_cases() -> tuple[TypedCase, ...]:
    """The corpus beside the checkout; empty where there is none."""
    if not SHARED.is_file():
        return ()
    rows = json.loads(SHARED.read_bytes())["field_cases"]
    return tuple(
        _case({"field": row["field"], "text": row["input"], "context": row.get("context", {}), **row["expect"]}) for row in rows
    )


def _case(row: dict[str, object]) -> TypedCase:
    text, value = row.get("text"), row.get("value")
    if "repeat" in row:
        character, times = row["repeat"]  # type: ignore[misc]
        text = character * times
        value = text if row["verdict"] == "accept" else None
    context = tuple(dict(row.get("context") or {}).items())  # type: ignore[call-overload]
    return TypedCase(
        field=str(row["field"]),
        text=str(text),
        verdict=str(row["verdict"]),
        value=None if value is None else str(value),
        reason=None if row.get("reason") is None else str(row["reason"]),
        context=context,
    )
