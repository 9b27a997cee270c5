"""Finding values in the text of a laboratory report. What is found is a proposal to a person, who confirms line by line: a line
that could mean something else (urine, per cent, corrected, a value with < or >, a foreign unit) is left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from mbc_desktop.core.reading import Verdict
from mbc_desktop.core.record import dataclass
from mbc_desktop.core.typed_number import read_plain_number
from mbc_desktop.patient.plausibility import FieldPolicy, judge_number
from mbc_desktop.ui.entry.lab_layout import Layout, layout_of
from mbc_desktop.ui.entry.regimen_search import fold

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "calcium_ionised": ("geioniseerd calcium", "calcium geioniseerd", "calcium ionise", "ionised calcium", "ionized calcium",
                            "calcium ionised", "ionisiertes calcium", "calcium ionisiert", "ca++"),
        "creatinine": ("creatinine", "kreatinine", "kreatinin", "creatinin", "creat"),
        "calcium": ("calcium", "kalzium", "totaal calcium", "calcium total", "ca"),
        "albumin": ("albumine", "albumin"),
        "neutrophils": ("neutrofielen", "neutrophiles", "neutrophils", "neutrophile", "neutrofielen absoluut", "anc",
                        "polynucleaires neutrophiles", "pnn", "neutrofiele", "granulozyten neutrophil",
                        "granulocyten neutrofiel"),
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
                   "10³/mm³", "10*3/mm3", "10e3/µl", "x10e3/µl", "10e3/mm3", "/nl", "gpt/l"),
    }
)  # fmt: skip
_UNIT_OF = {spelling: unit for unit, spellings in _SAME_UNIT.items() for spelling in spellings}
_ELSEWHERE = ("urine", "urin", "i.u.", "(u)", "liquor", "csv", "clearance", "clairance", "klaring", "egfr", "gfr", "dfg", "ckd",
              "gecor", "corrig", "corr.", "corrected", "korr", "ratio", "klaerung", "stabk", "staafk")  # fmt: skip
_PENDING = ("volgt", "en cours", "suivre", "folgt", "pending", "to follow", "niet bepaal", "non realis", "nicht bestimm",
            "hemoly", "hamoly", "geen materiaal", "annul", "in arbeit")  # fmt: skip
_LIMITS, _UNIT = "\x01", "\x02"
"""What stands in the place of a range and of a unit once they have been read."""
_COUNTED = ("neutrophils", "platelets")
_NUMBER = re.compile(r"(?<![\w.,])([0-9]+(?:[.,][0-9]+)?)(?![\w]|[.,][0-9])")
_COMPARED = re.compile(r"[<>≤≥]\s*[0-9]+(?:[.,][0-9]+)?")
_RANGE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*(?:-|–|—|à|tot|bis|to)\s*([0-9]+(?:[.,][0-9]+)?)")
_FLAG = re.compile(r"^(?:[\s*•+!↑↓-]|(?:[hl]{1,2}|[bt])(?=\s))+")

Why = Literal["several", "bound", "unit", "number", "twice"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A line that speaks of a kind and was left to a person, with the reason."""

    kind: str
    line: str
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A line taken apart: the numbers before and after its unit, the reference aside."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    low: Decimal | None
    high: Decimal | None


def read_report(text: str, policies: tuple[FieldPolicy, ...]) -> tuple[Found, ...]:
    """The values that can be recognised for certain, in the order of the report. Of two values of one kind neither is taken: a
    person types it."""
    return tuple(one for one in read_lines(text, policies) if isinstance(one, Found))


def read_lines(text: str, policies: tuple[FieldPolicy, ...]) -> tuple[Found | Left, ...]:
    """Every line that speaks of a known kind: the value that it holds for certain, or why it is left to a person."""
    layout = layout_of(text)
    read = [one for line in text.splitlines() if (one := _read_line(line, layout, policies)) is not None]
    often = Counter(one.kind for one in read if isinstance(one, Found))
    return tuple(
        Left(kind=one.kind, line=one.line, why="twice") if isinstance(one, Found) and often[one.kind] > 1 else one for one in read
    )


def _read_line(line: str, layout: Layout, policies: tuple[FieldPolicy, ...]) -> Found | Left | None:
    folded = fold(line).replace("\t", " ")
    kind = _kind(folded)
    if kind is None or "%" in line or any(word in folded for word in _ELSEWHERE):
        return None
    unit = _unit(line, kind)
    policy = next((one for one in policies if one.kind == kind and one.unit == unit), None)
    if policy is None:
        return Left(kind=kind, line=line.strip(), why="unit") if _NUMBER.search(line) else None
    parts = "number" if any(word in folded for word in _PENDING) else _take_apart(line, layout)
    text = None if isinstance(parts, str) else _value(parts, layout)
    if isinstance(parts, str) or text is None:
        return Left(kind=kind, line=line.strip(), why=parts if isinstance(parts, str) else "several")
    value = read_plain_number(text, decimals=policy.decimals).value
    judged = judge_number(value, policy) if value is not None else None
    if value is None or judged is None or judged.verdict == "reject":
        return Left(kind=kind, line=line.strip(), why="number")
    return Found(
        kind=kind, value=value, unit=policy.unit, line=line.strip(), verdict=judged.verdict, low=parts.low, high=parts.high
    )


def _take_apart(line: str, layout: Layout) -> Parts | Why:
    """The numbers of a line; the reason where it cannot be told what they are."""
    # The numbers of the unit and of the range are not the value; each leaves its place behind. The unit first: in "131 - 10³/mm³"
    # the stroke is a flag.
    bare = _without_units(line)
    limits = _RANGE.search(bare)
    low, high = (_plain(limits[1]), _plain(limits[2])) if limits else (None, None)
    head, _, tail = (bare[: limits.start()] + _LIMITS + bare[limits.end() :] if limits else bare).partition(_UNIT)
    if _COMPARED.search(head) or (_COMPARED.search(tail) and not _NUMBER.search(head)):
        return "bound"
    rest = tuple(_NUMBER.findall(_COMPARED.sub(" ", tail)))
    if layout.days:
        # Days head the columns, wherever the unit and the reference stand.
        return Parts(before=(*_NUMBER.findall(head), *rest), after=(), low=low, high=high)
    before, after = tuple(_NUMBER.findall(head.partition(_LIMITS)[0])), rest
    if not before:
        # "Calcium (mmol/L): 2,31": the value follows its unit, where nothing but the name stands before that.
        after = tuple(_NUMBER.findall(tail.partition(_LIMITS)[0])) if _only_the_name(head) else ()
    if layout.limits and len(after) == 2 and limits is None:
        low, high = _plain(after[0]), _plain(after[1])
        after = ()
    return Parts(before=before, after=after, low=low, high=high)


def _value(parts: Parts, layout: Layout) -> str | None:
    """The one number that is the value of the newest sample; None where that is not certain."""
    if layout.days:
        newest = layout.newest()
        certain = newest is not None and len(parts.before) == len(layout.days) and layout.days.count(newest) == 1
        return parts.before[layout.days.index(newest)] if certain else None
    if layout.older == "before":
        # A value that is still to come would leave the older one in its place.
        return None
    if layout.older == "after" and len(parts.before) == 1 and len(parts.after) <= 1:
        return parts.before[0]
    numbers = (*parts.before, *parts.after)
    return numbers[0] if len(numbers) == 1 and layout.older == "" else None


def _only_the_name(head: str) -> bool:
    """Whether nothing but the name of the kind stands before the unit."""
    start = _FLAG.sub("", fold(head))
    name = next((name for name, _ in _NAMED if start.startswith(name)), "")
    return not re.search(f"[a-z{_LIMITS}]", start[len(name) :])


def _kind(folded: str) -> str | None:
    """The kind whose name begins the line; a longer name before a shorter one."""
    start = _FLAG.sub("", folded)
    return next((kind for name, kind in _NAMED if re.match(rf"{re.escape(name)}(?![a-z])", start)), None)


def _unit(line: str, kind: str) -> str | None:
    """The one unit that the line names. A count in "G/L" is in giga per litre; nobody weighs cells."""
    found = {unit for pattern, unit in _PATTERNS if pattern.search(_small(line))}
    if kind in _COUNTED and found == {"g/L"} and "G/L" in line.replace("G/l", "G/L"):
        return "10^9/L"
    return next(iter(found)) if len(found) == 1 else None


def _without_units(line: str) -> str:
    small = _small(line)
    for pattern, _ in _PATTERNS:
        small = pattern.sub(_UNIT, small)
    return small


def _small(line: str) -> str:
    """Lower case, with one letter mu for both that are in use; powers stay what they are."""
    return line.lower().replace("\u03bc", "\u00b5")


def _pattern(spelling: str) -> re.Pattern[str]:
    before = "(?<![a-z0-9.,])" if spelling[0].isdigit() else "(?<![a-z])"
    return re.compile(before + r"\s?".join(re.escape(letter) for letter in spelling) + "(?![a-z0-9])")


_PATTERNS = tuple((_pattern(one), _UNIT_OF[one]) for one in sorted(_UNIT_OF, key=len, reverse=True))


_NAMED = sorted(((name, kind) for kind, names in NAMES.items() for name in names), key=lambda pair: -len(pair[0]))


def _plain(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
