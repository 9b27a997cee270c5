"""The plan in other forms than paper, each under the word that asks for it. A new form is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mbc_desktop.core.record import dataclass
from mbc_desktop.documents.formats.fhir_bundle import fhir_bundle
from mbc_desktop.documents.formats.plain_text import document_text
from mbc_desktop.documents.formats.spreadsheet_files import csv_file, xlsx_file
from mbc_desktop.documents.sheets.course_overview import compose_course_overview
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts

Write = Callable[[Plan, Library, Site, Texts], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A form of the plan: how its file is called, and what makes it."""

    suffix: str
    write: Write


def record_text(plan: Plan, library: Library, site: Site, texts: Texts) -> str:
    """The plan as plain text for the patient record: findings, every course by cycle with its doses and days."""
    return document_text(compose_course_overview(plan, library, site, texts))


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "csv": Export(suffix=".csv", write=lambda plan, library, site, texts: csv_file(plan, library, texts)),
        "xlsx": Export(suffix=".xlsx", write=xlsx_file),
        "fhir": Export(suffix=".fhir.json", write=lambda plan, library, site, texts: fhir_bundle(plan, library, texts)),
        "text": Export(suffix=".txt", write=lambda *given: record_text(*given).encode()),
    }
)


def export(kind: str, plan: Plan, library: Library, site: Site, texts: Texts) -> bytes:
    """The plan in that form. Raises KeyError for an unknown one."""
    return EXPORTS[kind].write(plan, library, site, texts)
