"""How a statement of the guideline stands for a patient, by the reading that the hospital chose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.proposals.navigator import navigate
from mbc_desktop.regimen.library import Library
from tests.worked.treatment import Given, site_of, treatment_file


def statement_differences(item: Given, row: Given, library: Library) -> Iterator[str]:
    """One row: the facts and the answers of the site, and what must come of the statement (`holds`: yes, open or no)."""
    given = {**item, "facts": {**item["facts"], **row["facts"]}, "site": row.get("site", {})}
    file = treatment_file(given)
    request = read_treatment(json.dumps(file), today=date.fromisoformat(file["today"]), library=library)
    found = {one.statement.id: one.holds for one in navigate(request, library, site_of(given, library))}
    holds = found.get(item["statement"], "no")
    if holds != row["holds"]:
        yield f"{item['statement']}: {holds}, worked by hand {row['holds']}"
