"""The program's dataclasses, made in a thirtieth of the time.

The standard library compiles six methods for each class while it is imported. The window needs some hundred and thirty classes
before anybody can type, and builds records of few of them. Here one method is compiled, when the first record is built; the
others are the same code for all. What `fields`, `replace` and `asdict` need is asked of the standard library when they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, FrozenInstanceError
from dataclasses import dataclass as _written
from operator import attrgetter
from typing import TYPE_CHECKING, NoReturn

__all__ = ["dataclass"]

_GIVEN: dict[type, tuple[Mapping[str, object], bool]] = {}
"""What stood in the class as it was written down, and whether its fields are keywords only."""
_PUTS: dict[type, tuple[Callable[[object, object], None], ...]] = {}
"""What fills the fields of a copy of the library: three thousand records at every start."""


def _make(*, frozen: bool, slots: bool, kw_only: bool = False, eq: bool = True) -> Callable[[type], type]:
    def make(plain: type) -> type:
        given = dict(vars(plain))
        names = tuple(given.get("__annotations__", ()))
        if any(isinstance(given.get(name), Field) for name in names):
            # A field with rules of its own is left to the standard library.
            whole: type = _written(frozen=True, slots=True, kw_only=kw_only, eq=eq)(plain)
            return whole
        body = {name: value for name, value in given.items() if name not in (*names, "__dict__", "__weakref__")}
        methods = {**_SHARED, **(_equality(names) if eq else {}), "__match_args__": () if kw_only else names}
        made = type(plain)(plain.__name__, plain.__bases__, {**methods, **body, "__slots__": names})
        made.__qualname__ = plain.__qualname__
        _GIVEN[made] = given, kw_only
        return made

    if not (frozen and slots):
        raise TypeError("a record is frozen and slotted; for another class take the decorator of the standard library")
    return make


def _equality(names: tuple[str, ...]) -> dict[str, Callable[..., object]]:
    # Of one name it would give the value, not a tuple of it.
    several: Callable[[object], object] = (
        attrgetter(*names) if len(names) > 1 else lambda one: tuple(getattr(one, name) for name in names)
    )

    def equal(self: object, other: object) -> bool:
        return several(self) == several(other) if other.__class__ is self.__class__ else object.__eq__(self, other)

    def hashed(self: object) -> int:
        return hash(several(self))

    return {"__eq__": equal, "__hash__": hashed}


def _first_init(self: object, *values: object, **named: object) -> None:
    """Has itself written for its class, and then is what was written."""
    owner = next(kind for kind in type(self).__mro__ if kind in _GIVEN)
    given, kw_only = _GIVEN[owner]
    names: tuple[str, ...] = vars(owner)["__slots__"]
    parameters = ", ".join(f"{name}=given[{name!r}]" if name in given else name for name in names)
    lines = [f"put_{name}(self, {name})" for name in names]
    lines += ["self.__post_init__()"] if hasattr(owner, "__post_init__") else [] if names else ["pass"]
    puts = {f"put_{name}": vars(owner)[name].__set__ for name in names}
    scope: dict[str, object] = {"given": given, **puts}
    star = "*, " if kw_only and names else ""
    exec(f"def __init__(self, {star}{parameters}):\n " + "\n ".join(lines), scope)  # noqa: S102 - of names in our own source
    init: Callable[..., None] = scope["__init__"]  # type: ignore[assignment]
    init.__qualname__ = f"{owner.__qualname__}.__init__"
    setattr(owner, "__init__", init)  # noqa: B010 - the checker would not have it otherwise
    init(self, *values, **named)


class _AskedLater:
    """What the standard library knows of a dataclass, asked when somebody wants to know."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, one: object, kind: type) -> object:
        owner = next(made for made in kind.__mro__ if made in _GIVEN)
        given, kw_only = _GIVEN[owner]
        body = {name: value for name, value in given.items() if name not in ("__dict__", "__weakref__")}
        twin: type = _written(frozen=True, kw_only=kw_only)(type(owner.__name__, (), body))
        setattr(owner, self._name, vars(twin)[self._name])
        return vars(twin)[self._name]


def _shown(self: object) -> str:
    values = ", ".join(f"{name}={getattr(self, name)!r}" for name in vars(type(self))["__slots__"])
    return f"{type(self).__qualname__}({values})"


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


_SHARED: dict[str, object] = {
    "__init__": _first_init,
    "__repr__": _shown,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
    "__dataclass_fields__": _AskedLater("__dataclass_fields__"),
    "__dataclass_params__": _AskedLater("__dataclass_params__"),
}

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _make
