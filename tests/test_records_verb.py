"""The records of a ward on the command line, as somebody types it."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from mbc_desktop import records_verb
from mbc_desktop.records import passphrase, people, store
from mbc_desktop.records.data_copies import PlanData
from mbc_desktop.records.header import passphrase_key
from mbc_desktop.records.plans import save_plan
from mbc_desktop.records.store import open_store
from tests.records.conftest import CHEAP, PASSPHRASE
from tests.records.wards import growing_plans, plan_data

SECRETS = {
    "passphrase": PASSPHRASE,
    "password (baas)": "geheim van baas",
    "password (ann)": "geheim van ann",
    "new password (ann)": "eigen van ann",
}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "PASSWORD_COST", CHEAP)
    monkeypatch.setattr("mbc_desktop.records_verb._key", lambda path, texts, ask: passphrase_key(path, ask("passphrase")))
    real = store.create_store
    monkeypatch.setattr(store, "create_store", lambda path, words: real(path, words, cost=CHEAP))
    change = passphrase.change_passphrase
    monkeypatch.setattr(passphrase, "change_passphrase", lambda *given: change(*given, cost=CHEAP))
    for name in ("first_account", "add_account", "change_password", "reset_password"):
        made = getattr(people, name)
        monkeypatch.setattr(people, name, lambda *a, made=made, **k: made(*a, **{"cost": CHEAP, **k}))


def run(*words: str, secrets: dict[str, str] = SECRETS) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    records_verb.add_parser(parser.add_subparsers(dest="verb"))
    out, complain = io.StringIO(), io.StringIO()
    code = records_verb.run_records(
        parser.parse_args(["records", *words]),
        out=out,
        complain=complain,
        ask=lambda label: secrets[label.replace(" of the records", "")],
    )
    return code, out.getvalue(), complain.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = str(tmp_path / "afdeling.mbcdb")
    assert run("create", path, "--login", "baas", "--name", "Voorbeeld Baas", "--staff-number", "1")[0] == 0
    return path


def add_pharmacist(file: str) -> None:
    person = ("--name", "Voorbeeld Ann", "--staff-number", "2", "--role", "pharmacist")
    assert run("users", file, "--as", "baas", "--add", "ann", *person)[0] == 0


def test_create_users_backup_verify(file: str, tmp_path: Path) -> None:
    add_pharmacist(file)
    code, out, _ = run("users", file, "--as", "baas")
    assert [line.split("\t") for line in out.splitlines()] == [
        ["ann", "Voorbeeld Ann", "2", "pharmacist"], ["baas", "Voorbeeld Baas", "1", "administrator"],
    ]  # fmt: skip
    code, out, _ = run("backup", file, "--as", "baas", "--to", str(tmp_path / "kopie"))
    assert code == 0
    (backup,) = (tmp_path / "kopie").glob("*.mbcbackup")
    assert str(backup) in out
    code, out, _ = run("verify", file)
    assert (code, "audit is whole" in out) == (0, True)
    head = out.split()[-1].rstrip(".")
    assert run("verify", file, "--head", head)[0] == 0
    code, out, _ = run("restore", file, "--from", str(backup))
    assert (code, "--yes" in out, "will be missing" in out) == (0, True, True)
    assert run("restore", file, "--from", str(backup), "--yes", "--as", "baas")[0] == 0
    code, out, _ = run("verify", file, "--head", head)
    assert (code, "does not fit" in out) == (3, True)


def test_a_sound_store_is_not_restored_by_nobody(file: str, tmp_path: Path) -> None:
    run("backup", file, "--as", "baas", "--to", str(tmp_path / "kopie"))
    (backup,) = (tmp_path / "kopie").glob("*.mbcbackup")
    code, _, complaint = run("restore", file, "--from", str(backup), "--yes")
    assert (code, complaint.count("\n")) == (2, 1)


def test_the_whole_record_as_data_and_on_paper(file: str, tmp_path: Path) -> None:
    add_pharmacist(file)
    data: PlanData = plan_data()
    key = passphrase_key(Path(file), PASSPHRASE)
    opened = open_store(Path(file), key)
    who = people.sign_in(opened, "ann", "geheim van ann")
    people.change_password(opened, who, "geheim van ann", "geheim van ann")
    first, second = growing_plans(data, 2)
    saved = save_plan(opened, who, first, data)
    save_plan(opened, who, second, data, patient=saved.patient, version=1, why="gewogen op de zaal")
    opened.close()
    code, _, complaint = run("export", file, "--as", "ann", "--number", "0012345", "--out", str(tmp_path / "uit"))
    assert (code, complaint) == (0, "")
    record = json.loads((tmp_path / "uit" / "0012345-record.json").read_text(encoding="utf-8"))
    assert [one["why"] for one in record["versions"]] == ["", "gewogen op de zaal"]
    assert record["treatment"]["patient"]["family_name"] == "Voorbeeld"
    assert [one["action"] for one in record["audit"]] == ["save_plan", "save_plan", "export_record"]
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "uit" / "0012345-record.pdf").pages)
    assert "VOORBEELD Anna" in text
    assert "gewogen op de zaal" in text.replace("\n", " ")
    assert run("export", file, "--as", "ann", "--number", "9", "--out", str(tmp_path))[0] == 2


@pytest.mark.parametrize(
    ("words", "secrets", "said"),
    [
        (("verify",), {"passphrase": "een heel andere zin"}, "passphrase"),
        (("users", "--as", "baas"), {"passphrase": PASSPHRASE, "password (baas)": "x"}, "do not belong together"),
        (("verify", "--head", "12"), SECRETS, "no check code"),
    ],
)
def test_what_is_refused_is_one_line_and_code_2(file: str, words: tuple[str, ...], secrets: dict[str, str], said: str) -> None:
    code, out, complaint = run(words[0], file, *words[1:], secrets=secrets)
    assert (code, out, complaint.count("\n")) == (2, "", 1)
    assert said in complaint


def test_nothing_is_made_twice_and_no_short_secret_makes_anything(file: str, tmp_path: Path) -> None:
    person = ("--login", "baas", "--name", "Voorbeeld", "--staff-number", "1")
    assert run("create", file, *person)[0] == 2
    other = tmp_path / "andere.mbcdb"
    assert run("create", str(other), *person, secrets={**SECRETS, "password (baas)": "kort"})[0] == 2
    assert run("create", str(other), *person, secrets={**SECRETS, "passphrase": "kort"})[0] == 2
    assert not other.exists()


def test_another_passphrase_opens_the_records_and_an_older_backup_comes_back_by_either(file: str, tmp_path: Path) -> None:
    assert run("backup", file, "--as", "baas", "--to", str(tmp_path / "kopie"))[0] == 0
    backup = next((tmp_path / "kopie").glob("*.mbcbackup"))
    other = {**SECRETS, "passphrase": "een heel andere zin"}
    code, told, _ = run("passphrase", file, "--as", "baas", secrets={**SECRETS, "new passphrase": other["passphrase"]})
    assert (code, "keep theirs" in told) == (0, True)
    assert run("verify", file)[0] == 2
    assert run("verify", file, secrets=other)[0] == 0
    for secrets in (SECRETS, other):
        assert run("restore", file, "--from", str(backup), secrets=secrets)[0] == 0
    assert run("restore", file, "--from", str(backup), "--as", "baas", "--yes", secrets=other)[0] == 0
    assert run("verify", file, secrets=other)[0] == 0


def test_a_user_gets_another_role_and_goes_out_of_use_and_back(file: str) -> None:
    person = ("--name", "Voorbeeld Ann", "--staff-number", "2", "--role", "nurse")
    assert run("users", file, "--as", "baas", "--add", "ann", *person)[0] == 0
    _, told, _ = run("users", file, "--as", "baas", "--change", "ann", "--role", "pharmacist")
    assert "ann\tVoorbeeld Ann\t2\tpharmacist\n" in told
    assert "ann\tVoorbeeld Ann\t2\tpharmacist (-)" in run("users", file, "--as", "baas", "--off", "ann")[1]
    assert "ann\tVoorbeeld Ann\t2\tpharmacist\n" in run("users", file, "--as", "baas", "--on", "ann")[1]
