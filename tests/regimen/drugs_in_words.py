"""A drug file as lines that a pharmacist reads: what is said, its value, its source and grade. One line = one number.

The second transcription is compared with these lines. A key or a kind of rule that is not named here is written as it stands as
soon as it is used, so that a new kind of number cannot slip past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.regimen.dose_rules import (
    Adjustment,
    Band,
    BandRow,
    ByClass,
    Ceiling,
    Check,
    Condition,
    Limit,
    Outcome,
    SingleLimit,
    Timing,
    Together,
)
from mbc_desktop.regimen.drug import Drug, Form
from mbc_desktop.regimen.hold_rules import (
    CalciumGate,
    ClearanceGate,
    CreatinineRise,
    DentalGate,
    EscalationGate,
    GeneTestGate,
    HeartGate,
    HeartRow,
    Hold,
    RecentGate,
    ThresholdGate,
)

FACTS = {"crcl_cockcroft_gault": "crcl", "child_pugh": "child-pugh"}
WHEN = {"start": "to start", "cycle": "each cycle", "always": "at any time"}
# Names, words to search for, codes of notes and what a file says about itself: no numbers.
NO_NUMBERS = frozenset(
    (
        "id", "version", "valid_from", "reviewed_on", "status", "inn", "brands", "search", "look_alikes", "advice", "history",
        "source", "grade", "kind",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One number: what it is, its value in words, and the source id and grade it stands under ("" where the file gives none)."""

    what: str
    value: str
    source: str = ""
    grade: str = ""


def number(value: Decimal) -> str:
    """A number without trailing zeros."""
    return decimal_text(value)


def listed(values: tuple[int, ...]) -> str:
    """Days in words: "1, 8, 15"."""
    return ", ".join(str(value) for value in values)


def unnamed(record: object, named: frozenset[str], what: str) -> Iterator[Line]:
    """A line for each filled key of a record that the caller does not put into words itself."""
    for key in fields(record):  # type: ignore[arg-type]
        value = getattr(record, key.name)
        if key.name in named or key.name in NO_NUMBERS or (key.default is not MISSING and value == key.default):
            continue
        yield Line(f"{what}: {key.name}", str(value))


# ---- drugs


def drug_lines(drug: Drug) -> Iterator[Line]:
    """Every number of one drug file."""
    yield Line("route", ", ".join(drug.routes))
    yield Line("place", drug.place)
    if "bone_agent" in drug.classes:
        yield Line("longer intervals", "offered" if "iv_bisphosphonate" in drug.classes else "never")
    for form in drug.forms:
        yield Line(f"form {form.id}", _form(form), form.source, form.grade)
        yield from unnamed(
            form,
            frozenset(("form", "strength", "unit", "volume_ml", "draw_step_ml", "divisible", "formulary_only")),
            f"form {form.id}",
        )
    yield from _levels_and_infusion(drug)
    for timing in drug.timing:
        yield from _timing(timing)
    for rule in drug.adjust:
        yield from _adjustment(rule, drug)
    for limit in drug.limits:
        yield from _limit(limit)
    for packs in drug.packs:
        yield Line(f"packs of {packs.form}", ", ".join(map(str, packs.sizes)), packs.source, packs.grade)
    if drug.tablets is not None:
        yield Line("tablets", f"by {drug.tablets.decision}: {', '.join(drug.tablets.tables)}")
    for hold in drug.holds:
        yield from _hold(hold)
    for check in drug.checks:
        yield from check_lines(check)
    known = frozenset(
        (
            "routes", "place", "classes", "forms", "levels", "infusion", "timing", "adjust", "limits", "tablets", "holds",
            "checks", "observations", "concentration", "practice", "band_tables", "cumulative", "packs", "antibodies", "cautions",
            "not_with", "only_with", "partner",
        )
    )  # fmt: skip
    yield from _pharmacy(drug)
    yield from _company(drug)
    yield from unnamed(drug, known, "drug")


def _levels_and_infusion(drug: Drug) -> Iterator[Line]:
    if drug.levels is not None:
        for step, amount in enumerate(drug.levels.amounts):
            yield Line(f"level {step}", f"{number(amount)} {drug.levels.unit}", drug.levels.source, drug.levels.grade)
    if drug.infusion is not None:
        infusion = drug.infusion
        if infusion.volume_ml is not None:
            yield Line("infusion volume", f"{number(infusion.volume_ml)} mL", infusion.source, infusion.grade)
        if infusion.minutes is not None:
            yield Line("infusion minutes", str(infusion.minutes), infusion.source, infusion.grade)
        if infusion.from_mg is not None and infusion.from_mg_ml is not None:
            words = f"{number(infusion.from_mg_ml)} mL"
            yield Line(f"infusion volume from {number(infusion.from_mg)} mg", words, infusion.source, infusion.grade)
        yield from unnamed(infusion, frozenset(("volume_ml", "minutes", "from_mg", "from_mg_ml")), "infusion")


def _adjustment(rule: Adjustment, drug: Drug) -> Iterator[Line]:
    match rule:
        case Band():
            yield from _band(rule, drug)
        case ByClass():
            yield from _class(rule, drug)
        case Together():
            for row in rule.rows:
                what = " and ".join(_condition(item) for item in row.conditions)
                yield from _outcome(f"{rule.id}: {what}", row.outcome, drug, rule)


def _pharmacy(drug: Drug) -> Iterator[Line]:
    """What the pharmacy and the lifetime count need."""
    for row in drug.observations:
        what = f"observation after {row.minutes} min, if {row.decision} = {row.if_decided}"
        yield Line(what, f"{row.observe_minutes} min", row.source, row.grade)
    if drug.concentration is not None:
        for side, edge in (("lowest", drug.concentration.lowest), ("highest", drug.concentration.highest)):
            if edge is not None:
                yield Line(f"{side} concentration", f"{number(edge)} mg/mL", drug.concentration.source, drug.concentration.grade)
        for side, volume in (("lowest", drug.concentration.least_ml), ("highest", drug.concentration.most_ml)):
            if volume is not None:
                yield Line(f"{side} volume", f"{number(volume)} mL", drug.concentration.source, drug.concentration.grade)
    if drug.practice is not None:
        most = f"{number(drug.practice.most)} {drug.practice.unit}"
        yield Line("highest dose in practice", most, drug.practice.source, drug.practice.grade)
    if drug.band_tables:
        yield Line("dose bands", ", ".join(drug.band_tables))
    if drug.cumulative is not None:
        rule = drug.cumulative
        for answer, factor in rule.equivalents:
            yield Line(f"counts by {answer}", number(factor), rule.source, rule.grade)
        if rule.own_limit is not None:
            yield Line("own lifetime limit", f"{number(rule.own_limit)} mg/m2", rule.own_limit_source, rule.own_limit_grade)


def _company(drug: Drug) -> Iterator[Line]:
    """What other drugs and what is known of the patient have to do with it."""
    if drug.antibodies:
        yield Line("antibody", " and ".join(drug.antibodies))
    if drug.partner is not None:
        yield Line("goes on beside", " or ".join(drug.partner.drugs), drug.partner.source, drug.partner.grade)
    for rule in drug.cautions:
        yield Line(f"caution if {' and '.join(rule.facts)} {rule.value}", rule.finding, rule.source, rule.grade)
    for never in drug.not_with:
        yield Line(f"never with {', '.join(never.drugs)}", f"stop: {never.finding}", never.source, never.grade)
    if drug.only_with is not None:
        yield Line("only with", " or ".join(drug.only_with.drugs), drug.only_with.source, drug.only_with.grade)


def _form(form: Form) -> str:
    words = f"{form.form}, {number(form.strength)} {form.unit}"
    if form.volume_ml is not None:
        words += f" in {number(form.volume_ml)} mL"
    if form.draw_step_ml is not None:
        words += f", drawn up to {number(form.draw_step_ml)} mL"
    words += f", divisible in {form.divisible}" if form.divisible != 1 else ""
    return words + (", only where the formulary names it" if form.formulary_only else "")


def _condition(condition: Condition) -> str:
    sign, edge = (">", condition.above) if condition.above is not None else (">=", condition.at_least)
    return f"{condition.of} {sign} {number(edge or Decimal(0))}"


def _timing(timing: Timing) -> Iterator[Line]:
    where = f", phase {timing.phase}" if timing.phase else ""
    first, last = timing.window
    said = {
        "window": f"{first:+d}/{last:+d} d",
        "shift": timing.shift,
        "anchor": timing.anchor,
        "minimum interval": f"{timing.minimum_days} d",
        "maximum interval": None if timing.maximum_days is None else f"{timing.maximum_days} d",
    }
    for what, value in said.items():
        if value is not None:
            yield Line(f"{what}{where}", value, timing.source, timing.grade)
    yield from unnamed(
        timing, frozenset(("window", "shift", "anchor", "minimum_days", "maximum_days", "phase")), f"timing{where}"
    )


def interval_of(rows: tuple[BandRow, ...], at: int) -> str:
    """The numbers that fall in one row, with their signs: "[30, 50)"."""
    row = rows[at]
    lower = f"({number(row.above)}" if row.above is not None else f"[{number(row.at_least or Decimal(0))}"
    if at == 0:
        return f"{lower}, inf)"
    before = rows[at - 1]
    upper = f"{number(before.above)}]" if before.above is not None else f"{number(before.at_least or Decimal(0))})"
    return f"{lower}, {upper}"


def _band(rule: Band, drug: Drug) -> Iterator[Line]:
    prefix = "" if rule.id == "renal" else f"{rule.id}: "
    fact = FACTS.get(rule.by, rule.by)
    for at, row in enumerate(rule.rows):
        yield from _outcome(f"{prefix}{fact} {interval_of(rule.rows, at)}", row.outcome, drug, rule)
    yield Line(f"{prefix}{fact} must be known", "no" if rule.optional else "yes")
    if rule.rebanding:
        yield Line(f"{prefix}{fact} read again by", rule.rebanding)
    yield from unnamed(rule, frozenset(("by", "rows", "optional", "rebanding")), f"{prefix}{fact}")


def _class(rule: ByClass, drug: Drug) -> Iterator[Line]:
    prefix = "" if rule.id == "hepatic" else f"{rule.id}: "
    for row in rule.rows:
        yield from _outcome(f"{prefix}{FACTS.get(rule.by, rule.by)} {row.value}", row.outcome, drug, rule)
    yield from unnamed(rule, frozenset(("by", "rows")), f"{prefix}{rule.by}")


def _outcome(what: str, outcome: Outcome, drug: Drug, rule: Band | ByClass | Together) -> Iterator[Line]:
    dose = "no change" if outcome.dose is None else f"{number(outcome.dose)} {drug.forms[0].unit if drug.forms else 'mg'}"
    main = f"no dose: {outcome.action}" if outcome.action != "give" else f"by {outcome.decision}" if outcome.decision else dose
    yield Line(what, main, rule.source, rule.grade)
    said = {
        "times a day": outcome.times,
        "every": None if outcome.every_days is None else f"{outcome.every_days} d",
        "down to": None if outcome.lower_to is None else number(outcome.lower_to),
        "per cent": None if outcome.percent is None else number(outcome.percent),
        "per cent, of orders from": None if outcome.percent_from is None else number(outcome.percent_from),
        "part": None if outcome.part is None else f"{outcome.part[0]} of {outcome.part[1]}",
        "if there already": None if outcome.if_there_already is None else number(outcome.if_there_already),
        "volume": None if outcome.infusion_ml is None else f"{number(outcome.infusion_ml)} mL",
        "minutes": outcome.minutes,
        "remark": outcome.finding or None,
    }
    for name, value in said.items():
        if value is not None:
            yield Line(f"{what}, {name}", str(value), rule.source, rule.grade)
    known = frozenset(
        (
            "action",
            "dose",
            "times",
            "every_days",
            "infusion_ml",
            "minutes",
            "decision",
            "finding",
            "severity",
            "lower_to",
            "percent",
            "percent_from",
            "part",
            "if_there_already",
        )
    )
    yield from unnamed(outcome, known, what)


def _limit(limit: Limit) -> Iterator[Line]:
    match limit:
        case SingleLimit():
            only = "" if limit.for_dose is None else f" of {number(limit.for_dose)}"
            yield Line(f"one dose{only} at most", f"{number(limit.at_most)} {limit.unit}", limit.source, limit.grade)
            yield from unnamed(limit, frozenset(("at_most", "unit", "for_dose")), limit.id)
        case Ceiling():
            rounding = ", never rounded up past it" if limit.round_down else ""
            yield Line("ceiling", f"{number(limit.at_most)} {limit.unit}{rounding}", limit.source, limit.grade)
            yield from unnamed(limit, frozenset(("at_most", "unit", "round_down")), limit.id)
        case _:
            yield from unnamed(limit, frozenset(), limit.id)


def _hold(hold: Hold) -> Iterator[Line]:
    match hold:
        case ThresholdGate():
            edges = ((">=", hold.at_least), ("<", hold.below), ("<=", hold.at_most))
            sign, edge = next((sign, edge) for sign, edge in edges if edge is not None)
            day = f" on day {listed(hold.days)}" if hold.days else ""
            known_in = f" in {hold.unit}, where known" if hold.optional else ""
            asked = ", else asked" if hold.verdict == "ask" else ""
            yield Line(
                f"{WHEN[hold.when]}{day}, {hold.of}{known_in}{asked}",
                f"{sign} {number(edge)} {hold.unit}{f', or by {hold.decision}' if hold.decision else ''}",
                hold.source,
                hold.grade,
            )
            known = frozenset(("of", "unit", "when", "at_least", "below", "at_most", "verdict", "days", "optional", "decision"))
            yield from unnamed(hold, known, hold.id)
        case HeartGate() | GeneTestGate() | EscalationGate() | RecentGate():
            yield from _day_hold(hold)
        case CreatinineRise():
            for limit_of in hold.limits:
                said = {
                    "normal up to": limit_of.normal_up_to,
                    "hold from a rise, normal before": limit_of.rise_if_normal,
                    "hold from a rise, raised before": limit_of.rise_if_raised,
                }
                for what, value in said.items():
                    yield Line(f"creatinine {what} ({limit_of.unit})", number(value), hold.source, hold.grade)
            yield Line("creatinine, resume up to baseline x", number(hold.resume_within), hold.source, hold.grade)
            yield from unnamed(hold, frozenset(("limits", "resume_within")), hold.id)
        case CalciumGate():
            yield Line("calcium, ask from (mmol/L)", number(hold.ask_from_mmol), hold.source, hold.grade)
            yield Line("calcium, ask from (mg/dL)", number(hold.ask_from_mg), hold.source, hold.grade)
            yield from unnamed(hold, frozenset(("ask_from_mmol", "ask_from_mg")), hold.id)
        case ClearanceGate():
            yield Line("crcl, confirmation below", number(hold.below), hold.source, hold.grade)
            yield Line("crcl, confirmation by", f"{hold.decision} = {hold.release_if}", hold.source, hold.grade)
            yield from unnamed(hold, frozenset(("below", "decision", "release_if")), hold.id)
        case DentalGate():
            yield Line("dental check", "recorded before the first dose", hold.source, hold.grade)
            yield from unnamed(hold, frozenset(), hold.id)
        case _:
            yield from unnamed(hold, frozenset(), hold.id)


def _day_hold(hold: HeartGate | GeneTestGate | EscalationGate | RecentGate) -> Iterator[Line]:
    match hold:
        case HeartGate():
            for row in hold.rows:
                yield Line(f"heart, hold at {_heart(row)}", "hold", hold.source, hold.grade)
            yield from unnamed(hold, frozenset(("rows",)), hold.id)
        case GeneTestGate():
            yield Line("test before the first dose", f"else {hold.decision} = {hold.release_if}", hold.source, hold.grade)
            yield from unnamed(hold, frozenset(("decision", "release_if")), hold.id)
        case EscalationGate():
            low = f"not below {number(hold.never_below)}, once at most up to {number(hold.once_up_to)}"
            low += f"; else {number(hold.stay_at)} for {hold.doses} doses at least"
            yield Line(f"neutrophils before going up to {number(hold.dose)}", low, hold.source, hold.grade)
        case RecentGate():
            yield Line(f"looked at before each dose: {hold.of}", "asked for", hold.source, hold.grade)
            yield from unnamed(hold, frozenset(("of",)), hold.id)


def _heart(row: HeartRow) -> str:
    if row.below_normal:
        return "below the lower limit of normal"
    edges = (("<", row.below), ("<=", row.up_to), ("a fall of", row.fall), ("a fall above", row.fall_above))
    return " and ".join(f"{sign} {number(edge)}" for sign, edge in edges if edge is not None)


def check_lines(check: Check) -> Iterator[Line]:
    """A check-up: its days and cycles, and how it moves."""
    what = f"check {check.kind}, {cycles_in_words(check.cycles)} day {listed(check.days)}"
    yield Line(what, f"if {check.decision} = {check.if_decided}" if check.decision else "planned", check.source, check.grade)
    if check.move != "nearest":
        yield Line(f"{what}, on a closed day", check.move)
    if check.every_cycles != 1:
        yield Line(f"{what}, every", f"{check.every_cycles} cycles", check.source, check.grade)
    if check.note:
        yield Line(f"{what}, note", check.note, check.source, check.grade)
    known = frozenset(("days", "cycles", "move", "every_cycles", "decision", "if_decided", "note"))
    yield from unnamed(check, known, what)


def cycles_in_words(cycles: tuple[int, int | None]) -> str:
    """(1, None) is "every cycle", (1, 1) "cycle 1", (2, 6) "cycles 2-6", (7, None) "cycles 7+"."""
    first, last = cycles
    if last is None:
        return "every cycle" if first == 1 else f"cycles {first}+"
    return f"cycle {first}" if first == last else f"cycles {first}-{last}"
