"""The fingerprint of a plan: what a printed sheet carries so that it can be checked against the plan of today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from mbc_desktop.core.decimals import decimal_text
from mbc_desktop.dosing.dose import Dose
from mbc_desktop.planning.intrathecal import IntrathecalDay
from mbc_desktop.planning.plan import Administration, CheckUp, Fraction, SupportItem, TakePeriod
from mbc_desktop.planning.request import Patient
from mbc_desktop.regimen.support import SupportPart

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""

_BITS = 50


def plan_fingerprint(
    patient: Patient,
    administrations: tuple[Administration, ...],
    intakes: tuple[TakePeriod, ...],
    fractions: tuple[Fraction, ...],
    checks: tuple[CheckUp, ...],
    support: tuple[SupportItem, ...],
    hashes: Mapping[str, str],
    intrathecal: tuple[IntrathecalDay, ...] = (),
) -> str:
    """SHA-256 (hex) over the canonical JSON of identity, dates, doses and the hashes of the data files used; today,
    language and findings are left out, so that looking again on another day gives the same sheet."""
    shared = _Shared()
    content: dict[str, object] = {
        "patient": [patient.family_name, patient.given_name, patient.number, patient.birth_date.isoformat(), patient.sex],
        "administrations": [_given(item, shared) for item in administrations],
        "intakes": [_taken(item, shared) for item in intakes],
        # The last place once said whether a fraction is omitted; none ever was, and printed sheets keep their code.
        "fractions": [[item.course, item.number, item.of, _day(item.date), item.dose.text(), False] for item in fractions],
        "checks": [[item.course, item.kind, _day(item.date)] for item in checks],
        "files": dict(sorted(hashes.items())),
    }
    if intrathecal:
        content["intrathecal"] = [
            [item.id, item.drug, _day(item.date), item.dose.text() if item.dose else "", *item.confirmed_by]
            for item in intrathecal
        ]
    if support:
        content["support"] = [_beside(item, shared) for item in support]
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def printed_code(fingerprint: str) -> str:
    """The first 50 bits as ten base-32 letters and a check letter: 7K3QX-9M2TA-C."""
    number = int(fingerprint, 16) >> (256 - _BITS)
    values = [(number >> shift) & 31 for shift in range(_BITS - 5, -1, -5)]
    letters = "".join(ALPHABET[value] for value in values)
    return f"{letters[:5]}-{letters[5:]}-{ALPHABET[_check(values)]}"


def read_code(text: str) -> str | None:
    """The code as it is printed, from a typed one: I and L are read as 1, O as 0, case, hyphens and spaces do not matter. None
    when it is not complete or its check letter does not agree."""
    plain = text.upper().replace("-", "").replace(" ", "").translate(str.maketrans("ILO", "110"))
    if len(plain) != _BITS // 5 + 1 or any(letter not in ALPHABET for letter in plain):
        return None
    values = [ALPHABET.index(letter) for letter in plain]
    return f"{plain[:5]}-{plain[5:10]}-{plain[10]}" if _check(values[:-1]) == values[-1] else None


def _check(values: list[int]) -> int:
    """A polynomial over the field of 32 elements (x^5 + x^2 + 1), one power above the check letter itself: any one wrong
    letter and any two swapped neighbours, the check letter among them, change it."""
    total = 0
    for value in values:
        total ^= value
        total = ((total << 1) ^ (0b100101 if total & 16 else 0)) & 31
    return total


class _Shared:
    """What many items of a plan have in common, made once: administrations of one order share one dose, the days of one measure
    its parts."""

    def __init__(self) -> None:
        self._doses: dict[int, str] = {}
        self._parts: dict[int, list[object]] = {}

    def dose(self, dose: Dose | None) -> str:
        """Amount, unit, times and days between as text; "" for none."""
        if dose is None:
            return ""
        text = self._doses.get(id(dose))
        if text is None:
            text = f"{decimal_text(dose.amount.amount)} {dose.amount.unit} x{dose.times}/{dose.every_days}"
            self._doses[id(dose)] = text
        return text

    def parts(self, parts: tuple[SupportPart, ...]) -> list[object]:
        """What a measure consists of, each part as a list."""
        made = self._parts.get(id(parts))
        if made is None:
            made = [[part.what, str(part.amount or ""), part.unit, part.times] for part in parts]
            self._parts[id(parts)] = made
        return made


def _given(item: Administration, shared: _Shared) -> list[object]:
    stopped = item.status in ("omitted", "ceased", "held")
    return [item.course, item.drug, item.route, item.number, _day(item.date), shared.dose(item.dose), stopped]


def _taken(item: TakePeriod, shared: _Shared) -> list[object]:
    # Without this a dose that is not released and tablets that are stopped look alike.
    stopped = item.status in ("ceased", "held")
    rest = [_day(day) for day in item.rest or ()]
    return [item.course, item.drug, _day(item.first), _day(item.last), shared.dose(item.dose), item.open, stopped, rest]


def _beside(item: SupportItem, shared: _Shared) -> list[object]:
    parts = shared.parts(item.parts)
    return [item.course, item.measure, _day(item.first), _day(item.last), item.open, item.as_needed, item.own_words, parts]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
