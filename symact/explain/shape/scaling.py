"""Functions with one parameter that only stretches: f(x; p) = p^a f(p^b x; 1) for p > 0.

What is found for p = 1 is then known for every p.

Above: `shapes`. Below: `subject`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from symact.checker.derivatives import substitute
from symact.checker.failures import CannotJudge, Rejected
from symact.explain.shape.subject import Subject
from symact.language.terms import mul, name, num, power
from symact.prover.stuck import Stuck

EXPONENTS = (0, 1, -1, 2, -2)


@dataclass(frozen=True)
class Scale:
    """The base p = 1, and by what its places and values are multiplied for other p, as text."""

    base: Subject
    parameter: str = ""
    across: int = 0
    upward: int = 0

    def place(self, text: str) -> str:
        """A place of the base, for the parameter."""
        return self._times(text, -self.across)

    def amount(self, text: str, order: int = 0) -> str:
        """A value of the derivative of this order, for the parameter."""
        return self._times(text, self.upward + order * self.across)

    def _times(self, text: str, exponent: int) -> str:
        if not exponent or text in ("0", "oo", "-oo", ""):
            return text
        factor = self.parameter if abs(exponent) == 1 else f"{self.parameter}**{abs(exponent)}"
        return f"({text})*{factor}" if exponent > 0 else f"({text})/{factor}"


def scale_of(subject: Subject) -> Scale | None:
    """The base of a subject; itself without parameters, None when they do more than stretch."""
    if not subject.parameters:
        return Scale(subject)
    if len(subject.parameters) > 1:
        return None
    parameter = subject.parameters[0]
    base = subject.at_parameter(parameter, Fraction(1))
    for upward, across in product(EXPONENTS, EXPONENTS):
        if _stretches(subject, base, (parameter, across, upward)):
            return Scale(base, parameter, across, upward)
    return None


def _stretches(subject: Subject, base: Subject, how: tuple[str, int, int]) -> bool:
    """Whether every piece of the subject is the stretched piece of the base."""
    parameter, across, upward = how
    p, x = name(parameter), name(subject.variable)
    inner = mul(power(p, num(across)), x)
    try:
        pieces = zip(subject.pieces.pieces.pieces, subject.germs(0), base.germs(0), strict=True)
        for piece, germ, plain in pieces:
            if germ is None or plain is None:
                return False
            moved = mul(power(p, num(upward)), substitute(plain, x, inner))
            region = piece.sequent.region
            if not region.holds(p, ">") or not region.normal_form.equal(germ, moved):
                return False
    except (Stuck, Rejected, CannotJudge, ValueError):
        return False
    return True
