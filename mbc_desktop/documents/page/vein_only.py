"""A vinca alkaloid goes into a vein and nowhere else: whatever sheet names one says so."""

from __future__ import annotations

from collections.abc import Iterable

from mbc_desktop.documents.blocks import Notice, strong
from mbc_desktop.planning.plan import Administration
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts import Texts


def vein_only(drug: Drug) -> bool:
    """Whether the drug is fatal by another route than a vein. Capsules of the same drug are not drawn up."""
    return "vinca_alkaloid" in drug.classes and "IV" in drug.routes


def vein_only_notices(drugs: Iterable[str], library: Library, texts: Texts) -> tuple[Notice, ...]:
    """A line for each such drug among these ids."""
    named = [id for id in dict.fromkeys(drugs) if vein_only(library.drugs[id])]
    return tuple(Notice(shape="stop", label="", words=strong(texts.say("ward.vein_only", drug=id))) for id in named)


def route_words(item: Administration, library: Library, texts: Texts) -> str:
    """The route in words; "ALLEEN in een ader" for what may go nowhere else."""
    only = item.route == "IV" and vein_only(library.drugs[item.drug])
    return texts.word("ward.only_into_a_vein" if only else f"route.{item.route}")
