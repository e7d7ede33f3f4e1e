"""Tails: the sign of a term f(x) for all x with X = side * x >= start >= 1.

    f = Σ c_k s_k        every s_k / s_0 falls on [start, oo), and is r_k at start
    0 is not in c_0 + Σ c_k [0, r_k]
    --------------------------------------------------------------------------------
    f has the sign of that interval wherever it is defined

The sum encloses f at each X >= start at which f is defined, and so every part of f.

Above: `cells`. Below: `tail_functions`.
"""

from __future__ import annotations

from fractions import Fraction

from symact.checker.failures import CannotJudge
from symact.checker.tail_functions import Functions
from symact.checker.tail_numbers import rational
from symact.checker.tail_scales import X
from symact.checker.tail_sums import Coefficient, Lead, Sum
from symact.language.terms import Term, fold

MAX_BITS = 8_192
MAX_ORDER = 64
MAX_POWER = 200


def tail_sign(  # noqa: PLR0913, PLR0917 - a term, a ray and how to look at it
    root: Term, variable: Term, start: Fraction, side: int, order: int, bits: int
) -> int:
    """The sign of the core term for all X >= start at which it is defined; 0 if it is 0 there.

    order  how many summands series have before their remainder, at least 1
    bits   the precision of enclosures

    Fails with Rejected or EnclosureError when no sign is shown, with CannotJudge when the term
    holds other names or operations that have no tail, or past a size limit.
    """
    return Tail(variable, start, side, order, bits).sign(root)


class Tail:
    """Sums of scales for terms in one variable. Fails as `tail_sign`."""

    def __init__(self, variable: Term, start: Fraction, side: int, order: int, bits: int) -> None:
        if start < 1 or side not in (1, -1):
            raise CannotJudge("a tail begins at 1 or later")
        if not 1 <= order <= MAX_ORDER or not 1 <= bits <= MAX_BITS:
            raise CannotJudge("order or precision of a tail out of range")
        self.variable, self.start, self.side = variable, start, side
        self.functions = Functions(start, order, bits)

    def sign(self, root: Term) -> int:
        """As `tail_sign`."""
        values = self.expansion(root)
        return self.lead(values).bracket.sign() if values else 0

    def cost(self) -> int:
        """About how many microseconds were spent so far."""
        return self.functions.cost()

    def expansion(self, root: Term) -> Sum:
        """A sum that encloses the term for all X >= start at which it is defined."""
        return fold(root, self._step, _below)

    def lead(self, values: Sum) -> Lead:
        """The dominant summand of a sum other than {}. Fails with Rejected when none is shown."""
        return self.functions.lead(values)

    def _step(self, term: Term, args: list[Sum]) -> Sum:
        sums = self.functions
        if term.op == "num":
            return sums.number(term.value)
        if term is self.variable:
            return {X: Coefficient(rational(self.side))}
        if term.op == "const" and term.value == "pi":
            return sums.constant(sums.constants.pi())
        if term.op == "add":
            return sums.add(*args)
        if term.op == "mul":
            result = args[0]
            for factor in args[1:]:
                result = sums.multiply(result, factor)
            return result
        if term.op == "pow":
            return self._power(args[0], term.args[1])
        if term.op in ("given", "regular"):
            return args[0]
        if term.op == "call" and len(args) == 1:
            return self._call(term.value[0], args[0])
        raise CannotJudge("no tail for this operation")

    def _power(self, base: Sum, exponent: Term) -> Sum:
        if exponent.op != "num" or exponent.value.denominator != 1:
            raise CannotJudge("no tail for this power")
        if abs(exponent.value) > MAX_POWER:
            raise CannotJudge("exponent too large")
        return self.functions.power(base, exponent.value)

    def _call(self, function: str, argument: Sum) -> Sum:
        sums = self.functions
        if function == "exp":
            return sums.exp(argument)
        if function == "log":
            return sums.log(argument)
        if function == "sqrt":
            return sums.power(argument, Fraction(1, 2))
        if function in ("erf", "atan", "sin", "cos"):
            return sums.bounded(function, argument)
        raise CannotJudge("no tail for this function")


def _below(term: Term) -> tuple[Term, ...]:
    """The arguments that the value depends on; that others are defined is assumed anyway."""
    return term.args[:1] if term.op in ("given", "regular") else term.args
