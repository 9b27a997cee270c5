"""Every document by its id. A new document is one module, one line here, its texts and its tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from mbc_desktop.documents import check_sheet, patient_calendar
from mbc_desktop.documents.blocks import Document
from mbc_desktop.planning.plan import Plan
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site
from mbc_desktop.texts import Texts

Compose = Callable[[Plan, Library, Site, Texts], Document]

DOCUMENTS: Mapping[str, Compose] = MappingProxyType(
    {
        patient_calendar.DOCUMENT_ID: patient_calendar.compose_patient_calendar,
        check_sheet.DOCUMENT_ID: check_sheet.compose_check_sheet,
    }
)


def compose(document: str, plan: Plan, library: Library, site: Site, texts: Texts) -> Document:
    """The document of that id, composed from the plan in the language of `texts`. Raises KeyError for an unknown id."""
    return DOCUMENTS[document](plan, library, site, texts)
