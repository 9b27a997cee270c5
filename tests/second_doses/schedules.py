"""What each regimen orders: per square metre, per kilogram, by exposure or the same for everyone. Transcribed from sections 2, 4
and 5 of clinical/chemotherapy.md and from parts A and B of clinical/endocrine_bone_renal.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.second_doses import her2


@dataclass(frozen=True)
class Ordered:
    """One drug line: `kind` is "m2", "kg", "auc" or "fixed"."""

    kind: str
    amount: Fraction


@dataclass(frozen=True)
class Moment:
    """Which dose of a course: `number` counts those of the drug, `gap` is the days since the last one that has a day (None while
    none has), `choices` the answers that hold."""

    number: int
    gap: int | None
    choices: Mapping[str, str]

    @property
    def days(self) -> int | None:
        """Days since the last one; None for the first, which loads; 0 when no earlier one has a day."""
        return None if self.number == 1 else self.gap or 0


Order = Callable[[Moment], Ordered]


def m2(amount: str) -> Order:
    return lambda _: Ordered("m2", Fraction(amount))


def kg(amount: str) -> Order:
    return lambda _: Ordered("kg", Fraction(amount))


def fixed(amount: str) -> Order:
    return lambda _: Ordered("fixed", Fraction(amount))


def chosen(kind: str, key: str) -> Order:
    """The amount is the answer to a question, or its first word."""
    return lambda moment: Ordered(kind, Fraction(moment.choices[key].split(" ")[0]))


def _bevacizumab(moment: Moment) -> Ordered:
    return Ordered("kg", Fraction(15 if "21 days" in moment.choices["bevacizumab_schedule"] else 10))


def _carboplatin(moment: Moment) -> Ordered:
    return Ordered("auc", Fraction(moment.choices["carboplatin_gemcitabine_auc"].split(" ")[1]))


def _vinorelbine(moment: Moment) -> Ordered:
    return Ordered("m2", Fraction(moment.choices["vinorelbine_form"].split(" ")[0]))


def _vinorelbine_oral(moment: Moment) -> Ordered:
    raised = "60 then 80" in moment.choices["vinorelbine_form"] and moment.number > 3
    return Ordered("m2", Fraction(80 if raised else 60))


def _trastuzumab_alone(moment: Moment) -> Ordered:
    return Ordered("kg", Fraction(8 if moment.days is None else her2.trastuzumab_alone(moment.days)))


def _trastuzumab_weekly(moment: Moment) -> Ordered:
    return Ordered("kg", Fraction(4 if moment.days is None else her2.trastuzumab_weekly(moment.days)))


def _trastuzumab_by_form(moment: Moment) -> Ordered:
    return (_trastuzumab_weekly if moment.choices["trastuzumab_form"] == "iv_weekly" else _trastuzumab_alone)(moment)


def _trastuzumab_of_a_pair(moment: Moment) -> Ordered:
    rule = moment.choices["her2_reload_pair"]
    return Ordered("kg", Fraction(8 if moment.days is None else her2.trastuzumab_of_a_pair(moment.days, rule)))


def _pertuzumab(moment: Moment) -> Ordered:
    return Ordered("fixed", Fraction(840 if moment.days is None else her2.pertuzumab(moment.days)))


def _pair_under_the_skin(moment: Moment) -> Ordered:
    """Millilitres: 15 hold 1200/600 mg, 10 hold 600/600."""
    loads = moment.days is None or her2.pair_under_the_skin(moment.days) == "1200/600"
    return Ordered("fixed", Fraction(15 if loads else 10))


def _goserelin(moment: Moment) -> Ordered:
    return Ordered("fixed", Fraction("10.8" if moment.choices["goserelin_12_weeks"] == "yes" else "3.6"))


_DEXAMETHASONE = {"dexamethasone": fixed("8")}
_TRASTUZUMAB = {"trastuzumab": _trastuzumab_by_form, "trastuzumab-sc": fixed("600")}
_PARTNERS = {"letrozole": "2.5", "anastrozole": "1", "exemestane": "25", "fulvestrant": "500"}
_TARGETED = {"palbociclib": "125", "ribociclib": "600", "abemaciclib": "150"}

REGIMENS: dict[str, dict[str, Order]] = {
    "paclitaxel-bevacizumab": {"paclitaxel": chosen("m2", "paclitaxel_dose_combined"), "bevacizumab": _bevacizumab},
    "paclitaxel-pembrolizumab": {
        "paclitaxel": chosen("m2", "paclitaxel_dose_combined"),
        "pembrolizumab": chosen("fixed", "pembrolizumab_schedule"),
    },
    "tc-weekly": {
        "paclitaxel": m2("80"),
        "carboplatin": lambda _: Ordered("auc", Fraction(2)),
        "docetaxel": m2("75"),
        "cyclophosphamide": m2("600"),
        **_DEXAMETHASONE,
    },
    "sacituzumab-govitecan": {"sacituzumab-govitecan": kg("10")},
    "docetaxel-trastuzumab-pertuzumab": {
        "docetaxel": chosen("m2", "her2_docetaxel_dose"),
        "trastuzumab": _trastuzumab_of_a_pair,
        "pertuzumab": _pertuzumab,
        **_DEXAMETHASONE,
    },
    "paclitaxel-trastuzumab-pertuzumab": {
        "paclitaxel": m2("80"),
        "trastuzumab": _trastuzumab_of_a_pair,
        "pertuzumab": _pertuzumab,
    },
    "docetaxel-pertuzumab-trastuzumab-sc": {
        "docetaxel": chosen("m2", "her2_docetaxel_dose"),
        "pertuzumab-trastuzumab-sc": _pair_under_the_skin,
        **_DEXAMETHASONE,
    },
    "docetaxel-trastuzumab-sc-pertuzumab": {
        "docetaxel": chosen("m2", "her2_docetaxel_dose"),
        "trastuzumab-sc": fixed("600"),
        "pertuzumab": _pertuzumab,
        **_DEXAMETHASONE,
    },
    "paclitaxel-pertuzumab-trastuzumab-sc": {"paclitaxel": m2("80"), "pertuzumab-trastuzumab-sc": _pair_under_the_skin},
    "paclitaxel-trastuzumab-sc-pertuzumab": {
        "paclitaxel": m2("80"),
        "trastuzumab-sc": fixed("600"),
        "pertuzumab": _pertuzumab,
    },
    "trastuzumab-weekly": {"trastuzumab": _trastuzumab_weekly},
    "trastuzumab-docetaxel": {"docetaxel": chosen("m2", "docetaxel_dose"), **_DEXAMETHASONE, **_TRASTUZUMAB},
    "trastuzumab-paclitaxel": {"paclitaxel": chosen("m2", "paclitaxel_weekly_dose"), **_TRASTUZUMAB},
    "trastuzumab-capecitabine": {"capecitabine": chosen("m2", "capecitabine_dose_combined"), **_TRASTUZUMAB},
    "trastuzumab-eribulin": {"eribulin": m2("1.23"), **_TRASTUZUMAB},
    "trastuzumab-vinorelbine-iv": {"vinorelbine": _vinorelbine, **_TRASTUZUMAB},
    "trastuzumab-vinorelbine-oral": {"vinorelbine-oral": _vinorelbine_oral, **_TRASTUZUMAB},
    "trastuzumab-three-weekly": {"trastuzumab": _trastuzumab_alone},
    "trastuzumab-sc": {"trastuzumab-sc": fixed("600")},
    "trastuzumab-deruxtecan": {"trastuzumab-deruxtecan": kg("5.4")},
    "trastuzumab-emtansine": {"trastuzumab-emtansine": kg("3.6")},
    "tucatinib-capecitabine-trastuzumab": {
        "tucatinib": fixed("300"),
        "capecitabine": chosen("m2", "capecitabine_dose_combined"),
        "trastuzumab": _trastuzumab_alone,
    },
    "lapatinib-capecitabine": {"lapatinib": fixed("1250"), "capecitabine": chosen("m2", "capecitabine_dose_combined")},
    "lapatinib-trastuzumab": {"lapatinib": fixed("1000"), "trastuzumab": _trastuzumab_alone},
    "epirubicin-cyclophosphamide": {"epirubicin": m2("75"), "cyclophosphamide": chosen("m2", "ec_cyclophosphamide_dose")},
    "doxorubicin-three-weekly": {"doxorubicin": chosen("m2", "doxorubicin_dose")},
    "doxorubicin-weekly": {"doxorubicin": chosen("m2", "doxorubicin_weekly_dose")},
    "cyclophosphamide-liposomal-doxorubicin": {
        "liposomal-doxorubicin": chosen("m2", "myocet_dose"),
        "cyclophosphamide": m2("600"),
    },
    "pegylated-liposomal-doxorubicin": {"pegylated-liposomal-doxorubicin": chosen("m2", "caelyx_dose")},
    "docetaxel": {"docetaxel": chosen("m2", "docetaxel_dose"), **_DEXAMETHASONE},
    "paclitaxel-weekly": {"paclitaxel": chosen("m2", "paclitaxel_weekly_dose")},
    "capecitabine": {"capecitabine": chosen("m2", "capecitabine_dose_alone")},
    "vinorelbine-iv": {"vinorelbine": _vinorelbine},
    "vinorelbine-oral": {"vinorelbine-oral": _vinorelbine_oral},
    "eribulin": {"eribulin": m2("1.23")},
    "cyclophosphamide-methotrexate": {"cyclophosphamide-oral": fixed("50"), "methotrexate-oral": fixed("2.5")},
    "carboplatin-gemcitabine": {
        "carboplatin": _carboplatin,
        "gemcitabine": chosen("m2", "gemcitabine_dose_with_carboplatin"),
    },
    **{
        f"{targeted}-{partner}": {targeted: fixed(dose), partner: fixed(_PARTNERS[partner])}
        for targeted, dose in _TARGETED.items()
        for partner in _PARTNERS
    },
    **{drug: {drug: fixed(dose)} for drug, dose in _PARTNERS.items()},
    "alpelisib-fulvestrant": {"alpelisib": fixed("300"), "fulvestrant": fixed("500")},
    "capivasertib-fulvestrant": {"capivasertib": fixed("400"), "fulvestrant": fixed("500")},
    "elacestrant": {"elacestrant": fixed("345")},
    "everolimus-exemestane": {"everolimus": fixed("10"), "exemestane": fixed("25")},
    "tamoxifen": {"tamoxifen": fixed("20")},
    "megestrol-acetate": {"megestrol-acetate": fixed("160")},
    "medroxyprogesterone-acetate": {"medroxyprogesterone-acetate": chosen("fixed", "mpa_daily_dose")},
    "goserelin": {"goserelin": _goserelin},
    "triptorelin": {"triptorelin": chosen("fixed", "triptorelin_dose")},
    "leuprorelin": {"leuprorelin": fixed("3.75")},
    "zoledronic-acid": {"zoledronic-acid": fixed("4")},
    "denosumab": {"denosumab": fixed("120")},
    "ibandronic-acid-iv": {"ibandronic-acid-iv": fixed("6")},
    "ibandronic-acid-oral": {"ibandronic-acid-oral": fixed("50")},
    "pamidronate": {"pamidronate": fixed("90")},
    "clodronate": {"clodronate": fixed("1600")},
}  # fmt: skip
