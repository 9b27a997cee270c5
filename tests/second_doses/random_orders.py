"""Random treatment files about doses: one regimen, one patient, any answers to the open questions, from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.second_doses.medicines import MEDICINES
from tests.second_doses.schedules import REGIMENS
from tests.second_engine.civil import day_of, write

File = dict[str, Any]

OF_THE_SITE: dict[str, tuple[str, ...]] = {
    "tc_weekly": ("paclitaxel-carboplatin", "docetaxel-cyclophosphamide"),
    "capecitabine_tablets": ("label table", "solver", "500 mg only"),
    "vinorelbine_capsules": ("nearest sum", "label table"),
    "trastuzumab_form": ("iv_every_21_days", "iv_weekly", "sc_600_mg"),
    "bsa_formula": ("mosteller", "mosteller", "du_bois", "haycock", "gehan_george", "boyd", "schlich"),
    "bsa_decimals": ("unrounded", "2"),
    "bsa_cap": ("none", "none", "2.0", "2.2"),
    "weight_change_threshold": ("10", "5"),
    "rounding": ("none", "step", "down", "nhs_band", "vial_5_percent", "vial_6_percent", "vial_7_percent", "vial_10_percent"),
    "band_deviation_limit": ("6", "5", "7", "10"),
    "vial_sharing": ("no",),
    "vial_choice": ("least_waste", "fewest_vials"),
}
"""The answers that only a site gives."""

OF_THE_COURSE: dict[str, tuple[str, ...]] = {
    "paclitaxel_dose_combined": ("90", "80"),
    "bevacizumab_schedule": ("10 mg/kg on days 1 and 15", "15 mg/kg every 21 days"),
    "pembrolizumab_schedule": ("200 mg every 21 days, at most 35 doses", "200 mg every 21 days", "400 mg every 42 days"),
    "her2_docetaxel_dose": ("75", "100"),
    "her2_paclitaxel_doses": ("18", "12"),
    "her2_reload_pair": ("pair_rule", "trastuzumab_rule"),
    "ec_cyclophosphamide_dose": ("600", "500", "750"),
    "doxorubicin_dose": ("60", "75"),
    "doxorubicin_weekly_dose": ("20", "10"),
    "myocet_dose": ("60", "75"),
    "caelyx_dose": ("50", "40"),
    "docetaxel_dose": ("60", "75", "100"),
    "paclitaxel_weekly_pattern": ("3 of 4 weeks", "every week"),
    "paclitaxel_weekly_dose": ("80", "70", "90", "100"),
    "capecitabine_dose_alone": ("1250", "1000"),
    "capecitabine_dose_combined": ("1000", "1250"),
    "capecitabine_pattern": ("14 on 7 off", "7 on 7 off"),
    "capecitabine_first_dose": ("morning of day 1", "evening of day 1"),
    "carboplatin_gemcitabine_auc": ("AUC 2 on days 1 and 8", "AUC 4 on day 1", "AUC 5 on day 1"),
    "gemcitabine_dose_with_carboplatin": ("1000", "800"),
    "methotrexate_pattern": ("2.5 mg twice a day on two fixed days of each week", "2.5 mg every second day"),
    "weight_basis": ("actual", "actual", "adjusted", "midpoint"),
    "carboplatin_gfr": (
        "cockcroft_gault_actual",
        "cockcroft_gault_adjusted_from_bmi_25",
        "cockcroft_gault_adjusted_from_bmi_30",
        "ckd_epi_2021_absolute",
        "measured",
    ),
    "carboplatin_creatinine_floor": ("none", "0.7"),
    "carboplatin_gfr_cap": ("125", "none"),
    "crcl_weight": ("actual", "actual", "ideal", "adjusted"),
    "fulvestrant_child_pugh_b": ("500", "250"),
    "mpa_daily_dose": ("500", "1000"),
    "mpa_form": ("tablets", "suspension"),
    "triptorelin_dose": ("3", "3.75"),
    "goserelin_12_weeks": ("no", "yes"),
    "bone_severe_renal": ("do_not_give", "give_after_confirmation"),
    "dpyd_missing": ("give_after_confirmation",),
}
"""The answers that a course may choose."""

VINORELBINE = {
    "vinorelbine-iv": ("25 mg/m2 weekly into a vein", "30 mg/m2 weekly into a vein", "30 mg/m2 on days 1 and 8 into a vein"),
    "vinorelbine-oral": ("60 then 80 mg/m2 weekly by mouth", "60 mg/m2 on days 1 and 8 by mouth"),
}
DAYS, SOME_DAYS, LONG = 44, 2, 0.25
"""A quarter of the treatments run over the first doses of every phase, the others over the first ones only."""
_DAYS_OF_THE_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PAIRS = tuple(f"{day} and {_DAYS_OF_THE_WEEK[(number + 1) % 7]}" for number, day in enumerate(_DAYS_OF_THE_WEEK))
"""Two fixed weekdays for methotrexate; day 0 of the count (1 January 1970) was a Thursday."""
PERCENTS = ("90 %", "80 %", "75 %", "67 %", "50 %")
ANTIBODIES = ("trastuzumab", "pertuzumab", "pertuzumab-trastuzumab-sc")


@dataclass(frozen=True)
class Drawn:
    """A treatment file, the answers of its site, and the level of the drug named: steps down (0 = none), or a percentage."""

    file: File
    site: dict[str, str]
    lowered: str
    level: int | str


def random_order(random: Random, regimen: str = "") -> Drawn:
    """A treatment that the program accepts; of any regimen when none is named."""
    regimen = regimen or random.choice(REGIMEN_IDS)
    start = day_of(2024, 1, 1) + random.randrange(0, 2900)
    days = DAYS if random.random() < LONG else SOME_DAYS
    day = write(start)
    site = {key: random.choice(options) for key, options in (OF_THE_SITE | OF_THE_COURSE).items()}
    site |= {"methotrexate_weekdays": PAIRS[(start + 3) % 7]}
    choices = {key: random.choice(OF_THE_COURSE[key]) for key in random.sample(COURSE_KEYS, 3)}
    form = next((options for name, options in VINORELBINE.items() if name in regimen), ())
    choices |= {"vinorelbine_form": random.choice(form)} if form else {}
    course: File = {"id": "c1", "regimen": regimen, "start": day, "choices": choices}
    values = _measurements(random, day)
    if random.random() < 0.3:
        course["reference_weight"] = f"{float(values[0]['value']) * random.uniform(0.88, 1.12):.1f}"
    lowered, level, events = _level(random, regimen, day)
    facts: File = {
        "menopausal_status": "postmenopausal",
        "her2": "positive",
        "dental_check_on": write(start - 20),
        "earlier_anthracycline": "none",
    }
    if random.random() < 0.4:
        facts["child_pugh"] = random.choice("ABC")
    if random.random() < 0.3:
        facts["cyp3a4_inhibitor"] = random.choice(("none", "moderate", "strong"))
    if "60 then 80" in choices.get("vinorelbine_form", ""):
        course["start"], counts = _begun_earlier(random, start)
        values = counts + values
        events = [event | {"on": course["start"]} for event in events]
    file = {
        "format": 1,
        "today": day,
        "horizon": write(start + days),
        "patient": _person(random),
        "measurements": values,
        "facts": facts,
        "courses": [course],
        "events": events + (_delay(random, regimen, day) if days == DAYS else []),
    }
    return Drawn(file, site, lowered, level)


def _begun_earlier(random: Random, today: int) -> tuple[str, list[File]]:
    """The first day of a weekly treatment that began up to ten weeks ago, and counts since then, around every edge."""
    weeks = random.randrange(0, 11)
    began = today - 7 * weeks
    amounts = ("0.3", "0.49", "0.5", "0.51", "0.9", "1", "1.01", "1.4", "2.2", "3", "3")
    counts: list[File] = [
        {
            "kind": "neutrophils",
            "value": random.choice(amounts),
            "unit": "10^9/L",
            "on": write(began + 7 * week + random.randrange(1, 8)),
        }
        for week in range(weeks)
        for _ in range(random.choice((0, 1, 1, 1, 2)))
    ]
    return write(began), [count for count in counts if count["on"] < write(today)]


def _person(random: Random) -> File:
    return {
        "family_name": "Voorbeeld",
        "given_name": "Anna",
        "number": "0012345",
        "birth_date": write(day_of(random.randrange(1935, 2000), random.randrange(1, 13), random.randrange(1, 29))),
        "sex": random.choice(("female", "female", "male")),
    }


def _measurements(random: Random, on: str) -> list[File]:
    creatinine = (
        (f"{random.randrange(40, 300) / 100:.2f}", "mg/dL")
        if random.random() < 0.5
        else (str(random.randrange(36, 265)), "umol/L")
    )
    found = [
        ("weight", f"{random.randrange(350, 1490) / 10:.1f}", "kg"),
        ("height", str(random.randrange(140, 196)), "cm"),
        ("creatinine", *creatinine),
        ("calcium", "2.30", "mmol/L"),
        ("albumin", "40", "g/L"),
        ("measured_gfr", str(random.randrange(25, 160)), "mL/min"),
    ]
    found += [("neutrophils", "3.5", "10^9/L"), ("platelets", "250", "10^9/L"), *_dpd(random)]
    values: list[File] = [{"kind": kind, "value": value, "unit": unit, "on": on} for kind, value, unit in found]
    # Somebody looked at the weight: 35 kg at 195 cm would otherwise be a question before it is a dose.
    values[0]["confirmed"] = {"reason": "weighed again", "by": "NV"}
    return values + [item | {"on": on} for item in _liver(random)]


def _dpd(random: Random) -> list[tuple[str, str, str]]:
    """A test for DPD deficiency, of either kind, both or none."""
    score = [("dpyd_activity_score", random.choice(("0", "0.5", "1", "1.5", "2", "2")), "points")]
    uracil = [("uracil", random.choice(("9", "15.9", "16", "80", "149.9", "150")), "ng/mL")]
    return (score if random.random() < 0.6 else []) + (uracil if random.random() < 0.3 else [])


def _liver(random: Random) -> list[File]:
    """Liver tests with the laboratory's upper limit, about half of the time; around every edge."""
    if random.random() < 0.5:
        return []
    milligrams = ("0.6", "1.19", "1.2", "1.21", "2.4", "2.41", "2.9", "3", "3.1", "5")
    bilirubin = (
        {"value": random.choice(milligrams), "unit": "mg/dL", "high": "1.2"}
        if random.random() < 0.5
        else {"value": random.choice(("10", "20", "21", "40", "41", "50", "51", "90")), "unit": "umol/L", "high": "20"}
    )
    enzymes = {kind: str(random.choice((20, 40, 41, 60, 61, 100, 101, 140, 141, 200, 201))) for kind in ("ast", "alt")}
    alp = str(random.choice((60, 100, 250, 251, 600, 601)))
    return [
        {"kind": "bilirubin", **bilirubin},
        *({"kind": kind, "value": value, "unit": "U/L", "high": "40"} for kind, value in enzymes.items()),
        {"kind": "alp", "value": alp, "unit": "U/L", "high": "100"},
    ]


def _level(random: Random, regimen: str, day: str) -> tuple[str, int | str, list[File]]:
    able = sorted(drug for drug in REGIMENS[regimen] if MEDICINES[drug].levels or MEDICINES[drug].step)
    if not able or random.random() < 0.6:
        return "", 0, []
    drug = random.choice(able)
    by_ladder = MEDICINES[drug].levels and (MEDICINES[drug].step is None or random.random() < 0.7)
    level: int | str = random.choice((1, 1, 2, 3)) if by_ladder else random.choice(PERCENTS)
    event = {"id": "level", "kind": "dose_level", "course": "c1", "drug": drug, "scope": "rest_of_treatment"}
    event["level"] = f"-{level}" if by_ladder else str(level)
    return drug, level, [event | {"on": day, "by": "NV"}]


def _delay(random: Random, regimen: str, day: str) -> list[File]:
    """The second dose of an antibody up to four weeks later, around every edge of the reload tables."""
    drug = next((drug for drug in ANTIBODIES if drug in REGIMENS[regimen]), None)
    of_either_form = drug == "trastuzumab" and "trastuzumab-sc" in REGIMENS[regimen]
    if drug is None or of_either_form or random.random() < 0.5:
        return []
    event = {
        "id": "late",
        "kind": "delay",
        "course": "c1",
        "drug": drug,
        "number": 2,
        "days": random.choice((7, 8, 14, 20, 21, 22)),
    }
    return [event | {"scope": "rest_of_treatment", "on": day, "by": "NV"}]


REGIMEN_IDS = sorted(REGIMENS)
COURSE_KEYS = sorted(OF_THE_COURSE)
