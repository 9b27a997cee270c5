"""`mbc-desktop self-test`: the vectors of the start, computed again with the installed data."""

from __future__ import annotations

from time import perf_counter
from typing import TextIO

from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.findings.self_test import VECTORS, self_test
from mbc_desktop.regimen.library_error import LibraryError
from mbc_desktop.regimen.loader import load_library


def run_self_test(*, out: TextIO, complain: TextIO) -> int:
    """Says how many vectors came out and how long that took; names every difference and then gives 1, for the program must not be
    used. 2 when the data cannot be read."""
    try:
        library = load_library(find_schedules())
    except LibraryError as error:
        complain.write(f"{error}\n")
        return 2
    began = perf_counter()
    differences = self_test(library)
    took = (perf_counter() - began) * 1000
    for item in differences:
        complain.write(f"self-test: {item.name} gives {item.computed} instead of {item.expected}\n")
    if differences:
        complain.write("self-test: do not use this installation; install the program again\n")
        return 1
    out.write(f"self-test: {len(VECTORS)} of {len(VECTORS)} vectors right, {took:.1f} ms\n")
    return 0
