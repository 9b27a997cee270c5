"""Many sheets at once by several processes, with progress and a way to stop. Each file is whole or not there."""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

from mbc_desktop.core.files import write_file_safely
from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.drawing.fonts import GlyphError
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.page.sheet_options import PLAIN, SheetOptions
from mbc_desktop.documents.registry import Sheet, sheet_document
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.load_cached import read_only
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts, load_texts

_AT_ONCE = 10
"""How many sheets a process gets at a time: often enough to see progress, seldom enough to cost nothing."""

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One sheet to make: of which plan, in which language, and the file to write."""

    plan: Plan
    sheet: Sheet
    language: Language
    path: Path
    options: SheetOptions = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResult:
    """How many files were written, and for each sheet that could not be made its file and why. `stopped` = by the person."""

    written: int
    refused: tuple[tuple[Path, str], ...] = ()
    stopped: bool = False


def make_batch(
    jobs: Sequence[Job],
    library: Library,
    site: Site,
    *,
    processes: int = 2,
    progress: Progress | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> BatchResult:
    """Makes all sheets. A sheet that cannot be made is refused by name and costs the others nothing. `stop` is asked between
    portions: what was written by then stays, the rest is not begun."""
    portions = [tuple(jobs[start : start + _AT_ONCE]) for start in range(0, len(jobs), _AT_ONCE)]
    done, refused, stopped = 0, list[tuple[Path, str]](), False
    # Fresh processes, not copies: a copy of a process with threads (a window has some) can wait for ever.
    fresh = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=_begin, initargs=(_carried((library, site)),)) as pool:
        waiting = {pool.submit(_make, portion): len(portion) for portion in portions}
        while waiting:
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            if not stopped and stop():
                stopped = True
                # What has not begun is taken out; what has begun is waited for.
                waiting = {future: count for future, count in waiting.items() if not future.cancel()}
            for future in finished & waiting.keys():
                refused += _answer(future)
                done += waiting.pop(future)
                if progress is not None:
                    progress(done, len(jobs))
    return BatchResult(written=done - len(refused), refused=tuple(refused), stopped=stopped)


def _answer(future: Future[list[tuple[Path, str]]]) -> list[tuple[Path, str]]:
    return future.result()


class _Worker:
    """What a process keeps between portions."""

    library: Library
    site: Site
    texts: dict[Language, Texts]


def _begin(carried: bytes) -> None:
    _Worker.library, _Worker.site = pickle.loads(carried)  # noqa: S301 - made by this program for its own process
    _Worker.texts = {}


def _make(portion: tuple[Job, ...]) -> list[tuple[Path, str]]:
    refused: list[tuple[Path, str]] = []
    for job in portion:
        texts = _Worker.texts.setdefault(job.language, load_texts(job.language))
        try:
            document = sheet_document(job.sheet, job.plan, _Worker.library, _Worker.site, texts, job.options)
            write_file_safely(job.path, document_pdf(document))
        except (GlyphError, OSError) as error:
            refused.append((job.path, str(error)))
    return refused


def _carried(content: object) -> bytes:
    """Records as another process reads them; a read-only mapping does not travel by itself."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = {**copyreg.dispatch_table, MappingProxyType: lambda mapping: (read_only, (dict(mapping),))}
    pickler.dump(content)
    return buffer.getvalue()
