"""What only shows when all files are seen together: names that lead nowhere, tables with holes, orders that cannot be given.

Each function yields (place in the file, reason); no fault means that the item may be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import assert_never

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.dose_rules import Adjustment, Band, ByClass, Check, ClearanceGate, Outcome
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.order_checks import part_faults
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.regimen.site import Site

Fault = Iterator[tuple[str, str]]

CLASSES = frozenset(
    (
        "aromatase_inhibitor",
        "serm",
        "serd",
        "cdk46_inhibitor",
        "lhrh_analogue",
        "endocrine",
        "mtor_inhibitor",
        "bone_agent",
        "bisphosphonate",
        "iv_bisphosphonate",
        "rank_ligand_inhibitor",
        "antibody",
        "her2_antibody",
        "checkpoint_inhibitor",
        "cytotoxic",
        "taxane",
        "corticosteroid",
    )
)
FACTS = {"child_pugh": ("A", "B", "C"), "dialysis": ("yes", "no")}
VALUES = frozenset(
    (
        "crcl_cockcroft_gault",
        "neutrophils",
        "platelets",
        "haemoglobin",
        "qtcf",
        "calcium",
        "calcium_ionised",
        "creatinine",
        "lvef",
    )
)


def drug_faults(drug: Drug, library: Library) -> Fault:
    """What is wrong with one drug as part of the library."""
    yield from _graded(drug, library)
    for number, name in enumerate(drug.classes):
        if name not in CLASSES:
            yield f"classes[{number}]", f"unknown class: {name}"
    yield from _look_alikes(drug, library)
    yield from _twice("forms", [form.id for form in drug.forms])
    yield from _twice("adjust", [rule.id for rule in drug.adjust])
    yield from _twice("holds", [rule.id for rule in drug.holds])
    yield from _twice("timing", [timing.phase for timing in drug.timing])
    if drug.timing and "" not in [timing.phase for timing in drug.timing]:
        yield "timing", "lacks the general rule, for phases that have none of their own"
    if drug.place == "home" and drug.routes != ("PO",):
        yield "place", "only a drug by mouth is taken at home"
    for number, rule in enumerate(drug.adjust):
        yield from _adjustment(rule, f"adjust[{number}]", library)
    for number, hold in enumerate(drug.holds):
        if isinstance(hold, ClearanceGate):
            yield from _option(hold.decision, hold.release_if, f"holds[{number}].release_if", library)
    for number, check in enumerate(drug.checks):
        yield from check_faults(check, f"checks[{number}]", library)


def regimen_faults(regimen: Regimen, library: Library) -> Fault:
    """What is wrong with one regimen as part of the library."""
    if regimen.source not in library.sources:
        yield "source", f"unknown source: {regimen.source}"
    for number, key in enumerate(regimen.decisions):
        if key not in library.decisions:
            yield f"decisions[{number}]", f"unknown decision: {key}"
    for number, check in enumerate(regimen.checks):
        yield from check_faults(check, f"checks[{number}]", library)
    yield from _twice("parts", [part.id for part in regimen.parts])
    for number, part in enumerate(regimen.parts):
        for row, phase in enumerate(part.phases):
            if phase.decision and phase.decision not in regimen.decisions:
                place = f"parts[{number}].phases[{row}].decision"
                yield place, f"{phase.decision} is not among the decisions of this regimen, so it could stay open"
    for number, part in enumerate(regimen.parts):
        yield from part_faults(part, f"parts[{number}]", library)


def radiotherapy_faults(scheme: RadiotherapyScheme, library: Library) -> Fault:
    """What is wrong with one radiotherapy scheme as part of the library."""
    if scheme.source not in library.sources:
        yield "source", f"unknown source: {scheme.source}"
    yield from _twice("regions", [rule.region for rule in scheme.regions])
    for number, rule in enumerate(scheme.regions):
        if rule.source not in library.sources:
            yield f"regions[{number}].source", f"unknown source: {rule.source}"
    if scheme.pattern == "daily" and (scheme.min_gap_days != 1 or scheme.per_week is not None or scheme.per_week_options):
        yield "pattern", "a daily course has no spacing of its own"
    if scheme.pattern == "spaced" and scheme.per_week is None:
        yield "per_week", "a spaced course says how many fractions a week it has"
    if scheme.pattern == "spaced" and (scheme.spacing_grade is None or scheme.spacing_source not in library.sources):
        yield "spacing_source", f"unknown source: {scheme.spacing_source}"
    if (
        scheme.fractions is not None
        and scheme.dose_gy is not None
        and scheme.id != f"{scheme.fractions}x{decimal_text(scheme.dose_gy)}"
    ):
        yield "id", f"differs from the course: {scheme.fractions}x{decimal_text(scheme.dose_gy)}"


def decision_faults(library: Library) -> Fault:
    """What is wrong with the decisions as part of the library."""
    for number, decision in enumerate(library.decisions.values()):
        if decision.source not in library.sources:
            yield f"decisions[{number}].source", f"unknown source: {decision.source}"
        for row, state in enumerate(decision.per_regimen):
            if state.regimen not in library.regimens:
                yield f"decisions[{number}].per_regimen[{row}].regimen", f"unknown regimen: {state.regimen}"


def site_faults(site: Site, library: Library) -> Fault:
    """Answers of a hospital to questions that do not exist, or with words that are no option."""
    for answer in site.answers:
        decision = library.decisions.get(answer.key)
        if decision is None:
            yield f"decisions.{answer.key}", "unknown decision"
        elif decision.options and answer.value not in decision.options:
            yield f"decisions.{answer.key}", f"{answer.value} is none of: {', '.join(decision.options)}"


def check_faults(check: Check, place: str, library: Library) -> Fault:
    """What is wrong with one check-up rule."""
    if check.source not in library.sources:
        yield f"{place}.source", f"unknown source: {check.source}"
    if min(check.days) < 1 or sorted(set(check.days)) != list(check.days):
        yield f"{place}.days", "days of a check-up are in order, each once, from day 1"
    if bool(check.decision) != bool(check.if_decided):
        yield f"{place}.if_decided", "a decision and the answer it takes belong together"
    elif check.decision:
        yield from _option(check.decision, check.if_decided, f"{place}.if_decided", library)


def band_faults(band: Band, place: str) -> Fault:
    """Where a band table is not total: every number from 0 up must fall in exactly one row."""
    edges: list[tuple[Decimal, int]] = []
    for number, row in enumerate(band.rows):
        match (row.above, row.at_least):
            case (Decimal() as edge, None):
                edges.append((edge, 1))
            case (None, Decimal() as edge):
                edges.append((edge, 0))
            case _:
                yield f"{place}.rows[{number}]", "a row has exactly one of above and at_least"
                return
    for number in range(1, len(edges)):
        if edges[number] >= edges[number - 1]:
            yield f"{place}.rows[{number}]", "rows run from high to low, so this row can never be reached"
    if edges[-1] != (Decimal(0), 0):
        yield f"{place}.rows[{len(edges) - 1}]", "the last row begins at 0, so that no number falls outside the table"


def _adjustment(rule: Adjustment, place: str, library: Library) -> Fault:
    outcomes: list[Outcome] = [row.outcome for row in rule.rows]
    match rule:
        case Band():
            yield from band_faults(rule, place)
            if rule.by not in VALUES:
                yield f"{place}.by", f"unknown value: {rule.by}"
        case ByClass():
            allowed = FACTS.get(rule.by)
            if allowed is None:
                yield f"{place}.by", f"unknown fact: {rule.by}"
            elif tuple(row.value for row in rule.rows) != allowed:
                yield f"{place}.rows", f"the rows of {rule.by} are {', '.join(allowed)}, in this order"
        case _:
            assert_never(rule)
    for number, outcome in enumerate(outcomes):
        if outcome.decision:
            yield from _numeric_options(outcome.decision, f"{place}.rows[{number}].decision", library)


def _graded(drug: Drug, library: Library) -> Fault:
    """Numbers whose source is not in sources.toml."""
    named = [
        *((f"forms[{number}]", form.source) for number, form in enumerate(drug.forms)),
        *((f"timing[{number}]", timing.source) for number, timing in enumerate(drug.timing)),
        *((f"adjust[{number}]", rule.source) for number, rule in enumerate(drug.adjust)),
        *((f"holds[{number}]", hold.source) for number, hold in enumerate(drug.holds)),
    ]
    if drug.levels is not None:
        named.append(("levels", drug.levels.source))
    if drug.infusion is not None:
        named.append(("infusion", drug.infusion.source))
    for place, source in named:
        if source not in library.sources:
            yield f"{place}.source", f"unknown source: {source}"


def _look_alikes(drug: Drug, library: Library) -> Fault:
    for number, other in enumerate(drug.look_alikes):
        place = f"look_alikes[{number}]"
        if other == drug.id or other not in library.drugs:
            yield place, f"unknown drug: {other}"
        elif drug.id not in library.drugs[other].look_alikes:
            yield place, f"{other} does not name {drug.id} as its look-alike"


def _option(key: str, value: str, place: str, library: Library) -> Fault:
    decision: Decision | None = library.decisions.get(key)
    if decision is None:
        yield place, f"unknown decision: {key}"
    elif decision.options and value not in decision.options:
        yield place, f"{value} is no option of {key}"


def _numeric_options(key: str, place: str, library: Library) -> Fault:
    decision = library.decisions.get(key)
    if decision is None:
        yield place, f"unknown decision: {key}"
        return
    for option in decision.options:
        if not option.replace(".", "", 1).isdigit():
            yield place, f"the option {option} of {key} is no amount"


def _twice(place: str, names: Sequence[str]) -> Fault:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield f"{place}[{number}]", f"is named twice: {name or 'the general one'}"
