"""Tablets at home, counted: at once, a day, in the whole period, and how many packs that is."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.dose import Give
from mbc_desktop.planning.plan import TakePeriod
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import NO_SITE, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletCount:
    """Pieces of one strength: `at_once`, `per_day` (on a day on which they are taken), `total` in the period; `pack` is what
    one pack holds by the hospital's formulary, `packs` how many are opened and `left_over` what remains of them (None where the
    pack is not known)."""

    form: str
    strength: Decimal
    unit: str
    at_once: Decimal
    per_day: Decimal
    total: Decimal
    pack: int | None = None
    packs: int | None = None
    left_over: Decimal | None = None


def tablet_counts(period: TakePeriod, library: Library, site: Site = NO_SITE) -> tuple[TabletCount, ...]:
    """The pieces of a tablet period, one line per strength; nothing while there is no dose, or for what is not counted in
    pieces."""
    dose = period.dose
    if dose is None:
        return ()
    days = Decimal(-(-((period.last - period.first).days + 1) // dose.every_days))
    return tuple(_count(item, Decimal(dose.times), days, _pack(item, period.drug, library, site)) for item in dose.give)


def _count(item: Give, times: Decimal, days: Decimal, pack: int | None) -> TabletCount:
    per_day = CONTEXT.multiply(item.count, times)
    total = CONTEXT.multiply(per_day, days)
    packs = None if pack is None else int(CONTEXT.divide(total, Decimal(pack)).to_integral_value(ROUND_CEILING))
    return TabletCount(
        form=item.form,
        strength=item.strength,
        unit=item.unit,
        at_once=item.count,
        per_day=per_day,
        total=total,
        pack=pack,
        packs=packs,
        left_over=None if packs is None or pack is None else Decimal(packs * pack) - total,
    )


def _pack(item: Give, drug: str, library: Library, site: Site) -> int | None:
    sizes = site.packs_of(drug)
    forms = library.drugs[drug].forms
    return next((sizes[form.id] for form in forms if form.strength == item.strength and form.id in sizes), None)
