"""How strong a finished infusion may be: the volumes that keep a dose within the limits of the source."""

from __future__ import annotations

from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text, to_step
from mbc_desktop.core.finding import Finding, finding
from mbc_desktop.dosing.dose import Bag
from mbc_desktop.regimen.drug import Drug

_ONE_ML = Decimal(1)
_HUNDREDTH = Decimal("0.01")


def bag_for(amount_mg: Decimal, drug: Drug, *, volume_ml: Decimal | None) -> tuple[Bag | None, tuple[Finding, ...]]:
    """The volumes between which `amount_mg` stays within the drug's limits of concentration and of volume (whole mL, inward), and
    a caution when the volume that the drug's own rules name lies outside them."""
    limits = drug.concentration
    if limits is None:
        return None, ()
    least = None if limits.highest is None else _up(CONTEXT.divide(amount_mg, limits.highest))
    least = max((ml for ml in (least, limits.least_ml) if ml is not None), default=None)
    most = None if limits.lowest is None else to_step(CONTEXT.divide(amount_mg, limits.lowest), step=_ONE_ML, rounding="down")
    most = min((ml for ml in (most, limits.most_ml) if ml is not None), default=None)
    bag = Bag(
        least_ml=least, most_ml=most, lowest=limits.lowest, highest=limits.highest, source=limits.source, grade=limits.grade
    )
    if volume_ml is None or ((least is None or volume_ml >= least) and (most is None or volume_ml <= most)):
        return bag, ()
    strength = CONTEXT.quantize(CONTEXT.divide(amount_mg, volume_ml), _HUNDREDTH)
    values = {"concentration": decimal_text(strength), "volume": decimal_text(volume_ml)}
    return bag, (finding("concentration-outside-limits", "caution", drug=drug.id, source=limits.source, **values),)


def _up(millilitres: Decimal) -> Decimal:
    down = to_step(millilitres, step=_ONE_ML, rounding="down")
    return down if down == millilitres else down + _ONE_ML
