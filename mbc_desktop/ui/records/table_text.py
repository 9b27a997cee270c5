"""A table as the text that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table_text(rows: Iterable[Sequence[str]]) -> str:
    """The rows with semicolons, as a spreadsheet of this country expects them. What could be read as a formula gets an
    apostrophe: a name from outside never computes anything."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerows([f"'{text}" if text.startswith(_FORMULA) else text for text in row] for row in rows)
    return made.getvalue()
