"""What can be wrong with instructions.toml when it is held against the whole library."""

from __future__ import annotations

from collections.abc import Iterator

from mbc_desktop.regimen.instructions import RADIOTHERAPY
from mbc_desktop.regimen.library import Library

# What a drug file already says in a code of its own, and the advice that says the same to a patient.
SAME_MEANING = {
    "missed_dose_is_skipped": ("missed", "skip", None),
    "missed_within_4_hours": ("missed", "within_hours", 4),
    "missed_within_6_hours": ("missed", "within_hours", 6),
    "missed_within_9_hours": ("missed", "within_hours", 9),
    "with_or_without_food": ("food", "any", None),
    "with_food": ("food", "with_food", None),
    "right_after_food": ("food", "right_after_food", None),
    "after_meal": ("food", "after_meal", None),
    "within_30_minutes_after_a_meal": ("food", "after_meal_minutes", 30),
    "one_hour_away_from_food": ("food", "hours_from_food", 1),
    "with_or_after_food": ("food", "with_or_after_food", None),
    "fasting_6_hours": ("take", "fasting_hours", 6),
    "no_grapefruit": ("food", "no_grapefruit", None),
    "in_the_morning": ("take", "morning", None),
    "never_daily": ("take", "named_days_only", None),
}


def instruction_faults(library: Library) -> Iterator[tuple[str, str]]:
    """Drugs and sources that do not exist, and advice against what the drug's own file says. Gives (place, reason)."""
    for drug, advice in library.instructions.items():
        yield from (
            (f"instructions.{drug}", f"unknown source: {item.source}") for item in advice if item.source not in library.sources
        )
        if drug.partition("-")[0] == RADIOTHERAPY:
            continue
        if drug not in library.drugs:
            yield f"instructions.{drug}", "unknown drug"
            continue
        said = {(item.section, item.code, None if item.number is None else int(item.number)) for item in advice}
        for code in library.drugs[drug].advice:
            same = SAME_MEANING.get(code)
            if same is not None and same not in said:
                yield f"instructions.{drug}", f"does not say what the drug's own file says: {code}"
