"""Jets: enclosures of the Taylor coefficients of an analytic term of one name, by integers.

    f(x + h) = a0 + a1 h + a2 h^2 + …                           a_k = f^(k)(x) / k!

Above: `cells`. Below: `jet_rules` (one rule for each operation), `costs`, `intervals`.

Whoever gets a jet over an interval knows that the term is defined and analytic at every x of it:
every subterm is enclosed, none is skipped, and each operation that is not analytic everywhere fails
unless its argument is shown to lie inside its domain.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import comb

from symact.checker import costs
from symact.checker.intervals import PRECISIONS_DIFFER, EnclosureError, Interval
from symact.checker.jet_rules import Jet, applied
from symact.language.terms import Term, postorder

REMEMBERED = 64  # terms whose constant parts are remembered


def jet(root: Term, variable: Term, at: Interval, order: int) -> list[Interval]:
    """[a_0, …, a_order] with f^(k)(x)/k! in a_k for every x in `at`, where f is analytic.

    Fails with EnclosureError where that is not shown on all of `at`, with CannotJudge for a term
    with other names or with operations that are no analytic functions.
    """
    return prepared(root, variable, at.bits).jet(at, order)


def taylor(  # noqa: PLR0913, PLR0917 - a function, a piece and how to look at it
    root: Term,
    variable: Term,
    lower: Fraction,
    upper: Fraction,
    order: int,
    bits: int,
    shown: int = 0,
) -> Interval:
    """f^(shown)/shown! on [lower, upper]. Fails as `jet`, and for lower > upper."""
    return prepared(root, variable, bits).taylor(lower, upper, order, shown)


@lru_cache(maxsize=REMEMBERED)
def prepared(root: Term, variable: Term, bits: int) -> Jets:
    """The jets of the term, remembered: a certificate asks for those of one term many times."""
    return Jets(root, variable, bits)


class Jets:
    """The jets of one term at one precision; its parts without the variable are enclosed once.

    `spend` is told how many microseconds each operation takes, before it is done, and may fail.
    """

    def __init__(
        self, root: Term, variable: Term, bits: int, spend: Callable[[int], None] = costs.free
    ) -> None:
        self._root, self._variable, self.bits, self._spend = root, variable, bits, spend
        self._open: list[
            Term
        ] = []  # the subterms with the variable, in an order in which they can be found
        self._closed: dict[Term, Jet] = {}
        for node in postorder(root):
            if node is variable or any(arg not in self._closed for arg in node.args):
                self._open.append(node)
            else:
                self._closed[node] = self._applied(node, [self._closed[a] for a in node.args], 1)

    def _applied(self, node: Term, args: list[Jet], length: int) -> Jet:
        self._spend(costs.before(node, args, length, self.bits))
        result = applied(node, args, length, self.bits)
        self._spend(costs.after(node, args, result, self.bits))
        return result

    def jet(self, at: Interval, order: int) -> list[Interval]:
        """As the function of this name."""
        if at.bits != self.bits:
            raise EnclosureError(PRECISIONS_DIFFER)
        known = self._jet(at, order + 1)
        known = known + [(0, 0)] * (order + 1 - len(known))
        return [Interval(lo, hi, self.bits) for lo, hi in known]

    def _jet(self, at: Interval, length: int) -> Jet:
        done = dict(self._closed)
        for node in self._open:
            if node is self._variable:
                done[node] = [(at.lo, at.hi), (1 << self.bits, 1 << self.bits)][:length]
            else:
                done[node] = self._applied(node, [done[arg] for arg in node.args], length)
        return done[self._root]

    def taylor(self, lower: Fraction, upper: Fraction, order: int, shown: int = 0) -> Interval:
        """f^(s)/s! on [lower, upper], s = `shown`: what is common to the enclosure of a_s there and

            Σ_{s<=j<n} C(j,s) a_j(c) h^(j-s)  +  C(n,s) a_n(ξ) h^(n-s),     c the middle, h = x - c

        *Sound*: this is Taylor's formula for f^(s)/s!, whose coefficients are C(j,s) a_j, with
        Lagrange's remainder; ξ lies between c and x, and f is analytic on all of [lower, upper].
        That holds for any n >= s, so n is the order asked for or, if that is less, s.
        """
        order = max(order, shown, 1)
        middle = (lower + upper) / 2
        wide = self.jet(Interval.between(lower, upper, self.bits), order)
        near = self.jet(Interval.of(middle, self.bits), order - 1)
        steps = Interval.between(lower - middle, upper - middle, self.bits)
        terms = [_times(comb(j, shown), a) for j, a in enumerate([*near, wide[order]])]
        return _common(wide[shown], _sum_of_powers(terms[shown:], steps))

    def quotient(
        self, lower: Fraction, upper: Fraction, root: Interval, zeros: int, order: int
    ) -> Interval:
        """f(x) / (x - r)^k for x in [lower, upper] other than r, if f has at r a zero of order k at
        least; k = `zeros`, `root` contains r, r lies in [lower, upper]:

            Σ_{k<=j<n} a_j(r) h^(j-k)  +  a_n(ξ) h^(n-k),     h = x - r,  n the order or, if less, k

        *Sound*: Taylor's formula at r, where a_0 … a_(k-1) are 0, divided by h^k.
        """
        order = max(order, zeros)
        piece = Interval.between(lower, upper, self.bits)
        wide = self.jet(piece, order)
        near = self.jet(root, order - 1) if order else []
        return _common(wide[zeros], _sum_of_powers([*near, wide[order]][zeros:], piece - root))


def _times(factor: int, a: Interval) -> Interval:
    return Interval(factor * a.lo, factor * a.hi, a.bits)  # factor >= 0, exact


def _common(a: Interval, b: Interval) -> Interval:
    """What two enclosures of the same numbers have in common: it is never empty."""
    return Interval(max(a.lo, b.lo), min(a.hi, b.hi), a.bits)


def _sum_of_powers(terms: list[Interval], steps: Interval) -> Interval:
    """{Σ a_i h^i} for a_i in terms[i] and one h in `steps`, made to contain 0.

    With -left <= h <= right, h^i lies in [-left^i, right^i] for odd i and in [0, max(…)^i] for
    even i >= 2; the powers of left and right, both >= 0, are rounded upward.
    """
    bits = steps.bits
    left, right = max(0, -steps.lo), max(0, steps.hi)
    total, below, above = terms[0], 1 << bits, 1 << bits
    for i, a in enumerate(terms[1:], start=1):
        below, above = -(-below * left >> bits), -(-above * right >> bits)
        power = Interval(-below, above, bits) if i % 2 else Interval(0, max(below, above), bits)
        total = total + a * power
    return total
