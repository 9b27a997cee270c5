"""Whether a sheet on paper still holds: its code against the plan of today, and what has changed since."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.comparison.fingerprint import printed_code
from mbc_desktop.planning.comparison.plan_difference import Change, plan_difference
from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.request import Print, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import Site

Verdict = Literal["current", "replaced", "unknown"]
Limit = Literal["none", "not_kept", "unreadable", "data_changed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAnswer:
    """What the code of a sheet says. `prints` are the sheets with this code, `now` the code of the plan of today.

    `changes` are of a replaced sheet; `limit` says how far they go: not_kept = the file no longer holds what the sheet was made
    from; unreadable = the library cannot read it any more; data_changed = the library or the hospital's data have changed too,
    and what that changed is not among the changes."""

    verdict: Verdict
    code: str
    now: str
    prints: tuple[Print, ...] = ()
    changes: tuple[Change, ...] = ()
    limit: Limit = "none"


def check_sheet(code: str, request: Request, library: Library, site: Site) -> SheetAnswer:
    """Holds the printed code (as read_code gives it) against the plan of the request as it is today.

    A sheet is current when the plan is the same up to the last day of the sheet: that the plan has been carried on since does not
    make it wrong. The older plan is computed with the day of its own print as today."""
    plan = plan_treatment(request, library, site)
    prints = tuple(known for known in request.prints if printed_code(known.fingerprint) == code)
    answer = SheetAnswer(verdict="current", code=code, now=plan.code, prints=prints)
    if plan.code == code:
        return answer
    if not prints:
        return replace(answer, verdict="unknown")
    kept = next((known for known in prints if known.request), None)
    if kept is None:
        return replace(answer, verdict="replaced", limit="not_kept")
    try:
        older = plan_of_print(kept, library, site)
    except TreatmentError:
        return replace(answer, verdict="replaced", limit="unreadable")
    newer = _up_to_the_end_of(older, plan, library, site)
    if newer.fingerprint == kept.fingerprint:
        return answer
    same_data = older.fingerprint == kept.fingerprint
    changes = plan_difference(older, newer)
    return replace(answer, verdict="replaced", changes=changes, limit="none" if same_data else "data_changed")


def plan_of_print(sheet: Print, library: Library, site: Site) -> Plan:
    """The plan from which a sheet was made, computed again on the day of the sheet. Raises TreatmentError when its request was
    not kept, or can no longer be read."""
    request = read_treatment(sheet.request, today=sheet.on, library=library, obey_today=False)
    return plan_treatment(request, library, site)


def earlier_plans(request: Request, document: str, fingerprint: str, library: Library, site: Site) -> tuple[Plan, ...]:
    """The other plans of which this document left the program, oldest first, as far as they can be computed again."""
    plans: dict[str, Plan] = {}
    others = {known.fingerprint for known in request.prints if known.document == document and known.fingerprint != fingerprint}
    for known in request.prints:
        if known.fingerprint in others and known.request and known.fingerprint not in plans:
            try:
                plans[known.fingerprint] = plan_of_print(known, library, site)
            except TreatmentError:
                continue
    return tuple(plans.values())


def _up_to_the_end_of(older: Plan, plan: Plan, library: Library, site: Site) -> Plan:
    end = older.request.horizon
    if plan.request.horizon <= end:
        return plan
    return plan_treatment(replace(plan.request, horizon=end), library, site)
