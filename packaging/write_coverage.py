"""Make docs/guideline-coverage.md from schedules/guideline.toml and the English texts.

usage: .venv/bin/python packaging/write_coverage.py

One row for each statement of the hospital guideline: the files that serve it, the findings with which a plan keeps to it, and
what is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.guideline import Guideline, Statement
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.texts import Texts, load_texts

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "guideline-coverage.md"

INTRODUCTION = """\
# The guideline, statement by statement

Every statement of the hospital guideline, in our own words, with what serves it. The printed guideline numbers its chapters and
not its statements, so the items are counted. `mbc-desktop library guideline` shows all of them, and with a treatment file those
that speak to that patient. What is offered is chosen on the plan page, in the list of courses. **Open: the guideline as a page
of the window.** Which line of the print each statement serves stands in `tests/cases/guideline/lines.toml`.

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
    return "".join(parts) + PRINT_RULE


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
    yield from served or ["guideline.toml"]


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
