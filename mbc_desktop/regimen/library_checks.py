"""What only shows when all files are seen together: names that lead nowhere, tables with holes, orders that cannot be given.

Each function yields (place in the file, reason); no fault means that the item may be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.regimen.combination import Combination
from mbc_desktop.regimen.dose_tables import LABEL_TABLE, LARGE_ONLY, NEAREST_SUM, SOLVER, DoseBandTable, PieceTable, TabletTable
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.grading import graded_records
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.order_checks import clock_faults, part_faults
from mbc_desktop.regimen.procedure import ProcedureHold
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from mbc_desktop.regimen.regimen import Regimen, drugs_of
from mbc_desktop.regimen.rule_checks import (
    adjustment_faults,
    can_be_made,
    check_faults,
    company_faults,
    hold_faults,
    known_decision,
    known_option,
)
from mbc_desktop.regimen.site import PLACE_OF_CARE, SAMPLE_PLACE, UNITS, Site

Fault = Iterator[tuple[str, str]]

OURS = "proposal"
"""The source id of numbers that this project proposes itself."""

CLASSES = frozenset(
    (
        "aromatase_inhibitor",
        "serm",
        "serd",
        "cdk46_inhibitor",
        "lhrh_analogue",
        "endocrine",
        "progestagen",
        "mtor_inhibitor",
        "pi3k_inhibitor",
        "akt_inhibitor",
        "bone_agent",
        "bisphosphonate",
        "iv_bisphosphonate",
        "rank_ligand_inhibitor",
        "antibody",
        "her2_antibody",
        "checkpoint_inhibitor",
        "her2_kinase_inhibitor",
        "antibody_drug_conjugate",
        "angiogenesis_inhibitor",
        "cytotoxic",
        "taxane",
        "anthracycline",
        "vinca_alkaloid",
        "antimetabolite",
        "never_daily",
        "alkylating_agent",
        "platinum",
        "corticosteroid",
    )
)


def drug_faults(drug: Drug, library: Library) -> Fault:
    """What is wrong with one drug as part of the library."""
    yield from source_faults(drug, library)
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
    if drug.levels is not None and drug.levels.unit == "mg":
        for number, amount in enumerate(drug.levels.amounts):
            if not can_be_made(drug, amount):
                yield f"levels.amounts[{number}]", "cannot be made from the forms of this drug"
    yield from adjustment_faults(drug, library)
    yield from _twice("limits", [rule.id for rule in drug.limits])
    yield from _tablets(drug, library)
    yield from _packs(drug)
    yield from _observations(drug, library)
    yield from company_faults(drug, library)
    for number, id in enumerate(drug.band_tables):
        if not isinstance(library.dose_tables.get(id), DoseBandTable):
            yield f"band_tables[{number}]", f"is no table of dose bands: {id}"
    for number, hold in enumerate(drug.holds):
        yield from hold_faults(hold, f"holds[{number}]", library)
    for number, check in enumerate(drug.checks):
        yield from check_faults(check, f"checks[{number}]", library)


def _observations(drug: Drug, library: Library) -> Fault:
    """An answer that nobody can give would never be asked for."""
    for number, row in enumerate(drug.observations):
        yield from known_decision(row.decision, f"observations[{number}]", library)
        options = library.decisions[row.decision].options if row.decision in library.decisions else (row.if_decided,)
        if row.if_decided not in options:
            yield f"observations[{number}].if_decided", f"is no answer to {row.decision}: {row.if_decided}"


def regimen_faults(regimen: Regimen, library: Library) -> Fault:
    """What is wrong with one regimen as part of the library."""
    yield from source_faults(regimen, library)
    yield from _named_drugs(regimen, library)
    yield from _places_in_the_order(regimen)
    for number, key in enumerate(regimen.decisions):
        yield from known_decision(key, f"decisions[{number}]", library)
    for number, check in enumerate(regimen.checks):
        yield from check_faults(check, f"checks[{number}]", library)
    yield from _twice("parts", [part.id for part in regimen.parts])
    for number, part in enumerate(regimen.parts):
        for row, phase in enumerate(part.phases):
            place = f"parts[{number}].phases[{row}]"
            asking = [(f"{place}.decision", phase.decision)]
            for line, order in enumerate(phase.orders):
                asking.append((f"{place}.orders[{line}].decision", order.decision))
                asking += [
                    (f"{place}.orders[{line}].reload[{at}].decision", rule.decision) for at, rule in enumerate(order.reload)
                ]
            for where, key in asking:
                if key and key not in regimen.decisions:
                    yield where, f"{key} is not among the decisions of this regimen, so it could stay open"
            for line, order in enumerate(phase.orders):
                if order.ends_with and order.ends_with not in set(drugs_of(regimen)) - {order.drug}:
                    yield f"{place}.orders[{line}].ends_with", f"is no other drug of this regimen: {order.ends_with}"
    for number, part in enumerate(regimen.parts):
        yield from part_faults(part, f"parts[{number}]", library)
    yield from clock_faults(regimen)


def _places_in_the_order(regimen: Regimen) -> Fault:
    """The drugs of a visit are numbered from 1 on: a hole is a number that slipped."""
    places = {order.sequence for part in regimen.parts for phase in part.phases for order in phase.orders if order.sequence}
    if places != set(range(1, len(places) + 1)):
        yield "parts", f"the places in the order are not 1 to {len(places)}: {', '.join(map(str, sorted(places)))}"


def _named_drugs(regimen: Regimen, library: Library) -> Fault:
    """A drug in the name of a regimen that no order gives, read by the longest names first: carboplatin in
    "carboplatin-paclitaxel". Another form of it ("vinorelbine-oral" for vinorelbine) counts."""
    words = regimen.id.split("-")
    ordered = {order.drug for part in regimen.parts for phase in part.phases for order in phase.orders}
    while words:
        size = next((size for size in range(len(words), 0, -1) if "-".join(words[:size]) in library.drugs), 1)
        name, words = "-".join(words[:size]), words[size:]
        if name in library.drugs and not any(drug == name or drug.startswith(f"{name}-") for drug in ordered):
            yield "id", f"names {name}, which no order gives"


def radiotherapy_faults(scheme: RadiotherapyScheme, library: Library) -> Fault:
    """What is wrong with one radiotherapy scheme as part of the library."""
    yield from source_faults(scheme, library)
    yield from _twice("regions", [rule.region for rule in scheme.regions])
    if scheme.pattern == "daily" and (scheme.min_gap_days != 1 or scheme.per_week is not None or scheme.per_week_options):
        yield "pattern", "a daily course has no spacing of its own"
    if scheme.pattern == "spaced" and scheme.per_week is None:
        yield "per_week", "a spaced course says how many fractions a week it has"
    if scheme.pattern == "spaced" and (scheme.spacing_grade is None or scheme.spacing_source not in library.sources):
        yield "spacing_source", f"unknown source: {scheme.spacing_source}"
    if scheme.fractions is not None and scheme.dose_gy is not None:
        name = f"{scheme.fractions}x{decimal_text(scheme.dose_gy)}"
        if scheme.id != name:
            yield "id", f"differs from the course: {name}"


def decision_faults(library: Library) -> Fault:
    """What is wrong with the decisions as part of the library."""
    for number, decision in enumerate(library.decisions.values()):
        for place, reason in source_faults(decision, library):
            yield f"decisions[{number}].{place}", reason
        if decision.key in (PLACE_OF_CARE, SAMPLE_PLACE) and not (decision.options and set(decision.options) <= set(UNITS)):
            yield f"decisions[{number}].options", f"are not all places: {', '.join(UNITS)}"
        for row, state in enumerate(decision.per_regimen):
            if state.regimen not in library.regimens:
                yield f"decisions[{number}].per_regimen[{row}].regimen", f"unknown regimen: {state.regimen}"


def combination_faults(library: Library) -> Fault:
    """The faults of the rules for radiotherapy with drugs."""
    yield from _rules_for_drugs("combinations", library.combinations, library)


def procedure_faults(library: Library) -> Fault:
    """The faults of the rules for drugs around procedures."""
    yield from _rules_for_drugs("holds", library.procedure_holds, library)


def _rules_for_drugs(key: str, rules: Sequence[Combination | ProcedureHold], library: Library) -> Fault:
    """Rules of one table that name drugs and classes which do not exist, or that share an id."""
    yield from _twice(key, [rule.id for rule in rules])
    for number, rule in enumerate(rules):
        for drug in rule.drugs:
            if drug not in library.drugs:
                yield f"{key}[{number}].drugs", f"there is no drug {drug}"
        for name in rule.classes:
            if name not in CLASSES:
                yield f"{key}[{number}].classes", f"is not a class of drugs: {name}"
    for place, reason in source_faults(tuple(rules), library):
        yield f"{key}{place}", reason


def field_faults(library: Library) -> Fault:
    """What is wrong with the number fields as part of the library."""
    for number, field in enumerate(library.fields.values()):
        for place, reason in source_faults(field, library):
            yield f"numbers[{number}].{place}", reason


def site_faults(site: Site, library: Library) -> Fault:
    """Answers of a hospital to questions that do not exist, or with words that are no option."""
    for answer in site.answers:
        decision = library.decisions.get(answer.key)
        if decision is None:
            yield f"decisions.{answer.key}", "unknown decision"
        elif decision.options and answer.value not in decision.options:
            yield f"decisions.{answer.key}", f"{answer.value} is none of: {', '.join(decision.options)}"
    yield from _formulary(site, library)


def _formulary(site: Site, library: Library) -> Fault:
    """A formulary that names drugs, forms or ways of rounding that do not exist."""
    rounding = library.decisions.get("rounding")
    for item in site.formulary:
        place = f"formulary.{item.drug}"
        drug = library.drugs.get(item.drug)
        if drug is None:
            yield place, "unknown drug"
            continue
        known = {form.id for form in drug.forms}
        for id in (*item.products, *(id for id, _ in item.packs)):
            if id not in known:
                yield place, f"{item.drug} has no form {id}"
        if item.rounding and rounding is not None and item.rounding not in rounding.options:
            yield f"{place}.rounding", f"{item.rounding} is none of: {', '.join(rounding.options)}"


def source_faults(item: object, library: Library) -> Fault:
    """Numbers whose source is not in sources.toml, or that call a proposal of ours a label."""
    for place, record in graded_records(item):
        prefix = f"{place}." if place else ""
        if record.source not in library.sources:
            yield f"{prefix}source", f"unknown source: {record.source}"
        if record.source == OURS and record.grade not in ("proposal", "unconfirmed"):
            yield f"{prefix}grade", f"a proposal of ours is not graded {record.grade}"


def _packs(drug: Drug) -> Fault:
    """Packs of a form that the drug does not have."""
    known = {form.id for form in drug.forms}
    for number, packs in enumerate(drug.packs):
        if packs.form not in known:
            yield f"packs[{number}].form", f"{drug.id} has no form {packs.form}"


def _look_alikes(drug: Drug, library: Library) -> Fault:
    for number, other in enumerate(drug.look_alikes):
        place = f"look_alikes[{number}]"
        if other == drug.id or other not in library.drugs:
            yield place, f"unknown drug: {other}"
        elif drug.id not in library.drugs[other].look_alikes:
            yield place, f"{other} does not name {drug.id} as its look-alike"


def _twice(place: str, names: Sequence[str]) -> Fault:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield f"{place}[{number}]", f"is named twice: {name or 'the general one'}"


def _tablets(drug: Drug, library: Library) -> Fault:
    """A method of making tablets that a site cannot choose, or a table that is not this drug's."""
    if drug.tablets is None:
        return
    tables = [library.dose_tables.get(id) for id in drug.tablets.tables]
    others = (NEAREST_SUM,) if any(isinstance(table, PieceTable) for table in tables) else (SOLVER, LARGE_ONLY)
    for answer in (LABEL_TABLE, *others):
        yield from known_option(drug.tablets.decision, answer, "tablets.decision", library)
    for number, id in enumerate(drug.tablets.tables):
        table = library.dose_tables.get(id)
        if not isinstance(table, TabletTable | PieceTable) or table.drug != drug.id:
            yield f"tablets.tables[{number}]", f"is no table of tablets of {drug.id}: {id}"
