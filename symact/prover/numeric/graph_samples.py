"""A numerical look at a function of one variable: where it has values, how large, how it grows.

For choosing what to prove, never evidence.

Above: `property_search`, `denial_search`. Below: `evaluate`, `smooth`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

from symact.checker.failures import CannotJudge
from symact.language.properties import Domain
from symact.language.terms import Term, postorder
from symact.prover.numeric.evaluate import BITS, UNKNOWN, Program, precision
from symact.prover.numeric.smooth import smooth

SMALL = [Fraction(n, 8) for n in range(-64, 65)]
LARGE = [Fraction(sign * 2**k) for k in range(4, 13) for sign in (1, -1)]


@dataclass(frozen=True)
class Sample:
    """f(at) as a ball; None where f has no value, UNKNOWN where that cannot be told."""

    at: Fraction
    value: Any

    def number(self) -> float | None:
        """The value, roughly."""
        return _finite(self.value)


class Graph:
    """variable ↦ body on a domain, to be sampled. Fails with CannotJudge where smooth does."""

    def __init__(self, body: Term, variable: Term, domain: Domain) -> None:
        if any(t.op == "name" and t is not variable for t in postorder(smooth(body))):
            raise CannotJudge("a function of several names is not sampled")
        self.variable, self.domain = variable, domain
        self._program = Program([smooth(body)])
        self._ends = [_number(end) for end in (domain.lower, domain.upper)]
        marks = {t.value for t in postorder(body) if t.op == "num" and abs(t.value) < 1000}
        near = [m + d for m in marks for d in (Fraction(1, 1000), Fraction(-1, 1000))]
        points = [*SMALL, *sorted(marks), *near, *LARGE, *self._beside_ends()]
        self.points = [point for point in dict.fromkeys(points) if self.inside(point)]

    def _beside_ends(self) -> list[Fraction]:
        """Points at the finite ends of the domain and a little inside."""
        found = []
        for end, inward in zip(self._ends, (1, -1), strict=True):
            if end is not None:
                exact = Fraction(end).limit_denominator(10**6)
                found += [exact, *(exact + inward * Fraction(1, 10**k) for k in (2, 3, 5))]
        return found

    def at(self, point: Fraction) -> Sample:
        """The function at one point."""
        with precision(BITS):
            (value,) = self._program.run({self.variable.value: point})
        return Sample(point, value)

    def samples(self) -> list[Sample]:
        """The function at its points."""
        return [self.at(point) for point in self.points]

    def inside(self, point: Fraction) -> bool:
        """Whether the point lies in the domain, as far as floating point tells."""
        lower, upper = self._ends
        here = float(point)
        above = lower is None or here > lower or (here == lower and not self.domain.lower_open)
        below = upper is None or here < upper or (here == upper and not self.domain.upper_open)
        return above and below


def _number(term: Term | None) -> float | None:
    return None if term is None else constant(term)


def constant(term: Term) -> float | None:
    """The value of a constant, roughly; None when it has names or no value."""
    if any(t.op == "name" for t in postorder(term)):
        return None
    with precision(BITS):
        (value,) = Program([smooth(term)]).run({})
    return _finite(value)


def _finite(value: Any) -> float | None:
    """The value as a float, when there is one."""
    if value is None or value is UNKNOWN:
        return None
    rough = float(value)
    return rough if isfinite(rough) else None
