"""Our dataclasses behave as those of the standard library; only their methods are written later."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import pprint
from dataclasses import FrozenInstanceError, field, replace
from typing import Any, Generic, TypeVar

import pytest

from mbc_desktop.core.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Made by this program."""

    amount: int
    unit: str = "mg"
    steps: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("less than nothing")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """Made by the standard library."""

    amount: int
    unit: str = "mg"
    steps: tuple[int, ...] = ()

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


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Generic[Item]):
    """A record of something."""

    item: Item


BOTH = pytest.mark.parametrize("made", [Ours, Theirs])


@BOTH
def test_fields_defaults_and_equality_are_those_of_a_dataclass(made: Any) -> None:
    one = made(amount=3)
    assert [item.name for item in dataclasses.fields(made)] == ["amount", "unit", "steps"]
    assert (one.amount, one.unit, one.steps) == (3, "mg", ())
    assert one == made(amount=3, unit="mg", steps=())
    assert one != made(amount=4)
    assert one != "3 mg"
    assert replace(one, unit="g") == made(amount=3, unit="g")
    assert repr(one) == f"{made.__name__}(amount=3, unit='mg', steps=())"


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
    one = made(amount=3, steps=(1, 2))
    assert copy.copy(one) == one
    deep = copy.deepcopy(one)
    assert deep == one
    assert pickle.loads(pickle.dumps(one, protocol=5)) == one  # noqa: S301 - our own bytes


def test_a_field_with_rules_of_its_own_keeps_them() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Kept:
        name: str
        known: list[int] = field(default_factory=list, init=False, compare=False, repr=False)

    one, same = Kept(name="a"), Kept(name="a")
    one.known.append(1)
    assert one == same
    assert same.known == []
    assert repr(one).endswith("Kept(name='a')")


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


def test_only_the_first_record_has_its_class_finished() -> None:
    @dataclass(frozen=True, slots=True)
    class Fresh:
        name: str
        count: int = 1

    before = vars(Fresh)["__init__"]
    assert Fresh("a").count == 1
    assert vars(Fresh)["__init__"] is not before
    assert Fresh("a", 2).count == 2
    assert not isinstance(vars(Fresh)["__dataclass_fields__"], dict)
    assert [item.default for item in dataclasses.fields(Fresh)] == [dataclasses.MISSING, 1]
    assert isinstance(vars(Fresh)["__dataclass_fields__"], dict)


def test_a_class_without_fields_and_one_with_one() -> None:
    @dataclass(frozen=True, slots=True)
    class Nothing:
        """Says all by being there."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class One:
        value: object

    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert Nothing() != One(value=1)
    assert One(value=(1, 2)) == One(value=(1, 2))
    assert hash(One(value="a")) == hash(One(value="a"))
    with pytest.raises(TypeError, match="unhashable"):
        hash(One(value=[]))


def test_a_generic_record_and_one_that_points_at_its_module() -> None:
    made = Held(item=3)
    assert replace(made, item="x") == Held(item="x")
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes
    assert pprint.pformat(made) == "Held(item=3)"


def test_a_record_that_could_change_is_refused() -> None:
    with pytest.raises(TypeError, match="a record is frozen and slotted"):

        @dataclass(frozen=True, slots=False)
        class Loose:
            name: str
