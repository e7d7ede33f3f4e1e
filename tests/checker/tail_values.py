"""Values by Arb of terms, and of the sums, scales and constants of tails."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from symact.catalog import catalogue
from symact.checker.failures import CannotJudge, Rejected
from symact.checker.intervals import EnclosureError
from symact.checker.tail_numbers import Number
from symact.checker.tail_scales import Scale
from symact.checker.tail_sums import Sum
from symact.checker.tails import Tail
from symact.language.parser import parse_term
from symact.language.terms import Term, name
from symact.language.unfold import Unfolder
from symact.prover.numeric.evaluate import Program, precision

FAILURES = (Rejected, CannotJudge, EnclosureError)
BITS = 128
x = name("x")


def core(text: str) -> Term:
    """The core term that the text denotes."""
    return Unfolder(catalogue()).real(parse_term(text, catalogue()), {})


def ball(root: Term, at: Fraction, bits: int = 600) -> Any:
    """The value by Arb; None where it is undefined or not known."""
    with precision(bits):
        (value,) = Program([root]).run({"x": at})
    return value if isinstance(value, arb) else None


class Reading:
    """Values of sums at X by Arb, from what the generators and scales mean."""

    def __init__(self, tail: Tail, at: Fraction) -> None:
        self.numbers = tail.functions.constants
        self.scales = tail.functions.scales
        self.at = arb(fmpq(at.numerator, at.denominator))

    def number(self, number: Number) -> Any:
        total = arb(0)
        for monomial, coefficient in number.items():
            product = arb(fmpq(coefficient.numerator, coefficient.denominator))
            for index, exponent in monomial:
                base = self.generator(index)
                product *= (base.log() * arb(fmpq(exponent.numerator, exponent.denominator))).exp()
            total += product
        return total

    def generator(self, index: int) -> Any:
        function, argument = self.numbers.meaning[index]
        if function == "pi":
            return arb.pi()
        value = self.number(argument)
        return value if function in ("integer", "sum") else abs(getattr(value, function)())

    def scale(self, scale: Scale) -> Any:
        product = arb(1)
        for index, exponent in scale:
            if index < 2:
                base = self.at if index == 0 else self.at.log()
                product *= base ** arb(fmpq(exponent.numerator, exponent.denominator))
            else:
                monomial, of = self.scales.units[index]
                product *= (self.number({monomial: exponent}) * self.scale(of)).exp()
        return product

    def sum(self, values: Sum) -> Any:
        total = arb(0)
        for scale, of in values.items():
            coefficient, error = self.number(of.exact), of.error
            if error is not None:
                ends = [arb(fmpq(e.numerator, e.denominator)) for e in (error.lower, error.upper)]
                coefficient += ends[0].union(ends[1])
            total += coefficient * self.scale(scale)
        return total
