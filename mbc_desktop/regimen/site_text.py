"""Writing a hospital's site.toml: the text that read_site gives back unchanged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from mbc_desktop.regimen.decision import Answer
from mbc_desktop.regimen.site import Closure, Site, Stocked

_KEYS: Mapping[type, Mapping[str, str]] = MappingProxyType({Closure: {"first": "from", "last": "until"}})
HEADING = "# The file of one hospital, written by mbc_desktop. Everything may be left out."


def write_site(site: Site) -> str:
    """The hospital as TOML, ending in a line break: single values first, then the answers, then one table for each record.
    Its approvals are not among them: they stand in approvals.toml, and a site file that holds them is refused. Raises TypeError
    for a value that a site file has no form for."""
    values = {item.name: getattr(site, item.name) for item in fields(site) if item.name != "approvals"}
    lines = [HEADING, *(f"{name} = {_plain(value)}" for name, value in values.items() if value and _is_plain(value))]
    if site.answers:
        lines += ["", "[decisions]", *(f"{answer.key} = {_answer(answer)}" for answer in site.answers)]
    for name, value in values.items():
        if name not in ("answers", "formulary") and value and not _is_plain(value):
            lines += _tables(name, value)
    for stocked in site.formulary:
        lines += _stocked(stocked)
    return "\n".join(lines) + "\n"


def _tables(name: str, value: object) -> Iterator[str]:
    for record in value if isinstance(value, tuple) else (value,):
        if not is_dataclass(record):
            raise TypeError(f"{name} is no record of a site file")
        yield ""
        yield f"[[{name}]]" if isinstance(value, tuple) else f"[{name}]"
        own = _KEYS.get(type(record), {})
        for item in fields(record):
            entry = getattr(record, item.name)
            if entry is not None and entry != ():
                yield f"{own.get(item.name, item.name)} = {_plain(entry)}"


def _stocked(item: Stocked) -> Iterator[str]:
    """The formulary's own form: one table named after each drug, the pack sizes by form within it."""
    yield ""
    yield f"[formulary.{item.drug}]"
    if item.products:
        yield f"products = {_plain(item.products)}"
    if item.rounding:
        yield f"rounding = {_plain(item.rounding)}"
    if item.packs:
        yield f"packs = {{ {', '.join(f'{form} = {size}' for form, size in item.packs)} }}"


def _answer(answer: Answer) -> str:
    if not answer.by and not answer.on:
        return _plain(answer.value)
    parts = [f"value = {_plain(answer.value)}"]
    parts += [f"by = {_plain(answer.by)}"] if answer.by else []
    parts += [f"on = {answer.on}"] if answer.on else []
    return f"{{ {', '.join(parts)} }}"


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | Decimal | date) or (isinstance(value, tuple) and all(map(_is_plain, value)))


def _plain(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # A JSON text is a TOML text; the one character that only JSON allows bare is written as an escape.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case date():
            return value.isoformat()
        case int() | Decimal():
            return str(value)
        case tuple():
            return f"[{', '.join(map(_plain, value))}]"
        case _:
            raise TypeError(f"a site file has no form for {type(value).__name__}")
