"""Finding values in the text of a laboratory report. What is found is a proposal to a person, who confirms line by line: a line
that could mean something else (urine, per cent, corrected, a value with < or >, a foreign unit) is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from mbc_desktop.core.reading import Verdict
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.typed_date import read_calendar_date
from mbc_desktop.core.typed_number import read_plain_number
from mbc_desktop.patient.plausibility import FieldPolicy, judge_number
from mbc_desktop.ui.regimen_search import fold

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "calcium_ionised": ("geioniseerd calcium", "calcium geioniseerd", "calcium ionise", "ionised calcium", "ionized calcium",
                            "calcium ionised", "ionisiertes calcium", "calcium ionisiert", "ca++"),
        "creatinine": ("creatinine", "kreatinine", "kreatinin", "creatinin", "creat"),
        "calcium": ("calcium", "kalzium", "totaal calcium", "calcium total", "ca"),
        "albumin": ("albumine", "albumin"),
        "neutrophils": ("neutrofielen", "neutrophiles", "neutrophils", "neutrophile", "neutrofielen absoluut", "anc",
                        "polynucleaires neutrophiles"),
        "platelets": ("bloedplaatjes", "trombocyten", "thrombocyten", "plaquettes", "thrombocytes", "thrombozyten", "platelets"),
        "haemoglobin": ("hemoglobine", "haemoglobine", "hemoglobin", "haemoglobin", "hamoglobin", "hb"),
    }
)  # fmt: skip
"""How laboratories name each kind, without accents and capitals."""

_SAME_UNIT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mg/dL": ("mg/dl", "mg/100ml"),
        "umol/L": ("umol/l", "µmol/l", "μmol/l", "mcmol/l", "micromol/l"),
        "mmol/L": ("mmol/l",),
        "g/L": ("g/l",),
        "g/dL": ("g/dl", "g/100ml"),
        # A thousand in a microlitre is a thousand million in a litre: the same number.
        "10^9/L": ("10^9/l", "10*9/l", "10⁹/l", "x10^9/l", "x10*9/l", "x10e9/l", "10e9/l", "10exp9/l", "giga/l", "10^3/ul",
                   "10*3/ul", "10³/ul", "x10^3/ul", "x10*3/ul", "10e3/ul", "10^3/µl", "10*3/µl", "10³/µl", "x10^3/µl", "10^3/mm3",
                   "10³/mm³", "10*3/mm3"),
    }
)  # fmt: skip
_UNIT_OF = {spelling: unit for unit, spellings in _SAME_UNIT.items() for spelling in spellings}
_ELSEWHERE = ("urine", "urin", "liquor", "csv", "clearance", "klaring", "egfr", "ckd", "gecorrigeerd", "corrige", "corrected",
              "korrigiert", "ratio", "klaerung")  # fmt: skip
_NUMBER = re.compile(r"(?<![\w.,])([0-9]+(?:[.,][0-9]+)?)(?![\w]|[.,][0-9])")
_COMPARED = re.compile(r"[<>≤≥]\s*[0-9]")
_RANGE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:-|–|—|à|tot|bis|to)\s*([0-9]+(?:[.,][0-9]+)?)")
_DATE = re.compile(r"(?<!\d)(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})(?!\d)")
_SAMPLED = ("staal", "afname", "prelevement", "preleve", "entnahme", "collected", "sample", "abnahme")
_BIRTH = ("geboren", "geboorte", "ne le", "nee le", "naissance", "geb", "birth", "dob")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value found in a line of the report: what it is taken for, and what the field of that kind says of it."""

    kind: str
    value: Decimal
    unit: str
    line: str
    verdict: Verdict
    low: Decimal | None = None
    high: Decimal | None = None


def read_report(text: str, policies: tuple[FieldPolicy, ...]) -> tuple[Found, ...]:
    """The values that can be recognised for certain, in the order of the report. Of two values of one kind in one unit neither is
    taken: a person types it."""
    found = [one for line in text.splitlines() if (one := _read_line(line, policies)) is not None]
    counted: dict[str, int] = {}
    for one in found:
        counted[one.kind] = counted.get(one.kind, 0) + 1
    return tuple(one for one in found if counted[one.kind] == 1)


def sample_day(text: str, *, today: date) -> date | None:
    """The day of the sample: of the line that speaks of one, else the only day in the report that is no birth date."""
    lines = [(fold(line), day) for line in text.splitlines() for day in _days(line) if day <= today]
    named = {day for line, day in lines if any(word in line for word in _SAMPLED)}
    others = {day for line, day in lines if not any(word in line for word in _BIRTH)}
    days = named or others
    return next(iter(days)) if len(days) == 1 else None


def _days(line: str) -> Iterator[date]:
    for text in _DATE.findall(line):
        day = read_calendar_date(text).value
        if day is not None:
            yield day


def _read_line(line: str, policies: tuple[FieldPolicy, ...]) -> Found | None:
    folded = fold(line).replace("\t", " ")
    if any(word in folded for word in _ELSEWHERE) or _COMPARED.search(line):
        return None
    kind = _kind(folded)
    unit = _unit(line)
    policy = next((one for one in policies if one.kind == kind and one.unit == unit), None)
    if kind is None or policy is None:
        return None
    limits = _RANGE.search(line)
    # The numbers of the range and of the unit are not the value.
    rest = _without_units(line[: limits.start()] + line[limits.end() :] if limits else line)
    numbers = _NUMBER.findall(rest)
    value = read_plain_number(numbers[0], decimals=policy.decimals).value if len(numbers) == 1 else None
    if value is None:
        return None
    judged = judge_number(value, policy)
    if judged.verdict == "reject":
        return None
    low, high = (_plain(limits[1]), _plain(limits[2])) if limits else (None, None)
    return Found(kind=kind, value=value, unit=policy.unit, line=line.strip(), verdict=judged.verdict, low=low, high=high)


def _kind(folded: str) -> str | None:
    """The kind whose name begins the line; a longer name before a shorter one."""
    names = sorted(((name, kind) for kind, names in NAMES.items() for name in names), key=lambda pair: -len(pair[0]))
    start = folded.lstrip(" *-•")
    return next((kind for name, kind in names if re.match(rf"{re.escape(name)}(?![a-z])", start)), None)


def _unit(line: str) -> str | None:
    """The one unit that the line names; none where it speaks of per cent."""
    found = {unit for pattern, unit in _PATTERNS if pattern.search(_small(line))}
    return next(iter(found)) if len(found) == 1 and "%" not in line else None


def _without_units(line: str) -> str:
    small = _small(line)
    for pattern, _ in _PATTERNS:
        small = pattern.sub(" ", small)
    return small


def _small(line: str) -> str:
    """Lower case, with one letter mu for both that are in use; powers stay what they are."""
    return line.lower().replace("\u03bc", "\u00b5")


def _pattern(spelling: str) -> re.Pattern[str]:
    before = "(?<![a-z0-9.,])" if spelling[0].isdigit() else "(?<![a-z])"
    return re.compile(before + r"\s?".join(re.escape(letter) for letter in spelling) + "(?![a-z0-9])")


_PATTERNS = tuple((_pattern(one), _UNIT_OF[one]) for one in sorted(_UNIT_OF, key=len, reverse=True))


def _plain(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
