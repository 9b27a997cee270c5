"""What a cycle gives, in one word or two, before anything of it is entered: no dose and no number of fractions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mbc_desktop.ui.words import Words

if TYPE_CHECKING:
    from mbc_desktop.planning.plan import Administration, Plan, TakePeriod


def given_text(words: Words, given: str) -> str:
    """A drug by its name, what is irradiated by its region ("radiotherapy, bone"), what goes into the spinal fluid by the name it
    is ordered by; `given` is a drug's id, a region, or the drug of a spinal order."""
    texts = words.texts
    if given in texts.drug_names:
        return texts.drug(given)
    if texts.has(f"region.{given}"):
        return f"{words.say('ui.calendar.fraction')}, {texts.word(f'region.{given}')}"
    return texts.word(f"ward.intrathecal_drug.{given}")


def given_in(words: Words, plan: Plan, course: str) -> str:
    """A course or a spinal order by all that it gives; by its id where it gives nothing."""
    given: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    drugs = dict.fromkeys(item.drug for item in given if item.course == course and item.role == "treatment")
    regions = dict.fromkeys(item.region for item in plan.fractions if item.course == course)
    spinal = dict.fromkeys(item.drug for item in plan.intrathecal if item.order == course)
    into = (f"{given_text(words, drug)}, {words.say('ui.records.spinal')}" for drug in spinal)
    return " + ".join((*(given_text(words, one) for one in (*drugs, *regions)), *into)) or course
