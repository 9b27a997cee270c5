"""Calendars of many patients by two processes, and the way from a click to a closed file."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import typst

from benchmarks.calendar_page import TODAY, month_pages
from benchmarks.measure import Row, in_turns, middle
from benchmarks.treatments import two_years_of_four_courses
from benchmarks.typst_page import typst_source
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.core.folders import find_resources, find_schedules
from mbc_desktop.documents.batch import Job, make_batch
from mbc_desktop.documents.calendar.patient_calendar import compose_patient_calendar
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.registry import Sheet
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts import load_texts

PROCESSES = 2
AT_ONCE = 10


def rows(rounds: int, *, calendars: int) -> Iterator[Row]:
    """Typst draws the page of one month for each patient; this program composes and draws the month and the lists, and tells how
    far it is."""
    library = _library()
    plans = [plan_until(number, date(2026, 3, 31)) for number in range(calendars)]
    pages = [page for number in range(-(-calendars // 20) + 1) for page in month_pages(number)][:calendars]
    sources = [typst_source(page).encode() for page in pages]

    def ours(_: int) -> float:
        with tempfile.TemporaryDirectory() as folder:
            jobs = [
                Job(plan=plan, sheet=Sheet(document="patient_calendar"), language="nl", path=Path(folder, f"{number}.pdf"))
                for number, plan in enumerate(plans)
            ]
            begun = time.perf_counter()
            result = make_batch(jobs, library, NO_SITE, processes=PROCESSES, progress=lambda done, of: None)
            if result.written != calendars:
                raise RuntimeError(f"{result.written} of {calendars} calendars were written")
            return time.perf_counter() - begun

    def theirs(_: int) -> float:
        with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
            begun = time.perf_counter()
            portions = [(sources[start : start + AT_ONCE], folder, start) for start in range(0, calendars, AT_ONCE)]
            for _done in pool.map(by_typst, portions):
                pass
            return time.perf_counter() - begun

    taken, baseline = in_turns(min(rounds, 3), ours, theirs)
    yield Row(
        what=f"{calendars} calendars by two processes",
        ours=middle(taken),
        baseline=middle(baseline),
        baseline_is="one page each by Typst, two processes",
        unit="s",
        goal=1.3,
    )
    yield from export_rows(rounds)


def export_rows(rounds: int) -> Iterator[Row]:
    """A plan of six months to a closed file of all its pages, against one page."""
    library, texts = _library(), load_texts("nl")
    plans = iter([plan_until(number, date(2026, 8, 31)) for number in range(2 * rounds + 4)])
    pages = iter([page for number in range(rounds + 1) for page in month_pages(number)])

    def whole(_: int) -> float:
        plan = next(plans)
        with tempfile.TemporaryDirectory() as folder:
            begun = time.perf_counter()
            content = document_pdf(compose_patient_calendar(plan, library, NO_SITE, texts))
            write_file_safely(Path(folder, "calendar.pdf"), content)
            return (time.perf_counter() - begun) * 1000

    def single(_: int) -> float:
        begun = time.perf_counter()
        document_pdf(next(pages))
        return (time.perf_counter() - begun) * 1000

    taken, baseline = in_turns(rounds, whole, single)
    yield Row(
        what="six months, from click to closed file",
        ours=middle(taken),
        baseline=middle(baseline),
        baseline_is="one calendar page",
        goal=10,
    )


def by_typst(portion: tuple[list[bytes], str, int]) -> int:
    """Draws and writes some pages, in a process of its own that keeps its compiler."""
    sources, folder, start = portion
    for number, source in enumerate(sources, start):
        page = _compiler().compile(source, format="pdf", pdf_tags=False)
        Path(folder, f"{number}.pdf").write_bytes(page if isinstance(page, bytes) else page[0])
    return len(sources)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[str(find_resources() / "fonts" / "document")], ignore_system_fonts=True)


def plan_until(number: int, last: date) -> Plan:
    """The plan of one of the treatments of two years, up to a day."""
    library = _library()
    request = read_treatment(two_years_of_four_courses(number, today=TODAY), today=TODAY, library=library)
    return plan_treatment(replace(request, horizon=max(last, TODAY + timedelta(days=1))), library)


@cache
def _library() -> Library:
    return load_library(find_schedules())
