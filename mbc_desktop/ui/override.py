"""The mark on a method that replaces one of its base class. Python 3.11 has none of its own, and the package that has it would be
imported before the first paint for nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

_Method = TypeVar("_Method", bound=Callable[..., object])

if TYPE_CHECKING:
    from typing_extensions import override as override
else:

    def override(method: _Method) -> _Method:
        """The method itself."""
        return method
