"""What a reading says in words: the value understood, and why a text is refused or asked about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mbc_desktop.core.reading import Detail, Reading, Verdict, text_key
from mbc_desktop.patient.cross_checks import Objection
from mbc_desktop.texts import Texts

AnyReading = Reading[Decimal] | Reading[date] | Reading[str]

# Details that are counts or per cent, not amounts in the unit of the field.
_PLAIN = ("decimals", "percent")


def echo_text(texts: Texts, value: Decimal | date | str, unit: str) -> str:
    """The value as it was understood: "70,5 kg", "woensdag 4 maart 2026"; a text needs no echo."""
    match value:
        case Decimal():
            return texts.amount(value, unit) if unit else texts.number(value)
        case date():
            return texts.long_date(value)
        case _:
            return ""


def objection_text(texts: Texts, said: AnyReading | Objection, *, kind: str = "") -> str:
    """The sentences for the reason of a reading or a cross-check and for what else it mentions; "" when accepted. `kind` is the
    kind of text field (name, patient_number, ...), where a reason reads differently in each."""
    if said.reason is None:
        return ""
    also, unit = (said.also, said.unit) if isinstance(said, Reading) else ((), "")
    values = _values(texts, dict(said.details), unit)
    # Of a refused text the mentioned unit says more than the decimals that it was refused for.
    codes = (*also, said.reason) if said.verdict == "reject" else (said.reason, *also)
    sentences = [texts.say(_key(texts, code, kind, said.verdict), **values) for code in codes]
    return " ".join(dict.fromkeys(sentences))


def _key(texts: Texts, code: str, kind: str, verdict: Verdict) -> str:
    """The key of the sentence: the field's own where there is one, and the refusal's own where a question reads differently."""
    key = f"input.{text_key(code)}"
    refused = "refused" if verdict == "reject" else ""
    return next((own for own in (f"{key}_{kind}", f"{key}_{refused}") if texts.has(own)), key)


def _values(texts: Texts, details: Mapping[str, Detail], unit: str) -> dict[str, str]:
    values = {name: _value(texts, name, detail, unit) for name, detail in details.items()}
    # The number as typed, in the unit that it is suspected to be in.
    number = details.get("value", details.get("as_decimal"))
    other = details.get("other_unit")
    if isinstance(number, Decimal) and isinstance(other, str) and other:
        values["in_other_unit"] = texts.amount(number, other)
    return values


def _value(texts: Texts, name: str, detail: Detail, unit: str) -> str:
    match detail:
        case Decimal():
            return texts.number(detail) if name in _PLAIN or not unit else texts.amount(detail, unit)
        case date():
            return texts.long_date(detail)
        case int():
            return texts.number(detail)
        case _:
            return texts.unit(detail) if name in ("unit", "other_unit") else detail
