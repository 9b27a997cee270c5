"""The same treatment under ten time zones and four locales is the same plan: days are civil days, and no locale is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "resources" / "example" / "voorbeeld.mbc.json"
ZONES = (
    "Europe/Brussels", "UTC", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kolkata", "Asia/Kathmandu",
    "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca",
)  # fmt: skip
PLANNED_IN_EACH_ZONE = f"""
import hashlib, json, os, time
from datetime import date
from pathlib import Path
from mbc_desktop.core.folders import find_schedules
from mbc_desktop.planning.answers.plan_json import plan_json
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.regimen.loader import load_library
library, text = load_library(find_schedules()), Path({str(FILE)!r}).read_text(encoding="utf-8")
for zone in {ZONES!r}:
    os.environ["TZ"] = zone
    time.tzset()
    plan = plan_treatment(read_treatment(text, today=date(2026, 3, 2), library=library), library)
    print(hashlib.sha256(json.dumps(plan_json(plan)).encode()).hexdigest(), len(plan.administrations))
"""


@pytest.mark.skipif(not hasattr(__import__("time"), "tzset"), reason="this system has one time zone per process")
def test_ten_time_zones_and_four_locales_give_one_plan() -> None:
    found: set[str] = set()
    for locale in ("nl_BE.UTF-8", "fr_BE.UTF-8", "de_BE.UTF-8", "en_BE.UTF-8"):
        surroundings = {**os.environ, "LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0"}
        run = subprocess.run(
            [sys.executable, "-c", PLANNED_IN_EACH_ZONE], capture_output=True, text=True, cwd=ROOT, env=surroundings, check=False
        )
        assert run.stderr == ""
        lines = run.stdout.splitlines()
        assert len(lines) == len(ZONES)
        found |= set(lines)
    assert len(found) == 1
    assert int(found.pop().split()[1]) > 10
    assert json.loads(FILE.read_text(encoding="utf-8"))["courses"]
