"""Takes the place of pytest's own loop over the tests: notes which functions each test enters, then makes slips one at a time,
each in a child process with the tests that enter its function, until one fails."""

from __future__ import annotations

import functools
import gc
import importlib
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from mbc_desktop.core import record
from tests.mutants import Mutant, mutated

ROOT = Path(__file__).parents[1]
MOST_SECONDS = 8.0
"""For one slip the quickest tests that enter its function, so long together."""
LEAST_LIMIT, TIMES_LONGER = 5, 5
"""Seconds of the processor in one test after which a slip counts as seen: a loop without an end is noticed by everybody."""
MOST_BYTES = 6 << 30


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip and the module it is in, as a path below the root."""

    file: str
    mutant: Mutant

    def key(self) -> str:
        """Names the slip across changes elsewhere in the module."""
        return f"{self.file.removeprefix('mbc_desktop/')} {self.mutant.key()}"


class Runner:
    """`answer` is called for every slip with whether a test saw it. Tests under one of the `home` folders run once at first; the
    `further` ones too, unless `sample`: then they are tried only where no home test sees a slip."""

    def __init__(
        self, slips: list[Slip], answer: Callable[[Slip, bool], None], *, home: tuple[str, ...], sample: bool, processes: int
    ):
        self.slips, self.answer, self.home, self.sample, self.processes = slips, answer, home, sample, processes
        self.entered: dict[str, list[pytest.Item]] = defaultdict(list)
        self.seconds: dict[str, float] = {}
        self.further: list[pytest.Item] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """The first run, the same tests once more in a child with every module exchanged for itself, then every slip."""
        items = [item for item in session.items if not self.sample or item.nodeid.startswith(self.home)]
        self.further = [item for item in session.items if item not in set(items)]
        self._first_run(items)
        self._leave_out_what_the_exchange_breaks()
        gc.collect()
        gc.freeze()
        running: dict[int, Slip] = {}
        for slip in self.slips:
            if len(running) >= self.processes:
                self._wait(running)
            running[self._start(slip)] = slip
        while running:
            self._wait(running)
        return True

    def tests_of(self, slip: Slip) -> list[pytest.Item]:
        """The tests for a slip, quickest first; for one outside every function those of the whole module, and where none enters
        it (the default of a field) all."""
        prefix = f"{slip.file}:{slip.mutant.function}"
        entered = not slip.mutant.function or prefix in self.entered
        found = {item.nodeid: item for key, items in self.entered.items() if key.startswith(prefix) and entered for item in items}
        known = {item.nodeid: item for items in self.entered.values() for item in items}
        quickest = sorted((found or known).values(), key=lambda item: self.seconds[item.nodeid])
        total, chosen = 0.0, list[pytest.Item]()
        for item in quickest:
            total += self.seconds[item.nodeid]
            if chosen and found and total > MOST_SECONDS:
                break
            chosen.append(item)
        return chosen + self.further

    def _first_run(self, items: list[pytest.Item]) -> None:
        """Runs every test once; one that fails without a slip is left out, and said."""
        for place, item in enumerate(items):
            called: set[str] = set()
            begun = time.process_time()
            sys.setprofile(functools.partial(_note, called=called))
            reports = runtestprotocol(item, nextitem=items[(place + 1) % len(items)], log=False)
            sys.setprofile(None)
            if any(report.failed for report in reports):
                print(f"left out, for it fails without a slip: {item.nodeid}", flush=True)
                continue
            self.seconds[item.nodeid] = time.process_time() - begun
            for name in called:
                self.entered[name].append(item)

    def _leave_out_what_the_exchange_breaks(self) -> None:
        """A test that fails because a module was exchanged, although nothing in it changed, says nothing about slips."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            os.close(reading)
            _be_silent()
            for file in sorted({slip.file for slip in self.slips}):
                exchange(file, ROOT.joinpath(file).read_text("utf-8"), whole=True)
            known = list({item.nodeid: item for items in self.entered.values() for item in items}.values())
            for item in _failing(known):
                os.write(writing, f"{item.nodeid}\n".encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as said:
            broken = set(said.read().splitlines())
        os.waitpid(child, 0)
        for name in sorted(broken):
            print(f"left out, for it fails when nothing changed: {name}", flush=True)
        for name, items in self.entered.items():
            self.entered[name] = [item for item in items if item.nodeid not in broken]

    def _start(self, slip: Slip) -> int:
        """A child in which the slip is made; it ends with 1 as soon as a test sees it."""
        items = self.tests_of(slip)
        child = os.fork()
        if child:
            return child
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        _be_silent()
        try:
            source = ROOT.joinpath(slip.file).read_text("utf-8")
            exchange(slip.file, mutated(source, slip.mutant), whole=not slip.mutant.function)
            os._exit(1 if any(_failing(items, before=self._limit)) else 0)
        except BaseException:
            os._exit(1)

    def _limit(self, item: pytest.Item) -> None:
        """From here on this process has so much time for one test, and ends when it is over."""
        seconds = LEAST_LIMIT + int(TIMES_LONGER * self.seconds.get(item.nodeid, 1.0))
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds, resource.RLIM_INFINITY))
        signal.alarm(20 * seconds)

    def _wait(self, running: dict[int, Slip]) -> None:
        child, status = os.wait()
        self.answer(running.pop(child), not (os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0))


def _failing(items: list[pytest.Item], *, before: Callable[[pytest.Item], None] | None = None) -> Iterator[pytest.Item]:
    """Runs the tests one after the other; those that fail. `before` is told of each."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        if before is not None:
            before(item)
        if any(report.failed for report in runtestprotocol(item, nextitem=following, log=False)):
            yield item


def _note(frame: Any, event: str, _: object, *, called: set[str]) -> None:
    if event == "call" and "/mbc_desktop/" in frame.f_code.co_filename:
        file = frame.f_code.co_filename.removeprefix(f"{ROOT}/")
        called.add(f"{file}:{frame.f_code.co_qualname.replace('.<locals>', '')}")


def _be_silent() -> None:
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)


def exchange(file: str, changed: Any, *, whole: bool) -> None:
    """Another text (or tree) of a module in the running program: every function gets its new code and defaults, and with `whole`
    the constants that differ are put everywhere they were imported."""
    name = ".".join(Path(file).with_suffix("").parts)
    module = importlib.import_module(name)
    fresh = ModuleType(name)
    fresh.__dict__.update(__file__=module.__file__, __package__=module.__package__)
    sys.modules[name] = fresh
    try:
        exec(compile(changed, str(ROOT / file), "exec"), fresh.__dict__)  # noqa: S102 - our own module
    finally:
        sys.modules[name] = module
    for old, new in _functions(module.__dict__, fresh.__dict__, name):
        old.__code__ = new.__code__
        if repr((old.__defaults__, old.__kwdefaults__)) != repr((new.__defaults__, new.__kwdefaults__)):
            old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__
    _exchange_defaults(module, fresh)
    for key, value in _constants(module.__dict__, fresh.__dict__) if whole else ():
        was = module.__dict__[key]
        for other in list(sys.modules.values()):
            if getattr(other, "__dict__", {}).get(key) is was:
                setattr(other, key, value)
    for value in [value for other in list(sys.modules.values()) for value in vars(other).values()]:
        if isinstance(value, functools._lru_cache_wrapper) and value.__module__ == name:
            value.cache_clear()


def _exchange_defaults(module: ModuleType, fresh: ModuleType) -> None:
    """The defaults of the fields of a record: they are read when its first one is built, so that is made to happen again."""
    for key, kind in vars(module).items():
        if isinstance(kind, type) and kind.__module__ == module.__name__ and kind in record._GIVEN:
            given, again = record._GIVEN[kind][0], record._GIVEN[vars(fresh)[key]][0]
            changed = {name: again[name] for name in vars(kind)["__slots__"] if repr(again.get(name)) != repr(given.get(name))}
            if changed:
                record._GIVEN[kind] = ({**given, **changed}, record._GIVEN[kind][1])
                kind.__init__ = record._first_init  # type: ignore[misc]


def _functions(old: dict[str, Any], new: dict[str, Any], module: str) -> Iterator[tuple[FunctionType, FunctionType]]:
    for key, value in list(old.items()):
        one, other = _bare(value), _bare(new.get(key))
        if isinstance(one, FunctionType) and isinstance(other, FunctionType) and one.__module__ == module:
            yield one, other
        elif isinstance(value, type) and value.__module__ == module and isinstance(new.get(key), type):
            yield from _functions(dict(vars(value)), dict(vars(new[key])), module)


def _bare(value: Any) -> Any:
    """The function behind a cache, a property or a static method."""
    if isinstance(value, property):
        value = value.fget
    value = getattr(value, "__func__", value)
    return getattr(value, "__wrapped__", value)


def _constants(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (key, value)
        for key, value in new.items()
        if key in old
        and not key.startswith("__")
        and not isinstance(value, FunctionType | type | CodeType | ModuleType)
        and repr(value) != repr(old[key])
    ]
