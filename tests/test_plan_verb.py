"""`mbc-desktop plan`: files and streams in, plans out, exit codes, and what bad input gets."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mbc_desktop import plan_verb
from mbc_desktop.planning.request import Request
from tests.planning.treatments import File, course, irradiation, treatment

TODAY = date(2026, 3, 2)


class Run:
    """One run of the verb: its exit code, what it answered and what it complained about."""

    def __init__(self, *arguments: str | Path, lines: bytes = b"") -> None:
        parser = argparse.ArgumentParser()
        plan_verb.add_parser(parser.add_subparsers())
        out, complaints = io.StringIO(), io.StringIO()
        self.code = plan_verb.run_plan(
            parser.parse_args(["plan", *map(str, arguments)]), today=TODAY, lines=io.BytesIO(lines), out=out, complain=complaints
        )
        self.out = out.getvalue()
        self.complaints = complaints.getvalue()

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The answers, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


def sound(**more: Any) -> File:
    """A plan without a stop."""
    return treatment(course("fulvestrant"), days=60, **more)


def stopped() -> File:
    """A plan with a stop: an aromatase inhibitor of which nobody knows whether it may be given."""
    return treatment(course("letrozole"), facts={}, days=60)


def line(file: File) -> bytes:
    return json.dumps(file).encode() + b"\n"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The sound treatment as a file."""
    path = tmp_path / "sound.mbc.json"
    path.write_bytes(line(sound()))
    return path


def test_a_plan_without_a_stop_exits_0(written: Path) -> None:
    run = Run(written)
    assert (run.code, run.complaints) == (0, "")
    plan = json.loads(run.out)
    assert plan["format"] == 1
    assert [item["date"] for item in plan["administrations"]] == ["2026-03-02", "2026-03-16", "2026-03-30", "2026-04-27"]
    assert plan["administrations"][0]["give"] == [
        {"count": "2", "form": "syringe", "volume": "5", "strength": "250", "unit": "mg"}
    ]


def test_a_plan_with_a_stop_exits_3_and_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "stopped.mbc.json"
    path.write_bytes(line(stopped()))
    run = Run(path)
    assert run.code == 3
    assert "missing-fact" in {item["code"] for item in json.loads(run.out)["findings"]}


def test_bad_input_exits_2_with_one_line_that_names_file_place_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "bad.mbc.json"
    path.write_bytes(line(sound() | {"courses": [course("nothing")]}))
    run = Run(path)
    assert (run.code, run.out) == (2, "")
    assert run.complaints == f'{path}: courses[0].regimen: the library has no regimen "nothing"\n'


def test_several_files_answer_one_line_each_and_exit_with_the_worst(tmp_path: Path, written: Path) -> None:
    stop, bad = tmp_path / "stop.mbc.json", tmp_path / "bad.mbc.json"
    stop.write_bytes(line(stopped()))
    bad.write_bytes(b"{")
    assert Run(written, stop).code == 3
    run = Run(written, bad, stop, written)
    assert run.code == 2
    assert len(run.answers) == 3
    assert run.complaints.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe{\x00}\x00", "the file is not UTF-8 text"), (b"", "format: this key is missing")],
    ids=["utf-16", "empty"],
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "none.mbc.json"
    path.write_bytes(content)
    run = Run(path)
    assert run.code == 2
    assert run.complaints == f"{path}: {reason}\n"


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    missing = Run(tmp_path / "missing.mbc.json")
    assert missing.code == 2
    assert missing.complaints.startswith(f"{tmp_path / 'missing.mbc.json'}: ")
    folder = Run(tmp_path)
    assert folder.code == 2
    assert folder.complaints.count("\n") == 1


def test_a_stream_answers_in_order_and_goes_on_after_a_bad_line() -> None:
    lines = line(sound()) + b"\n" + b"{\n" + b"\xff\n" + line(stopped()) + line(sound() | {"colour": "red"}) + line(sound())
    run = Run("-", lines=lines)
    assert run.code == 2
    found = [answer.get("error", {}).get("code", "plan") for answer in run.answers]
    assert found == ["plan", "NOT_JSON", "ENCODING_NOT_UTF8", "plan", "UNKNOWN_KEY", "plan"]
    assert [answer["error"]["place"] for answer in run.answers if "error" in answer] == [
        "line 3",
        "line 4",
        "line 6, colour",
    ]
    assert run.answers[0] == run.answers[-1]


def test_a_stream_exits_with_the_worst_of_its_lines() -> None:
    assert Run("-", lines=line(sound())).code == 0
    assert Run("-", lines=line(sound()) + line(stopped()) + line(sound())).code == 3
    assert Run("-", lines=b"{\n" + line(stopped())).code == 2
    assert Run("-", lines=b"").code == 0


def test_a_defect_of_the_program_costs_one_answer_and_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = plan_verb.plan_treatment

    def defective(request: Request, *rest: Any) -> Any:
        if request.patient.number == "13":
            raise ZeroDivisionError("division by zero")
        return whole(request, *rest)

    monkeypatch.setattr(plan_verb, "plan_treatment", defective)
    broken = sound()
    broken["patient"]["number"] = "13"
    run = Run("-", lines=line(sound()) + line(broken) + line(sound()))
    assert run.code == 1
    assert [answer.get("error", {}).get("code") for answer in run.answers] == [None, "DEFECT", None]
    assert "Traceback" not in run.out + run.complaints


def test_the_hospital_closes_days_and_answers_questions(tmp_path: Path, written: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text(
        'name = "Voorbeeldziekenhuis"\n[decisions]\nmaintenance_interval = "1 month"\n'
        '[[closures]]\nfrom = 2026-03-16\nuntil = 2026-03-16\nunit = "day_hospital"\nwhy = "Voorbeeld"\n',
        "utf-8",
    )
    plan = json.loads(Run(written, "--site", site).out)
    # 16/03 is closed: Tuesday 17. By the month from 02/03: 02/04.
    assert [item["date"] for item in plan["administrations"]] == ["2026-03-02", "2026-03-17", "2026-04-02"]
    answer = next(item for item in plan["decisions"] if item["key"] == "maintenance_interval")
    assert (answer["value"], answer["given_by"]) == ("1 month", "site")


def test_a_hospital_or_a_library_that_cannot_be_read(tmp_path: Path, written: Path) -> None:
    broken = tmp_path / "site.toml"
    broken.write_text("name = ", "utf-8")
    empty = tmp_path / "library"
    empty.mkdir()
    for arguments in (
        ("--site", broken),
        ("--site", tmp_path / "none.toml"),
        ("--library", empty),
        ("--library", tmp_path / "no"),
    ):
        run = Run(written, *arguments)
        assert (run.code, run.out) == (2, "")
        assert run.complaints.count("\n") == 1


def test_a_library_of_ones_own(tmp_path: Path, written: Path) -> None:
    from shutil import copytree

    from mbc_desktop.core.folders import find_schedules

    own = tmp_path / "schedules"
    copytree(find_schedules(), own)
    drug = own / "drugs" / "fulvestrant.toml"
    drug.write_text(drug.read_text("utf-8").replace('brands = ["Faslodex"]', 'brands = ["Voorbeeld"]'), "utf-8")
    theirs, ours = json.loads(Run(written, "--library", own).out), json.loads(Run(written).out)
    assert theirs["library"]["fingerprint"] != ours["library"]["fingerprint"]
    assert theirs["fingerprint"] != ours["fingerprint"]
    assert theirs["administrations"] == ours["administrations"]


def test_one_line_or_indented_is_the_same_plan(written: Path) -> None:
    short, long = Run(written, "--jsonl").out, Run(written, "--json").out
    assert short.count("\n") == 1
    assert json.loads(short) == json.loads(long)


def test_the_table_has_every_date(tmp_path: Path) -> None:
    path = tmp_path / "table.mbc.json"
    path.write_bytes(
        line(treatment(course("palbociclib-fulvestrant"), irradiation("5x4", "2026-03-09"), days=30) | {"language": "en"})
    )
    run = Run(path, "--table")
    assert run.code == 0
    for day in ("02/03/2026", "16/03/2026", "30/03/2026", "09/03/2026", "13/03/2026"):
        assert day in run.out
    assert "500" in run.out
    assert "125" in run.out


def test_the_table_speaks_one_language_and_says_how_often(tmp_path: Path) -> None:
    """150 mg of abemaciclib twice a day without end; a letrozole that may not be given has no dose and one stop."""
    path = tmp_path / "abemaciclib.mbc.json"
    path.write_bytes(line(treatment(course("abemaciclib-letrozole"), irradiation("1x8", "2026-03-09", id="r1"), days=20)))
    said = Run("--table", path).out.replace("\u00a0", " ")
    assert "150 mg, 2 keer per dag - " in said
    assert "(gepland)" in said
    assert "1x8 bot" in said
    path.write_bytes(line(stopped()))
    said = Run("--table", path).out
    assert "(niet vrijgegeven)" in said
    assert not {"planned", "withheld", "CAUTION", "ADVICE", "bone"} & set(said.replace("(", " ").replace(")", " ").split())


def test_sheets_are_written_beside_the_answer(tmp_path: Path, written: Path) -> None:
    run = Run(written, "--jsonl", "--pdf", tmp_path / "sheets")
    assert run.code == 0
    paths = [Path(text) for text in run.complaints.splitlines()]
    assert paths
    assert all(path.read_bytes().startswith(b"%PDF") for path in paths)


def test_a_name_that_cannot_be_printed_is_one_line(tmp_path: Path) -> None:
    file = sound()
    file["patient"]["family_name"] = "Voorbeeld \u4e00"
    path = tmp_path / "name.mbc.json"
    path.write_bytes(line(file))
    run = Run(path, "--jsonl", "--pdf", tmp_path)
    assert run.code == 2
    assert run.complaints.count("\n") == 1
    assert not list(tmp_path.glob("*.pdf"))


def test_the_plan_says_nothing_in_words() -> None:
    """Codes and values: no sentence of any language, so that whoever reads it chooses the words."""
    plan = Run("-", lines=line(sound())).answers[0]
    codes = [item["code"] for item in (*plan["findings"], *plan["notes"])]
    assert all(code == code.lower() and " " not in code for code in codes)
    assert set(plan) == {
        "format", "fingerprint", "code", "library", "derived", "administrations", "intakes", "fractions", "checks", "visits",
        "approvals", "decisions", "findings", "gates", "intrathecal", "intrahepatic", "lifetime", "notes", "support", "tasks",
    }  # fmt: skip


def test_a_calendar_file_is_written_and_noted(tmp_path: Path, written: Path) -> None:
    run = Run(written, "--jsonl", "--ics", tmp_path / "a.ics")
    assert (run.code, run.complaints) == (0, f"{tmp_path / 'a.ics'}\n")
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert [one["document"] for one in json.loads(written.read_bytes())["prints"]] == ["calendar_file"]
    before = (tmp_path / "a.ics").read_bytes()
    Run(written, "--jsonl", "--ics", tmp_path / "a.ics")
    assert (tmp_path / "a.ics").read_bytes() == before


def test_a_calendar_file_is_of_one_treatment(tmp_path: Path, written: Path) -> None:
    for files in ((written, written), ("-",)):
        run = Run(*files, "--ics", tmp_path / "a.ics")
        assert (run.code, run.out, run.complaints.count("\n")) == (2, "", 1)
    assert not (tmp_path / "a.ics").exists()


def test_each_language_has_its_own_sheets(tmp_path: Path) -> None:
    for language in ("nl", "fr", "de", "en"):
        (tmp_path / f"{language}.mbc.json").write_bytes(line(sound(language=language)))
        run = Run(tmp_path / f"{language}.mbc.json", "--table", "--pdf", tmp_path, "--ics", tmp_path / f"{language}.ics")
        assert run.code == 0
        # A medicine is a noun in German.
        assert ("Fulvestrant" if language == "de" else "fulvestrant") in run.out
    for name in ("-patient-calendar.pdf", "-check-sheet.pdf", ".ics"):
        assert len({(tmp_path / f"{language}{name}").read_bytes() for language in ("nl", "fr", "de", "en")}) == 4


def test_other_conventions_are_told_on_demand_and_for_carboplatin_always(tmp_path: Path) -> None:
    """165 cm, 68 kg: 1000 mg/m2 of gemcitabine by Du Bois 1749.28 mg."""
    path = tmp_path / "carboplatin.mbc.json"
    path.write_bytes(line(treatment(course("carboplatin-gemcitabine"), days=3)))
    shown = {}
    for flags in ((), ("--conventions",)):
        plan = json.loads(Run(path, *flags).out)
        shown[flags] = {item["drug"]: item.get("other_conventions") for item in plan["administrations"]}
    assert shown[()]["gemcitabine"] is None
    assert shown[()]["carboplatin"] == shown["--conventions",]["carboplatin"] != []
    asked = shown["--conventions",]["gemcitabine"]
    assert {item["bsa_formula"]: item["amount"][:7] for item in asked if "bsa_formula" in item}["du_bois"] == "1749.27"


def test_a_tablet_dose_says_what_it_was_before_rounding_and_by_which_choices(tmp_path: Path) -> None:
    path = tmp_path / "vinorelbine.mbc.json"
    choices = {"vinorelbine_form": "60 then 80 mg/m2 weekly by mouth"}
    path.write_bytes(line(treatment(course("vinorelbine-oral", choices=choices), days=3)))
    intake = json.loads(Run(path).out)["intakes"][0]
    assert intake["exact"].startswith("105.92")
    assert intake["choices"]["vinorelbine_capsules"] == "label table"
