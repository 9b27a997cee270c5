"""What a cycle gives, in one word or two, before anything of it is entered: no dose and no number of fractions."""

from __future__ import annotations

from mbc_desktop.ui.words import Words


def given_text(words: Words, given: str) -> str:
    """A drug by its name, what is irradiated by its region ("radiotherapy, bone"), what goes into the spinal fluid by the name it
    is ordered by; `given` is a drug's id, a region, or the drug of a spinal order."""
    texts = words.texts
    if given in texts.drug_names:
        return texts.drug(given)
    if texts.has(f"region.{given}"):
        return f"{words.say('ui.calendar.fraction')}, {texts.word(f'region.{given}')}"
    return texts.word(f"ward.intrathecal_drug.{given}")
