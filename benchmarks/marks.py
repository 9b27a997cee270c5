"""What a measured process says about itself: the moments it reached, and the memory it holds."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def say_mark(name: str) -> None:
    """Says that a point was reached: the clock of the whole machine in seconds, and the memory held now in KiB."""
    moment = time.monotonic()
    sys.stdout.write(json.dumps({"mark": name, "at": moment, "cpu": time.process_time(), "kib": resident_kib()}) + "\n")
    sys.stdout.flush()


def resident_kib() -> int | None:
    """The memory of this process that lies in RAM, in KiB; None where the system does not tell it this way."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1])
