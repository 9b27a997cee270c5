"""A loading dose again after too long a gap: which of an order's reload rules holds for the days since the last dose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.regimen.dose_rules import BaseDose
from mbc_desktop.regimen.regimen import Order, Reload


def first_after_omission(order: Order, *, chosen: Mapping[str, str]) -> tuple[Order, tuple[Finding, ...]]:
    """The order as the first one that is really given, when those before it were all omitted or held: the loading dose has not
    been given yet. An order without reload rules stays as it is."""
    holding = [rule for rule in order.reload if not rule.decision or chosen.get(rule.decision) == rule.if_decided]
    best = max(holding, key=lambda rule: rule.from_days, default=None)
    if best is None:
        return order, ()
    values = {"dose": _text(best.dose), "instead_of": _text(order.dose)}
    return _with_reload(order, best), (
        finding("loading-not-given-yet", "caution", drug=order.drug, source=best.source, **values),
    )


def reloaded(order: Order, *, gap_days: int | None, chosen: Mapping[str, str]) -> tuple[Order, tuple[Finding, ...]]:
    """The order as it is given `gap_days` after the last dose (None = there was none), and what must be said about it.

    Of the rules that hold the one with the longest gap counts. A rule that holds only by a decision is shown too where the
    decision went the other way: the two rules then give different doses, and the prescriber must know."""
    reached = [rule for rule in order.reload if gap_days is not None and gap_days >= rule.from_days]
    if not reached:
        return order, ()
    holding = [rule for rule in reached if not rule.decision or chosen.get(rule.decision) == rule.if_decided]
    best = max(holding, key=lambda rule: rule.from_days, default=None)
    given = order if best is None else _with_reload(order, best)
    other = None if best is not None and not best.decision else next((rule for rule in reached if rule.decision), None)
    said: list[Finding] = []
    if best is not None:
        values = {"days": str(gap_days), "limit": str(best.from_days), "dose": _text(best.dose), "instead_of": _text(order.dose)}
        said.append(finding("reload-after-gap", "caution", drug=order.drug, source=best.source, **values))
    if other is not None:
        differs = order.dose if best is not None else other.dose
        values = {"days": str(gap_days), "dose": _text(given.dose), "other_dose": _text(differs), "decision": other.decision}
        said.append(finding("reload-rules-differ", "caution", drug=order.drug, source=other.source, **values))
    return given, tuple(said)


@cache
def _with_reload(order: Order, rule: Reload) -> Order:
    """The same object each time: doses are shared by order, and an order that is kept is never taken for another one."""
    return replace(
        order,
        dose=rule.dose,
        minutes=rule.minutes,
        observe_minutes=rule.observe_minutes,
        form=rule.form or order.form,
        source=rule.source,
        grade=rule.grade,
    )


def _text(dose: BaseDose) -> str:
    return "" if dose.kind == "by_decision" else f"{decimal_text(dose.amount)} {dose.unit}"
