"""What one cell shows: the signs that a function g of one name z can have on one piece.

On its closed piece each kind but the last shows that g is analytic, and

    S   an enclosure of g has the sign s
    N   an enclosure of g' has a sign, so that g lies between its values at the ends, of sign s
    V   s g'' > 0, so s g is above its tangent at m, which is positive at both ends, so between
    X   g(z) = (z - r)^k q(z), q of sign s, r in the piece: the derivatives below k vanish at r
    T   a piece without an end: the sign of g wherever g is defined (`tails`)

Above: `cells`. Below: `jets`, `tails`, `region`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from symact.checker import certificate as c
from symact.checker.constants import PRECISIONS
from symact.checker.costs import units
from symact.checker.derivatives import derivative, substitute
from symact.checker.failures import Rejected
from symact.checker.intervals import Interval
from symact.checker.jets import Jets
from symact.checker.region import Region
from symact.checker.signs import Signs
from symact.checker.tails import Tail
from symact.language.elementary import difference
from symact.language.terms import Term, num, size

MAX_ORDER = 16  # of Taylor forms, of zeros and of tails
NODE = 40  # microseconds for a node of a term that may be 0


@dataclass(frozen=True)
class Cell:
    """A piece from `begin` to `end`, None at infinity, and what the certificate says of it."""

    begin: Fraction | None
    end: Fraction | None
    sign: int
    rest: list[Any]

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Both ends, the first less than the second. Fails with Rejected for any other piece."""
        if self.begin is None or self.end is None:
            raise Rejected("only a tail is without an end")
        if self.begin >= self.end:  # an empty or inverted piece, of which anything could be shown
            raise Rejected("a cell ends where it begins, or before")
        return self.begin, self.end


@dataclass
class Graph:
    """g as a function of z, taken at the values u of a term on a region."""

    region: Region
    reader: c.TermReader
    function: Term
    variable: Term
    of: Term
    bits: int
    order: int
    _jets: Jets | None = None
    _slopes: list[Term] = field(default_factory=list)
    _known: dict[Fraction, list[Interval]] = field(default_factory=dict)

    def spend(self, microseconds: int) -> None:
        """Counts work, so that no certificate keeps the checker busy for long."""
        self.region.normal_form.generators.spend(units(microseconds))

    def jets(self) -> Jets:
        """The jets of g."""
        if self._jets is None:
            self._jets = Jets(self.function, self.variable, self.bits, self.spend)
        return self._jets

    def sign_on(self, ends: tuple[Fraction, Fraction], shown: int) -> int:
        """The sign of the derivative of order `shown` on the piece, 0 if it is not shown."""
        order = max(self.order, shown)
        return self.jets().taylor(*ends, order, shown).sign()

    def at(self, point: Fraction) -> list[Interval]:
        """[g, g'] at the point; remembered, as neighbours share an end."""
        if point not in self._known:
            self._known[point] = self.jets().jet(Interval.of(point, self.bits), 1)
        return self._known[point]

    def vanishes(self, order: int, root: Term) -> bool:
        """Whether the derivative of that order is shown to be exactly 0 at the constant term."""
        while len(self._slopes) <= order:
            last = self._slopes[-1] if self._slopes else None
            self._slopes.append(derivative(last, self.variable) if last else self.function)
        value = substitute(self._slopes[order], self.variable, root)
        self.spend(NODE * size(value))
        if self.region.normal_form.form(value).is_zero():
            return True
        near = self.region.constants.enclose(value, PRECISIONS[0])
        if near.lo == near.hi == 0:  # the only number that it contains: sin(0), erf(0), log(1)
            return True
        return self.region.holds(value, "==")


def sign(value: Any) -> int:
    """1 or -1; 0 is none, because it is what an enclosure says of which no sign is known."""
    if not c.integer(value, -1, 1):
        raise Rejected("a sign is 1 or -1")
    return int(value)


def _require(shown: bool) -> None:
    if not shown:
        raise Rejected("the sign does not follow on a cell")


def _enclosed(graph: Graph, cell: Cell) -> Signs:
    """S: the Taylor enclosure of g has the sign."""
    _require(graph.sign_on(cell.ends, 0) == cell.sign)
    return frozenset((cell.sign,))


def _monotone(graph: Graph, cell: Cell) -> Signs:
    """N: g' has a sign, and g has the sign at both ends. *Sound*: g lies between these values."""
    _require(graph.sign_on(cell.ends, 1) == sign(cell.rest[0]))
    _require(all(graph.at(end)[0].sign() == cell.sign for end in cell.ends))
    return frozenset((cell.sign,))


def _convex(graph: Graph, cell: Cell) -> Signs:
    """V: s g'' > 0, and the tangent at m has the sign s at both ends.

    *Sound*: s g is convex on the piece, so it is nowhere below its tangent at a point m of the
    piece; the tangent, being affine, is positive between two points at which it is.
    """
    middle = graph.reader.rational(cell.rest[0])
    if not cell.ends[0] <= middle <= cell.ends[1]:
        raise Rejected("the tangent does not touch in its cell")
    _require(graph.sign_on(cell.ends, 2) == cell.sign)
    value, slope = graph.at(middle)
    steps = (Interval.of(end - middle, graph.bits) for end in cell.ends)
    _require(all((value + slope * step).sign() == cell.sign for step in steps))
    return frozenset((cell.sign,))


def _zero(graph: Graph, cell: Cell) -> Signs:
    """X: a zero r of order k at least, and the sign s of q(z) = g(z) / (z - r)^k for z != r.

    *Sound*: g is analytic on the piece, so its derivatives there are the values of the terms that
    differentiation gives. Where u - r has the sign σ, g has the sign s σ^k: as k >= 1 also for 0.
    """
    lower, upper = cell.ends
    region, root = graph.region, graph.reader.term(cell.rest[0])
    zeros = c.integer(cell.rest[1], 1, MAX_ORDER)
    if not region.constants.is_constant(root):
        raise Rejected("a zero is given by a constant")
    there = Jets(root, graph.variable, graph.bits, graph.spend)
    place = there.jet(Interval.of(0, graph.bits), 0)[0]
    bounds = (difference(root, num(lower)), ">="), (difference(root, num(upper)), "<=")
    if not all(region.holds(gap, relation) for gap, relation in bounds):
        raise Rejected("a zero is not shown to lie in its cell")
    order = graph.order + zeros
    _require(graph.jets().quotient(lower, upper, place, zeros, order).sign() == cell.sign)
    if not all(graph.vanishes(j, root) for j in range(zeros)):
        raise Rejected("a derivative is not shown to vanish")
    return frozenset(cell.sign * side**zeros for side in region.signs(difference(graph.of, root)))


def _tail(graph: Graph, cell: Cell) -> Signs:
    """T: the sign of g wherever it is defined beyond a point at which side · z >= 1.

    The order is at least 1: without a term of a series nothing is known of its remainder.
    """
    if cell.begin is None and cell.end is not None:
        side, point = -1, cell.end
    elif cell.end is None and cell.begin is not None:
        side, point = 1, cell.begin
    else:
        raise Rejected("a tail has one end")
    if side * point < 1:
        raise Rejected("a tail begins too near to 0")
    order = c.integer(cell.rest[0], 1, MAX_ORDER)
    tail = Tail(graph.variable, side * point, side, order, graph.bits)
    found = tail.sign(graph.function)
    graph.spend(tail.cost())
    _require(found == cell.sign)
    return frozenset((cell.sign,))


# kind -> how many entries the cell's list has, and its rule
RULES: Mapping[str, tuple[int, Callable[[Graph, Cell], Signs]]] = MappingProxyType(
    {
        "S": (3, _enclosed),
        "N": (4, _monotone),
        "V": (4, _convex),
        "X": (5, _zero),
        "T": (4, _tail),
    }
)
