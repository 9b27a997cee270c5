"""The sheets that left the program, as the treatment file keeps them: enough to say later what has changed since."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from mbc_desktop.planning.files.treatment_error import TreatmentError
from mbc_desktop.planning.files.treatment_text import write_treatment
from mbc_desktop.planning.plan import Plan
from mbc_desktop.planning.request import Print

MOST_KEPT = 300_000
"""How many characters of older requests a file keeps: about fifty plans, and well below what a treatment file may be."""

Json = dict[str, object]


def print_of(plan: Plan, document: str, *, by: str, on: date | None = None, token: str = "", subject: str = "") -> Print:
    """The record of a sheet made from this plan by a person on a day (default: the plan's today); `subject` is the drug or course
    it is about. Its request leaves its own
    prints out: a file that held every older file inside the next would double with each sheet."""
    request = json.loads(write_treatment(replace(plan.request, prints=())))
    text = json.dumps(request, ensure_ascii=False, separators=(",", ":"))
    made_on = on or plan.request.today
    return Print(fingerprint=plan.fingerprint, document=document, on=made_on, by=by, request=text, token=token, subject=subject)


def known_token(prints: tuple[Print, ...]) -> str:
    """The token of this treatment's calendar files; "" when none has been made."""
    return next((known.token for known in reversed(prints) if known.token), "")


def with_print(prints: tuple[Print, ...], entry: Print) -> tuple[Print, ...]:
    """The prints with one more. The same sheet of the same day and person is not kept twice in a row, nor the request of one plan
    twice. When the requests grow too large together the oldest ones go; that the sheet left the program stays known."""
    same = (known for known in reversed(prints) if (known.document, known.subject) == (entry.document, entry.subject))
    latest = next(same, None)
    if latest is not None and replace(latest, request=entry.request, token=entry.token) == entry:
        return prints
    if any(known.fingerprint == entry.fingerprint and known.request for known in prints):
        entry = replace(entry, request="")
    kept: list[Print] = []
    room = MOST_KEPT
    for known in reversed((*prints, entry)):
        room -= len(known.request)
        kept.append(known if room >= 0 else replace(known, request=""))
    return tuple(reversed(kept))


def latest_other(prints: tuple[Print, ...], document: str, fingerprint: str) -> Print | None:
    """The last print of this document that was made from another plan; None when there is none."""
    others = (known for known in reversed(prints) if known.document == document and known.fingerprint != fingerprint)
    return next(others, None)


def times_changed(prints: tuple[Print, ...], document: str, fingerprint: str) -> int:
    """How often this document left the program before it became what it is now: the sequence number of a calendar file."""
    made = [known.fingerprint for known in prints if known.document == document]
    return max((number for number, known in enumerate(made, 1) if known != fingerprint), default=0)


def file_with_prints(text: str, prints: tuple[Print, ...], entries: tuple[Print, ...]) -> str:
    """The text of a treatment file (JSON, or TOML with the same keys) that holds these further prints; `prints` are those it
    holds already. What else stands in it stays as it is. Raises TreatmentError when a TOML file writes its prints on one line."""
    every = prints
    for entry in entries:
        every = with_print(every, entry)
    if every == prints:
        return text
    if text.lstrip("\ufeff").lstrip().startswith("{"):
        content: Json = json.loads(text.removeprefix("\ufeff"))
        content["prints"] = [_record(known) for known in every]
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    if prints and "[[prints]]" not in text:
        raise TreatmentError("prints", "BAD_VALUE", "in TOML each print is a table of its own: [[prints]]")
    added = "".join(_table(known) for known in every if known not in prints)
    return f"{text.rstrip()}\n{added}"


def _record(entry: Print) -> Json:
    made: Json = {"fingerprint": entry.fingerprint, "document": entry.document, "on": entry.on.isoformat(), "by": entry.by}
    made |= {"request": entry.request} if entry.request else {}
    made |= {"token": entry.token} if entry.token else {}
    return made | ({"subject": entry.subject} if entry.subject else {})


def _table(entry: Print) -> str:
    # A text of JSON is a basic string of TOML: the escapes are the same.
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in _record(entry).items() if key != "on")
    return "\n".join(("", "[[prints]]", f"on = {entry.on.isoformat()}", *lines, ""))
