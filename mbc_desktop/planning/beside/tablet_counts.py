"""Tablets at home, counted: at once, a day, in the whole period, and how many packs that is."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import Literal

from mbc_desktop.core.decimals import CONTEXT
from mbc_desktop.core.record import dataclass
from mbc_desktop.dosing.dose import Give
from mbc_desktop.planning.plan import TakePeriod
from mbc_desktop.regimen.library import Library
from mbc_desktop.regimen.site import NO_SITE, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class TabletCount:
    """Pieces of one strength: `at_once`, `per_day` (on a day on which they are taken), `total` in the period; `pack` is what
    one pack holds, by the hospital's formulary or else by the label (`pack_by`), `packs` how many are opened and `left_over`
    what remains of them (None where no pack is known). Of several packs of the label the one of which least is left over, and of
    those the largest: not every one need be on the market."""

    form: str
    strength: Decimal
    unit: str
    at_once: Decimal
    per_day: Decimal
    total: Decimal
    pack: int | None = None
    packs: int | None = None
    left_over: Decimal | None = None
    pack_by: Literal["formulary", "label", ""] = ""


def tablet_counts(period: TakePeriod, library: Library, site: Site = NO_SITE) -> tuple[TabletCount, ...]:
    """The pieces of a tablet period, one line per strength; nothing while there is no dose, or for what is not counted in
    pieces."""
    dose = period.dose
    if dose is None:
        return ()
    days = Decimal(-(-((period.last - period.first).days + 1) // dose.every_days))
    return tuple(_count(item, Decimal(dose.times), days, *_sizes(item, period.drug, library, site)) for item in dose.give)


def _count(
    item: Give, times: Decimal, days: Decimal, sizes: tuple[int, ...], by: Literal["formulary", "label", ""]
) -> TabletCount:
    per_day = CONTEXT.multiply(item.count, times)
    total = CONTEXT.multiply(per_day, days)
    pack = min(sizes, key=lambda size: (_opened(total, size) * size, -size), default=None)
    packs = None if pack is None else _opened(total, pack)
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
        pack_by=by,
    )


def _opened(total: Decimal, size: int) -> int:
    return int(CONTEXT.divide(total, Decimal(size)).to_integral_value(ROUND_CEILING))


def _sizes(item: Give, drug: str, library: Library, site: Site) -> tuple[tuple[int, ...], Literal["formulary", "label", ""]]:
    """The size that the hospital stocks, else those of the label; none where neither names any."""
    own, found = site.packs_of(drug), library.drugs[drug]
    forms = [form.id for form in found.forms if form.strength == item.strength]
    stocked = tuple(own[id] for id in forms if id in own)
    if stocked:
        return stocked[:1], "formulary"
    printed = tuple(size for packs in found.packs if packs.form in forms for size in packs.sizes)
    return printed, "label" if printed else ""
