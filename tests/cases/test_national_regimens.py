"""The stored regimens of a national library beside ours: the same doses and days, or the difference said in its file."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.replay.decisions import answers_for
from mbc_desktop.regimen.dose_rules import UndecidedDose
from mbc_desktop.regimen.regimen import Order, as_decided
from mbc_desktop.regimen.site import NO_SITE
from tests.planning.treatments import library

FILE = Path(__file__).parent / "national_regimens.toml"
SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "chemotherapy.json"
NATIONAL: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["regimen"]
OURS = [item for item in NATIONAL if "ours" in item]
NAMES = {"trastuzumab emtansine": "trastuzumab-emtansine"}


def ours_of(item: dict[str, Any]) -> Iterator[tuple[tuple[int, int | None], Order, str]]:
    """The orders of our regimen under these choices: cycles, order, dose in words."""
    regimen = library().regimens[item["ours"]]
    chosen = answers_for("c1", regimen, item.get("choices", {}), library=library(), site=NO_SITE).chosen
    for part in as_decided(regimen, chosen).parts:
        before = 0
        for phase in part.phases:
            last = None if phase.cycles is None else before + phase.cycles
            for order in phase.orders:
                first = max(order.cycles[0], before + 1)
                ends = [end for end in (order.cycles[1], last) if end is not None]
                dose = order.dose
                amount = Decimal(chosen[dose.decision]) if isinstance(dose, UndecidedDose) else dose.amount
                yield (first, min(ends, default=None)), order, f"{decimal_text(amount)} {dose.unit}"
            before = last or before


def days(order: Order) -> str:
    """The days of an order: "1, 8"."""
    if order.take is None:
        return ", ".join(map(str, order.days))
    return ", ".join(map(str, range(order.take.first, (order.take.last or 0) + 1, order.take.every_days)))


def cycles(text: str) -> tuple[int, int | None]:
    """ "1" = (1, 1), "2-17" = (2, 17), "2+" = (2, None)."""
    first, _, last = text.rstrip("+").partition("-")
    return int(first), None if text.endswith("+") else int(last or first)


@pytest.mark.parametrize("item", OURS, ids=lambda item: item["ours"])
def test_our_regimen_gives_the_same_drugs_doses_and_days(item: dict[str, Any]) -> None:
    orders = list(ours_of(item))
    for stretch, drug, dose, route, on, longest in item["lines"]:
        first = cycles(stretch)[0]
        found = [
            order
            for (begins, ends), order, amount in orders
            if begins <= first and (ends is None or ends >= first)
            if (order.drug, amount, order.route, days(order)) == (drug, dose, route, on)
        ]
        assert found, f"{item['ours']}: no {drug} {dose} {route} on days {on} in cycle {first}"
        assert all(order.minutes is None or not longest or order.minutes <= longest for order in found)


@pytest.mark.parametrize("item", OURS, ids=lambda item: item["ours"])
def test_what_ends_there_and_goes_on_here_is_said(item: dict[str, Any]) -> None:
    orders = list(ours_of(item))
    theirs = [(drug, cycles(stretch)) for stretch, drug, *_ in item["lines"]]
    found = []
    for stretch, drug, *_ in item["lines"]:
        next_cycle = (cycles(stretch)[1] or 0) + 1
        goes_on_there = next_cycle == 1 or any(other == drug and first == next_cycle for other, (first, _) in theirs)
        goes_on_here = any(
            order.drug == drug and begins <= next_cycle and (ends is None or ends >= next_cycle)
            for (begins, ends), order, _ in orders
        )
        if goes_on_here and not goes_on_there:
            found.append(f"{drug}: cycles {stretch} there, goes on here")
    assert item.get("cut_off") or found == item.get("differs", [])


@pytest.mark.parametrize("item", OURS, ids=lambda item: item["ours"])
def test_a_difference_is_explained_in_the_file_of_the_regimen(item: dict[str, Any]) -> None:
    text = (find_schedules() / "regimens" / f"{item['ours']}.toml").read_text(encoding="utf-8")
    explained = item.get("explained", "")
    assert ("differs" not in item) or explained
    assert explained in " ".join(line.lstrip("# ") for line in text.splitlines())


def test_a_regimen_that_is_not_here_says_why() -> None:
    assert [item["title"] for item in NATIONAL if ("ours" in item) == ("without" in item)] == []


@pytest.mark.skipif(not SHARED.exists(), reason="the shared vectors lie beside the project's own checkout only")
def test_our_copy_is_the_stored_library() -> None:
    stored = json.loads(SHARED.read_bytes())["nz_sact_regimen_library"]
    ours = {item["address"]: item for item in NATIONAL}
    for item in stored:
        copy = ours[item["url"]]
        assert copy["title"] == item["title"]
        lines = []
        for part in item["parts"]:
            for medicine in part.get("meds", ()):
                if medicine.get("supportive"):
                    continue
                oral = medicine["route"] == "oral"
                name = medicine["medication"] + ("-oral" if oral else "")
                on = ", ".join(map(str, medicine["days"]))
                longest = medicine.get("max_duration_min", 0)
                route = "PO" if oral else medicine["route"]
                lines.append([part["cycles"], NAMES.get(name, name), medicine["dose"], route, on, longest])
        assert copy["lines"] == lines, item["title"]
