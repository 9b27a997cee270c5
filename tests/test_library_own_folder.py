"""Regimens of a hospital's own: the same checks, never in the place of a shipped one; every fault in one line. Faults that other
programs shipped (reversed ranges, doses as text, a drug of the name without an order, days in prose, keys that nothing reads) are
refused, one test each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mbc_desktop.cli import main
from mbc_desktop.regimen.check_files import library_faults
from mbc_desktop.regimen.loader import load_library_at
from tests.planning.treatments import course, treatment

Capture = pytest.CaptureFixture[str]
FILE = "regimens/my-regimen.toml"


@pytest.fixture
def own(tmp_path: Path, capsys: Capture) -> Path:
    """A folder of one's own with the template in it."""
    folder = tmp_path / "own"
    (folder / "regimens").mkdir(parents=True)
    assert main(["library", "template"]) == 0
    (folder / FILE).write_text(capsys.readouterr().out, encoding="utf-8")
    return folder


def check(folder: Path, capsys: Capture) -> tuple[int, list[str]]:
    code = main(["library", "check", "--library", str(folder)])
    out = capsys.readouterr()
    return code, (out.err or out.out).splitlines()


def write(folder: Path, old: str, new: str) -> None:
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_template_is_good_as_it_is(own: Path, capsys: Capture) -> None:
    code, lines = check(own, capsys)
    assert (code, lines[0].endswith("files are good")) == (0, True)
    assert "my-regimen" in load_library_at(own).regimens
    assert "docetaxel" in load_library_at(own).regimens


def test_a_regimen_of_ones_own_is_planned(own: Path, tmp_path: Path, capsys: Capture) -> None:
    """80 mg/m2 of 1.765408 m2 is 141.233: 235.4 -> 235 x 0.6 = 141 mg, as in the shipped weekly regimen."""
    path = tmp_path / "a.mbc.json"
    path.write_text(json.dumps(treatment(course("my-regimen"), days=20)), encoding="utf-8")
    assert main(["plan", str(path), "--library", str(own)]) in (0, 3)
    plan = json.loads(capsys.readouterr().out)
    given = [(item["date"], item["dose"]["amount"]) for item in plan["administrations"]]
    assert given == [("2026-03-02", "141"), ("2026-03-09", "141"), ("2026-03-16", "141")]


def test_a_shipped_id_is_never_replaced(own: Path, capsys: Capture) -> None:
    (own / FILE).rename(own / "regimens" / "docetaxel.toml")
    text = (own / "regimens" / "docetaxel.toml").read_text(encoding="utf-8")
    (own / "regimens" / "docetaxel.toml").write_text(text.replace('"my-regimen"', '"docetaxel"'), encoding="utf-8")
    code, lines = check(own, capsys)
    assert (code, lines) == (2, ["own/regimens/docetaxel.toml: id: is already in use by schedules/regimens/docetaxel.toml"])


def test_every_fault_has_its_own_line(own: Path, capsys: Capture) -> None:
    write(own, 'route = "IV"', 'rute = "IV"')
    write(own, 'amount = "80"', 'amount = "75-100"')
    code, lines = check(own, capsys)
    order = f"own/{FILE}: parts[0].phases[0].orders[0]"
    assert code == 2
    assert [line.partition(": ")[2].partition(": ")[0] for line in lines] == [
        "parts[0].phases[0].orders[0].route",
        "parts[0].phases[0].orders[0].dose.amount",
        "parts[0].phases[0].orders[0].rute",
    ]
    assert lines[0] == f"{order}.route: is missing"


def test_faults_that_only_show_together_are_all_told(own: Path) -> None:
    write(own, 'drug = "paclitaxel" ', 'drug = "paclitaxil" ')
    write(own, 'source = "proposal"               #', 'source = "nowhere"               #')
    from mbc_desktop.core.folders import find_schedules

    places = [item.place for item in library_faults(find_schedules(), own=own)]
    assert places == ["source", "parts[0].timing_of", "parts[0].phases[0].orders[0].drug"]


# ---- what peers shipped (field notes, section 8)


@pytest.mark.parametrize("dose", ["75-100", "100-75", "6(8)", "ca. 80", "80 mg/m2", "80,0"])
def test_a_range_or_words_for_a_dose_are_refused(dose: str, own: Path, capsys: Capture) -> None:
    write(own, 'amount = "80"', f'amount = "{dose}"')
    code, lines = check(own, capsys)
    assert code == 2
    assert "dose.amount: not a number" in lines[0]


def test_a_reversed_range_of_cycles_is_refused(own: Path, capsys: Capture) -> None:
    write(own, 'cycles = "1-" ', 'cycles = "6-1" ')
    assert "the last cycle comes before the first" in check(own, capsys)[1][0]


def test_a_reversed_range_of_tablet_days_is_refused(own: Path, capsys: Capture) -> None:
    write(own, "days = [1, 8, 15] ", "take = { first = 14, last = 1 } ")
    assert "the last day of intake comes before the first" in check(own, capsys)[1][0]


@pytest.mark.parametrize("days", ['"days 1, 8 and 15"', '["1", "8"]', '"1, 8, 15"'])
def test_days_in_prose_are_refused(days: str, own: Path, capsys: Capture) -> None:
    write(own, "days = [1, 8, 15] ", f"days = {days} ")
    code, lines = check(own, capsys)
    assert code == 2
    assert ".orders[0].days" in lines[0]


def test_days_in_the_wrong_order_are_refused(own: Path, capsys: Capture) -> None:
    write(own, "days = [1, 8, 15] ", "days = [1, 15, 8] ")
    assert "the days are in order and each is named once" in check(own, capsys)[1][0]


@pytest.mark.parametrize(
    "name", ["carboplatin-paclitaxel", "paclitaxel-trastuzumab-deruxtecan", "liposomal-doxorubicin-paclitaxel"]
)
def test_a_drug_of_the_name_without_an_order_is_refused(name: str, own: Path, capsys: Capture) -> None:
    write(own, 'id = "my-regimen" ', f'id = "{name}" ')
    (own / FILE).rename(own / "regimens" / f"{name}.toml")
    missing = name.replace("paclitaxel", "").strip("-")
    code, lines = check(own, capsys)
    assert (code, lines) == (2, [f"own/regimens/{name}.toml: id: names {missing}, which no order gives"])


@pytest.mark.parametrize("key", ["max_delay = 7", 'remark = "slowly"', "holiday = true", 'reduction = "25"'])
def test_a_key_that_nothing_reads_is_refused(key: str, own: Path, capsys: Capture) -> None:
    write(own, 'route = "IV"', f'{key}\nroute = "IV"')
    code, lines = check(own, capsys)
    assert code == 2
    assert lines[0].endswith("is not a key of this table")


def test_a_file_that_has_no_place_is_named(own: Path, capsys: Capture) -> None:
    (own / "notes.txt").write_text("x", encoding="utf-8")
    assert check(own, capsys) == (2, ["own/notes.txt: has no place in a library folder"])
