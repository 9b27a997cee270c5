"""Importing a part of somebody else's package without what it brings along and this program never uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec


@contextmanager
def stand_in(name: str) -> Iterator[None]:
    """Meanwhile the module `name` is an empty one: it can be imported, and so can what lies in it, but none of its own code runs.
    Whoever imports it afterwards gets all of it. Where it is there already, or cannot be found, nothing is done."""
    spec = None if name in sys.modules else find_spec(name)
    if spec is None:
        yield
        return
    sys.modules[name] = module_from_spec(spec)
    try:
        yield
    finally:
        del sys.modules[name]
