"""Functions with sines, whose zeros have no end: guesses at parts of pi, to be proved like others.

Above: `spread`, `edges`. Below: `shapes`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker.derivatives import substitute
from symact.explain.shape.shapes import Shape
from symact.language.terms import Term, const, mul, name, num
from symact.prover.numeric.graph_samples import constant

TURNS = [Fraction(k, 12) for k in range(-48, 49)]
LARGEST_DENOMINATOR = 12
CLOSE = 1e-12


def extremes(shape: Shape, order: int) -> tuple[Fraction, Fraction] | None:
    """The least and largest value of a derivative at parts of pi, when they are simple numbers that
    come again and again; None for functions with cuts.
    """
    (germ, *more) = shape.base.germs(order)
    if germ is None or more:
        return None
    values = [v for turn in TURNS if (v := _at(germ, shape.base.variable, turn)) is not None]
    if not values:
        return None
    low, high = _simple(min(values)), _simple(max(values))
    again = min(sum(abs(v - end) < CLOSE for v in values) for end in (min(values), max(values)))
    return (low, high) if low is not None and high is not None and again > 1 else None


def _at(germ: Term, variable: str, turn: Fraction) -> float | None:
    return constant(substitute(germ, name(variable), mul(num(turn), const("pi"))))


def _simple(value: float) -> Fraction | None:
    near = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
    return near if abs(float(near) - value) < CLOSE else None
