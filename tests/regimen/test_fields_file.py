"""schedules/fields.toml is read strictly: a slip in it stops the start with file, place and reason."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.regimen.fields_file import load_fields, read_fields
from mbc_desktop.regimen.library_error import LibraryError

DATA = tomllib.loads((find_schedules() / "fields.toml").read_text(encoding="utf-8"), parse_float=Decimal)


def test_the_shipped_file_is_read_whole() -> None:
    fields = load_fields(find_schedules())
    assert len(fields.numbers) == len(DATA["numbers"])
    assert set(fields.dates) == set(DATA["dates"])
    weight = fields.numbers["weight"]
    assert (weight.hard, weight.soft) == ((Decimal(25), Decimal(300)), (Decimal(40), Decimal(130)))
    assert (weight.fresh_days, weight.refuse_days) == (28, 180)
    assert (fields.numbers["height"].fresh_days, fields.numbers["height"].refuse_days) == (None, None)
    assert fields.checks.weight_change.ask_percents == (Decimal(5), Decimal(10))


def test_every_policy_has_a_source_and_a_grade() -> None:
    fields = load_fields(find_schedules())
    for policy in (*fields.numbers.values(), *fields.dates.values(), fields.checks.body, fields.checks.creatinine):
        assert policy.source
        assert policy.grade == "proposal"


def number(data: dict[str, Any], id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in data["numbers"] if entry["id"] == id)
    return found


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda data: number(data, "weight").update(hard=["300", "25"]), "numbers[0]"),
        (lambda data: number(data, "weight").update(soft=["20", "130"]), "numbers[0]"),
        (lambda data: number(data, "weight").update(soft=["40", "301"]), "numbers[0]"),
        (lambda data: number(data, "weight").update(hard=["25"]), "numbers[0].hard"),
        (lambda data: number(data, "weight").update(hard=["25", "NaN"]), "numbers[0].hard[1]"),
        (lambda data: number(data, "weight").update(hard=["25", "-300"]), "numbers[0].hard[1]"),
        (lambda data: number(data, "weight").update(decimals=3), "numbers[0].decimals"),
        (lambda data: number(data, "weight").update(spellings=[]), "numbers[0]"),
        (lambda data: number(data, "weight").update(spellings=["lb"]), "numbers[0]"),
        (lambda data: number(data, "weight").update(ages="yearly"), ""),
        (lambda data: number(data, "weight").update(colour="red"), "numbers[0].colour"),
        (lambda data: number(data, "weight").pop("source"), "numbers[0].source"),
        (lambda data: number(data, "weight").update(grade="sure"), "numbers[0].grade"),
        (lambda data: number(data, "weight").update(id="height"), ""),
        (lambda data: number(data, "weight").update(id="lab_date"), ""),
        (lambda data: number(data, "creatinine_umol_l").update(unit="mg/dL", spellings=["mg/dL"]), ""),
        (lambda data: number(data, "height")["other_units"][0].update(high="101"), "numbers[1]"),
        (lambda data: number(data, "anc")["mentions"][0].update(high="101"), "numbers[10]"),
        (lambda data: data["ages"]["weight"].update(fresh_days=180), "ages.weight"),
        (lambda data: data["dates"]["date_of_birth"].update(soft_years=[17, 95]), "dates.date_of_birth"),
        (lambda data: data["dates"]["start_date"].update(kind="begin"), "dates.start_date"),
        (lambda data: data["dates"]["start_date"].pop("refuse_days_ago"), "dates.start_date.refuse_days_ago"),
        (lambda data: data["checks"].pop("body"), "checks.body"),
        (lambda data: data.pop("history"), "history"),
    ],
)
def test_a_slip_is_refused_with_its_place(change: Callable[[dict[str, Any]], object], place: str) -> None:
    data = deepcopy(DATA)
    change(data)
    with pytest.raises(LibraryError) as error:
        read_fields(data, file="schedules/fields.toml")
    assert error.value.file == "schedules/fields.toml"
    assert error.value.place.startswith(place)
    assert error.value.reason
    assert "\n" not in str(error.value)
