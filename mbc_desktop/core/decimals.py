"""Exact decimal arithmetic: one context, one way to round, one way to write a number."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

CONTEXT = Context(prec=34, rounding=ROUND_HALF_UP)

_GUARD = Context(prec=25, rounding=ROUND_HALF_UP)

ROUNDINGS = {"half_up": ROUND_HALF_UP, "down": ROUND_FLOOR, "up": ROUND_CEILING}


def decimal_text(value: Decimal) -> str:
    """The value as plain digits: no exponent, no trailing zeros, no negative zero ("3.50" gives "3.5", "1E+3" gives "1000")."""
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def to_step(value: Decimal, *, step: Decimal, rounding: str) -> Decimal:
    """The multiple of `step` (> 0) next to `value`; `rounding` is a key of ROUNDINGS (half_up, down, up)."""
    if step <= 0:
        raise ValueError(f"a rounding step must be above zero, not {step}")
    # 75 mg/m2 x 1.5333...3 m2 arrives as 114.99...98 where 115 is meant. The 25th digit is beyond every measurement.
    steps = _GUARD.plus(CONTEXT.divide(value, step)).to_integral_value(rounding=ROUNDINGS[rounding])
    return CONTEXT.multiply(steps, step)
