"""Where a word that is wider than its line may be cut: between its parts, with a hyphen. A word that is not known here, a code
above all, gets no hyphen that somebody could read as part of it."""

from __future__ import annotations

from itertools import accumulate

_WORDS = (
    "medroxy-progesteron-acetaat", "medroxy-progesteron-acetat", "medroxy-progesterone", "médroxy-progestérone",
    "megestrol-acetaat", "megestrol-acetat", "pamidronine-zuur", "zoledronine-zuur", "ibandronine-zuur", "clodronine-zuur",
    "cyclo-phosphamide", "cyclo-phosphamid", "cyclo-fosfamide", "metho-trexaat", "metho-trexate", "métho-trexate",
    "pertuzumab/-trastuzumab", "électro-cardio-gramme", "Herz-untersuchung", "Behandel-kalender", "Behandlungs-kalender",
    "Wapen-stil-stand", "Waffen-still-stand", "pinkster-maandag", "paas-maandag", "Pfingst-montag", "Oster-montag",
    "National-feiertag", "Strahlen-therapie", "dag-zieken-huis", "thuis-verpleeg-kundige",
)  # fmt: skip
"""Words of the calendar in its four languages, with the places where they may be cut."""

_PARTS = {
    "".join(parts[first:]).casefold(): tuple(parts[first:])
    for parts in (word.split("-") for word in _WORDS)
    for first in range(len(parts) - 1)
}
"""Each word, and what is left of it after a cut, in its parts."""


def cuts(word: str) -> tuple[int, ...]:
    """The positions at which a known word may be cut, before which a hyphen is written; none for any other word."""
    known = _PARTS.get(word.rstrip(",.;:)-").casefold())
    return tuple(accumulate(len(part) for part in known[:-1])) if known else ()
