"""One page of the patient's calendar, from the same blocks to the bytes of a PDF, by this program and by Typst; both warm."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import typst

from benchmarks.measure import Row, in_turns, middle
from benchmarks.treatments import two_years_of_four_courses
from benchmarks.typst_page import typst_source
from benchmarks.weasy_page import weasy_printer, weasy_source
from mbc_desktop.core.folders import find_resources, find_schedules
from mbc_desktop.documents.blocks import Document, Month
from mbc_desktop.documents.calendar.patient_calendar import compose_patient_calendar
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.loader import load_library
from mbc_desktop.regimen.site import NO_SITE
from mbc_desktop.texts import load_texts

TODAY = date(2026, 3, 2)
PAGES_A_ROUND = 5
KIB = 1024


def rows(rounds: int) -> Iterator[Row]:
    """Time and size; no two pages are of the same patient and month, so that neither side prints from memory."""
    treatments = -(-(rounds + 1) * PAGES_A_ROUND // 20) + 1
    pages = [page for number in range(treatments) for page in month_pages(number)]
    others = [page for number in range(treatments, 2 * treatments) for page in month_pages(number)]
    compiler = typst.Compiler(font_paths=[str(find_resources() / "fonts" / "document")], ignore_system_fonts=True)
    # Tagged pages are of other patients: Typst remembers what it has laid out before.
    ours_in, untagged_in, theirs_in, tagged_in = iter(pages), iter(others), iter(pages), iter(others)
    sizes: list[int] = []

    def ours(documents: Iterator[Document], *, tagged: bool) -> float:
        begun = time.perf_counter()
        for _page in range(PAGES_A_ROUND):
            sizes.append(len(document_pdf(next(documents), tagged=tagged)))
        return (time.perf_counter() - begun) * 1000 / PAGES_A_ROUND

    def theirs(documents: Iterator[Document], *, tagged: bool) -> float:
        begun = time.perf_counter()
        for _page in range(PAGES_A_ROUND):
            compiler.compile(typst_source(next(documents)).encode(), format="pdf", pdf_tags=tagged)
        return (time.perf_counter() - begun) * 1000 / PAGES_A_ROUND

    taken, untagged, plain, tagged = in_turns(
        rounds,
        lambda _: ours(ours_in, tagged=True),
        lambda _: ours(untagged_in, tagged=False),
        lambda _: theirs(theirs_in, tagged=False),
        lambda _: theirs(tagged_in, tagged=True),
    )
    typst_is, tagged_is = "the same page by Typst", "the same page by Typst, tagged"
    yield Row(what="calendar page, warm, untagged", ours=middle(untagged), baseline=middle(plain), baseline_is=typst_is, goal=1.0)
    yield Row(what="calendar page, warm, tagged", ours=middle(taken), baseline=middle(plain), baseline_is=typst_is, goal=1.5)
    yield Row(what="calendar page, warm, tagged", ours=middle(taken), baseline=middle(tagged), baseline_is=tagged_is)
    page_by_typst = compiler.compile(typst_source(pages[0]).encode(), format="pdf", pdf_tags=False)
    if not isinstance(page_by_typst, bytes):
        raise TypeError("Typst gave no single PDF")
    yield Row(
        what="size of the largest calendar page",
        ours=max(sizes) / KIB,
        baseline=len(page_by_typst) / KIB,
        baseline_is="the same page by Typst",
        unit="KiB",
        goal=20,
        of_ours=True,
    )


def weasy_rows(rounds: int) -> Iterator[Row]:
    """The same page by WeasyPrint, fonts and style read before; it takes some hundred times as long, so a page a round."""
    pages = [page for number in range(-(-(rounds + 1) // 20)) for page in month_pages(number)]
    print_page = weasy_printer(find_resources() / "fonts" / "document")

    def ours(number: int, *, tagged: bool) -> float:
        begun = time.perf_counter()
        document_pdf(pages[number], tagged=tagged)
        return (time.perf_counter() - begun) * 1000

    def theirs(number: int) -> float:
        source = weasy_source(pages[number])
        begun = time.perf_counter()
        print_page(source)
        return (time.perf_counter() - begun) * 1000

    # WeasyPrint does not tag unless it is asked to: the goal is held against the page without its tree.
    taken, untagged, baseline = in_turns(rounds, lambda n: ours(n, tagged=True), lambda n: ours(n, tagged=False), theirs)
    by = middle(baseline)
    peer = "the same page by WeasyPrint"
    yield Row(what="calendar page, warm, untagged", ours=middle(untagged), baseline=by, baseline_is=peer, goal=0.05)
    yield Row(what="calendar page, warm, tagged", ours=middle(taken), baseline=by, baseline_is=peer, goal=0.05)


def month_pages(number: int) -> list[Document]:
    """A document of one page for each month of a treatment of two years; its code, which the scanner reads, differs by month."""
    library = load_library(find_schedules())
    request = read_treatment(two_years_of_four_courses(number, today=TODAY), today=TODAY, library=library)
    whole = compose_patient_calendar(plan_treatment(request, library), library, NO_SITE, load_texts("nl"))
    months = [block for block in whole.blocks if isinstance(block, Month)]
    return [
        replace(whole, blocks=(month,), frame=replace(whole.frame, code=f"{whole.frame.code}{index:02}"))
        for index, month in enumerate(months)
    ]
