"""The rules of the house as functions from source text to broken rules.

Every function takes the path of a module inside the repository and its source, and returns one line for each place that
breaks the rule, so that a test can show it a bad source as easily as the real ones.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "mbc_desktop"
ENGINE = ("core", "patient", "regimen", "dosing", "planning")

# Library -> the packages and modules of mbc_desktop that may import it.
HOMES = {
    "PySide6": ("ui", "demo"),
    "shiboken6": ("ui",),
    "reportlab": ("documents",),
    "icalendar": ("documents",),
    "sqlalchemy": ("records",),
    "alembic": ("records",),
    "sqlcipher3": ("records",),
    "psycopg": ("records",),
}
# Expansion of recurrence rules skips months that have no 31st, and the free date parser guesses.
NOWHERE = ("dateutil.rrule", "dateutil.parser")
WITHOUT_ORDER = ("time", "random", "secrets", "uuid", "locale", "gettext", "babel", "cmath", "numpy")
CLOCK = ("now", "utcnow", "fromtimestamp")
EXACT_MATH = ("ceil", "floor", "gcd", "lcm", "comb", "perm", "prod", "isqrt", "factorial")
FILE_CALLS = ("read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "unlink", "mkdir")
# These read a locale's grouping as a decimal mark or change the number under the mouse wheel.
UNSAFE_NUMBER_WIDGETS = ("QDoubleSpinBox", "QDoubleValidator", "toDouble", "toFloat")
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common"}
# Documented once, at the base class of every table of a file.
INHERITED = "to_record"
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplemented(Error)?)\b")

FUNCTION_LINES = 40
MODULE_LINES = 300
PAGE_LINES = 200

Broken = list[str]


def modules() -> list[tuple[PurePosixPath, str]]:
    """Every module of the program with its source."""
    paths = sorted((ROOT / PACKAGE).rglob("*.py"))
    return [(PurePosixPath(path.relative_to(ROOT).as_posix()), path.read_text(encoding="utf-8")) for path in paths]


def room_of(path: PurePosixPath) -> str:
    """The package or top-level module that the file belongs to: `mbc_desktop/core/quantity.py` is in `core`."""
    inside = path.relative_to(PACKAGE)
    return inside.parts[0].removesuffix(".py")


def layers() -> list[set[str]]:
    """The rooms from top to bottom, as pyproject.toml gives them to import-linter."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    return [{name.strip(" ()").removeprefix(f"{PACKAGE}.") for name in re.split("[|:]", line)} for line in contract["layers"]]


def imported(path: PurePosixPath, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything the module imports, imports inside functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*path.parts[: -node.level], *([base] if base else [])])
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"


def is_part_of(name: str, library: str) -> bool:
    """Whether the dotted name is the library or something inside it."""
    return name == library or name.startswith(f"{library}.")


def wrong_directions(path: PurePosixPath, source: str) -> Broken:
    """Imports of a room that is not below the importing one."""
    order = layers()
    level = {room: number for number, rooms in enumerate(order) for room in rooms}
    room = room_of(path)
    if room == "__init__":
        return [f"{path}:{line}: the package itself imports {name}" for line, name in imported(path, ast.parse(source))]
    if room not in level:
        return [f"{path}: '{room}' has no place among the layers of pyproject.toml"]
    broken = []
    for line, name in imported(path, ast.parse(source)):
        parts = name.split(".")
        if parts[0] != PACKAGE or len(parts) < 2 or parts[1] in (room, "__version__"):
            continue
        if level.get(parts[1], -1) <= level[room]:
            broken.append(f"{path}:{line}: {room} imports {name}")
    return broken


def strangers(path: PurePosixPath, source: str) -> Broken:
    """Libraries outside the room they belong to; pydantic outside the file boundary."""
    broken = []
    for line, name in imported(path, ast.parse(source)):
        for library, homes in HOMES.items():
            if is_part_of(name, library) and room_of(path) not in homes:
                broken.append(f"{path}:{line}: {library} belongs in {', '.join(homes)}")
        if any(is_part_of(name, library) for library in NOWHERE):
            broken.append(f"{path}:{line}: {name} is used nowhere")
        if is_part_of(name, "pydantic") and not path.stem.endswith("_file"):
            broken.append(f"{path}:{line}: pydantic belongs in the modules named *_file.py")
    return broken


def impurities(path: PurePosixPath, source: str) -> Broken:
    """Clock, chance, language, files and binary fractions in the engine."""
    if room_of(path) not in ENGINE:
        return []
    tree = ast.parse(source)
    broken = [
        f"{path}:{line}: the engine imports {name}"
        for line, name in imported(path, tree)
        if any(is_part_of(name, library) for library in WITHOUT_ORDER)
    ]
    for node in ast.walk(tree):
        found = impurity_of(path, node)
        if found:
            broken.append(f"{path}:{getattr(node, 'lineno', 0)}: {found} in the engine")
    return broken


def impurity_of(path: PurePosixPath, node: ast.AST) -> str:
    """What makes this node unfit for the engine, or an empty text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
        return f"the binary fraction {node.value}"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id in ("float", "round", "complex"):
            return f"{node.func.id}()"
        if node.func.id in ("open", "print", "input") and not may_touch_files(path):
            return f"{node.func.id}()"
    # A call: `request.today` is the day that was passed in, `date.today()` asks the clock.
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "today":
        return "today()"
    if isinstance(node, ast.Attribute):
        if node.attr in CLOCK:
            return f".{node.attr}"
        if isinstance(node.value, ast.Name) and node.value.id == "math" and node.attr not in EXACT_MATH:
            return f"math.{node.attr}"
        if node.attr in FILE_CALLS and not may_touch_files(path):
            return f".{node.attr}"
    return ""


def may_touch_files(path: PurePosixPath) -> bool:
    """Crash-safe writing lives in core/files.py, reading schedules/ in the loader of regimen."""
    return path.name == "files.py" or (
        room_of(path) == "regimen" and (path.stem.endswith("_file") or path.stem.startswith("load"))
    )


def unsafe_number_fields(path: PurePosixPath, source: str) -> Broken:
    """Widgets and calls that misread a typed number."""
    broken = []
    for node in ast.walk(ast.parse(source)):
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        name = node.name if isinstance(node, ast.alias) else name
        if name in UNSAFE_NUMBER_WIDGETS:
            broken.append(f"{path}:{getattr(node, 'lineno', 0)}: {name}")
    return broken


def too_long(path: PurePosixPath, source: str) -> Broken:
    """Functions, modules and page classes above their size."""
    broken = []
    lines = source.count("\n")
    if lines > MODULE_LINES:
        broken.append(f"{path}: {lines} lines, at most {MODULE_LINES}")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            limit = FUNCTION_LINES
        elif isinstance(node, ast.ClassDef) and room_of(path) == "ui":
            limit = PAGE_LINES
        else:
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if length > limit:
            broken.append(f"{path}:{node.lineno}: {node.name} has {length} lines, at most {limit}")
    return broken


def undocumented(path: PurePosixPath, source: str) -> Broken:
    """Public functions and methods without a docstring, from core to documents; properties and overrides may go without."""
    if room_of(path) not in (*ENGINE, "texts", "documents", "records"):
        return []
    return [
        f"{path}:{node.lineno}: {name} has no docstring"
        for name, node in public_functions(ast.parse(source))
        if ast.get_docstring(node) is None
        and not {"property", "override"} & decorators(node)
        and name.split(".")[-1] != INHERITED
    ]


def public_functions(tree: ast.Module | ast.ClassDef) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Functions of the module and methods of its public classes; functions inside functions are nobody else's business."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node.name, node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from ((f"{node.name}.{name}", method) for name, method in public_functions(node))


def decorators(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> set[str]:
    """The last word of each decorator: `functools.cached_property` gives `cached_property`."""
    names = set()
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        names.add(target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else "")
    return {"property" if name == "cached_property" else name for name in names}


def loose_records(path: PurePosixPath, source: str) -> Broken:
    """Dataclasses of the engine that are not frozen and slotted, or, with more than two fields, not keyword-only.

    A pair such as an amount and its unit may be written without keywords, and what a module keeps to itself while it
    works may change. Also `Any` and unchecked models.
    """
    tree = ast.parse(source)
    broken = [
        f"{path}:{node.lineno}: model_construct skips every check"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "model_construct"
    ]
    if room_of(path) not in ENGINE:
        return broken
    if not path.stem.endswith("_file"):
        broken += [f"{path}:{line}: Any beyond the file boundary" for line, name in imported(path, tree) if name == "typing.Any"]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and "dataclass" in decorators(node):
            given = {
                keyword.arg
                for decorator in node.decorator_list
                if isinstance(decorator, ast.Call)
                for keyword in decorator.keywords
                if isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            }
            fields = sum(isinstance(statement, ast.AnnAssign) for statement in node.body)
            wanted = ("frozen", "slots", "kw_only") if fields > 2 else ("frozen", "slots")
            missing = [word for word in wanted if word not in given]
            if missing:
                broken.append(f"{path}:{node.lineno}: {node.name} is not {', '.join(missing)}")
    return broken


def empty_names(path: PurePosixPath, source: str) -> Broken:
    """Files and folders whose name says nothing, and work left for later."""
    broken = [f"{path}: the name '{part}' says nothing" for part in path.parts if part.removesuffix(".py") in EMPTY_NAMES]
    return broken + [
        f"{path}:{number}: {line.strip()}" for number, line in enumerate(source.splitlines(), 1) if UNFINISHED.search(line)
    ]
