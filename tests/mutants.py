"""Small slips made on purpose in a module: one at a time, each a changed copy of its syntax tree."""

from __future__ import annotations

import ast
import copy
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


@dataclass(frozen=True)
class Mutant:
    """One slip: the function it is in ("" for the module itself), its line, what it does, and the tree with it."""

    function: str
    line: int
    what: str
    tree: ast.Module


@dataclass(frozen=True)
class _Site:
    """A place in the tree, as the steps to it, and the names of the slips that it allows."""

    path: tuple[tuple[str, int | None], ...]
    function: str
    line: int
    slips: tuple[str, ...]


def mutants(source: str) -> Iterator[Mutant]:
    """Every slip of a module. Left alone: annotations, docstrings, messages of errors, and the fields of records."""
    tree = ast.parse(source)
    for site in _sites(tree, (), ""):
        for slip in site.slips:
            changed = copy.deepcopy(tree)
            _apply(changed, site, slip)
            yield Mutant(site.function, site.line, slip, ast.fix_missing_locations(changed))


def _sites(node: ast.AST, path: tuple[tuple[str, int | None], ...], function: str) -> Iterator[_Site]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = f"{function}.{node.name}" if function else node.name
    slips = tuple(_slips(node))
    if slips:
        yield _Site(path, function, getattr(node, "lineno", 0), slips)
    for name, value in ast.iter_fields(node):
        if _left_alone(node, name):
            continue
        children = [(value, None)] if isinstance(value, ast.AST) else []
        if isinstance(value, list):
            children = [(item, place) for place, item in enumerate(value) if isinstance(item, ast.AST)]
        for child, place in children:
            if not _is_docstring(node, name, place):
                yield from _sites(child, (*path, (name, place)), function)


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
        case ast.If() | ast.IfExp() | ast.While():
            yield "negate"
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in CALLS:
            yield f"call {CALLS[name]}"
        case ast.Constant(value=bool()):
            yield "boolean"
        case ast.Constant(value=int()):
            yield "number"
        case ast.Constant(value=str(text)):
            yield "number" if _numeric(text) else "text"
        case ast.Return(value=ast.expr()):
            yield "nothing"
        case ast.Expr(value=ast.Call()):
            yield "drop"


def _numeric(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _apply(tree: ast.Module, site: _Site, slip: str) -> None:
    parent: ast.AST = tree
    node: ast.AST = tree
    for name, place in site.path:
        parent = node
        value = getattr(node, name)
        node = value if place is None else value[place]
    replaced = _changed(node, slip)
    if replaced is not node:
        name, place = site.path[-1]
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
            node.value = str(Decimal(text) + 1) if kind == "number" else text + "-changed"
        case ast.Return():
            node.value = ast.Constant(value=None)
        case ast.Expr():
            return ast.Pass()
    return node
