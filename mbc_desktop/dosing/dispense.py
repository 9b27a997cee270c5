"""From an amount to what is taken from the shelf: tablets that add up exactly, syringes, and vials with the volume to
draw up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from mbc_desktop.core.decimals import CONTEXT, to_step
from mbc_desktop.dosing.dose import Give
from mbc_desktop.regimen.drug import Drug, Form

MOST_PIECES = 20
DRAWN = ("vial", "concentrate")
VIAL_DECISIONS = ("vial_choice", "vial_sharing")
SYRINGE_STEP_ML = Decimal("0.1")
"""Proposal of this program where a form names no step of its own; the pharmacy decides (A23)."""

ONE_MILLIGRAM = Decimal(1)
HALF_A_TENTH_ML = Decimal("0.05")


def shelf(drug: Drug, form: str, products: tuple[str, ...] = ()) -> tuple[Form, ...]:
    """The forms a dose may be made from: those with the id the order names, else the first form listed and every other
    strength of the same kind and concentration. Products of different concentration are never mixed. Where the site's formulary
    names `products` (ids of forms), only those; else all but those that only a formulary brings in."""
    stocked = tuple(item for item in drug.forms if (item.id in products if products else not item.formulary_only))
    named = tuple(item for item in stocked if item.id == form) if form else stocked
    if not named:
        return ()
    first = named[0]
    return tuple(item for item in named if item.form == first.form and _is_of_one_stock(item, first))


def is_drawn(forms: tuple[Form, ...]) -> bool:
    """Whether a dose is drawn up from these forms, and not counted in pieces."""
    return forms[0].form in DRAWN


def sums_of_pieces(amount: Decimal, forms: tuple[Form, ...]) -> list[Decimal]:
    """Every sum (mg) of at most MOST_PIECES whole pieces, or of the parts into which one divides, from one piece up to the first
    sums at or above `amount`, in order."""
    pieces = sorted({form.strength / form.divisible for form in forms})
    reached = {Decimal(0)}
    for _ in range(MOST_PIECES):
        reached |= {total + piece for total in reached for piece in pieces if total < amount}
    return sorted(reached - {Decimal(0)})


def drawable_step(forms: tuple[Form, ...]) -> Decimal:
    """The smallest amount (mg) by which a drawn dose can differ: one step of the syringe times the concentration, or one
    milligram where the library gives no concentration (a powder whose volume differs by brand)."""
    concentration = _concentration(forms[0]) if forms else None
    if concentration is None:
        return ONE_MILLIGRAM
    return CONTEXT.multiply(forms[0].draw_step_ml or SYRINGE_STEP_ML, concentration)


def dispense(amount: Decimal, forms: tuple[Form, ...], *, fewest_vials: bool = True) -> tuple[Give, ...] | None:
    """What to take for `amount` (mg, above 0): whole pieces that add up exactly, fewest pieces first and one strength
    before two; for what is drawn up the fewest vials and of those the least waste, or without `fewest_vials` the least waste
    and of that the fewest; and the volume of each. None when it cannot be made."""
    if not forms or amount <= 0:
        return None
    drawn = is_drawn(forms)
    best: tuple[tuple[Decimal | int, ...], dict[Decimal, int]] | None = None
    for counts in _combinations(
        amount, sorted({item.strength for item in forms}, reverse=True), drawn=drawn, divisible=forms[0].divisible
    ):
        # Pieces add up to the same whatever they are; vials may hold more than is drawn.
        opened, pieces = sum(strength * count for strength, count in counts.items()), sum(counts.values())
        rank = (pieces, opened, len(counts)) if fewest_vials else (opened, pieces, len(counts))
        if best is None or rank < best[0]:
            best = (rank, counts)
    if best is None:
        return None
    by_strength = {item.strength: item for item in forms}
    return _drawn(amount, best[1], by_strength, _concentration(forms[0])) if drawn else _whole(best[1], by_strength)


def wasted(amount: Decimal, forms: tuple[Form, ...], give: tuple[Give, ...]) -> Decimal | None:
    """The mg that stay behind in the vials opened for `amount`; None for what is not drawn up from a known vial."""
    if not forms or not is_drawn(forms) or not give:
        return None
    return sum((item.strength * item.count for item in give), Decimal(0)) - amount


def _concentration(form: Form) -> Decimal | None:
    return None if form.volume_ml is None else CONTEXT.divide(form.strength, form.volume_ml)


def _is_of_one_stock(form: Form, first: Form) -> bool:
    """Whether two forms hold the same concentration. The volume of a vial is printed to a tenth of a millilitre: 100 mg in
    16.7 mL is 6 mg/mL (16.667 mL) as 30 mg in 5 mL is."""
    concentration = _concentration(first)
    if form.volume_ml is None or concentration is None:
        return form.volume_ml == first.volume_ml
    return abs(CONTEXT.divide(form.strength, concentration) - form.volume_ml) <= HALF_A_TENTH_ML


def _combinations(amount: Decimal, strengths: list[Decimal], *, drawn: bool, divisible: int) -> Iterator[dict[Decimal, int]]:
    """Every way to reach `amount` (exactly, or covering it when drawn) with at most MOST_PIECES parts of a piece."""
    wanted = amount * divisible

    def fill(rest: Decimal, left: list[Decimal], used: dict[Decimal, int]) -> Iterator[dict[Decimal, int]]:
        if rest <= 0:
            yield used
            return
        if not left:
            return
        strength, others = left[0], left[1:]
        # Decimal's own // cuts towards zero, so it cannot be used to round a negative number up.
        whole = CONTEXT.divide(rest, strength)
        most = whole.to_integral_value(rounding=ROUND_CEILING if drawn else ROUND_FLOOR)
        for pieces in range(min(int(most), MOST_PIECES), -1, -1):
            yield from fill(rest - strength * pieces, others, {**used, strength: pieces} if pieces else used)

    yield from fill(wanted, strengths, {})


def _whole(counts: dict[Decimal, int], forms: dict[Decimal, Form]) -> tuple[Give, ...]:
    return tuple(
        Give(
            count=CONTEXT.divide(Decimal(pieces), Decimal(forms[strength].divisible)),
            form=forms[strength].form,
            strength=strength,
            unit=forms[strength].unit,
            volume_ml=forms[strength].volume_ml,
        )
        for strength, pieces in counts.items()
    )


def _drawn(
    amount: Decimal, counts: dict[Decimal, int], forms: dict[Decimal, Form], concentration: Decimal | None
) -> tuple[Give, ...]:
    """Full vials first; only the last vial is drawn up to the step of the syringe, for none is opened without need."""
    given: list[Give] = []
    rest = amount
    for strength, pieces in counts.items():
        form = forms[strength]
        full = min(int(rest // strength), pieces)
        if full:
            given.append(Give(count=Decimal(full), form=form.form, strength=strength, unit=form.unit, volume_ml=form.volume_ml))
        rest -= strength * full
        if pieces > full:
            given.append(
                Give(
                    count=Decimal(1),
                    form=form.form,
                    strength=strength,
                    unit=form.unit,
                    volume_ml=_volume(rest, form, concentration),
                )
            )
    return tuple(given)


def _volume(amount: Decimal, form: Form, concentration: Decimal | None) -> Decimal | None:
    if concentration is None:
        return None
    exact = CONTEXT.divide(amount, concentration)
    return to_step(exact, step=form.draw_step_ml or SYRINGE_STEP_ML, rounding="half_up")
