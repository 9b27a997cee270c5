"""A finding is data: its values keep their names and their order."""

from __future__ import annotations

from mbc_desktop.core.finding import Finding, finding


def test_values_are_given_by_name() -> None:
    found = finding("missing-fact", "stop", course="c1", drug="docetaxel", source="label", facts="weight", days="3")
    assert found == Finding(
        code="missing-fact",
        severity="stop",
        course="c1",
        drug="docetaxel",
        values=(("facts", "weight"), ("days", "3")),
        source="label",
    )
