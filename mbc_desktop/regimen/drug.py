"""One medicine: names, forms, what it may be given for and how its dose is adjusted, held and checked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from mbc_desktop.core.record import dataclass
from mbc_desktop.core.source import Grade
from mbc_desktop.regimen.dose_rules import Adjustment, Check, Limit, Timing
from mbc_desktop.regimen.hold_rules import Hold

Status = Literal["draft", "reviewed", "approved", "superseded"]
Place = Literal["day_hospital", "home"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One change of a data file, by its effect on plans."""

    on: date
    change: str
    affects: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The international non-proprietary name, lower case, in the four languages."""

    nl: str
    fr: str
    de: str
    en: str

    def of(self, language: Literal["nl", "fr", "de", "en"]) -> str:
        """The name in one language."""
        return {"nl": self.nl, "fr": self.fr, "de": self.de, "en": self.en}[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A pharmaceutical form that exists: `strength` in `unit` per piece; liquids also the millilitres that hold it and
    the step (mL) to which a volume can be drawn up. `divisible` in 2 means half tablets can be made.
    `formulary_only`: used only where a hospital's formulary names it (another brand's size)."""

    id: str
    form: str
    strength: Decimal
    unit: str
    source: str
    grade: Grade
    volume_ml: Decimal | None = None
    draw_step_ml: Decimal | None = None
    divisible: int = 1
    formulary_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Packs:
    """The sizes (pieces) of the packs of one form that the label names; not every one need be on the market."""

    form: str
    sizes: tuple[int, ...]
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The ladder of doses of one administration, from the full dose (level 0) down; below the last one the drug stops."""

    amounts: tuple[Decimal, ...]
    unit: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Infusion:
    """How the whole administration is given when no adjustment row says otherwise: diluted in `volume_ml`, or from `from_mg` mg
    on in `from_mg_ml` mL; over at least `minutes`."""

    source: str
    grade: Grade
    volume_ml: Decimal | None = None
    minutes: int | None = None
    from_mg: Decimal | None = None
    from_mg_ml: Decimal | None = None

    def volume_for(self, amount_mg: Decimal) -> Decimal | None:
        """The millilitres that so many mg are diluted in; None where the source names none."""
        return self.from_mg_ml if self.from_mg is not None and amount_mg >= self.from_mg else self.volume_ml


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """What the finished infusion may hold at least and at most, mg/mL, and how many mL it may be itself."""

    source: str
    grade: Grade
    lowest: Decimal | None = None
    highest: Decimal | None = None
    least_ml: Decimal | None = None
    most_ml: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """After an infusion of `minutes` the patient is watched for `observe_minutes`, where the site answered `decision` with
    `if_decided`; an order's own time comes before it."""

    minutes: int
    observe_minutes: int
    decision: str
    if_decided: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Cumulative:
    """A drug whose doses add up over a lifetime, with those of every other drug of the `group`. `equivalents` give, for each
    answer to the decision of the group, how many mg of the group's reference drug one mg counts for; `own_limit` is this drug's
    own limit in its own mg/m2. `uncounted` are parts of names of drugs of the group that the library does not hold and can
    count for nothing."""

    group: str
    equivalents: tuple[tuple[str, Decimal], ...]
    source: str
    grade: Grade
    own_limit: Decimal | None = None
    own_limit_source: str = ""
    own_limit_grade: Grade = "protocol"
    uncounted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The highest dose of one administration that published regimens use, in mg/m2, mg/kg or mg."""

    most: Decimal
    unit: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCaution:
    """What is said of a drug, without changing its dose, when each of `facts` about the patient is `value`."""

    facts: tuple[str, ...]
    value: str
    finding: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class NotWith:
    """Drugs that this one is never given with: a stop, in the words of `finding`."""

    drugs: tuple[str, ...]
    finding: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyWith:
    """One of `drugs` comes at the same visit, or this one does not either."""

    drugs: tuple[str, ...]
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """One of `drugs` goes on beside it for as long as it is given, in this course or in another one."""

    drugs: tuple[str, ...]
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletChoice:
    """Tablets of 500 and 150 mg whose number the site's decision makes: the label's printed table (`tables`, by id), the nearest
    sum, or tablets of 500 mg alone."""

    decision: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drug:
    """One medicine as schedules/drugs/<id>.toml gives it. `classes` name what rules look for (aromatase_inhibitor,
    bisphosphonate, iv_bisphosphonate, lhrh_analogue, cdk46_inhibitor, bone_agent, cytotoxic ...). `look_alikes` are ids
    of products it must not be confused with; `antibodies` are those that it holds, where several products hold the same."""

    id: str
    version: str
    valid_from: date
    reviewed_on: date
    status: Status
    inn: Names
    brands: tuple[str, ...]
    classes: tuple[str, ...]
    routes: tuple[str, ...]
    place: Place
    forms: tuple[Form, ...]
    history: tuple[HistoryLine, ...]
    search: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()
    timing: tuple[Timing, ...] = ()
    levels: Levels | None = None
    infusion: Infusion | None = None
    concentration: Concentration | None = None
    observations: tuple[Observation, ...] = ()
    band_tables: tuple[str, ...] = ()
    """Ids of the printed dose-band tables that may be used for this drug."""
    cumulative: Cumulative | None = None
    practice: Practice | None = None
    adjust: tuple[Adjustment, ...] = ()
    limits: tuple[Limit, ...] = ()
    tablets: TabletChoice | None = None
    packs: tuple[Packs, ...] = ()
    holds: tuple[Hold, ...] = ()
    checks: tuple[Check, ...] = ()
    antibodies: tuple[str, ...] = ()
    cautions: tuple[FactCaution, ...] = ()
    not_with: tuple[NotWith, ...] = ()
    only_with: OnlyWith | None = None
    partner: Partner | None = None
    valid_until: date | None = None
    advice: tuple[str, ...] = ()
    """Codes of standing notes that a plan with this drug shows once (advice or info): supplements, no_grapefruit,
    vinca_iv_only ..."""
