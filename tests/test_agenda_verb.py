"""`mbc-desktop agenda`: one line for each who comes, a mark on what is not released."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date
from pathlib import Path

from mbc_desktop import agenda_verb
from tests.planning.treatments import File, course, treatment

TODAY = date(2026, 3, 2)


def lines(folder: Path, *files: File) -> list[str]:
    parser = argparse.ArgumentParser()
    agenda_verb.add_parser(parser.add_subparsers())
    paths = []
    for number, file in enumerate(files):
        paths.append(folder / f"{number}.mbc.json")
        paths[-1].write_text(json.dumps(file), encoding="utf-8")
    out = io.StringIO()
    arguments = parser.parse_args(
        ["agenda", *map(str, paths), "--from", "2026-03-02", "--until", "2026-03-02", "--language", "nl"]
    )
    agenda_verb.run_agenda(arguments, today=TODAY, out=out, complain=io.StringIO())
    return out.getvalue().splitlines()


def test_who_gives_blood_for_several_tests_stands_on_one_line(tmp_path: Path) -> None:
    found = lines(tmp_path, treatment(course("everolimus-exemestane"), days=20))
    assert sum("VOORBEELD" in line for line in found) == 1
    assert "bloedbeeld, creatinine, nuchtere bloedsuiker, leverwaarden" in " ".join(found)


def test_a_dose_that_is_not_released_says_so_and_nothing_takes_no_minutes(tmp_path: Path) -> None:
    low = treatment(course("denosumab"), days=20, facts={"dental_check_on": "2026-02-20"})
    low["measurements"] = [item for item in low["measurements"] if item["kind"] != "calcium"]
    low["measurements"].append({"kind": "calcium", "value": "2.00", "unit": "mmol/L", "on": "2026-03-02", "low": "2.15"})
    (line,) = [line for line in lines(tmp_path, low) if "denosumab" in line]
    assert "denosumab [niet vrijgegeven]" in line
    assert "minstens" not in line
