"""Our dataclasses behave as those of the standard library; only their methods are written later."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, replace
from typing import Any

import pytest

from mbc_desktop.core.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Made by this program."""

    amount: int
    unit: str = "mg"
    steps: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("less than nothing")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """Made by the standard library."""

    amount: int
    unit: str = "mg"
    steps: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("less than nothing")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two values by their place, and a text of its own."""

    left: int
    right: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"<{self.left}>"


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """Equal to itself only."""

    name: str


RECORD = "mbc_desktop.core.record"
BOTH = pytest.mark.parametrize("made", [Ours, Theirs])


@BOTH
def test_fields_defaults_and_equality_are_those_of_a_dataclass(made: Any) -> None:
    one = made(amount=3)
    assert [item.name for item in dataclasses.fields(made)] == ["amount", "unit", "steps"]
    assert (one.amount, one.unit, one.steps) == (3, "mg", [])
    assert one == made(amount=3, unit="mg", steps=[])
    assert one != made(amount=4)
    assert one != "3 mg"
    assert one.steps is not made(amount=3).steps
    assert replace(one, unit="g") == made(amount=3, unit="g")
    assert repr(one) == f"{made.__name__}(amount=3, unit='mg', steps=[])"


@BOTH
def test_nothing_can_be_changed_or_added(made: Any) -> None:
    one = made(amount=3)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'amount'"):
        one.amount = 4
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'amount'"):
        del one.amount
    # The standard library stumbles over its own error here before Python 3.14; both refuse.
    with pytest.raises((FrozenInstanceError, TypeError)):
        one.colour = "red"
    assert not hasattr(one, "__dict__")


@BOTH
def test_a_wrong_call_is_refused_in_the_same_words(made: Any) -> None:
    for number in range(2):
        with pytest.raises(TypeError, match=f"{made.__name__}.__init__.. missing 1 required keyword-only argument: 'amount'"):
            made()
        with pytest.raises(TypeError, match="unexpected keyword argument 'weight'"):
            made(amount=number, weight=2)
    with pytest.raises(TypeError, match="positional"):
        made(3)
    with pytest.raises(ValueError, match="less than nothing"):
        made(amount=-1)


@BOTH
def test_a_copy_and_a_pickle_are_equal(made: Any) -> None:
    one = made(amount=3, steps=[1])
    assert copy.copy(one) == one
    deep = copy.deepcopy(one)
    assert deep == one
    assert deep.steps is not one.steps
    assert pickle.loads(pickle.dumps(one, protocol=5)) == one  # noqa: S301 - our own bytes


def test_places_hash_and_a_method_written_by_hand() -> None:
    one, same, other = Pair(1, (2,)), Pair(1, (2,)), Pair(2)
    assert {one, same, other} == {one, other}
    assert hash(one) == hash(same)
    assert str(one) == "<1>"
    match one:
        case Pair(left, right):
            assert (left, right) == (1, (2,))


def test_without_equality_a_thing_is_only_itself() -> None:
    one = Thing("a")
    assert one == one
    assert one != Thing("a")
    assert len({one, Thing("a"), one}) == 2


def test_the_methods_are_written_at_the_first_call() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        name: str

    def written() -> list[str]:
        return [name for name in ("__init__", "__repr__", "__eq__", "__hash__") if vars(Fresh)[name].__module__ != RECORD]

    assert written() == []
    one = Fresh("a")
    assert written() == ["__init__"]
    assert one == Fresh("a")
    assert written() == ["__init__", "__eq__"]
    assert {one: repr(one)}
    assert written() == ["__init__", "__repr__", "__eq__", "__hash__"]


def test_a_record_that_could_change_is_refused() -> None:
    with pytest.raises(TypeError, match="is not frozen and slotted"):

        @dataclass(frozen=True, slots=False)
        class Loose:
            name: str
