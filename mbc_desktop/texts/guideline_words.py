"""The guideline in words: its statements, and what the navigator says about each for one patient."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mbc_desktop.planning.proposals.navigator import Guidance, Weighed
from mbc_desktop.regimen.guideline import Guideline, Statement
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts.texts import Texts, plain_date


def guideline_lines(guideline: Guideline, library: Library, texts: Texts) -> Iterator[str]:
    """Every statement with its place, what it offers, and what a label says otherwise."""
    section = None
    for statement in guideline.statements:
        if statement.section != section:
            section = statement.section
            yield from _heading(section, texts)
        yield texts.labelled(place(statement, texts), sentence(statement, texts))
        ids = [(id, id in library.regimens) for id in statement.regimens] + [(id, True) for id in statement.radiotherapy]
        yield from _below(statement, tuple(ids), texts)


def guidance_lines(found: tuple[Guidance, ...], texts: Texts) -> Iterator[str]:
    """The statements that speak to one patient, each with whether it applies or what it depends on."""
    yield texts.say("guideline.never_chooses")
    section = None
    for item in found:
        statement = item.statement
        if statement.section != section:
            section = statement.section
            yield from _heading(section, texts)
        yield f"{place(statement, texts)} ({verdict(item, texts)}): {sentence(statement, texts)}"
        yield from _below(statement, tuple((offer.id, offer.ready) for offer in item.offers), texts)
        for weighed in item.weighs:
            yield "  " + texts.say("guideline.weigh", matter=matter(weighed, texts))


def place(statement: Statement, texts: Texts) -> str:
    """Chapter and item, or that the statement was added."""
    key = "guideline.place" if statement.section else "guideline.place_added"
    return texts.say(key, section=statement.section, item=str(statement.item))


def sentence(statement: Statement, texts: Texts) -> str:
    """What the guideline says, in our own words."""
    return texts.word(f"guideline.statement.{statement.id}")


def verdict(item: Guidance, texts: Texts) -> str:
    """That the statement applies, or which facts it depends on."""
    if item.holds == "yes":
        return texts.word("guideline.applies")
    names = tuple(dict.fromkeys(texts.word(f"guideline.fact.{fact}") for fact in item.missing))
    return texts.say("guideline.depends", facts=texts.listing(names))


_OF_GENES = ("ngs", "germline")
"""What is known of a gene is told after its name."""


def matter(item: Weighed, texts: Texts) -> str:
    """Something to weigh with what is known about it: "ejectiefractie (LVEF): 55 % (12/03/2026)"."""
    name = texts.word(f"guideline.matter.{item.name}")
    if item.name in _OF_GENES and item.of:
        name = f"{name} {texts.word(f'guideline.gene.{item.of}')}"
    known = " ".join(word for word in (_weighed_value(item, texts), _weighed_of(item, texts)) if word)
    if item.on is not None:
        known = f"{known} ({plain_date(item.on)})".strip()
    return texts.say("guideline.weigh_value", matter=name, value=known or texts.word("guideline.unknown"))


def _weighed_value(item: Weighed, texts: Texts) -> str:
    if not item.value:
        return "" if item.of in ("", "percent", "cps") else texts.word("guideline.unknown")
    if item.name in ("er", "pr", "her2", "ngs", "germline"):
        return texts.value(item.value)
    if item.name in ("lvef", "pd_l1"):
        return texts.number(Decimal(item.value))
    # An earlier drug that the library does not have is shown as the file names it.
    return texts.drug_names.get(item.value, item.value) if item.name == "earlier_drugs" else item.value


def _weighed_of(item: Weighed, texts: Texts) -> str:
    key = f"guideline.of.{item.of}"
    if not item.of or (not item.value and item.of in ("percent", "cps")):
        return ""
    if item.name in _OF_GENES:
        return ""
    if item.name == "metastases":
        return f"({texts.word(f'guideline.site.{item.of}')})"
    return texts.word(key) if texts.has(key) else item.of


def _heading(section: str, texts: Texts) -> Iterator[str]:
    yield ""
    yield texts.word(f"guideline.section.{section or 'added'}").upper()


def _below(statement: Statement, offers: tuple[tuple[str, bool], ...], texts: Texts) -> Iterator[str]:
    if offers:
        names = [id if ready else texts.say("guideline.not_ready", id=id) for id, ready in offers]
        yield "  " + texts.say("guideline.offers", offers=", ".join(names))
    for note in statement.notes:
        yield "  " + texts.say("guideline.label", note=texts.word(f"guideline.note.{note.code}"))
    if statement.written:
        yield "  " + texts.say("guideline.written", how=texts.word(f"guideline.written_out.{statement.written}"))
    if statement.open:
        yield "  " + texts.say("guideline.still_open", reason=texts.word(f"guideline.open.{statement.open}"))
