"""A drug that both the replaced regimen and the new one give goes on: no second loading, its interval from the last dose."""

from __future__ import annotations

from datetime import date

from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.replay.successors import successor_id
from mbc_desktop.regimen.library import Library
from mbc_desktop.texts.phrases import finding_text
from mbc_desktop.ui.desk import Desk
from mbc_desktop.ui.entry.course_draft import CourseDraft
from mbc_desktop.ui.entry.draft import Draft, with_course

LOADS_AGAIN = "successor-loads-again"


def continued(desk: Desk, plan: Plan, library: Library) -> tuple[tuple[str, ...], Draft | None]:
    """What the plan says about drugs that would be loaded again, and the treatment in which each goes on in the phase after its
    loading, counted from its last dose; None where nothing would be loaded again."""
    draft, lines = desk.session.draft, list[str]()
    replacing = {successor_id(event): event for event in draft.events if event.kind == "replace"}
    for found in plan.findings:
        event = replacing.get(found.course)
        if found.code != LOADS_AGAIN or event is None or event.regimen not in library.regimens:
            continue
        phase = _phase_after_loading(library, event.regimen, found.drug)
        last = date.fromisoformat(str(dict(found.values)["last"]))
        if not phase or last > desk.session.today:
            # A dose that still has to be given is none to count from.
            continue
        old = next((one for one in draft.courses if one.id == event.course), None)
        course = CourseDraft(
            id=found.course, kind="drug", subject=event.regimen, start=event.day or event.on, phase=phase, last_given=last,
            choices=old.choices if old is not None else (),
        )  # fmt: skip
        draft = with_course(draft, course)
        drug = desk.words.drug(found.drug)
        lines += [finding_text(found, library, desk.words.texts), desk.words.say("proposal.goes_on", drug=drug, last=last)]
    return tuple(lines), draft if lines else None


def _phase_after_loading(library: Library, regimen: str, drug: str) -> str:
    """The second phase in which a drug is given; "" where it has one only."""
    for part in library.regimens[regimen].parts:
        phases = [phase.id for phase in part.phases if any(order.drug == drug for order in phase.orders)]
        if len(phases) > 1:
            return phases[1]
    return ""
