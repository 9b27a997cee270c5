"""What is known about the patient, where the references say something about it that changes no dose. Facts that change a dose
stand as adjustments in the drug's own file."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.patient.facts import Facts
from mbc_desktop.regimen.drug import Drug


def fact_cautions(course: str, drug: Drug, facts: Facts) -> Iterator[Finding]:
    """What is said about one drug of a course; nothing while a fact is not known."""
    for rule in drug.cautions:
        if all(getattr(facts, fact) == rule.value for fact in rule.facts):
            yield finding(rule.finding, "caution", course=course, drug=drug.id, source=rule.source)
