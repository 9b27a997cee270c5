"""What else the patient takes, where the references say something about it that changes no dose: named rules, each with its
source. Interactions that change a dose stand as adjustments in the drug's own file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mbc_desktop.core.finding import Finding, Severity, finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.patient.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """A drug of the plan with a co-medication: the fact that names it, its value, and what is said."""

    drug: str
    fact: str
    value: str
    code: str
    severity: Severity
    source: str


INTERACTIONS = (
    Interaction(
        drug="tamoxifen",
        fact="cyp2d6_inhibitor",
        value="strong",
        code="avoid-with-cyp2d6-inhibitor",
        severity="caution",
        source="tamoxifen_cyp2d6",
    ),
    Interaction(
        drug="exemestane",
        fact="cyp3a4_inducer",
        value="strong",
        code="exemestane-with-inducer",
        severity="caution",
        source="exemestane_us",
    ),
    Interaction(
        drug="everolimus",
        fact="cyp3a4_inducer",
        value="strong",
        code="everolimus-with-inducer",
        severity="caution",
        source="everolimus_dosing",
    ),
    Interaction(
        drug="fulvestrant",
        fact="anticoagulant",
        value="yes",
        code="injection-with-anticoagulant",
        severity="caution",
        source="faslodex_uk",
    ),
    Interaction(
        drug="ribociclib",
        fact="qt_drug",
        value="yes",
        code="ribociclib-with-qt-drug",
        severity="caution",
        source="kisqali_mims",
    ),
    Interaction(
        drug="capecitabine",
        fact="anticoagulant",
        value="yes",
        code="coumarin-with-capecitabine",
        severity="caution",
        source="capecitabine_leaflet",
    ),
    Interaction(
        drug="trastuzumab-emtansine",
        fact="anticoagulant",
        value="yes",
        code="bleeding-with-anticoagulant",
        severity="caution",
        source="kadcyla_leaflet",
    ),
    Interaction(
        drug="lapatinib",
        fact="cyp3a4_inhibitor",
        value="strong",
        code="avoid-strong-inhibitor",
        severity="caution",
        source="tyverb_leaflet",
    ),
    *(
        Interaction(drug=drug, fact="cyp3a4_inducer", value="strong", code="avoid-inducer", severity="caution", source=source)
        for drug, source in (
            ("palbociclib", "ibrance_leaflet"),
            ("ribociclib", "kisqali_leaflet"),
            ("abemaciclib", "verzenios_leaflet"),
            ("elacestrant", "orserdu_leaflet"),
            ("lapatinib", "tyverb_leaflet"),
            ("tucatinib", "tukysa_leaflet"),
        )
    ),
)


def interaction_findings(course: str, drugs: Iterable[str], facts: Facts) -> Iterator[Finding]:
    """What is said about the drugs of one course; nothing while a fact is not known."""
    names = set(drugs)
    for rule in INTERACTIONS:
        if rule.drug in names and getattr(facts, rule.fact) == rule.value:
            yield finding(rule.code, rule.severity, course=course, drug=rule.drug, source=rule.source)
