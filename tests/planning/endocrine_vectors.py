"""How the vectors of endocrine treatment and bone agents are put to the program: each through a treatment file and `plan`.

A vector names inputs and what must come of them. A function per group builds the treatment and gives what the plan says, under
the vector's own keys; what the plan cannot say is left out of the comparison by name, never by accident."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from mbc_desktop.planning.plan import Plan, TakePeriod
from tests.planning.treatments import (
    TODAY,
    File,
    checks,
    codes,
    course,
    day,
    event,
    given,
    later,
    nominal,
    plan_of,
    taken,
    treatment,
    value,
)

Answer = dict[str, Any]
CDK46 = {"palbociclib": "palbociclib-letrozole", "ribociclib": "ribociclib-letrozole", "abemaciclib": "abemaciclib-letrozole"}
LEVELS = {"palbociclib": ["125", "100", "75"], "ribociclib": ["600", "400", "200"], "abemaciclib": ["150", "100", "50"]}
AGENTS = {
    "zoledronic": "zoledronic-acid",
    "ibandronate_iv": "ibandronic-acid-iv",
    "pamidronate": "pamidronate",
    "denosumab": "denosumab",
    "clodronate": "clodronate",
    "ibandronate_oral": "ibandronic-acid-oral",
}


def with_values(file: File, *values: File) -> File:
    """The file with these measurements in place of those of the same kind."""
    kinds = {item["kind"] for item in values}
    kept = [item for item in file["measurements"] if item["kind"] not in kinds]
    return file | {"measurements": [*kept, *values]}


def with_clearance(file: File, clearance: str) -> File:
    """A woman of 68 with exactly this Cockcroft-Gault clearance: (140 - 68) x kg x 0.85 / (72 x Scr) = kg x 0.85 / Scr, so the
    weight is the clearance at Scr 0.85 mg/dL, five times the clearance at 4.25 and half of it at 0.425."""
    exact, today = Decimal(clearance), file["today"]
    creatinine, factor = ("0.85", Decimal(1)) if Decimal(30) <= exact <= Decimal(150) else ("4.25", Decimal(5))
    if exact > Decimal(150):
        creatinine, factor = "0.425", Decimal("0.5")
    file = file | {"patient": file["patient"] | {"birth_date": f"{day(today).year - 68}-01-01"}}
    weight = format((exact * factor).normalize(), "f")
    return with_values(file, value("weight", weight, "kg", today), value("creatinine", creatinine, "mg/dL", today))


def plain(amount: Decimal) -> str:
    """A number without trailing zeros."""
    return format(amount.normalize(), "f")


def dose_of(item: Any) -> str | None:
    """The amount in mg, or None."""
    return plain(item.dose.amount.amount) if item.dose else None


def fulvestrant_calendar(given_: Answer) -> Answer:
    """Nominal days; the vectors know no closed days."""
    choice = "1 month" if given_["mode"] == "calendar_month" else "28 days"
    file = treatment(
        course("fulvestrant", given_["start"], choices={"maintenance_interval": choice}),
        today=given_["start"],
        days=32 * given_["n"],
    )
    return {"dates": nominal(plan_of(file), "fulvestrant")[: given_["n"]]}


def fulvestrant_dose(given_: Answer) -> Answer:
    """Dose, number of syringes and volume of each; a caution is a finding."""
    facts = {"menopausal_status": "postmenopausal"}
    if given_["child_pugh"] != "none":
        facts["child_pugh"] = given_["child_pugh"]
    choices = {"fulvestrant_child_pugh_b": given_["choice"]} if "choice" in given_ else {}
    plan = plan_of(treatment(course("fulvestrant", choices=choices), facts=facts))
    first = given(plan, "fulvestrant")[0]
    answer: Answer = {"dose_mg": dose_of(first)}
    if first.dose:
        answer |= {"injections": int(first.dose.give[0].count), "ml_each": plain(first.dose.give[0].volume_ml or Decimal(0))}
    if "hepatic-caution" in codes(plan):
        answer["flag"] = "caution"
    if "contraindicated" in codes(plan, "stop"):
        answer["flag"] = "contraindicated"
    return answer


def period_on(periods: list[TakePeriod], number: int) -> Answer:
    """What happens on the nth day since the start: tablet or not, the cycle and its day."""
    at = periods[0].first + timedelta(days=number - 1)
    for period in periods:
        if period.first <= at <= period.last:
            return {"take": True, "cycle": period.cycle, "cycle_day": (at - period.first).days + 1}
        if period.rest and period.rest[0] <= at <= period.rest[1]:
            return {"take": False, "cycle": period.cycle, "cycle_day": (at - period.first).days + 1}
    return {}


def three_on_one_off(given_: Answer) -> Answer:
    """The day map of both drugs that are taken three weeks out of four; they must agree."""
    maps = [
        period_on(taken(plan_of(treatment(course(CDK46[drug]))), drug), given_["day_since_start_1_based"])
        for drug in ("palbociclib", "ribociclib")
    ]
    return maps[0] if maps[0] == maps[1] else {"palbociclib": maps[0], "ribociclib": maps[1]}


def palbociclib_monitoring(given_: Answer) -> Answer:
    """The days of the blood counts in a number of cycles."""
    file = treatment(course("palbociclib-letrozole", given_["start"]), today=given_["start"], days=28 * given_["cycles"] - 1)
    return {"cbc_dates": checks(plan_of(file), "blood_count")}


def start_gate(drug: str, *values: File) -> bool:
    """Whether the first period is released with these values."""
    plan = plan_of(with_values(treatment(course(CDK46[drug])), *values))
    return taken(plan, drug)[0].dose is not None


def counts(given_: Answer) -> list[File]:
    """Counts per cubic millimetre as the file takes them: 10^9/L."""
    found = [
        value("neutrophils", plain(Decimal(given_["anc_per_mm3"]) / 1000), "10^9/L", TODAY),
        value("platelets", plain(Decimal(given_["platelets_per_mm3"]) / 1000), "10^9/L", TODAY),
    ]
    return [*found, value("haemoglobin", given_["hb_g_per_dl"], "g/dL", TODAY)] if "hb_g_per_dl" in given_ else found


def ribociclib_monitoring(given_: Answer) -> Answer:
    """The days of counts, liver tests, ECG and electrolytes in six cycles; or whether it may start at a QTcF."""
    if "baseline_qtcf_ms" in given_:
        return {"may_start": start_gate("ribociclib", value("qtcf", given_["baseline_qtcf_ms"], "ms", TODAY))}
    plan = plan_of(treatment(course("ribociclib-letrozole", given_["start"]), today=given_["start"], days=28 * 6 - 1))
    counted, liver = checks(plan, "blood_count"), checks(plan, "liver_tests")
    return {
        "cbc_lft_dates": counted if counted == liver else {"cbc": counted, "lft": liver},
        "ecg_dates": checks(plan, "ecg"),
        "electrolyte_dates": checks(plan, "electrolytes"),
    }


def abemaciclib_monitoring(given_: Answer) -> Answer:
    """The days of counts and liver tests; or whether the counts allow a start."""
    if "anc_per_mm3" in given_:
        return {"meets_start_criteria": start_gate("abemaciclib", *counts(given_))}
    plan = plan_of(treatment(course("abemaciclib-letrozole", given_["start"]), today=given_["start"], days=200))
    counted, liver = checks(plan, "blood_count"), checks(plan, "liver_tests")
    return {"cbc_alt_dates": counted if counted == liver else {"cbc": counted, "alt": liver}}


def palbociclib_start_cycle(given_: Answer) -> Answer:
    """Whether the counts allow a cycle, under whichever key the vector asks it."""
    may = start_gate("palbociclib", *counts(given_))
    return {"may_start": may, "may_receive": may, "meets_start_criteria": may}


def zoledronic_dose_band(given_: Answer) -> Answer:
    """Dose and millilitres of concentrate at a clearance."""
    return zoledronic_answer(plan_of(with_clearance(treatment(course("zoledronic-acid")), given_["canonical_crcl"])))


def zoledronic_answer(plan: Plan) -> Answer:
    """Dose, volume and action of the first infusion."""
    first = given(plan, "zoledronic-acid")[0]
    if first.dose is None:
        action = "not_recommended" if "not-recommended" in codes(plan, "stop") else "withheld"
        return {"dose_mg": None, "concentrate_ml": None, "action": action}
    return {"dose_mg": dose_of(first), "concentrate_ml": plain(first.dose.give[0].volume_ml or Decimal(0)), "action": "give"}


def zoledronic_from_patient(given_: Answer) -> Answer:
    """From the patient to the dose, with the clearance on the way."""
    unit = "mg/dL" if "scr_mg_per_dl" in given_ else "umol/L"
    creatinine = given_["scr_mg_per_dl"] if unit == "mg/dL" else given_["scr_umol_per_l"]
    file = treatment(course("zoledronic-acid"))
    file["patient"] |= {
        "birth_date": f"{2026 - given_['age_years']}-01-01",
        "sex": {"F": "female", "M": "male"}[given_["sex"]],
    }
    plan = plan_of(
        with_values(file, value("weight", given_["weight_kg"], "kg", TODAY), value("creatinine", creatinine, unit, TODAY))
    )
    clearance = next(item for item in plan.derived if item.id == "crcl_cockcroft_gault")
    return {"crcl": clearance.exact, "canonical": clearance.value, **zoledronic_answer(plan)}


def creatinine_history(given_: Answer, *between: str) -> Plan:
    """The second infusion, four weeks after the first, with a creatinine at the start, others on the way, and one of today. The
    patient weighs 150 kg, so that the clearance itself never stops the dose."""
    unit, end = ("mg/dL", "mg_per_dl") if "baseline_mg_per_dl" in given_ else ("umol/L", "umol_per_l")
    start = later(TODAY, -28)
    on_the_way = [value("creatinine", text, unit, later(start, 10 + number)) for number, text in enumerate(between)]
    file = with_values(
        treatment(course("zoledronic-acid", start)),
        value("weight", "150", "kg", TODAY, confirmed={"reason": "weighed twice", "by": "NV"}),
        value("creatinine", given_[f"baseline_{end}"], unit, start),
        *on_the_way,
        value("creatinine", given_[f"current_{end}"], unit, TODAY),
    )
    return plan_of(file)


def zoledronic_renal_deterioration(given_: Answer) -> Answer:
    """Whether the second infusion is held."""
    return {"action": "continue" if second_is_released(creatinine_history(given_)) else "hold"}


def zoledronic_resume(given_: Answer) -> Answer:
    """Whether infusions are resumed after creatinine had doubled."""
    doubled = plain(Decimal(given_["baseline_mg_per_dl"]) * 2)
    return {"resume": second_is_released(creatinine_history(given_, doubled))}


def second_is_released(plan: Plan) -> bool:
    """Whether the second infusion has a dose; a hold must also be said."""
    released = given(plan, "zoledronic-acid")[1].dose is not None
    assert released != ("creatinine-risen" in codes(plan, "stop"))
    return released


def ibandronate_iv(given_: Answer) -> Answer:
    """Dose, volume, bag and minutes at a clearance."""
    plan = plan_of(with_clearance(treatment(course("ibandronic-acid-iv")), given_["canonical_crcl"]))
    first = given(plan, "ibandronic-acid-iv")[0]
    assert first.dose
    return {
        "dose_mg": dose_of(first),
        "concentrate_ml": plain(first.dose.give[0].volume_ml or Decimal(0)),
        "infusion_ml": int(first.dose.infusion_ml or 0),
        "minutes_min": first.dose.minutes,
    }


def ibandronate_oral(given_: Answer) -> Answer:
    """How often the tablet is taken at a clearance."""
    plan = plan_of(with_clearance(treatment(course("ibandronic-acid-oral")), given_["canonical_crcl"]))
    first = taken(plan, "ibandronic-acid-oral")[0]
    assert first.dose
    often = {1: "daily", 2: "every_second_day", 7: "weekly"}[first.dose.every_days]
    return {"dose_mg": dose_of(first), "frequency": often}


def clodronate_oral(given_: Answer) -> Answer:
    """Dose a day at a clearance."""
    plan = plan_of(with_clearance(treatment(course("clodronate")), given_["canonical_crcl"]))
    dose = dose_of(taken(plan, "clodronate")[0])
    return {"dose_mg_per_day": dose, "action": "give" if dose else "no_figure" if "no-figure" in codes(plan) else "withheld"}


def pamidronate_infusion(given_: Answer) -> Answer:
    """Minutes and bag of 90 mg; other amounts are not part of the library."""
    plan = plan_of(with_clearance(treatment(course("pamidronate")), "45" if given_["renal_impairment"] else "75"))
    first = given(plan, "pamidronate")[0]
    assert first.dose
    minutes = "minimum_minutes" if given_["renal_impairment"] else "label_usual_minutes"
    return {
        "dose_mg": dose_of(first),
        minutes: str(first.dose.minutes),
        "min_volume_ml": plain(first.dose.infusion_ml or Decimal(0)),
    }


def lhrh_q28d(given_: Answer) -> Answer:
    """Nominal days of goserelin."""
    file = treatment(course("goserelin", given_["start"]), today=given_["start"], days=28 * given_["n"])
    return {"dates": nominal(plan_of(file), "goserelin")[: given_["n"]]}


def denosumab_calendar(given_: Answer) -> Answer:
    """Nominal days, days on which there must be nothing, and the calcium check after the first dose."""
    file = treatment(course("denosumab", given_["start"]), today=given_["start"], days=28 * given_.get("n", 4))
    plan = plan_of(file)
    found = nominal(plan, "denosumab")
    after_first = [item.date.isoformat() for item in plan.checks if item.kind == "calcium" and item.date > day(given_["start"])]
    answer: Answer = {"ca_check_after_first_dose_not_later_than": later(given_["start"], 14)}
    if not after_first or after_first[0] > answer["ca_check_after_first_dose_not_later_than"]:
        answer["ca_check_after_first_dose_not_later_than"] = after_first
    forbidden = {later(given_["start"], 7), later(given_["start"], 14)}
    return answer | {"dates": found[: given_.get("n", 4)], "must_not_contain": sorted(forbidden - set(found))}


def denosumab_gate(given_: Answer) -> Answer:
    """What the gate says about the dose of today; with albumin 40 g/L the corrected calcium is the measured one."""
    calcium = value("calcium", given_["corrected_ca_mmol"], "mmol/L", TODAY, low=given_["lln"])
    dialysis = {"facts": {"dialysis": "yes", "dental_check_on": TODAY}} if given_.get("dialysis") else {}
    file = with_values(treatment(course("denosumab"), **dialysis), calcium)
    plan = plan_of(with_clearance(file, given_.get("canonical_crcl") or "70"))
    first, found = given(plan, "denosumab")[0], codes(plan)
    if "calcium-low" in found:
        action = "hold_correct_calcium" if first.dose is None else "released"
    elif "decision-missing" in found:
        action = "prescriber_confirmation" if first.dose is None else "released"
    elif "calcium-high" in found:
        action = "prescriber_hypercalcaemia"
    else:
        action = "release" if first.dose is not None else "withheld"
    return {"action": action}


def bma_deescalation(given_: Answer) -> Answer:
    """The longer intervals that are offered on a day."""
    facts = {"dental_check_on": given_["start"]} | ({"asymptomatic_on": given_["on"]} if given_["asymptomatic"] else {})
    plan = plan_of(treatment(course(AGENTS[given_["agent"]], given_["start"]), today=given_["on"], facts=facts))
    offers = [dict(item.values)["days"] for item in plan.findings if item.code == "deescalation-offered"]
    return {"offered_intervals_days": [int(days) for offer in offers for days in offer.split()]}


def dose_levels(given_: Answer) -> Answer:
    """The dose one level below the present one; None where the drug then stops."""
    drug = given_["drug"]
    down = LEVELS[drug].index(given_["current"]) + 1
    lowered = event("dose_level", TODAY, drug=drug, number=1, level=f"-{down}", scope="rest_of_treatment")
    plan = plan_of(treatment(course(CDK46[drug]), events=[lowered]))
    assert (taken(plan, drug)[0].dose is None) == ("no-such-dose-level" in codes(plan, "stop"))
    return {"next": dose_of(taken(plan, drug)[0])}


def tablet_counts(given_: Answer) -> Answer:
    """What is taken at a time, as "3 x 200"."""
    drug, dose = given_["drug"], given_["dose"].removesuffix(" bid")
    level = LEVELS[drug].index(dose)
    lowered = [event("dose_level", TODAY, drug=drug, number=1, level=f"-{level}", scope="rest_of_treatment")] if level else []
    first = taken(plan_of(treatment(course(CDK46[drug]), events=lowered)), drug)[0]
    assert first.dose
    pieces = " + ".join(f"{plain(item.count)} x {plain(item.strength)}" for item in first.dose.give)
    return {"tablets": pieces + (" twice daily" if first.dose.times == 2 else "")}


def cdk46_hepatic(given_: Answer) -> Answer:
    """Dose and frequency by Child-Pugh class."""
    drug = given_["drug"]
    facts = {"menopausal_status": "postmenopausal", "child_pugh": given_["child_pugh"]}
    first = taken(plan_of(treatment(course(CDK46[drug]), facts=facts)), drug)[0]
    assert first.dose
    often = {1: "once daily", 2: "twice daily"}[first.dose.times]
    return {"dose": f"{dose_of(first)} mg {often}" + (" 21/7" if first.rest else "")}


GROUPS: dict[str, Callable[[Answer], Answer]] = {
    "fulvestrant_calendar": fulvestrant_calendar,
    "fulvestrant_dose": fulvestrant_dose,
    "cdk46_3on1off": three_on_one_off,
    "palbociclib_monitoring": palbociclib_monitoring,
    "palbociclib_start_cycle": palbociclib_start_cycle,
    "ribociclib_monitoring": ribociclib_monitoring,
    "abemaciclib_monitoring": abemaciclib_monitoring,
    "zoledronic_dose_band": zoledronic_dose_band,
    "zoledronic_from_patient": zoledronic_from_patient,
    "zoledronic_renal_deterioration": zoledronic_renal_deterioration,
    "zoledronic_resume": zoledronic_resume,
    "ibandronate_iv": ibandronate_iv,
    "ibandronate_oral": ibandronate_oral,
    "clodronate_oral": clodronate_oral,
    "pamidronate_infusion": pamidronate_infusion,
    "lhrh_q28d": lhrh_q28d,
    "denosumab_calendar": denosumab_calendar,
    "denosumab_gate": denosumab_gate,
    "bma_deescalation": bma_deescalation,
    "dose_levels": dose_levels,
    "tablet_counts": tablet_counts,
    "cdk46_hepatic": cdk46_hepatic,
}


def is_ours(group: str, given_: Answer) -> bool:
    """Whether the vector is about a drug, an amount and an indication that the library has."""
    if group in ("dose_levels", "tablet_counts", "cdk46_hepatic"):
        return given_["drug"] in CDK46
    if group == "pamidronate_infusion":
        return bool(given_["dose_mg"] == "90")
    return given_.get("indication", "bone metastases") == "bone metastases"


def differences(group: str, given_: Answer, expected: Answer) -> list[str]:
    """Every expected key whose value the plan does not give."""
    found = GROUPS[group](given_)
    ignored = {"regimen", "minimum_minutes", "label_usual_minutes"} - set(found)
    return [
        f"{key}: {found.get(key)} is not {wanted}"
        for key, wanted in expected.items()
        if key not in ignored and not same(found.get(key), wanted)
    ]


def same(found: object, wanted: object) -> bool:
    """Equal; decimal texts by value, cut off at four decimals, as the plan shows unrounded numbers."""
    if isinstance(found, str) and isinstance(wanted, str):
        try:
            ours, theirs = Decimal(found), Decimal(wanted)
        except ArithmeticError:
            return found == wanted
        return abs(ours - theirs) < Decimal("0.0001")
    return found == wanted
