"""Reading typed texts: names, patient numbers, notes, file names. Nothing is corrected; a name is composed (Unicode NFC)."""

from __future__ import annotations

import re
import unicodedata

from mbc_desktop.core.reading import Reading

OUTER_BLANKS = " \t\r\n\u00a0\u2007\u2009\u202f"
"""Trimmed at both ends: blanks, no-break blanks, and what a paste brings along (a tab, a line end)."""

NAME_LENGTH = 80
NOTE_LENGTH = 2000
# A file is first written beside its place under a name that is eleven bytes longer, and file systems stop at 255 bytes.
FILE_NAME_BYTES = 240

_PATIENT_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{2,19}")
_NAME_MARKS = frozenset(" '\u2019\u2018-\u2010\u2011.\u00b7")
_FORBIDDEN_IN_FILE_NAMES = frozenset('<>:"/\\|?*')
_RESERVED_STEMS = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"}
    | {f"{port}{number}" for port in ("com", "lpt") for number in "0123456789\u00b9\u00b2\u00b3"}
)

# Letters and marks that show nothing and belong to no format category.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Letters that are another letter in disguise (mathematical, full-width, circled, raised, lowered).
_DISGUISES = ("<font>", "<wide>", "<narrow>", "<circle>", "<super>", "<sub>", "<square>")
# Scripts that one word of a language mixes as a matter of course.
_JAPANESE_AND_KOREAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"})


def trim(text: str) -> str:
    """The text without blanks, no-break blanks, tabs and line ends at both ends."""
    return text.strip(OUTER_BLANKS)


def hidden_character(text: str, *, allowed: str = "") -> bool:
    """Whether the text holds a control, bidi, zero-width or otherwise invisible character that is not among `allowed`."""
    # A saved treatment asks this of thousands of texts, nearly all of them plain.
    if text.isascii() and text.isprintable():
        return False
    return any(c not in allowed and (unicodedata.category(c) in _HIDDEN_CATEGORIES or c in _INVISIBLE) for c in text)


def foreign_digit(text: str) -> bool:
    """Whether the text holds a digit, a number letter, a superscript or a fraction other than 0 to 9."""
    return any(not c.isascii() and unicodedata.category(c).startswith("N") for c in text)


def read_name(text: str) -> Reading[str]:
    """A family or given name of 1 to 80 characters: letters of any script, marks, blank, apostrophe, hyphen, point, middle dot.

    Codes: EMPTY, CONTROL_CHAR, TOO_LONG, CHAR_NOT_ALLOWED; MIXED_SCRIPT (a question) when one word holds letters of two
    alphabets, because look-alike letters make two patients out of one."""
    name = unicodedata.normalize("NFC", trim(text))
    if not name:
        return _refuse("EMPTY")
    if hidden_character(name):
        return _refuse("CONTROL_CHAR")
    if len(name) > NAME_LENGTH:
        return Reading(verdict="reject", value=None, reason="TOO_LONG", details=(("longest", NAME_LENGTH),))
    if not all(_fits_in_name(c) for c in name) or not any(_is_letter(c) for c in name):
        return _refuse("CHAR_NOT_ALLOWED")
    if unicodedata.category(name[0]).startswith("M"):
        return _refuse("CHAR_NOT_ALLOWED")
    if any(len(_scripts(word)) > 1 for word in name.split()):
        return Reading(verdict="warn", value=name, reason="MIXED_SCRIPT")
    return Reading(verdict="accept", value=name)


def read_patient_number(text: str) -> Reading[str]:
    """The hospital's own number: 3 to 20 letters A to Z, digits and hyphens, not starting with a hyphen; leading zeros are kept.

    Codes: EMPTY, CONTROL_CHAR, CHAR_NOT_ALLOWED (also for a number that is too short or too long)."""
    number = trim(text)
    if not number:
        return _refuse("EMPTY")
    if hidden_character(number):
        return _refuse("CONTROL_CHAR")
    if _PATIENT_NUMBER.fullmatch(number) is None:
        return _refuse("CHAR_NOT_ALLOWED")
    return Reading(verdict="accept", value=number)


def read_note(text: str) -> Reading[str]:
    """A free note of at most 2000 characters, kept to the letter (an empty one too); tabs and line ends may stand in it.

    Codes: CONTROL_CHAR, TOO_LONG."""
    if hidden_character(text, allowed="\t\r\n"):
        return _refuse("CONTROL_CHAR")
    if len(text) > NOTE_LENGTH:
        return Reading(verdict="reject", value=None, reason="TOO_LONG", details=(("longest", NOTE_LENGTH),))
    return Reading(verdict="accept", value=text)


def read_file_name(text: str) -> Reading[str]:
    """A file name without a folder that every supported system can write (at most 240 bytes).

    Codes: EMPTY, CONTROL_CHAR, CHAR_NOT_ALLOWED (also for a point at either end), RESERVED_NAME (Windows devices), TOO_LONG."""
    name = trim(text)
    if not name:
        return _refuse("EMPTY")
    if hidden_character(name):
        return _refuse("CONTROL_CHAR")
    if name[0] == "." or name[-1] == "." or any(c in _FORBIDDEN_IN_FILE_NAMES for c in name):
        return _refuse("CHAR_NOT_ALLOWED")
    if name.partition(".")[0].rstrip().lower() in _RESERVED_STEMS:
        return _refuse("RESERVED_NAME")
    if len(name.encode()) > FILE_NAME_BYTES:
        return Reading(verdict="reject", value=None, reason="TOO_LONG", details=(("longest", FILE_NAME_BYTES),))
    return Reading(verdict="accept", value=name)


def _refuse(reason: str) -> Reading[str]:
    return Reading(verdict="reject", value=None, reason=reason)


def _is_letter(character: str) -> bool:
    return unicodedata.category(character).startswith("L") and not unicodedata.decomposition(character).startswith(_DISGUISES)


def _fits_in_name(character: str) -> bool:
    if character in _NAME_MARKS or _is_letter(character):
        return True
    is_mark = unicodedata.category(character) in ("Mn", "Mc")
    return is_mark and not unicodedata.name(character, "").startswith("VARIATION SELECTOR")


def _scripts(word: str) -> frozenset[str]:
    """The scripts of the letters of a word, by the first word of their Unicode names; those of one language count as one."""
    found = {unicodedata.name(c, "").partition(" ")[0] for c in word if _is_letter(c)} - {"MODIFIER"}
    if found & _JAPANESE_AND_KOREAN:
        found = (found - _JAPANESE_AND_KOREAN) | {"EAST ASIAN"}
    return frozenset(found)
