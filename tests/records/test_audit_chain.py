"""Nothing is forged unseen: a changed, deleted, inserted, swapped or cut link, and any row that is not as its act left it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from random import Random

import pytest

from mbc_desktop.records.acts import act
from mbc_desktop.records.audit_chain import head_code, read_head_code, verify_chain
from mbc_desktop.records.header import Head
from mbc_desktop.records.plans import open_plan
from mbc_desktop.records.store_error import StoreError
from tests.records.conftest import TODAY, Ward
from tests.records.tampering import KINDS, tampered, without_guards

SAMPLE = 12


@pytest.fixture
def busy(ward: Ward) -> Ward:
    """A ward with a little history: about forty links."""
    request = ward.request()
    patient = ward.save("nurse", request).patient
    for _ in range(10):
        open_plan(ward.store, ward["pharmacist"], patient, today=TODAY, library=ward.data.library)
    return ward


def test_an_untouched_chain_has_no_fault(busy: Ward) -> None:
    report = verify_chain(busy.store, on_paper=[head_code(busy.store.head())])
    assert report.faults == ()
    assert report.links == busy.store.head().seq


def test_the_hash_of_a_link_can_be_worked_out_by_hand(busy: Ward) -> None:
    before = ""
    for entry, stored in busy.store.raw.execute("SELECT entry, hash FROM audit ORDER BY seq"):
        before = hashlib.sha256(b"mbc-audit-v1" + bytes.fromhex(before) + entry.encode()).hexdigest()
        assert before == stored


def test_the_chain_holds_no_name_of_a_patient(busy: Ward) -> None:
    everything = " ".join(row[0] for row in busy.store.raw.execute("SELECT entry FROM audit"))
    assert "Anna" not in everything
    assert "0012345" not in everything


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_tampering_is_seen_wherever_it_happens(busy: Ward, kind: str) -> None:
    """The whole of it, 5 x 1,000 positions, is make prove-records."""
    code, last = head_code(busy.store.head()), busy.store.head().seq
    without_guards(busy.store.raw)
    for seq in Random(kind).sample(range(1, last + 1), SAMPLE):  # noqa: S311 - chosen, not secret
        with tampered(busy.store.raw, kind, seq, last):
            assert verify_chain(busy.store, on_paper=[code]).faults, (kind, seq)
    assert verify_chain(busy.store, on_paper=[code]).faults == ()


def test_a_chain_that_was_cut_and_made_again_to_its_end_is_shown_by_paper_only(busy: Ward) -> None:
    """Who owns the file and its key can compute every hash anew: what cannot be changed is the sheet on the wall."""
    raw, code, head = busy.store.raw, head_code(busy.store.head()), busy.store.head()
    busy.store.header = busy.store.header.__class__(**{**_fields(busy.store.header), "head": Head(seq=0, hash="")})
    without_guards(raw)
    rows = raw.execute("SELECT seq, entry FROM audit ORDER BY seq").fetchall()
    before = ""
    for seq, entry in rows:
        changed = entry.replace("view_patient", "view_history") if seq == head.seq - 3 else entry
        before = hashlib.sha256(b"mbc-audit-v1" + bytes.fromhex(before) + changed.encode()).hexdigest()
        raw.execute("UPDATE audit SET entry = ?, hash = ? WHERE seq = ?", (changed, before, seq))
    assert verify_chain(busy.store).faults == ()
    assert [fault.kind for fault in verify_chain(busy.store, on_paper=[code]).faults] == ["head"]


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE measurement SET value = '86' WHERE kind = 'weight'", "row_changed"),
        ("UPDATE patient SET given_name = 'Ana'", "row_changed"),
        ("UPDATE account SET role = 'administrator' WHERE role = 'nurse'", "row_changed"),
        ("UPDATE version SET saved_by = 3", "row_changed"),
        ("DELETE FROM measurement WHERE kind = 'creatinine'", "row_missing"),
        (
            "INSERT INTO approval (patient_id, course, cycle, kind, at, account_id, person_id, version, content, entries)"
            " VALUES (1, 'c1', 1, 'released', '2026-03-16T09:00:00.000Z', 2, 2, 1, '{}', '{}')",
            "row_unknown",
        ),
    ],
)
def test_a_record_changed_behind_the_program_is_seen(busy: Ward, statement: str, kind: str) -> None:
    busy.store.raw.execute(statement)
    assert {fault.kind for fault in verify_chain(busy.store).faults} == {kind}


def test_the_file_itself_refuses_to_change_or_shorten_the_chain(busy: Ward) -> None:
    for statement in ("UPDATE audit SET entry = '{}' WHERE seq = 2", "DELETE FROM audit WHERE seq = 2"):
        with pytest.raises(Exception, match="the audit is never"):
            busy.store.raw.execute(statement)


def test_an_act_that_fails_leaves_neither_record_nor_link(busy: Ward) -> None:
    head, rows = busy.store.head(), busy.store.raw.execute("SELECT count(*) FROM version").fetchone()
    with pytest.raises(ZeroDivisionError), act(busy.store, busy["nurse"], "save_plan"):
        _ = 1 / 0
    with pytest.raises(StoreError, match="changed_meanwhile"):
        busy.save("nurse", busy.request(), patient=1, version=0)
    assert busy.store.head() == head
    assert busy.store.raw.execute("SELECT count(*) FROM version").fetchone() == rows


def test_a_head_on_paper_is_a_number_and_a_code_with_a_check_letter(busy: Ward) -> None:
    code = head_code(busy.store.head())
    assert read_head_code(code) == (busy.store.head().seq, code.partition("-")[2])
    assert read_head_code(code.lower()) == read_head_code(code)
    for wrong in ("", "12", code[:-1], code.partition("-")[2], f"x-{code}", code[:-1] + ("0" if code[-1] != "0" else "1")):
        assert read_head_code(wrong) is None, wrong
    with pytest.raises(StoreError, match="bad_head_code"):
        verify_chain(busy.store, on_paper=["12-AAAAA-AAAAA-A"])


def test_a_sheet_of_another_store_does_not_fit(busy: Ward) -> None:
    faults = verify_chain(busy.store, on_paper=[head_code(Head(seq=3, hash="0" * 64))]).faults
    assert [(fault.kind, fault.seq) for fault in faults] == [("head", 3)]


def test_a_sheet_that_is_newer_than_the_store_is_an_alarm(busy: Ward) -> None:
    newer = head_code(Head(seq=busy.store.head().seq + 1, hash="0" * 64))
    assert [fault.kind for fault in verify_chain(busy.store, on_paper=[newer]).faults] == ["head"]


def test_every_link_says_who_what_and_when(busy: Ward) -> None:
    entries = [json.loads(row[0]) for row in busy.store.raw.execute("SELECT entry FROM audit ORDER BY seq")]
    assert all({"v", "at", "action", "program"} <= set(entry) for entry in entries)
    assert {entry["role"] for entry in entries if entry["action"] == "view_patient"} == {"pharmacist"}


def test_statements_are_never_put_together_from_texts() -> None:
    """Values are bound; the only texts put into a statement are the key and the names of settings, in connection.py."""
    folder = Path(__file__).parents[2] / "mbc_desktop" / "records"
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "connection.py":
            assert 'execute(f"' not in text, path.name
            assert "execute(f'" not in text, path.name
