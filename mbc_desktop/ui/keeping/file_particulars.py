"""The particulars of a fault in a treatment file, in the language of the window. The engine words its faults in English, for the
command line and for whoever writes such files; what is in them of keys and values is the same in every language."""

from __future__ import annotations

import re

from mbc_desktop.ui.words import Words

_POSSIBLE = re.compile(r"(?:is not one of: |[Ii]nput should be )(.+)$", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_COLUMN = re.compile(r"\(.*column (\d+)\)")
_OR = re.compile(r" or |, ")


def particulars(words: Words, text: str) -> str:
    """What a fault names: the column, what stands there, what may stand there; "" where it names nothing."""
    column = _COLUMN.search(text)
    if column is not None:
        return words.say("ui.file.column", number=int(column[1]))
    possible = _POSSIBLE.search(text)
    before = text[: possible.start()] if possible is not None else text
    named = tuple(double or single for double, single in _QUOTED.findall(before))
    said = [words.say("ui.file.about", names=words.texts.listing(named))] if named else []
    if possible is not None:
        values = tuple(part.strip(" '\"") for part in _OR.split(possible[1]))
        said.append(words.say("ui.file.possible", values=", ".join(values)))
    return " ".join(said)
