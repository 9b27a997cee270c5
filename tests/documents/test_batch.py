"""Many sheets by two processes: the same bytes as one by one, progress to the end, a stop that leaves whole files only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mbc_desktop.documents.batch import Job, make_batch
from mbc_desktop.documents.drawing.pdf import document_pdf
from mbc_desktop.documents.registry import Sheet, sheet_document
from mbc_desktop.texts import load_texts
from tests.documents.example_plan import LIBRARY, PLAN, REQUEST, SITE

CALENDAR = Sheet(document="patient_calendar")


def jobs(folder: Path, count: int) -> list[Job]:
    made = []
    for number in range(count):
        patient = replace(REQUEST.patient, number=f"{number:07}")
        plan = replace(PLAN, request=replace(REQUEST, patient=patient))
        made.append(Job(plan=plan, sheet=CALENDAR, language="nl", path=folder / f"{number}.pdf"))
    return made


def test_a_batch_gives_the_bytes_of_one_by_one_and_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    wanted = jobs(tmp_path, 23)
    result = make_batch(wanted, LIBRARY, SITE, progress=lambda done, of: told.append((done, of)))
    assert (result.written, result.refused, result.stopped) == (23, (), False)
    assert told[-1] == (23, 23)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    for job in (wanted[0], wanted[22]):
        single = document_pdf(sheet_document(CALENDAR, job.plan, LIBRARY, SITE, load_texts("nl")))
        assert job.path.read_bytes() == single
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{number}.pdf" for number in range(23))


def test_a_name_that_cannot_be_printed_is_refused_and_costs_the_others_nothing(tmp_path: Path) -> None:
    wanted = jobs(tmp_path, 3)
    chinese = replace(PLAN, request=replace(REQUEST, patient=replace(REQUEST.patient, given_name="李")))
    wanted[1] = replace(wanted[1], plan=chinese)
    result = make_batch(wanted, LIBRARY, SITE, processes=1)
    assert result.written == 2
    ((path, reason),) = result.refused
    assert (path.name, "U+674E" in reason) == ("1.pdf", True)
    assert not path.exists()


def test_a_stop_leaves_whole_files_and_begins_nothing_more(tmp_path: Path) -> None:
    done: list[int] = []
    result = make_batch(
        jobs(tmp_path, 200), LIBRARY, SITE, processes=1, progress=lambda n, of: done.append(n), stop=lambda: len(done) >= 2
    )
    assert result.stopped
    assert 20 <= result.written < 200
    files = list(tmp_path.iterdir())
    assert len(files) == result.written
    assert all(path.read_bytes().startswith(b"%PDF") and path.read_bytes().rstrip().endswith(b"%%EOF") for path in files)
