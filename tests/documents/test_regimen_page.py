"""The sheet of a regimen that a pharmacist reads aloud and signs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mbc_desktop.cli import main
from mbc_desktop.documents.blocks import Document, lines
from mbc_desktop.documents.sheets.regimen_page import compose_regimen_page
from mbc_desktop.planning.findings.approved_content import regimen_digest
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.approval import Approval
from mbc_desktop.regimen.site import NO_SITE, Site
from mbc_desktop.texts import load_texts
from tests.planning.treatments import library

TODAY = date(2026, 11, 27)
LANGUAGES: tuple[Language, ...] = ("nl", "fr", "de", "en")


def page(id: str, language: Language = "en", site: Site = NO_SITE) -> Document:
    return compose_regimen_page(id, library(), site, load_texts(language), today=TODAY)


def words(document: Document) -> str:
    return "\n".join(line for block in document.blocks for line in lines(block))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", sorted(library().regimens))
def test_every_regimen_can_be_read_in_every_language(id: str, language: Language) -> None:
    made = page(id, language)
    assert made.language == language
    assert "{" not in words(made)


def test_the_page_says_dose_days_minutes_and_source() -> None:
    text = words(page("epirubicin-cyclophosphamide"))
    assert "75\u00a0mg per m²" in text
    assert "into a vein" in text
    assert "Cycle of 21 days, until progression or another reason to stop" in text
    assert "[1] protocol" in text


def test_a_number_that_no_source_confirms_is_said_aloud() -> None:
    assert "UNCONFIRMED" in words(page("docetaxel-trastuzumab-pertuzumab"))


def test_an_open_question_is_named_with_its_options() -> None:
    text = words(page("docetaxel"))
    assert "60; 75; 100" in text
    assert "not answered yet" in text


def test_every_page_says_whether_the_hospital_approved() -> None:
    assert page("docetaxel").frame.calls == ("NOT APPROVED by this hospital",)
    digest = regimen_digest(library(), library().regimens["docetaxel"])
    approval = Approval(regimen="docetaxel", version="1", sha256=digest, by="A. Voorbeeld", on=TODAY)
    assert page("docetaxel", site=Site(approvals=(approval,))).frame.calls == (
        "approved by A. Voorbeeld on Fri\u00a027/11/2026 (version 1)",
    )
    void = Approval(regimen="docetaxel", version="1", sha256="0" * 64, by="A. Voorbeeld", on=TODAY)
    assert page("docetaxel", site=Site(approvals=(void,))).frame.calls[0].startswith("APPROVAL VOID")


def test_the_page_on_paper_is_the_same_each_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.pdf", "b.pdf"):
        assert main(["library", "show", "docetaxel", "--language", "nl", "--pdf", str(tmp_path / name)]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'a.pdf'}\n{tmp_path / 'b.pdf'}\n"
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_the_command_line_reads_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["library", "show", "zoledronic-acid", "--language", "fr"]) == 0
    out = capsys.readouterr().out
    assert "NON APPROUVÉ par cet hôpital" in out
    assert "sha256: " not in out
