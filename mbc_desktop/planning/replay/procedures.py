"""What a procedure (surgery, a pulled tooth, a port) does to the drugs of a patient: which pause around it, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.planning.plan import Administration
from mbc_desktop.planning.replay.event_lookup import uncorrected
from mbc_desktop.planning.replay.visits import NOT_COMING
from mbc_desktop.planning.request import Event, Request
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.procedure import PROCEDURES, Procedure, ProcedureHold

SHORT_NAMES = {"port": "port_placement", "extraction": "dental_extraction", "operation": "surgery"}
"""Shorter ways to write a procedure in a treatment file."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugPause:
    """One drug paused for one procedure: the first day without it and the first day on which it may be given again (None: when a
    person records that the wound has healed)."""

    drug: str
    event: Event
    procedure: Procedure
    rule: ProcedureHold
    first: date
    resumes: date | None

    @property
    def day(self) -> date:
        """The day of the procedure."""
        return self.event.day or self.event.on


def procedure_named(text: str) -> Procedure | None:
    """The procedure that the text of an event names; None for one that the program has no rule for."""
    plain = "_".join(text.lower().replace("-", " ").replace("_", " ").split())
    plain = SHORT_NAMES.get(plain, plain)
    return next((known for known in PROCEDURES if known == plain), None)


def pauses_of(request: Request, drugs: tuple[str, ...], library: Library) -> tuple[DrugPause, ...]:
    """The pauses of these drugs for every procedure of the request. A procedure is of the patient: in whichever course it was
    entered, it holds for all."""
    return tuple(
        pause
        for event in uncorrected(request.events)
        if event.kind == "procedure" and (named := procedure_named(event.what)) is not None
        for drug in drugs
        if (pause := _pause(event, named, drug, library)) is not None
    )


def procedure_findings(
    request: Request,
    course: str,
    pauses: tuple[DrugPause, ...],
    administrations: tuple[Administration, ...],
    healed: date | None,
) -> Iterator[Finding]:
    """What must be known about the procedures: which drug of the course pauses, and whether it was given too shortly before.
    `healed` is the last day on which a person let the course go on."""
    for pause in pauses:
        names = {"course": course, "drug": pause.drug, "source": pause.rule.source}
        values = {"procedure": pause.procedure, "on": pause.day.isoformat()}
        span = {"first": pause.first.isoformat(), "resumes": pause.resumes.isoformat() if pause.resumes else ""}
        if pause.rule.grade == "unconfirmed":
            yield finding("unconfirmed-number", "info", course=course, drug=pause.drug, rule=pause.rule.id)
        if pause.resumes is not None and pause.resumes > request.today:
            yield finding("procedure-pauses-drug", "advice", **names, **values, **span)
        if pause.resumes is None and (healed is None or healed < pause.day):
            before = _last_before(pause, administrations)
            last_day = before.isoformat() if before else ""
            yield finding("procedure-until-healed", "advice", **names, **values, **span, last=last_day)
        last = _last_before(pause, administrations, given=True)
        if last is not None and (pause.day - last).days < pause.rule.before_days:
            days, limit = str((pause.day - last).days), str(pause.rule.before_days)
            yield finding(
                "procedure-soon-after-dose", "caution", **names, **values, last=last.isoformat(), days=days, limit=limit
            )


def _last_before(pause: DrugPause, administrations: tuple[Administration, ...], *, given: bool = False) -> date | None:
    """The last day up to the procedure on which the drug is given, or has been (`given`)."""
    days = (
        item.date
        for item in administrations
        if item.drug == pause.drug and item.date and item.status not in NOT_COMING and (item.status == "given" or not given)
    )
    return max((day for day in days if day <= pause.day), default=None)


def unknown_procedures(request: Request) -> Iterator[Finding]:
    """A procedure that the program has no rule for: somebody must decide what pauses."""
    for event in uncorrected(request.events):
        if event.kind == "procedure" and procedure_named(event.what) is None:
            day = event.day or event.on
            yield finding("procedure-without-rule", "caution", course=event.course, what=event.what, on=day.isoformat())


def _pause(event: Event, procedure: Procedure, drug: str, library: Library) -> DrugPause | None:
    rules = [
        rule
        for rule in library.procedure_holds
        if procedure in rule.procedures and (drug in rule.drugs or set(rule.classes) & set(library.drugs[drug].classes))
    ]
    if not rules:
        return None
    rule, day = rules[0], event.day or event.on
    first = day - timedelta(days=rule.before_days) + _ONE_DAY if rule.before_days else day
    return DrugPause(
        drug=drug,
        event=event,
        procedure=procedure,
        rule=rule,
        first=first,
        resumes=None if rule.until_healed else day + timedelta(days=rule.after_days),
    )
