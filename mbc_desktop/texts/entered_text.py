"""What one saving of a treatment entered or took away, in words: a measured value, an event, a part of the treatment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from mbc_desktop.texts.texts import Texts


def entered_text(row: Mapping[str, Any], texts: Texts) -> str:
    """A row of the records: "gewicht 68 kg (za 14/03/2026)", "uitgesteld, docetaxel, bijwerkingen (ma 16/03/2026)"."""
    if "value" in row:
        amount = texts.amount(Decimal(row["value"]), row["unit"])
        return f"{_word('fact', row['kind'], texts)} {amount} ({_day(row['measured_on'], texts)})"
    event = json.loads(row["content"])
    why = [_word("reason", event["reason"], texts)] if event.get("reason") else []
    about = [event["drug"]] if event.get("drug") and event["drug"] in texts.drug_names else []
    named = ", ".join([_word("event", row["kind"], texts), *(texts.drug(drug) for drug in about), *why, event.get("note", "")])
    return f"{named.removesuffix(', ')} ({_day(row['happened_on'], texts)})"


def part_text(part: str, texts: Texts) -> str:
    """A part of the treatment file that changed: "behandelingen"."""
    return _word("records.part", part, texts)


def _word(table: str, name: str, texts: Texts) -> str:
    key = f"{table}.{name}"
    return texts.word(key) if texts.has(key) else name


def _day(text: str, texts: Texts) -> str:
    return texts.short_date(date.fromisoformat(text))
