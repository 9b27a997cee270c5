"""Numbers that are fractions or, where a root or a power was taken, fifty-digit reals; and the one rounding at the end."""

from __future__ import annotations

from fractions import Fraction

from mpmath import floor, mp, mpf

mp.dps = 50

Value = Fraction | mpf

_NEARLY = mpf(10) ** -30
"""Two reals of fifty digits that lie closer than this are the same number: a root of a square comes back as itself."""


def real(value: Value | int) -> mpf:
    """The value with fifty digits."""
    return mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else mpf(value)


def times(one: Value, other: Value) -> Value:
    """The product; a fraction only of two fractions."""
    return one * other if isinstance(one, Fraction) and isinstance(other, Fraction) else real(one) * real(other)


def whole_steps(value: Value, step: Fraction) -> tuple[int, mpf]:
    """How many whole steps the value holds, and which part of a step is left over."""
    steps = real(value) / real(step)
    whole = int(floor(steps))
    rest = steps - whole
    return (whole + 1, mpf(0)) if 1 - rest < _NEARLY else (whole, rest)


def nearest(value: Value, step: Fraction) -> Fraction:
    """The nearest multiple of a step, half a step upward."""
    whole, rest = whole_steps(value, step)
    return (whole + (1 if rest > mpf(1) / 2 - _NEARLY else 0)) * step


def downward(value: Value, step: Fraction) -> Fraction:
    """The greatest multiple of a step that is not above the value."""
    return whole_steps(value, step)[0] * step


def at_least(one: Value | int, other: Value | int) -> bool:
    """Whether one number is the other or more, where a difference in the fortieth digit is none."""
    return bool(real(one) > real(other) - _NEARLY)


def above(one: Value | int, other: Value | int) -> bool:
    """Whether one number is more than the other."""
    return not at_least(other, one)


def lowest(*values: Value) -> Value:
    """The smallest of some numbers."""
    return min(values, key=real)
