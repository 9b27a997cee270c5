"""Phrases about one thing of the plan: a drug's name, what to take, a finding, a step of a dose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mbc_desktop.core.finding import Finding
from mbc_desktop.planning.request import Language
from mbc_desktop.regimen.alternatives import choices_of
from mbc_desktop.regimen.drug import Drug
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.regimen import Regimen
from mbc_desktop.texts.texts import Texts, Value

if TYPE_CHECKING:
    from mbc_desktop.dosing.dose import Derived, Dose, Give, Step
    from mbc_desktop.planning.plan import Choice

PIECES = frozenset({"tablet", "capsule"})
"""Forms that a patient counts."""
LIQUIDS = frozenset({"oral_suspension"})
"""Forms that a patient measures in millilitres."""


def texts_for(library: Library, texts: Texts) -> Texts:
    """The same texts, that know the library's drugs by name."""
    return texts.with_drug_names({drug.id: drug.inn.of(texts.language) for drug in library.drugs.values()})


def drug_with_brand(drug: Drug, language: Language) -> str:
    """The name with its first brand: "palbociclib (Ibrance)"."""
    name = drug.inn.of(language)
    return f"{name} ({drug.brands[0]})" if drug.brands else name


def piece_count(give: tuple[Give, ...], texts: Texts) -> str:
    """How many pieces at once, all strengths together: "3 tabletten"; of a liquid "5 mL"; "" for what is not counted."""
    if volume := _measured(give):
        return texts.amount(volume, "mL")
    if not give or any(item.form not in PIECES for item in give):
        return ""
    return texts.say(f"form.{give[0].form}", count=sum((item.count for item in give), Decimal(0)))


def pieces_phrase(give: tuple[Give, ...], texts: Texts) -> str:
    """Count, strength, total: "3 tabletten van 200 mg, samen 600 mg". One tablet needs none; a liquid is said in millilitres;
    "" for what is not counted."""
    if volume := _measured(give):
        total = sum((item.count * item.strength for item in give), Decimal(0))
        return texts.say("give.liquid", volume=texts.amount(volume, "mL"), total=texts.amount(total, give[0].unit))
    if not give or any(item.form not in PIECES for item in give):
        return ""
    parts = tuple(
        texts.say(
            "give.pieces",
            pieces=texts.say(f"form.{item.form}", count=item.count),
            strength=texts.amount(item.strength, item.unit),
        )
        for item in give
    )
    pieces = texts.listing(parts)
    if len(give) == 1 and give[0].count == 1:
        return pieces
    total = sum((item.count * item.strength for item in give), Decimal(0))
    return texts.say("give.total", pieces=pieces, total=texts.amount(total, give[0].unit))


def shelf_phrase(give: tuple[Give, ...], texts: Texts) -> str:
    """What staff take from the shelf: "2 spuiten van 250 mg (5 mL)", "4,1 mL uit 1 flacon van 4 mg"; "" when none is listed."""
    if give and all(item.form in PIECES | LIQUIDS for item in give):
        return pieces_phrase(give, texts)
    return texts.listing(tuple(_drawn(item, texts) for item in _merged(give)))


def frequency(dose: Dose, texts: Texts) -> str:
    """How often a day, or once in how many days: "2 keer per dag", "om de 2 dagen"."""
    if dose.every_days == 7:
        return texts.word("give.weekly")
    if dose.every_days > 1:
        return texts.say("give.every_days", count=dose.every_days)
    return texts.say("give.times", count=dose.times)


def finding_text(finding: Finding, library: Library, texts: Texts) -> str:
    """The sentence of a finding. `drug`, `course` and, for an open decision, its options are among its values."""
    values: dict[str, Value] = {"drug": finding.drug, "course": finding.course, **dict(finding.values)}
    decision = library.decisions.get(str(values.get("decision", "")))
    if decision is not None:
        values.setdefault("options", " | ".join(decision.options) or "free_text")
    key = f"finding.{finding.code}"
    if not finding.drug and texts.has(f"{key}-for-course"):
        key = f"{key}-for-course"
    sentence = texts_for(library, texts).say(key, **values)
    return sentence[0].upper() + sentence[1:]


def step_text(step: Step, library: Library, texts: Texts) -> str:
    """The sentence of one step to a dose: a kind of step that every drug shares, or a drug's own adjustment rule."""
    values: dict[str, Value] = {**dict(step.values), "amount": step.amount}
    named = texts_for(library, texts)
    key = f"step.{step.rule}"
    return named.say(key if named.has(key) else "step.adjustment", **{"value": "", **values})


def derived_name(derived: Derived, texts: Texts) -> str:
    """What the number is called: "creatinineklaring volgens Cockcroft-Gault"."""
    return texts.word(f"derived.{derived.id}")


def derived_inputs(derived: Derived, texts: Texts) -> str:
    """The inputs of a derived value: "leeftijd 64 jaar, gewicht 68 kg, creatinine 0,85 mg/dL"."""
    return ", ".join(input_text(name, value, texts) for name, value in derived.inputs)


def input_text(name: str, value: str, texts: Texts) -> str:
    """One named input of a formula or rule with its value."""
    return texts.say(f"input_value.{name}", value=value)


def choice_text(choice: Choice, texts: Texts) -> str:
    """The question of a site decision."""
    return texts.word(f"decision.{choice.key}")


def regimen_name(regimen: Regimen, texts: Texts, name: Callable[[str], str]) -> str:
    """A regimen is called by its drugs: "palbociclib + fulvestrant"; what is given in the place of something else stands
    behind "or": "eribulin + trastuzumab or subcutaneous trastuzumab"."""
    sets = ((" + ".join(name(drug) for drug in one) for one in choice) for choice in choices_of(regimen))
    return " + ".join(texts.listing(tuple(one), either=True) for one in sets)


def _measured(give: tuple[Give, ...]) -> Decimal:
    """The millilitres of what is drunk; 0 when it is no liquid or its volume is not known."""
    if not give or any(item.form not in LIQUIDS or item.volume_ml is None for item in give):
        return Decimal(0)
    return sum((item.count * (item.volume_ml or Decimal(0)) for item in give), Decimal(0))


def _merged(give: tuple[Give, ...]) -> list[Give]:
    """Pieces of one kind as one count: a vial used in part is still a vial from the shelf when its volume is not known."""
    merged: list[Give] = []
    for item in give:
        last = merged[-1] if merged else None
        if last is not None and item.volume_ml is None and replace(last, count=item.count) == item:
            merged[-1] = replace(last, count=last.count + item.count)
        else:
            merged.append(item)
    return merged


def _drawn(item: Give, texts: Texts) -> str:
    pieces = texts.say(f"form.{item.form}", count=item.count)
    strength = texts.amount(item.strength, item.unit)
    if item.volume_ml is None:
        return texts.say("give.pieces", pieces=pieces, strength=strength)
    return texts.say("give.volume", pieces=pieces, strength=strength, volume=texts.amount(item.volume_ml * item.count, "mL"))
