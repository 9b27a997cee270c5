"""The rest of the library as lines: radiotherapy, decisions, limits of typed values and printed tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mbc_desktop.patient.plausibility import Doubt, FieldPolicy
from mbc_desktop.regimen.decision import Decision
from mbc_desktop.regimen.dose_tables import BagTable, DoseBandTable, DoseTable, PieceTable, TabletTable
from mbc_desktop.regimen.radiotherapy import RadiotherapyScheme
from tests.regimen.drugs_in_words import Line, number, unnamed


def radiotherapy_lines(scheme: RadiotherapyScheme) -> Iterator[Line]:
    """Every number of one radiotherapy course."""
    spacing = (scheme.spacing_source, scheme.spacing_grade or "")
    said: dict[str, tuple[object, str, str]] = {
        "fractions": (scheme.fractions, scheme.source, scheme.grade),
        "dose per fraction": (None if scheme.dose_gy is None else f"{number(scheme.dose_gy)} Gy", scheme.source, scheme.grade),
        "pattern": (scheme.pattern, "", ""),
        "smallest gap": (f"{scheme.min_gap_days} d", *spacing),
        "fractions a week": (scheme.per_week, *spacing),
        "fractions a week, answers": (", ".join(map(str, scheme.per_week_options)) or None, *spacing),
        "gap, warning at": (None if scheme.warn_gap_days is None else f"{scheme.warn_gap_days} d", *spacing),
        "gap, stop at": (None if scheme.stop_gap_days is None else f"{scheme.stop_gap_days} d", *spacing),
    }
    for what, (value, source, grade) in said.items():
        if value is not None:
            yield Line(what, str(value), source, grade)
    for rule in scheme.regions:
        yield Line(f"region {rule.region}", ", ".join(rule.advice) or "yes", rule.source, rule.grade)
        if rule.location:
            yield Line(f"region {rule.region}, location", rule.location)
    known = frozenset(
        (
            "section", "fractions", "dose_gy", "pattern", "regions", "min_gap_days", "per_week", "per_week_options",
            "warn_gap_days", "stop_gap_days", "spacing_source", "spacing_grade",
        )
    )  # fmt: skip
    yield from unnamed(scheme, known, "course")


def decision_lines(decision: Decision) -> Iterator[Line]:
    """The options of one site decision and which of them holds."""
    yield Line("number", decision.id)
    yield Line("options", " / ".join(decision.options) or "free text", decision.source, decision.grade)
    yield Line("state", f"{decision.state} {decision.preselected}".strip(), decision.source, decision.grade)
    for item in decision.per_regimen:
        yield Line(f"state for {item.regimen}", f"{item.state} {item.preselected}".strip(), decision.source, decision.grade)
    yield from unnamed(
        decision, frozenset(("key", "options", "state", "preselected", "course_may_choose", "per_regimen")), "decision"
    )


def field_lines(field: FieldPolicy) -> Iterator[Line]:
    """The limits of one typed value."""
    yield Line("unit", field.unit or "none")
    yield Line("decimals", str(field.decimals))
    for what, limits in (("hard", field.hard), ("soft", field.soft)):
        if limits is not None:
            yield Line(what, f"{number(limits[0])}-{number(limits[1])}", field.source, field.grade)
    for what, doubts in (("other unit", field.other_units), ("doubt", field.doubts), ("mention", field.mentions)):
        for doubt in doubts:
            yield Line(f"{what} {doubt.code}", _doubt(doubt), field.source, field.grade)
    for what, days in (("fresh for", field.fresh_days), ("refused after", field.refuse_days)):
        if days is not None:
            yield Line(what, f"{days} d", field.source, field.grade)


def _doubt(doubt: Doubt) -> str:
    return f"{number(doubt.low)}-{number(doubt.high)} {doubt.unit}".strip()


def table_lines(table: DoseTable) -> Iterator[Line]:
    """The rows of one printed table."""
    match table:
        case DoseBandTable():
            yield Line("stock", f"{number(table.concentration)} mg/mL", table.source, table.grade)
            for band in table.rows:
                yield Line(f"[{number(band.at_least)}, {number(band.below)})", number(band.dose), table.source, table.grade)
        case TabletTable():
            yield Line("dose", f"{table.drug} {number(table.per_m2)} mg/m2", table.source, table.grade)
            for row in table.rows:
                words = f"{number(row.dose)} mg = {row.tablets_500} x 500 + {row.tablets_150} x 150"
                words += f"; 75 % {number(row.dose_75_percent)}; 50 % {number(row.dose_50_percent)}"
                yield Line(f"from {number(row.at_least)} m2", words, table.source, table.grade)
        case PieceTable():
            yield Line("dose", f"{table.drug} {number(table.per_m2)} mg/m2", table.source, table.grade)
            for printed in table.rows:
                yield Line(f"from {number(printed.at_least)} m2", f"{number(printed.dose)} mg", table.source, table.grade)
        case BagTable():
            words = f"{table.drug} {number(table.content)} mg in {number(table.volume_ml)} mL"
            yield Line("bag", words, table.source, table.grade)
            for taken in table.rows:
                yield Line(f"for {number(taken.dose)} mg", f"{number(taken.remove_ml)} mL out", table.source, table.grade)
        case _:
            assert_never(table)
