"""What the references say about each medicine: how finely it is drawn up, its levels, the liver, the kidneys, its ceilings, what
it is made of. Transcribed from clinical/chemotherapy.md (sections 4, 6, 8, 11) and clinical/endocrine_bone_renal.md (A, B)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction


def numbers(*texts: str) -> tuple[Fraction, ...]:
    """Fractions of plain numbers."""
    return tuple(Fraction(text) for text in texts)


@dataclass(frozen=True)
class Row:
    """What a row of a table does: `milligrams` at most, `per_unit` (mg/m2, mg/kg) at most, `percent` of the standard dose at most
    (`of` one standard dose only), `times` a day, `every` so many days, or no dose at all."""

    milligrams: Fraction | None = None
    per_unit: Fraction | None = None
    percent: Fraction | None = None
    of: int | None = None
    times: int | None = None
    every: int | None = None
    none: bool = False


AS_IT_WAS = Row()
NO_DOSE = Row(none=True)


@dataclass(frozen=True)
class Medicine:
    """`step`: to how many milligrams a computed dose is made up; None for what is counted in pieces. `kidney`: rows from high to
    low, each with its lower edge of clearance (mL/min) and whether the edge itself belongs to it; `kidney_needed`: without a
    clearance there is no dose. `liver`: by Child-Pugh class."""

    step: Fraction | None = None
    levels: tuple[Fraction, ...] = ()
    liver: dict[str, Row] = field(default_factory=dict)
    kidney: tuple[tuple[int, bool, Row], ...] = ()
    kidney_needed: bool = False
    most_mg: dict[int | None, int] = field(default_factory=dict)
    most_per_unit: Fraction | None = None
    down_only: bool = False
    pieces: tuple[Fraction, ...] = ()
    vials: tuple[Fraction, ...] = ()


def mg(text: str) -> Row:
    """At most so many milligrams."""
    return Row(milligrams=Fraction(text))


ONE = Fraction(1)
MEDICINES: dict[str, Medicine] = {
    # Computed from surface, weight or exposure.
    "paclitaxel": Medicine(step=Fraction(6, 10), vials=numbers("30", "100", "150", "300", "600")),
    "docetaxel": Medicine(step=Fraction(2), levels=numbers("100", "75", "60"), vials=numbers("20", "80", "140", "160")),
    "carboplatin": Medicine(step=ONE, kidney=((20, True, AS_IT_WAS), (0, True, NO_DOSE)), vials=numbers("150", "450")),
    "cyclophosphamide": Medicine(
        step=ONE,
        kidney=((10, True, AS_IT_WAS), (0, True, Row(percent=Fraction(75)))),
        vials=numbers("200", "500", "1000", "2000"),
    ),
    "gemcitabine": Medicine(step=ONE),
    "epirubicin": Medicine(step=ONE),
    "doxorubicin": Medicine(step=Fraction(2, 10), vials=numbers("10", "200")),
    "liposomal-doxorubicin": Medicine(step=Fraction(2, 10), vials=numbers("50")),
    "pegylated-liposomal-doxorubicin": Medicine(step=Fraction(2, 10), vials=numbers("20", "50")),
    "vinorelbine": Medicine(step=ONE, most_mg={None: 60}, most_per_unit=Fraction(354, 10), vials=numbers("10", "50")),
    "eribulin": Medicine(
        step=Fraction(44, 1000),
        levels=numbers("1.23", "0.97", "0.62"),
        liver={"A": Row(per_unit=Fraction(97, 100)), "B": Row(per_unit=Fraction(62, 100)), "C": NO_DOSE},
        most_per_unit=Fraction(123, 100),
        vials=numbers("0.88"),
    ),
    "bevacizumab": Medicine(step=ONE, vials=numbers("100", "400")),
    "trastuzumab": Medicine(step=ONE, vials=numbers("150")),
    "trastuzumab-deruxtecan": Medicine(step=ONE, levels=numbers("5.4", "4.4", "3.2"), vials=numbers("100")),
    "trastuzumab-emtansine": Medicine(
        step=ONE, levels=numbers("3.6", "3.0", "2.4"), most_per_unit=Fraction(36, 10), down_only=True, vials=numbers("100", "160")
    ),
    "sacituzumab-govitecan": Medicine(
        step=ONE, levels=numbers("10", "7.5", "5"), most_per_unit=Fraction(10), down_only=True, vials=numbers("200")
    ),
    # The same for everyone.
    "pertuzumab": Medicine(vials=numbers("420")),
    "pembrolizumab": Medicine(vials=numbers("100")),
    "trastuzumab-sc": Medicine(vials=numbers("600")),
    "pertuzumab-trastuzumab-sc": Medicine(),
    "denosumab": Medicine(kidney=((30, True, AS_IT_WAS), (0, True, NO_DOSE)), vials=numbers("120")),
    "goserelin": Medicine(),
    "leuprorelin": Medicine(),
    "triptorelin": Medicine(),
    "fulvestrant": Medicine(liver={"C": NO_DOSE}, pieces=numbers("250")),
    "zoledronic-acid": Medicine(
        kidney=((60, False, mg("4")), (50, True, mg("3.5")), (40, True, mg("3.3")), (30, True, mg("3")), (0, True, NO_DOSE)),
        kidney_needed=True,
    ),
    "ibandronic-acid-iv": Medicine(kidney=((50, True, mg("6")), (30, True, mg("4")), (0, True, mg("2"))), kidney_needed=True),
    "pamidronate": Medicine(kidney=((30, True, AS_IT_WAS), (0, True, NO_DOSE)), kidney_needed=True),
    # Taken at home.
    "capecitabine": Medicine(
        kidney=((50, False, AS_IT_WAS), (30, True, Row(percent=Fraction(75), of=1250)), (0, True, NO_DOSE)),
        kidney_needed=True,
        pieces=numbers("500", "150"),
    ),
    "vinorelbine-oral": Medicine(levels=numbers("80", "60"), most_mg={60: 120, 80: 160}, pieces=numbers("30", "20")),
    "tucatinib": Medicine(levels=numbers("300", "250", "200", "150"), liver={"C": mg("200")}, pieces=numbers("150", "50")),
    "lapatinib": Medicine(liver={"C": mg("750")}, pieces=numbers("250")),
    "palbociclib": Medicine(
        levels=numbers("125", "100", "75"),
        liver={"C": mg("75")},
        kidney=((15, False, AS_IT_WAS), (0, True, NO_DOSE)),
        pieces=numbers("125", "100", "75"),
    ),
    "ribociclib": Medicine(
        levels=numbers("600", "400", "200"),
        liver={"B": mg("400"), "C": mg("400")},
        kidney=((30, True, AS_IT_WAS), (0, True, NO_DOSE)),
        pieces=numbers("200"),
    ),
    "abemaciclib": Medicine(
        levels=numbers("150", "100", "50"),
        liver={"C": Row(times=1)},
        kidney=((30, True, AS_IT_WAS), (0, True, NO_DOSE)),
        pieces=numbers("150", "100", "50"),
    ),
    "alpelisib": Medicine(levels=numbers("300", "250", "200"), pieces=numbers("150", "200", "50")),
    "capivasertib": Medicine(levels=numbers("400", "320", "200"), pieces=numbers("200", "160")),
    "elacestrant": Medicine(levels=numbers("345", "258"), liver={"B": mg("258"), "C": NO_DOSE}, pieces=numbers("345", "86")),
    "everolimus": Medicine(
        levels=numbers("10", "5"), liver={"A": mg("7.5"), "B": mg("5"), "C": mg("2.5")}, pieces=numbers("10", "5", "2.5")
    ),
    "letrozole": Medicine(kidney=((10, True, AS_IT_WAS), (0, True, NO_DOSE)), pieces=numbers("2.5")),
    "anastrozole": Medicine(pieces=numbers("1")),
    "exemestane": Medicine(pieces=numbers("25")),
    "tamoxifen": Medicine(pieces=numbers("20")),
    "megestrol-acetate": Medicine(pieces=numbers("160")),
    "medroxyprogesterone-acetate": Medicine(liver={"C": NO_DOSE}),
    "cyclophosphamide-oral": Medicine(pieces=numbers("50")),
    "methotrexate-oral": Medicine(),
    "dexamethasone": Medicine(),
    "clodronate": Medicine(
        kidney=((50, True, mg("1600")), (30, True, mg("1200")), (10, True, mg("800")), (0, True, NO_DOSE)),
        kidney_needed=True,
        pieces=numbers("400"),
    ),
    "ibandronic-acid-oral": Medicine(
        kidney=((50, True, AS_IT_WAS), (30, True, Row(every=2)), (0, True, Row(every=7))),
        kidney_needed=True,
        pieces=numbers("50"),
    ),
}
