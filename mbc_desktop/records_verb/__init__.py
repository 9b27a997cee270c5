"""`mbc-desktop records`: the store of a ward on the command line: make, back up, restore, check the audit, users, export."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, get_args

from mbc_desktop.core.disk_reason import disk_reason
from mbc_desktop.core.files import write_file_safely
from mbc_desktop.plan_verb import BAD_INPUT, OK
from mbc_desktop.planning.request import Language
from mbc_desktop.records.permissions import ROLES
from mbc_desktop.texts import Texts, load_texts, offered_language

if TYPE_CHECKING:
    from mbc_desktop.records.acts import SignedIn
    from mbc_desktop.records.header import Key
    from mbc_desktop.records.store import Store

FAULTS = 3
Ask = Callable[[str], str]


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Adds the verb to the command line."""
    parser: argparse.ArgumentParser = subparsers.add_parser("records", help="the encrypted records of a ward")
    verbs = parser.add_subparsers(dest="records_verb", metavar="VERB", required=True)

    def verb(name: str, help: str, *, signed: bool) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = verbs.add_parser(name, help=help)
        made.add_argument("store", metavar="STORE", type=Path, help="the file of the records (.mbcdb)")
        made.add_argument("--language", choices=get_args(Language), default="en", help="of what is told")
        if signed:
            made.add_argument("--as", dest="login", metavar="LOGIN", required=name != "restore", help="who does it")
        return made

    create = verb("create", "make new records, with their first administrator", signed=False)
    for name, help in (("login", "user name"), ("name", "name of the person"), ("staff-number", "number of the person")):
        create.add_argument(f"--{name}", required=True, metavar="TEXT", help=help)
    create.add_argument("--keep-key", action="store_true", help="keep the key in the vault of this system")
    backup = verb("backup", "make a backup, open it and compare it", signed=True)
    backup.add_argument("--to", type=Path, required=True, metavar="DIR", help="the folder of the backups")
    restore = verb("restore", "show how old a backup is and what would be missing; with --yes restore it", signed=True)
    restore.add_argument("--from", dest="backup", type=Path, required=True, metavar="FILE", help="the backup (.mbcbackup)")
    restore.add_argument("--yes", action="store_true", help="restore it")
    verify = verb("verify", "walk the audit chain and hold every row against it", signed=False)
    verify.add_argument("--head", action="append", default=[], metavar="CODE", help="a head code printed on a sheet")
    users = verb("users", "list the users, add one, or change one", signed=True)
    users.add_argument("--add", metavar="LOGIN", help="add this user")
    users.add_argument("--name", default="", help="name of the person to add")
    users.add_argument("--staff-number", default="", help="number of the person to add")
    users.add_argument("--role", choices=ROLES, default="read_only", help="role of the user to add or to change")
    users.add_argument("--change", metavar="LOGIN", help="give this user the role of --role")
    users.add_argument("--off", metavar="LOGIN", help="take this user out of use")
    users.add_argument("--on", metavar="LOGIN", help="take this user into use again")
    users.add_argument("--reset", metavar="LOGIN", help="give this user a new password")
    verb("passphrase", "give the records another passphrase; earlier backups keep theirs", signed=True)
    export = verb("export", "write the whole record of a patient as JSON and PDF", signed=True)
    export.add_argument("--number", required=True, help="the number of the patient")
    export.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
    return parser


def run_records(arguments: argparse.Namespace, *, out: TextIO, complain: TextIO, ask: Ask | None = None) -> int:
    """Runs the verb. 0: done; 3: the audit has faults; 2: refused, with one line that says why. `ask` gives the secrets: from the
    keyboard without showing them, or line by line from standard input where there is no keyboard."""
    from mbc_desktop.records.store_error import StoreError
    from mbc_desktop.records.told import error_text

    texts = load_texts(offered_language(arguments.language))
    try:
        return _VERBS[arguments.records_verb](arguments, texts, out, ask or _secret)
    except StoreError as error:
        complain.write(f"{arguments.store}: {error_text(error, texts)}\n")
        return BAD_INPUT


def _secret(label: str) -> str:
    if sys.stdin.isatty():
        return getpass.getpass(f"{label}: ")
    return sys.stdin.readline().rstrip("\n")


def _field(texts: Texts, name: str, login: str = "") -> str:
    word = texts.word(f"records.field.{name}")
    return f"{word} ({login})" if login else word


def _key(store: Path, texts: Texts, ask: Ask) -> Key:
    """From the vault of the system, else from the passphrase."""
    from mbc_desktop.records.header import passphrase_key, read_header
    from mbc_desktop.records.key_vault import kept_key

    return kept_key(read_header(store)) or passphrase_key(store, ask(_field(texts, "passphrase")))


def _opened(arguments: argparse.Namespace, texts: Texts, ask: Ask, *, read_only: bool = False) -> Store:
    from mbc_desktop.records.store import Opening, open_store

    return open_store(arguments.store, _key(arguments.store, texts, ask), Opening(read_only=read_only))


def _seat(store: Store, login: str, texts: Texts, ask: Ask) -> SignedIn:
    """Signs in; a password that somebody else gave is changed first."""
    from mbc_desktop.records.people import change_password, sign_in

    password = ask(_field(texts, "password", login))
    who = sign_in(store, login, password)
    if who.must_change:
        change_password(store, who, password, ask(_field(texts, "new_password", login)))
    return who


def _create(arguments: argparse.Namespace, texts: Texts, out: TextIO, ask: Ask) -> int:
    from mbc_desktop.records.key_vault import keep_key
    from mbc_desktop.records.people import NewAccount, check_account, first_account
    from mbc_desktop.records.store import create_store

    passphrase = ask(_field(texts, "passphrase"))
    new = NewAccount(
        staff_number=arguments.staff_number,
        name=arguments.name,
        login=arguments.login,
        role="administrator",
        password=ask(_field(texts, "password", arguments.login)),
    )
    check_account(new)
    store = create_store(arguments.store, passphrase)
    try:
        first_account(store, new)
        if arguments.keep_key:
            keep_key(store.header, store.key)
    finally:
        store.close()
    out.write(texts.say("records.verb.created", file=arguments.store.name) + "\n")
    return OK


def _back_up(arguments: argparse.Namespace, texts: Texts, out: TextIO, ask: Ask) -> int:
    from mbc_desktop.records.backup import back_up

    store = _opened(arguments, texts, ask)
    try:
        made = back_up(store, _seat(store, arguments.login, texts, ask), arguments.to)
    finally:
        store.close()
    out.write(texts.say("records.verb.backup", file=str(made.path), patients=made.patients, seq=made.head.seq) + "\n")
    return OK


def _restore(arguments: argparse.Namespace, texts: Texts, out: TextIO, ask: Ask) -> int:
    from mbc_desktop.records_verb.restoring import restore_lines

    passphrase = ask(_field(texts, "passphrase"))

    def seat(store: Store) -> SignedIn | None:
        return _seat(store, arguments.login, texts, ask) if arguments.login and not store.read_only else None

    for line in restore_lines(arguments.store, arguments.backup, passphrase, texts, yes=arguments.yes, seat=seat):
        out.write(f"{line}\n")
    return OK


def _verify(arguments: argparse.Namespace, texts: Texts, out: TextIO, ask: Ask) -> int:
    from mbc_desktop.records.audit_chain import verify_chain
    from mbc_desktop.records.told import chain_lines

    store = _opened(arguments, texts, ask, read_only=True)
    try:
        report = verify_chain(store, on_paper=arguments.head)
    finally:
        store.close()
    for line in chain_lines(report, texts):
        out.write(f"{line}\n")
    return FAULTS if report.faults else OK


def _users(arguments: argparse.Namespace, texts: Texts, out: TextIO, ask: Ask) -> int:
    from mbc_desktop.records import people
    from mbc_desktop.records.acts import require

    store = _opened(arguments, texts, ask)
    try:
        who = _seat(store, arguments.login, texts, ask)
        require(store, who, "manage_accounts")
        if arguments.add:
            password = ask(_field(texts, "password", arguments.add))
            people.add_account(
                store,
                who,
                people.NewAccount(
                    staff_number=arguments.staff_number,
                    name=arguments.name,
                    login=arguments.add,
                    role=arguments.role,
                    password=password,
                ),
            )
        if arguments.change:
            people.change_account(store, who, people.account_of(store, arguments.change), role=arguments.role)
        for login, active in ((arguments.off, False), (arguments.on, True)):
            if login:
                people.change_account(store, who, people.account_of(store, login), active=active)
        if arguments.reset:
            account = people.account_of(store, arguments.reset)
            people.reset_password(store, who, account, ask(_field(texts, "new_password", arguments.reset)))
        for one in people.accounts(store):
            state = "" if one.active else " (-)"
            out.write(f"{one.login}\t{one.name}\t{one.staff_number}\t{texts.word(f'records.role.{one.role}')}{state}\n")
    finally:
        store.close()
    return OK


def _passphrase(arguments: argparse.Namespace, texts: Texts, out: TextIO, ask: Ask) -> int:
    from mbc_desktop.records.header import passphrase_key
    from mbc_desktop.records.passphrase import change_passphrase
    from mbc_desktop.records.store import open_store

    old = ask(_field(texts, "passphrase"))
    store = open_store(arguments.store, passphrase_key(arguments.store, old))
    try:
        who = _seat(store, arguments.login, texts, ask)
        change_passphrase(store, who, old, ask(_field(texts, "new_passphrase")))
    finally:
        store.close()
    out.write(texts.word("records.verb.passphrase_changed") + "\n")
    return OK


def _export(arguments: argparse.Namespace, texts: Texts, out: TextIO, ask: Ask) -> int:
    from mbc_desktop.records.patients import patient_with_number
    from mbc_desktop.records.whole_record import whole_record

    store = _opened(arguments, texts, ask)
    try:
        who = _seat(store, arguments.login, texts, ask)
        patient = patient_with_number(store, who, arguments.number)
        record = whole_record(store, who, patient.id)
    finally:
        store.close()
    for path in write_record(record, arguments.out, arguments.number, texts):
        out.write(texts.say("records.verb.exported", file=str(path)) + "\n")
    return OK


def write_record(record: Any, folder: Path, number: str, texts: Texts) -> tuple[Path, Path]:
    """Writes the whole record as JSON and as PDF. Raises StoreError (not_written)."""
    from mbc_desktop.documents.drawing.pdf import document_pdf
    from mbc_desktop.documents.sheets.record_sheet import compose_record
    from mbc_desktop.records.store_error import StoreError

    data, sheet = folder / f"{number}-record.json", folder / f"{number}-record.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_file_safely(data, (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
        write_file_safely(sheet, document_pdf(compose_record(record, texts)))
    except OSError as error:
        raise StoreError("not_written", file=str(folder), reason=disk_reason(error)) from error
    return data, sheet


_VERBS = {
    "create": _create,
    "backup": _back_up,
    "restore": _restore,
    "verify": _verify,
    "users": _users,
    "passphrase": _passphrase,
    "export": _export,
}
