"""The therapy navigator: which statements of the guideline speak to this patient, and what they offer. It never chooses, and
leaves nothing out because something is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, assert_never

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.proposals.guideline_facts import Possible, guideline_facts
from mbc_desktop.planning.replay.decisions import site_choices
from mbc_desktop.planning.request import EarlierDrug, Request
from mbc_desktop.regimen.guideline import Matter, Statement, When
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import NO_SITE, Site

Holds = Literal["yes", "open", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A regimen or a radiotherapy course that a statement offers. `ready` is false while the library does not have it."""

    kind: Literal["regimen", "radiotherapy"]
    id: str
    ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Something known about the patient that the statement leaves to the reader: its value as in the treatment file, and
    where it comes from (`of`: a specimen, a unit) and of which day. An empty value = not known."""

    name: str
    value: str = ""
    of: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """One statement for this patient: it applies (yes), or may apply (open) once the facts in `missing` are known."""

    statement: Statement
    holds: Literal["yes", "open"]
    missing: tuple[str, ...]
    offers: tuple[Offer, ...]
    weighs: tuple[Weighed, ...]


def navigate(request: Request, library: Library, site: Site = NO_SITE) -> tuple[Guidance, ...]:
    """All statements that apply or may apply, in the guideline's order; none when the library has no guideline."""
    guideline = library.guideline
    if guideline is None:
        return ()
    facts = guideline_facts(request, library, site_choices(library, site))
    sections = {section.id: section.when for section in guideline.sections}
    found: list[Guidance] = []
    for statement in guideline.statements:
        holds, missing = _both(_judge(sections[statement.section], facts), _judge(statement.when, facts))
        if holds != "no":
            found.append(
                Guidance(
                    statement=statement,
                    holds=holds,
                    missing=missing,
                    offers=tuple(_offers(statement, library)),
                    weighs=tuple(item for name in statement.weighs for item in _weighed(name, request)),
                )
            )
    return tuple(found)


def _judge(when: When, facts: Mapping[str, Possible]) -> tuple[Holds, tuple[str, ...]]:
    """Whether one alternative holds for certain, none can, or it depends on the facts that are named."""
    if not when:
        return "yes", ()
    missing: list[str] = []
    for alternative in when:
        verdicts = [(condition.fact, _holds(facts[condition.fact], condition.any_of)) for condition in alternative]
        if all(holds == "yes" for _, holds in verdicts):
            return "yes", ()
        if all(holds != "no" for _, holds in verdicts):
            missing += [fact for fact, holds in verdicts if holds == "open"]
    return ("open", tuple(dict.fromkeys(missing))) if missing else ("no", ())


def _holds(possible: Possible, wanted: tuple[str, ...]) -> Holds:
    if possible <= set(wanted):
        return "yes"
    return "open" if possible & set(wanted) else "no"


def _both(section: tuple[Holds, tuple[str, ...]], statement: tuple[Holds, tuple[str, ...]]) -> tuple[Holds, tuple[str, ...]]:
    if "no" in (section[0], statement[0]):
        return "no", ()
    missing = tuple(dict.fromkeys((*section[1], *statement[1])))
    return ("open" if missing else "yes"), missing


def _offers(statement: Statement, library: Library) -> Iterator[Offer]:
    for id in statement.regimens:
        yield Offer(kind="regimen", id=id, ready=id in library.regimens)
    for id in statement.radiotherapy:
        yield Offer(kind="radiotherapy", id=id, ready=True)


def _weighed(name: Matter, request: Request) -> Iterator[Weighed]:
    facts = request.facts
    match name:
        case "er":
            yield Weighed(name=name, value=facts.er or "", of=facts.er_from or "", on=facts.er_on)
        case "pr":
            yield Weighed(name=name, value=facts.pr or "", of=facts.pr_from or "", on=facts.pr_on)
        case "her2":
            yield Weighed(name=name, value=facts.her2 or "", of=facts.her2_from or "", on=facts.her2_on)
        case "who":
            yield Weighed(name=name, value=facts.who or "")
        case "metastases":
            yield from _sites(request)
        case "pd_l1":
            yield Weighed(name=name, value=_number(facts.pd_l1_percent), of="percent")
            yield Weighed(name=name, value=_number(facts.pd_l1_cps), of="cps")
        case "ngs" | "germline":
            yield from _genes(name, request)
        case "preference":
            yield Weighed(name=name, value=facts.preference or "")
        case "lvef":
            yield _ejection_fraction(request)
        case "earlier_drugs":
            yield from _earlier_drugs(request)
        case _:
            assert_never(name)


def _genes(name: str, request: Request) -> Iterator[Weighed]:
    """What a test found in each gene: of the tumour, or of the patient."""
    facts = request.facts
    tumour = (("esr1", facts.esr1), ("pik3ca", facts.pik3ca), ("akt1", facts.akt1), ("pten", facts.pten))
    for gene, found in tumour if name == "ngs" else (("brca", facts.brca),):
        yield Weighed(name=name, value=found or "", of=gene)


def _sites(request: Request) -> Iterator[Weighed]:
    if not request.facts.metastases:
        yield Weighed(name="metastases")
    for item in request.facts.metastases:
        yield Weighed(name="metastases", value="" if item.lesions is None else str(item.lesions), of=item.site)


def _number(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _ejection_fraction(request: Request) -> Weighed:
    values = sorted((item for item in request.measurements if item.kind == "lvef"), key=lambda item: item.on)
    if not values:
        return Weighed(name="lvef")
    return Weighed(name="lvef", value=_number(values[-1].quantity.amount), of=values[-1].quantity.unit, on=values[-1].on)


def _earlier_drugs(request: Request) -> Iterator[Weighed]:
    earlier = [item for item in request.history if isinstance(item, EarlierDrug)]
    if not earlier:
        yield Weighed(name="earlier_drugs")
    for item in earlier:
        yield Weighed(name="earlier_drugs", value=item.drug, of=item.setting, on=item.until)
