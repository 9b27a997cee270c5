"""The same numbers by other conventions, for whoever compares with another program: surfaces, clearance by other weights.
Nothing is dosed by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from mbc_desktop.core.quantity import Quantity
from mbc_desktop.patient.body import (
    adjusted_weight,
    bsa_boyd,
    bsa_du_bois,
    bsa_gehan_george,
    bsa_haycock,
    bsa_mosteller,
    ideal_weight_devine,
)
from mbc_desktop.patient.facts import Sex
from mbc_desktop.patient.renal import canonical_clearance, ckd_epi_2021, cockcroft_gault, ekfc
from mbc_desktop.planning.plan import Derived
from mbc_desktop.ui.look.rich_text import RichText
from mbc_desktop.ui.words import Words

SURFACES: Mapping[str, Callable[..., Decimal]] = MappingProxyType(
    {
        "mosteller": bsa_mosteller,
        "du_bois": bsa_du_bois,
        "haycock": bsa_haycock,
        "gehan_george": bsa_gehan_george,
        "boyd": bsa_boyd,
    }
)
_SHOWN = Decimal("0.001")


def write_conventions(text: RichText, derived: tuple[Derived, ...], words: Words) -> None:
    """Adds a table of the other conventions, where there is something to compare."""
    rows = [*_surfaces(derived, words), *_clearances(derived, words)]
    if rows:
        text.heading(words.say("convention.heading"))
        text.facts(rows)


def _surfaces(derived: tuple[Derived, ...], words: Words) -> Iterator[tuple[str, str]]:
    known = next((dict(one.inputs) for one in derived if one.id == "bsa"), None)
    if known is None or not {"weight_kg", "height_cm"} <= set(known):
        return
    weight, height = Decimal(known["weight_kg"]), Decimal(known["height_cm"])
    for name, formula in SURFACES.items():
        if name != known.get("formula"):
            value = _surface(formula, weight, height).quantize(_SHOWN)
            yield words.say("convention.surface", formula=words.texts.option(name)), words.texts.amount(value, "m2")


@lru_cache(maxsize=32)
def _surface(formula: Callable[..., Decimal], weight: Decimal, height: Decimal) -> Decimal:
    """The surface of a body, m2; a body does not change while a date is typed."""
    return formula(weight_kg=weight, height_cm=height)


def _clearances(derived: tuple[Derived, ...], words: Words) -> Iterator[tuple[str, str]]:
    known = next((dict(one.inputs) for one in derived if one.id == "crcl_cockcroft_gault"), None)
    height = next((dict(one.inputs).get("height_cm") for one in derived if one.id in ("bsa", "bmi")), None)
    creatinine = _creatinine_mg_dl(known) if known is not None else None
    if known is None or creatinine is None or not {"sex", "age_years", "weight_kg"} <= set(known):
        return
    sex: Sex = "male" if known["sex"] == "male" else "female"
    age, actual = int(known["age_years"]), Decimal(known["weight_kg"])
    if height is not None:
        ideal = ideal_weight_devine(height_cm=Decimal(height), sex=sex)
        for name, weight in (("ideal", ideal), ("adjusted", adjusted_weight(actual, ideal))):
            value = cockcroft_gault(age_years=age, weight_kg=weight, creatinine_mg_dl=creatinine, sex=sex)
            shown = words.texts.amount(canonical_clearance(value), "mL/min")
            yield words.say("convention.clearance", weight=words.texts.option(name)), shown
    for key, formula in (("ckd_epi_2021", ckd_epi_2021), ("ekfc", ekfc)):
        value = formula(creatinine_mg_dl=creatinine, age_years=age, sex=sex).quantize(Decimal(1))
        yield words.say(f"convention.{key}"), words.texts.amount(value, "mL/min/1.73m2")


def _creatinine_mg_dl(inputs: Mapping[str, str]) -> Decimal | None:
    """The creatinine of a derivation in mg/dL, whichever unit it was measured in."""
    if "creatinine_mg_dl" in inputs:
        return Decimal(inputs["creatinine_mg_dl"])
    if "creatinine_umol_l" not in inputs:
        return None
    return Quantity(Decimal(inputs["creatinine_umol_l"]), "umol/L").to("mg/dL", analyte="creatinine").amount
