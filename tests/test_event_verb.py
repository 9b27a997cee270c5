"""`event`, `plan --what-if`, `propose` and `recall` on the command line: answers, exit codes, files that stay as they were."""

from __future__ import annotations

import argparse
import io
import json
from datetime import date
from pathlib import Path

import pytest

from mbc_desktop import event_verb, plan_verb, propose_verb
from mbc_desktop.planning.files.treatment_file import read_treatment
from tests.planning.treatments import File, course, event, library, treatment

TODAY = date(2026, 3, 2)
FILE = treatment(course("fulvestrant", "2026-02-23"), course("denosumab", "2026-02-27", id="c2"), days=100)


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, answer, complaints."""
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers(dest="verb")
    plan_verb.add_parser(verbs)
    event_verb.add_parser(verbs)
    propose_verb.add_parsers(verbs)
    arguments = parser.parse_args(words)
    verb = {
        "plan": event_verb.run_what_if,
        "event": event_verb.run_event,
        "propose": propose_verb.run_propose,
        "recall": propose_verb.run_recall,
    }[arguments.verb]
    out, complaints = io.StringIO(), io.StringIO()
    return verb(arguments, today=TODAY, out=out, complain=complaints), out.getvalue(), complaints.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "a.mbc.json"
    made.write_text(json.dumps(FILE), encoding="utf-8")
    return made


@pytest.fixture
def delay(tmp_path: Path) -> Path:
    """A delay without an id and without the day on which it is entered."""
    made = tmp_path / "event.json"
    entry = event("delay", "", drug="fulvestrant", number=2, days=7, scope="rest_of_treatment", reason="toxicity", grade=3)
    made.write_text(json.dumps({key: value for key, value in entry.items() if key not in ("id", "on")}), encoding="utf-8")
    return made


def test_a_preview_is_told_and_nothing_is_written(path: Path, delay: Path) -> None:
    before = path.read_bytes()
    code, told, complaints = run("plan", str(path), "--what-if", str(delay), "--table")
    lines = told.replace("\u00a0", " ").splitlines()
    assert (code, complaints, path.read_bytes()) == (0, "", before)
    # 16/03, 30/03, 27/04, 26/05 instead of 09/03, 23/03, 20/04, 18/05.
    assert lines[0] == "4 datums veranderd."
    assert lines[1].startswith("! Fulvestrant, toediening 2: ma 16/03/2026 ligt buiten de toegelaten dagen (vr 06/03/2026 tot")
    assert lines[2] == "- Fulvestrant, toediening 2: ma 16/03/2026 in plaats van ma 09/03/2026"


def test_a_preview_as_data_has_codes_and_days(path: Path, delay: Path) -> None:
    code, told, _ = run("event", "preview", str(path), str(delay), "--json")
    content = json.loads(told)
    assert code == 0
    assert [change["after"] for change in content["changes"]] == ["2026-03-16", "2026-03-30", "2026-04-27", "2026-05-26"]
    assert (content["events"][0]["id"], content["events"][0]["on"]) == ("e1", "2026-03-02")
    assert content["windows"][0]["window"] == ["2026-03-06", "2026-03-12"]


def test_adding_enters_the_event_and_keeps_everything_else(path: Path, delay: Path) -> None:
    code, _, complaints = run("event", "add", str(path), str(delay))
    content = json.loads(path.read_text(encoding="utf-8"))
    assert (code, complaints) == (0, "")
    assert {key: value for key, value in content.items() if key != "events"} == FILE
    assert [entry["kind"] for entry in content["events"]] == ["delay"]


def test_events_are_entered_in_toml_as_tables(tmp_path: Path, delay: Path) -> None:
    made = tmp_path / "a.toml"
    made.write_text(
        'format = 1\ntoday = 2026-03-02\n[patient]\nfamily_name = "Voorbeeld"\ngiven_name = "Anna"\nnumber = "1"\n'
        'birth_date = 1961-01-01\nsex = "female"\n[[courses]]\nid = "c1"\nregimen = "fulvestrant"\nstart = 2026-02-23\n',
        encoding="utf-8",
    )
    assert run("event", "add", str(made), str(delay))[0] == 0
    request = read_treatment(made.read_text(encoding="utf-8"), today=TODAY, library=library())
    assert [(item.id, item.days) for item in request.events] == [("e1", 7)]


TOML = """format = 1
today = 2026-03-02  # no events yet
[patient]
family_name = "Voorbeeld"
given_name = "Anna"
number = "1"
birth_date = 1961-01-01
sex = "female"
[[courses]]
id = "c1"
regimen = "fulvestrant"
start = 2026-02-23
"""


def test_the_word_events_in_a_remark_is_no_event(tmp_path: Path, delay: Path) -> None:
    made = tmp_path / "a.toml"
    made.write_text(TOML, encoding="utf-8")
    assert run("event", "add", str(made), str(delay))[0] == 0
    request = read_treatment(made.read_text(encoding="utf-8"), today=TODAY, library=library())
    assert [(item.id, item.days) for item in request.events] == [("e1", 7)]


@pytest.mark.parametrize(
    "line", ["events = []\n", 'events = [{ id = "e1", kind = "omit", course = "c1", by = "NV", on = 2026-03-02 }]\n']
)
def test_events_on_one_line_of_a_toml_file_are_left_as_they_are(tmp_path: Path, delay: Path, line: str) -> None:
    """A table behind a list on one line is no TOML."""
    made = tmp_path / "a.toml"
    made.write_text(TOML.replace("[patient]", f"{line}[patient]"), encoding="utf-8")
    before = made.read_bytes()
    said = f"{made}: events: in TOML each event is a table of its own: [[events]]\n"
    assert run("event", "add", str(made), str(delay)) == (2, "", said)
    assert made.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "event: not valid JSON: write one event, or a list of events"),
        ("[]", "event: write one event, or a list of events"),
        ("3", "event: write one event, or a list of events"),
        ('{"kind": "delay", "course": "c9", "by": "NV", "days": 1}', 'events[0].course: there is no course "c9"'),
        ('{"kind": "delay", "course": "c1", "days": 1}', "events[0].by: this key is missing"),
    ],
)
def test_an_event_that_cannot_be_is_one_line_and_changes_nothing(path: Path, delay: Path, text: str, said: str) -> None:
    delay.write_text(text, encoding="utf-8")
    before = path.read_bytes()
    assert run("event", "add", str(path), str(delay)) == (2, "", f"{path}: {said}\n")
    assert path.read_bytes() == before


def test_a_file_that_is_not_there_is_named(path: Path, tmp_path: Path) -> None:
    code, _, complaints = run("event", "preview", str(path), str(tmp_path / "none.json"))
    assert (code, complaints) == (2, f"{tmp_path / 'none.json'}: No such file or directory\n")


def test_an_alignment_is_told_applied_and_then_there_is_nothing_left_to_save(path: Path) -> None:
    code, told, _ = run("propose", "alignment", str(path))
    assert code == 0
    assert "minder" in told
    assert run("propose", "alignment", str(path), "--apply", "--by", "NV")[0] == 0
    assert run("propose", "alignment", str(path))[1] == "Er kan geen bezoek uitgespaard worden.\n"


def test_applying_asks_who_does_it(path: Path) -> None:
    before = path.read_bytes()
    assert run("propose", "alignment", str(path), "--apply")[0] == 2
    assert path.read_bytes() == before


def test_a_plan_around_an_absence_is_told(tmp_path: Path) -> None:
    # The fourth fulvestrant is due on Monday 20 April: window 17 to 23.
    made = tmp_path / "a.mbc.json"
    file: File = FILE | {"courses": FILE["courses"][:1], "absences": [{"from": "2026-04-20", "until": "2026-04-21"}]}
    made.write_text(json.dumps(file), encoding="utf-8")
    told = run("propose", "absences", str(made))[1].replace("\u00a0", " ")
    assert told == "Fulvestrant: wo 22/04/2026 in plaats van ma 20/04/2026, binnen de toegelaten dagen.\n"


def test_start_days_name_every_weekday(path: Path) -> None:
    code, told, _ = run("propose", "start", str(path), "--json")
    assert code == 0
    assert sorted(item["start"] for item in json.loads(told)) == [f"2026-02-{day}" for day in (23, 24, 25, 26, 27)]
    assert run("propose", "start", str(path), "--course", "c9")[0] == 2


def test_the_recall_list_is_over_many_files_and_names_the_one_that_cannot_be_read(path: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.mbc.json"
    bad.write_text("{", encoding="utf-8")
    code, told, complaints = run("recall", str(path), str(bad), "--json")
    assert code == 2
    assert complaints.startswith(f"{bad}: ")
    assert [(item["drug"], item["days_late"]) for item in json.loads(told)] == [("fulvestrant", 7), ("denosumab", 3)]
    assert "7 dagen te laat" in run("recall", str(path))[1]


def test_a_drug_keeps_its_distance_from_an_irradiation_when_the_proposal_is_applied(tmp_path: Path) -> None:
    """1 x 8 Gy on 9 March: gemcitabine of 2 March is 7 days before, of 9 March on the day itself; 17 March is 8 days after."""
    made = tmp_path / "a.mbc.json"
    rays = {"id": "r1", "radiotherapy": "1x8", "start": "2026-03-09", "region": "bone"}
    made.write_text(json.dumps(treatment(course("carboplatin-gemcitabine", "2026-03-02"), rays)), encoding="utf-8")
    code, told, _ = run("propose", "radiotherapy", str(made))
    assert code == 0
    assert "Voorstel: gemcitabine: uitgesteld met 15 dagen" in told.replace("\u00a0", " ")
    assert run("propose", "radiotherapy", str(made), "--apply", "--by", "NV")[0] == 0
    assert run("propose", "radiotherapy", str(made))[1] == "Niets staat te dicht bij een bestraling.\n"
