"""Small slips made on purpose in a module: one at a time, each a changed copy of its syntax tree."""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot,
    ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip
CALLS = {
    "add": "subtract", "subtract": "add", "multiply": "divide", "divide": "multiply", "min": "max", "max": "min", "any": "all",
    "all": "any",
}  # fmt: skip


Path = tuple[tuple[str, int | None], ...]
"""Steps from a node to one below it: the field, and the place in it where it holds a list."""

SHOWN = 48
"""Letters shown on either side of a slip."""
_TOKENS = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|\w+|[<>=!*/+-]+|\s|.")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One slip: the function it is in ("" for the module itself), its line, what it makes of what in words, which of those that
    read the same in this function it is, and where the tree is changed how."""

    function: str
    line: int
    what: str
    nth: int
    path: Path
    slip: str

    def key(self) -> str:
        """What names the slip as long as its line reads the same, wherever that line stands."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.function or 'module'}: {self.what}{again}"


@dataclass(frozen=True, slots=True)
class _Site:
    """A place in the tree, the steps to it and to the statement around it, and the slips that it allows."""

    path: Path
    statement: int
    function: str
    line: int
    slips: tuple[str, ...]


def mutants(source: str) -> Iterator[Mutant]:
    """Every slip of a module. Left alone: annotations, docstrings, messages of errors, and the types of records."""
    tree = ast.parse(source)
    seen: Counter[tuple[str, str]] = Counter()
    for site in _sites(tree, (), 0, ""):
        for slip in site.slips:
            what = _in_words(tree, site, slip)
            seen[site.function, what] += 1
            yield Mutant(site.function, site.line, what, seen[site.function, what], site.path, slip)


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """The module with the slip in it."""
    tree = ast.parse(source)
    _apply(tree, mutant.path, mutant.slip)
    return ast.fix_missing_locations(tree)


def _in_words(tree: ast.Module, site: _Site, slip: str) -> str:
    """The line around the slip with what was and what comes: `if value [< -> <=] limit`."""
    statement = _walk(tree, site.path[: site.statement])
    holder = ast.Module(body=[copy.deepcopy(statement)], type_ignores=[])  # type: ignore[list-item]
    before = _TOKENS.findall(ast.unparse(holder))
    _apply(holder, (("body", 0), *site.path[site.statement :]), slip)
    after = _TOKENS.findall(ast.unparse(ast.fix_missing_locations(holder)))
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    was, comes = "".join(before[start : len(before) - end]), "".join(after[start : len(after) - end])
    ahead, behind = "".join(before[:start]).rpartition("\n")[2], "".join(before[len(before) - end :]).partition("\n")[0]
    ahead = f"...{ahead[-SHOWN:]}" if len(ahead) > SHOWN else ahead
    behind = f"{behind[:SHOWN]}..." if len(behind) > SHOWN else behind
    return " ".join(f"{ahead}[{was} -> {comes}]{behind}".split())


def _common(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _walk(node: ast.AST, path: Path) -> ast.AST:
    for name, place in path:
        value = getattr(node, name)
        node = value if place is None else value[place]
    return node


def _sites(node: ast.AST, path: Path, statement: int, function: str) -> Iterator[_Site]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}" if function else node.name
    if isinstance(node, ast.stmt):
        statement = len(path)
    slips = tuple(_slips(node))
    if slips:
        yield _Site(path, statement, function, getattr(node, "lineno", 0), slips)
    for name, value in ast.iter_fields(node):
        if _left_alone(node, name):
            continue
        children = [(value, None)] if isinstance(value, ast.AST) else []
        if isinstance(value, list):
            children = [(item, place) for place, item in enumerate(value) if isinstance(item, ast.AST)]
        for child, place in children:
            if not _is_docstring(node, name, place):
                yield from _sites(child, (*path, (name, place)), statement, function)


def _left_alone(node: ast.AST, field: str) -> bool:
    if field in ("annotation", "returns", "decorator_list", "bases", "keywords") and not isinstance(node, ast.Call):
        return True
    if isinstance(node, ast.Raise | ast.ImportFrom | ast.Import) or _is_literal_type(node):
        return True
    return (isinstance(node, ast.ClassDef) and field != "body") or (isinstance(node, ast.AnnAssign) and field != "value")


def _is_literal_type(node: ast.AST) -> bool:
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal"


def _is_docstring(node: ast.AST, field: str, place: int | None) -> bool:
    if field != "body" or place is None or not hasattr(node, "body"):
        return False
    statement = node.body[place]
    return (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) and isinstance(statement.value.value, str)
    )


def _slips(node: ast.AST) -> Iterator[str]:  # noqa: C901 - one line per kind of slip
    match node:
        case ast.Compare(ops=ops):
            yield from (f"compare {place}" for place, operator in enumerate(ops) if type(operator) in COMPARISONS)
        case ast.BinOp(op=operator) if type(operator) in OPERATORS:
            yield "operator"
        case ast.AugAssign(op=operator) if type(operator) in OPERATORS:
            yield "operator"
        case ast.BoolOp():
            yield "and or"
        case ast.UnaryOp(op=ast.Not()):
            yield "not"
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not _says_not_itself(test):
            yield "negate"
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in CALLS:
            yield f"call {CALLS[name]}"
        case ast.Constant(value=bool()):
            yield "boolean"
        case ast.Constant(value=int()):
            yield "number"
        case ast.Constant(value=str(text)):
            yield "number" if _numeric(text) else "text"
        case ast.Return(value=ast.expr() as value) if not _says_no_already(value):
            yield "nothing"
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))):
            return
        case ast.Expr(value=ast.Call()) | ast.Raise():
            yield "drop"


def _says_no_already(value: ast.expr) -> bool:
    """Whether nothing would be returned, or a plain no, which has a slip of its own."""
    return isinstance(value, ast.Constant) and value.value in (None, False)


def _says_not_itself(test: ast.expr) -> bool:
    """Whether the opposite of a condition is a slip of its own already."""
    opposite = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
    return isinstance(test, ast.UnaryOp) or (
        isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], opposite)
    )


def _numeric(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _another(number: Decimal) -> str:
    """Ten times a part of one, for a rounding step must change its decimals; else one more."""
    return str(number.scaleb(1) if number and abs(number) < 1 else number + 1)


def _apply(tree: ast.AST, path: Path, slip: str) -> None:
    parent, (name, place) = _walk(tree, path[:-1]), path[-1]
    replaced = _changed(_walk(tree, path), slip)
    if place is None:
        setattr(parent, name, replaced)
    else:
        getattr(parent, name)[place] = replaced


def _changed(node: ast.AST, slip: str) -> ast.AST:  # noqa: C901 - one line per kind of slip
    kind, _, which = slip.partition(" ")
    match node:
        case ast.Compare():
            node.ops[int(which)] = COMPARISONS[type(node.ops[int(which)])]()
        case ast.BinOp() | ast.AugAssign():
            node.op = OPERATORS[type(node.op)]()
        case ast.BoolOp():
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp():
            return node.operand
        case ast.If() | ast.IfExp() | ast.While():
            node.test = ast.UnaryOp(op=ast.Not(), operand=node.test)
        case ast.Call(func=ast.Attribute()):
            node.func.attr = which  # type: ignore[attr-defined]
        case ast.Call(func=ast.Name()):
            node.func.id = which  # type: ignore[attr-defined]
        case ast.Constant(value=bool()):
            node.value = not node.value
        case ast.Constant(value=int(number)):
            node.value = number + 1
        case ast.Constant(value=str(text)):
            node.value = _another(Decimal(text)) if kind == "number" else text + "-changed"
        case ast.Return():
            node.value = ast.Constant(value=None)
        case ast.Expr() | ast.Raise():
            return ast.Pass()
    return node
