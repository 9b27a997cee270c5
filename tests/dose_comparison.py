"""The same treatment through the program and through the second implementation of the doses: every difference, in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from mbc_desktop.planning.files.treatment_file import read_treatment
from mbc_desktop.planning.plan import Administration, Dose, Plan, TakePeriod
from mbc_desktop.planning.plan_treatment import plan_treatment
from mbc_desktop.regimen.decision import Answer as SiteAnswer
from mbc_desktop.regimen.site import Site
from tests.planning.treatments import library
from tests.second_doses import escalation, tablets, vials
from tests.second_doses.doses import NOTHING, Answer, Patient, dose
from tests.second_doses.exact import nearest
from tests.second_doses.gates import held_by_liver
from tests.second_doses.interactions import MICROMOL_OF_BILIRUBIN, Liver
from tests.second_doses.kidneys import milligrams_of
from tests.second_doses.medicines import MEDICINES
from tests.second_doses.random_orders import Drawn, File
from tests.second_doses.schedules import REGIMENS, Moment, Ordered
from tests.second_engine import civil

ESCALATED = 80
"""mg/m2 of oral vinorelbine from the fourth dose on."""
DUE_WITHIN = 7
"""Days from today within which a dose is judged for its release."""
GONE = ("omitted", "ceased", "held")
IN_MILLILITRES = ("pertuzumab-trastuzumab-sc",)


def plan_drawn(drawn: Drawn) -> Plan:
    """The plan that the program makes."""
    return planned(drawn.file, drawn.site)


def planned(file: File, site: Mapping[str, str]) -> Plan:
    """The plan that the program makes of a file, with the answers of a site."""
    request = read_treatment(json.dumps(file), today=date(2026, 1, 1), library=library())
    answers = tuple(SiteAnswer(key=key, value=value, by="NV", on=date(2024, 1, 1)) for key, value in site.items())
    return plan_treatment(request, library(), Site(answers=answers))


def compared(drawn: Drawn) -> tuple[int, int, list[str]]:
    """How many drug lines and how many doses were compared, and every difference."""
    return of_plan(plan_drawn(drawn), drawn)


def of_plan(plan: Plan, drawn: Drawn) -> tuple[int, int, list[str]]:
    """How many drug lines and doses of the course were compared, and every difference."""
    choices = _choices(drawn)
    patient = patient_of(drawn.file)
    counts = [
        (civil.parse(item["on"]), Fraction(item["value"])) for item in drawn.file["measurements"] if item["kind"] == "neutrophils"
    ]
    course, regimen = drawn.file["courses"][0]["id"], drawn.file["courses"][0]["regimen"]
    found: list[str] = []
    every: list[Administration | TakePeriod] = [*plan.administrations, *plan.intakes]
    items = [item for item in every if item.course == course]
    lines = {item.drug for item in items}
    unknown = lines - set(REGIMENS[regimen])
    if unknown or not lines:
        found.append(f"{regimen}: {sorted(unknown)} is not ordered, or nothing is")
    for drug in sorted(lines - unknown):
        last: int | None = None
        days: list[int] = []
        compared_so_far: dict[int, Answer] = {}
        number = 0
        for item in sorted((item for item in items if item.drug == drug), key=_day):
            if item.status in GONE:
                continue
            number += 1
            gap = None if last is None else _day(item) - last
            last = last if isinstance(item, Administration) and item.date is None else _day(item)
            ordered = REGIMENS[regimen][drug](Moment(number, gap, choices))
            level = drawn.level if drug == drawn.lowered else 0
            days.append(_day(item))
            kept = _kept(drug, ordered, counts, days)
            wanted = dose(drug, ordered, patient, _asked(drug, number, choices), level=level, kept=kept)
            if _day(item) - civil.parse(drawn.file["today"]) <= DUE_WITHIN and held_by_liver(
                drug, transaminases=patient.liver.transaminases_x, bilirubin=patient.liver.bilirubin_x
            ):
                wanted = NOTHING
            # Administrations of one order share one dose, which is compared once.
            if compared_so_far.get(id(item.dose)) != wanted:
                compared_so_far[id(item.dose)] = wanted
                found += [f"{regimen}/{drug} {number}: {text}" for text in _one(item, wanted, choices)]
    return len(lines), len(items), found


def _kept(drug: str, ordered: Ordered, counts: list[tuple[int, Fraction]], days: list[int]) -> Fraction | None:
    """The lower dose of oral vinorelbine that the counts between its doses so far leave; None for any other order."""
    if drug != "vinorelbine-oral" or ordered.amount != ESCALATED:
        return None
    return Fraction(escalation.weekly_doses(escalation.lowest_between(counts, days))[-1])


def _asked(drug: str, number: int, choices: Mapping[str, str]) -> Mapping[str, str]:
    """Denosumab below 30 mL/min is a question when the dose is due; the later ones stay planned."""
    return choices if drug != "denosumab" or number == 1 else {**choices, "bone_severe_renal": "give_after_confirmation"}


def _day(item: Administration | TakePeriod) -> int:
    day = item.first if isinstance(item, TakePeriod) else item.date or item.due
    return civil.parse(day.isoformat())


def _choices(drawn: Drawn) -> Mapping[str, str]:
    return {**drawn.site, **drawn.file["courses"][0]["choices"]}


def patient_of(file: File) -> Patient:
    """The facts of a file as the second implementation knows them."""
    latest = {item["kind"]: item for item in file["measurements"]}
    creatinine = latest.get("creatinine")
    born, sampled = (
        civil.civil(civil.parse(text)) for text in (file["patient"]["birth_date"], (creatinine or {"on": file["today"]})["on"])
    )
    reference = file["courses"][0].get("reference_weight")

    def value(kind: str) -> Fraction | None:
        return Fraction(latest[kind]["value"]) if kind in latest else None

    return Patient(
        woman=file["patient"]["sex"] == "female",
        age=sampled[0] - born[0] - (sampled[1:] < born[1:]),
        kilograms=value("weight"),
        centimetres=value("height"),
        creatinine=milligrams_of(Fraction(creatinine["value"]), creatinine["unit"]) if creatinine else None,
        child_pugh=file["facts"].get("child_pugh"),
        measured_filtration=value("measured_gfr"),
        reference=None if reference is None else Fraction(reference),
        liver=_liver(latest),
        inhibitor=file["facts"].get("cyp3a4_inhibitor"),
        dpd_score=value("dpyd_activity_score"),
        uracil=value("uracil"),
    )


def _liver(latest: Mapping[str, File]) -> Liver:
    def over(kind: str) -> Fraction | None:
        return Fraction(latest[kind]["value"]) / Fraction(latest[kind]["high"]) if kind in latest else None

    bilirubin = latest.get("bilirubin")
    factor = 1 if bilirubin is None or bilirubin["unit"] == "mg/dL" else MICROMOL_OF_BILIRUBIN
    enzymes = [item for item in (over("ast"), over("alt")) if item is not None]
    return Liver(
        bilirubin=Fraction(bilirubin["value"]) / factor if bilirubin else None,
        bilirubin_x=over("bilirubin"),
        ast_x=over("ast"),
        transaminases_x=max(enzymes, default=None),
        alp_x=over("alp"),
    )


def _one(item: Administration | TakePeriod, wanted: Answer, choices: Mapping[str, str]) -> list[str]:
    if item.dose is None or wanted.milligrams is None:
        ours = item.dose and item.dose.amount.text()
        return [] if item.dose is None and wanted.milligrams is None else [f"{ours} is not {wanted.milligrams} mg"]
    found = [*_amount(item.dose, wanted), *_rhythm(item.dose, wanted), *_pieces(item.drug, item.dose, choices)]
    return found + _vials(item.drug, item.dose, choices)


def _amount(found: Dose, wanted: Answer) -> list[str]:
    assert wanted.milligrams is not None
    ours = Fraction(found.amount.amount)
    texts = [] if ours == wanted.milligrams else [f"{found.amount.text()} is not {float(wanted.milligrams)} mg"]
    # Nine digits of the unrounded dose.
    exact = wanted.milligrams if wanted.exact is None else wanted.exact
    digits = Fraction(1, 10**9)
    same = found.exact is None or nearest(exact, digits) == nearest(Fraction(found.exact), digits)
    return texts if same else [*texts, f"unrounded {found.exact} is not {exact}"]


def _rhythm(found: Dose, wanted: Answer) -> list[str]:
    texts = [] if wanted.times is None or found.times == wanted.times else [f"{found.times} times a day, not {wanted.times}"]
    return texts + ([] if wanted.every is None or found.every_days == wanted.every else [f"every {found.every_days} days"])


def _pieces(drug: str, found: Dose, choices: Mapping[str, str]) -> list[str]:
    """Tablets, capsules and syringes: they make the dose, and no set of fewer pieces does."""
    strengths = MEDICINES[drug].pieces
    if not strengths or not found.give:
        return []
    whole = Fraction(found.amount.amount)
    held = sum((Fraction(give.count) * Fraction(give.strength) for give in found.give), Fraction(0))
    count = sum((give.count for give in found.give), Decimal(0))
    if held != whole:
        return [f"{held} mg in pieces is not {whole} mg"]
    if drug == "capecitabine" and choices["capecitabine_tablets"] == "500 mg only":
        strengths = strengths[:1]
    fewest = tablets.fewest(whole, strengths)
    return [] if fewest == count else [f"{count} pieces, though {fewest} do"]


def _vials(drug: str, found: Dose, choices: Mapping[str, str]) -> list[str]:
    """The vials from the shelf hold the dose, nothing shared: with the least waste, or the fewest, as the site chose."""
    sizes = MEDICINES[drug].vials
    if not sizes or not found.give:
        return []
    held, counts = vials.needed(Fraction(found.amount.amount), sizes, fewest=choices["vial_choice"] == "fewest_vials")
    ours = sum((Fraction(give.count) * Fraction(give.strength) for give in found.give), Fraction(0))
    count = sum((give.count for give in found.give), Decimal(0))
    return (
        [] if (ours, count) == (held, sum(counts)) else [f"{count} vials of {float(ours)} mg, not {sum(counts)} of {float(held)}"]
    )
