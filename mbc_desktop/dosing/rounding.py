"""The fifth step of a dose: the one rounding, by the policy of the pharmacy, or the amount that a prescriber typed instead."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mbc_desktop.core.decimals import CONTEXT, decimal_text, to_step
from mbc_desktop.core.finding import finding
from mbc_desktop.core.quantity import Quantity
from mbc_desktop.dosing.dispense import drawable_step, is_drawn, sums_of_pieces
from mbc_desktop.dosing.dose_bands import band_of, deviation_percent
from mbc_desktop.dosing.dose_work import HUNDRED, DoseWork, NoDoseError, add_step
from mbc_desktop.dosing.limits import bounds_for, rounds_down
from mbc_desktop.dosing.tablet_rounding import prints_nothing, round_to_tablets
from mbc_desktop.patient.cross_checks import DoseOverrideLimits
from mbc_desktop.regimen.dose_tables import LABEL_TABLE, NEAREST_SUM, DoseBandTable, DoseTable
from mbc_desktop.regimen.drug import Form, TabletChoice

_HUNDREDTH = Decimal("0.01")


def round_once(work: DoseWork, forms: tuple[Form, ...], tables: Mapping[str, DoseTable], policy: str) -> None:
    """A computed amount becomes one that can be given. `policy` is the site's answer to A23 for this drug: none or step (the
    nearest step that can be drawn up), down, nhs_band, or vial_N_percent (whole vials where their sum lies within N per cent).
    Down only under a label's ceiling; never beyond a limit. Pieces are counted whole whatever the policy."""
    work.exact = work.amount
    _question_practice(work)
    if not is_computed(work):
        return
    choice = work.drug.tablets
    if choice is not None and not _by_nearest_sum(work, choice, tables):
        round_to_tablets(work, tables)
    elif forms and not is_drawn(forms):
        _to_pieces(work, forms)
    else:
        work.choices["rounding"] = policy
        banded = policy == "nhs_band" and _to_band(work, tables)
        in_vials = policy.startswith("vial_") and _to_vials(work, forms, Decimal(policy.split("_")[1]))
        if not banded and not in_vials:
            _to_step(work, forms, down=policy == "down")


def _by_nearest_sum(work: DoseWork, choice: TabletChoice, tables: Mapping[str, DoseTable]) -> bool:
    """Whether the pieces of a drug that also has a printed table are counted: where the site says so, and where no table of its
    doses prints this one (a percentage of the dose, a surface below the first row)."""
    answer = work.situation.chosen.get(choice.decision)
    if answer != NEAREST_SUM and not (answer == LABEL_TABLE and prints_nothing(work, tables)):
        return False
    work.chosen(choice.decision)
    return True


def is_computed(work: DoseWork) -> bool:
    """Whether the amount came from a measure; a fixed dose is given as it is written."""
    dose = work.order.dose
    return not (dose.kind == "fixed" or (dose.kind == "by_decision" and dose.per == "fixed"))


def order_instead(work: DoseWork, ordered: Quantity, override: DoseOverrideLimits | None) -> None:
    """The prescriber's amount in place of the computed one; refused when it lies too far from it, or above a limit."""
    drug = work.drug
    if ordered.unit != work.unit or ordered.amount <= 0:
        text = decimal_text(ordered.amount)
        raise NoDoseError(finding("not-dispensable", "stop", drug=drug.id, amount=text, unit=ordered.unit))
    for bound in bounds_for(work):
        if ordered.amount > bound.most:
            above = {"amount": decimal_text(ordered.amount), **bound.values()}
            raise NoDoseError(finding("above-limit", "stop", drug=drug.id, source=bound.rule.source, **above))
    values = {"ordered": decimal_text(ordered.amount), "computed": decimal_text(work.amount), "unit": work.unit}
    if override is not None:
        percent = CONTEXT.divide(CONTEXT.multiply(ordered.amount, HUNDRED), work.amount)
        if not override.lowest_percent <= percent <= override.highest_percent:
            raise NoDoseError(finding("ordered-dose-refused", "stop", drug=drug.id, source=override.source, **values))
        if abs(percent - HUNDRED) > override.ask_percent:
            work.findings.append(finding("ordered-dose-differs", "advice", drug=drug.id, source=override.source, **values))
    work.exact = work.amount = ordered.amount
    if work.measure is not None:
        work.per = CONTEXT.divide(ordered.amount, work.measure)
    add_step(work, "ordered", "prescriber", "protocol")
    _question_practice(work)


def _question_practice(work: DoseWork) -> None:
    """A dose above what published regimens use is asked about, typed, raised by a percentage, or of the hospital's own regimen: a
    slip of a product or a unit looks like this."""
    practice = work.drug.practice
    if practice is not None and practice.unit == work.order.dose.unit and work.per > practice.most:
        per = decimal_text(CONTEXT.quantize(work.per, _HUNDREDTH))
        values = {"per": per, "most": decimal_text(practice.most), "unit": practice.unit}
        work.findings.append(finding("above-published-practice", "caution", drug=work.drug.id, source=practice.source, **values))


def _fits(work: DoseWork, amount: Decimal) -> bool:
    return work.most is None or amount <= work.most


def _to_step(work: DoseWork, forms: tuple[Form, ...], *, down: bool) -> None:
    exact, step = work.exact, drawable_step(forms)
    rounded = to_step(exact, step=step, rounding="half_up")
    down = down or rounds_down(work.drug) or not _fits(work, rounded)
    work.amount = to_step(exact, step=step, rounding="down") if down else rounded
    source = forms[0].source if forms else work.order.source
    values = (("step", decimal_text(step)), ("exact", decimal_text(exact)))
    add_step(work, "round-down-to-drawable" if down else "round-to-drawable", source, "proposal", values)


def _to_pieces(work: DoseWork, forms: tuple[Form, ...]) -> None:
    """The sum of whole pieces nearest to the exact amount; of two equally near the lower."""
    exact = work.exact
    sums = [total for total in sums_of_pieces(exact, forms) if _fits(work, total)]
    if sums and sums[-1] >= min(exact, work.most or exact):
        work.amount = min(sums, key=lambda total: (abs(total - exact), total))
    add_step(work, "round-to-pieces", forms[0].source, "proposal", (("exact", decimal_text(exact)),))


def _to_band(work: DoseWork, tables: Mapping[str, DoseTable]) -> bool:
    """The band of the drug's printed table. Outside the table, or where the band would break a limit, the drawable step holds.
    Refused when it differs from the computed dose by more than the site allows."""
    table = next((tables[id] for id in work.drug.band_tables if id in tables), None)
    band = band_of(table, work.exact) if isinstance(table, DoseBandTable) else None
    if table is None or band is None or not _fits(work, band.dose) or (rounds_down(work.drug) and band.dose > work.exact):
        return False
    deviation = deviation_percent(given_mg=band.dose, computed_mg=work.exact)
    limit = work.situation.chosen.get("band_deviation_limit", "")
    shown = {"exact": decimal_text(work.exact), "band": decimal_text(band.dose), "deviation": _short(deviation), "limit": limit}
    if not limit or abs(deviation) > Decimal(limit):
        raise NoDoseError(finding("band-deviation-too-large", "stop", drug=work.drug.id, source=table.source, **shown))
    work.choices["band_deviation_limit"] = limit
    work.amount = band.dose
    add_step(work, "round-to-band", table.source, table.grade, tuple(shown.items()))
    return True


def _to_vials(work: DoseWork, forms: tuple[Form, ...], within: Decimal) -> bool:
    """Whole vials, where their sum lies within so many per cent of the exact amount; the nearest sum, of two the lower."""
    exact = work.exact
    sums = [
        total
        for total in (sums_of_pieces(exact, forms) if forms else ())
        if _fits(work, total) and not (rounds_down(work.drug) and total > exact)
    ]
    best = min(sums, key=lambda total: (abs(total - exact), total), default=None)
    if best is None or abs(deviation_percent(given_mg=best, computed_mg=exact)) > within:
        return False
    shown = {"exact": decimal_text(exact), "deviation": _short(deviation_percent(given_mg=best, computed_mg=exact))}
    work.amount = best
    values = (*shown.items(), ("limit", decimal_text(within)))
    add_step(work, "round-to-vials", source="hopa_rounding", grade="protocol", values=values)
    return True


def _short(percent: Decimal) -> str:
    return decimal_text(CONTEXT.quantize(percent, _HUNDREDTH))
