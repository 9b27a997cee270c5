"""What the spinal cord has had and gets: doses of earlier and planned courses on the same level added up. It informs the
radiation oncologist and never unlocks a treatment; the whole prescribed dose is taken to reach the cord, the worst case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.dose import Derived
from mbc_desktop.planning.radiotherapy.biological_dose import biologically_effective_dose, equivalent_dose_2gy
from mbc_desktop.planning.radiotherapy.cord_limits import HIGHEST_DOSE, TOLERANCE_EQD2, stereotactic_again, stereotactic_first
from mbc_desktop.planning.request import EarlierRadiotherapy, RadiotherapyCourse, Request
from mbc_desktop.regimen.library import Library

CORD_REGIONS = ("spine", "cord_compression")
ALPHA_BETA = Decimal(2)
"""Of the spinal cord, in Gy (Nieder, 2006); one fit gave 0.87, so this is a convention and is named beside each sum."""

LOW_RISK_BED = Decimal("135.5")
LOW_RISK_EACH = Decimal(98)
LOW_RISK_MONTHS = 6
"""Low risk of myelopathy: sum of BED at most 135.5 Gy, each course at most 98 Gy, six months or more between (Nieder, 2006)."""

RECOVERY = ((12, Decimal("0.5")), (6, Decimal("0.25")))
"""Of the earlier dose a quarter counts as recovered after 6 months, half after 12 (Doi and Nieder, 2021), of a tolerance of
50 Gy in fractions of 2 Gy (convention)."""

_LEVELS = tuple(f"{name}{number}" for name, count in (("C", 7), ("T", 12), ("L", 5), ("S", 5)) for number in range(1, count + 1))
_LEVEL = re.compile(r"(C[1-7]|[TD](?:1[0-2]|[1-9])|L[1-5]|S[1-5])")


@dataclass(frozen=True, slots=True, kw_only=True)
class CordCourse:
    """One course on the cord: fractions, dose of each (Gy), vertebral levels (None = not known, so they may be the same), last
    day."""

    fractions: int
    dose_gy: Decimal
    levels: frozenset[str] | None
    until: date | None

    @property
    def bed(self) -> Decimal:
        """BED at alpha/beta 2, Gy."""
        return biologically_effective_dose(fractions=self.fractions, dose_gy=self.dose_gy, alpha_beta_gy=ALPHA_BETA)

    @property
    def eqd2(self) -> Decimal:
        """EQD2 at alpha/beta 2, Gy."""
        return equivalent_dose_2gy(fractions=self.fractions, dose_gy=self.dose_gy, alpha_beta_gy=ALPHA_BETA)


@dataclass(frozen=True, slots=True, kw_only=True)
class CordSum:
    """Earlier courses and the new one added up. `months` are whole months between the last earlier day and the new first day
    (None = not known); `low_risk` is Nieder's envelope; `remaining_eqd2` what the tolerance of 50 Gy leaves after recovery."""

    bed: Decimal
    eqd2: Decimal
    prior_eqd2: Decimal
    months: int | None
    low_risk: bool
    remaining_eqd2: Decimal


def levels_of(text: str) -> frozenset[str] | None:
    """The vertebrae of "T7-T9", "L1, L2" or "D12-L2" (D is read as T); None when nothing or something else stands there."""
    found: set[str] = set()
    for piece in filter(None, (piece.strip().upper() for piece in re.split(r"[,;+ ]+", text.replace("–", "-")))):
        ends = piece.split("-")
        if len(ends) > 2 or not all(_LEVEL.fullmatch(end) for end in ends):
            return None
        first, last = (_LEVELS.index(end.replace("D", "T")) for end in (ends[0], ends[-1]))
        if last < first:
            return None
        found.update(_LEVELS[first : last + 1])
    return frozenset(found) or None


def cord_sum(earlier: tuple[CordCourse, ...], new: CordCourse, *, start: date) -> CordSum:
    """The sum over the `earlier` courses, of which there is at least one, and the `new` one that begins on `start`."""
    ends = [item.until for item in earlier]
    last = None if None in ends else max(day for day in ends if day is not None)
    months = None if last is None else _months(last, start)
    bed = sum((item.bed for item in earlier), new.bed)
    prior = sum((item.eqd2 for item in earlier), Decimal(0))
    recovered = next((share for since, share in RECOVERY if months is not None and months >= since), Decimal(0))
    left = CONTEXT.subtract(TOLERANCE_EQD2, CONTEXT.multiply(prior, CONTEXT.subtract(Decimal(1), recovered)))
    low = bed <= LOW_RISK_BED and months is not None and months >= LOW_RISK_MONTHS
    low = low and all(item.bed <= LOW_RISK_EACH for item in (*earlier, new))
    eqd2 = CONTEXT.add(prior, new.eqd2)
    return CordSum(bed=bed, eqd2=eqd2, prior_eqd2=prior, months=months, low_risk=low, remaining_eqd2=max(left, Decimal(0)))


def cord_dose(
    request: Request, course: RadiotherapyCourse, count: int, dose: Decimal, library: Library
) -> tuple[tuple[Derived, ...], tuple[Finding, ...]]:
    """The sums for a course on the spine, and what they say; nothing for other regions."""
    planned = dict(course.choices).get(HIGHEST_DOSE)
    if course.region not in CORD_REGIONS and planned is None:
        return (), ()
    reaching = dose if planned is None else CONTEXT.divide(Decimal(planned), Decimal(count))
    new = CordCourse(fractions=count, dose_gy=reaching, levels=levels_of(course.level), until=None)
    earlier = tuple(item for item in _earlier(request, course, library) if _may_meet(item, new))
    found = list(_of_itself(course, new, planned, first=not earlier))
    if not earlier or course.region not in CORD_REGIONS:
        return (), tuple(found)
    made = cord_sum(earlier, new, start=course.start)
    values = {
        "bed": _shown(made.bed),
        "eqd2": _shown(made.eqd2),
        "prior": _shown(made.prior_eqd2),
        "months": "" if made.months is None else str(made.months),
        "remaining": _shown(made.remaining_eqd2),
        "new": _shown(new.eqd2),
    }
    if made.low_risk:
        found.append(finding("cord-sum-low-risk", "info", course=course.id, source="nieder_2006", **values))
    elif made.months is None:
        found.append(finding("cord-sum-without-date", "caution", course=course.id, source="nieder_2006", **values))
    else:
        found.append(finding("cord-sum-above-low-risk", "caution", course=course.id, source="nieder_2006", **values))
    if made.months is not None and new.eqd2 > made.remaining_eqd2:
        found.append(finding("cord-recovery-exceeded", "caution", course=course.id, source="nieder_doi_2021", **values))
    if planned is not None:
        found.append(stereotactic_again(course.id, eqd2=new.eqd2, cumulative=made.eqd2, months=made.months))
    inputs = (("course", course.id), ("fractions", str(count)), ("dose_gy", _shown(reaching)), ("alpha_beta", "2"))
    derived = tuple(
        Derived(id=id, value=_shown(value), exact=decimal_text(value), unit="Gy", inputs=inputs, source="nieder_2006")
        for id, value in (("cord_bed_sum", made.bed), ("cord_eqd2_sum", made.eqd2))
    )
    return derived, tuple(found)


def _of_itself(course: RadiotherapyCourse, new: CordCourse, planned: str | None, *, first: bool) -> Iterator[Finding]:
    """What a course says by itself: the highest dose of the plan against the limit of a `first` course, or without it the whole
    prescribed dose against what the cord bears."""
    if planned is not None:
        if first:
            yield stereotactic_first(course.id, fractions=new.fractions, dmax=Decimal(planned), eqd2=new.eqd2)
    elif new.eqd2 > TOLERANCE_EQD2:
        values = {"eqd2": _shown(new.eqd2), "tolerance": _shown(TOLERANCE_EQD2)}
        yield finding("cord-needs-stereotactic-plan", "advice", course=course.id, source="nieder_2006", **values)


def _earlier(request: Request, course: RadiotherapyCourse, library: Library) -> Iterator[CordCourse]:
    for entry in request.history:
        if isinstance(entry, EarlierRadiotherapy) and entry.region in CORD_REGIONS:
            yield CordCourse(fractions=entry.fractions, dose_gy=entry.dose_gy, levels=levels_of(entry.level), until=entry.until)
    for other in request.courses:
        if not isinstance(other, RadiotherapyCourse) or other.id == course.id or other.region not in CORD_REGIONS:
            continue
        scheme = library.radiotherapy[other.scheme]
        count, dose = scheme.fractions or other.fractions, scheme.dose_gy or other.dose_gy
        if count is not None and dose is not None and (other.start, other.id) < (course.start, course.id):
            yield CordCourse(fractions=count, dose_gy=dose, levels=levels_of(other.level), until=other.start)


def _may_meet(one: CordCourse, other: CordCourse) -> bool:
    """Whether the two share a vertebra, or one of them is not known."""
    return one.levels is None or other.levels is None or bool(one.levels & other.levels)


def _months(first: date, last: date) -> int:
    gap = relativedelta(last, first)
    return max(gap.years * 12 + gap.months, 0)


def _shown(value: Decimal) -> str:
    return decimal_text(CONTEXT.quantize(value, Decimal("0.01")))
