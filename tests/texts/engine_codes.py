"""Every code that the engine's source can put into a plan, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mbc_desktop

PACKAGE = Path(mbc_desktop.__file__).parent
ENGINE = ("core", "patient", "regimen", "dosing", "planning")


@dataclass(frozen=True)
class FindingCall:
    """One call of finding(): the codes it can have, the names of its values, and whether more names are added by **."""

    place: str
    codes: tuple[str, ...]
    values: frozenset[str]
    open_ended: bool


def finding_calls() -> list[FindingCall]:
    """All calls of finding() in the engine."""
    return [call for path in _sources() for call in _in_file(path)]


def step_rules() -> frozenset[str]:
    """The rules of steps that the engine names itself; a drug's own adjustment rules come from the data."""
    rules: set[str] = set()
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) == "add_step" and len(node.args) > 1:
                rules |= set(_texts(node.args[1]))
            if isinstance(node, ast.Call) and _name(node) == "Step":
                rules |= {text for keyword in node.keywords if keyword.arg == "rule" for text in _texts(keyword.value)}
    return frozenset(rules)


def _sources() -> Iterator[Path]:
    for package in ENGINE:
        yield from sorted((PACKAGE / package).rglob("*.py"))


def _in_file(path: Path) -> Iterator[FindingCall]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _name(node) == "finding" and node.args:
                names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                open_ended = any(keyword.arg is None for keyword in node.keywords)
                place = f"{path.name}:{node.lineno}"
                yield FindingCall(place, tuple(_codes(node.args[0], function)), names, open_ended)


def _codes(code: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    if not isinstance(code, ast.Name):
        yield from _texts(code)
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == code.id for target in node.targets):
            yield from _texts(node.value)


def _texts(node: ast.expr) -> Iterator[str]:
    """The literal texts an expression can be; none when it is read from the data."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(body)
            yield from _texts(other)
        case _:
            return


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""
