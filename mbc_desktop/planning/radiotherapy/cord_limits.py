"""The highest dose that a stereotactic plan gives the spinal cord, held against the published limits: of a first course, and of
one after earlier irradiation. Source: HyTEC, spinal cord dose tolerance to stereotactic body radiotherapy."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text
from mbc_desktop.core.finding import Finding, Severity, finding

HIGHEST_DOSE = "cord_dmax_gy"
"""The choice of a course that gives it: Gy of the whole course, to the cord or the thecal sac."""

FIRST_COURSE_DMAX = {1: Decimal("12.4"), 2: Decimal("17.0"), 3: Decimal("20.3"), 4: Decimal("23.0"), 5: Decimal("25.3")}
"""By number of fractions, Gy: 1 to 5 per cent risk of myelopathy. For one fraction 12.4 to 14.0 is published; the lower holds."""

TOLERANCE_EQD2 = Decimal(50)
"""What the whole cord bears, in Gy as fractions of 2 Gy (convention): also where a number of fractions has no limit."""

AGAIN_TOTAL = Decimal(70)
AGAIN_STEREOTACTIC = Decimal(25)
AGAIN_SHARE = Decimal("0.5")
AGAIN_MONTHS = 5
"""After earlier irradiation, at lower risk: all together at most 70 Gy EQD2, the stereotactic part at most 25 Gy and at most half
of it, five months or more between."""


def stereotactic_first(course: str, *, fractions: int, dmax: Decimal, eqd2: Decimal) -> Finding:
    """The highest dose (`dmax`, Gy; `eqd2` of it) of a first course against the limit of its number of fractions; where none is
    published that is said, beside what the whole cord bears."""
    values = {"dmax": decimal_text(dmax), "fractions": str(fractions), "eqd2": _shown(eqd2)}
    limit = FIRST_COURSE_DMAX.get(fractions)
    if limit is None:
        severity: Severity = "caution" if eqd2 > TOLERANCE_EQD2 else "info"
        values |= {"tolerance": _shown(TOLERANCE_EQD2)}
        return finding("cord-dmax-without-limit", severity, course=course, source="nieder_2006", **values)
    values |= {"limit": decimal_text(limit)}
    if dmax > limit:
        return finding("cord-dmax-above-limit", "caution", course=course, source="hytec_cord", **values)
    return finding("cord-dmax-within-limit", "info", course=course, source="hytec_cord", **values)


def stereotactic_again(course: str, *, eqd2: Decimal, cumulative: Decimal, months: int | None) -> Finding:
    """The highest dose of a course after earlier irradiation (`eqd2` of it, `cumulative` with the earlier ones, Gy) against the
    four limits; `months` None = nobody knows how long ago, so that limit is not met."""
    share = CONTEXT.divide(eqd2, cumulative)
    met = {
        "total": cumulative <= AGAIN_TOTAL,
        "stereotactic": eqd2 <= AGAIN_STEREOTACTIC,
        "share": share <= AGAIN_SHARE,
        "months": months is not None and months >= AGAIN_MONTHS,
    }
    values = {
        "total": _shown(cumulative),
        "stereotactic": _shown(eqd2),
        "share": _shown(CONTEXT.multiply(share, Decimal(100))),
        "months": "-" if months is None else str(months),
        "not_met": " ".join(name for name, holds in met.items() if not holds),
    }
    if all(met.values()):
        return finding("cord-again-within-limits", "info", course=course, source="hytec_cord", **values)
    return finding("cord-again-outside-limits", "caution", course=course, source="hytec_cord", **values)


def _shown(value: Decimal) -> str:
    return decimal_text(CONTEXT.quantize(value, Decimal("0.01")))
