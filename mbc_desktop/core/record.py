"""The program's dataclasses, made in a tenth of the time.

The standard library compiles six methods for each class while it is imported. The window needs some hundred and thirty classes
before anybody can type, and calls few of their methods. Here the same library writes them when one is first called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import FrozenInstanceError
from dataclasses import dataclass as _written
from typing import TYPE_CHECKING, NoReturn

__all__ = ["dataclass"]

_COMPILED = ("__init__", "__repr__", "__eq__", "__hash__")
_GIVEN: dict[type, tuple[Mapping[str, object], bool]] = {}
"""What stood in the class as it was written down, and whether its fields are keywords only."""

_PUTS: dict[type, tuple[Callable[[object, object], None], ...]] = {}
"""What fills the fields of a copy of the library: three thousand records at every start."""


def _make(*, frozen: bool, slots: bool, kw_only: bool = False, eq: bool = True) -> Callable[[type], type]:
    def make(plain: type) -> type:
        if not (frozen and slots):
            raise TypeError(f"{plain.__qualname__} is not frozen and slotted: take the decorator of the standard library")
        given = dict(vars(plain))
        made: type = _written(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(plain)
        _GIVEN[made] = given, kw_only
        for name in _COMPILED if eq else _COMPILED[:2]:
            if name not in given:
                setattr(made, name, _FIRST[name])
        for name, method in _SHARED.items():
            setattr(made, name, method)
        return made

    return make


def _first(name: str) -> Callable[..., object]:
    """A method that has itself written for its class, and then is what was written."""

    def method(self: object, *values: object, **named: object) -> object:
        owner = next(kind for kind in type(self).__mro__ if kind in _GIVEN)
        written = _write(owner, name)
        setattr(owner, name, written)
        return written(self, *values, **named)

    return method


def _write(owner: type, name: str) -> Callable[..., object]:
    given, kw_only = _GIVEN[owner]
    twin = type(owner.__name__, (), {key: value for key, value in given.items() if key not in ("__dict__", "__weakref__")})
    twin.__qualname__ = owner.__qualname__
    equal = name in ("__eq__", "__hash__")
    _written(init=name == "__init__", repr=name == "__repr__", eq=equal, frozen=True, kw_only=kw_only)(twin)
    method: Callable[..., object] = vars(twin)[name]
    return method


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: object) -> list[object]:
    return [getattr(self, name) for name in vars(type(self))["__slots__"]]


def _restore(self: object, state: Iterable[object]) -> None:
    kind = type(self)
    puts = _PUTS.get(kind)
    if puts is None:
        puts = _PUTS[kind] = tuple(vars(kind)[name].__set__ for name in vars(kind)["__slots__"])
    for put, value in zip(puts, state, strict=True):
        put(self, value)


_FIRST = {name: _first(name) for name in _COMPILED}
_SHARED: dict[str, Callable[..., object]] = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _make
