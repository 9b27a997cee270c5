"""Make docs/guideline-coverage.md from schedules/guideline.toml and the English texts.

usage: .venv/bin/python packaging/write_coverage.py

One row for each statement of the hospital guideline: the files that serve it, the findings with which a plan keeps to it, and
what is open. Then one row for each line of the print: the statement, the file and the screen that serve it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.guideline import Guideline, Statement
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.texts import Texts, load_texts

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "guideline-coverage.md"

LINES = ROOT / "tests" / "cases" / "guideline" / "lines.toml"

LINE_BY_LINE = """
## Line by line

Each line of the printed text that is not empty, by its number, with what serves it. A line that only names what follows stands
with the first statement under it.

| Line | Statement | File | Screen |
|---|---|---|---|
"""

INTRODUCTION = """\
# The guideline, statement by statement

Every statement of the hospital guideline, in our own words, with what serves it. The printed guideline numbers its chapters and
not its statements, so the items are counted. `mbc-desktop library guideline` shows all of them, and with a treatment file those
that speak to that patient; the window shows the same on its page *Guideline*. What is offered is chosen on the plan page, in the
list of courses. The last table goes line by line through the print.

This page is made by `packaging/write_coverage.py`.
"""

PRINT_RULE = """
## The print itself

| Item | Statement | Served by | A plan keeps to it with | Open |
|---|---|---|---|---|
| – | A print counts only if it matches the electronic version. | `mbc_desktop/documents` (footer of every page) | – | – |
"""


def page(guideline: Guideline, texts: Texts) -> str:
    """The whole page."""
    parts = [INTRODUCTION]
    for section in guideline.sections:
        title = texts.word(f"guideline.section.{section.id or 'added'}")
        parts.append(f"\n## {f'{section.id} ' if section.id else ''}{title}\n\n")
        parts.append("| Item | Statement | Served by | A plan keeps to it with | Open |\n|---|---|---|---|---|\n")
        parts += [
            row(statement, guideline, texts) + "\n" for statement in guideline.statements if statement.section == section.id
        ]
    return "".join(parts) + PRINT_RULE + "".join(line_rows(guideline, texts))


def line_rows(guideline: Guideline, texts: Texts) -> Iterator[str]:
    """Every line of the print that is not empty, by its number in the text: which statement, file and screen serve it."""
    served = tomllib.loads(LINES.read_text(encoding="utf-8"))["lines"]
    statements = {statement.id: statement for statement in guideline.statements}
    yield LINE_BY_LINE
    for number in sorted({line for lines in served.values() for line in lines}):
        names = [id for id, lines in served.items() if number in lines]
        known = [statements[id] for id in names if id in statements]
        places = dict.fromkeys(place(statement, texts) for statement in known) or {"the print itself": None}
        holding = dict.fromkeys(file for statement in known for file in files(statement, guideline)) or {
            "mbc_desktop/documents": None
        }
        screens = dict.fromkeys(screen(statement) for statement in known) or {"every sheet": None}
        yield f"| {number} | {'; '.join(places)} | {', '.join(f'`{file}`' for file in holding)} | {'; '.join(screens)} |\n"


def place(statement: Statement, texts: Texts) -> str:
    """Chapter and item of a statement."""
    return texts.say("guideline.place", section=statement.section, item=str(statement.item))


def screen(statement: Statement) -> str:
    """Where a person meets the statement in the window."""
    if statement.written:
        return "Guideline; plan page: the order is written out"
    if statement.regimens or statement.radiotherapy:
        return "Guideline; plan page: list of courses"
    return "Guideline; plan page: findings" if statement.kept_by else "Guideline"


def row(statement: Statement, guideline: Guideline, texts: Texts) -> str:
    """One line of a table."""
    cells = (
        str(statement.item),
        texts.word(f"guideline.statement.{statement.id}").replace("|", "\\|"),
        ", ".join(f"`{file}`" for file in files(statement, guideline)),
        ", ".join(f"`{code}`" for code in statement.kept_by) or "–",
        "; ".join(gaps(statement, guideline, texts)) or "–",
    )
    return f"| {' | '.join(cells)} |"


def files(statement: Statement, guideline: Guideline) -> Iterator[str]:
    """The data files under schedules/ that serve a statement; one that offers nothing is served by the guideline's own."""
    served = [f"regimens/{id}.toml" for id in statement.regimens if id not in guideline.coming]
    served += [f"radiotherapy/{id}.toml" for id in statement.radiotherapy]
    yield from served or (["guideline.toml"] if not statement.written else ["guideline.toml", "decisions.toml"])


def gaps(statement: Statement, guideline: Guideline, texts: Texts) -> Iterator[str]:
    """What nothing serves yet."""
    yield from (f"`{id}` is not in the library yet" for id in statement.regimens if id in guideline.coming)
    if statement.open:
        yield texts.word(f"guideline.open.{statement.open}")


def main() -> None:
    """Writes the page."""
    guideline = load_library(find_schedules()).guideline
    if guideline is None:
        raise SystemExit("there is no schedules/guideline.toml")
    PAGE.write_text(page(guideline, load_texts("en")), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
