"""How near to an irradiation or a procedure a dose may stand: on the last day that is too near and on the first that is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mbc_desktop.planning.plan import Plan
from tests.worked.said import item_of
from tests.worked.treatment import TODAY, Given, later

DOSE_ON = later(TODAY, 100)
"""The one dose of such a case; what it stands near to lies before or after it."""

Expectation = Callable[[Plan], Iterator[str]]


def near_irradiations(item: Given) -> Iterator[tuple[str, Given, Expectation]]:
    """One dose and one fraction: `before = [7, 8]` says that with the fraction 7 days after the dose `code` is said about the
    drug and with 8 it is not; `after` the same with the fraction before the dose."""
    for name, days, too_near in _sides(item):
        rays = {"radiotherapy": "1x8", "region": "bone", "start": later(DOSE_ON, days), **item.get("rays", {})}
        courses = [_one_dose(item), rays]
        yield name, {**item, "courses": courses, "days": 250}, _said(item["code"], item["drug"], too_near)


def near_procedures(item: Given) -> Iterator[tuple[str, Given, Expectation]]:
    """One dose and one procedure: `before = [27, 28]` says that with the procedure 27 days after the dose it is on hold and with
    28 it is not; `after` the same with the procedure before the dose."""
    for name, days, too_near in _sides(item):
        procedure = {"kind": "procedure", "what": item["procedure"], "from": later(DOSE_ON, days)}
        given = {**item, "courses": [_one_dose(item)], "days": 250, "events": [procedure]}
        yield name, given, _held(item["drug"], too_near)


def _sides(item: Given) -> Iterator[tuple[str, int, bool]]:
    for side, sign in (("before", 1), ("after", -1)):
        for days, too_near in zip(item.get(side, ()), (True, False), strict=False):
            yield f"{days} d {side}", sign * days, too_near


def _one_dose(item: Given) -> Given:
    choices = {"choices": item["choices"]} if "choices" in item else {}
    return {"regimen": item["regimen"], "start": DOSE_ON, "until": DOSE_ON, **choices}


def _said(code: str, drug: str, wanted: bool) -> Expectation:
    def expected(plan: Plan) -> Iterator[str]:
        found = any(item.code == code and item.drug == drug for item in (*plan.findings, *plan.notes))
        if found != wanted:
            yield f"{code} {'is' if found else 'is not'} said about {drug}"

    return expected


def _held(drug: str, wanted: bool) -> Expectation:
    def expected(plan: Plan) -> Iterator[str]:
        found = item_of(plan, drug, 1)
        if found is None:
            yield f"no dose of {drug}"
        elif (found.status == "held") != wanted:
            yield f"{drug} is {found.status}"

    return expected
