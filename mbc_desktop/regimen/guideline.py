"""The hospital guideline as data: its statements by section, on which facts each depends, and what it offers."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.drug import HistoryLine, Status

_YES_NO = ("yes", "no")
_NUMBER = ("none", "one", "few", "many")
"""Lesions at a site: none, one, 2 to 10, more than 10 (the edges that the guideline names)."""

FACT_VALUES = MappingProxyType(
    {
        "hormone_receptors": ("positive", "negative"),
        "her2": ("positive", "negative"),
        "receptors_from_metastasis": _YES_NO,
        "menopause": ("premenopausal", "perimenopausal", "postmenopausal", "not_applicable"),
        "ovaries_silent": _YES_NO,
        "visceral_crisis": _YES_NO,
        "line": ("first", "second", "third_or_later"),
        "pd_l1_reached": _YES_NO,
        "esr1": ("mutated", "not_mutated"),
        "pik3ca": ("mutated", "not_mutated"),
        "pik3ca_akt1_pten": ("mutated", "not_mutated"),
        "aromatase_inhibitor": _YES_NO,
        "bisphosphonate": _YES_NO,
        "bone_symptoms": _YES_NO,
        "bone": _NUMBER,
        "brain": _NUMBER,
        "lung": _NUMBER,
        "liver": _NUMBER,
        "leptomeninges": _NUMBER,
        "chest_wall": _NUMBER,
    }
)
"""Every fact that a condition may name, with all its values."""

Matter = Literal[
    "er", "pr", "her2", "who", "lvef", "earlier_drugs", "metastases", "pd_l1", "ngs", "germline", "preference"
]  # fmt: skip
WEIGHED: tuple[Matter, ...] = get_args(Matter)
"""What a statement leaves to the person who decides: shown beside it, compared with nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The fact has one of these values."""

    fact: str
    any_of: tuple[str, ...]


When = tuple[tuple[Condition, ...], ...]
"""Alternatives; in each all conditions hold. None at all = always."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelNote:
    """Where the product information says something else than the guideline; shown beside the offer, never obeyed in its
    place."""

    code: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of the guideline. `item` counts from 1 within its section. `regimens` and `radiotherapy` are what it
    offers; `kept_by` names the findings with which the plan keeps to it; `written` says where in a treatment the prescriber
    writes it out in full; `open` is the code of what nothing serves yet."""

    id: str
    section: str
    item: int
    kind: Literal["note", "rule", "therapy"]
    when: When = ()
    regimens: tuple[str, ...] = ()
    radiotherapy: tuple[str, ...] = ()
    weighs: tuple[Matter, ...] = ()
    notes: tuple[LabelNote, ...] = ()
    kept_by: tuple[str, ...] = ()
    written: Literal["", "intrathecal", "intrahepatic"] = ""
    open: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section by the guideline's own numbering ("2", "4.1"); "" holds what was added to the guideline. Its condition
    holds for all of its statements."""

    id: str
    when: When = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guideline:
    """The whole tree in the guideline's order. `coming` are regimens that it offers and the library does not have yet."""

    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    source: str
    grade: Grade
    history: tuple[HistoryLine, ...]
    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    coming: tuple[str, ...] = ()
