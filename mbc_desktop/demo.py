"""`make demo`: plans the example patient and writes the calendar, the check sheet and a picture of the window."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from mbc_desktop.core.files import write_file_safely
from mbc_desktop.core.folders import find_resources, find_schedules
from mbc_desktop.plan_verb import Setting, exit_code, write_sheets
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.request import Request
from mbc_desktop.regimen.loader import load_library, load_site

EXAMPLE = "voorbeeld.mbc.json"
SHOWN = "c2/zoledronic-acid/1"
"""The item whose dose and steps the picture of the window shows."""


SHOWN_SHEETS = (
    ("patient_calendar_large", ""),
    ("instruction_sheet", "palbociclib"),
    ("radiotherapy_sheet", "c3"),
    ("course_overview", ""),
    ("radiotherapy_card", "c3"),
)
"""Further sheets of the example: document and what it is about."""


def main(argv: list[str] | None = None) -> int:
    """Writes everything into the folder `--out` and prints the paths; 3 when the example's plan has a stop, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m mbc_desktop.demo", description="Plan the example patient and write its sheets."
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the sheets and the picture")
    folder: Path = parser.parse_args(argv).out
    folder.mkdir(parents=True, exist_ok=True)
    schedules = find_schedules()
    library, site = load_library(schedules), load_site(schedules / "site.toml")
    text = (find_resources() / "example" / EXAMPLE).read_text(encoding="utf-8")
    request = read_treatment(text, today=date(2026, 3, 2), library=library)
    plan = plan_treatment(request, library, site)
    setting = Setting(library=library, site=site, today=request.today)
    written = write_sheets(plan, setting, folder, "voorbeeld")
    written += _other_sheets(plan, setting, folder)
    written.append(_picture(request, folder / "window.png"))
    for path in written:
        print(path)
    counts = (len(plan.administrations), len(plan.intakes), len(plan.fractions))
    print(f"plan {plan.code}: %d administrations, %d tablet periods, %d fractions" % counts)
    return exit_code(plan)


def _other_sheets(plan: Plan, setting: Setting, folder: Path) -> list[Path]:
    """One sheet of each further sort, so that a reader sees what there is."""
    from mbc_desktop.documents.drawing.pdf import document_pdf
    from mbc_desktop.documents.registry import Sheet, sheet_document, sheet_file_name
    from mbc_desktop.texts import load_texts

    written = []
    for document, subject in SHOWN_SHEETS:
        sheet = Sheet(document=document, subject=subject)
        made = sheet_document(sheet, plan, setting.library, setting.site, load_texts(plan.request.language))
        path = folder / f"voorbeeld-{sheet_file_name(sheet)}.pdf"
        write_file_safely(path, document_pdf(made))
        written.append(path)
    return written


def _picture(request: Request, path: Path) -> Path:
    # Qt is only wanted for the picture: the sheets above also come out where it cannot run.
    from mbc_desktop.ui.screenshot import window_png

    window_png(request, path, item=SHOWN)
    return path


if __name__ == "__main__":
    sys.exit(main())
